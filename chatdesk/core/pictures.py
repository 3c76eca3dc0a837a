"""Pictures on their way out: made smaller when that is wished, and without what they tell of place and camera.

Reads and computes: call from a worker thread. Where nothing but data about the picture goes, its pixels stay as they
are, bit by bit; only making it smaller encodes it anew.
"""

import io
import struct
import warnings
from pathlib import Path

_JPEG_DROPPED = {0xE1: b"", 0xED: b"", 0xE2: b"MPF\0"}
"""Segments and how those begin that go: EXIF and XMP, IPTC, the index of further pictures behind the first."""
_PNG_SIGN = b"\x89PNG\r\n\x1a\n"
_PNG_DROPPED = frozenset((b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"))
_WEBP_DROPPED = frozenset((b"EXIF", b"XMP "))
_WEBP_FLAGS = 0x08 | 0x04
_ORIENTATION = 0x0112
_QUALITY = 85
_MOST_PIXELS = 100_000_000
_MOST_BYTES = 256 << 20
_KINDS = {"JPEG": (".jpg", "JPEG"), "PNG": (".png", "PNG"), "WEBP": (".webp", "WEBP"), "BMP": (".png", "PNG")}


def prepared(path: Path, longest: int, strips: bool) -> tuple[bytes, str] | None:
    """What is to leave in place of a picture file, and its suffix; None when the file itself can go.

    `longest`: pixels of its longer side at most, 0 for all there are. `strips`: without place and camera.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            return None
        data = path.read_bytes()
    except OSError:
        return None  # whoever uploads it says why
    smaller = _smaller(data, longest) if longest else None
    if smaller is not None:
        return smaller
    if not strips:
        return None
    clean = without_facts(data)
    return None if clean == data else (clean, path.suffix.lower())


def without_facts(data: bytes) -> bytes:
    """The same pixels without EXIF (but which side is up), XMP, IPTC, comments and what hangs on behind."""
    try:
        if data.startswith(b"\xff\xd8"):
            return _clean_jpeg(data)
        if data.startswith(_PNG_SIGN):
            return _clean_png(data)
        if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            return _clean_webp(data)
    except (IndexError, struct.error):
        return data  # damaged: it is sent as it is, or refused by whoever looks at it
    return data


def _smaller(data: bytes, longest: int) -> tuple[bytes, str] | None:
    """None when it is small enough, moves, or is of a kind that is left alone."""
    from PIL import Image as Pictures  # late: starting must not pay for it
    from PIL import ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Pictures.open(io.BytesIO(data)) as picture:
                width, height = picture.size
                is_small = max(width, height) <= longest or width * height > _MOST_PIXELS
                if is_small or getattr(picture, "n_frames", 1) > 1 or picture.format not in _KINDS:
                    return None
                suffix, kind = _KINDS[picture.format]
                picture.draft("RGB", (longest, longest))
                upright = ImageOps.exif_transpose(picture)
                profile = upright.info.get("icc_profile")
                if kind == "JPEG" and upright.mode not in ("RGB", "L", "CMYK"):
                    upright = upright.convert("RGB")
                elif upright.mode == "P":
                    upright = upright.convert("RGBA")
                upright.thumbnail((longest, longest), Pictures.Resampling.LANCZOS)
                upright.info.clear()
                kept = io.BytesIO()
                more = {"icc_profile": profile} if profile else {}
                upright.save(kept, kind, quality=_QUALITY, **more)
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, Pictures.DecompressionBombError):
        return None
    return kept.getvalue(), suffix


def _clean_jpeg(data: bytes) -> bytes:
    orientation = _jpeg_orientation(data)
    parts = [data[:2]]
    if orientation > 1:
        tiff = struct.pack("<2sHIHHHIHHI", b"II", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
        parts.append(b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff)
    for marker, segment in _jpeg_segments(data):
        if marker == 0xDA:
            end = segment.find(b"\xff\xd9")  # whatever phones hang on behind: a film of the moment, say
            parts.append(segment[: end + 2] if end >= 0 else segment)
        elif marker == 0xFE or (marker in _JPEG_DROPPED and segment[4:].startswith(_JPEG_DROPPED[marker])):
            continue
        else:
            parts.append(segment)
    return b"".join(parts)


def _jpeg_segments(data: bytes) -> list[tuple[int, bytes]]:
    """The marked pieces after the start; the last one, from the first scan on, is all the rest."""
    found: list[tuple[int, bytes]] = []
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a filler
            at += 1
            continue
        end = len(data) if marker == 0xDA else at + 2 + int(struct.unpack_from(">H", data, at + 2)[0])
        found.append((marker, data[at:end]))
        if marker == 0xDA:
            return found
        at = end
    raise IndexError("no picture in it")


def _jpeg_orientation(data: bytes) -> int:
    """1 to 8 as EXIF counts; 1 where nothing is said."""
    at = data.find(b"\xff\xe1")
    if at < 0 or data[at + 4 : at + 10] != b"Exif\0\0":
        return 1
    tiff = at + 10
    order = "<" if data[tiff : tiff + 2] == b"II" else ">"
    (first,) = struct.unpack_from(order + "I", data, tiff + 4)
    (count,) = struct.unpack_from(order + "H", data, tiff + first)
    for entry in range(min(count, 100)):
        tag, kind, _, value = struct.unpack_from(order + "HHIH", data, tiff + first + 2 + 12 * entry)
        if tag == _ORIENTATION and kind == 3:
            return value if 1 <= value <= 8 else 1
    return 1


def _clean_png(data: bytes) -> bytes:
    parts = [_PNG_SIGN]
    at = len(_PNG_SIGN)
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        name = data[at + 4 : at + 8]
        chunk = data[at : at + 12 + length]
        if len(chunk) < 12 + length:
            raise IndexError("cut off")
        if name not in _PNG_DROPPED:
            parts.append(chunk)
        at += len(chunk)
        if name == b"IEND":
            return b"".join(parts)


def _clean_webp(data: bytes) -> bytes:
    parts: list[bytes] = []
    at, end = 12, min(len(data), 8 + int(struct.unpack_from("<I", data, 4)[0]))
    while at + 8 <= end:
        name, length = data[at : at + 4], int(struct.unpack_from("<I", data, at + 4)[0])
        chunk = data[at : at + 8 + length + length % 2]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes((chunk[8] & ~_WEBP_FLAGS,)) + chunk[9:]
        if name not in _WEBP_DROPPED:
            parts.append(chunk)
        at += len(chunk)
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body
