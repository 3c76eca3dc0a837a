"""Names and files of downloads. Blocking: call from a worker thread.

The sender's name is never trusted: it becomes a plain name inside the target folder, nothing is overwritten, and a file
gets its final name only when it is complete.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Collection
from pathlib import Path

from chatdesk.core.disk_errors import disk_error
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import TransferError
from chatdesk.domain.wording import Sentence, because

PART = ".part"
_READ_BYTES = 1 << 20
_LONGEST_SUFFIX = 16
_LONGEST_BYTES = 180
"""Most file systems take 255 bytes; the rest is for " (123)" and ".part"."""


def safe_name(name: str) -> str:
    """A harmless file name close to what the sender wrote; never empty, never hidden, valid on every system."""
    from pathvalidate import sanitize_filename  # 20 ms that only a download needs

    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    # Cc and Cf hold control characters and the bidi marks that make "exe.txt" of "txt.exe".
    printable = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    stem, dot, suffix = printable.rpartition(".")
    if not dot or not 0 < len(suffix) <= _LONGEST_SUFFIX:
        stem, suffix = printable, ""
    ending = "." + suffix if suffix else ""
    room = _LONGEST_BYTES - len(ending.encode())
    short = stem.encode()[:room].decode("utf-8", "ignore") + ending
    clean = str(sanitize_filename(short, replacement_text="_", platform="universal")).strip().lstrip(".-~ ")
    return clean or "file"


def reserve(directory: Path, name: str) -> Path:
    """A final path that is free, reserved by creating its `.part` file: two downloads of one name never meet."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            path = _numbered(directory, name, number)
            part = part_of(path)
            if not os.path.lexists(path):
                with contextlib.suppress(FileExistsError):
                    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
                    return path
            number += 1
    except OSError as error:
        raise TransferError(
            Sentence(
                "The folder {folder} cannot be written to: {reason}.", folder=str(directory), reason=because(error)
            )
        ) from error


def part_of(path: Path) -> Path:
    return path.with_name(path.name + PART)


def finish(path: Path, uri: str) -> Path:
    """Give a complete `.part` file the mark of its origin and its final name, atomically and without overwriting; the
    name it got."""
    part = part_of(path)
    mark_origin(part, uri)
    number = 1
    target = path
    while True:
        try:
            _move_without_overwriting(part, target)
        except FileExistsError:  # somebody else took the name meanwhile
            number += 1
            target = _numbered(path.parent, path.name, number)
        except OSError as error:
            raise disk_error(path, error) from error
        else:
            return target


def finish_exactly(path: Path) -> None:
    """The same without a choice of name. Raises TargetExists when somebody else took it meanwhile."""
    try:
        _move_without_overwriting(part_of(path), path)
    except OSError as error:
        raise disk_error(path, error) from error


def mark_origin(path: Path, uri: str) -> None:
    """Note on a file that it came from elsewhere, in the way its system keeps such notes, as far as it does.

    Linux: `user.xdg.origin.url` (freedesktop.org, "Common extended attributes"); Windows: the zone of the internet,
    so that programs of it are asked about; macOS: quarantine.
    """
    with contextlib.suppress(OSError):
        if sys.platform == "linux":
            os.setxattr(path, "user.xdg.origin.url", uri.encode())
        elif sys.platform == "win32":
            Path(f"{path}:Zone.Identifier").write_text("[ZoneTransfer]\r\nZoneId=3\r\n", "ascii")
        elif sys.platform == "darwin":
            mark = f"0081;{int(time.time()):x};chatdesk;"
            subprocess.run(["/usr/bin/xattr", "-w", "com.apple.quarantine", mark, str(path)], check=False)  # noqa: S603


def is_from(path: Path, uri: str) -> bool:
    """Whether that note says that the file came from there."""
    with contextlib.suppress(OSError):
        return sys.platform == "linux" and os.getxattr(path, "user.xdg.origin.url") == uri.encode()
    return False


def size_of_part(path: Path) -> int:
    """How much of a stopped download is there."""
    try:
        return part_of(path).stat().st_size
    except OSError:
        return 0


def free_bytes(directory: Path) -> int | None:
    """Room left where a file is to be; None where nobody can say."""
    try:
        usage = shutil.disk_usage(directory)
    except OSError:
        return None
    return usage.free if usage.total else None  # some file systems do not count


def digest_of(path: Path) -> "tuple[hashlib._Hash, int]":
    """The SHA-256 so far of what a file holds, ready to go on, and its size. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_READ_BYTES):
            digest.update(chunk)
            size += len(chunk)
    return digest, size


def begin_writing_out(file: int) -> None:
    """Let the system bring what was written so far to the disk, beside the writing: no long wait for it in the end."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):  # it was but advice
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)


def discard(path: Path) -> None:
    """Remove what a stopped download left."""
    remove(part_of(path))


def remove(path: Path) -> None:
    """Remove a file nobody wants any more."""
    with contextlib.suppress(OSError):  # nothing to be done about it, and what stopped the download has been told
        path.unlink(missing_ok=True)


def find_same(directory: Path, media: Media, but: Collection[Path]) -> tuple[Path, str] | None:
    """What a message carries, in this folder under whatever name, and its SHA-256 (hex). Known by its size and the
    SHA-256 that the message tells; where it tells none, by the note of where the file came from."""
    with contextlib.suppress(OSError), os.scandir(directory) as entries:
        for entry in entries:
            path = Path(entry.path)
            with contextlib.suppress(OSError):
                if not entry.is_file(follow_symlinks=False) or entry.stat().st_size != media.size or path in but:
                    continue
                if media.sha256 or is_from(path, media.uri):
                    found = digest_of(path)[0].hexdigest()
                    if media.sha256 in ("", found):
                        return path, found
    return None


def _numbered(directory: Path, name: str, number: int) -> Path:
    if number == 1:
        return directory / name
    plain = Path(name)
    return directory / f"{plain.stem} ({number}){plain.suffix}"


def _move_without_overwriting(part: Path, target: Path) -> None:
    with part.open("rb") as file:
        os.fsync(file.fileno())
    # 0600 while it grows, the usual mode (without the execute bit) when it is done.
    umask = os.umask(0)
    os.umask(umask)
    part.chmod(0o666 & ~umask)
    try:
        target.hardlink_to(part)
    except FileExistsError:
        if not os.path.samestat(
            part.stat(), target.lstat()
        ):  # else the program was killed between this step and the next
            raise
        part.unlink()
    except OSError:  # a file system without hard links
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        part.replace(target)
    else:
        part.unlink()
