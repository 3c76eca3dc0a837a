"""A message in one line, for the list and the notifications: its words, else what it is. Main thread (translations).

Owns nothing. Words beside a file are its caption and say more than the file's name, which is left out then.
"""

import re

from PySide6.QtCore import QCoreApplication

from chatdesk.domain.elements import (
    Custom,
    Element,
    Face,
    File,
    Image,
    Location,
    Sound,
    Text,
    Unknown,
    Unreadable,
    Video,
    kind_of,
    summary,
)
from chatdesk.domain.messages import Message, MessageState

_TAG = r"<(/?\w+)[^<>]*>"
_INLINE = frozenset(["a", "b", "code", "del", "em", "i", "s", "span", "strike", "strong", "sub", "sup", "u"])
_WITH_SECRETS = ("data-mx-spoiler", "<img", "<mx-reply")
_SEEN = (Image, Video, Sound, File, Location)


def preview_of(message: Message) -> str:
    if message.state is MessageState.REVOKED:
        return ""
    words = [element for element in message.elements if isinstance(element, Text)]
    return " ".join(part for part in map(_line, words or message.elements) if part)


def sign_of(message: Message) -> str:
    """The kind of the first thing in it that is no text, empty for words alone."""
    found = (kind_of(element) for element in message.elements if isinstance(element, _SEEN))
    return "" if message.state is MessageState.REVOKED else next(found, "")


def kind_word(message: Message) -> str:
    """What `sign_of` shows, for those who hear it."""
    return next((_word(element) for element in message.elements if isinstance(element, _SEEN)), "")


def _line(element: Element) -> str:
    match element:
        case Text(content=content, html=html) if html:
            return _without_marks(html) or " ".join(content.split())
        case Image(media=media) | Sound(media=media) | Video(media=media) | File(media=media):
            return media.name or _word(element)
        case Face(description="") | Custom(description="") | Unknown(description=""):
            return QCoreApplication.translate("Preview", "Message")
        case Unreadable():
            return QCoreApplication.translate("Preview", "Encrypted message")
        case _:
            return summary(element)


def _without_marks(html: str) -> str:
    """The words as they look in the conversation; nothing where that takes more than leaving out tags."""
    if any(secret in html for secret in _WITH_SECRETS):
        return ""
    from html import unescape  # with the first of such messages: it brings a long table

    words = re.sub(_TAG, lambda tag: "" if tag[1].lstrip("/").lower() in _INLINE else " ", html)
    return " ".join(unescape(words).split())


def _word(element: Element) -> str:
    match element:
        case Image():
            return QCoreApplication.translate("Preview", "Picture")
        case Video():
            return QCoreApplication.translate("Preview", "Video")
        case Sound():
            return QCoreApplication.translate("Preview", "Sound")
        case Location():
            return QCoreApplication.translate("Preview", "Location")
        case _:
            return QCoreApplication.translate("Preview", "File")
