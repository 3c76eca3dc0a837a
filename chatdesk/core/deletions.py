"""Deleting messages on this device, with an undo: hidden at once, emptied when that is over. Loop thread only.

With `everywhere` every chatdesk of this account does the same: their ids travel in the account's data. The list is
written in the background, again and again until the server has it; it survives the end of the program.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line, backoff_s
from chatdesk.core.task_set import TaskSet
from chatdesk.domain.errors import ChatdeskError, NetworkError, RateLimited, SessionEnded, TemporaryServerError
from chatdesk.store import conversations, deletions
from chatdesk.store.database import StoreConnection
from chatdesk.store.touched import affected

if TYPE_CHECKING:  # the network layer loads after the first paint
    from collections.abc import Callable

    from chatdesk.domain.changes import Changes
    from chatdesk.domain.ids import ConversationId
    from chatdesk.matrix.homeserver import Homeserver

_log = logging.getLogger(__name__)


class Deletions:
    def __init__(
        self,
        ledger: Ledger,
        server: Homeserver,
        line: Line,
        tasks: TaskSet,
        wake: Callable[[ConversationId], None],
    ) -> None:
        """`wake`: something in this conversation may leave now."""
        self._ledger = ledger
        self._server = server
        self._line = line
        self._tasks = tasks
        self._wake = wake
        self._has_news = asyncio.Event()

    async def open(self) -> None:
        """Finish here what was still to be undone when the program ended."""
        await self._ledger.database.write(deletions.finish_leftovers)

    async def hide(self, keys: Sequence[int]) -> None:
        """Gone at once, but everything is kept for `undo`. Own messages that have not left wait."""
        await self._ledger.delete(deletions.hide, keys)

    async def undo(self, keys: Sequence[int]) -> None:
        """Everything hidden is there again; what was finished already stays deleted."""

        def work(connection: StoreConnection) -> Changes:
            shown = deletions.undo(connection, keys)
            pks = conversations.of_messages(connection, shown)
            return affected(connection, shown, pks, self._ledger.own_user_id)

        changes = await self._ledger.apply(work)
        for conversation in {message.conversation for message in changes.messages}:
            self._wake(conversation)

    async def finish(self, keys: Sequence[int], everywhere: bool) -> None:
        """Delete for good on this device; `everywhere`: also on the account's other devices with chatdesk.

        Messages that only this device has (imported, saved) go here, whatever is asked.
        """
        await self._ledger.delete(deletions.finish, keys, everywhere)
        if everywhere:
            self._has_news.set()

    async def run(self) -> None:
        """Tell the other devices, for as long as the session lives."""
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
                _log.info("The other devices could not be told yet: %s", error)
                self._has_news.set()
                await self._line.pause(backoff_s(attempt))
                attempt += 1
            except SessionEnded:
                return

    async def _report(self) -> None:
        for channel, ids in await self._ledger.database.read(deletions.unreported):
            try:
                await self._server.add_hidden(channel, ids)
            except (NetworkError, TemporaryServerError, RateLimited, SessionEnded):
                raise
            except ChatdeskError as error:  # it will never take it (the account left, say)
                _log.warning("The other devices cannot be told: %s", error)
            await self._ledger.database.write(deletions.set_reported, ids)
