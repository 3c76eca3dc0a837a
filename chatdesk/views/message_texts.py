"""What a message's text reads like: other clients' HTML or plain text as RichText, and in plain words again.

Main thread. Owns a small cache of texts read; an entry is forgotten when people are called differently.
"""

import re
from collections import OrderedDict
from collections.abc import Callable

from msgspec import structs
from PySide6.QtCore import QObject

from chatdesk.domain.elements import Text
from chatdesk.domain.messages import EVERYONE, Message
from chatdesk.views.message_rich import MOST_SHOWN, Mark, RichText, Span, cut, from_plain

_KEPT = 200
_EVERYONE = r"(?<!\w)@room(?!\w)"


class Texts(QObject):
    def __init__(self, display_name: Callable[[str], str]) -> None:
        super().__init__()
        self._display_name = display_name
        self._known: OrderedDict[str, RichText | None] = OrderedDict()

    def forget(self) -> None:
        """People have other names now."""
        self._known.clear()

    def rich(self, message: Message, element: Text) -> RichText:
        """As it is shown: cut where it is too long to be laid out at once."""
        rich = self._html(element)
        if rich is None:
            rich = from_plain(element.content[: MOST_SHOWN + 1])
            rich = structs.replace(rich, is_cut=len(element.content) > MOST_SHOWN)
        if EVERYONE in message.mentions:
            found = (Span(*match.span(), Mark.MENTION, EVERYONE) for match in re.finditer(_EVERYONE, rich.text))
            rich = structs.replace(rich, spans=(*rich.spans, *found))
        size = len(element.content)
        return cut(rich, self.tr("Show the whole message, %n characters", "", size)) if _is_long(rich) else rich

    def plain(self, element: Text, is_spoken: bool = False) -> str:
        """What is copied; a screen reader does not say what a spoiler hides."""
        rich = self._html(element)
        if rich is None or rich.is_cut:
            return element.content
        return rich.plain(hidden=self.tr("[spoiler]") if is_spoken else "")

    def _html(self, element: Text) -> RichText | None:
        if not element.html:
            return None
        if element.html in self._known:
            self._known.move_to_end(element.html)
            return self._known[element.html]
        from chatdesk.views.message_html import from_html  # with the first formatted message

        rich = self._known[element.html] = from_html(element.html, self._display_name)
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return rich


def _is_long(rich: RichText) -> bool:
    return rich.is_cut or cut(rich, "") is not rich
