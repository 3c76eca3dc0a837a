"""Opening a message's menu, by mouse, key or screen reader, and turning what is chosen into requests. Main thread.

Owns nothing; asks the view what is where and the gestures what is marked.
"""

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QContextMenuEvent

from chatdesk.domain.elements import media_of
from chatdesk.domain.messages import MessageState
from chatdesk.views.message_gestures import Gestures, put_on_clipboard
from chatdesk.views.message_hits import Hit
from chatdesk.views.message_menu import Action, Target, build_menu
from chatdesk.views.message_requests import Requests
from chatdesk.views.message_rowview import RowView


class Menus(QObject):
    def __init__(self, view: RowView, gestures: Gestures, requests: Requests) -> None:
        super().__init__(view)
        self._view = view
        self._gestures = gestures
        self._requests = requests

    def open(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.open_for_row(self._view.current_row())
            return
        point = self._view.viewport().mapFromGlobal(event.globalPos())
        hit = self._gestures.hit(point)
        if hit is not None and hit.is_body:
            self.pop_up(hit, point)

    def open_for_row(self, row: int) -> None:
        """Without a mouse: the message comes into view and the menu opens over it."""
        if row < 0:
            return
        self._view.go_to_row(row)
        body = self._view.rows.row_layout(row).body
        top = self._view.visualRect(self._view.timeline.index(row)).top() + body.top()
        area = self._view.viewport().rect()
        middle = max(area.top(), min(top + body.height() // 2, area.bottom()))
        self.pop_up(Hit(self._view.timeline.message(row).key), QPoint(body.center().x(), middle))

    def pop_up(self, hit: Hit, point: QPoint) -> None:
        menu = build_menu(self._view, self.target(hit), self._on_chosen)
        self._gestures.make_current(hit.key)
        menu.popup(self._view.viewport().mapToGlobal(point))

    def target(self, hit: Hit) -> Target:
        """What a menu for this place is about: the file under the mouse, else the first of the message."""
        model = self._view.timeline
        row = model.row_of(hit.key)
        message = model.message(row)
        with_media = [number for number, element in enumerate(message.elements) if media_of(element) is not None]
        marked = self._gestures.marked()
        is_marked = marked is not None and marked.first_row <= row <= marked.last_row
        element = hit.element if hit.element in with_media else (with_media or [-1])[0]
        return Target(
            message,
            element,
            media_of(message.elements[element]) if element >= 0 else None,
            model.download(row, element) if element >= 0 else None,
            self._gestures.selected_text() if is_marked else "",
            hit.link if not hit.link.startswith("action:") else "",
            model.is_group and message.is_self and bool(model.readers(row)),
            model.local_file(row, element, is_fresh=True) if element >= 0 else "",
            model.can_recall(message.sender),
            message.state is MessageState.REVOKED and model.can_edit_again(message.key),
            model.may_pin,
            message.message_id in model.pinned,
        )

    def _on_chosen(self, action: Action, target: Target, symbol: str) -> None:
        key, ask = target.message.key, self._requests
        match action:
            case Action.REACT if symbol:
                ask.react_requested.emit(key, symbol)
            case Action.REACT:
                ask.picker_requested.emit(key)
            case Action.REPLY:
                ask.reply_requested.emit(key)
            case Action.EDIT:
                ask.edit_requested.emit(key)
            case Action.COPY_SELECTION:
                put_on_clipboard(target.selected_text)
            case Action.COPY_ADDRESS:
                put_on_clipboard(target.link)
            case Action.COPY_TEXT:
                put_on_clipboard(self._gestures.words.plain(target.message))
            case Action.COPY_LINK:
                ask.permalink_requested.emit(key)
            case Action.FORWARD:
                ask.forward_requested.emit((key,))
            case Action.PIN | Action.UNPIN:
                ask.pin_requested.emit(key, action is Action.PIN)
            case Action.SELECT:
                ask.choose_requested.emit(key)
            case Action.RETRY:
                ask.retry_requested.emit(key)
            case Action.CANCEL_SENDING | Action.RECALL | Action.REMOVE:
                ask.revoke_requested.emit(key)
            case Action.EDIT_AGAIN:
                ask.edit_again_requested.emit(key)
            case Action.DELETE if target.message.state is MessageState.FAILED:
                ask.discard_requested.emit(key)
            case Action.DELETE:
                ask.delete_requested.emit((key,))
            case Action.READERS:
                ask.readers_requested.emit(key)
            case Action.VIEW_DATA:
                ask.data_requested.emit(key)
            case Action.DETAILS:
                ask.details_requested.emit(key)
            case _:
                self._on_file_action(action, target)

    def _on_file_action(self, action: Action, target: Target) -> None:
        key, ask, download = target.message.key, self._requests, target.download
        match action:
            case Action.DOWNLOAD:
                ask.download_requested.emit(key, target.element)
            case Action.COPY_PICTURE:
                ask.copy_picture_requested.emit(key, target.element)
            case Action.SAVE_AS:
                ask.save_as_requested.emit(key, target.element)
            case Action.OPEN | Action.SHOW_IN_FOLDER if target.local_path and download is None:
                ask.local_file_requested.emit(target.local_path, action is Action.SHOW_IN_FOLDER)
            case Action.OPEN if download is not None:
                ask.open_requested.emit(download.id)
            case Action.SHOW_IN_FOLDER if download is not None:
                ask.folder_requested.emit(download.id)
            case Action.PAUSE_DOWNLOAD if download is not None:
                ask.pause_requested.emit(download.id)
            case Action.COPY_FILE if download is not None:
                ask.copy_file_requested.emit(download.id)
            case Action.RESUME_DOWNLOAD | Action.RETRY_DOWNLOAD if download is not None:
                ask.resume_requested.emit(download.id)
            case Action.CANCEL_DOWNLOAD if download is not None:
                ask.cancel_requested.emit(download.id)
            case _:
                pass
