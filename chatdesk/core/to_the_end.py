"""Work that nothing interrupts once it has begun: what a thread does to a file cannot be stopped half-way.

Loop thread only. Whoever waits learns what came of it and whether somebody gave up meanwhile; what that means is theirs
to say.
"""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


async def to_the_end(work: Awaitable[T]) -> tuple[T, bool]:
    """What came of it, and whether this was cancelled before it was there. Raises what the work raises."""
    running = asyncio.ensure_future(work)
    is_unwanted = False
    while not running.done():
        try:
            await asyncio.wait([running])
        except asyncio.CancelledError:
            is_unwanted = True
    return running.result(), is_unwanted
