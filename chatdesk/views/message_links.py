"""Finds links in plain text and tells messages of emoji only. Pure functions, any thread."""

import re
from typing import NamedTuple

_LINK = re.compile(r"https?://[^\s<>\"“”«»\u0000-\u0020\u200b-\u200f\u2028-\u202e\u2066-\u2069]+", re.IGNORECASE)
_TRAILING = ".,;:!?'’…*_~`|。，、；：！？）】》"
_PAIRS = {")": "(", "]": "[", "}": "{"}

_EMOJI_IN_BMP = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be"
    "\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757"
    "\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55"
)
_EMOJI_BEYOND = "\U0001f300-\U0001faff\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a"
_PICTURE = f"(?:[{_EMOJI_BEYOND}{_EMOJI_IN_BMP}]|[\u203c-\u3299](?=\ufe0f))"
_TAIL = "\ufe0f?[\U0001f3fb-\U0001f3ff]?[\U000e0020-\U000e007f]*"
_ONE = f"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_PICTURE}{_TAIL}(?:\u200d{_PICTURE}{_TAIL})*)"
_EMOJI = re.compile(_ONE)
_EMOJI_ONLY = re.compile(rf"\s*(?:{_ONE}\s*){{1,10}}")
_EMOJI_ONLY_LENGTH = 160


class Link(NamedTuple):
    start: int
    end: int
    address: str


def find_links(text: str) -> tuple[Link, ...]:
    """The http and https links of a text, without the punctuation that ends a sentence after them."""
    links = []
    for match in _LINK.finditer(text):
        address = _without_punctuation(match.group())
        if len(address.partition("://")[2]) > 0:
            links.append(Link(match.start(), match.start() + len(address), address))
    return tuple(links)


def _without_punctuation(address: str) -> str:
    """Cuts what ends the sentence; a closing bracket stays when its opening one is inside."""
    unpaired = {close: address.count(close) - address.count(opened) for close, opened in _PAIRS.items()}
    end = len(address)
    while end:
        last = address[end - 1]
        if last in _PAIRS and unpaired[last] > 0:
            unpaired[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]


def is_emoji_only(text: str) -> bool:
    """One to ten emoji and nothing else."""
    return len(text) <= _EMOJI_ONLY_LENGTH and _EMOJI_ONLY.fullmatch(text) is not None


def emoji_count(text: str) -> int:
    """How many, in a text of nothing else."""
    return len(_EMOJI.findall(text))
