"""What a person does with mouse and menu in the message pane, turned into requests. Main thread.

Owns the press under way and the marked text; asks the view what is where. A left press on text marks text; every other
click acts on what is under it. Requests name messages by key, because rows move.
"""

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication

from chatdesk.domain.elements import media_of
from chatdesk.domain.messages import MessageState
from chatdesk.domain.transfers import DownloadState
from chatdesk.views.message_hits import Hit, hit_row
from chatdesk.views.message_menu import Action, Target, build_menu
from chatdesk.views.message_rowview import RowView
from chatdesk.views.message_selection import Marked, Place, TextSelection, place_in_row, texts_of
from chatdesk.views.message_text import TextBlock
from chatdesk.views.message_words import Words

_SCROLL_EVERY_MS = 16
_FASTEST = 60
"""Pixels in one step of scrolling while text is being marked."""


class Gestures(QObject):
    # Keys are 64 bits wide; Signal(int) would cut them to 32.
    revoke_requested = Signal(object)
    retry_requested = Signal(object)
    discard_requested = Signal(object)
    download_requested = Signal(object, int)
    open_requested = Signal(object)
    cancel_requested = Signal(object)
    link_activated = Signal(str)
    choose_requested = Signal(object)
    readers_requested = Signal(object)
    details_requested = Signal(object)
    day_clicked = Signal(object)
    """The date line above this message."""

    def __init__(self, view: RowView, words: Words) -> None:
        super().__init__(view)
        self.words = words
        self.selection: TextSelection | None = None
        self._view = view
        self._press: Hit | None = None
        self._press_at = QPoint()
        self._is_selecting = False
        self._pointer = QPoint()
        self._scroller = QTimer(self)
        self._scroller.setInterval(_SCROLL_EVERY_MS)
        self._scroller.timeout.connect(self._scroll_on)

    def forget(self) -> None:
        """Another conversation: nothing is pressed or marked."""
        self.selection = self._press = None
        self._is_selecting = False

    # -- mouse -------------------------------------------------------------------------------------------------------

    def press(self, point: QPoint) -> None:
        self._press_at = point
        self._press = self.hit(point)
        self._is_selecting = False
        self.select(None)
        if self._press is not None:
            self._make_current(self._press.key)

    def move(self, point: QPoint) -> None:
        """With the button down."""
        press = self._press
        if press is None or press.place < 0:
            return
        if not self._is_selecting:
            far = (point - self._press_at).manhattanLength() >= QApplication.startDragDistance()
            self._is_selecting = far
        if self._is_selecting:
            self._pointer = point
            self._mark_to(press, point)
            if self._beyond(point) and not self._scroller.isActive():
                self._scroller.start()

    def _mark_to(self, press: Hit, point: QPoint) -> None:
        cursor = self._place_at(point)
        if cursor is not None:
            self.select(TextSelection(Place(press.key, press.element, press.place), cursor))

    def _beyond(self, point: QPoint) -> int:
        """How far the pointer is above (negative) or below the messages."""
        height = self._view.viewport().height()
        return min(point.y(), 0) + max(point.y() - height + 1, 0)

    def _scroll_on(self) -> None:
        """The farther out, the faster."""
        beyond = self._beyond(self._pointer)
        if not beyond or not self._is_selecting or self._press is None:
            self._scroller.stop()
            return
        self._view.scroll_by(max(-_FASTEST, min(beyond, _FASTEST)))
        self._mark_to(self._press, self._pointer)

    def release(self, point: QPoint) -> Hit | None:
        """Returns what was clicked, if it was a click."""
        press, self._press = self._press, None
        self._scroller.stop()
        if self._is_selecting:
            self._is_selecting = False
            clipboard = QGuiApplication.clipboard()
            if clipboard.supportsSelection() and self.selected_text():
                clipboard.setText(self.selected_text(), clipboard.Mode.Selection)
            return None
        hit = self.hit(point)
        is_click = hit is not None and press is not None and (hit.key, hit.element) == (press.key, press.element)
        return hit if is_click else None

    def double_click(self, event: QMouseEvent) -> None:
        """Marks the word; on anything else a second click does nothing more."""
        hit = self.hit(event.position().toPoint())
        block = self._text_block(hit) if hit is not None and hit.place >= 0 and not hit.link else None
        if hit is not None and block is not None:
            start, end = block.word_at(hit.place)
            self.select(TextSelection(Place(hit.key, hit.element, start), Place(hit.key, hit.element, end)))

    def click(self, hit: Hit) -> None:
        if hit.is_fold:
            self._view.toggle_run(self._view.timeline.row_of(hit.key))
        elif hit.is_day:
            self.day_clicked.emit(hit.key)
        elif hit.is_retry:
            self.retry_requested.emit(hit.key)
        elif hit.is_discard:
            self.discard_requested.emit(hit.key)
        elif hit.link:
            self.link_activated.emit(hit.link)
        elif hit.is_media:
            self.activate_media(self._view.timeline.row_of(hit.key), hit.element)

    def cursor_shape(self, point: QPoint) -> Qt.CursorShape:
        hit = self.hit(point)
        if hit is not None and hit.is_clickable:
            return Qt.CursorShape.PointingHandCursor
        return Qt.CursorShape.IBeamCursor if hit is not None and hit.place >= 0 else Qt.CursorShape.ArrowCursor

    # -- acting on a row ---------------------------------------------------------------------------------------------

    def activate_row(self, row: int) -> None:
        """What Return does: unfold system lines, get or open the message's file, or follow its only link."""
        layout = self._view.rows.row_layout(row)
        if layout.heading.fold:
            self._view.toggle_run(row)
            return
        message = layout.message
        for element, part in enumerate(message.elements if not message.is_tip else ()):
            media = media_of(part)
            if media is not None and media.uri:
                self.activate_media(row, element)
                return
        links = [link for item in layout.items if isinstance(item.block, TextBlock) for link in item.block.links]
        if len(links) == 1:
            self.link_activated.emit(links[0].address)

    def activate_media(self, row: int, element: int) -> None:
        """The one thing that makes sense now: download, cancel or open."""
        download = self._view.timeline.download(row, element)
        if download is None or download.state in (DownloadState.FAILED, DownloadState.CANCELLED):
            self.download_requested.emit(self._view.timeline.message(row).key, element)
        elif download.state is DownloadState.DONE:
            self.open_requested.emit(download.id)
        else:
            self.cancel_requested.emit(download.id)

    # -- marked text -------------------------------------------------------------------------------------------------

    def select(self, selection: TextSelection | None) -> None:
        self.selection = selection
        self._view.viewport().update()

    def select_row(self, row: int) -> None:
        """Mark all texts of a message."""
        layout = self._view.rows.row_layout(row)
        texts = list(texts_of(layout))
        if texts:
            key = layout.message.key
            last, block = texts[-1]
            self.select(TextSelection(Place(key, texts[0][0].element, 0), Place(key, last.element, block.length)))

    def marked(self) -> Marked | None:
        return self.selection.ordered(self._view.timeline) if self.selection is not None else None

    def selected_text(self) -> str:
        """As it was written inside one message; as lines of "name, time: text" across several."""
        marked = self.marked()
        if marked is None:
            return ""
        model, rows = self._view.timeline, self._view.rows
        if marked.first_row == marked.last_row:
            return marked.text(marked.first_row, rows.row_layout(marked.first_row))
        found = []
        for row in range(marked.first_row, marked.last_row + 1):
            message = model.message(row)
            if message.is_tip or message.state is MessageState.REVOKED:
                continue
            is_end = row in (marked.first_row, marked.last_row)
            text = marked.text(row, rows.row_layout(row)) if is_end else self.words.plain(message)
            if text:
                found.append((message, text))
        return found[0][1] if len(found) == 1 else self.words.lines(found)

    def copy(self) -> None:
        """The marked text, else the current message."""
        text = self.selected_text()
        current = self._view.currentIndex()
        if not text and current.isValid():
            text = self.words.plain(self._view.timeline.message(current.row()))
        if text:
            put_on_clipboard(text)

    # -- the menu ----------------------------------------------------------------------------------------------------

    def open_menu(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.open_menu_for_row(self._view.current_row())
            return
        point = self._view.viewport().mapFromGlobal(event.globalPos())
        hit = self.hit(point)
        if hit is not None and hit.is_body:
            self._pop_up(hit, point)

    def open_menu_for_row(self, row: int) -> None:
        """Without a mouse: the message comes into view and the menu opens over it."""
        if row < 0:
            return
        self._view.go_to_row(row)
        body = self._view.rows.row_layout(row).body
        top = self._view.visualRect(self._view.timeline.index(row)).top() + body.top()
        area = self._view.viewport().rect()
        middle = max(area.top(), min(top + body.height() // 2, area.bottom()))
        self._pop_up(Hit(self._view.timeline.message(row).key), QPoint(body.center().x(), middle))

    def _pop_up(self, hit: Hit, point: QPoint) -> None:
        menu = build_menu(self._view, self.target(hit), self._on_chosen)
        if menu is not None:
            self._make_current(hit.key)
            menu.popup(self._view.viewport().mapToGlobal(point))

    def target(self, hit: Hit) -> Target:
        """What a menu for this place is about: the file under the mouse, else the first of the message."""
        row = self._view.timeline.row_of(hit.key)
        message = self._view.timeline.message(row)
        with_media = [number for number, element in enumerate(message.elements) if media_of(element) is not None]
        marked = self.marked()
        is_marked = marked is not None and marked.first_row <= row <= marked.last_row
        element = hit.element if hit.element in with_media else (with_media or [-1])[0]
        return Target(
            message,
            element,
            media_of(message.elements[element]) if element >= 0 else None,
            self._view.timeline.download(row, element) if element >= 0 else None,
            self.selected_text() if is_marked else "",
            hit.link,
            self._view.timeline.is_group and message.is_self and bool(self._view.timeline.readers(row)),
        )

    def _on_chosen(self, action: Action, target: Target) -> None:
        key = target.message.key
        match action:
            case Action.COPY_SELECTION:
                put_on_clipboard(target.selected_text)
            case Action.COPY_LINK:
                put_on_clipboard(target.link)
            case Action.COPY_TEXT:
                put_on_clipboard(self.words.plain(target.message))
            case Action.DOWNLOAD:
                self.download_requested.emit(key, target.element)
            case Action.OPEN if target.download is not None:
                self.open_requested.emit(target.download.id)
            case Action.CANCEL_DOWNLOAD if target.download is not None:
                self.cancel_requested.emit(target.download.id)
            case Action.SELECT:
                self.choose_requested.emit(key)
            case Action.READERS:
                self.readers_requested.emit(key)
            case Action.DETAILS:
                self.details_requested.emit(key)
            case Action.RETRY:
                self.retry_requested.emit(key)
            case Action.RECALL:
                self.revoke_requested.emit(key)
            case Action.DELETE_HERE:
                self.discard_requested.emit(key)
            case _:
                pass

    # -- what is where -----------------------------------------------------------------------------------------------

    def hit(self, point: QPoint) -> Hit | None:
        placed = self._view.placed_at(point.y())
        if placed is None:
            return None
        return hit_row(self._view.rows.row_layout(placed.row), point.x(), point.y() - placed.top)

    def _make_current(self, key: int) -> None:
        self._view.setCurrentIndex(self._view.timeline.index(self._view.timeline.row_of(key)))

    def _text_block(self, hit: Hit) -> TextBlock | None:
        row = self._view.timeline.row_of(hit.key)
        item = self._view.rows.row_layout(row).item_of(hit.element) if row >= 0 else None
        return item.block if item is not None and isinstance(item.block, TextBlock) else None

    def _place_at(self, point: QPoint) -> Place | None:
        """The text position nearest to a point that may be outside of the messages."""
        rows = self._view.placement.placed
        if not rows:
            return None
        placed = next((row for row in rows if point.y() < row.bottom), rows[-1])
        return place_in_row(self._view.rows.row_layout(placed.row), point.x(), point.y() - placed.top)


def put_on_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text.replace("\u2068", "").replace("\u2069", ""))
