"""The text a person has marked with the mouse, inside one message or across several. Main thread; owns one range.

Its two ends name message, element and place and not rows, because rows move while older messages load.
"""

from collections.abc import Iterator

from msgspec import Struct

from chatdesk.domain.messages import MessageState
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_row import Item, RowLayout
from chatdesk.views.message_text import TextBlock

BEHIND_ALL = 1 << 20
"""As an element: behind everything in a message, where there is no text to be between."""


class Place(Struct, frozen=True):
    key: int
    element: int
    offset: int


class TextSelection(Struct, frozen=True):
    anchor: Place
    cursor: Place

    @property
    def is_empty(self) -> bool:
        return self.anchor == self.cursor

    def ordered(self, model: TimelineModel) -> "Marked | None":
        """From top to bottom; None when an end of it is gone."""
        one, other = model.row_of(self.anchor.key), model.row_of(self.cursor.key)
        if one < 0 or other < 0:
            return None
        ends = ((one, self.anchor), (other, self.cursor))
        first, last = sorted((row, place.element, place.offset) for row, place in ends)
        return Marked(*first, *last)


class Marked(Struct, frozen=True):
    """A selection at one moment, by rows."""

    first_row: int
    first_element: int
    first_offset: int
    last_row: int
    last_element: int
    last_offset: int

    def spans(self, row: int, layout: RowLayout) -> dict[int, tuple[int, int]]:
        """What is marked of each text of a row."""
        found = {}
        for item, block in texts_of(layout) if self.first_row <= row <= self.last_row else ():
            start, end = 0, block.length
            if row == self.first_row and item.element <= self.first_element:
                start = self.first_offset if item.element == self.first_element else end
            if row == self.last_row and item.element >= self.last_element:
                end = self.last_offset if item.element == self.last_element else 0
            if start < end:
                found[item.element] = (start, end)
        return found

    def text(self, row: int, layout: RowLayout) -> str:
        spans = self.spans(row, layout)
        return "\n".join(
            block.slice_text(*spans[item.element]) for item, block in texts_of(layout) if item.element in spans
        )


def texts_of(layout: RowLayout) -> Iterator[tuple[Item, TextBlock]]:
    """What can be marked: the texts somebody wrote, not the words around them."""
    if layout.message.is_tip or layout.message.state is MessageState.REVOKED:
        return
    for item in layout.items:
        if item.element >= 0 and isinstance(item.block, TextBlock):
            yield item, item.block


def place_in_row(layout: RowLayout, x: int, y: int) -> Place:
    """The text position nearest to a point given from the row's top left."""
    key = layout.message.key
    texts = list(texts_of(layout))
    if not texts:
        is_above = y < (layout.content_top + layout.height) // 2
        return Place(key, -1 if is_above else BEHIND_ALL, 0)
    item, block = min(texts, key=lambda text: max(text[0].rect.top() - y, y - text[0].rect.bottom(), 0))
    return Place(key, item.element, block.position_at(x - item.x, y - item.y))
