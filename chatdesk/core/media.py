"""Pictures for the eyes: small ones and whole ones, from the encrypted store, else from the server. Loop thread only.

Nothing is ever written outside the encrypted store, so a picture leaves no trace in clear on the disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.core.ledger import Ledger
from chatdesk.domain.clock import now_ms
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import (
    NetworkError,
    RateLimited,
    ServerError,
    SessionEnded,
    TemporaryServerError,
    TooLarge,
    TransferError,
)
from chatdesk.domain.wording import Sentence, because
from chatdesk.store import media as rows

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

ORIGINAL_LIMIT_BYTES = 32 << 20
"""Larger files are not held in memory to be looked at; they can be saved."""
_KEPT_BYTES = 4 << 20
"""Whole pictures up to here stay in the store."""
_SUBSTITUTE_BYTES = 8 << 20
"""Where the server has no small picture, the whole one takes its place up to here."""
Tell = Callable[[int, int], None]


class MediaCache:
    def __init__(self, ledger: Ledger, server: Homeserver) -> None:
        self._database = ledger.database
        self._server = server
        self.limit_bytes = rows.THUMBNAIL_CACHE_BYTES
        self._running: dict[tuple[str, int, int], asyncio.Task[bytes]] = {}

    async def thumbnail(self, media: Media, width: int, height: int) -> bytes:
        """An encoded picture at least as large as asked for, if the original is. Raises ChatdeskError."""
        if not media.uri:
            return await asyncio.to_thread(_read_local, Path(media.path))
        kept = await self._database.read(rows.thumbnail, media.uri, width, height)
        if kept is not None:
            return kept
        wanted = (media.uri, width, height)
        task = self._running.get(wanted)
        if task is None:
            task = asyncio.create_task(self._fetch(media.uri, width, height), name="fetching a picture")
            self._running[wanted] = task
            task.add_done_callback(lambda task: self._ended(wanted, task))
        await asyncio.wait([task])  # who gives up does so for themselves alone
        return task.result()

    async def original(self, media: Media, on_progress: Tell | None = None, limit: int = ORIGINAL_LIMIT_BYTES) -> bytes:
        """A whole file, to be looked at. `on_progress(received, total or 0)`. Raises ChatdeskError; TooLarge early."""
        if not media.uri:
            return await asyncio.to_thread(_read_local, Path(media.path))
        kept = await self._database.read(rows.thumbnail, media.uri, 0, 0)
        if kept is not None:
            return kept
        if media.size > limit:
            raise TooLarge(Sentence("“{name}” is too large to show here.", name=media.name))
        parts: list[bytes] = []
        received = 0
        async with self._server.download(media.uri) as stream:
            total = stream.total or media.size
            async for chunk in stream.chunks():
                parts.append(chunk)
                received += len(chunk)
                if received > limit:
                    raise TooLarge(Sentence("“{name}” is too large to show here.", name=media.name))
                if on_progress is not None:
                    on_progress(received, total)
        if stream.total and received != stream.total:
            raise NetworkError("The connection broke before the whole file was there. Try again.")
        data = b"".join(parts)
        if received <= _KEPT_BYTES:
            await self._database.write(rows.put_thumbnail, media.uri, 0, 0, data, now_ms(), self.limit_bytes)
        return data

    async def _fetch(self, uri: str, width: int, height: int) -> bytes:
        try:
            data = await self._server.thumbnail(uri, width, height)
        except (TemporaryServerError, RateLimited, SessionEnded):
            raise
        except ServerError:  # of some kinds, and of very large ones, servers make no small pictures
            return await self.original(Media(uri), limit=_SUBSTITUTE_BYTES)
        await self._database.write(rows.put_thumbnail, uri, width, height, data, now_ms(), self.limit_bytes)
        return data

    def _ended(self, wanted: tuple[str, int, int], task: asyncio.Task[bytes]) -> None:
        self._running.pop(wanted, None)
        if not task.cancelled():
            task.exception()  # when everybody gave up nobody else asks how it ended

    async def close(self) -> None:
        tasks = tuple(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _read_local(path: Path) -> bytes:
    try:
        if path.stat().st_size > ORIGINAL_LIMIT_BYTES:
            raise TooLarge(Sentence("“{name}” is too large to show here.", name=path.name))
        return path.read_bytes()
    except OSError as error:
        raise TransferError(
            Sentence("“{name}” cannot be read: {reason}.", name=path.name, reason=because(error))
        ) from error
