"""Pages of older messages: from the store, and where the store has a gap, from the server through the store.

Loop thread only. Two timelines of one conversation may ask at once; a lock per conversation keeps a gap from being
filled twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from chatdesk.core.decoder import Decoder
from chatdesk.core.ledger import Ledger
from chatdesk.domain.changes import Changes, Gap
from chatdesk.domain.errors import Forbidden, NetworkError, TemporaryServerError
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message
from chatdesk.store import holdings, messages
from chatdesk.store.messages import ALWAYS_MS, TOP, Selection
from chatdesk.store.sync import apply_history

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver
_FILL = 20
_MOST_FILL = 100
"""Messages asked from the server at once."""

_log = logging.getLogger(__name__)


class History:
    def __init__(self, ledger: Ledger, server: Homeserver, decoder: Decoder) -> None:
        self._ledger = ledger
        self._server = server
        self._decoder = decoder
        self._locks: defaultdict[ConversationId, asyncio.Lock] = defaultdict(lambda: asyncio.Lock())

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

    async def newer(self, conversation: ConversationId, after: int, limit: int) -> tuple[tuple[Message, ...], bool]:
        """Up to `limit` messages above position `after`, oldest first, and whether the newest is among them.

        At a gap one page is asked from the server, and as a gap fills from its upper end there may be nothing yet: ask
        again. Raises NetworkError or ServerError.
        """
        async with self._locks[conversation]:
            page, gap = await self._ledger.database.read(messages.page_newer, conversation, after, limit)
            if gap is None:
                return page, len(page) < limit
            if not page:
                await self._fill(gap, _MOST_FILL)
            return page, False

    async def page(
        self,
        conversation: ConversationId,
        *,
        anchor: int | None = None,
        count: int,
        newer: bool = False,
        roaming: bool = False,
        from_ms: int = 0,
        until_ms: int = ALWAYS_MS,
        kinds: Collection[str] = (),
        seqs: Sequence[int] | None = None,
        tips: bool = True,
    ) -> tuple[Message, ...]:
        """Up to `count` messages next to position `anchor` (excluded), older or `newer` ones, always oldest first.

        Without an anchor: the newest; with `newer` the oldest of the time range, if one is given. `roaming`: what is
        missing here is asked from the server first, so that pages meet; when it cannot be reached, what is here must
        do. `from_ms` <= time < `until_ms`. `kinds`: at least one element has one of these tags (see
        `domain.elements.kind_of`). Not `tips`: nothing of what the system writes. `seqs` wins over everything else: the
        messages at these positions. Revoked messages are there, deleted ones are not.
        """
        if seqs is not None:
            return await self._ledger.database.read(messages.at_positions, conversation, seqs)
        starts_low = newer and (anchor is not None or from_ms > 0)
        wanted = Selection(
            count=max(count, 0),
            above=anchor if starts_low and anchor is not None else 0,
            below=TOP if anchor is None or starts_low else anchor,
            newer=starts_low,
            from_ms=from_ms,
            until_ms=until_ms,
            kinds=frozenset(kinds),
            tips=tips,
        )
        async with self._locks[conversation]:
            while True:
                found = await self._ledger.database.read(messages.select, conversation, wanted)
                if not roaming:
                    return found
                gap = await self._missing(conversation, wanted, found)
                if gap is None:
                    return found
                try:
                    await self._fill(gap, max(_FILL, min(wanted.count, _MOST_FILL)))
                except (NetworkError, TemporaryServerError) as error:
                    _log.info("Only what is here, since the server cannot be asked: %s", error)
                    return found

    async def _missing(self, conversation: ConversationId, wanted: Selection, found: Sequence[Message]) -> Gap | None:
        """The gap to fill next so that `found` is right; None when it is."""
        is_full = len(found) >= wanted.count
        if wanted.newer:
            # From the low end on nothing may be missing, and a gap fills from its upper end.
            high = found[-1].position if is_full and found else TOP
            return await self._ledger.database.read(
                messages.gap_between, conversation, wanted.above, high, newest=False, until_ms=wanted.until_ms
            )
        low = found[0].position if is_full and found else 0
        return await self._ledger.database.read(
            messages.gap_between, conversation, low, wanted.below, newest=True, from_ms=wanted.from_ms
        )

    async def raw(self, key: int) -> bytes:
        """What the server sent for a message, as it came; empty for what it never sent and for what was revoked."""
        return await self._ledger.database.read(messages.raw, key)

    async def raw_edits(self, key: int) -> tuple[bytes, ...]:
        """The same for the edits of a message, oldest first."""
        return await self._ledger.database.read(messages.raw_edits, key)

    async def reach(self, conversation: ConversationId, time_ms: int, pages: int) -> bool:
        """Load history down to a time, but at most so many pages of it; whether all of it is here now."""
        async with self._locks[conversation]:
            for _ in range(pages):
                gap = await self._ledger.database.read(
                    messages.gap_between, conversation, 0, TOP, newest=True, from_ms=time_ms
                )
                if gap is None:
                    return True
                await self._fill(gap, _MOST_FILL)
        return False

    async def fill_newest(self, conversation: ConversationId) -> int | None:
        """One page into the newest gap: how many messages it brought; None when there is no gap to fill.

        Raises NetworkError or ServerError.
        """
        async with self._locks[conversation]:
            gap = await self._ledger.database.read(messages.gap_between, conversation, 0, TOP, newest=True)
            return None if gap is None else await self._fill(gap, _MOST_FILL)

    async def _fill(self, gap: Gap, limit: int) -> int:
        """Ask the server for one page; what it brings is published like everything else. How many messages came."""
        try:
            raw = await self._server.history(gap.channel, gap.token, limit)
        except Forbidden:
            # No longer allowed to read (kicked, banned): what is here is all there is.
            await self._ledger.database.write(holdings.refuse, gap.id)
            return 0
        page = await self._decoder.history_page(raw, self._ledger.own_user_id)
        changes = await self._ledger.database.write(apply_history, gap, page, self._ledger.own_user_id)
        # The asking timeline reads its page from the store: the new messages are older than every open window.
        self._ledger.publish(
            Changes(conversations=changes.conversations, messages=changes.messages, resets=changes.resets)
        )
        return sum(not message.is_tip for message in changes.messages)
