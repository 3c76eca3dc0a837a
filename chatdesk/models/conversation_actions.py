"""What can be done with a conversation of the list, open or not: pin, mute, mark, clear, answer an invitation, leave.

Runs on the main thread. Turns gestures into calls of the core; owns nothing. What was done shows when the core tells it
with its changes, a failure is a sentence of `Tasks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.conversations import Sign
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.tasks import Tasks

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.session import Session


class ConversationActions(QObject):
    cleared = Signal(object)
    """The ConversationId of one whose history is gone from here."""
    blocked = Signal(str)
    """The user id of somebody of whom nothing comes any more."""

    def __init__(
        self, session: Session, conversations: ConversationListModel, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._list = conversations
        self._tasks = tasks

    def pin(self, identifier: ConversationId, is_set: bool) -> None:
        self._set(identifier, Sign.PINNED, is_set)

    def mute(self, identifier: ConversationId, until_ms: int = 0) -> None:
        """Until it is ended by hand, or until then."""
        self._tasks.run(self._session.signs.set(identifier, Sign.MUTED, True, until_ms))

    def unmute(self, identifier: ConversationId) -> None:
        self._set(identifier, Sign.MUTED, False)

    def mark_unread(self, identifier: ConversationId) -> None:
        self._set(identifier, Sign.UNREAD, True)

    def mark_read(self, identifier: ConversationId) -> None:
        conversation = self._list.conversation(identifier)
        is_marked = conversation is not None and conversation.is_marked_unread
        self._tasks.run(self._session.signs.mark_read(identifier, is_marked))

    def clear(self, identifier: ConversationId, everywhere: bool) -> None:
        """Everything of the conversation goes from this device, or from all devices of the account."""
        local = self._session.local
        work = local.clear_roaming(identifier) if everywhere else local.clear(identifier)
        self._tasks.run(work, lambda _: self.cleared.emit(identifier))

    def decline_and_block(self, identifier: ConversationId) -> None:
        """The invitation goes, and nothing of who sent it comes any more."""
        conversation = self._list.conversation(identifier)
        if conversation is None or not conversation.inviter:
            return
        who = conversation.inviter

        async def work() -> None:
            await self._session.account.block(who)
            await self._session.conversations.decline(identifier)

        self._tasks.run(work(), lambda _: self.blocked.emit(who))

    def block(self, identifier: ConversationId) -> None:
        """The other side of a one-to-one conversation."""
        if identifier.type is ConversationType.C2C:
            self._tasks.run(self._session.account.block(identifier.id), lambda _: self.blocked.emit(identifier.id))

    def unblock(self, identifier: ConversationId) -> None:
        if identifier.type is ConversationType.C2C:
            self._tasks.run(self._session.account.unblock(identifier.id))

    def _set(self, identifier: ConversationId, sign: Sign, is_set: bool) -> None:
        self._tasks.run(self._session.signs.set(identifier, sign, is_set))
