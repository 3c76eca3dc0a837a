"""Exports: what is in them, that they come back as they were, that nobody's text is more than text."""

import json
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from chatdesk.domain.elements import Custom, Element, Face, File, Image, Location, Media, Sound, Text, Video, media_of
from chatdesk.domain.errors import InputError
from chatdesk.domain.exports import Exported, ExportFormat, ExportWish, Line, LineFile
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import LocalMessage, Message
from chatdesk.interchange.pages import html_line
from chatdesk.store.database import Database
from chatdesk.store.media import put_thumbnail
from tests.unit.core.export_setting import ANN, Here

BEN = "@ben:example.org"
TALK = ConversationId(ConversationType.C2C, BEN)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
SECOND = 1_700_000_000
EVIL = "</div><script>alert(1)</script><img src=x onerror=alert(1)> & \"quoted\" 'too' \u202e"
CONTENTS: tuple[tuple[Element, ...], ...] = (
    (Text("plain"),),
    (Text("*bold*", "<b>bold</b>"),),
    (Image(Media("mxc://x/a", "a.png", "image/png", 5, sha256="0" * 64), 30, 40), Text("caption")),
    (File(Media("mxc://x/f", "f.bin", "application/x-odd", 7)),),
    (Sound(Media("mxc://x/s", "s.ogg", "audio/ogg", 7), 1234),),
    (Video(Media("mxc://x/v", "v.mp4", "video/mp4", 7), 5678, 640, 480, Media("mxc://x/t", mime="image/jpeg")),),
    (Location("52.5163", "13.3777", "gate"),),
    (Face(3, "[smile]", "smile"),),
    (Custom("data", "desc", "ext", "sound"),),
    (Text(EVIL),),
    (Text("😀 שלום\nline two"),),
)


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[tuple[Here, Here]]:
    opened = [await Database.open(tmp_path / f"{number}.db", bytes(32)) for number in range(2)]
    yield Here(opened[0]), Here(opened[1])
    for database in opened:
        await database.close()


def _text(message: Message) -> str:
    return "\n".join(element.content if isinstance(element, Text) else "…" for element in message.elements)


def _line(message: Message) -> Line:
    media = enumerate(map(media_of, message.elements))
    files = tuple(LineFile(place, each.name) for place, each in media if each is not None)
    day = f"day {message.time_ms // 86_400_000}"
    return Line(day, "12:00", message.sender_name, _text(message), message.is_self, files=files)


async def _fill(here: Here, count: int = len(CONTENTS)) -> None:
    items = (
        LocalMessage((ANN, BEN)[n % 2], CONTENTS[n % len(CONTENTS)], SECOND + n * 3600, SECOND + n * 3600, rand=n + 1)
        for n in range(count)
    )
    await here.local.import_messages(TALK, items)


async def test_an_export_comes_back_as_the_same_conversation(stores: tuple[Here, Here], tmp_path: Path) -> None:
    here, there = stores
    await _fill(here, 450)
    path = tmp_path / "talk.json"
    told: list[Exported] = []
    wish = ExportWish(ExportFormat.JSON, "Ben")
    assert await here.exports.run(TALK, path, wish, _line, told.append) == Exported(450)
    assert told == [Exported(200), Exported(400), Exported(450)]
    items = json.loads(path.read_text(encoding="utf-8"))
    assert items[0]["message_elem_array"] == [{"elem_type": 0, "text_elem_content": "plain"}]
    assert items[0]["message_sender"] == ANN
    preview = await there.imports.look(path)
    assert (preview.count, preview.skipped) == (450, 0)
    await there.imports.run(preview, TALK, lambda _: None)

    def facts(message: Message) -> tuple[object, ...]:
        return message.sender, message.is_self, message.time_ms, message.rand, message.state, message.elements

    assert list(map(facts, await there.messages(TALK))) == list(map(facts, await here.messages(TALK)))


