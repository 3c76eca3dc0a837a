"""Pictures of strangers: shown when they are what they say, refused with a reason when not, at no cost either way."""

import io
import resource
import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImageReader

from chatdesk.models.decoding import ALLOCATION_LIMIT_MB, BrokenPicture, Fault, Source, decode
from tests.models.hostile_pictures import encoded, gif, hostile_pictures, picture_with_text_bomb

HOSTILE = hostile_pictures()
pytestmark = pytest.mark.qt_log_ignore("qt.gui.imageio", "libpng", "QImageIOHandler", extend=True)


@pytest.fixture(autouse=True)
def _limit() -> None:
    QImageReader.setAllocationLimit(ALLOCATION_LIMIT_MB)


@pytest.mark.parametrize("name", HOSTILE)
def test_refused_with_a_reason(name: str) -> None:
    data, fault = HOSTILE[name]
    with pytest.raises(BrokenPicture) as caught:
        decode(data, 300, 300)
    assert caught.value.fault is fault


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
def test_memory_is_back_where_it_was() -> None:
    """The peak over all of them stays under the limit for one picture, and nothing is left."""
    everything = [data for data, _ in HOSTILE.values()] + [picture_with_text_bomb()]

    def round_of_all() -> None:
        for data in everything:
            try:
                decode(data, 300, 300)
            except BrokenPicture:
                continue

    round_of_all()  # the decoders are loaded now
    before_kb, peak_before_kb = _memory_kb("VmRSS"), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    round_of_all()
    assert _memory_kb("VmRSS") - before_kb < 16 << 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak_before_kb < ALLOCATION_LIMIT_MB << 10


def _memory_kb(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_what_is_whole_is_shown(kind: str) -> None:
    image = decode(encoded(kind), 150, 150)
    assert (image.width(), image.height()) == (150, 100)


def test_upright_whatever_the_camera_says() -> None:
    kept = io.BytesIO()
    picture = Image.new("RGB", (60, 20), "blue")
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(kept, "JPEG", exif=exif)
    image = decode(kept.getvalue(), 30, 30)
    assert (image.width(), image.height()) == (10, 30)


def test_a_photograph_larger_than_the_limit_is_decoded_at_a_fraction() -> None:
    kept = io.BytesIO()
    Image.new("RGB", (6000, 4000), "green").save(kept, "JPEG")
    assert decode(kept.getvalue(), 600, 400).width() == 600
    with pytest.raises(BrokenPicture) as caught:
        decode(kept.getvalue(), 6000, 4000)
    assert caught.value.fault is Fault.TOO_LARGE


def test_a_photograph_with_a_small_one_inside_is_whole() -> None:
    """The end of the small picture in its header is not the end of the file, and bytes after the end do no harm."""
    data = encoded("JPEG")
    small = encoded("JPEG", 16, 16)
    inside = data[:2] + b"\xff\xe1" + (len(small) + 2).to_bytes(2, "big") + small + data[2:]
    assert decode(inside + b"rest", 300, 300).width() == 300
    with pytest.raises(BrokenPicture):
        decode(inside[:-3000], 300, 300)


def test_all_pictures_of_one_that_moves() -> None:
    source = Source(gif(3), 40, 40)
    assert [source.next().isNull() for _ in range(4)] == [False, False, False, True]
