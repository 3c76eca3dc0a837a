"""One file from the server into one `.part` file, checked. Loop thread only; the disk is touched in worker threads.

Knows no list and no journal: downloads.py decides what is fetched, where to, and what happens after a failure.
"""

from __future__ import annotations

import asyncio
import errno
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.core import files
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import (
    DamagedFile,
    NetworkError,
    TargetDiskFull,
    TargetExists,
    TargetMissing,
    TargetNotWritable,
    TransferError,
)

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

Tell = Callable[[int, int], None]
"""Called with (bytes received, bytes in all or 0 when nobody said)."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL})
_ABSENT = frozenset({errno.ENOENT, errno.ENOTDIR})


def disk_error(path: Path, error: OSError) -> TransferError:
    """What a failing write means, with a sentence that says what to do."""
    if error.errno in _FULL:
        return TargetDiskFull(f"There is no space left for “{path.name}”. Free some and try again.")
    if error.errno in _REFUSED:
        return TargetNotWritable(f"“{path.name}” cannot be written: {error.strerror}.")
    if error.errno in _ABSENT:
        return TargetMissing(f"The folder {path.parent} is not there.")
    if error.errno == errno.EEXIST:
        return TargetExists(f"“{path.name}” is there already. Choose another name.")
    return TransferError(f"“{path.name}” cannot be written: {error.strerror}.")


def check_target(path: Path) -> None:
    """Raises a TransferError (Target…) when no new file can come to be at `path`. Blocking."""
    if "\0" in str(path):
        raise TargetNotWritable("This is not the name of a file.")
    try:
        if path.is_dir() or path.exists() or path.is_symlink():
            raise TargetExists(f"“{path.name}” is there already. Choose another name.")
        if not path.parent.is_dir():
            raise TargetMissing(f"The folder {path.parent} is not there.")
    except OSError as error:
        raise disk_error(path, error) from error


async def fetch_into(server: Homeserver, media: Media, path: Path, tell: Tell) -> int:
    """Stream a file into the `.part` file of `path`, from the beginning; its size.

    Raises NetworkError or ServerError, TransferError (Target…) for the disk, DamagedFile when size or hash are not what
    the sender said.
    """
    digest = hashlib.sha256()
    try:
        file = await asyncio.to_thread(files.part_of(path).open, "wb")
    except OSError as error:
        raise disk_error(path, error) from error
    received = 0
    try:
        async with server.download(media.uri) as stream:
            async for chunk in stream.chunks():
                await asyncio.to_thread(_write, file.write, digest.update, chunk)
                received += len(chunk)
                tell(received, stream.total or media.size)
            if stream.total and received != stream.total:
                raise NetworkError("The connection broke before the whole file was there. Try again.")
        await asyncio.to_thread(file.flush)
    except OSError as error:
        raise disk_error(path, error) from error
    finally:
        await asyncio.to_thread(_close, file.close)
    if media.sha256 and digest.hexdigest() != media.sha256:
        raise DamagedFile(f"“{path.name}” is not what was sent: its content does not match. Nothing was kept.")
    if not media.sha256 and media.size and received < media.size:
        raise DamagedFile(f"“{path.name}” is not whole: {received} of {media.size} bytes. Nothing was kept.")
    return received


async def write_into(path: Path, data: bytes) -> None:
    """The same for a small file that is in memory already."""
    try:
        await asyncio.to_thread(files.part_of(path).write_bytes, data)
    except OSError as error:
        raise disk_error(path, error) from error


def _write(write: Callable[[bytes], int], update: Callable[[bytes], None], chunk: bytes) -> None:
    write(chunk)
    update(chunk)


def _close(close: Callable[[], None]) -> None:
    try:
        close()
    except OSError:  # a full disk says so once more; it has been told
        return
