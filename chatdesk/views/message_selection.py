"""The text a person has marked with the mouse. Main thread; owns one range.

A range lives inside one element of one message today. Selecting across messages will make it two ends of the same kind
(message key, element, place), which is why the ends are kept by key and not by row.
"""

from msgspec import Struct

from chatdesk.views.message_layout import RowLayout
from chatdesk.views.message_text import TextBlock


class TextSelection(Struct, frozen=True):
    key: int
    element: int
    anchor: int
    cursor: int

    @property
    def span(self) -> tuple[int, int]:
        return min(self.anchor, self.cursor), max(self.anchor, self.cursor)

    @property
    def is_empty(self) -> bool:
        return self.anchor == self.cursor

    def text(self, layout: RowLayout) -> str:
        item = layout.item_of(self.element)
        if item is None or not isinstance(item.block, TextBlock):
            return ""
        return item.block.slice_text(*self.span)
