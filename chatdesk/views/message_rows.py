"""The rows of a message pane: asks the model for messages and keeps what has been laid out.

Main thread. Owns the cache of row layouts, limited in number, one per message. An entry counts as long as message
object, width, neighbourhood and style are the same. When only the width is another one, texts that are as wide as
before are taken over: on a wide window no text is broken anew while it is resized.
"""

import time
from collections import OrderedDict

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QDateTime

from chatdesk.domain.messages import Message, MessageState
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_folding import (
    LEAST,
    LEAST_OF_BEGINNING,
    can_fold,
    is_beginning,
    is_coming,
    summarise,
)
from chatdesk.views.message_layout import RowBuilder
from chatdesk.views.message_picture import ImageBlock
from chatdesk.views.message_row import Heading, RowLayout

GROUP_WITHIN_MS = 5 * 60_000
_KEPT = 400


class _Entry(Struct):
    layout: RowLayout
    generation: int
    before: Message | None
    is_settled: bool
    """What else makes its heading (runs of system lines, spoilers, words that can be edited again) has no say in it."""


class _Run(Struct):
    """Rows `first` to `last` are system lines."""

    first: int
    last: int
    is_open: bool
    text: str = ""


class RowCache:
    def __init__(self, builder: RowBuilder, model: TimelineModel) -> None:
        self.builder = builder
        self.model = model
        self.width = 0
        self.built = 0
        """How many rows were laid out so far."""
        self._entries: OrderedDict[int, _Entry] = OrderedDict()
        self._generation = 0
        self._open: set[int] = set()
        """System lines that are shown although there are many in a row."""
        self._spoilers: dict[int, frozenset[tuple[int, int]]] = {}
        self._runs: dict[int, _Run] = {}
        """By row, for all system lines met since the rows last changed."""

    def set_builder(self, builder: RowBuilder) -> None:
        self.builder = builder
        self._entries.clear()
        self._runs.clear()

    def set_model(self, model: TimelineModel) -> None:
        self.model = model
        self._entries.clear()
        self._open.clear()
        self._spoilers.clear()
        self._runs.clear()

    def rows_changed(self) -> None:
        """Rows came, went or read differently: what is a run must be found anew."""
        self._runs.clear()

    def forget(self, first: int, last: int) -> None:
        """These rows read differently although their messages are the same."""
        if last - first + 1 >= self.row_count():
            self.builder.words.forget_names()  # all of them: people are called differently
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
        before = self.model.message(row - 1) if row > 0 else None
        entry = self._entries.get(message.key)
        if entry is not None and self._still_holds(entry, message, before):
            self._entries.move_to_end(message.key)
            return entry.layout
        heading = self._heading(row, message)
        if heading.is_hidden:
            return RowLayout(message, self.width, heading)
        is_settled = not (message.is_tip or message.key in self._spoilers or message.state is MessageState.REVOKED)
        known = None
        if entry is not None and entry.generation == self._generation and entry.layout.message is message:
            known = entry.layout if entry.layout.heading == heading else None
        if known is not None and known.width == self.width:
            layout = known
        else:
            layout = self.builder.build(message, heading, self.width, known)
            self.built += 1
            if entry is not None:
                _adopt_pictures(entry.layout, layout)
        self._entries[message.key] = _Entry(layout, self._generation, before, is_settled)
        self._entries.move_to_end(message.key)
        if len(self._entries) > _KEPT:
            self._entries.popitem(last=False)
        return layout

    def _still_holds(self, entry: _Entry, message: Message, before: Message | None) -> bool:
        """Told without making its heading, which is most of what a row costs each time it is placed and painted."""
        known = entry.layout
        return (
            entry.is_settled
            and known.message is message
            and entry.before is before
            and known.width == self.width
            and entry.generation == self._generation
            and known.heading.is_first_unread == (message.key == self.model.first_unread_key)
        )

    # -- system lines in a row ---------------------------------------------------------------------------------------

    def is_hidden(self, row: int) -> bool:
        return self.hidden_span(row) is not None

    def hidden_span(self, row: int) -> tuple[int, int] | None:
        run = self._run(row)
        return (run.first + 1, run.last) if run is not None and not run.is_open and row != run.first else None

    def last_told_of(self, row: int) -> int:
        """The last row this one tells of: of a folded run its end, else itself."""
        run = self._run(row)
        return run.last if run is not None and not run.is_open else row

    def toggle_run(self, row: int) -> int:
        """Unfold or fold the system lines around `row`; returns the row that tells of them, -1 when there is no run."""
        run = self._run(row)
        if run is None:
            return -1
        keys = {self.model.message(number).key for number in range(run.first, run.last + 1)}
        self._open = self._open - keys if run.is_open else self._open | keys
        self._runs.clear()
        return run.first

    def _run(self, row: int) -> "_Run | None":
        message = self.model.message(row)
        if not self._can_fold(message):
            return None
        known = self._runs.get(row)
        if known is None:
            first = last = row
            while first > 0 and self._belongs_to_row_before(first):
                first -= 1
            while last + 1 < self.row_count() and self._belongs_to_row_before(last + 1):
                last += 1
            first, last = self._apart_from_beginning(row, first, last)
            known = _Run(first, last, message.key in self._open)
            self._runs.update(dict.fromkeys(range(first, last + 1), known))
        least = LEAST_OF_BEGINNING if is_beginning(self.model.message(known.first)) else LEAST
        return known if known.last - known.first + 1 >= least else None

    def _apart_from_beginning(self, row: int, first: int, last: int) -> tuple[int, int]:
        """The beginning tells of who came and of nothing else; what follows is a run of its own."""
        if not is_beginning(self.model.message(first)):
            return first, last
        others = (number for number in range(first, last + 1) if not is_coming(self.model.message(number)))
        end = next(others, last + 1)
        return (first, end - 1) if row < end else (end, last)

    def _can_fold(self, message: Message) -> bool:
        """In a one-to-one conversation that somebody came is told by its beginning."""
        return message.is_tip and (can_fold(message) or (not self.model.is_group and is_beginning(message)))

    def _belongs_to_row_before(self, row: int) -> bool:
        before, message = self.model.message(row - 1), self.model.message(row)
        return (
            self._can_fold(before)
            and can_fold(message)
            and (before.key in self._open) == (message.key in self._open)
            and message.key != self.model.first_unread_key
            and _day(before.time_ms) == _day(message.time_ms)
        )

    def _fold(self, row: int, message: Message, heading: Heading) -> Heading:
        """What a run makes of one of its rows."""
        run = self._run(row) if message.is_tip else None
        if run is None:
            return heading
        if row != run.first:
            return heading if run.is_open else replace(heading, is_hidden=True)
        if not run.text:
            members = [self.model.message(number) for number in range(run.first, run.last + 1)]
            words = self.builder.words
            begins = is_beginning(message)
            run.text = words.element(message, message.elements[0]) if begins else words.folded(summarise(members))
        return replace(heading, fold=run.text, is_open=run.is_open)

    def reveal(self, key: int, element: int, spoiler: int) -> None:
        """A spoiler was opened; it stays open while this conversation is shown."""
        self._spoilers[key] = self._spoilers.get(key, frozenset()) | {(element, spoiler)}
        if key in self._entries:
            self._entries[key].is_settled = False

    def _heading(self, row: int, message: Message) -> Heading:
        heading = self._fold(row, message, self._neighbourhood(row, message))
        if message.key in self._spoilers:
            heading = replace(heading, open_spoilers=self._spoilers[message.key])
        if message.state is MessageState.REVOKED and self.model.can_edit_again(message.key):
            heading = replace(heading, can_edit_again=True)
        return heading

    def _neighbourhood(self, row: int, message: Message) -> Heading:
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
