"""Small pictures for the message pane: from the encrypted store, else from the server. Loop thread only.

Nothing is ever written outside the encrypted store, so a picture leaves no trace in clear on the disk.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.core.ledger import Ledger
from chatdesk.domain.clock import now_ms
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import TransferError
from chatdesk.store import media as rows

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

_LOCAL_LIMIT_BYTES = 32 << 20


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
            task.add_done_callback(lambda _: self._running.pop(wanted, None))
        return await asyncio.shield(task)

    async def _fetch(self, uri: str, width: int, height: int) -> bytes:
        data = await self._server.thumbnail(uri, width, height)
        await self._database.write(rows.put_thumbnail, uri, width, height, data, now_ms(), self.limit_bytes)
        return data

    async def close(self) -> None:
        tasks = tuple(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _read_local(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LOCAL_LIMIT_BYTES:
            raise TransferError(f"“{path.name}” is too large to show here.")
        return path.read_bytes()
    except OSError as error:
        raise TransferError(f"“{path.name}” cannot be read: {error.strerror}.") from error
