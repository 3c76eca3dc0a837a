"""Which rows of a message pane are where: the anchor, following at the bottom, and what is visible. No widgets.

Owns the anchor (a row and the viewport height of its first line), the estimated heights and the placed rows. Everything
is in whole device-independent pixels, so that nothing drifts. Runs on the main thread; must not paint or ask the model:
rows come through `Rows`.
"""

from typing import Protocol

from msgspec import Struct, structs

from chatdesk.views.message_heights import HeightIndex


class Measured(Protocol):
    """What a laid out row tells: its height, and how far below its top its own content starts. Above that may stand a
    date or a name, which come and go with the row before."""

    @property
    def height(self) -> int: ...
    @property
    def content_top(self) -> int: ...
    @property
    def is_firm(self) -> bool:
        """Fit to keep its place while others change."""
        ...


class Rows(Protocol):
    def row_count(self) -> int: ...
    def row_layout(self, row: int) -> Measured: ...
    def hidden_span(self, row: int) -> tuple[int, int] | None:
        """First and last of the neighbouring rows without height `row` belongs to, None for a row that is seen."""
        ...


class Placed(Struct, frozen=True):
    row: int
    top: int
    height: int
    content_top: int
    is_firm: bool = True

    @property
    def bottom(self) -> int:
        return self.top + self.height

    @property
    def content_y(self) -> int:
        return self.top + self.content_top


