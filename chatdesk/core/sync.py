"""The sync loop: long poll -> bytes -> decoder thread -> one transaction -> one publication. Loop thread only.

It is also what knows whether the line is up, and tells the Line. A bad channel was skipped in decode and is logged; a
failing write aborts the transaction with its token, so nothing is lost and the same answer is asked for again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from chatdesk.core.decoder import Decoder
from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line, backoff_s
from chatdesk.domain.changes import Connection, ConnectionKind
from chatdesk.domain.clock import now_ms
from chatdesk.domain.errors import (
    ChatdeskError,
    NetworkError,
    RateLimited,
    ServerError,
    SessionEnded,
    TemporaryServerError,
)
from chatdesk.domain.wording import Sentence
from chatdesk.store import settings
from chatdesk.store.sync import SYNC_TOKEN, apply_sync

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

POLL_MS = 30_000
_FIRST_TIMELINE = 10
"""Messages per channel on the very first sync: small, because the server's work grows with it (design measurements:
200 channels cost 12 s of server CPU at 50, 2 s at 1)."""
_TIMELINE = 50
_FIRST_FILTER = "filter_first_5"
_FILTER = "filter_5"
"""Numbered: a change of what is asked for needs a new name, else the server's old filter goes on."""

_log = logging.getLogger(__name__)


class Sync:
    def __init__(
        self,
        ledger: Ledger,
        server: Homeserver,
        line: Line,
        decoder: Decoder,
        on_connected: Callable[[], None],
    ) -> None:
        self._ledger = ledger
        self._server = server
        self._line = line
        self._decoder = decoder
        self._on_connected = on_connected
        self._poll: asyncio.Task[bytes] | None = None
        line.doubts.subscribe(self._ask_again)

    async def run(self) -> None:
        """Sync for as long as the session lives; returns when the server ends it."""
        attempt = 0
        while True:
            try:
                self._line.set(Connection(ConnectionKind.CONNECTING if attempt == 0 else self._line.state.kind))
                await self._follow()
            except SessionEnded as error:
                ended = Connection(ConnectionKind.LOGGED_OUT, str(error), code=error.code, is_soft=error.is_soft)
                self._line.set(ended)
                return
            except Exception as error:
                if self._line.state.kind in (ConnectionKind.ONLINE, ConnectionKind.CATCHING_UP):
                    attempt = 0
                delay_s = error.retry_after_s if isinstance(error, RateLimited) else backoff_s(attempt)
                attempt += 1
                await self._note_failure(error)
                detail = (
                    str(error) if isinstance(error, ChatdeskError) else Sentence("Something went wrong in chatdesk.")
                )
                self._line.set(Connection(ConnectionKind.OFFLINE, detail, delay_s))
                await self._line.pause(delay_s)

    async def _note_failure(self, error: Exception) -> None:
        if isinstance(error, NetworkError):
            return
        if not isinstance(error, ChatdeskError):
            _log.error("Sync failed", exc_info=error)  # a defect: say it, and go on trying
            return
        _log.warning("Sync failed: %s", error)
        if isinstance(error, ServerError) and not isinstance(error, TemporaryServerError | RateLimited):
            # Perhaps the server no longer knows the filter it gave out.
            for name in (_FIRST_FILTER, _FILTER):
                await self._ledger.database.write(settings.remove, name)

    async def _follow(self) -> None:
        """Sync until something goes wrong."""
        token = await self._ledger.database.read(settings.get, SYNC_TOKEN, str) or ""
        is_behind = True
        while True:
            filter_id = await self._filter(is_first=not token)
            raw = await self._polled(token, 0 if is_behind else POLL_MS, filter_id)
            if is_behind:
                self._line.set(Connection(ConnectionKind.CATCHING_UP))
            batch = await self._decoder.sync_batch(raw, self._ledger.own_user_id)
            for channel, reason in batch.skipped:
                _log.warning("Skipped what could not be decoded in %s: %s", channel, reason)
            now = now_ms()
            changes = await self._ledger.database.write_relaxed(apply_sync, batch, self._ledger.own_user_id, now)
            self._ledger.publish(changes)
            token = batch.token
            if is_behind:
                is_behind = False
                self._line.set(Connection(ConnectionKind.ONLINE))
                self._on_connected()
            # A server that answers at once, again and again, must not starve the window.
            await asyncio.sleep(0)

    async def _polled(self, token: str, timeout_ms: int, filter_id: str) -> bytes:
        while True:
            self._poll = asyncio.create_task(self._server.sync(token, timeout_ms, filter_id), name="poll")
            try:
                return await self._poll
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if task is None or task.cancelling():
                    raise
                timeout_ms = 0  # only the poll was ended: ask at once
            finally:
                self._poll.cancel()
                self._poll = None

    def _ask_again(self, _: None) -> None:
        """Somebody was told that this session has ended: a poll that is under way would learn it in half a minute."""
        if self._poll is not None:
            self._poll.cancel()

    async def _filter(self, is_first: bool) -> str:
        name, limit = (_FIRST_FILTER, _FIRST_TIMELINE) if is_first else (_FILTER, _TIMELINE)
        known = await self._ledger.database.read(settings.get, name, str)
        if known is None:
            known = await self._server.create_filter(limit)
            await self._ledger.database.write(settings.put, name, known)
        return known
