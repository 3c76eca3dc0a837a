"""One worker thread that turns the server's bytes into domain objects, so that a big answer never stops the loop.

What it needs is loaded in that thread too: nothing of the network layer is needed for the first paint.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from chatdesk.domain.changes import HistoryPage, SyncBatch
from chatdesk.domain.messages import IncomingEdit, IncomingMessage, IncomingReaction


class Decoder:
    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "decoder")

    async def sync_batch(self, raw: bytes, own_user_id: str) -> SyncBatch:
        return await asyncio.get_running_loop().run_in_executor(self._thread, _sync_batch, raw, own_user_id)

    async def history_page(self, raw: bytes, own_user_id: str) -> HistoryPage:
        return await asyncio.get_running_loop().run_in_executor(self._thread, _history_page, raw, own_user_id)

    async def context(self, raw: bytes, own_user_id: str) -> tuple[IncomingMessage, ...]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, _context, raw, own_user_id)

    async def single(self, raw: bytes) -> tuple[IncomingMessage | None, tuple[IncomingEdit, ...]]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, _single, raw)

    async def relations(self, raw: bytes) -> tuple[tuple[IncomingEdit, ...], tuple[IncomingReaction, ...], str]:
        return await asyncio.get_running_loop().run_in_executor(self._thread, _relations, raw)

    def close(self) -> None:
        self._thread.shutdown(wait=False)


def _sync_batch(raw: bytes, own_user_id: str) -> SyncBatch:
    from chatdesk.matrix import decode

    return decode.sync_batch(raw, own_user_id)


def _history_page(raw: bytes, own_user_id: str) -> HistoryPage:
    from chatdesk.matrix import decode

    return decode.history_page(raw, own_user_id)


def _context(raw: bytes, own_user_id: str) -> tuple[IncomingMessage, ...]:
    from chatdesk.matrix import decode

    return decode.context(raw, own_user_id)


def _single(raw: bytes) -> tuple[IncomingMessage | None, tuple[IncomingEdit, ...]]:
    from chatdesk.matrix import decode

    return decode.single(raw)


def _relations(raw: bytes) -> tuple[tuple[IncomingEdit, ...], tuple[IncomingReaction, ...], str]:
    from chatdesk.matrix import decode

    return decode.relations(raw)
