"""What a person does with the mouse in the message pane, turned into requests. Main thread.

Owns the press under way and the marked text; asks the view what is where. A left press on text marks text; every other
click acts on what is under it. Requests name messages by key, because rows move.
"""

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication

from chatdesk.domain.elements import Image, Location, Sound, Video, media_of
from chatdesk.domain.messages import MessageState
from chatdesk.domain.places import map_address
from chatdesk.domain.transfers import DownloadState
from chatdesk.models.downloads import ACTIVE
from chatdesk.views.message_hits import Hit, hit_row
from chatdesk.views.message_requests import Requests
from chatdesk.views.message_rich import SPOILER, WHOLE
from chatdesk.views.message_rowview import RowView
from chatdesk.views.message_selection import Marked, Place, TextSelection, place_in_row, texts_of
from chatdesk.views.message_text import TextBlock
from chatdesk.views.message_words import Words

_STOPPED = (DownloadState.PAUSED, DownloadState.FAILED, DownloadState.CANCELLED, DownloadState.MISSING)
_SCROLL_EVERY_MS = 16
_FASTEST = 60
"""Pixels in one step of scrolling while text is being marked."""


class Gestures(QObject):
    def __init__(self, view: RowView, words: Words, requests: Requests) -> None:
        super().__init__(view)
        self.requests = requests
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
            self.make_current(self._press.key)

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
            self.requests.day_clicked.emit(hit.key)
        elif hit.is_retry:
            self.requests.retry_requested.emit(hit.key)
        elif hit.is_discard:
            self.requests.discard_requested.emit(hit.key)
        elif hit.is_edit_again:
            self.requests.edit_again_requested.emit(hit.key)
        elif hit.is_quote:
            self.requests.quote_clicked.emit(hit.key)
        elif hit.chip >= 0:
            self._click_chip(hit)
        elif hit.link:
            self._follow(hit)
        elif hit.is_media:
            self.activate_media(self._view.timeline.row_of(hit.key), hit.element, hit.share, hit.is_speed)

    def _click_chip(self, hit: Hit) -> None:
        reaction = self._view.rows.row_layout(self._view.timeline.row_of(hit.key)).chips[hit.chip].reaction
        if reaction is None:
            self.requests.picker_requested.emit(hit.key)
        else:
            self.requests.react_requested.emit(hit.key, reaction.symbol)

    def _follow(self, hit: Hit) -> None:
        if hit.link == WHOLE:
            self.requests.whole_requested.emit(hit.key, hit.element)
        elif hit.link.startswith(SPOILER):
            self._view.rows.reveal(hit.key, hit.element, int(hit.link.removeprefix(SPOILER)))
            self._view.relayout()
        else:
            self.requests.link_activated.emit(hit.link)

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
            if isinstance(part, Location) or (media is not None and (media.uri or media.path)):
                self.activate_media(row, element)
                return
        if layout.heading.can_edit_again:
            self.requests.edit_again_requested.emit(message.key)
            return
        texts = [(item.element, item.block) for item in layout.items if isinstance(item.block, TextBlock)]
        spoilers = [(element, number) for element, block in texts for number in block.closed_spoilers]
        links = [(element, link) for element, block in texts for link in block.links]
        if spoilers:
            for element, number in spoilers:
                self._view.rows.reveal(message.key, element, number)
            self._view.relayout()
        elif len(links) == 1:
            self._follow(Hit(message.key, links[0][0], link=links[0][1].address))
        elif message.reply_to is not None and message.reply_to.key:
            self.requests.quote_clicked.emit(message.key)

    def activate_media(self, row: int, element: int, share: float = -1.0, is_speed: bool = False) -> None:
        """The one thing that makes sense now: download, cancel or open; a place opens on a map in the browser."""
        model = self._view.timeline
        download = model.download(row, element)
        path = model.local_file(row, element, is_fresh=True)
        message = model.message(row)
        media = media_of(message.elements[element])
        part = message.elements[element]
        if isinstance(part, Location):
            if address := map_address(part):
                self.requests.link_activated.emit(address)
        elif isinstance(part, Image | Video) and (download is None or download.state not in ACTIVE):
            self.requests.view_requested.emit(message.key, element)
        elif isinstance(part, Sound) and (download is None or download.state not in ACTIVE):
            self.requests.sound_requested.emit(message.key, element, share, is_speed)
        elif path and (download is None or download.state is not DownloadState.DONE):
            self.requests.local_file_requested.emit(path, False)
        elif media is None or not media.uri:
            return
        elif download is not None and download.state in _STOPPED:
            self.requests.resume_requested.emit(download.id)
        elif download is None:
            self.requests.download_requested.emit(self._view.timeline.message(row).key, element)
        elif download.state is DownloadState.DONE:
            self.requests.open_requested.emit(download.id)
        else:
            self.requests.cancel_requested.emit(download.id)

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

    # -- what is where -----------------------------------------------------------------------------------------------

    def hit(self, point: QPoint) -> Hit | None:
        placed = self._view.placed_at(point.y())
        if placed is None:
            return None
        return hit_row(self._view.rows.row_layout(placed.row), point.x(), point.y() - placed.top)

    def make_current(self, key: int) -> None:
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
