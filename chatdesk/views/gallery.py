"""Connects the picture viewer with a conversation's view and the session. Main thread.

One for each view of conversations; the viewer itself is built for the first picture. Owns which file is to be opened as
soon as it is here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from chatdesk.domain.elements import Video, media_of
from chatdesk.domain.messages import Message
from chatdesk.domain.transfers import DownloadState
from chatdesk.models.session import SessionModel
from chatdesk.views.chat_view import ChatView
from chatdesk.views.save_as import ask_where
from chatdesk.views.theme import Theme

if TYPE_CHECKING:
    from chatdesk.views.picture_viewer import PictureViewer


class Gallery(QObject):
    message_asked = Signal(object, object)
    """ConversationId and key of a message that is to be shown."""
    open_asked = Signal(object)
    """The id of a finished download."""
    own_file_asked = Signal(str, bool)

    def __init__(self, theme: Theme, session: SessionModel, view: ChatView, ground: QWidget) -> None:
        """`ground`: what the viewer covers."""
        super().__init__(ground)
        self._theme = theme
        self._session = session
        self._view = view
        self._ground = ground
        self._waiting: set[tuple[int, int]] = set()
        """Message key and element of what is to be opened when it is downloaded."""
        self.viewer: PictureViewer | None = None
        view.view_asked.connect(self.show)
        view.picture_copy_asked.connect(self.copy)
        view.open_asked.connect(self.open)
        session.downloads.updated.connect(self._on_download)

    def show(self, message: Message, element: int) -> None:
        if isinstance(message.elements[element], Video) and not self._session.sounds.is_able():
            self._view.told.emit(self.tr("chatdesk cannot play this here. It is opened with the system's program."))
            self.open(message, element)
            return
        if self.viewer is None:
            self.viewer = self._new_viewer()
        self.viewer.model.show(message, element)
        self.viewer.appear()
        self.viewer.play()

    def _new_viewer(self) -> PictureViewer:
        from chatdesk.views.picture_viewer import PictureViewer  # not needed to start

        model = self._session.new_viewer()
        viewer = PictureViewer(self._theme, model, self._session.thumbnails, self._ground)
        viewer.destroyed.connect(model.deleteLater)
        viewer.set_sounds(self._session.sounds)
        viewer.own_name = self._session.own_name
        viewer.save_asked.connect(self.save)
        viewer.open_asked.connect(self.open)
        viewer.message_asked.connect(self.message_asked)
        viewer.told.connect(self._view.told)
        viewer.closed.connect(self._view.focus_composer)
        return viewer

    def copy(self, message: Message, element: int) -> None:
        """The picture itself, for another program."""
        media = media_of(message.elements[element])
        if media is not None:
            self._session.read_picture(media, self._put_on_clipboard, self._view.told.emit)

    def _put_on_clipboard(self, picture: QImage) -> None:
        if picture.isNull():
            self._view.told.emit(self.tr("This picture cannot be copied."))
            return
        QGuiApplication.clipboard().setImage(picture)
        self._view.told.emit(self.tr("The picture was copied."))

    def save(self, message: Message, element: int) -> None:
        media, chat = media_of(message.elements[element]), self._view.model
        if media is not None and chat is not None:
            ask_where(self._ground.window(), chat, media.name, lambda path: chat.save_as(message.key, element, path))

    def open(self, message: Message, element: int) -> None:
        """With the system's program: what is here at once, else as soon as it is."""
        media = media_of(message.elements[element])
        if media is None:
            return
        if media.path and message.is_self:
            self.own_file_asked.emit(media.path, False)
            return
        for download in self._session.downloads.items:
            is_it = (download.message_key, download.element_index) == (message.key, element)
            if is_it and download.state is DownloadState.DONE:
                self.open_asked.emit(download.id)
                return
        self._waiting.add((message.key, element))
        if self._view.model is not None:
            self._view.model.download(message.key, element)

    def _on_download(self, download_id: int) -> None:
        download = self._session.downloads.download(download_id)
        if download is None:
            return
        place = (download.message_key, download.element_index)
        if place in self._waiting and download.state is DownloadState.DONE:
            self._waiting.discard(place)
            self.open_asked.emit(download.id)
        elif download.state in (DownloadState.FAILED, DownloadState.CANCELLED):
            self._waiting.discard(place)

    def end(self) -> None:
        """With the session."""
        if self.viewer is not None:
            self.viewer.leave()
            self.viewer.deleteLater()
            self.viewer = None
        self.deleteLater()
