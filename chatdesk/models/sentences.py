"""What the core says, in the user's language. Main thread (for the translations); owns the table of all sentences."""

import logging
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from chatdesk.domain.wording import Sentence

_log = logging.getLogger(__name__)


def translated(text: str) -> str:
    """A sentence of the core as the user reads it; any other text as it is."""
    if not isinstance(text, Sentence):
        return QCoreApplication.translate("Sentences", text) if text else ""
    values = {name: translated(value) if isinstance(value, Sentence) else value for name, value in text.values.items()}
    try:
        return QCoreApplication.translate("Sentences", text.template).format(**values)
    except (KeyError, IndexError, ValueError):
        _log.error("The translation of “%s” has other places than its original", text.template)
        return text


def listed(names: Sequence[str]) -> str:
    """One name after the other, as the language separates them."""
    return QCoreApplication.translate("Lists", ", ", "between names").join(names)


def listed_all(names: Sequence[str]) -> str:
    """All there are: with an "and" before the last one."""
    if len(names) < 2:
        return listed(names)
    return QCoreApplication.translate("Lists", "{0} and {1}").format(listed(names[:-1]), names[-1])
