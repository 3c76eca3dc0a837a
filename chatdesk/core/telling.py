"""Telling the server what already holds here, again and again until it has it. Loop thread only.

What is to be told stands in the store, so it survives a lost line and the end of the program; this owns only whether
there may be something new.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import cached_property

from chatdesk.core.line import Line, backoff_s
from chatdesk.domain.changes import Connection, ConnectionKind
from chatdesk.domain.errors import ChatdeskError, NetworkError, RateLimited, SessionEnded, TemporaryServerError

_PASSING = (NetworkError, TemporaryServerError, RateLimited, SessionEnded)
_log = logging.getLogger(__name__)


class Telling:
    """`tell` sends everything that the server has not yet; what of it fails for now is raised."""

    def __init__(self, line: Line, tell: Callable[[], Awaitable[None]]) -> None:
        self._line = line
        self._tell = tell
        line.states.subscribe(self._on_line)

    @cached_property
    def _has_news(self) -> asyncio.Event:
        return asyncio.Event()

    def wake(self) -> None:
        self._has_news.set()

    async def run(self) -> None:
        """For as long as the session lives; begins with what an earlier run of the program left."""
        self.wake()
        attempt = 0
        while True:
            await self._has_news.wait()
            self._has_news.clear()
            try:
                await self._tell()
                attempt = 0
            except RateLimited as error:
                self.wake()
                await asyncio.sleep(error.retry_after_s)
            except (NetworkError, TemporaryServerError) as error:
                _log.info("The server could not be told yet: %s", error)
                self.wake()
                await self._line.pause(backoff_s(attempt))
                attempt += 1
            except SessionEnded:
                attempt = 0  # after the next login the line comes back

    def _on_line(self, state: Connection) -> None:
        if state.kind is ConnectionKind.ONLINE:
            self.wake()


async def unless_refused(request: Awaitable[None], what: str) -> None:
    """What the server will never take (the account left, say) holds on this device only; passing trouble is raised."""
    try:
        await request
    except _PASSING:
        raise
    except ChatdeskError as error:
        _log.warning("The other devices are not told of %s: %s", what, error)
