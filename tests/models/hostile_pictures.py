"""Pictures nobody should send, made here: each with the reason a person is told."""

import gzip
import io
import struct
import zlib

from PIL import Image

from chatdesk.models.decoding import Fault


def encoded(kind: str, width: int = 300, height: int = 200, **options: object) -> bytes:
    kept = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(kept, kind, **options)
    return kept.getvalue()


def gif(frames: int = 3, duration_ms: int = 20, side: int = 40, loop: int | None = 0) -> bytes:
    pictures = [Image.new("RGB", (side, side), (250 * number // frames, 80, 0)) for number in range(frames)]
    kept = io.BytesIO()
    looping = {} if loop is None else {"loop": loop}
    pictures[0].save(kept, "GIF", save_all=True, append_images=pictures[1:], duration=duration_ms, **looping)
    return kept.getvalue()


def _png(width: int, height: int, body: bytes = b"", extra: bytes = b"") -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _text_bomb() -> bytes:
    """A small picture with 256 MB of comment in 260 KB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(256)) + packer.flush()
    data = b"Comment\x00\x00" + packed
    extra = struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    return _png(4, 4, zlib.compress(bytes(4 * 13)), extra)


def _jpeg_claiming(width: int, height: int, marker: int = 0xC0) -> bytes:
    data = bytearray(encoded("JPEG", 64, 64))
    frame = data.index(b"\xff\xc0")
    data[frame + 1] = marker
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def _gif_claiming(width: int, height: int) -> bytes:
    data = bytearray(gif())
    data[6:10] = struct.pack("<HH", width, height)
    return bytes(data)


def _bmp_claiming(width: int, height: int) -> bytes:
    data = bytearray(encoded("BMP", 16, 16))
    data[18:26] = struct.pack("<ii", width, height)
    return bytes(data)


_SVG = b"""<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"
width="40" height="40"><image x:href="file:///etc/passwd" width="40" height="40"/>
<image x:href="http://127.0.0.1:9/seen.png" width="9" height="9"/></svg>"""


def hostile_pictures() -> dict[str, tuple[bytes, Fault]]:
    png, jpeg, webp = encoded("PNG"), encoded("JPEG"), encoded("WEBP")
    return {
        "a PNG of 30,000 pixels each way": (_png(30_000, 30_000, zlib.compress(bytes(1 << 20))), Fault.TOO_LARGE),
        "a PNG 30,000 pixels wide": (_png(30_000, 2_000, zlib.compress(bytes(1 << 20))), Fault.TOO_LARGE),
        "a PNG of two thousand million pixels": (_png(2**31 - 1, 1), Fault.DAMAGED),
        "a PNG without size": (_png(0, 0), Fault.DAMAGED),
        "a PNG cut in two": (png[: len(png) // 2], Fault.DAMAGED),
        "the first bytes of a PNG": (png[:8], Fault.DAMAGED),
        "a PNG of noise": (png[:60] + bytes(range(256)) * 40, Fault.DAMAGED),
        "a JPEG of 60,000 pixels each way": (_jpeg_claiming(60_000, 60_000), Fault.TOO_LARGE),
        "a progressive JPEG of 40 megapixels": (_jpeg_claiming(8_000, 5_000, 0xC2), Fault.TOO_LARGE),
        "a JPEG cut in two": (jpeg[: len(jpeg) // 2], Fault.DAMAGED),
        "a GIF of 65,535 pixels each way": (_gif_claiming(65_535, 65_535), Fault.TOO_LARGE),
        "a GIF cut in its first picture": (encoded("GIF")[:9000], Fault.DAMAGED),
        "a WebP cut in two": (webp[: len(webp) // 2], Fault.DAMAGED),
        "a BMP of 30,000 pixels each way": (_bmp_claiming(30_000, 30_000), Fault.DAMAGED),
        "a BMP cut in two": (encoded("BMP")[:50_000], Fault.DAMAGED),
        "a drawing that refers to files": (_SVG, Fault.DRAWING),
        "a packed drawing": (gzip.compress(_SVG), Fault.DRAWING),
        "a TIFF": (encoded("TIFF", 40, 40), Fault.OTHER_KIND),
        "a program called picture.png": (b"MZ\x90\x00" + bytes(4000), Fault.NO_PICTURE),
        "a web page": (b"<!doctype html><script>alert(1)</script>" * 50, Fault.NO_PICTURE),
        "nothing": (b"", Fault.NO_PICTURE),
    }


def picture_with_text_bomb() -> bytes:
    return _text_bomb()
