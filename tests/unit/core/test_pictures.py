"""What a picture tells besides itself stays at home; its pixels stay as they are unless it is made smaller."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from chatdesk.core.attachments import blurhash_of, describe, file_element, make_thumbnail
from chatdesk.core.pictures import prepared, without_facts
from chatdesk.domain import elements

GPS = 0x8825
SECRET = b"52.5163"


def photo(path: Path, kind: str = "JPEG", size: tuple[int, int] = (400, 200), orientation: int = 1) -> Path:
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    exif = picture.getexif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera 52.5163"
    exif.get_ifd(GPS)[2] = (52.0, 30.0, 58.0)
    more: dict[str, Any] = {"xmp": b"<x:xmpmeta>52.5163</x:xmpmeta>"} if kind in ("JPEG", "WEBP") else {}
    if kind == "PNG":
        notes = PngInfo()
        notes.add_itxt("XML:com.adobe.xmp", "52.5163", zip=False)
        more["pnginfo"] = notes
    picture.save(path, kind, exif=exif, **more)
    return path


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB").tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_camera_stay_at_home(tmp_path: Path, kind: str) -> None:
    path = photo(tmp_path / "a.img", kind)
    before = path.read_bytes()
    assert SECRET in before
    made = prepared(path, 0, strips=True)
    assert made is not None
    data, suffix = made
    assert suffix == ".img"
    assert SECRET not in data
    assert pixels(data) == pixels(before)
    with Image.open(io.BytesIO(data)) as picture:
        assert not picture.getexif().get_ifd(GPS)
        assert picture.format == kind
    assert without_facts(data) == data


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_same_side_is_up(tmp_path: Path, orientation: int) -> None:
    path = photo(tmp_path / "a.jpg", orientation=orientation)
    made = prepared(path, 0, strips=True)
    assert made is not None
    with Image.open(io.BytesIO(made[0])) as picture:
        assert picture.getexif().get(0x0112, 1) == orientation
    (tmp_path / "b.jpg").write_bytes(made[0])
    on_its_side = orientation >= 5
    shown = file_element(tmp_path / "b.jpg")
    assert isinstance(shown, elements.Image)
    assert (shown.width, shown.height) == ((200, 400) if on_its_side else (400, 200))
    described = describe(shown, 0)
    assert isinstance(described, elements.Image)
    assert (described.width, described.height) == (shown.width, shown.height)
    big = photo(tmp_path / "c.jpg", size=(1000, 500), orientation=orientation)
    small = make_thumbnail(big)
    assert small is not None
    assert (small[0].width, small[0].height) == ((198, 396) if on_its_side else (396, 198))
    assert blurhash_of(big)


@pytest.mark.parametrize("strips", [True, False])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP"])
def test_smaller(tmp_path: Path, kind: str, strips: bool) -> None:
    path = photo(tmp_path / "a", kind, (3000, 1500)) if kind != "BMP" else tmp_path / "a"
    if kind == "BMP":
        Image.new("RGB", (3000, 1500), "green").save(path, kind)
    made = prepared(path, 1024, strips)
    assert made is not None
    with Image.open(io.BytesIO(made[0])) as picture:
        assert picture.size == (1024, 512)
    assert SECRET not in made[0]
    assert len(made[0]) < path.stat().st_size


def test_what_moves_keeps_its_size(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (2000, 100), color) for color in ("red", "green")]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    assert prepared(tmp_path / "a.gif", 1024, strips=True) is None


def test_what_hangs_on_behind_goes(tmp_path: Path) -> None:
    path = photo(tmp_path / "a.jpg")
    path.write_bytes(without_facts(path.read_bytes()) + b"a film of the moment " + SECRET)
    made = prepared(path, 0, strips=True)
    assert made is not None
    assert SECRET not in made[0]


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\x00", b"\x89PNG\r\n\x1a\n\x00", b"RIFF\0\0\0\0WEBP"]
)
def test_the_damaged_are_left_alone(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.jpg").write_bytes(data)
    assert prepared(tmp_path / "a.jpg", 1024, strips=True) in (None, (without_facts(data), ".jpg"))
    assert prepared(tmp_path / "missing.jpg", 1024, strips=True) is None


def test_left_as_it_is_when_that_is_wished(tmp_path: Path) -> None:
    assert prepared(photo(tmp_path / "a.jpg"), 0, strips=False) is None
    assert prepared(photo(tmp_path / "a.jpg"), 2048, strips=False) is None
