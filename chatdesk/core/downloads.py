"""Downloads: a queue of three at a time, each streamed into a `.part` file and renamed when complete.

Owns the list the downloads pane shows; every change of state is journalled in the store, progress is published at most
ten times a second. What is stopped (paused, the line broke, the program ended) keeps its `.part` file and goes on from
there where the server can; else it begins anew and says so. Loop thread only; the disk is touched in worker threads.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from chatdesk.core import files
from chatdesk.core.disk_errors import disk_error
from chatdesk.core.feed import Feed
from chatdesk.core.fetching import Fetched, Version, fetch_into
from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line
from chatdesk.core.single_fetches import Meter, SingleFetches, with_retries
from chatdesk.core.task_set import TaskSet
from chatdesk.core.to_the_end import to_the_end
from chatdesk.domain.changes import Changes
from chatdesk.domain.clock import now_ms
from chatdesk.domain.elements import Media, media_of
from chatdesk.domain.errors import ChatdeskError, DamagedFile, InputError, NotFound
from chatdesk.domain.messages import Message
from chatdesk.domain.transfers import Download, DownloadNote, DownloadState
from chatdesk.store import media as rows
from chatdesk.store import messages

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

AT_ONCE = 3

_UNDER_WAY = (DownloadState.WAITING, DownloadState.RUNNING)
_COMPLETE = (DownloadState.DONE, DownloadState.CHECKING, DownloadState.MISSING)
_STOPPED = (DownloadState.PAUSED, DownloadState.FAILED, DownloadState.CANCELLED, DownloadState.MISSING)
T = TypeVar("T")

_log = logging.getLogger(__name__)


Folder = Path | Callable[[], Path]
"""Where files go, or what knows it: asking the system costs a start more than it is worth."""


def folder_at(folder: Folder) -> Path:
    return folder if isinstance(folder, Path) else folder()


class Downloads:
    def __init__(self, ledger: Ledger, server: Homeserver, line: Line, tasks: TaskSet, directory: Folder) -> None:
        self.updates: Feed[Download] = Feed()
        self.removed: Feed[int] = Feed()
        self._database = ledger.database
        self._server = server
        self._line = line
        self._tasks = tasks
        self._directory = directory
        self._rows: dict[int, Download] = {}
        self._running: dict[int, asyncio.Task[None]] = {}
        self._pausing: set[int] = set()
        """Those that are being stopped but not given up."""
        self._is_closing = False
        self._single = SingleFetches(server, line)
        self.fetch = self._single.fetch
        ledger.changes.subscribe(self._on_changes)

    @cached_property
    def _slots(self) -> asyncio.Semaphore:
        return asyncio.Semaphore(AT_ONCE)

    def list(self) -> tuple[Download, ...]:
        """Newest first."""
        return tuple(self._rows[id_] for id_ in sorted(self._rows, reverse=True))

    async def open(self) -> None:
        """Read the journal. What the end of the program interrupted goes on with `resume_interrupted`."""
        for row in await self._database.read(rows.downloads):
            self._rows[row.id] = row
            if row.state is DownloadState.CHECKING:
                await self._settle(row, state=DownloadState.DONE)

    def resume_interrupted(self) -> None:
        """There is a line to the server: whatever was waiting or running when the program ended goes on."""
        for row in self._rows.values():
            if row.state in _UNDER_WAY and row.id not in self._running:
                self._spawn(row.id)

    async def start(
        self, message_key: int, element_index: int, directory: Path | None = None, name: str = ""
    ) -> Download:
        """Queue the download of one element of a message; InputError when it has no file.

        `name`: what the user wants it called, otherwise what the sender did. Nothing is ever overwritten: a name that
        is taken gets a number.
        """
        media = await self._media(message_key, element_index)
        wanted = name or files.safe_name(media.name)
        path = await asyncio.to_thread(files.reserve, directory or folder_at(self._directory), wanted)
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

    async def _media(self, message_key: int, element_index: int) -> Media:
        message = await self._database.read(messages.get, message_key)
        elements = message.elements if message is not None else ()
        media = media_of(elements[element_index]) if element_index < len(elements) else None
        if media is None or not media.uri:
            raise InputError("There is no file to download in this message.")
        return media

    async def message(self, id_: int) -> Message | None:
        """The message a download belongs to; None when it is no longer here."""
        row = self._rows.get(id_)
        return None if row is None else await self._database.read(messages.get, row.message_key)

    async def owned(self, message_key: int, element_index: int, directory: Path | None = None) -> Download | None:
        """The same content, downloaded before and still at its place; None when there is none.

        What was taken off the list and lies in `directory`, under whatever name, comes back to the list.
        """
        media = await self._media(message_key, element_index)
        for row in self.list():
            is_same = row.media.uri == media.uri or (media.sha256 and media.sha256 == row.sha256)
            if is_same and row.state is DownloadState.DONE and await asyncio.to_thread(_is_there, row):
                return row
        listed = {Path(row.path) for row in self._rows.values()}
        folder = directory or folder_at(self._directory)
        same = await asyncio.to_thread(files.find_same, folder, media, listed) if media.size else None
        if same is None:
            return None
        path, sha256 = same
        row = Download(0, message_key, element_index, media, str(path), DownloadState.DONE, media.size, media.size)
        row = msgspec.structs.replace(row, started_ms=now_ms(), sha256=sha256)
        row = msgspec.structs.replace(row, id=await self._database.write(rows.add_download, row))
        self._tell(row)
        return row

    async def retry(self, id_: int) -> None:
        """Go on with what is paused, try again what failed, fetch anew what somebody moved away."""
        row = self._rows.get(id_)
        if row is None or row.state not in _STOPPED or id_ in self._running:
            return
        wanted = Path(row.path)
        if not await asyncio.to_thread(files.size_of_part, wanted):
            wanted = await asyncio.to_thread(files.reserve, wanted.parent, wanted.name)
            row = msgspec.structs.replace(row, received=0, etag="")
        await self._settle(row, state=DownloadState.WAITING, path=str(wanted), failure="", note=DownloadNote.NOTHING)
        self._spawn(id_)

    def pause(self, id_: int) -> None:
        """Stop it and keep what is here; `retry` goes on."""
        task = self._running.get(id_)
        if task is not None:
            self._pausing.add(id_)
            task.cancel()

    def cancel(self, id_: int) -> None:
        """Stop it and keep nothing."""
        self._pausing.discard(id_)
        task = self._running.get(id_)
        if task is not None:
            task.cancel()
        elif (row := self._rows.get(id_)) is not None and row.state in (*_UNDER_WAY, DownloadState.PAUSED):
            self._tasks.spawn(self._give_up(id_, Path(row.path), DownloadState.CANCELLED, ""), "dropping a download")

    async def forget(self, id_: int) -> None:
        """Take a row off the list; a finished file stays."""
        self.cancel(id_)
        row = self._rows.pop(id_, None)
        if row is not None:
            if row.state not in _COMPLETE:
                await asyncio.to_thread(files.discard, Path(row.path))
            await self._database.write(rows.remove_download, id_)
            self.removed.publish(id_)

    async def look(self) -> None:
        """Notice which finished files are no longer at their place, or are there again."""
        for row in self.list():
            if row.state in (DownloadState.DONE, DownloadState.MISSING):
                state = DownloadState.DONE if await asyncio.to_thread(_is_there, row) else DownloadState.MISSING
                if state is not row.state:
                    await self._settle(row, state=state)

    async def check(self, id_: int) -> None:
        """Read a finished file and compare it with what was downloaded; `note` says what came out."""
        row = self._rows.get(id_)
        if row is None or row.state is not DownloadState.DONE or not row.sha256:
            return
        self._tell(msgspec.structs.replace(row, state=DownloadState.CHECKING, note=DownloadNote.NOTHING))
        try:
            digest, _ = await asyncio.to_thread(files.digest_of, Path(row.path))
        except FileNotFoundError:
            await self._settle(row, state=DownloadState.MISSING)
        except OSError as error:
            await self._settle(row)
            raise disk_error(Path(row.path), error) from error
        else:
            is_same = digest.hexdigest() == row.sha256
            await self._settle(row, note=DownloadNote.UNCHANGED if is_same else DownloadNote.CHANGED)

    async def close(self) -> None:
        self._is_closing = True
        running = tuple(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(self._single.close(), *running, return_exceptions=True)

    def _spawn(self, id_: int) -> None:
        task = asyncio.get_running_loop().create_task(self._run(id_), name="downloading")
        self._running[id_] = task
        self._pausing.discard(id_)
        task.add_done_callback(lambda _: self._on_ended(id_))

    def _on_ended(self, id_: int) -> None:
        del self._running[id_]
        row = self._rows.get(id_)
        if row is not None and row.state in _UNDER_WAY and not self._is_closing:  # stopped before its first step
            self._tasks.spawn(self._halt(id_, Path(row.path)), "stopping a download")

    async def _run(self, id_: int) -> None:
        path = Path(self._rows[id_].path)
        try:
            async with self._slots:
                await self._settle(self._rows[id_], state=DownloadState.RUNNING)
                fetched = await with_retries(lambda: self._fetch(id_, path), self._line)
                await self._finish(id_, path, fetched)
        except asyncio.CancelledError:
            if not self._is_closing:  # else the journal knows that it is under way, and it goes on at the next start
                await to_the_end(self._halt(id_, path))
            raise
        except (DamagedFile, NotFound) as error:  # what is here is of no use
            await self._give_up(id_, path, DownloadState.FAILED, str(error))
        except ChatdeskError as error:
            await self._stop(id_, path, DownloadState.FAILED, str(error))
        except Exception:
            _log.exception("A download failed")
            await self._give_up(id_, path, DownloadState.FAILED, "Something went wrong. Try again.")

    async def _finish(self, id_: int, path: Path, fetched: Fetched) -> None:
        """Once the last step has begun a pause and the program's end come too late; given up, there is no file."""
        media = self._rows[id_].media
        final, is_stopped = await to_the_end(asyncio.to_thread(files.finish, path, media.uri))
        if is_stopped and id_ not in self._pausing and not self._is_closing:
            await to_the_end(asyncio.to_thread(files.remove, final))
            raise asyncio.CancelledError
        await to_the_end(
            self._settle(
                self._rows[id_],
                state=DownloadState.DONE,
                path=str(final),
                rate=0.0,
                sha256=fetched.sha256,
                received=fetched.size,
                total=fetched.size,
                note=fetched.note,
            )
        )

    async def _halt(self, id_: int, path: Path) -> None:
        """Paused or given up by the user."""
        if id_ in self._pausing:
            await self._stop(id_, path, DownloadState.PAUSED)
        else:
            await self._give_up(id_, path, DownloadState.CANCELLED, "")

    async def _stop(self, id_: int, path: Path, state: DownloadState, failure: str = "") -> None:
        """It may go on later from where it is."""
        received = await asyncio.to_thread(files.size_of_part, path)
        if not received:  # nothing but the reserved name, and `retry` reserves one
            await asyncio.to_thread(files.discard, path)
        row = self._rows.get(id_)
        if row is not None:
            await self._settle(row, state=state, failure=failure, rate=0.0, received=received)

    async def _give_up(self, id_: int, path: Path, state: DownloadState, failure: str) -> None:
        await asyncio.to_thread(files.discard, path)
        row = self._rows.get(id_)
        if row is not None:
            await self._settle(row, state=state, failure=failure, rate=0.0)

    async def _fetch(self, id_: int, path: Path) -> Fetched:
        here = asyncio.get_running_loop()
        meter = Meter()

        def tell(received: int, total: int) -> None:
            if meter.is_due(received):
                here.call_soon_threadsafe(self._on_progress, id_, received, total, meter.rate)

        async def begun(version: Version) -> None:
            noting = asyncio.run_coroutine_threadsafe(self._on_begun(id_, version), here)
            await asyncio.wrap_future(noting)

        row = self._rows[id_]
        fetching = fetch_into(self._server, row.media, path, tell, Version(row.etag, row.total), begun)
        return await self._server.apart.run(fetching)

    def _on_progress(self, id_: int, received: int, total: int, rate: float) -> None:
        row = self._rows.get(id_)
        if row is not None and row.state is DownloadState.RUNNING:  # else it has ended meanwhile
            self._tell(msgspec.structs.replace(row, received=received, total=total, rate=rate))

    async def _on_begun(self, id_: int, version: Version) -> None:
        row = self._rows[id_]
        if version != Version(row.etag, row.total):
            await self._settle(row, etag=version.etag, total=version.total or row.total)

    def _on_changes(self, changes: Changes) -> None:
        """What was revoked is not fetched any further."""
        for uri in changes.forgotten:
            self._single.cancel(uri)
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


def _is_there(row: Download) -> bool:
    """Blocking."""
    try:
        return Path(row.path).stat().st_size == row.received
    except OSError:
        return False
