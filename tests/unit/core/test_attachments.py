"""What a local file says about itself before it leaves, and the small picture made of it."""

import hashlib
import io
import zlib
from pathlib import Path

import pytest
from PIL import Image as Pictures

from chatdesk.core.attachments import blurhash_of, check_sendable, describe, make_thumbnail
from chatdesk.core.fetching import check_target
from chatdesk.core.uploads import check_elements
from chatdesk.domain.blurhash import decode
from chatdesk.domain.elements import Custom, Element, File, Image, Media, Text, Tip, TipKind, Video
from chatdesk.domain.errors import (
    ChatdeskError,
    FileEmpty,
    FileMissing,
    FileTooLarge,
    InvalidElement,
    NotAPicture,
    ServerElement,
    TargetExists,
    TargetMissing,
    TargetNotWritable,
    TooLarge,
)
from chatdesk.domain.messages import SendOptions


def picture(path: Path, size: tuple[int, int], mode: str = "RGB", kind: str = "PNG") -> Path:
    Pictures.new(mode, size, 128 if len(mode) == 1 else tuple([128] * len(mode))).save(path, kind)
    return path


def test_colours_in_brief(tmp_path: Path) -> None:
    text = blurhash_of(picture(tmp_path / "p", (500, 300)))
    assert all(abs(part - 128) < 20 for part in decode(text, 2, 2))
    (tmp_path / "q").write_bytes(b"no picture")
    assert blurhash_of(tmp_path / "q") == blurhash_of(tmp_path / "missing") == ""


@pytest.mark.parametrize("side", [30_000, 2**31 - 1, 0])
def test_a_picture_that_is_a_bomb_leaves_without_a_small_one(tmp_path: Path, side: int) -> None:
    data = bytearray(picture(tmp_path / "p", (500, 300)).read_bytes())
    data[16:24] = side.to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    (tmp_path / "p").write_bytes(data)
    assert make_thumbnail(tmp_path / "p") is None
    assert blurhash_of(tmp_path / "p") == ""


@pytest.mark.parametrize(
    ("size", "mode", "kind", "expected"),
    [
        ((1000, 500), "RGB", "JPEG", (396, 198)),
        ((500, 1000), "RGBA", "PNG", (198, 396)),
        ((300, 300), "L", "BMP", (198, 198)),
        ((400, 400), "P", "GIF", (198, 198)),
        ((198, 4000), "RGB", "PNG", None),
    ],
)
def test_thumbnails(
    tmp_path: Path, size: tuple[int, int], mode: str, kind: str, expected: tuple[int, int] | None
) -> None:
    made = make_thumbnail(picture(tmp_path / "p", size, mode, kind))
    if expected is None:
        assert made is None
        return
    assert made is not None
    media, data = made
    assert (media.width, media.height) == expected
    assert (media.size, media.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    with Pictures.open(io.BytesIO(data)) as small:
        assert small.size == expected
        assert media.mime == f"image/{(small.format or '').lower()}"


def test_a_damaged_picture_has_no_thumbnail_and_does_no_harm(tmp_path: Path) -> None:
    path = picture(tmp_path / "p.png", (600, 600))
    path.write_bytes(path.read_bytes()[:200])
    assert make_thumbnail(path) is None
    (tmp_path / "text").write_text("no picture")
    assert make_thumbnail(tmp_path / "text") is None


def test_a_file_is_described(tmp_path: Path) -> None:
    path = picture(tmp_path / "p.png", (600, 300))
    element = describe(Image(Media(path=str(path))), 0)
    assert isinstance(element, Image)
    data = path.read_bytes()
    assert element.media == Media(
        name="p.png", mime="image/png", size=len(data), path=str(path), sha256=hashlib.sha256(data).hexdigest()
    )
    assert (element.width, element.height) == (600, 300)
    video = describe(Video(Media(path=str(path)), 1, thumbnail=Media(path=str(path))), 0)
    assert isinstance(video, Video)
    assert video.thumbnail is not None
    assert (video.thumbnail.width, video.thumbnail.height) == (600, 300)


def test_files_that_cannot_go(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "big").write_bytes(b"12345")
    for name, limit, error in (
        ("absent", 0, FileMissing),
        (".", 0, FileMissing),
        ("empty", 0, FileEmpty),
        ("big", 4, FileTooLarge),
    ):
        with pytest.raises(error):
            check_sendable(tmp_path / name, limit)
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(600 << 20)
    with pytest.raises(FileTooLarge, match=r"has 629.1 MB; the server takes at most 104.9 MB"):
        check_sendable(tmp_path / "huge", 100 << 20)  # in the unit of the window
    with pytest.raises(NotAPicture):
        describe(Image(Media(path=str(tmp_path / "big"))), 0)


@pytest.mark.parametrize(
    ("elements", "error"),
    [
        ([], InvalidElement),
        ([Text("")], InvalidElement),
        ([Custom()], InvalidElement),
        ([Text("x"), Tip(TipKind.JOINED)], ServerElement),
        ([Text("x" * 101)], TooLarge),
        ([Text("x" * 50), Custom("y" * 51)], TooLarge),
        ([Text("ä" * 51)], TooLarge),
    ],
)
def test_messages_that_cannot_go(elements: list[Element], error: type[ChatdeskError]) -> None:
    with pytest.raises(error):
        check_elements(elements, SendOptions(text_limit_bytes=100))


def test_messages_that_can_go() -> None:
    check_elements([Text("x" * 60), Custom("y" * 40)], SendOptions(text_limit_bytes=100))
    check_elements([File(Media(path="/not/read/here"))], SendOptions())
    check_elements([Custom("data")], SendOptions())


def test_places_where_no_file_can_come(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for name, error in (
        ("taken", TargetExists),
        ("dangling", TargetExists),
        ("absent/a", TargetMissing),
        ("taken/a", TargetMissing),
        ("a\0b", TargetNotWritable),
        ("n" * 300, TargetNotWritable),
    ):
        with pytest.raises(error):
            check_target(tmp_path / name)
    check_target(tmp_path / "free")
