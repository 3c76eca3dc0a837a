"""The line to the server: whether it is up, and how long to wait before trying again. Loop thread only.

The sync loop reports; everybody else who must send waits here instead of polling on its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from functools import cached_property

from chatdesk.core.feed import Feed
from chatdesk.domain.changes import Connection, ConnectionKind

FIRST_DELAY_S = 1.0
LONGEST_DELAY_S = 30.0


def backoff_s(attempt: int) -> float:
    """Seconds before try number `attempt` (0 is the first repetition): doubling, capped, spread by a quarter so that
    many clients do not come back in one instant."""
    delay = min(LONGEST_DELAY_S, FIRST_DELAY_S * float(1 << min(attempt, 10)))
    return delay * random.uniform(0.75, 1.0)


class Line:
    def __init__(self) -> None:
        self.states: Feed[Connection] = Feed()
        self.doubts: Feed[None] = Feed()
        """The server has just refused this session to somebody else than the sync."""
        self.state = Connection(ConnectionKind.CONNECTING)

    @cached_property
    def _wake(self) -> asyncio.Event:
        return asyncio.Event()

    def set(self, state: Connection) -> None:
        was, self.state = self.state, state
        if state.kind is ConnectionKind.ONLINE and was.kind is not ConnectionKind.ONLINE:
            self.hurry()
        if state != was:
            self.states.publish(state)

    def hurry(self) -> None:
        """End every pause now: the line is back, or the user wants to try."""
        self._wake.set()
        self._wake = asyncio.Event()

    async def pause(self, seconds: float) -> None:
        """Wait, but not longer than until the line comes back."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)
