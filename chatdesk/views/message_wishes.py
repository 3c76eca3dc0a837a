"""Carries the wishes of a message pane to the view model, with the dialogs that some of them need first. Main thread.

Owns nothing; one for each pane. Each dialog is loaded when it is first opened, not when the program starts.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.elements import Image, Sound, media_of
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.transfers import Download
from chatdesk.models.chat import ChatModel
from chatdesk.models.decoding import Fault
from chatdesk.models.deletion import Scope
from chatdesk.views.message_gestures import put_on_clipboard
from chatdesk.views.message_menu import is_on_server
from chatdesk.views.message_pane import MessagePane
from chatdesk.views.save_as import ask_where
from chatdesk.views.theme import Theme


class Wishes(QObject):
    link_asked = Signal(str)
    download_open_asked = Signal(object)
    folder_asked = Signal(object)
    download_copy_asked = Signal(object)
    """The id of a finished download."""
    local_file_asked = Signal(str, bool)
    """A file's path, and whether its folder is wanted."""
    view_asked = Signal(object, int)
    """A message and the number of its picture that is to be shown large."""
    picture_copy_asked = Signal(object, int)
    """A message and the number of its picture."""
    open_asked = Signal(object, int)
    """A message and the number of its file that is to be opened with the system's program."""
    composer_asked = Signal()
    """The composer is to be written in now."""
    told = Signal(str)
    """A sentence for the user."""

    def __init__(self, theme: Theme, pane: MessagePane, model: ChatModel) -> None:
        super().__init__(pane)
        self._theme = theme
        self._pane = pane
        self._model = model
        ask = pane.requests
        ask.revoke_requested.connect(self.recall)
        ask.retry_requested.connect(model.retry)
        ask.discard_requested.connect(model.discard)
        ask.download_requested.connect(model.download)
        ask.save_all_requested.connect(model.download_all)
        ask.copy_file_requested.connect(self.download_copy_asked)
        ask.copy_picture_requested.connect(self._copy_picture)
        model.owned_found.connect(self._on_owned)
        model.were_here.connect(self._on_were_here)
        ask.cancel_requested.connect(model.cancel_download)
        ask.pause_requested.connect(model.pause_download)
        ask.resume_requested.connect(model.resume_download)
        ask.react_requested.connect(model.react)
        ask.reply_requested.connect(self._write(model.reply))
        ask.edit_requested.connect(self._write(model.edit))
        ask.edit_again_requested.connect(self._write(model.edit_again))
        ask.save_as_requested.connect(self.save_as)
        ask.view_requested.connect(self.view_picture)
        ask.sound_requested.connect(self.play)
        pane.set_sounds(model.sounds)
        model.sounds.unplayable.connect(self._open_elsewhere)
        ask.pin_requested.connect(model.pin)
        ask.forward_requested.connect(self.forward)
        ask.delete_requested.connect(self.delete)
        ask.permalink_requested.connect(self._copy_permalink)
        ask.open_requested.connect(self.download_open_asked)
        ask.folder_requested.connect(self.folder_asked)
        ask.local_file_requested.connect(self.local_file_asked)
        ask.link_activated.connect(self.link_asked)
        ask.message_wanted.connect(pane.find_message)
        ask.undo_requested.connect(model.deletion.undo)
        pane.newest_shown.connect(model.newest_shown)
        pane.fetch_raw = model.fetch_raw
        model.deletion.changed.connect(self._show_undo)
        model.forwarded.connect(self._on_forwarded)

    def _write(self, start: Callable[[int], None]) -> Callable[[int], None]:
        def begin(key: int) -> None:
            start(key)
            self.composer_asked.emit()

        return begin

    def recall(self, key: int) -> None:
        """What somebody else wrote is asked about first: it cannot be written anew here."""
        row = self._pane.timeline.row_of(key)
        message = self._pane.timeline.message(row) if row >= 0 else None
        if message is None or message.is_self:
            self._recall(key, message is not None and is_on_server(message))
            return
        from chatdesk.views.confirm import confirm  # not needed to start

        confirm(
            self._pane.window(),
            "removeQuestion",
            self.tr("Remove this message of {0}?").format(self._pane.words.someone(message.sender)),
            self.tr("It goes for everyone and cannot be brought back. Everybody sees that you removed it."),
            self.tr("Remove"),
            self.tr("Cancel"),
            lambda: self._model.revoke(key),
        )

    def _recall(self, key: int, is_out: bool) -> None:
        """And say honestly what that is worth."""
        self._model.revoke(key)
        if is_out:
            self.told.emit(self.tr("This is recalled for everyone. People may have read it already."))

    # -- dialogs -----------------------------------------------------------------------------------------------------

    def forward(self, keys: tuple[int, ...]) -> None:
        from chatdesk.views.forward_dialog import ForwardDialog  # not needed to start

        timeline = self._pane.timeline
        rows = sorted(row for row in map(timeline.row_of, keys) if row >= 0)
        if not rows:
            return
        messages = [timeline.message(row) for row in rows]
        lines = [self._pane.words.line(message, self._pane.words.plain(message)) for message in messages]
        dialog = ForwardDialog(
            self._theme, self._model.conversation_list, lines, self._pane.window(), self._pane.thumbnails
        )

        def send(targets: tuple[ConversationId, ...]) -> None:
            self._model.forward([message.key for message in messages], targets)
            self._pane.stop_choosing()

        dialog.chosen.connect(send)
        dialog.open()

    def delete(self, keys: tuple[int, ...]) -> None:
        from chatdesk.views.delete_dialog import DeleteDialog  # not needed to start

        dialog = DeleteDialog(
            len(keys), self._model.can_recall(keys), self._pane.window(), self._model.is_only_here(keys)
        )

        def go(scope: Scope) -> None:
            self._model.delete(keys, scope)
            self._pane.stop_choosing()

        dialog.chosen.connect(go)
        dialog.open()

    def save_as(self, key: int, element: int) -> None:
        timeline = self._pane.timeline
        media = media_of(timeline.message(timeline.row_of(key)).elements[element])
        if media is not None:
            model = self._model
            ask_where(self._pane.window(), model, media.name, lambda path: model.save_as(key, element, path))

    def _on_owned(self, key: int, element: int, owned: Download) -> None:
        """The same content was downloaded before, maybe under another name."""
        from chatdesk.views.confirm import confirm  # not needed to start

        path = Path(owned.path)
        from PySide6.QtWidgets import QMessageBox  # with the names of all its buttons: not needed to start

        box = confirm(
            self._pane.window(),
            "ownedFileQuestion",
            self.tr("You already have this file"),
            self.tr("It is {0} in {1}.").format(path.name, path.parent),
            self.tr("Open"),
            self.tr("Cancel"),
            lambda: self.download_open_asked.emit(owned.id),
            is_dangerous=False,
        )
        again = box.addButton(self.tr("Save again"), QMessageBox.ButtonRole.ActionRole)
        again.setObjectName("saveAgainButton")
        again.setAccessibleName(again.text())
        again.clicked.connect(lambda: self._model.download_again(key, element))

    def _on_were_here(self, count: int) -> None:
        text = self.tr("1 file was here already.") if count == 1 else self.tr("%n files were here already.", "", count)
        self.told.emit(text)

    def play(self, key: int, element: int, share: float, is_speed: bool) -> None:
        sounds = self._model.sounds
        if is_speed and sounds.is_current(key, element):
            sounds.next_speed()
        elif share >= 0 and sounds.is_current(key, element):
            sounds.seek(share)
        else:
            message = self._pane.timeline.message(self._pane.timeline.row_of(key))
            media = media_of(message.elements[element])
            if media is not None:
                sounds.toggle(key, element, media)

    def _open_elsewhere(self, key: int, element: int) -> None:
        row = self._pane.timeline.row_of(key)
        if row >= 0 and isinstance(self._pane.timeline.message(row).elements[element], Sound):
            self.told.emit(self.tr("chatdesk cannot play this here. It is opened with the system's program."))
            self.open_asked.emit(self._pane.timeline.message(row), element)

    def view_picture(self, key: int, element: int) -> None:
        """Large; one that cannot be shown can still be saved."""
        timeline = self._pane.timeline
        message = timeline.message(timeline.row_of(key))
        media = media_of(message.elements[element])
        is_picture = media is not None and isinstance(message.elements[element], Image)
        fault = self._pane.fault_of(media) if media is not None and is_picture else None
        if fault not in (None, Fault.UNREACHABLE) and media is not None and media.uri:
            self.save_as(key, element)
        else:
            self.view_asked.emit(message, element)

    def _copy_picture(self, key: int, element: int) -> None:
        timeline = self._pane.timeline
        self.picture_copy_asked.emit(timeline.message(timeline.row_of(key)), element)

    # -- what came of it ---------------------------------------------------------------------------------------------

    def _copy_permalink(self, key: int) -> None:
        def copy(address: str) -> None:
            if address:
                put_on_clipboard(address)
                self.told.emit(self.tr("The link was copied."))

        self._model.fetch_permalink(key, copy)

    def _show_undo(self) -> None:
        self._pane.offer_undo(self._model.deletion.count)

    def _on_forwarded(self, count: int, targets: int) -> None:
        messages = self.tr("%n messages", "", count)
        self.told.emit(self.tr("{0} forwarded to %n conversations.", "", targets).format(messages))
