"""Local files on their way into a message. Reads the disk: call from a worker thread."""

import mimetypes
from pathlib import Path

from chatdesk.domain.elements import Element, File, Image, Media
from chatdesk.domain.errors import InputError

_SHOWN_AS_PICTURE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
_MIB = 1 << 20


def check_sendable(path: Path, limit: int) -> int:
    """The size of a file in bytes; InputError with a sentence when it cannot be sent. `limit` 0: not known."""
    try:
        if not path.is_file():
            raise InputError(f"“{path.name}” is not a file, or it is not there any more.")
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise InputError(f"“{path.name}” cannot be read: {error.strerror}.") from error
    if size == 0:
        raise InputError(f"“{path.name}” is empty.")
    if limit and size > limit:
        raise InputError(f"“{path.name}” has {size / _MIB:.1f} MiB; the server takes at most {limit / _MIB:.0f} MiB.")
    return size


def file_element(path: Path) -> Element:
    """The element for a file a person wants to send: a picture where every client can show it, else a file."""
    import imagesize  # 20 ms that only an attachment needs

    size = check_sendable(path, 0)
    mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    media = Media(name=path.name, mime=mime, size=size, path=str(path.absolute()))
    if mime in _SHOWN_AS_PICTURE:
        width, height = imagesize.get(str(path))
        if int(width) > 0 and int(height) > 0:
            return Image(media=media, width=int(width), height=int(height))
    return File(media=media)
