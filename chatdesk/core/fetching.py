"""One file from the server into one `.part` file, checked. Runs where files are moved (`Homeserver.apart`), and so do
the calls it makes: no window waits there, so what comes is written at once; the hash is left to worker threads.

Knows no list and no journal: downloads.py decides what is fetched, where to, and what happens after a failure.
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from chatdesk.core import files
from chatdesk.core.disk_errors import disk_error
from chatdesk.core.to_the_end import to_the_end
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import (
    DamagedFile,
    NetworkError,
    TargetDiskFull,
    TargetExists,
    TargetMissing,
    TargetNotWritable,
)
from chatdesk.domain.transfers import DownloadNote
from chatdesk.domain.wording import Sentence

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver
    from chatdesk.matrix.media import MediaStream

MB = 1_000_000
SPARE_BYTES = 32 * MB
"""Stays free: other programs need some too."""
SLOWEST_S, SLOWEST_BYTES = 120.0, 1024
"""Less than so many bytes in so many seconds, and the line counts as broken."""
_HASH_BYTES = 4 << 20
"""So much is hashed at once."""
_CALL_BYTES = 64 << 10
"""So much is written in one call of the system: a mebibyte at once costs it three times as much (measured on ext4)."""
Tell = Callable[[int, int], None]
"""Called with (bytes received, bytes in all or 0 when nobody said)."""


def check_target(path: Path) -> None:
    """Raises a TransferError (Target…) when no new file can come to be at `path`. Blocking."""
    if "\0" in str(path):
        raise TargetNotWritable("This is not the name of a file.")
    try:
        if path.is_dir() or path.exists() or path.is_symlink():
            raise TargetExists(Sentence("“{name}” is there already. Choose another name.", name=path.name))
        if not path.parent.is_dir():
            raise TargetMissing(Sentence("The folder {folder} is not there.", folder=str(path.parent)))
    except OSError as error:
        raise disk_error(path, error) from error


class Version(Struct, frozen=True):
    """What the server has: what it calls it (empty: nothing) and its size (0: not said)."""

    etag: str = ""
    total: int = 0


class Fetched(Struct, frozen=True):
    """A whole file: its size, its SHA-256 (hex), and whether (and why) what was here before was thrown away."""

    size: int
    sha256: str
    note: DownloadNote = DownloadNote.NOTHING


Begun = Callable[[Version], Awaitable[None]]


async def fetch_into(
    server: Homeserver,
    media: Media,
    path: Path,
    tell: Tell,
    earlier: Version = Version(),  # noqa: B008 - frozen
    begun: Begun | None = None,
) -> Fetched:
    """Stream a file into the `.part` file of `path`, going on where an earlier try ended, if that is safe.

    It is when the server calls its version by the same etag as it did the `earlier` one, or the message says what the
    whole must be; and when the server sends the rest at all. `begun` is told the version before the first byte is
    written. Raises NetworkError or ServerError, TransferError (Target…) for the disk, DamagedFile when size or hash are
    not what the sender said; then the `.part` file is worthless.
    """
    part = files.part_of(path)
    etag = earlier.etag
    async with AsyncExitStack() as stack:
        try:
            here = await asyncio.to_thread(files.size_of_part, path)
            digest, had = await asyncio.to_thread(_so_far, part) if etag or media.sha256 else (_nothing(), 0)
            if had and had == earlier.total >= media.size and media.sha256 in ("", digest.hexdigest()):
                return Fetched(had, digest.hexdigest())  # all was here, and the program ended before it was told
            stream = await stack.enter_async_context(server.download(media.uri, had))
            if stream.offset and stream.etag != etag and not media.sha256:
                await stack.aclose()  # the rest of another version
                stream = await stack.enter_async_context(server.download(media.uri))
            if stream.offset != had:
                digest = _nothing()
            await asyncio.to_thread(_check_room, path, (stream.total or media.size) - here)
            version = Version(stream.etag, stream.total)
            if begun is not None:
                await begun(version)
            file = await _begin(part, stream.offset)
        except OSError as error:
            raise disk_error(path, error) from error
        try:
            received = await _receive(stream, media, path, file, digest, tell)
        finally:
            await asyncio.to_thread(_close, file.close)
    if stream.total and received != stream.total:
        raise NetworkError("The connection broke before the whole file was there. Try again.")
    found = digest.hexdigest()
    if media.sha256 and found != media.sha256:
        raise DamagedFile(
            Sentence("“{name}” is not what was sent: its content does not match. Nothing was kept.", name=path.name)
        )
    if not media.sha256 and media.size and received < media.size:
        raise DamagedFile(
            Sentence(
                "“{name}” is not whole: {received} of {size} bytes. Nothing was kept.",
                name=path.name,
                received=received,
                size=media.size,
            )
        )
    if stream.offset or not here:
        return Fetched(received, found)
    is_other = version.etag != etag and version.etag and etag
    return Fetched(received, found, DownloadNote.OTHER_VERSION if is_other else DownloadNote.BEGAN_ANEW)


async def _receive(
    stream: MediaStream, media: Media, path: Path, file: FileIO, digest: hashlib._Hash, tell: Tell
) -> int:
    """Write what comes while the processor still has it at hand, and hash it beside that; how much there is then."""
    received = stream.offset
    most = stream.total or media.size
    written: list[bytes] = []
    size = 0
    hashing: asyncio.Future[None] | None = None
    pace = _Pace()

    def hash_written() -> asyncio.Future[None]:
        nonlocal written, size
        batch, written, size = written, [], 0
        return asyncio.ensure_future(asyncio.to_thread(_update, digest, batch, file))

    try:
        async for chunk in stream.chunks():
            received += len(chunk)
            if most and received > most:
                raise DamagedFile(
                    Sentence("“{name}” is larger than it was said to be. Nothing was kept.", name=path.name)
                )
            pace.note(received)
            _write(file, chunk)
            written.append(chunk)
            size += len(chunk)
            tell(received, stream.total or media.size)
            if size >= _HASH_BYTES:
                if not most:  # nobody said how much will come: the disk must not run full
                    await asyncio.to_thread(_check_room, path, 0)
                if hashing is not None:
                    await hashing
                hashing = hash_written()
    except OSError as error:
        raise disk_error(path, error) from error
    finally:
        if hashing is not None:
            await asyncio.wait([hashing])
    await hash_written()
    return received


class _Pace:
    """A server that sends next to nothing for minutes is as good as gone."""

    def __init__(self) -> None:
        self._since_s = time.monotonic()
        self._received = 0

    def note(self, received: int) -> None:
        now = time.monotonic()
        if now - self._since_s < SLOWEST_S:
            return
        if received - self._received < SLOWEST_BYTES:
            raise NetworkError("The server sends next to nothing. Try again later.")
        self._since_s, self._received = now, received


async def write_into(path: Path, data: bytes) -> None:
    """The same for a small file that is in memory already."""
    try:
        await asyncio.to_thread(files.part_of(path).write_bytes, data)
    except OSError as error:
        raise disk_error(path, error) from error


def _nothing() -> hashlib._Hash:
    return hashlib.sha256()


def _so_far(part: Path) -> tuple[hashlib._Hash, int]:
    try:
        return files.digest_of(part)
    except FileNotFoundError:
        return _nothing(), 0


async def _begin(part: Path, offset: int) -> FileIO:
    """Given up while a thread opens it, it is closed here: nobody else has it."""
    file, is_unwanted = await to_the_end(asyncio.to_thread(_opened, part, offset))
    if is_unwanted:
        _close(file.close)
        raise asyncio.CancelledError
    return file


def _opened(part: Path, offset: int) -> FileIO:
    """The `.part` file, cut off at `offset`, ready for what follows."""
    file = part.open("r+b" if part.exists() else "wb", buffering=0)
    if os.fstat(file.fileno()).st_size != offset:
        file.truncate(offset)
    file.seek(offset)
    return file


def _check_room(path: Path, wanted: int) -> None:
    free = files.free_bytes(path.parent)
    if free is None or wanted + SPARE_BYTES <= free:
        return
    if wanted <= 0:
        raise disk_error(path, OSError(errno.ENOSPC, ""))
    raise TargetDiskFull(
        Sentence(
            "“{name}” needs {wanted} MB, but only {free} MB are free. Free some and try again.",
            name=path.name,
            wanted=f"{wanted / MB:.0f}",
            free=f"{free / MB:.0f}",
        )
    )


def _write(file: FileIO, chunk: bytes) -> None:
    data = memoryview(chunk)
    while data:
        data = data[file.write(data[:_CALL_BYTES]) :]


def _update(digest: hashlib._Hash, batch: list[bytes], file: FileIO) -> None:
    for chunk in batch:
        digest.update(chunk)
    files.begin_writing_out(file.fileno())


def _close(close: Callable[[], None]) -> None:
    try:
        close()
    except OSError:  # a full disk says so once more; it has been told
        return
