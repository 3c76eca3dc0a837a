"""Pins, mutes and marks: shown here at once, told to the server when it can be, so that every device agrees. Loop
thread only.

What is wished stands in the store until the server has it: it survives a lost line and the end of the program, and
many changes of mind become one request.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line, backoff_s
from chatdesk.domain.changes import Connection, ConnectionKind
from chatdesk.domain.conversations import Sign
from chatdesk.domain.errors import ChatdeskError, NetworkError, RateLimited, SessionEnded, TemporaryServerError
from chatdesk.store import signs

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.core.receipts import Receipts
    from chatdesk.domain.ids import ConversationId
    from chatdesk.matrix.homeserver import Homeserver

_log = logging.getLogger(__name__)


class Signs:
    def __init__(self, ledger: Ledger, server: Homeserver, line: Line, receipts: Receipts) -> None:
        self._ledger = ledger
        self._server = server
        self._line = line
        self._receipts = receipts
        self._has_news = asyncio.Event()
        line.states.subscribe(self._on_line)

    async def set(self, conversation: ConversationId, sign: Sign, is_set: bool) -> None:
        if await self._ledger.conversation(signs.wish, conversation, sign, is_set):
            self._has_news.set()

    async def mark_read(self, conversation: ConversationId, is_marked: bool) -> None:
        """Everything in it is read. `is_marked`: it was marked as unread by hand, which ends too."""
        await self._receipts.mark_all_read(conversation)
        if is_marked:
            await self.set(conversation, Sign.UNREAD, False)

    async def run(self) -> None:
        """Tell the server, for as long as the session lives."""
        self._has_news.set()  # what an earlier run of the program left
        attempt = 0
        while True:
            await self._has_news.wait()
            self._has_news.clear()
            try:
                await self._report()
                attempt = 0
            except RateLimited as error:
                self._has_news.set()
                await asyncio.sleep(error.retry_after_s)
            except (NetworkError, TemporaryServerError) as error:
                _log.info("The server could not be told yet: %s", error)
                self._has_news.set()
                await self._line.pause(backoff_s(attempt))
                attempt += 1
            except SessionEnded:
                attempt = 0  # after the next login the line comes back

    def _on_line(self, state: Connection) -> None:
        if state.kind is ConnectionKind.ONLINE:
            self._has_news.set()

    async def _report(self) -> None:
        for conversation, sign, is_set, channels in await self._ledger.database.read(signs.unreported):
            for channel in channels:
                try:
                    await self._server.account.set_sign(channel, sign, is_set)
                except (NetworkError, TemporaryServerError, RateLimited, SessionEnded):
                    raise
                except ChatdeskError as error:  # it will never take it (the account left, say)
                    _log.warning("A %s conversation is so on this device only: %s", sign.value, error)
            await self._ledger.database.write(signs.settle, conversation, sign, is_set, channels)