async def test_a_file_from_elsewhere_names_no_file_of_this_computer(stores: tuple[Here, Here], tmp_path: Path) -> None:
    path = tmp_path / "trap.json"
    trap = {"elem_type": 1, "image_elem_orig_path": "/etc/passwd"}
    exact = [{"type": "image", "media": {"path": "/etc/passwd"}, "thumbnail": {"path": "/etc/shadow"}}]
    items = [{"message_elem_array": [trap]}, {"message_elem_array": [], "chatdesk_elements": exact}]
    path.write_text(json.dumps(items))
    await stores[0].imports.run(await stores[0].imports.look(path), TALK, lambda _: None)
    found = await stores[0].messages(TALK)
    assert len(found) == 2
    assert "/etc" not in str(found)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


async def test_a_page_holds_everything_and_nothing_that_runs(stores: tuple[Here, Here], tmp_path: Path) -> None:
    here, _ = stores
    await _fill(here)
    for uri in ("mxc://x/a", "mxc://x/t"):
        await here.ledger.database.write(put_thumbnail, uri, 800, 800, PNG, 1, 1 << 20)
    path = tmp_path / "talk.html"
    assert await here.exports.run(TALK, path, ExportWish(ExportFormat.HTML, EVIL), _line) == Exported(len(CONTENTS))
    page = path.read_text(encoding="utf-8")
    found = _Tags()
    found.feed(page)
    names = {tag for tag, _ in found.tags}
    assert names == {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "main",
        "h2",
        "article",
        "div",
        "img",
        "bdi",
    }
    assert all(not key.startswith("on") for _, attributes in found.tags for key in attributes)
    pictures = [attributes["src"] or "" for tag, attributes in found.tags if tag == "img"]
    assert len(pictures) == 2  # the picture, and what the video looks like
    assert all(picture.startswith("data:image/png;base64,") for picture in pictures)
    assert "default-src 'none'" in page
    assert found.text.count("alert(1)") == 6  # in the title twice, in the message once, each with two
    assert "😀 שלום\nline two" in found.text
    assert page.rstrip().endswith("</html>")


def test_the_links_the_poster_and_the_direction_of_a_line() -> None:
    """Names stand at the side of their bubble whatever their script; a sentence of chatdesk's runs as the page does."""
    text = 'See https://x.org/?a=1&b="2, <https://y.org>. https://'
    page = html_line(
        Line("", "9:00", "ليلى", text, files=(LineFile(0, "a.mp4", "0:06", "f/a.mp4", poster=PNG),)), False
    )
    found = _Tags()
    found.feed(page)
    links = [attributes for tag, attributes in found.tags if tag == "a"]
    assert [each["href"] for each in links] == ["f/a.mp4", "f/a.mp4", "https://x.org/?a=1&b=", "https://y.org"]
    assert links[2]["rel"] == links[3]["rel"] == "noopener noreferrer"
    assert text in found.text
    assert "a.mp4" in found.text
    assert [tag for tag, _ in found.tags].count("img") == 1
    assert '<div class="name"><bdi>ليلى</bdi></div>' in page
    assert "dir" not in html_line(Line("", "9:00", "", "\u2068ليلى\u2069 joined"), False)


async def test_plain_text_and_a_range(stores: tuple[Here, Here], tmp_path: Path) -> None:
    here, _ = stores
    await _fill(here)
    path = tmp_path / "talk.txt"
    start = (SECOND + 9 * 3600) * 1000
    wish = ExportWish(ExportFormat.TEXT, "Ben", from_ms=start, until_ms=start + 7_200_000)
    assert await here.exports.run(TALK, path, wish, _line) == Exported(2)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Ben"
    assert lines[3].startswith("12:00 ben: </div><script>")
    assert lines[4:6] == ["12:00 ann: 😀 שלום", "    line two"]


async def test_an_export_that_fails_leaves_what_was_there(stores: tuple[Here, Here], tmp_path: Path) -> None:
    here, _ = stores
    await _fill(here)
    path = tmp_path / "talk.txt"
    path.write_text("precious")

    def fail(message: Message) -> Line:
        raise InputError("no words")

    with pytest.raises(InputError):
        await here.exports.run(TALK, path, ExportWish(ExportFormat.TEXT, "Ben"), fail)
    assert path.read_text() == "precious"
    assert [file.name for file in tmp_path.iterdir() if file.suffix in (".part", ".txt")] == ["talk.txt"]
    with pytest.raises(InputError, match="cannot be written"):
        await here.exports.run(TALK, tmp_path / "no" / "where.txt", ExportWish(ExportFormat.TEXT, "Ben"), _line)
