"""From the bytes of a picture that a stranger sent to a QImage, or to the reason why there is none.

Any thread; what is large belongs in a worker (Qt gives the interpreter free while it decodes). Nothing is decoded whose
first bytes do not say that it is one of five kinds, and only by the decoder of that kind: vector drawings, which can
refer to other files, never reach one. Sizes are read from the header before any pixel has room.
"""

from enum import Enum

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from chatdesk.domain.elements import Media

ALLOCATION_LIMIT_MB = 64
_LIMIT_BYTES = ALLOCATION_LIMIT_MB << 20
_LARGEST_JPEG_PIXELS = 64_000_000
"""A JPEG can be decoded at a fraction of its size, so more than what has room is possible."""
_JPEG_STEPS = (8, 4, 2, 1)


class Fault(Enum):
    """Why a picture is not shown."""

    UNREACHABLE = "unreachable"
    """It could not be fetched, or its file not be read; later it may."""
    NO_PICTURE = "no picture"
    OTHER_KIND = "other kind"
    """A picture, but of a kind that is not shown here."""
    DRAWING = "drawing"
    """A vector drawing, which could refer to other files."""
    TOO_LARGE = "too large"
    DAMAGED = "damaged"


class BrokenPicture(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Source:
    """A picture's bytes with a decoder on them, opened and checked. Raises BrokenPicture."""

    def __init__(self, data: bytes, width: int, height: int) -> None:
        kind = kind_of(data)
        if _is_cut_off(kind, data):
            raise BrokenPicture(Fault.DAMAGED)
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.reader = reader = QImageReader(self._buffer, QByteArray(kind.encode()))
        reader.setAutoDetectImageFormat(False)
        reader.setAutoTransform(True)
        size = reader.size()
        if not size.isValid() or size.isEmpty():
            raise BrokenPicture(Fault.DAMAGED)
        self.size = size
        turned = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
        box = QSize(height, width) if turned else QSize(width, height)
        wanted = size
        if size.width() > box.width() or size.height() > box.height():
            wanted = size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        if not _has_room(kind, data, size, wanted):
            raise BrokenPicture(Fault.TOO_LARGE)
        if wanted != size:
            reader.setScaledSize(wanted)

    def next(self) -> QImage:
        """The next picture in it, ready to be painted; a null one after the last."""
        image = self.reader.read()
        return image if image.isNull() else image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def decode(data: bytes, width: int, height: int) -> QImage:
    """The first picture in `data`, upright, fitted into width x height but never enlarged. Raises BrokenPicture."""
    image = Source(data, width, height).next()
    if image.isNull():
        raise BrokenPicture(Fault.DAMAGED)
    return image


def source_of(media: Media) -> str:
    """What names a picture: its place on the server, or the local file an own message is sent from."""
    return media.uri or media.path


def kind_of(data: bytes) -> str:
    """Qt's name of the decoder for what these bytes really are. Raises BrokenPicture when there is none."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"BM") and len(data) > 26:
        return "bmp"
    if data.startswith(b"\x1f\x8b") or b"<svg" in data[:4096].lower():
        raise BrokenPicture(Fault.DRAWING)
    is_other = data.startswith((b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00", b"\xff\x0a", b"8BPS", b"icns"))
    if is_other or data[4:8] == b"ftyp" or data[4:8] == b"JXL ":
        raise BrokenPicture(Fault.OTHER_KIND)
    raise BrokenPicture(Fault.NO_PICTURE)


def _is_cut_off(kind: str, data: bytes) -> bool:
    """Decoders fill what is missing with grey and say nothing; these three can be told."""
    match kind:
        case "jpeg":
            scan = data.rfind(b"\xff\xda")
            return data.find(b"\xff\xd9", max(scan, 0)) < 0
        case "bmp":
            said = int.from_bytes(data[2:6], "little")
            return said > len(data)
        case "gif":
            return not _has_whole_frame(data)
    return False


def _has_whole_frame(data: bytes) -> bool:
    """Whether the first picture of a GIF is all there."""

    def table(flags: int) -> int:
        return 3 << ((flags & 7) + 1) if flags & 0x80 else 0

    try:
        at = 13 + table(data[10])
        while data[at] != 0x3B:
            is_frame = data[at] == 0x2C
            at += 11 + table(data[at + 9]) if is_frame else 2
            while data[at]:
                at += data[at] + 1
            at += 1
            if is_frame:
                return at <= len(data)
    except IndexError:
        return False
    return False


def _has_room(kind: str, data: bytes, size: QSize, wanted: QSize) -> bool:
    pixels = size.width() * size.height()
    if kind == "gif":  # its frames are put together on a ground of its own size
        pixels = int.from_bytes(data[6:8], "little") * int.from_bytes(data[8:10], "little")
    if pixels * 4 <= _LIMIT_BYTES:
        return True
    # A progressive one is held whole while it is decoded.
    if kind != "jpeg" or pixels > _LARGEST_JPEG_PIXELS or b"\xff\xc2" in data[: _header_end(data)]:
        return False
    by = min(size.width() // wanted.width(), size.height() // wanted.height())
    step = next((step for step in _JPEG_STEPS if step <= by), 1)
    return pixels * 4 // step**2 <= _LIMIT_BYTES


def _header_end(data: bytes) -> int:
    scan = data.find(b"\xff\xda")
    return scan if scan >= 0 else len(data)
