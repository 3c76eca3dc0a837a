"""Pins, mutes and marks: shown here at once, told to the server when it can be, so that every device agrees. Loop
thread only.

What is wished stands in the store until the server has it: it survives a lost line and the end of the program, and
many changes of mind become one request.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line
from chatdesk.core.telling import Telling, unless_refused
from chatdesk.domain.clock import now_ms
from chatdesk.domain.conversations import Sign
from chatdesk.store import signs

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.core.receipts import Receipts
    from chatdesk.domain.ids import ConversationId
    from chatdesk.matrix.homeserver import Homeserver

_LONGEST_REST_S = 60.0


class Signs:
    def __init__(self, ledger: Ledger, server: Homeserver, line: Line, receipts: Receipts) -> None:
        self._ledger = ledger
        self._server = server
        self._receipts = receipts
        self._telling = Telling(line, self._tell)
        self.run = self._telling.run
        self._is_muted_anew = asyncio.Event()

    async def set(self, conversation: ConversationId, sign: Sign, is_set: bool, until_ms: int = 0) -> None:
        """`until_ms`: when a muting ends by itself, on this device or as soon as it runs again; 0 for never."""
        if await self._ledger.conversation(signs.wish, conversation, sign, is_set, until_ms):
            self._telling.wake()
            self._is_muted_anew.set()

    async def end_mutings(self) -> None:
        """At their time, for as long as the session lives."""
        while True:
            self._is_muted_anew.clear()
            first = await self._ledger.database.read(signs.next_unmuted)
            if first is not None and first[1] <= now_ms():
                await self.set(first[0], Sign.MUTED, False)
                continue
            # Looked at anew now and then: a computer that slept has not counted the time.
            rest_s = _LONGEST_REST_S if first is None else min((first[1] - now_ms()) / 1000, _LONGEST_REST_S)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._is_muted_anew.wait(), rest_s)

    async def mark_read(self, conversation: ConversationId, is_marked: bool) -> None:
        """Everything in it is read. `is_marked`: it was marked as unread by hand, which ends too."""
        await self._receipts.mark_all_read(conversation)
        if is_marked:
            await self.set(conversation, Sign.UNREAD, False)

    async def _tell(self) -> None:
        for conversation, sign, is_set, channels in await self._ledger.database.read(signs.unreported):
            for channel in channels:
                request = self._server.account.set_sign(channel, sign, is_set)
                await unless_refused(request, f"a {sign.value} conversation")
            await self._ledger.database.write(signs.settle, conversation, sign, is_set, channels)
