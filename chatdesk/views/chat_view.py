"""The right side: header, messages and composer of the open conversation, or what stands there when none is open.

Main thread only. Connects the message pane's gestures with the ChatModel; owns no state of the conversation.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QProgressBar, QStackedLayout, QVBoxLayout, QWidget

from chatdesk.domain.links import is_link
from chatdesk.models.chat import ChatModel
from chatdesk.models.settings import SettingsModel
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.chat_header import ChatHeader
from chatdesk.views.composer import Composer
from chatdesk.views.conversation_menu import Wish
from chatdesk.views.message_field import is_letter, local_files
from chatdesk.views.message_pane import MessagePane
from chatdesk.views.message_wishes import Wishes
from chatdesk.views.theme import Theme
from chatdesk.views.widgets import EmptyState, Line, button

if TYPE_CHECKING:
    from chatdesk.views.invitation_page import InvitationPage
    from chatdesk.views.pinned_bar import PinnedBar


class ChatView(QWidget):
    open_download_asked = Signal(object)
    """The id of a finished download."""
    download_folder_asked = Signal(object)
    download_copy_asked = Signal(object)
    local_file_asked = Signal(str, bool)
    """The path of an own file that was sent from here, and whether its folder is wanted."""
    view_asked = Signal(object, int)
    picture_copy_asked = Signal(object, int)
    """A message and the number of its picture that is to be shown large."""
    open_asked = Signal(object, int)
    """A message and the number of its file that is to be opened with the system's program."""
    upper_edge_changed = Signal()
    told = Signal(str)
    """A sentence for the user about something that was done."""
    wished = Signal(object, object)
    """A Wish for a conversation, and its ConversationId."""
    new_conversation_asked = Signal()
    link_followed = Signal(str)
    """The address of a person, a group or a message."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model: ChatModel | None = None
        self._pane: MessagePane | None = None
        self._is_settled = True
        self._has_pins = False
        """Whether the open conversations had something pinned, so that there is a bar for it."""
        self._thumbnails: Thumbnails | None = None
        self.settings: SettingsModel | None = None
        """Where the emoji used last are remembered; the window puts its own here."""
        self.setObjectName("chatView")
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.setMinimumWidth(280)
        self.header = ChatHeader(theme)
        self.header.wished.connect(self._wish)
        self.header.date_asked.connect(self.jump_to_date)
        self.composer = Composer(theme)
        self._starting = EmptyState(theme, "chat", "", "")
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(180)
        self._starting.add_widget(self._progress)
        self._messages = QWidget()
        self._column = QVBoxLayout(self._messages)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.composer)
        self._pages = QStackedLayout()
        self._open = QWidget()
        column = QVBoxLayout(self._open)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Line(theme))
        column.addLayout(self._pages, 1)
        self._pages.addWidget(self._messages)  # now, or it would open a window of its own for a moment
        self._stack = QStackedLayout(self)
        for page in (self._starting, self._open):
            self._stack.addWidget(page)

    # Pages that most starts do not show are built when they are first asked for.

    @cached_property
    def invitation(self) -> "InvitationPage":
        from chatdesk.views.invitation_page import InvitationPage  # not needed to start

        page = InvitationPage(self._theme)
        page.accepted.connect(self._accept)
        page.declined.connect(self._decline)
        page.block_asked.connect(lambda: self._wish(Wish.DECLINE_AND_BLOCK))
        page.set_thumbnails(self._thumbnails)
        self._pages.addWidget(page)
        return page

    @cached_property
    def _nothing(self) -> EmptyState:
        page = EmptyState(
            self._theme,
            "chat",
            self.tr("Choose a conversation"),
            self.tr("Pick one from the list, or write to somebody new."),
        )
        start = button(self.tr("New conversation…"), "chooseNewConversation")
        start.clicked.connect(self.new_conversation_asked)
        page.add_widget(start)
        self._stack.addWidget(page)
        QWidget.setTabOrder(self.composer.send_button, start)
        return page

    @cached_property
    def pinned(self) -> "PinnedBar":
        from chatdesk.views.pinned_bar import PinnedBar  # most conversations have none

        bar = PinnedBar(self._theme)
        self._column.insertWidget(0, bar)
        QWidget.setTabOrder(self.header.more_button, bar.shown)
        QWidget.setTabOrder(bar.shown, bar.more)
        return bar

    # -- model -------------------------------------------------------------------------------------------------------

    def set_starting(self, message: str, is_busy: bool = True) -> None:
        """There is no session yet: say what is going on, or what is waited for."""
        self._starting.set_texts(message, "")
        self._progress.setVisible(is_busy)
        self._stack.setCurrentWidget(self._starting)

    @property
    def model(self) -> ChatModel | None:
        return self._model

    def set_model(self, model: ChatModel | None, thumbnails: Thumbnails | None = None, is_settled: bool = True) -> None:
        """`is_settled`: no conversation is about to be opened by itself; else `settle` tells when."""
        if self._model is not None:
            self._model.opened.disconnect(self._show)
            self._model.facts_changed.disconnect(self._show_facts)
            self._model.landing.disconnect(self._land)
        if self._pane is not None:
            timeline = None if self._model is None else self._model.timeline
            if timeline is not None and timeline.where is not None:
                timeline.reading_place = timeline.where()  # another window may go on there
            self._pane.deleteLater()
            self._pane = None
        self._model = model
        if self._has_pins:
            self._has_pins = False
            self.pinned.set_model(None)
        self._is_settled = is_settled
        self._progress.setVisible(False)  # what comes now is a matter of moments, and moving would slow it down
        self._thumbnails = thumbnails
        self.header.set_thumbnails(thumbnails)
        if "invitation" in self.__dict__:  # it was built
            self.invitation.set_thumbnails(thumbnails)
        self.composer.set_model(None if model is None else model.composer)
        if model is None or thumbnails is None:
            return
        self._pane = self._new_pane(model, thumbnails)
        self._column.insertWidget(self._column.indexOf(self.composer), self._pane, 1)
        before = self.pinned.more if "pinned" in self.__dict__ else self.header.more_button
        QWidget.setTabOrder(before, self._pane)  # and so right before the composer
        model.opened.connect(self._show)
        model.facts_changed.connect(self._show_facts)
        model.landing.connect(self._land)
        self._show()

    def _new_pane(self, model: ChatModel, thumbnails: Thumbnails) -> MessagePane:
        pane = MessagePane(self._theme, thumbnails)
        pane.settings = self.settings
        pane.field = self.composer.field
        pane.bars_changed.connect(self.upper_edge_changed)
        wishes = Wishes(self._theme, pane, model)
        wishes.download_open_asked.connect(self.open_download_asked)
        wishes.folder_asked.connect(self.download_folder_asked)
        wishes.download_copy_asked.connect(self.download_copy_asked)
        wishes.local_file_asked.connect(self.local_file_asked)
        wishes.view_asked.connect(self.view_asked)
        wishes.picture_copy_asked.connect(self.picture_copy_asked)
        wishes.open_asked.connect(self.open_asked)
        wishes.link_asked.connect(self._open_link)
        wishes.composer_asked.connect(self.focus_composer)
        wishes.told.connect(self.told)
        return pane

    def focus_composer(self) -> None:
        if not self.composer.is_blocked:
            self.composer.field.setFocus()

    def type_ahead(self, event: QKeyEvent) -> bool:
        """A key nobody had a use for: a letter goes on in the message, if one can be written here."""
        field = self.composer.field
        if not field.isVisible() or field.hasFocus() or not is_letter(event):
            return False
        field.setFocus()
        field.moveCursor(QTextCursor.MoveOperation.End)
        field.insertPlainText(event.text())
        return True

    def settle(self) -> None:
        """If no conversation was open at the last end, there is one to choose."""
        if not self._is_settled:
            self._is_settled = True
            if self._model is not None and self._model.conversation is None:
                self._show()

    def _show(self) -> None:
        model = self._model
        if model is None or self._pane is None:
            return
        self._pane.set_model(model.timeline)
        if model.conversation is None:
            if self._is_settled:
                self._stack.setCurrentWidget(self._nothing)
            return
        self._stack.setCurrentWidget(self._open)
        self._pages.setCurrentWidget(self.invitation if model.is_invitation else self._messages)
        self._show_facts()

    def _land(self, key: int) -> None:
        if self._pane is not None:
            self._pane.find_message(key)

    def jump_to_date(self) -> None:
        """Ask for the date to go to."""
        if self._pane is not None and self._pane.isVisible():
            self._pane.setFocus()
            self._pane.jump_to_date()

    @property
    def upper_edge(self) -> int:
        """Above it are the header, what is pinned, and what floats over the messages."""
        bars = 0 if self._pane is None else self._pane.y() + self._pane.bars_bottom
        return self.header.sizeHint().height() + bars

    def leave(self) -> bool:
        """What Esc ends among the messages, before it closes anything; False when there is nothing."""
        return self._pane is not None and self._pane.isVisible() and self._pane.leave()

    def go_to_time(self, time_ms: int) -> None:
        """To the first message of the open conversation that is not older."""
        if self._pane is not None:
            self._pane.find_time(time_ms)

    def _show_facts(self) -> None:
        model = self._model
        if model is None or model.conversation is None:
            return
        self.header.show_conversation(model.conversation, model.subtitle())
        if model.is_invitation:
            self.invitation.show_conversation(model.conversation)
        self.composer.set_peer(model.conversation.name)
        if model.conversation.pinned_messages and not self._has_pins:
            self._has_pins = True
            self.pinned.set_model(model.pins)

    def _accept(self) -> None:
        if self._model is not None and self._model.conversation is not None:
            self._model.accept(self._model.conversation.id)

    def _decline(self) -> None:
        if self._model is not None and self._model.conversation is not None:
            self._model.decline(self._model.conversation.id)

    def _wish(self, wish: Wish) -> None:
        if self._model is not None and self._model.conversation is not None:
            self.wished.emit(wish, self._model.conversation.id)

    def _open_link(self, address: str) -> None:
        """Of a message: to a person, a group or a message inside, else to the browser or the mail program. Every other
        kind could make a program do something."""
        url = QUrl(address)
        if is_link(address):
            self.link_followed.emit(address)
        elif url.scheme().lower() in ("http", "https", "mailto"):
            QDesktopServices.openUrl(url)

    # -- files dropped anywhere on the conversation ------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        is_writable = self._stack.currentWidget() is self._open and not self.composer.is_blocked
        if is_writable and self._pages.currentWidget() is self._messages and local_files(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.composer.add_files(local_files(event.mimeData()))
        event.acceptProposedAction()
