"""Follows addresses of people, groups and messages: what is known opens, for the rest there is an offer.

Runs on the main thread. Owns the address that was followed last: an answer about an older one is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.ids import ConversationId
from chatdesk.domain.links import Link, LinkKind, parse
from chatdesk.domain.messages import Message
from chatdesk.models.tasks import Tasks

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.conversations import Conversations
    from chatdesk.core.locate import Locate


class LinkOpener(QObject):
    conversation_found = Signal(object)
    """ConversationId: it is in the list."""
    message_found = Signal(object, object)
    """ConversationId and key."""
    person_offered = Signal(str)
    """A user id there is no conversation with yet."""
    group_offered = Signal(object)
    """The Link of a group this account is not in."""
    failed = Signal(str)

    def __init__(
        self, conversations: Conversations, locate: Callable[[], Locate], tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._locate = locate
        self._tasks = tasks
        self._number = 0

    def follow(self, address: str) -> bool:
        """Go where an address leads; False when it is none. The answer is one of the signals."""
        link = parse(address)
        if link is None:
            return False
        self._number += 1
        number = self._number

        def fail(sentence: str) -> None:
            if number == self._number:
                self.failed.emit(sentence)

        def arrive(found: tuple[ConversationId | None, Message | None]) -> None:
            if number == self._number:
                self._arrive(link, *found)

        self._tasks.run(self._look_up(link), arrive, fail)
        return True

    def join(self, link: Link) -> None:
        """Join the group that was offered, and go on to what was linked."""

        def joined(conversation: ConversationId) -> None:
            self.conversation_found.emit(conversation)
            if link.message_id:
                self._go_on(link, conversation)

        self._tasks.run(self._conversations.join(link.target, link.servers), joined, self.failed.emit)

    def _go_on(self, link: Link, conversation: ConversationId) -> None:
        def arrive(message: Message | None) -> None:
            if message is not None:
                self.message_found.emit(conversation, message.key)

        self._tasks.run(self._locate().by_address(conversation.id, link.message_id), arrive, self.failed.emit)

    async def _look_up(self, link: Link) -> tuple[ConversationId | None, Message | None]:
        if not link.target:
            message = await self._locate().by_message_id(link.message_id)
            return (None if message is None else message.conversation), message
        conversation = await self._conversations.known(link.target)
        if conversation is None or link.kind is not LinkKind.MESSAGE:
            return conversation, None
        channel = link.target if link.target.startswith("!") else conversation.id
        return conversation, await self._locate().by_address(channel, link.message_id)

    def _arrive(self, link: Link, conversation: ConversationId | None, message: Message | None) -> None:
        if message is not None and message.is_deleted:
            self.failed.emit(self.tr("This message was deleted on this computer."))
        elif message is not None:
            self.message_found.emit(message.conversation, message.key)
        elif link.kind is LinkKind.MESSAGE and (conversation is not None or not link.target):
            if conversation is not None:
                self.conversation_found.emit(conversation)
            self.failed.emit(self.tr("This message cannot be found. It may have been deleted, or you may not see it."))
        elif conversation is not None:
            self.conversation_found.emit(conversation)
        elif link.kind is LinkKind.PERSON:
            self.person_offered.emit(link.target)
        else:
            self.group_offered.emit(link)
