"""Finds a message by what names it on every device: from the store, else from the server by its time.

Loop thread only.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatdesk.core.decoder import Decoder
from chatdesk.core.history import History
from chatdesk.core.ledger import Ledger
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import Forbidden, NetworkError, NotFound, ServerError, SessionEnded
from chatdesk.domain.ids import ConversationId, localpart
from chatdesk.domain.links import message_link
from chatdesk.domain.locators import Locator
from chatdesk.domain.messages import IncomingMessage, Message, MessageState
from chatdesk.store import conversations, messages

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

_NEIGHBOURS = 40
"""Asked for around the time: more than anybody says in one second."""
_REACH_PAGES = 50

_log = logging.getLogger(__name__)


class Locate:
    def __init__(self, ledger: Ledger, server: Homeserver, decoder: Decoder, history: History) -> None:
        self._ledger = ledger
        self._server = server
        self._decoder = decoder
        self._history = history

    async def find(self, conversation: ConversationId, locators: Sequence[Locator]) -> tuple[Message, ...]:
        """The messages the locators name, in their order; what is not found is left out.

        Revoked and deleted ones are among them, told apart by `state` and `is_deleted`. One that only the server has is
        loaded into the store when it is not too far back; else it comes with key 0, for reading only. Without a line
        only the store is asked. Raises SessionEnded.
        """
        found: list[Message] = []
        for locator in locators:
            message = await self._in_store(conversation, locator)
            if message is None and locator.second:
                message = await self._on_server(conversation, locator)
            if message is not None:
                found.append(message)
        return tuple(found)

    async def by_message_id(self, message_id: str) -> Message | None:
        """The message with this id of the server, deleted ones included; from the store only."""
        return await self._ledger.database.read(messages.by_message_id, message_id)

    async def by_key(self, key: int) -> Message | None:
        """The message with this key, deleted ones included."""
        return await self._ledger.database.read(messages.find, key)

    async def by_name(self, conversation: ConversationId, name: str) -> Message | None:
        """The message with this message id, transaction id or local id; from the store only."""
        return await self._ledger.database.read(messages.by_name, conversation, name)

    async def permalink(self, key: int) -> str:
        """The address of a message for others, empty when the server does not know it."""
        found = await self._ledger.database.read(messages.address, key)
        return "" if found is None else message_link(*found)

    async def by_address(self, channel: str, message_id: str) -> Message | None:
        """The message of a link: from the store, else brought there from the server, however far back it lies.

        None when there is no such message or it may not be seen; without a `channel` only the store is asked. Raises
        NetworkError or ServerError.
        """
        message = await self.by_message_id(message_id)
        if message is not None or not channel:
            return message
        conversation = await self._ledger.database.read(conversations.identify, channel)
        try:
            raw = await self._server.context(channel, message_id, 1)
        except (NotFound, Forbidden):
            return None
        near = [m for m in await self._decoder.context(raw, self._ledger.own_user_id) if m.message_id == message_id]
        if not near:
            return None
        while not await self._history.reach(conversation, near[0].time_ms, 1):
            message = await self.by_message_id(message_id)
            if message is not None:
                return message
        return await self.by_message_id(message_id)

    async def glance(self, conversation: ConversationId, message_id: str) -> Message | None:
        """The message with this id: from the store, else as the server has it, with key 0, for reading only.

        None when nobody may see it. Raises NetworkError, ServerError or SessionEnded.
        """
        message = await self.by_message_id(message_id)
        if message is not None:
            return message
        for channel, _, _ in await self._ledger.database.read(conversations.channels, conversation):
            try:
                incoming, _ = await self._decoder.single(await self._server.message(channel, message_id))
            except (NotFound, Forbidden):
                continue
            if incoming is not None:
                return self._unstored(conversation, incoming)
        return None

    async def media(self, uri: str) -> Media | None:
        """What a message of the store says about the file at this address."""
        return await self._ledger.database.read(messages.media_at, uri)

    async def _in_store(self, conversation: ConversationId, locator: Locator) -> Message | None:
        return await self._ledger.database.read(messages.find_by_locator, conversation, locator)

    async def _on_server(self, conversation: ConversationId, locator: Locator) -> Message | None:
        for channel, _, _ in await self._ledger.database.read(conversations.channels, conversation):
            try:
                incoming = await self._around(channel, locator)
            except SessionEnded:
                raise
            except (NetworkError, NotFound, Forbidden, ServerError) as error:
                _log.info("Not to be found on the server: %s", error)
                continue
            if incoming is not None:
                return await self._stored(conversation, locator, incoming) or self._unstored(conversation, incoming)
        return None

    async def _around(self, channel: str, locator: Locator) -> IncomingMessage | None:
        near = await self._server.message_at(channel, locator.second * 1000)
        raw = await self._server.context(channel, near, _NEIGHBOURS)
        nearby = await self._decoder.context(raw, self._ledger.own_user_id)
        own = self._ledger.own_user_id
        same_second = [
            message
            for message in nearby
            if message.time_ms // 1000 == locator.second and (message.sender == own) == locator.is_self
        ]
        exact = [message for message in same_second if locator.number and message.rand == locator.number]
        # The server wipes the number of a revoked message: then the second must be enough to know it.
        wiped = [message for message in same_second if message.revoked_by] if locator.is_revoked else []
        return exact[0] if exact else wiped[0] if len(wiped) == 1 else None

    async def _stored(
        self, conversation: ConversationId, locator: Locator, incoming: IncomingMessage
    ) -> Message | None:
        """Bring it into the store by loading history down to it, if that is not too much."""
        try:
            await self._history.reach(conversation, incoming.time_ms, _REACH_PAGES)
        except (NetworkError, ServerError) as error:
            _log.info("History could not be loaded: %s", error)
        return await self._ledger.database.read(messages.by_message_id, incoming.message_id)

    def _unstored(self, conversation: ConversationId, incoming: IncomingMessage) -> Message:
        return Message(
            key=0,
            conversation=conversation,
            position=0,
            sender=incoming.sender,
            sender_name=localpart(incoming.sender),
            is_self=incoming.sender == self._ledger.own_user_id,
            time_ms=incoming.time_ms,
            state=MessageState.REVOKED if incoming.revoked_by else MessageState.SYNCED,
            elements=incoming.elements,
            message_id=incoming.message_id,
            rand=incoming.rand,
            client_time_ms=incoming.client_time_ms,
            revoked_by=incoming.revoked_by,
            revoke_reason=incoming.revoke_reason,
            priority=incoming.priority,
            cloud_custom=incoming.cloud_custom,
            mentions=incoming.mentions,
            is_forwarded=incoming.is_forwarded,
        )
