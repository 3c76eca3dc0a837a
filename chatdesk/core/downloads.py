"""Downloads: a queue of three at a time, each streamed into a `.part` file and renamed when complete.

Owns the list the downloads pane shows; every change of state is journalled in the store, progress is published at most
ten times a second. Loop thread only; the disk is touched in worker threads.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from chatdesk.core import files
from chatdesk.core.feed import Feed
from chatdesk.core.fetching import Tell, check_target, fetch_into, write_into
from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line, backoff_s
from chatdesk.core.task_set import TaskSet
from chatdesk.domain.changes import Changes
from chatdesk.domain.clock import now_ms
from chatdesk.domain.elements import Media, media_of
from chatdesk.domain.errors import (
    ChatdeskError,
    InputError,
    NetworkError,
    NotFound,
    RateLimited,
    TargetExists,
    TemporaryServerError,
    TransferCancelled,
)
from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.store import media as rows
from chatdesk.store import messages

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

AT_ONCE = 3
TRIES = 3
_TELL_EVERY_S = 0.1
_RATE_WINDOW_S = 1.0
_MOST_PICTURE_BYTES = 32 << 20

T = TypeVar("T")

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
        self._fetching: set[Path] = set()
        self._loose: dict[str, set[asyncio.Future[Path]]] = {}
        """Fetches outside the list, by the file's address."""
        ledger.changes.subscribe(self._on_changes)

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

    async def start(
        self, message_key: int, element_index: int, directory: Path | None = None, name: str = ""
    ) -> Download:
        """Queue the download of one element of a message; InputError when it has no file."""
        message = await self._database.read(messages.get, message_key)
        elements = message.elements if message is not None else ()
        media = media_of(elements[element_index]) if element_index < len(elements) else None
        if media is None or not media.uri:
            raise InputError("There is no file to download in this message.")
        path = await asyncio.to_thread(files.reserve, directory or self._directory, files.safe_name(name or media.name))
        row = Download(
            id=0,
            message_key=message_key,
            element_index=element_index,
            media=media,
            path=str(path),
            state=DownloadState.WAITING,
            total=media.size,
            started_ms=now_ms(),
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
        loose = tuple(work for works in self._loose.values() for work in works)
        for task in running:
            task.cancel()
        for work in loose:
            work.cancel()
        await asyncio.gather(*running, *loose, return_exceptions=True)

    def _spawn(self, id_: int) -> None:
        task = asyncio.get_running_loop().create_task(self._run(id_), name="downloading")
        self._running[id_] = task
        task.add_done_callback(lambda _: self._running.pop(id_, None))

    async def _run(self, id_: int) -> None:
        path = Path(self._rows[id_].path)
        try:
            async with self._slots:
                await self._settle(self._rows[id_], state=DownloadState.RUNNING)
                await self._with_retries(lambda: self._fetch(id_, path))
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

    async def _fetch(self, id_: int, path: Path) -> None:
        meter = _Meter()

        def tell(received: int, total: int) -> None:
            if meter.is_due(received):
                row = self._rows[id_]
                self._tell(msgspec.structs.replace(row, received=received, total=total, rate=meter.rate))

        received = await fetch_into(self._server, self._rows[id_].media, path, tell)
        self._tell(msgspec.structs.replace(self._rows[id_], received=received, total=received))

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
            raise TargetExists(f"“{path.name}” is being downloaded already.")
        self._fetching.add(path)
        work = asyncio.ensure_future(self._fetch_to(media, path, on_progress, fit))
        self._loose.setdefault(media.uri, set()).add(work)
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
            running = self._loose[media.uri]
            running.discard(work)
            if not running:
                del self._loose[media.uri]

    async def _fetch_to(self, media: Media, path: Path, on_progress: Tell, fit: tuple[int, int] | None) -> Path:
        meter = _Meter()

        def tell(received: int, total: int) -> None:
            if meter.is_due(received):
                on_progress(received, total)

        async def attempt() -> int:
            if fit is None:
                return await fetch_into(self._server, media, path, tell)
            data = await self._server.thumbnail(media.uri, *fit, _MOST_PICTURE_BYTES)
            await write_into(path, data)
            return len(data)

        try:
            size = await self._with_retries(attempt)
            await asyncio.to_thread(files.finish_exactly, path)
        except BaseException:
            await asyncio.shield(asyncio.to_thread(files.discard, path))
            raise
        on_progress(size, size)
        return path

    async def _with_retries(self, attempt: Callable[[], Awaitable[T]]) -> T:
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
                await self._line.pause(backoff_s(tries))

    def _on_changes(self, changes: Changes) -> None:
        """What was revoked is not fetched any further."""
        for uri in changes.forgotten:
            for work in self._loose.get(uri, ()):
                work.cancel()
            for id_ in tuple(self._running):
                if self._rows[id_].media.uri == uri:
                    self.cancel(id_)

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
