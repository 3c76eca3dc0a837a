"""Local files on their way into a message. Reads the disk: call from a worker thread."""

import hashlib
import io
import mimetypes
import struct
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from chatdesk.domain import blurhash
from chatdesk.domain.elements import Downloadable, Element, File, Image, Media, Sound, Video
from chatdesk.domain.errors import FileEmpty, FileMissing, FileTooLarge, FileUnreadable, NotAPicture
from chatdesk.domain.wording import Sentence, because

if TYPE_CHECKING:  # starting must not pay for it
    from PIL.Image import Image as Pixels

_SHOWN_AS_PICTURE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
_SHOWN_AS_VIDEO = frozenset(
    f"video/{kind}" for kind in ("mp4", "webm", "quicktime", "x-matroska", "ogg", "mpeg", "3gpp", "x-msvideo", "x-m4v")
)
_HEARD = frozenset(
    f"audio/{kind}"
    for kind in ("mpeg", "mp4", "x-m4a", "ogg", "opus", "flac", "x-flac", "wav", "x-wav", "aac", "webm", "x-ms-wma")
)
_ANY = "application/octet-stream"
_MB = 1_000_000
THUMBNAIL_SIDE = 198
"""The shorter side of a small picture, in pixels; smaller originals are their own."""
_MOST_PIXELS = 100_000_000
_BLUR_SIDE = 32
_ORIENTATION = 0x0112


def check_sendable(path: Path, limit: int) -> int:
    """The size of a file in bytes; an InputError (File…) when it cannot be sent. `limit` 0: not known."""
    try:
        if not path.is_file():
            raise FileMissing(Sentence("“{name}” is not a file, or it is not there any more.", name=path.name))
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise FileUnreadable(
            Sentence("“{name}” cannot be read: {reason}.", name=path.name, reason=because(error))
        ) from error
    except ValueError as error:  # a null character in the path
        raise FileMissing("This is not the name of a file.") from error
    if size == 0:
        raise FileEmpty(Sentence("“{name}” is empty.", name=path.name))
    if limit and size > limit:
        raise FileTooLarge(
            Sentence(
                "“{name}” has {size} MB; the server takes at most {limit} MB.",
                name=path.name,
                size=f"{size / _MB:.1f}",
                limit=f"{limit / _MB:.1f}",
            )
        )
    return size


def file_element(path: Path) -> Element:
    """The element for a file a person wants to send: a picture where every client can show it, a video, a sound (other
    clients give it a player, and what they send comes in as one), else a file."""
    size = check_sendable(path, 0)
    mime = mimetypes.guess_type(path.name)[0] or _ANY
    media = Media(name=path.name, mime=mime, size=size, path=str(path.absolute()))
    if mime in _SHOWN_AS_PICTURE:
        width, height = _pixels(path)
        if width and height:
            return Image(media=media, width=width, height=height)
    kind = Video if mime in _SHOWN_AS_VIDEO else Sound if mime in _HEARD else File
    return kind(media=media)


def describe(element: Downloadable, limit: int) -> Downloadable:
    """The element with what its local file says: name, type, size, SHA-256, pixels. InputError when it cannot go."""
    element = msgspec.structs.replace(element, media=_described(element.media, limit))
    if isinstance(element, Image):
        width, height = _pixels(Path(element.media.path))
        if not (width and height):
            raise NotAPicture(Sentence("“{name}” is not a picture. Send it as a file.", name=element.media.name))
        element = msgspec.structs.replace(element, width=width, height=height)
    if isinstance(element, Image | Video) and element.thumbnail is not None and element.thumbnail.path:
        small = _described(element.thumbnail, limit)
        width, height = _pixels(Path(small.path))
        small = msgspec.structs.replace(small, width=small.width or width, height=small.height or height)
        element = msgspec.structs.replace(element, thumbnail=small)
    return element


def make_thumbnail(path: Path) -> tuple[Media, bytes] | None:
    """A small picture of an image file and what it is; None for one that is small already or that cannot be read."""
    from PIL import Image as Pictures  # late: starting must not pay for it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Pictures.open(path) as picture:
                width, height = picture.size
                if min(width, height) <= THUMBNAIL_SIDE or width * height > _MOST_PIXELS:
                    return None
                factor = THUMBNAIL_SIDE / min(width, height)
                small_size = (max(round(width * factor), 1), max(round(height * factor), 1))
                picture.draft("RGB", small_size)
                is_clear = "A" in picture.getbands() or "transparency" in picture.info
                small = picture.convert("RGBA" if is_clear else "RGB").resize(small_size)
                small = _upright(small, picture)
                kept = io.BytesIO()
                small.save(kept, "PNG" if is_clear else "JPEG")
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, Pictures.DecompressionBombError):
        return None
    data = kept.getvalue()
    return (
        Media(
            name="thumbnail",
            mime="image/png" if is_clear else "image/jpeg",
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            width=small.width,
            height=small.height,
        ),
        data,
    )


def blurhash_of(path: Path) -> str:
    """The colours of an image file in brief; empty when it cannot be read."""
    from PIL import Image as Pictures  # late: starting must not pay for it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Pictures.open(path) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    return ""
                picture.draft("RGB", (_BLUR_SIDE, _BLUR_SIDE))
                small = _upright(picture.convert("RGBA").resize((_BLUR_SIDE, _BLUR_SIDE)), picture)
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, Pictures.DecompressionBombError):
        return ""
    ground = Pictures.new("RGBA", small.size, "white")
    ground.alpha_composite(small)
    return blurhash.encode(ground.convert("RGB").tobytes(), *small.size)


def _upright(small: "Pixels", picture: "Pixels") -> "Pixels":
    """`small`, made of `picture`, turned as the camera says."""
    from PIL import ImageOps

    small.getexif()[_ORIENTATION] = picture.getexif().get(_ORIENTATION, 1)
    return ImageOps.exif_transpose(small)


def _described(media: Media, limit: int) -> Media:
    path = Path(media.path)
    size = check_sendable(path, limit)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileUnreadable(
            Sentence("“{name}” cannot be read: {reason}.", name=path.name, reason=because(error))
        ) from error
    return msgspec.structs.replace(
        media,
        name=media.name or path.name,
        mime=media.mime or mimetypes.guess_type(path.name)[0] or _ANY,
        size=size,
        sha256=digest,
        path=str(path.absolute()),
    )


def _pixels(path: Path) -> tuple[int, int]:
    import imagesize  # 20 ms that only an attachment needs

    try:
        width, height = imagesize.get(str(path))
    except (OSError, ValueError):
        return 0, 0
    return max(int(width), 0), max(int(height), 0)
