"""One worker thread that turns the server's bytes into domain objects, so that a big answer never stops the loop.

What it needs is loaded in that thread too: nothing of the network layer is needed for the first paint.
"""

from chatdesk.domain.changes import HistoryPage, SyncBatch
from chatdesk.domain.messages import IncomingEdit, IncomingMessage, IncomingReaction
from chatdesk.domain.worker import Worker


class Decoder:
    def __init__(self) -> None:
        self._worker = Worker("decoder")

    async def sync_batch(self, raw: bytes, own_user_id: str) -> SyncBatch:
        return await self._worker.call(_sync_batch, raw, own_user_id)

    async def history_page(self, raw: bytes, own_user_id: str) -> HistoryPage:
        return await self._worker.call(_history_page, raw, own_user_id)

    async def context(self, raw: bytes, own_user_id: str) -> tuple[IncomingMessage, ...]:
        return await self._worker.call(_context, raw, own_user_id)

    async def single(self, raw: bytes) -> tuple[IncomingMessage | None, tuple[IncomingEdit, ...]]:
        return await self._worker.call(_single, raw)

    async def relations(self, raw: bytes) -> tuple[tuple[IncomingEdit, ...], tuple[IncomingReaction, ...], str]:
        return await self._worker.call(_relations, raw)

    def close(self) -> None:
        self._worker.stop()


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
