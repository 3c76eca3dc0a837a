"""Messages pinned in a conversation, for everybody in it. Loop thread only.

Asked of the server directly, as a group's name is: the user sees at once whether it is allowed, and the sync tells
everybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatdesk.core.ledger import Ledger
from chatdesk.core.locate import Locate
from chatdesk.domain.errors import InputError
from chatdesk.domain.messages import Message, MessageState
from chatdesk.store import conversations, messages

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.domain.conversations import Conversation
    from chatdesk.domain.ids import ConversationId
    from chatdesk.matrix.homeserver import Homeserver


class Pins:
    """`pin` and `unpin` raise Forbidden where the account has not the power, NetworkError or ServerError."""

    def __init__(self, ledger: Ledger, server: Homeserver, locate: Locate) -> None:
        self._ledger = ledger
        self._server = server
        self._locate = locate

    async def pin(self, key: int) -> None:
        """Raises InputError for a message that the server does not have."""
        address = await self._ledger.database.read(messages.address, key)
        if address is None:
            raise InputError("Only a message that has been sent can be pinned.")
        channel, message_id = address
        pinned = await self._server.groups.pinned(channel)
        if message_id not in pinned:
            await self._server.groups.set_pinned(channel, (*pinned, message_id))

    async def unpin(self, conversation: ConversationId, message_id: str) -> None:
        for channel in await self._channels(conversation):
            pinned = await self._server.groups.pinned(channel)
            if message_id in pinned:
                await self._server.groups.set_pinned(channel, tuple(name for name in pinned if name != message_id))

    async def messages(self, conversation: Conversation) -> tuple[Message, ...]:
        """What is pinned and can be seen, the last one pinned first. What is not on this device has key 0."""
        found = [await self._locate.glance(conversation.id, name) for name in reversed(conversation.pinned_messages)]
        return tuple(
            message
            for message in found
            if message is not None and message.state is not MessageState.REVOKED and not message.is_deleted
        )

    async def bring(self, conversation: ConversationId, message_id: str) -> Message | None:
        """The message, loaded into the store however far back it lies; None when it is not to be seen."""
        for channel in await self._channels(conversation):
            message = await self._locate.by_address(channel, message_id)
            if message is not None:
                return message
        return None

    async def _channels(self, conversation: ConversationId) -> tuple[str, ...]:
        found = await self._ledger.database.read(conversations.channels, conversation)
        return tuple(channel for channel, _, _ in found)
