"""A page with its files beside it: each once, under a harmless name, linked where a click is harmless; what cannot be
had is named, and what fails leaves nothing."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from chatdesk.core import single_fetches
from chatdesk.core.exports import Exports
from chatdesk.core.history import History
from chatdesk.core.media import MediaCache
from chatdesk.domain.elements import File, Image, Media, media_of
from chatdesk.domain.errors import InputError
from chatdesk.domain.exports import Exported, ExportFormat, ExportWish, Line, LineFile
from chatdesk.domain.messages import LocalMessage, Message, MessageOrigin
from chatdesk.domain.transfers import DownloadState
from chatdesk.store.sync import add_local
from tests.unit.core.download_setting import ME, TALK, Bench
from tests.unit.matrix.scripted import Reply, Request, ScriptedServer

WISH = ExportWish(ExportFormat.HTML, "Talk", with_files=True, missing="not there", unlinked="careful")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
NAMES = (
    "../../notes.txt",
    "notes.txt",
    "CON",
    'a"><b>.pdf',
    "evil.HTML",
    "x" * 300 + ".zip",
    "gone.bin",
    "über 100%.txt",
)


def _line(message: Message) -> Line:
    media = enumerate(map(media_of, message.elements))
    files = tuple(LineFile(place, each.name, "1 kB") for place, each in media if each is not None)
    return Line("today", "12:00", "Ben", "", files=files)


def _script(request: Request) -> Reply:
    if "gone" in request.target:
        return Reply(404, b'{"errcode": "M_NOT_FOUND", "error": "gone"}')
    return Reply(200, PNG if "picture" in request.target else request.target.encode(), {"Content-Type": "image/png"})


async def _keep(bench: Bench, *elements: File | Image) -> None:
    for number, element in enumerate(elements):
        item = LocalMessage(ME, (element,), server_time_s=1000 + number)
        await bench.ledger.apply(add_local, TALK, [item], [f"id-{number}"], MessageOrigin.IMPORTED, ME, 1)


def _exports(bench: Bench) -> Exports:
    history = History(bench.ledger, bench.homeserver, None)  # type: ignore[arg-type]  # nothing is decoded
    return Exports(history, MediaCache(bench.ledger, bench.homeserver), bench.downloads)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


async def test_files_lie_beside_the_page(bench: Bench, server: ScriptedServer, tmp_path: Path) -> None:
    server.script = _script
    picture = Image(Media("mxc://x/picture", "sunset", "image/png"))
    files = [File(Media(f"mxc://x/{'gone' if 'gone' in name else number}", name)) for number, name in enumerate(NAMES)]
    await _keep(bench, picture, *files, File(Media("mxc://x/0", "the same again.txt")))
    page = tmp_path / "out" / "My talk.html"
    page.parent.mkdir()
    told: list[Exported] = []
    done = await _exports(bench).run(TALK, page, WISH, _line, told.append)
    assert done == Exported(10, 8, 1)
    assert told[-1] == done
    assert [each.files for each in told] == sorted(each.files for each in told)
    folder = page.with_name("My talk_files")
    assert sorted(page.parent.iterdir()) == [page, folder]
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(
        ["sunset.png", "notes.txt", "notes (2).txt", "CON_", "a___b_.pdf", "evil.HTML", "über 100%.txt"]
        + [name for name in names if name.startswith("xxx")]
    )
    found = _Links()
    found.feed(page.read_text(encoding="utf-8"))
    paths = [page.parent / unquote(link) for link in found.links]
    assert len(paths) == 8  # the picture, six files, one of them twice
    assert {path.name for path in paths} == set(names) - {"evil.HTML"}
    assert all(path.resolve().parent == folder and path.is_file() for path in paths)
    assert paths[0].read_bytes() == PNG
    assert found.text.count("not there") == found.text.count("careful") == 1
    again = await _exports(bench).run(TALK, page, WISH, _line)
    assert again == done
    assert page.with_name("My talk_files (2)").is_dir()  # nothing of anybody is overwritten or deleted


async def test_what_was_downloaded_before_is_not_fetched_again(
    bench: Bench, server: ScriptedServer, tmp_path: Path
) -> None:
    server.script = _script
    media = Media("mxc://x/1", "a.txt")
    row = await bench.outcome(media)
    assert row.state is DownloadState.DONE
    asked = len(server.requests)
    page = tmp_path / "talk.html"
    assert await _exports(bench).run(TALK, page, WISH, _line) == Exported(1, 1)
    assert len(server.requests) == asked
    Path(row.path).write_text("changed since")
    assert await _exports(bench).run(TALK, page, WISH, _line) == Exported(1, 1)
    assert len(server.requests) == asked + 1
    for folder in tmp_path.glob("talk_files*"):
        assert (folder / "a.txt").read_bytes() != b"changed since"


async def test_without_a_connection_it_is_asked_for_once(
    bench: Bench, server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_fetches, "TRIES", 1)
    server.script = lambda _: Reply(cut_after=0, body=b"x")
    await _keep(bench, *(File(Media(f"mxc://x/{number}", "a.bin")) for number in range(20)))
    assert await _exports(bench).run(TALK, tmp_path / "talk.html", WISH, _line) == Exported(20, 0, 20)
    assert len(server.requests) < 20


async def test_what_fails_leaves_neither_page_nor_folder(bench: Bench, server: ScriptedServer, tmp_path: Path) -> None:
    server.script = _script
    await _keep(bench, *(File(Media(f"mxc://x/{number}", "a.bin")) for number in range(3)))
    out = tmp_path / "out"
    out.mkdir()
    described: list[Message] = []

    def fail(message: Message) -> Line:
        described.append(message)
        if len(described) == 3:
            assert list((out / "talk_files").iterdir())
            raise InputError("no words")
        return _line(message)

    with pytest.raises(InputError):
        await _exports(bench).run(TALK, out / "talk.html", WISH, fail)
    assert not list(out.iterdir())
