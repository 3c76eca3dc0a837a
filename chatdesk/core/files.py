"""Names and files of downloads. Blocking: call from a worker thread.

The sender's name is never trusted: it becomes a plain name inside the target folder, nothing is overwritten, and a file
gets its final name only when it is complete.
"""

import contextlib
import os
import unicodedata
from pathlib import Path

from chatdesk.domain.errors import TargetExists, TransferError

PART = ".part"
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
        raise TransferError(f"The folder {directory} cannot be written to: {error.strerror}.") from error


def part_of(path: Path) -> Path:
    return path.with_name(path.name + PART)


def finish(path: Path) -> Path:
    """Give a complete `.part` file its final name, atomically and without overwriting; the name it got."""
    part = part_of(path)
    number = 1
    target = path
    while True:
        try:
            _move_without_overwriting(part, target)
        except FileExistsError:  # somebody else took the name meanwhile
            number += 1
            target = _numbered(path.parent, path.name, number)
        except OSError as error:
            raise TransferError(f"“{path.name}” cannot be saved: {error.strerror}.") from error
        else:
            return target


def finish_exactly(path: Path) -> None:
    """The same without a choice of name. Raises TargetExists when somebody else took it meanwhile."""
    try:
        _move_without_overwriting(part_of(path), path)
    except FileExistsError as error:
        raise TargetExists(f"“{path.name}” is there already. Choose another name.") from error
    except OSError as error:
        raise TransferError(f"“{path.name}” cannot be saved: {error.strerror}.") from error


def discard(path: Path) -> None:
    """Remove what a stopped download left."""
    part_of(path).unlink(missing_ok=True)


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
        raise
    except OSError:  # a file system without hard links
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        part.replace(target)
    else:
        part.unlink()
