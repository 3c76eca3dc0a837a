"""Downloads: a queue of three at a time, each streamed into a `.part` file and renamed when complete.

Owns the list the downloads pane shows; every change of state is journalled in the store, progress is published at most
ten times a second. Loop thread only; the disk is touched in worker threads.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from chatdesk.core import files
from chatdesk.core.feed import Feed
from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line, backoff_s
from chatdesk.core.task_set import TaskSet
from chatdesk.domain.elements import media_of
from chatdesk.domain.errors import ChatdeskError, InputError, NetworkError, TemporaryServerError, TransferError
from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.store import media as rows
from chatdesk.store import messages

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

AT_ONCE = 3
TRIES = 3
_TELL_EVERY_S = 0.1
_RATE_WINDOW_S = 1.0

_log = logging.getLogger(__name__)


class Downloads:
    def __init__(self, ledger: Ledger, server: Homeserver, line: Line, tasks: TaskSet, directory: Path) -> None:
        self.updates: Feed[Download] = Feed()
        self.removed: Feed[int] = Feed()
        self._database = ledger.database
        self._server = server
        self._line = line
        self._tasks = tasks
        self._directory = directory
        self._rows: dict[int, Download] = {}
        self._running: dict[int, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)

    def list(self) -> tuple[Download, ...]:
        """Newest first."""
        return tuple(self._rows[id_] for id_ in sorted(self._rows, reverse=True))

    async def open(self) -> None:
        """Read the journal. What a crash interrupted waits for the user's Retry."""
        for row in await self._database.read(rows.downloads):
            self._rows[row.id] = row
            if row.state in (DownloadState.WAITING, DownloadState.RUNNING):
                await asyncio.to_thread(files.discard, Path(row.path))
                await self._settle(row, state=DownloadState.FAILED, failure="Interrupted when chatdesk was closed.")

    async def start(self, message_key: int, element_index: int, directory: Path | None = None) -> Download:
        """Queue the download of one element of a message; InputError when it has no file."""
        message = await self._database.read(messages.get, message_key)
        elements = message.elements if message is not None else ()
        media = media_of(elements[element_index]) if element_index < len(elements) else None
        if media is None or not media.uri:
            raise InputError("There is no file to download in this message.")
        path = await asyncio.to_thread(files.reserve, directory or self._directory, files.safe_name(media.name))
        row = Download(
            id=0,
            message_key=message_key,
            element_index=element_index,
            media=media,
            path=str(path),
            state=DownloadState.WAITING,
            total=media.size,
            started_ms=time.time_ns() // 1_000_000,
        )
        row = msgspec.structs.replace(row, id=await self._database.write(rows.add_download, row))
        self._tell(row)
        self._spawn(row.id)
        return row

    async def retry(self, id_: int) -> None:
        row = self._rows.get(id_)
        if row is None or row.state not in (DownloadState.FAILED, DownloadState.CANCELLED) or id_ in self._running:
            return
        wanted = Path(row.path)
        path = await asyncio.to_thread(files.reserve, wanted.parent, wanted.name)
        await self._settle(row, state=DownloadState.WAITING, path=str(path), received=0, failure="")
        self._spawn(id_)

    def cancel(self, id_: int) -> None:
        task = self._running.get(id_)
        if task is not None:
            task.cancel()

    async def forget(self, id_: int) -> None:
        """Take a row off the list; the file stays."""
        self.cancel(id_)
        if self._rows.pop(id_, None) is not None:
            await self._database.write(rows.remove_download, id_)
            self.removed.publish(id_)

    async def close(self) -> None:
        running = tuple(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _spawn(self, id_: int) -> None:
        task = asyncio.get_running_loop().create_task(self._run(id_), name="downloading")
        self._running[id_] = task
        task.add_done_callback(lambda _: self._running.pop(id_, None))

    async def _run(self, id_: int) -> None:
        path = Path(self._rows[id_].path)
        try:
            async with self._slots:
                await self._settle(self._rows[id_], state=DownloadState.RUNNING)
                await self._fetch_with_retries(id_, path)
                final = await asyncio.to_thread(files.finish, path)
            await self._settle(self._rows[id_], state=DownloadState.DONE, path=str(final), rate=0.0)
        except asyncio.CancelledError:
            await self._give_up(id_, path, DownloadState.CANCELLED, "")
            raise
        except ChatdeskError as error:
            await self._give_up(id_, path, DownloadState.FAILED, str(error))
        except Exception:
            _log.exception("A download failed")
            await self._give_up(id_, path, DownloadState.FAILED, "Something went wrong. Try again.")

    async def _give_up(self, id_: int, path: Path, state: DownloadState, failure: str) -> None:
        await asyncio.to_thread(files.discard, path)
        row = self._rows.get(id_)
        if row is not None:
            await self._settle(row, state=state, failure=failure, rate=0.0)

    async def _fetch_with_retries(self, id_: int, path: Path) -> None:
        attempt = 0
        while True:
            try:
                await self._fetch(id_, path)
                return
            except (NetworkError, TemporaryServerError):
                attempt += 1
                if attempt == TRIES:
                    raise
                await self._line.pause(backoff_s(attempt))

    async def _fetch(self, id_: int, path: Path) -> None:
        row = self._rows[id_]
        with contextlib.ExitStack() as stack:
            try:
                file: BinaryIO = stack.enter_context(await asyncio.to_thread(files.part_of(path).open, "wb"))
            except OSError as error:
                raise TransferError(f"“{path.name}” cannot be written: {error.strerror}.") from error
            async with self._server.download(row.media.uri) as stream:
                received = 0
                meter = _Meter()
                async for chunk in stream.chunks():
                    try:
                        await asyncio.to_thread(file.write, chunk)
                    except OSError as error:
                        raise TransferError(f"“{path.name}” cannot be written: {error.strerror}.") from error
                    received += len(chunk)
                    if meter.is_due(received):
                        self._tell(
                            msgspec.structs.replace(
                                self._rows[id_], received=received, total=stream.total, rate=meter.rate
                            )
                        )
                if stream.total and received != stream.total:
                    raise NetworkError("The connection broke before the whole file was there. Try again.")
            try:
                await asyncio.to_thread(file.flush)
            except OSError as error:
                raise TransferError(f"“{path.name}” cannot be written: {error.strerror}.") from error
        self._tell(msgspec.structs.replace(self._rows[id_], received=received, total=received))

    async def _settle(self, row: Download, **changed: object) -> None:
        row = msgspec.structs.replace(row, **changed)
        self._tell(row)
        await self._database.write(rows.put_download, row)

    def _tell(self, row: Download) -> None:
        self._rows[row.id] = row
        self.updates.publish(row)


class _Meter:
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
