"""The people of one conversation, for the members pane.

Runs on the main thread. Owns the list shown now; reads it again when told that the conversation changed. Who may do
what is the server's to say: a refused invitation is reported, not prevented.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from chatdesk.domain.changes import Reset
from chatdesk.domain.conversations import Conversation, Member, Membership
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.powers import Powers, Role, role_of
from chatdesk.models.diff_adapter import AnyIndex, DiffListModel
from chatdesk.models.tasks import Tasks

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.conversations import Conversations

_USER_ROLE = int(Qt.ItemDataRole.UserRole)


class MembersModel(DiffListModel[Member]):
    """Joined people first, those with a role on top, then the invited ones."""

    MEMBER = _USER_ROLE + 1
    DETAIL = _USER_ROLE + 2
    """Role or "Invited", empty for an ordinary member."""

    loaded = Signal()
    failed = Signal(str)
    invited = Signal(int)
    """That many people were invited."""

    def __init__(
        self, conversations: Conversations, tasks: Tasks, own_user_id: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._tasks = tasks
        self._own_user_id = own_user_id
        self._conversation: ConversationId | None = None
        self._count = (0, 0)
        """Who is in, who is invited."""
        self._powers = Powers()

    @property
    def conversation(self) -> ConversationId | None:
        return self._conversation

    @property
    def joined_count(self) -> int:
        return sum(member.membership is Membership.JOINED for member in self._items)

    def show(self, conversation: Conversation | None) -> None:
        """Show the people of another conversation; nobody until they are read."""
        identifier = None if conversation is None else conversation.id
        self._count = (0, 0) if conversation is None else (conversation.member_count, conversation.invited_count)
        self._powers = Powers() if conversation is None else conversation.powers
        if identifier != self._conversation:
            self._conversation = identifier
            self.apply(Reset(()))
        self.reload()

    def note_changed(self, conversation: Conversation) -> None:
        """Read again when people came or went or got a role; asking the server at every message would be rude."""
        count = (conversation.member_count, conversation.invited_count)
        known, now = (self._count, self._powers), (count, conversation.powers)
        if conversation.id == self._conversation and known != now:
            self._count, self._powers = now
            self.reload()

    def reload(self) -> None:
        conversation = self._conversation
        if conversation is None:
            return

        def take(members: tuple[Member, ...]) -> None:
            if conversation == self._conversation:
                present = (m for m in members if m.membership in (Membership.JOINED, Membership.INVITED))
                self.apply(Reset(tuple(sorted(present, key=_order))))
                self.loaded.emit()

        self._tasks.run(self._conversations.members(conversation), take, self.failed.emit)

    def invite(self, user_ids: Sequence[str]) -> None:
        conversation = self._conversation
        if conversation is None or not user_ids:
            return

        def done(_: None) -> None:
            self.invited.emit(len(user_ids))
            self.reload()

        self._tasks.run(self._conversations.invite(conversation, user_ids), done, self.failed.emit)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        member = self._items[index.row()]
        if role == self.MEMBER:
            return member
        if role == Qt.ItemDataRole.DisplayRole:
            name = member.name or member.user_id
            return self.tr("{0} (you)").format(name) if member.user_id == self._own_user_id else name
        if role == self.DETAIL:
            return self._detail(member)
        if role == Qt.ItemDataRole.ToolTipRole:
            return member.user_id
        if role == Qt.ItemDataRole.AccessibleTextRole:
            name = self.data(index, int(Qt.ItemDataRole.DisplayRole))
            return ", ".join(part for part in (name, member.user_id, self._detail(member)) if part)
        return None

    def _detail(self, member: Member) -> str:
        if member.membership is Membership.INVITED:
            return self.tr("Invited")
        match role_of(member.power):
            case Role.OWNER:
                return self.tr("Owner")
            case Role.ADMIN:
                return self.tr("Admin")
            case Role.MODERATOR:
                return self.tr("Moderator")
            case Role.MEMBER:
                return ""


def _order(member: Member) -> tuple[bool, int, str, str]:
    return (member.membership is not Membership.JOINED, -member.power, member.name.casefold(), member.user_id)
