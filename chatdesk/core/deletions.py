"""Deleting messages on this device, with an undo: hidden at once, emptied when that is over. Loop thread only.

With `everywhere` every chatdesk of this account does the same: their ids travel in the account's data. The list is
written in the background, again and again until the server has it; it survives the end of the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line
from chatdesk.core.telling import Telling, unless_refused
from chatdesk.store import conversations, deletions
from chatdesk.store.database import StoreConnection
from chatdesk.store.touched import affected

if TYPE_CHECKING:  # the network layer loads after the first paint
    from collections.abc import Callable

    from chatdesk.domain.changes import Changes
    from chatdesk.domain.ids import ConversationId
    from chatdesk.matrix.homeserver import Homeserver


class Deletions:
    def __init__(
        self,
        ledger: Ledger,
        server: Homeserver,
        line: Line,
        wake: Callable[[ConversationId], None],
    ) -> None:
        """`wake`: something in this conversation may leave now."""
        self._ledger = ledger
        self._server = server
        self._wake = wake
        self._telling = Telling(line, self._tell)
        self.run = self._telling.run

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
            self._telling.wake()

    async def _tell(self) -> None:
        for channel, ids in await self._ledger.database.read(deletions.unreported):
            await unless_refused(self._server.add_hidden(channel, ids), "a deletion")
            await self._ledger.database.write(deletions.set_reported, ids)
