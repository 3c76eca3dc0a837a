"""Read reports: what was shown is read here at once, and the server is told when it can be. Loop thread only.

What still has to be reported is the difference of two positions in the store, so it survives a crash and many reports
of one conversation become one request for its newest message.
"""

from __future__ import annotations

import asyncio
import logging
from functools import cached_property
from typing import TYPE_CHECKING

from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line, backoff_s
from chatdesk.core.task_set import TaskSet
from chatdesk.domain.changes import Changes
from chatdesk.domain.errors import (
    ChatdeskError,
    NetworkError,
    NotFound,
    RateLimited,
    SessionEnded,
    TemporaryServerError,
)
from chatdesk.domain.ids import ConversationId
from chatdesk.store import conversations, messages
from chatdesk.store.database import StoreConnection

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

_log = logging.getLogger(__name__)


class Receipts:
    """`is_public`: others see how far the account has read; else only its own devices do."""

    def __init__(self, ledger: Ledger, server: Homeserver, line: Line, tasks: TaskSet) -> None:
        self._ledger = ledger
        self._server = server
        self._line = line
        self._tasks = tasks
        self.is_public = True
        ledger.changes.subscribe(self._on_changes)

    @cached_property
    def _something_read(self) -> asyncio.Event:
        return asyncio.Event()

    def shown(self, conversation: ConversationId, key: int) -> None:
        """The message was shown long enough in an active window: it and everything before it is read."""
        self._tasks.spawn(self.mark_read(conversation, key), "marking as read")

    async def mark_read(self, conversation: ConversationId, key: int) -> None:
        if await self._ledger.conversation(_mark_message_read, conversation, key):
            self._something_read.set()

    async def mark_all_read(self, conversation: ConversationId) -> None:
        """Everything up to the newest message is read."""
        if await self._ledger.conversation(_mark_newest_read, conversation):
            self._something_read.set()

    def _on_changes(self, changes: Changes) -> None:
        if any(message.is_self for message in changes.messages):
            self._something_read.set()  # an own answer counts as reading

    async def report(self, conversation: ConversationId, until_ms: int | None) -> None:
        """Everything up to a time is read (None: everything); returns when the server has it.

        Nothing to do when nothing is that old. Raises NotFound for an unknown conversation, and NetworkError or
        ServerError when the server cannot be told now; a lost line does not lose the report, it is sent later.
        """
        if await self._ledger.database.read(conversations.find, conversation) is None:
            raise NotFound("There is no such conversation here.")
        position = await self._ledger.database.read(messages.position_at, conversation, until_ms)
        if position is None:
            return
        if await self._ledger.conversation(messages.mark_read, conversation, position):
            self._something_read.set()
        for channel, message_id, _ in await self._ledger.database.read(messages.newest_ids, conversation, position):
            await self._tell(channel, message_id)
        await self._ledger.database.write(messages.set_reported, conversation, position)

    async def read_positions(self, conversation: ConversationId) -> dict[str, int]:
        """User id -> position up to which that user has read, as far as known; see `domain.receipts.readers`."""
        found = await self._ledger.database.read(messages.read_positions, conversation)
        return {receipt.user_id: receipt.position for receipt in found}

    async def _tell(self, channel: str, message_id: str) -> None:
        while True:
            try:
                await self._server.mark_read(channel, message_id, self.is_public)
                return
            except RateLimited as error:
                await asyncio.sleep(error.retry_after_s)

    async def run(self) -> None:
        """Report what was read, for as long as the session lives."""
        while True:
            self._something_read.clear()
            await self._report_all()
            await self._something_read.wait()

    async def _report_all(self) -> None:
        for conversation, position, newest in await self._ledger.database.read(messages.unreported):
            for channel, message_id in newest:
                if not await self._report(channel, message_id):
                    return
            await self._ledger.database.write(messages.set_reported, conversation, position)

    async def _report(self, channel: str, message_id: str) -> bool:
        attempt = 0
        while True:
            try:
                await self._server.mark_read(channel, message_id, self.is_public)
            except RateLimited as error:
                await asyncio.sleep(error.retry_after_s)
            except SessionEnded:
                return False
            except (NetworkError, TemporaryServerError):
                await self._line.pause(backoff_s(attempt))
                attempt += 1
            except ChatdeskError as error:  # refused, e.g. no longer a member: nothing to repeat
                _log.info("Read report refused: %s", error)
                return True
            else:
                return True


def _mark_newest_read(connection: StoreConnection, conversation: ConversationId) -> int | None:
    pk = conversations.find(connection, conversation)
    position = 0 if pk is None else conversations.newest_position(connection, pk)
    return messages.mark_read(connection, conversation, position)


def _mark_message_read(connection: StoreConnection, conversation: ConversationId, key: int) -> int | None:
    message = messages.get(connection, key)
    if message is None or message.is_echo:
        return _mark_newest_read(connection, conversation)
    return messages.mark_read(connection, conversation, message.position)
