"""The line above the messages: who this is, and what can be done with the conversation. Main thread only."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationType
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.conversation_menu import fill, header_wishes
from chatdesk.views.icons import pixmap
from chatdesk.views.theme import SMALL, SPACING, Theme
from chatdesk.views.widgets import Avatar, ElidedLabel, IconButton


class ChatHeader(QWidget):
    back_asked = Signal()
    search_asked = Signal()
    date_asked = Signal()
    members_asked = Signal()
    invite_asked = Signal()
    media_asked = Signal()
    export_asked = Signal()
    past_asked = Signal()
    wished = Signal(object)
    """A Wish of the menu."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_encrypted = False
        self._conversation: Conversation | None = None
        self.is_in_own_window = False
        self.setObjectName("chatHeader")
        self.back_button = IconButton(theme, "back", self.tr("Back to the conversations"), "backButton")
        self.back_button.clicked.connect(self.back_asked)
        self.back_button.hide()
        self._avatar = Avatar(theme, 2.1)
        self._name = ElidedLabel(factor=1.05, bold=True)
        self._name.setObjectName("chatName")
        self._lock = QLabel()
        self._lock.setToolTip(self.tr("End-to-end encrypted"))
        self._lock.setAccessibleName(self.tr("End-to-end encrypted"))
        self._subtitle = ElidedLabel(factor=SMALL)
        self._subtitle.setProperty("kind", "muted")
        self.search_button = IconButton(theme, "search", self.tr("Search in this conversation"), "searchButton")
        self.search_button.clicked.connect(self.search_asked)
        self.members_button = IconButton(theme, "members", self.tr("Members"), "membersButton")
        self.members_button.clicked.connect(self.members_asked)
        self.more_button = IconButton(theme, "more", self.tr("More"), "chatMenuButton")
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more_button.setMenu(self._menu())
        self._build()
        self._refresh()
        theme.changed.connect(self._refresh)

    def _build(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(SPACING // 2)
        first.addWidget(self._lock)
        first.addWidget(self._name, 1)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch()
        names.addLayout(first)
        names.addWidget(self._subtitle)
        names.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACING, SPACING, SPACING, SPACING)
        row.setSpacing(SPACING // 2)
        row.addWidget(self.back_button)
        row.addWidget(self._avatar)
        row.addSpacing(SPACING // 2)
        row.addLayout(names, 1)
        row.addWidget(self.search_button)
        row.addWidget(self.members_button)
        row.addWidget(self.more_button)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("chatMenu")
        menu.aboutToShow.connect(self._fill_menu)
        return menu

    def _fill_menu(self) -> None:
        menu, conversation = self.more_button.menu(), self._conversation
        menu.clear()
        if conversation is None:
            return
        entries = [
            (self.tr("Go to a date…"), "dateAction", self.date_asked),
            (self.tr("Pictures, files and links"), "mediaAction", self.media_asked),
            (self.tr("History…"), "pastAction", self.past_asked),
            (self.tr("Export…"), "exportAction", self.export_asked),
        ]
        if conversation.membership is Membership.JOINED and conversation.id.type is ConversationType.GROUP:
            entries.insert(0, (self.tr("Invite people…"), "inviteAction", self.invite_asked))
        for words, name, asked in entries:
            action = menu.addAction(words)
            action.setObjectName(name)
            action.triggered.connect(asked)
        menu.addSeparator()
        wishes = header_wishes(conversation, self.is_in_own_window)
        fill(menu, wishes, self.wished.emit, conversation.muted_until_ms)

    def show_conversation(self, conversation: Conversation, subtitle: str) -> None:
        self._conversation = conversation
        is_group = conversation.id.type is ConversationType.GROUP
        self._avatar.show_for(conversation.name, conversation.id.id, is_group, conversation.avatar_uri)
        self._name.setText(conversation.name)
        self._subtitle.setText(subtitle)
        self._is_encrypted = conversation.is_encrypted
        self._lock.setVisible(self._is_encrypted)
        is_joined = conversation.membership is Membership.JOINED
        self.members_button.setEnabled(is_joined)
        self.search_button.setEnabled(conversation.membership is not Membership.INVITED)
        self.more_button.setEnabled(conversation.membership is not Membership.INVITED)

    def set_thumbnails(self, thumbnails: Thumbnails | None) -> None:
        """Where the picture comes from."""
        self._avatar.set_thumbnails(thumbnails)

    def set_in_own_window(self) -> None:
        """Without what only the main window has room for."""
        self.is_in_own_window = True
        self.search_button.hide()
        self.members_button.hide()

    def set_narrow(self, is_narrow: bool) -> None:
        self.back_button.setVisible(is_narrow)

    def _refresh(self) -> None:
        side = self._name.fontMetrics().height() - 2
        self._lock.setPixmap(pixmap("lock", self._theme.colors.muted, side, self.devicePixelRatioF()))
        self._lock.setAlignment(Qt.AlignmentFlag.AlignVCenter)
