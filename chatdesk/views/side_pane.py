"""The pane at the right on demand: downloads, members or search, one at a time. Main thread only.

Each page is built when it is first asked for: no start shows one.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from chatdesk.models.downloads import DownloadsModel
from chatdesk.models.members import MembersModel
from chatdesk.models.search import SearchModel
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.theme import Theme

if TYPE_CHECKING:
    from chatdesk.views.downloads_pane import DownloadsPane
    from chatdesk.views.media_pane import MediaPane
    from chatdesk.views.members_pane import MembersPane
    from chatdesk.views.search_pane import SearchPane


class SidePane(QWidget):
    closed = Signal()
    invite_asked = Signal()
    message_asked = Signal(object, object)
    """ConversationId and key of a message that is to be shown."""
    show_media_asked = Signal(object, int)
    """A message and the number of its picture that is to be shown large."""
    open_media_asked = Signal(object, int)
    save_media_asked = Signal(object, int)
    failed = Signal(str)
    """A sentence about a download that cannot be opened."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._downloads_model: DownloadsModel | None = None
        self._members_model: MembersModel | None = None
        self._search_model: SearchModel | None = None
        self._thumbnails: Thumbnails | None = None
        self.setObjectName("sidePane")
        self.setMinimumWidth(220)
        self._stack = QStackedLayout(self)
        self.hide()

    @cached_property
    def downloads(self) -> "DownloadsPane":
        from chatdesk.views.downloads_pane import DownloadsPane  # not needed to start

        pane = DownloadsPane(self._theme)
        pane.message_asked.connect(self.message_asked)
        pane.closed.connect(self.closed)
        pane.failed.connect(self.failed)
        pane.set_model(self._downloads_model)
        self._stack.addWidget(pane)
        return pane

    @cached_property
    def members(self) -> "MembersPane":
        from chatdesk.views.members_pane import MembersPane  # not needed to start

        pane = MembersPane(self._theme)
        pane.closed.connect(self.closed)
        pane.invite_asked.connect(self.invite_asked)
        pane.set_model(self._members_model)
        pane.set_thumbnails(self._thumbnails)
        self._stack.addWidget(pane)
        return pane

    @cached_property
    def media(self) -> "MediaPane":
        from chatdesk.views.media_pane import MediaPane  # not needed to start

        pane = MediaPane(self._theme)
        pane.closed.connect(self.closed)
        pane.message_asked.connect(self.message_asked)
        pane.show_asked.connect(self.show_media_asked)
        pane.open_asked.connect(self.open_media_asked)
        pane.save_asked.connect(self.save_media_asked)
        self._stack.addWidget(pane)
        return pane

    @cached_property
    def search(self) -> "SearchPane":
        from chatdesk.views.search_pane import SearchPane  # not needed to start

        pane = SearchPane(self._theme)
        pane.closed.connect(self.closed)
        pane.hit_asked.connect(self.message_asked)
        pane.set_model(self._search_model)
        self._stack.addWidget(pane)
        return pane

    def set_thumbnails(self, thumbnails: Thumbnails | None) -> None:
        """Where the pictures of people come from."""
        self._thumbnails = thumbnails
        if "members" in self.__dict__:
            self.members.set_thumbnails(thumbnails)

    def set_models(
        self, downloads: DownloadsModel | None, members: MembersModel | None, search: SearchModel | None
    ) -> None:
        self._downloads_model, self._members_model, self._search_model = downloads, members, search
        if "search" in self.__dict__:
            self.search.set_model(search)
        if "downloads" in self.__dict__:
            self.downloads.set_model(downloads)
        if "members" in self.__dict__:
            self.members.set_model(members)

    def copy_download(self, identifier: int) -> None:
        self.downloads.copy(identifier)

    def open_download(self, identifier: int) -> None:
        """Open the file of a finished download."""
        self.downloads.open(identifier)

    def show_in_folder(self, identifier: int) -> None:
        self.downloads.show_in_folder(identifier)

    def open_own_file(self, path: str, folder_only: bool) -> None:
        self.downloads.open_own(path, folder_only)

    def show_page(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)

    @property
    def page(self) -> QWidget | None:
        return self._stack.currentWidget()
