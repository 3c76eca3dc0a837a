"""The message pane: one conversation's messages in a virtual layout of its own.

Main thread. Owns scrolling, the current row, what is marked, and the gestures; asks `Placement` where rows are, `RowCache`
what they look like, `RowPainter` to paint them. A message is always named by its key in signals, because rows move. It must
not change anything itself: every gesture leaves as a signal.

A change costs what is visible: rows never seen have an estimated height, and the row under the eye (the anchor) keeps its
place to the pixel whatever happens above. At the bottom the pane follows.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QDateTime,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QAbstractSlider, QApplication, QToolTip, QWidget

from chatdesk.domain.changes import LoadState
from chatdesk.domain.elements import media_of
from chatdesk.domain.messages import Message
from chatdesk.domain.transfers import DownloadState
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_edges import EdgeNotes
from chatdesk.views.message_hits import Hit, hit_row
from chatdesk.views.message_jump_button import JumpButton, NewMessages
from chatdesk.views.message_layout import RowBuilder, RowLayout
from chatdesk.views.message_media import Facts
from chatdesk.views.message_menu import Action, Target, build_menu
from chatdesk.views.message_paint import RowPainter, RowState
from chatdesk.views.message_placement import Placed, Placement
from chatdesk.views.message_rows import RowCache
from chatdesk.views.message_selection import TextSelection
from chatdesk.views.message_style import Style
from chatdesk.views.message_text import TextBlock
from chatdesk.views.message_words import Words
from chatdesk.views.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
_REACH = 1.5
"""So many viewport heights before the top the page above is asked for."""
_WHEEL_NOTCH = 120


class MessagePane(QAbstractItemView):
    # Keys are the store's row numbers: 64 bits.
    revoke_requested = Signal("qlonglong")
    retry_requested = Signal("qlonglong")
    discard_requested = Signal("qlonglong")
    download_requested = Signal("qlonglong", int)
    """Message key and the number of its element."""
    open_requested = Signal("qlonglong")
    """The id of a finished download."""
    cancel_requested = Signal("qlonglong")
    """The id of a running download."""
    link_activated = Signal(str)
    older_wanted = Signal()
    newest_shown = Signal("qlonglong")
    """The key of the newest message that can be seen, each time it is another one."""

    def __init__(self, theme: Theme, thumbnails: Thumbnails | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messagePane")
        self.setAccessibleName(self.tr("Messages"))
        self._theme = theme
        self._thumbnails = thumbnails
        self._timeline: TimelineModel | None = None
        self._style = Style(self.font(), theme.colors)
        self._words = Words("", False, lambda user_id: user_id)
        self._painter = RowPainter(self._style)
        self._rows = RowCache(RowBuilder(self._style, self._words, False))
        self._placement = Placement(self._rows)
        self._edges = EdgeNotes(self._style, self._words)
        self._new = NewMessages()
        self._selection: TextSelection | None = None
        self._press: Hit | None = None
        self._press_at = QPoint()
        self._is_selecting = False
        self._ring_wanted = False
        self._wheel_rest = 0.0
        self._is_syncing_bar = False
        self._kept_key = 0
        self._shown_key = 0
        self._jump = JumpButton(self._style, self)
        self._jump.hide()
        self._jump.clicked.connect(self.jump_to_newest)
        self._after = QTimer(self)
        self._after.setSingleShot(True)
        self._after.setInterval(0)
        self._after.timeout.connect(self._tell)
        self._midnight = QTimer(self)
        self._midnight.setSingleShot(True)
        self._midnight.timeout.connect(self._on_day_changed)
        self._set_up_view()
        theme.changed.connect(self._restyle)
        if thumbnails is not None:
            thumbnails.ready.connect(self._on_thumbnail)
            thumbnails.failed.connect(self._on_thumbnail)
        self._on_day_changed()

    def _set_up_view(self) -> None:
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

    # -- the model ---------------------------------------------------------------------------------------------------

    def set_model(self, model: TimelineModel | None) -> None:
        """Show this conversation, at its newest message."""
        old = self._timeline
        if old is not None:
            old.load_state_changed.disconnect(self._on_load_state)
            old.modelAboutToBeReset.disconnect(self._before_reset)
            old.rowsRemoved.disconnect(self._on_rows_removed)
        self._timeline = model
        self._selection = self._press = None
        self._kept_key = self._shown_key = 0
        self._new.clear()
        is_group = model is not None and model.is_group
        if model is not None:
            self._words = Words(model.own_user_id, is_group, model.display_name)
            model.load_state_changed.connect(self._on_load_state)
            model.modelAboutToBeReset.connect(self._before_reset)
            # QAbstractItemView hears of removals only before they happen.
            model.rowsRemoved.connect(self._on_rows_removed)
        self._rows.set_model(model)
        self._rows.set_builder(RowBuilder(self._style, self._words, is_group))
        self._edges = EdgeNotes(self._style, self._words)
        self.setModel(model)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        if model is not self._timeline:
            raise TypeError("MessagePane shows TimelineModels: use set_model")
        super().setModel(model)

    @property
    def timeline(self) -> TimelineModel | None:
        return self._timeline

    @property
    def is_at_bottom(self) -> bool:
        return self._placement.is_following

    def jump_to_newest(self) -> None:
        self._placement.is_following = True
        self._relayout()

    def show_message(self, key: int) -> None:
        """Bring the message into view and make it the current one."""
        row = self._timeline.row_of(key) if self._timeline is not None else -1
        if row >= 0:
            self._go_to_row(row)

    def reset(self) -> None:
        super().reset()
        keeps = self._kept_key and self._timeline is not None and self._timeline.row_of(self._kept_key)
        anchor_y = self._placement.anchor[1]
        self._placement.reset(self._style.estimate)
        if isinstance(keeps, int) and keeps >= 0 and self._kept_key:
            self._placement.set_anchor(keeps, anchor_y)
        self._kept_key = 0
        self._relayout()

    def _before_reset(self) -> None:
        """A conversation read again keeps its place when it was not at the bottom."""
        row, _ = self._placement.anchor
        if self._timeline is not None and not self.is_at_bottom and row < len(self._timeline.items):
            self._kept_key = self._timeline.message(row).key

    def rowsInserted(self, parent: AnyIndex, start: int, end: int) -> None:
        super().rowsInserted(parent, start, end)
        placed = self._placement.placed
        if self._timeline is not None and not self.is_at_bottom and placed and start > placed[-1].row:
            self._new.add(self._timeline.items[start : end + 1])
        self._placement.insert(start, end - start + 1)
        self._relayout()

    def rowsAboutToBeRemoved(self, parent: AnyIndex, start: int, end: int) -> None:
        self._placement.prepare_removal(start, end)
        super().rowsAboutToBeRemoved(parent, start, end)

    def _on_rows_removed(self, _parent: QModelIndex, start: int, end: int) -> None:
        self._placement.remove(start, end)
        self._relayout()

    def dataChanged(self, top_left: AnyIndex, bottom_right: AnyIndex, roles: Sequence[int] = ()) -> None:
        super().dataChanged(top_left, bottom_right, list(roles))
        if roles and TimelineModel.MESSAGE not in roles:
            self.viewport().update()  # progress, downloads and readers never change a height
            return
        first, last = top_left.row(), bottom_right.row()
        self._rows.forget(first, last)
        placed = self._placement.placed
        # One further: a row's heading depends on the row before.
        if placed and first <= placed[-1].row and last + 1 >= placed[0].row:
            self._relayout()

    def _on_load_state(self, _state: LoadState) -> None:
        self._relayout()

    # -- layout ------------------------------------------------------------------------------------------------------

    def doItemsLayout(self) -> None:
        super().doItemsLayout()
        self._relayout()

    def updateGeometries(self) -> None:
        """Called by the base class whenever it likes; the scroll bar is set after each layout."""

    def _relayout(self) -> None:
        """Place the visible rows again. Cheap when nothing changed; never called while painting."""
        if not self.isVisible():
            return
        width = self.viewport().width()
        if width != self._rows.width:
            self._rows.width = width
            self._placement.rewrap()
        self._placement.header = self._edges.header_height
        self._placement.footer = self._style.margin
        self._placement.place(self.viewport().height())
        self._sync_bar()
        self._update_jump_button()
        self.viewport().update()
        self._after.start()

    def _sync_bar(self) -> None:
        bar = self.verticalScrollBar()
        if bar.isSliderDown():
            return  # the range must not change under the hand that drags
        self._is_syncing_bar = True
        bar.setRange(0, self._placement.maximum)
        bar.setPageStep(max(1, self.viewport().height() - 2 * self._style.line))
        bar.setSingleStep(self._style.line * 2)
        bar.setValue(self._placement.value)
        self._is_syncing_bar = False

    def _update_jump_button(self) -> None:
        placed = self._placement.placed
        if self._timeline is None or self.is_at_bottom or not placed:
            self._new.clear()
            self._jump.hide()
            return
        self._jump.set_count(self._new.count(self._timeline, placed[-1].row))
        viewport = self.viewport().geometry()
        size = self._jump.size()
        margin = self._style.gap
        self._jump.move(viewport.right() + 1 - size.width() - margin, viewport.bottom() + 1 - size.height() - margin)
        self._jump.show()
        self._jump.raise_()

    def _tell(self) -> None:
        """After layouts, outside of any model change: what the view model wants to know."""
        model = self._timeline
        if model is None or not self.isVisible():
            return
        reach = _REACH * self.viewport().height()
        if model.load_state is LoadState.IDLE and (not self._placement.placed or self._content_above() < reach):
            self._ask_older()
        newest = self._newest_visible()
        if newest is not None and newest.key != self._shown_key:
            self._shown_key = newest.key
            self.newest_shown.emit(newest.key)

    def _ask_older(self) -> None:
        self.older_wanted.emit()
        if self._timeline is not None:
            self._timeline.request_older()

    def _content_above(self) -> int:
        first = self._placement.placed[0]
        return self._placement.heights.top_of(first.row) - first.top

    def _newest_visible(self) -> Message | None:
        """The newest message the server knows of which at least half, or half a viewport, can be seen."""
        assert self._timeline is not None
        height = self.viewport().height()
        for placed in reversed(self._placement.placed):
            message = self._timeline.message(placed.row)
            shown = min(placed.bottom, height) - max(placed.content_y, 0)
            if not message.is_echo and shown >= min(placed.height - placed.content_top, height) / 2:
                return message
        return None

    def _restyle(self) -> None:
        """Another font or palette: measure anew, stay at the same message."""
        anchor, following = self._placement.anchor, self.is_at_bottom
        self._style = Style(self.font(), self._theme.colors)
        self._painter = RowPainter(self._style)
        is_group = self._timeline is not None and self._timeline.is_group
        self._rows.set_builder(RowBuilder(self._style, self._words, is_group))
        self._edges = EdgeNotes(self._style, self._words)
        self._jump.set_style(self._style)
        self._placement.reset(self._style.estimate)
        if not following:
            self._placement.set_anchor(*anchor)
        self._relayout()

    def _on_day_changed(self) -> None:
        """At start and at each midnight, when "Today" becomes "Yesterday"."""
        now = QDateTime.currentDateTime()
        self._midnight.start(int(now.msecsTo(now.date().addDays(1).startOfDay())) + 1000)
        self._rows.forget_all()
        self._relayout()

    def _on_thumbnail(self, _source: str) -> None:
        self.viewport().update()

    # -- scrolling ---------------------------------------------------------------------------------------------------

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """The scroll bar was moved by somebody else."""
        if self._is_syncing_bar:
            return
        bar = self.verticalScrollBar()
        value = bar.value()
        is_near = abs(dy) <= _REACH * self.viewport().height()
        if is_near and not bar.isSliderDown() and bar.minimum() < value < bar.maximum():
            self._placement.scroll_by(-dy)
        else:
            self._placement.scroll_to_value(value)
        self._relayout()

    def verticalScrollbarAction(self, action: int) -> None:
        super().verticalScrollbarAction(action)
        if action == int(QAbstractSlider.SliderAction.SliderNoAction.value):
            self._sync_bar()

    def _scroll_by(self, pixels: int) -> None:
        self._placement.scroll_by(pixels)
        self._relayout()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
            or event.angleDelta().y() == event.pixelDelta().y() == 0
        ):
            event.ignore()
            return
        if event.pixelDelta().y():
            pixels = float(event.pixelDelta().y())
        else:
            lines = QApplication.wheelScrollLines() * event.angleDelta().y() / _WHEEL_NOTCH
            pixels = lines * self._style.line
        if pixels * self._wheel_rest < 0:
            self._wheel_rest = 0.0
        self._wheel_rest += pixels
        whole = int(self._wheel_rest)
        self._wheel_rest -= whole
        self._scroll_by(-whole)
        event.accept()

    def scrollTo(
        self, index: AnyIndex, _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if index.isValid():
            self._placement.show_row(index.row())
            self._relayout()

    # -- what the base class asks ------------------------------------------------------------------------------------

    def visualRect(self, index: AnyIndex) -> QRect:
        placed = self._placed(index.row()) if index.isValid() else None
        return QRect(0, placed.top, self.viewport().width(), placed.height) if placed is not None else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        placed = self._placed_at(point.y())
        if placed is None or self._timeline is None or not self.viewport().rect().contains(point):
            return NO_INDEX
        return self._timeline.index(placed.row)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: AnyIndex) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(self._style.px(480), self._style.px(560))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._style.px(220), self._style.px(120))

    def keyboardSearch(self, _search: str) -> None:
        """The base class would read every row."""

    def selectAll(self) -> None:
        """The base class would select every row; here it marks the text of the current message."""
        row = self.currentIndex().row()
        placed = self._placed(row)
        if placed is not None:
            layout = self._rows.row_layout(row)
            item = next(
                (item for item in layout.items if isinstance(item.block, TextBlock) and item.element >= 0), None
            )
            if item is not None and isinstance(item.block, TextBlock):
                self._select(TextSelection(layout.message.key, item.element, 0, item.block.length))

    def setSelection(self, _rect: QRect, _command: QItemSelectionModel.SelectionFlag) -> None:
        """Rows are not selected; selecting messages comes later."""

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Only what is visible: a selection may span a million rows."""
        region = QRegion()
        for placed in self._placement.placed:
            if self._timeline is not None and selection.contains(self._timeline.index(placed.row)):
                region += QRect(0, placed.top, self.viewport().width(), placed.height)
        return region

    def moveCursor(self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where the base class would go; without a current row that is the newest visible one, never the first."""
        if self._timeline is None or not self._timeline.items:
            return NO_INDEX
        last = len(self._timeline.items) - 1
        row = self._current_row()
        if self.currentIndex().isValid():
            up = (QAbstractItemView.CursorAction.MoveUp, QAbstractItemView.CursorAction.MovePrevious)
            down = (QAbstractItemView.CursorAction.MoveDown, QAbstractItemView.CursorAction.MoveNext)
            page = max(1, len(self._placement.placed) - 1)
            if action in up:
                row -= 1
            elif action in down:
                row += 1
            elif action is QAbstractItemView.CursorAction.MovePageUp:
                row -= page
            elif action is QAbstractItemView.CursorAction.MovePageDown:
                row += page
            elif action is QAbstractItemView.CursorAction.MoveHome:
                row = 0
            elif action is QAbstractItemView.CursorAction.MoveEnd:
                row = last
        return self._timeline.index(max(0, min(row, last)))

    # -- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
            return
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        page = max(1, self.viewport().height() - 2 * self._style.line)
        match event.key():
            case Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_PageUp:
                self._scroll_by(-page)
            case Qt.Key.Key_PageDown:
                self._scroll_by(page)
            case Qt.Key.Key_Home:
                self._placement.scroll_to_value(0)
                self._relayout()
            case Qt.Key.Key_End:
                self.jump_to_newest()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if self.currentIndex().isValid():
                self._press_row(self.currentIndex().row())
            case Qt.Key.Key_Escape if self._selection is not None:
                self._select(None)
            case _:
                event.ignore()  # a letter belongs to the composer

    def _step(self, by: int) -> None:
        """To the next message; inside one that is taller than the pane, a few lines on."""
        if self._timeline is None or not self._timeline.items:
            return
        self._ring_wanted = True
        current = self.currentIndex()
        placed = self._placed(current.row()) if current.isValid() else None
        if placed is None:
            self._go_to_row(self._current_row())
            return
        beyond = -placed.top if by < 0 else placed.bottom - (self.viewport().height() - self._style.margin)
        if beyond > 0 and placed.height > self.viewport().height():
            self._scroll_by(by * min(beyond, 3 * self._style.line))
            return
        self._go_to_row(max(0, min(current.row() + by, len(self._timeline.items) - 1)))

    def _go_to_row(self, row: int) -> None:
        assert self._timeline is not None
        self.setCurrentIndex(self._timeline.index(row))
        if row == len(self._timeline.items) - 1:
            self.jump_to_newest()
        else:
            self._placement.show_row(row)
            self._relayout()

    def _current_row(self) -> int:
        """The current row, else the newest visible one."""
        current = self.currentIndex()
        if current.isValid() and self._placed(current.row()) is not None:
            return current.row()
        height = self.viewport().height()
        placed = self._placement.placed
        whole = [row for row in placed if row.bottom <= height]
        return (whole or placed)[-1].row if placed else max(0, self._rows.row_count() - 1)

    def _press_row(self, row: int) -> None:
        """What Return does on a message: get or open its file, or follow its only link."""
        message = self._rows.row_layout(row).message
        for element, part in enumerate(message.elements):
            media = media_of(part)
            if media is not None and media.uri and not message.is_tip:
                self._activate_media(row, element)
                return
        layout = self._rows.row_layout(row)
        links = [link for item in layout.items if isinstance(item.block, TextBlock) for link in item.block.links]
        if len(links) == 1:
            self.link_activated.emit(links[0].address)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        self._ring_wanted = event.reason() in reasons
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # -- copying -----------------------------------------------------------------------------------------------------

    def selected_text(self) -> str:
        if self._selection is None or self._timeline is None:
            return ""
        row = self._timeline.row_of(self._selection.key)
        return self._selection.text(self._rows.row_layout(row)) if row >= 0 else ""

    def copy(self) -> None:
        """The marked text, else the current message."""
        text = self.selected_text()
        current = self.currentIndex()
        if not text and self._timeline is not None and current.isValid():
            text = self._words.plain(self._timeline.message(current.row()))
        if text:
            _put_on_clipboard(text)

    def _select(self, selection: TextSelection | None) -> None:
        self._selection = selection
        self.viewport().update()

    # -- mouse -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        if not is_plain:
            if event.button() is Qt.MouseButton.LeftButton:
                super().mousePressEvent(event)
            return
        point = event.position().toPoint()
        self._ring_wanted = False
        self._press_at = point
        self._press = self._hit(point)
        self._is_selecting = False
        self._select(None)
        if self._press is not None and self._timeline is not None:
            self.setCurrentIndex(self._timeline.index(self._timeline.row_of(self._press.key)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        press = self._press
        if press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._update_cursor(point)
            return
        far = (point - self._press_at).manhattanLength() >= QApplication.startDragDistance()
        if press.place >= 0 and (self._is_selecting or far):
            self._is_selecting = True
            place = self._place_in(press, point)
            if place >= 0:
                self._select(TextSelection(press.key, press.element, press.place, place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        press, self._press = self._press, None
        if event.button() is not Qt.MouseButton.LeftButton or press is None:
            return
        if self._is_selecting:
            self._is_selecting = False
            clipboard = QGuiApplication.clipboard()
            if clipboard.supportsSelection() and self.selected_text():
                clipboard.setText(self.selected_text(), clipboard.Mode.Selection)
            return
        hit = self._hit(event.position().toPoint())
        if hit is not None and hit.key == press.key and hit.element == press.element:
            self._click(hit)
        elif hit is None and self._edges.is_retry(event.position().toPoint()):
            self._ask_older()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Marks the word; on anything else a second click is just another click."""
        hit = self._hit(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and hit is not None and hit.place >= 0 and not hit.link:
            block = self._text_block(hit)
            if block is not None:
                self._select(TextSelection(hit.key, hit.element, *block.word_at(hit.place)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._timeline is None or not self._timeline.items:
            return
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            row = self._current_row()
            self._go_to_row(row)
            body = self._rows.row_layout(row).body
            placed = self._placed(row)
            top = max(0, placed.top + body.top()) if placed is not None else 0
            at = QPoint(body.left() + self._style.gap, min(top + self._style.line, self.viewport().height() - 1))
            hit: Hit | None = Hit(self._timeline.message(row).key)
        else:
            at = self.viewport().mapFromGlobal(event.globalPos())
            hit = self._hit(at)
        if hit is None:
            return
        menu = build_menu(self, self._target(hit), self._on_menu)
        if menu is not None:
            self.setCurrentIndex(self._timeline.index(self._timeline.row_of(hit.key)))
            menu.popup(self.viewport().mapToGlobal(at))

    def _target(self, hit: Hit) -> Target:
        assert self._timeline is not None
        row = self._timeline.row_of(hit.key)
        message = self._timeline.message(row)
        with_media = [number for number, element in enumerate(message.elements) if media_of(element) is not None]
        element = hit.element if hit.element in with_media else (with_media or [-1])[0]
        return Target(
            message,
            element,
            media_of(message.elements[element]) if element >= 0 else None,
            self._timeline.download(row, element) if element >= 0 else None,
            self.selected_text() if self._selection is not None and self._selection.key == hit.key else "",
            hit.link,
        )

    def _on_menu(self, action: Action, target: Target) -> None:
        key = target.message.key
        match action:
            case Action.COPY_SELECTION:
                _put_on_clipboard(target.selected_text)
            case Action.COPY_LINK:
                _put_on_clipboard(target.link)
            case Action.COPY_TEXT:
                _put_on_clipboard(self._words.plain(target.message))
            case Action.DOWNLOAD:
                self.download_requested.emit(key, target.element)
            case Action.OPEN if target.download is not None:
                self.open_requested.emit(target.download.id)
            case Action.CANCEL_DOWNLOAD if target.download is not None:
                self.cancel_requested.emit(target.download.id)
            case Action.RETRY:
                self.retry_requested.emit(key)
            case Action.RECALL:
                self.revoke_requested.emit(key)
            case Action.DELETE_HERE:
                self.discard_requested.emit(key)
            case _:
                pass

    def _click(self, hit: Hit) -> None:
        if hit.is_retry:
            self.retry_requested.emit(hit.key)
        elif hit.is_discard:
            self.discard_requested.emit(hit.key)
        elif hit.link:
            self.link_activated.emit(hit.link)
        elif hit.is_media and self._timeline is not None:
            self._activate_media(self._timeline.row_of(hit.key), hit.element)

    def _activate_media(self, row: int, element: int) -> None:
        assert self._timeline is not None
        download = self._timeline.download(row, element)
        state = download.state if download is not None else None
        if download is not None and state is DownloadState.DONE:
            self.open_requested.emit(download.id)
        elif download is not None and state in (DownloadState.WAITING, DownloadState.RUNNING):
            self.cancel_requested.emit(download.id)
        else:
            self.download_requested.emit(self._timeline.message(row).key, element)

    def _update_cursor(self, point: QPoint) -> None:
        hit = self._hit(point)
        shape = Qt.CursorShape.ArrowCursor
        if (hit is not None and hit.is_clickable) or self._edges.is_retry(point):
            shape = Qt.CursorShape.PointingHandCursor
        elif hit is not None and hit.place >= 0:
            shape = Qt.CursorShape.IBeamCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    # -- what is where -----------------------------------------------------------------------------------------------

    def _placed(self, row: int) -> Placed | None:
        return next((placed for placed in self._placement.placed if placed.row == row), None)

    def _placed_at(self, y: int) -> Placed | None:
        return next((placed for placed in self._placement.placed if placed.top <= y < placed.bottom), None)

    def _hit(self, point: QPoint) -> Hit | None:
        placed = self._placed_at(point.y())
        if placed is None:
            return None
        return hit_row(self._rows.row_layout(placed.row), point.x(), point.y() - placed.top)

    def _text_block(self, hit: Hit) -> TextBlock | None:
        row = self._timeline.row_of(hit.key) if self._timeline is not None else -1
        item = self._rows.row_layout(row).item_of(hit.element) if row >= 0 else None
        return item.block if item is not None and isinstance(item.block, TextBlock) else None

    def _place_in(self, press: Hit, point: QPoint) -> int:
        """The text position nearest to `point` in the element where the button went down."""
        row = self._timeline.row_of(press.key) if self._timeline is not None else -1
        placed = self._placed(row)
        block = self._text_block(press)
        if placed is None or block is None:
            return -1
        item = self._rows.row_layout(row).item_of(press.element)
        assert item is not None
        return block.position_at(point.x() - item.x, point.y() - placed.top - item.y)

    # -- painting and events -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        region = event.rect()
        painter.fillRect(region, self._theme.colors.color("window"))
        if self._timeline is None:
            return
        self._edges.paint(painter, self.viewport().rect(), self._timeline.load_state, self._placement.placed)
        current = self.currentIndex().row() if self._ring_wanted and self.hasFocus() else -1
        for placed in self._placement.placed:
            if placed.bottom >= region.top() and placed.top <= region.bottom():
                layout = self._rows.row_layout(placed.row)
                state = self._row_state(placed.row, layout, placed.row == current)
                self._painter.paint(painter, layout, placed.top, state, QRectF(region))

    def _row_state(self, row: int, layout: RowLayout, has_ring: bool) -> RowState:
        assert self._timeline is not None
        model = self._timeline
        selection = (
            self._selection if self._selection is not None and self._selection.key == layout.message.key else None
        )

        def facts(element: int) -> Facts:
            ratio = self.devicePixelRatioF()
            return Facts(self._thumbnails, ratio, model.download(row, element), model.progress(row))

        return RowState(
            facts,
            is_read=layout.message.is_self and bool(model.readers(row)),
            has_ring=has_ring,
            selected_element=selection.element if selection is not None else -1,
            selection=selection.span if selection is not None else (0, 0),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._relayout()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._shown_key = 0  # shown again means seen again

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.LocaleChange):
            self._restyle()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tool_tip(event.pos()), self.viewport())
            return True
        return bool(super().viewportEvent(event))

    def _tool_tip(self, point: QPoint) -> str:
        hit = self._hit(point)
        if hit is None or self._timeline is None:
            failed = self._timeline is not None and self._edges.is_retry(point)
            return self._timeline.load_failure if failed and self._timeline is not None else ""
        row = self._timeline.row_of(hit.key)
        message = self._timeline.message(row)
        if hit.is_media:
            return self._words.card_title(message.elements[hit.element])
        if hit.is_meta:
            state = self._words.state(message, self._timeline.readers(row))
            return "\n".join(part for part in (self._words.full_time(message.time_ms), state) if part)
        return ""


def _put_on_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text.replace("\u2068", "").replace("\u2069", ""))
