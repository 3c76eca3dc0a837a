"""One file to exactly one path, outside the list of downloads; and what every fetch shares: retries, the meter.

Loop thread only; the disk is touched in worker threads.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from chatdesk.core import files
from chatdesk.core.fetching import Tell, check_target, fetch_into, write_into
from chatdesk.core.line import Line, backoff_s
from chatdesk.core.to_the_end import to_the_end
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import (
    NetworkError,
    NotFound,
    RateLimited,
    TargetExists,
    TemporaryServerError,
    TransferCancelled,
)
from chatdesk.domain.wording import Sentence

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

TRIES = 3
_TELL_EVERY_S = 0.1
_RATE_WINDOW_S = 1.0
_MOST_PICTURE_BYTES = 32 << 20

T = TypeVar("T")


class SingleFetches:
    def __init__(self, server: Homeserver, line: Line) -> None:
        self._server = server
        self._line = line
        self._fetching: set[Path] = set()
        self._running: dict[str, set[asyncio.Future[Path]]] = {}
        """By the file's address."""

    def cancel(self, uri: str) -> None:
        """The message of this file was taken back."""
        for work in self._running.get(uri, ()):
            work.cancel()

    async def close(self) -> None:
        running = tuple(work for works in self._running.values() for work in works)
        for work in running:
            work.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def fetch(
        self,
        media: Media,
        path: Path,
        on_progress: Tell = lambda _received, _total: None,
        fit: tuple[int, int] | None = None,
    ) -> Path:
        """Fetch a file to exactly this path, outside the list of downloads; the path when it is there, whole.

        Until then only a `.part` file beside it exists, which goes away on any failure. `fit`: not the file itself but
        the server's picture of it, at least of this (width, height). `on_progress` is called at most ten times a second
        and once in the end. Raises TargetExists, TargetMissing, TargetNotWritable, TargetDiskFull, DamagedFile,
        TransferCancelled (its message was revoked meanwhile), NotFound and other ServerErrors, NetworkError.
        """
        path = await asyncio.to_thread(path.absolute)
        await asyncio.to_thread(check_target, path)
        if not media.uri:
            raise NotFound("This file was never on the server.")
        if path in self._fetching:
            raise TargetExists(Sentence("“{name}” is being downloaded already.", name=path.name))
        self._fetching.add(path)
        work = asyncio.ensure_future(self._fetch_to(media, path, on_progress, fit))
        self._running.setdefault(media.uri, set()).add(work)
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            if not work.cancelled():  # the caller gave up, not we
                work.cancel()
                await asyncio.wait([work])
                raise
            raise TransferCancelled("The message was taken back, so its file is not downloaded.") from None
        finally:
            self._fetching.discard(path)
            running = self._running[media.uri]
            running.discard(work)
            if not running:
                del self._running[media.uri]

    async def _fetch_to(self, media: Media, path: Path, on_progress: Tell, fit: tuple[int, int] | None) -> Path:
        here = asyncio.get_running_loop()
        meter = Meter()

        def tell(received: int, total: int) -> None:
            if meter.is_due(received):
                here.call_soon_threadsafe(report, received, total)

        def report(received: int, total: int) -> None:
            if not is_there:
                on_progress(received, total)

        is_there = False

        async def attempt() -> int:
            if fit is None:
                return (await self._server.apart.run(fetch_into(self._server, media, path, tell))).size
            data = await self._server.thumbnail(media.uri, *fit, _MOST_PICTURE_BYTES)
            await write_into(path, data)
            return len(data)

        try:
            await asyncio.to_thread(files.discard, path)  # whose ever it was: not of this fetch
            size = await with_retries(attempt, self._line)
            _, is_unwanted = await to_the_end(asyncio.to_thread(files.finish_exactly, path))
            if is_unwanted:
                await to_the_end(asyncio.to_thread(files.remove, path))
                raise asyncio.CancelledError
        except BaseException:
            await to_the_end(asyncio.to_thread(files.discard, path))
            raise
        is_there = True
        on_progress(size, size)
        return path


class Meter:
    """When to tell about progress, and how fast it goes (bytes per second over about a second)."""

    def __init__(self) -> None:
        self.rate = 0.0
        self._told_s = self._window_s = time.monotonic()
        self._window_bytes = 0

    def is_due(self, received: int) -> bool:
        now = time.monotonic()
        if now - self._window_s >= _RATE_WINDOW_S:
            self.rate = (received - self._window_bytes) / (now - self._window_s)
            self._window_s, self._window_bytes = now, received
        if now - self._told_s < _TELL_EVERY_S:
            return False
        self._told_s = now
        return True


async def with_retries(attempt: Callable[[], Awaitable[T]], line: Line) -> T:
    """Three tries with growing pauses, at once when the line comes back; what the last one raised."""
    tries = 0
    while True:
        try:
            return await attempt()
        except RateLimited as error:
            await asyncio.sleep(error.retry_after_s)
        except (NetworkError, TemporaryServerError):
            tries += 1
            if tries == TRIES:
                raise
            await line.pause(backoff_s(tries))
