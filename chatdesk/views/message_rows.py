"""The rows of a message pane: asks the model for messages and keeps what has been laid out.

Main thread. Owns the cache of row layouts, limited in number, one per message. An entry counts as long as message
object, width, neighbourhood and style are the same.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QDateTime

from chatdesk.domain.messages import Message
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_layout import Heading, RowBuilder, RowLayout
from chatdesk.views.message_media import ImageBlock

GROUP_WITHIN_MS = 5 * 60_000
_KEPT = 400


@dataclass
class _Entry:
    layout: RowLayout
    generation: int


class RowCache:
    def __init__(self, builder: RowBuilder, model: TimelineModel) -> None:
        self.builder = builder
        self.model = model
        self.width = 0
        self.built = 0
        """How many rows were laid out so far."""
        self._entries: OrderedDict[int, _Entry] = OrderedDict()
        self._generation = 0

    def set_builder(self, builder: RowBuilder) -> None:
        self.builder = builder
        self._entries.clear()

    def set_model(self, model: TimelineModel) -> None:
        self.model = model
        self._entries.clear()

    def forget(self, first: int, last: int) -> None:
        """These rows read differently although their messages are the same."""
        if last - first > len(self._entries):
            self._generation += 1
            return
        for row in range(first, last + 1):
            entry = self._entries.get(self.model.message(row).key)
            if entry is not None:
                entry.generation = -1

    def forget_all(self) -> None:
        self._generation += 1

    def row_count(self) -> int:
        return len(self.model.items)

    def row_layout(self, row: int) -> RowLayout:
        message = self.model.message(row)
        heading = self._heading(row, message)
        entry = self._entries.get(message.key)
        if entry is not None:
            known = entry.layout
            if (
                known.message is message
                and known.width == self.width
                and entry.generation == self._generation
                and known.heading == heading
            ):
                self._entries.move_to_end(message.key)
                return known
        layout = self.builder.build(message, heading, self.width)
        self.built += 1
        if entry is not None:
            _adopt_pictures(entry.layout, layout)
        self._entries[message.key] = _Entry(layout, self._generation)
        self._entries.move_to_end(message.key)
        if len(self._entries) > _KEPT:
            self._entries.popitem(last=False)
        return layout

    def _heading(self, row: int, message: Message) -> Heading:
        before = self.model.message(row - 1) if row > 0 else None
        is_first_unread = message.key == self.model.first_unread_key
        if before is None or _day(before.time_ms) != _day(message.time_ms):
            date = QDateTime.fromMSecsSinceEpoch(message.time_ms).date()
            return Heading(True, self.builder.words.day(date), is_first_unread)
        continues = (
            before.sender == message.sender
            and not before.is_tip
            and not message.is_tip
            and not is_first_unread
            and abs(message.time_ms - before.time_ms) <= GROUP_WITHIN_MS
        )
        return Heading(not continues and not (before.is_tip and message.is_tip), "", is_first_unread)


def _adopt_pictures(old: RowLayout, new: RowLayout) -> None:
    for item in new.items:
        if isinstance(item.block, ImageBlock):
            before = old.item_of(item.element)
            if before is not None and isinstance(before.block, ImageBlock):
                item.block.adopt(before.block)


def _day(time_ms: int) -> tuple[int, int]:
    try:
        local = time.localtime(time_ms / 1000)
    except (OverflowError, ValueError, OSError):
        return (0, 0)  # the sender's server claims a time no calendar has
    return local.tm_year, local.tm_yday
