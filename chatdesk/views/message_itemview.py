"""An item view with a virtual layout of its own: rows of any height, a million of them, and nothing ever jumps.

Main thread. Owns the placement of the visible rows and what the scroll bar says. A change costs what
is visible: rows never seen have an estimated height, and the row under the eye (the anchor) keeps its place to the
pixel whatever happens above. At the bottom the view follows. It must not know what a message is: rows come laid out
from `RowCache`; subclasses scroll (message_rowview) and paint them.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget
from shiboken6 import Shiboken

from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_placement import Placed, Placement
from chatdesk.views.message_row import RowLayout
from chatdesk.views.message_rows import RowCache
from chatdesk.views.own_viewport import give_viewport

AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


class ItemView(QAbstractItemView):
    def __init__(self, rows: RowCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_viewport(self)
        self.rows = rows
        self.placement = Placement(rows)
        self._line = 1
        self._is_syncing_bar = False
        self._kept_key: int | None = None
        self._seen: tuple[bool, list[tuple[RowLayout, int]]] = (False, [])
        """Whether the first message was in sight, and which rows at which height."""
        self._is_newest_next = False
        """The next reset is to be shown at its end."""
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # The base class would scroll to every index that becomes current, by a click too.
        self.setAutoScroll(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().sliderReleased.connect(self.relayout)

    # -- for subclasses ----------------------------------------------------------------------------------------------

    def set_measures(self, header: int, footer: int, line: int, estimate: int) -> None:
        """Space above the first and below the last row, height of a line of text and of a row never seen."""
        following, anchor = self.placement.is_following, self.placement.anchor
        self._line = line
        self.placement.header = header
        self.placement.footer = footer
        self.placement.reset(estimate)
        if not following:
            self.placement.set_anchor(*anchor)

    def laid_out(self) -> None:
        """Called after each layout, maybe while the model is telling of a change: do not change the model here."""

    @property
    def timeline(self) -> TimelineModel:
        return self.rows.model

    @property
    def is_at_bottom(self) -> bool:
        return self.placement.is_following

    def placed(self, row: int) -> Placed | None:
        """Where a visible row is."""
        return next((placed for placed in self.placement.placed if placed.row == row), None)

    def placed_at(self, y: int) -> Placed | None:
        return next((placed for placed in self.placement.placed if placed.top <= y < placed.bottom), None)

    def relayout(self) -> None:
        """Place the visible rows again; paints them only when they are others or stand elsewhere. Never called while
        painting."""
        if not self.isVisible():
            return
        width = self.viewport().width()
        if width != self.rows.width:
            self.rows.width = width
            self.placement.rewrap()
        self.placement.place(self.viewport().height())
        self._sync_bar()
        if self._looks_different():
            self.viewport().update()
        self.laid_out()

    def _looks_different(self) -> bool:
        """Since it was asked last. While messages are read, pages that come in above change nothing in sight."""
        placed = self.placement.placed
        begins = bool(placed) and placed[0].row == 0
        seen = [(self.rows.row_layout(row.row), row.top) for row in placed]
        before, self._seen = self._seen, (begins, seen)
        return (
            not seen
            or begins is not before[0]
            or len(seen) != len(before[1])
            or any(one is not other or y != old_y for (one, y), (other, old_y) in zip(seen, before[1], strict=True))
        )

    @property
    def page_step(self) -> int:
        return max(1, self.viewport().height() - 2 * self._line)

    def _sync_bar(self) -> None:
        bar = self.verticalScrollBar()
        if bar.isSliderDown():
            return  # the range must not change under the hand that drags
        self._is_syncing_bar = True
        bar.setRange(0, self.placement.maximum)
        bar.setPageStep(self.page_step)
        bar.setSingleStep(self._line * 2)
        bar.setValue(self.placement.value)
        self._is_syncing_bar = False

    # -- the model ---------------------------------------------------------------------------------------------------

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Shows it at its bottom."""
        if not isinstance(model, TimelineModel):
            raise TypeError("this view shows TimelineModels only")
        old = self.model()
        if isinstance(old, TimelineModel) and Shiboken.isValid(old):
            old.modelAboutToBeReset.disconnect(self._before_reset)
            old.rowsRemoved.disconnect(self._on_rows_removed)
            old.end_changed.disconnect(self._on_end_changed)
        self.rows.set_model(model)
        self._kept_key = None
        self._is_newest_next = False
        self.placement.may_follow = model.is_at_newest
        super().setModel(model)
        model.end_changed.connect(self._on_end_changed)
        model.modelAboutToBeReset.connect(self._before_reset)
        # QAbstractItemView hears of removals only before they happen.
        model.rowsRemoved.connect(self._on_rows_removed)

    def _before_reset(self) -> None:
        """A conversation read again keeps its place when it was not at the bottom."""
        row, _ = self.placement.anchor
        if not self.is_at_bottom and not self._is_newest_next and row < len(self.timeline.items):
            self._kept_key = self.timeline.message(row).key

    def _on_end_changed(self) -> None:
        may_follow = self.timeline.is_at_newest
        self.placement.may_follow = may_follow
        self.placement.is_following = self.placement.is_following and may_follow
        self.relayout()

    def reset(self) -> None:
        self._is_newest_next = False
        self.rows.rows_changed()
        super().reset()
        _, anchor_y = self.placement.anchor
        row = self.timeline.row_of(self._kept_key) if self._kept_key is not None else -1
        self._kept_key = None
        self.placement.reset(self.placement.estimate)
        if row >= 0:
            self.placement.set_anchor(row, anchor_y)
        self.relayout()

    def rowsInserted(self, parent: AnyIndex, start: int, end: int) -> None:
        self.rows.rows_changed()
        super().rowsInserted(parent, start, end)
        placed = self.placement.placed
        is_above = bool(placed) and start <= placed[0].row
        self.placement.insert(start, end - start + 1)
        self.relayout()
        if not is_above:
            self.viewport().update()  # who has read is told under the last of one's messages

    def rowsAboutToBeRemoved(self, parent: AnyIndex, start: int, end: int) -> None:
        self.placement.prepare_removal(start, end)
        super().rowsAboutToBeRemoved(parent, start, end)

    def _on_rows_removed(self, _parent: QModelIndex, start: int, end: int) -> None:
        self.rows.rows_changed()
        self.placement.remove(start, end)
        self.relayout()
        self.viewport().update()

    def dataChanged(self, top_left: AnyIndex, bottom_right: AnyIndex, roles: Sequence[int] = ()) -> None:
        super().dataChanged(top_left, bottom_right, list(roles))
        if roles and TimelineModel.MESSAGE not in roles:
            self.viewport().update()  # progress, downloads and readers never change a height
            return
        self.rows.rows_changed()
        first, last = top_left.row(), bottom_right.row()
        self.rows.forget(first, last)
        placed = self.placement.placed
        # One further: a row's heading depends on the row before.
        if placed and first <= self.placement.end_row and last + 1 >= placed[0].row:
            self.relayout()
            self.viewport().update()

    # -- what else the base class asks -------------------------------------------------------------------------------

    def doItemsLayout(self) -> None:
        super().doItemsLayout()
        self.relayout()

    def updateGeometries(self) -> None:
        """Called by the base class whenever it likes; the scroll bar is set after each layout."""

    def visualRect(self, index: AnyIndex) -> QRect:
        placed = self.placed(index.row()) if index.isValid() else None
        return QRect(0, placed.top, self.viewport().width(), placed.height) if placed is not None else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        placed = self.placed_at(point.y())
        if placed is None or not self.viewport().rect().contains(point):
            return NO_INDEX
        return self.timeline.index(placed.row)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: AnyIndex) -> bool:
        return False

    def keyboardSearch(self, _search: str) -> None:
        """The base class would read every row."""

    def selectAll(self) -> None:
        """The base class would select every row."""

    def setSelection(self, _rect: QRect, _command: QItemSelectionModel.SelectionFlag) -> None:
        """Messages are chosen by key, not by row: see message_choice."""

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Only what is visible: a selection may span a million rows."""
        region = QRegion()
        for placed in self.placement.placed:
            if selection.contains(self.timeline.index(placed.row)):
                region += QRect(0, placed.top, self.viewport().width(), placed.height)
        return region

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.relayout()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.relayout()
