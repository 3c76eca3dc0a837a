"""Pages of older messages: from the store, and where the store has a gap, from the server through the store.

Loop thread only. Two timelines of one conversation may ask at once; a lock per conversation keeps a gap from being
filled twice.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from chatdesk.core.decoder import Decoder
from chatdesk.core.ledger import Ledger
from chatdesk.domain.changes import Changes, Gap
from chatdesk.domain.errors import Forbidden
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message
from chatdesk.store import messages
from chatdesk.store.sync import apply_history, drop_gap

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver


class History:
    def __init__(self, ledger: Ledger, server: Homeserver, decoder: Decoder) -> None:
        self._ledger = ledger
        self._server = server
        self._decoder = decoder
        self._locks: defaultdict[ConversationId, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def older(self, conversation: ConversationId, before: int, limit: int) -> tuple[tuple[Message, ...], bool]:
        """Up to `limit` messages below position `before`, oldest first, and whether the start is reached.

        Raises NetworkError or ServerError when the store does not have them and the server cannot be asked.
        """
        async with self._locks[conversation]:
            while True:
                page, gap = await self._ledger.database.read(messages.page, conversation, before, limit)
                if gap is None:
                    return page, len(page) < limit
                if page:
                    return page, False
                await self._fill(gap, limit)

    async def _fill(self, gap: Gap, limit: int) -> None:
        """Ask the server for one page; what it brings is published like everything else."""
        try:
            raw = await self._server.history(gap.channel, gap.token, limit)
        except Forbidden:
            # No longer allowed to read (kicked, banned): what is here is all there is.
            await self._ledger.database.write(drop_gap, gap.id)
            return
        page = await self._decoder.history_page(raw, self._ledger.own_user_id)
        changes = await self._ledger.database.write(apply_history, gap, page, self._ledger.own_user_id)
        # The asking timeline reads its page from the store: the new messages are older than every open window.
        self._ledger.publish(Changes(conversations=changes.conversations, messages=changes.messages))
