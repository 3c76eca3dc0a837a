"""Moving about in a message pane: the wheel, the scroll bar, and the current row. Main thread.

Owns what the wheel has turned less than a pixel. Where rows stand is the ItemView's business.
"""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from chatdesk.views.message_itemview import NO_INDEX, AnyIndex, ItemView
from chatdesk.views.message_rows import RowCache

CursorAction = QAbstractItemView.CursorAction
ScrollHint = QAbstractItemView.ScrollHint
_NEAR = 1.5
"""Scroll bar moves within so many viewport heights are exact; farther ones go by estimates."""
_WHEEL_NOTCH = 120


class RowView(ItemView):
    def __init__(self, rows: RowCache, parent: QWidget | None = None) -> None:
        super().__init__(rows, parent)
        self._wheel_rest = 0.0

    # -- scrolling ---------------------------------------------------------------------------------------------------

    def scroll_by(self, pixels: int) -> None:
        """Positive goes towards the newest."""
        self.placement.scroll_by(pixels)
        self.relayout()

    def scroll_to_bottom(self) -> None:
        self.placement.is_following = True
        self.relayout()

    def scroll_to_top(self) -> None:
        self.placement.scroll_to_value(0)
        self.relayout()

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Somebody moved the scroll bar."""
        if self._is_syncing_bar:
            return
        bar = self.verticalScrollBar()
        value = bar.value()
        is_near = abs(dy) <= _NEAR * self.viewport().height()
        if is_near and not bar.isSliderDown() and bar.minimum() < value < bar.maximum():
            self.placement.scroll_by(-dy)
        else:
            self.placement.scroll_to_value(value)
        self.relayout()

    def wheelEvent(self, event: QWheelEvent) -> None:
        exact, notches = event.pixelDelta().y(), event.angleDelta().y() / _WHEEL_NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not (exact or notches):
            event.ignore()
            return
        pixels = float(exact) if exact else notches * QApplication.wheelScrollLines() * self._line
        if pixels * self._wheel_rest < 0:
            self._wheel_rest = 0.0
        self._wheel_rest += pixels
        whole = int(self._wheel_rest)
        self._wheel_rest -= whole
        self.scroll_by(-whole)
        event.accept()

    def scrollTo(self, index: AnyIndex, _hint: ScrollHint = ScrollHint.EnsureVisible) -> None:
        if not index.isValid():
            return
        if index.row() == self.rows.row_count() - 1:
            self.scroll_to_bottom()
        else:
            self.placement.show_row(index.row())
            self.relayout()

    # -- the current row ---------------------------------------------------------------------------------------------

    def go_to_row(self, row: int) -> None:
        """Make it the current one and bring it into view."""
        index = self.timeline.index(row)
        self.scrollTo(index)  # first, so that it can be seen when it is told to have the focus
        self.setCurrentIndex(index)

    def current_row(self) -> int:
        """The current row when it can be seen, else the newest one that can."""
        current = self.currentIndex()
        where = self.placed(current.row()) if current.isValid() else None
        if where is not None and where.height:
            return where.row
        placed = self.placement.placed
        seen = [row for row in placed if row.height]
        whole = [row for row in seen if row.bottom <= self.viewport().height()]
        return (whole or seen or placed)[-1].row if placed else self.rows.row_count() - 1

    def step(self, by: int) -> None:
        """To the next row; inside one that is taller than the view, a few lines on."""
        if not self.rows.row_count():
            return
        current = self.currentIndex()
        placed = self.placed(current.row()) if current.isValid() else None
        if placed is None:
            self.go_to_row(self.current_row())
            return
        height = self.viewport().height()
        beyond = -placed.top if by < 0 else placed.bottom - (height - self.placement.footer)
        if beyond > 0 and placed.height > height:
            self.scroll_by(by * min(beyond, 3 * self._line))
        else:
            self.go_to_row(self.next_row(current.row(), by))

    def next_row(self, row: int, by: int) -> int:
        """The next row up or down that takes room, else `row` itself."""
        to = row + by
        while 0 <= to < self.rows.row_count():
            if not self.rows.is_hidden(to):
                return to
            to += by
        return row

    def toggle_run(self, row: int) -> None:
        """Fold or unfold the system lines around a row; the words that tell of them stay where they are."""
        placed = self.placed(row)
        first = self.rows.toggle_run(row)
        if first < 0:
            return
        if placed is not None and row == first:
            self.placement.set_anchor(first, placed.content_y)
        self.relayout()

    def moveCursor(self, action: CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where the base class would go; without a current row that is the newest visible one, never the first."""
        last = self.rows.row_count() - 1
        if last < 0:
            return NO_INDEX
        row = self.current_row()
        page = max(1, len(self.placement.placed) - 1)
        if self.currentIndex().isValid():
            match action:
                case CursorAction.MoveUp | CursorAction.MovePrevious:
                    row -= 1
                case CursorAction.MoveDown | CursorAction.MoveNext:
                    row += 1
                case CursorAction.MovePageUp:
                    row -= page
                case CursorAction.MovePageDown:
                    row += page
                case CursorAction.MoveHome:
                    row = 0
                case CursorAction.MoveEnd:
                    row = last
                case _:
                    pass
        return self.timeline.index(max(0, min(row, last)))
