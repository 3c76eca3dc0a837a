"""Sentences for the user that know what they were made of, so that a window can say them in another language.

Pure, any thread. A `Sentence` is its English text wherever a text is wanted: in a log, in the SDK, in a test. Who shows
it asks for `template` and `values` and looks the template up. A sentence without values may as well be a plain str.
"""

from collections.abc import Mapping

import msgspec

_MARK = "\x1e"
"""Before what was packed. A text of somebody else's that begins with it is packed too."""


class Sentence(str):
    """`Sentence("{server} cannot be reached.", server="example.org")`. A value may itself be a sentence."""

    template: str
    values: Mapping[str, str | int]

    def __new__(cls, template: str, /, **values: str | int) -> "Sentence":
        made = super().__new__(cls, template.format(**values))
        made.template = template
        made.values = values
        return made

    def __str__(self) -> str:
        return self  # str(error) is then the very sentence it was raised with


def because(error: OSError) -> Sentence:
    """What the system says about a failure, as part of a sentence: "Permission denied"."""
    return _literally(error.strerror or str(error) or "Input/output error")


def plain(text: str) -> str:
    """The text and nothing else, for those who take no kind of str: JSON, above all."""
    return str.__str__(text)


def pack(text: str) -> str:
    """For the store, which keeps plain text only."""
    if not isinstance(text, Sentence):
        return pack(_literally(text)) if text.startswith(_MARK) else text
    return _MARK + msgspec.json.encode((text.template, {k: _packed(v) for k, v in text.values.items()})).decode()


def unpack(text: str) -> str:
    """What was packed; a plain text is itself."""
    if not text.startswith(_MARK):
        return text
    template, values = msgspec.json.decode(text[1:], type=tuple[str, dict[str, str | int]])
    return Sentence(template, **{k: unpack(v) if isinstance(v, str) else v for k, v in values.items()})


def _literally(text: str) -> Sentence:
    return Sentence(text.replace("{", "{{").replace("}", "}}"))


def _packed(value: str | int) -> str | int:
    return pack(value) if isinstance(value, str) else value