class Placement:
    """Call `place` after every change; then `placed` holds the visible rows from top to bottom.

    `header` is the space above the first row, `footer` the one below the last.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.heights = HeightIndex()
        self.placed: list[Placed] = []
        self.is_following = True
        self.may_follow = True
        """Off where the last row is not the newest message: rows that are added below must not drag the view on."""
        self.header = 0
        self.footer = 0
        self._anchor_row = 0
        self._anchor_y = 0
        self.estimate = 60
        self._viewport = 0
        self.end_row = -1
        """The last row looked at by `place`: behind the last placed one there may be some without height."""

    # -- what happens to the rows ------------------------------------------------------------------------------------

    def reset(self, estimate: int) -> None:
        """Everything is new; stands at the bottom."""
        self.estimate = max(1, estimate)
        self.heights.reset(self._rows.row_count(), self.estimate)
        self.placed = []
        self.is_following = True

    def insert(self, first: int, count: int) -> None:
        self.heights.insert(first, count, self.estimate)
        if first <= self._anchor_row:
            self._anchor_row += count

    def prepare_removal(self, first: int, last: int) -> None:
        """While the rows are still there: let a row that stays hold the place."""
        if not first <= self._anchor_row <= last:
            return
        after = [placed for placed in self.placed if placed.row > last]
        before = [placed for placed in self.placed if placed.row < first]
        if after:
            keeper = next((placed for placed in after if placed.is_firm), after[0])
            self._anchor_row, self._anchor_y = keeper.row, keeper.content_y
        elif before:
            self._anchor_row, self._anchor_y = before[-1].row, before[-1].content_y
        else:
            self._anchor_row = last + 1

    def remove(self, first: int, last: int) -> None:
        self.heights.remove(first, last - first + 1)
        if self._anchor_row > last:
            self._anchor_row -= last - first + 1
        self._anchor_row = max(0, min(self._anchor_row, len(self.heights) - 1))

    @property
    def anchor(self) -> tuple[int, int]:
        """The row that keeps its place and the viewport height of its content."""
        return self._anchor_row, self._anchor_y

    def set_anchor(self, row: int, content_y: int) -> None:
        self._anchor_row, self._anchor_y = row, content_y
        self.is_following = False

    def rewrap(self) -> None:
        """The width is about to count: inside a row taller than the viewport keep the same part of it in view."""
        anchor = next((placed for placed in self.placed if placed.row == self._anchor_row), None)
        if anchor is None or self.is_following or self._anchor_y >= 0:
            return
        body = max(1, anchor.height - anchor.content_top)
        layout = self._rows.row_layout(self._anchor_row)
        self._anchor_y = round(self._anchor_y * (layout.height - layout.content_top) / body)

    # -- moving ------------------------------------------------------------------------------------------------------

    def scroll_by(self, pixels: int) -> None:
        """Positive goes towards the newest."""
        if pixels and self.placed:
            self._anchor_y -= pixels
            self.is_following = False

    def scroll_to_value(self, value: int) -> None:
        """To a place of the scroll bar, which knows estimates only."""
        if value >= self.maximum:
            self.is_following = True
            return
        row, rest = self.heights.row_at(value - self.header)
        top = -rest if value > self.header else self.header - value
        if self._rows.row_count():
            self.set_anchor(row, top + self._rows.row_layout(row).content_top)

    def show_row(self, row: int) -> None:
        """Scroll as little as needed; a row taller than the viewport shows its top."""
        layout = self._rows.row_layout(row)
        placed = next((placed for placed in self.placed if placed.row == row), None)
        room = self._viewport - self.footer
        if placed is not None and placed.top >= 0 and placed.bottom <= room:
            return
        is_above = placed.top < 0 if placed is not None else not self.placed or row < self.placed[0].row
        top = 0 if is_above or layout.height > room else room - layout.height
        self.set_anchor(row, top + layout.content_top)

    # -- placing -----------------------------------------------------------------------------------------------------

    @property
    def maximum(self) -> int:
        return max(0, self.header + self.heights.total + self.footer - self._viewport)

    @property
    def value(self) -> int:
        """Where the scroll bar stands: at its ends only when the content really is."""
        if self.is_following or not self.placed:
            return self.maximum
        first = self.placed[0]
        if first.row == 0 and first.top >= self.header:
            return 0
        value = self.heights.top_of(first.row) + self.header - first.top
        return max(1, min(value, self.maximum - 1))

    def place(self, viewport: int) -> None:
        self._viewport = viewport
        count = self._rows.row_count()
        if not count or viewport <= 0:
            self.placed = []
            self.is_following = self.is_following or not count
            return
        if self.is_following:
            self._place_from_bottom(count)
        else:
            self._place_from_anchor(count)
        self.placed = [placed for placed in self.placed if placed.bottom > 0 and placed.top < viewport]
        if not self.placed:
            return  # no room for more than what stands before or after the messages: the anchor stays
        below = [placed for placed in self.placed if placed.content_y >= 0]
        anchor = next((placed for placed in below if placed.is_firm), (below or self.placed)[0])
        self._anchor_row, self._anchor_y = anchor.row, anchor.content_y

    def _place_from_bottom(self, count: int) -> None:
        self.is_following = self.may_follow
        self.placed = []
        self._grow_up(count, self._viewport - self.footer)
        self.end_row = count - 1

    def _place_from_anchor(self, count: int) -> None:
        row = min(self._anchor_row, count - 1)
        span = self._hidden(row)
        if span is not None:
            row = span[0] - 1  # the row that tells of them
        layout = self._measure(row)
        top = self._anchor_y - layout.content_top
        self.placed = [Placed(row, top, layout.height, layout.content_top, layout.is_firm)]
        self._grow_up(row, top)
        self._grow_down(count)
        first = self.placed[0]
        if first.row == 0 and first.top > self.header:
            shift = first.top - self.header
            self.placed = [structs.replace(placed, top=placed.top - shift) for placed in self.placed]
            self._grow_down(count)
        last = self.placed[-1]
        if self.end_row == count - 1 and last.bottom + self.footer <= self._viewport:
            self._place_from_bottom(count)

    def _grow_up(self, row: int, top: int) -> None:
        """Add the rows before `row`, whose top is at `top`, until the viewport's top is covered."""
        above = []
        while row > 0 and top > 0:
            row -= 1
            span = self._hidden(row)
            if span is not None:
                row = span[0]
                continue
            layout = self._measure(row)
            top -= layout.height
            above.append(Placed(row, top, layout.height, layout.content_top, layout.is_firm))
        self.placed[:0] = reversed(above)

    def _grow_down(self, count: int) -> None:
        row = self.placed[-1].row
        bottom = self.placed[-1].bottom
        while row + 1 < count and bottom < self._viewport:
            row += 1
            span = self._hidden(row)
            if span is not None:
                row = span[1]
                continue
            layout = self._measure(row)
            self.placed.append(Placed(row, bottom, layout.height, layout.content_top, layout.is_firm))
            bottom += layout.height
        self.end_row = row

    def _hidden(self, row: int) -> tuple[int, int] | None:
        span = self._rows.hidden_span(row)
        if span is not None:
            self.heights.set_zero(*span)
        return span

    def _measure(self, row: int) -> Measured:
        layout = self._rows.row_layout(row)
        self.heights.set(row, layout.height)
        return layout
