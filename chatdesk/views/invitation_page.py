"""What is shown instead of messages while an invitation waits for an answer. Main thread only."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from chatdesk.domain.conversations import Conversation
from chatdesk.domain.ids import ConversationType
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.theme import SPACING, Theme, scaled_font
from chatdesk.views.widgets import Avatar, button


class InvitationPage(QScrollArea):
    accepted = Signal()
    declined = Signal()
    block_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("invitationPage")
        self.setWidgetResizable(True)  # large letters in a small window: what does not fit is scrolled to
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._avatar = Avatar(theme, 4)
        self._name = QLabel()
        self._name.setFont(scaled_font(self.font(), 1.3, bold=True))
        self._who = QLabel()
        self._hint = QLabel(self.tr("You see the messages once you accept."))
        self._hint.setProperty("kind", "muted")
        for label in (self._name, self._who, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        accept = button(self.tr("Accept"), "acceptInvitation", "primary")
        accept.clicked.connect(self.accepted)
        decline = button(self.tr("Decline"), "declineInvitation")
        decline.clicked.connect(self.declined)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addStretch()
        buttons.addWidget(decline)
        buttons.addWidget(accept)
        buttons.addStretch()
        self.block_button = button(self.tr("Decline and block…"), "declineAndBlock", "flat")
        self.block_button.clicked.connect(self.block_asked)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(3 * SPACING, 3 * SPACING, 3 * SPACING, 3 * SPACING)
        column.setSpacing(SPACING)
        column.addStretch(2)
        column.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._name)
        column.addWidget(self._who)
        column.addWidget(self._hint)
        column.addSpacing(SPACING)
        column.addLayout(buttons)
        column.addWidget(self.block_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setWidget(page)
        for ground in (page, self.viewport()):
            ground.setAutoFillBackground(False)

    def set_thumbnails(self, thumbnails: Thumbnails | None) -> None:
        """Where the picture comes from."""
        self._avatar.set_thumbnails(thumbnails)

    def show_conversation(self, conversation: Conversation) -> None:
        is_group = conversation.id.type is ConversationType.GROUP
        self._avatar.show_for(conversation.name, conversation.id.id, is_group, conversation.avatar_uri)
        self.block_button.setVisible(bool(conversation.inviter))
        self._name.setText(conversation.name)
        inviter = conversation.inviter_name or conversation.inviter
        if inviter and conversation.inviter and inviter != conversation.inviter:
            inviter = f"{inviter} ({conversation.inviter})"
        if not inviter:
            text = self.tr("You are invited to this conversation.")
        elif is_group:
            text = self.tr("{0} invites you to this group.").format(inviter)
        else:
            text = self.tr("{0} would like to talk with you.").format(inviter)
        self._who.setText(text)
