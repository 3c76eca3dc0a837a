"""Downloads from a server that breaks off, ignores ranges, lies and stalls: the real client and core against a script.

Nothing is written outside the folder, nothing overwritten, nothing half gets a final name, no token goes elsewhere.
"""

import asyncio
import gzip
import hashlib
import os
from pathlib import Path

import pytest

from chatdesk.core import fetching, files, single_fetches
from chatdesk.domain.elements import Media
from chatdesk.domain.transfers import DownloadNote, DownloadState
from tests.unit.core.download_setting import DATA, URI, Bench, ranges, with_ranges
from tests.unit.matrix.scripted import Reply, Request, ScriptedServer, redirect

# Breaking off


async def test_a_broken_line_goes_on_where_it_was(bench: Bench, server: ScriptedServer) -> None:
    server.script = with_ranges(cut_after=400_000)
    row = await bench.outcome(Media(URI, "a.bin"))
    assert (row.state, row.note, row.sha256) == (
        DownloadState.DONE,
        DownloadNote.NOTHING,
        hashlib.sha256(DATA).hexdigest(),
    )
    assert Path(row.path).read_bytes() == DATA
    assert ranges(server)[0] == ""
    assert 0 < int(ranges(server)[1].removeprefix("bytes=").rstrip("-")) <= 400_000
    assert bench.names() == ["a.bin"]


async def test_a_server_without_ranges_begins_anew_and_it_is_said(bench: Bench, server: ScriptedServer) -> None:
    cuts = [400_000]
    server.script = lambda _: Reply(200, DATA, {"ETag": '"1"'}, cut_after=cuts.pop() if cuts else None)
    row = await bench.outcome(Media(URI, "a.bin"))
    assert (row.state, row.note) == (DownloadState.DONE, DownloadNote.BEGAN_ANEW)
    assert Path(row.path).read_bytes() == DATA


async def test_another_version_is_never_joined_to_the_first(bench: Bench, server: ScriptedServer) -> None:
    other = DATA[::-1]
    first = with_ranges(cut_after=400_000)
    second = with_ranges(other, '"2"')
    server.script = lambda request: (first if len(server.requests) == 1 else second)(request)
    row = await bench.outcome(Media(URI, "a.bin"))
    assert (row.state, row.note) == (DownloadState.DONE, DownloadNote.OTHER_VERSION)
    assert Path(row.path).read_bytes() == other


async def test_the_rest_is_past_the_end_of_a_file_that_shrank(bench: Bench, server: ScriptedServer) -> None:
    small = DATA[:1000]
    first = with_ranges(cut_after=400_000)
    second = with_ranges(small)
    server.script = lambda request: (first if len(server.requests) == 1 else second)(request)
    row = await bench.outcome(Media(URI, "a.bin"))
    assert (row.state, row.note) == (DownloadState.DONE, DownloadNote.BEGAN_ANEW)  # the same version, it says
    assert Path(row.path).read_bytes() == small


async def test_three_tries_then_retry_goes_on(bench: Bench, server: ScriptedServer) -> None:
    whole = with_ranges()

    def script(request: Request) -> Reply:
        reply = whole(request)
        return Reply(reply.status, reply.body, reply.headers, cut_after=100_000)

    server.script = script
    row = await bench.outcome(Media(URI, "a.bin"))
    assert row.state is DownloadState.FAILED
    assert len(server.requests) == single_fetches.TRIES
    assert bench.names() == ["a.bin.part"]
    server.script = whole
    await bench.downloads.retry(row.id)
    row = await bench.until(row.id, DownloadState.DONE)
    assert ranges(server)[-1] != ""
    assert Path(row.path).read_bytes() == DATA


async def test_pause_and_going_on_after_a_restart(bench: Bench, server: ScriptedServer) -> None:
    whole = with_ranges()
    gate = asyncio.Event()
    server.script = lambda request: Reply(200, DATA, {"ETag": '"1"', "Content-Length": str(len(DATA) * 2)})
    row = await bench.start(Media(URI, "a.bin"))
    async with asyncio.timeout(10):
        while bench.downloads.list()[0].received < 1000 and not gate.is_set():
            await asyncio.sleep(0.005)
    bench.downloads.pause(row.id)
    paused = await bench.until(row.id, DownloadState.PAUSED, DownloadState.FAILED)
    if paused.state is DownloadState.PAUSED:
        assert paused.received == (bench.folder / "a.bin.part").stat().st_size
    await bench.restart()
    assert bench.downloads.list()[0].state is paused.state  # what the user stopped stays stopped
    server.script = whole
    await bench.downloads.retry(row.id)
    done = await bench.until(row.id, DownloadState.DONE)
    assert Path(done.path).read_bytes() == DATA


async def test_what_ran_when_the_program_ended_goes_on_by_itself(bench: Bench, server: ScriptedServer) -> None:
    server.script = lambda _: Reply(is_mute=True)
    row = await bench.start(Media(URI, "a.bin"))
    await bench.until(row.id, DownloadState.RUNNING)
    (bench.folder / "a.bin.part").write_bytes(DATA[:300_000])
    server.script = with_ranges()
    await bench.restart()
    done = await bench.until(row.id, DownloadState.DONE)
    assert Path(done.path).read_bytes() == DATA
    assert bench.names() == ["a.bin"]


# Lies


async def test_content_that_is_not_what_was_sent(bench: Bench, server: ScriptedServer) -> None:
    server.script = lambda _: Reply(200, DATA)
    row = await bench.outcome(Media(URI, "a.bin", sha256="0" * 64))
    assert row.state is DownloadState.FAILED
    assert "does not match" in row.failure
    assert bench.names() == []


async def test_a_body_without_an_end(bench: Bench, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """No length is said: it stops where the sender's size is passed, or before the disk is full."""
    server.script = lambda _: Reply(200, DATA * 8, is_chunked=True)
    row = await bench.outcome(Media(URI, "a.bin", size=1000))
    assert row.state is DownloadState.FAILED
    assert "larger" in row.failure
    monkeypatch.setattr(files, "free_bytes", lambda _: 1000)
    row = await bench.outcome(Media(URI, "b.bin"))
    assert row.state is DownloadState.FAILED
    assert "no space left" in row.failure
    assert bench.names() == []


async def test_a_slow_drip_counts_as_broken(
    bench: Bench, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SLOWEST_S", 0.0)
    monkeypatch.setattr(fetching, "SLOWEST_BYTES", 1 << 30)
    server.script = lambda _: Reply(200, DATA)
    row = await bench.outcome(Media(URI, "a.bin"))
    assert row.state is DownloadState.FAILED
    assert "next to nothing" in row.failure


async def test_a_packed_bomb_stays_small_in_memory_and_is_stopped(bench: Bench, server: ScriptedServer) -> None:
    bomb = gzip.compress(bytes(64 << 20))
    server.script = lambda _: Reply(200, bomb, {"Content-Encoding": "gzip"})
    row = await bench.outcome(Media(URI, "a.bin", size=1 << 20))
    assert row.state is DownloadState.FAILED
    assert "larger" in row.failure
    server.script = lambda _: Reply(200, gzip.compress(DATA), {"Content-Encoding": "gzip"})
    row = await bench.outcome(Media(URI, "b.bin", size=len(DATA)))
    assert Path(row.path).read_bytes() == DATA
    server.script = lambda _: Reply(200, b"?", {"Content-Encoding": "br"})
    assert (await bench.outcome(Media(URI, "c.bin"))).state is DownloadState.FAILED
    server.script = lambda _: Reply(200, b"no gzip", {"Content-Encoding": "gzip"})
    assert (await bench.outcome(Media(URI, "d.bin"))).state is DownloadState.FAILED


# Names


HOSTILE_NAMES = [
    "../../evil.sh",
    "..\\..\\evil.bat",
    "/etc/passwd",
    "C:\\Windows\\system.ini",
    "\\\\server\\share\\x",
    "CON",
    "nul.txt",
    "aux.tar.gz",
    "invoice\u202efdp.exe",
    "line\nbreak\x00\x07.txt",
    "x" * 5000 + ".pdf",
    "",
    " ",
    ".",
    "..",
    "-rf",
    "~",
    ".bashrc",
    "trailing. . .",
    'a:b*c?d|e<f>g"h',
    "名" * 400 + ".txt",
    "file.part",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
async def test_hostile_names_stay_in_the_folder(bench: Bench, server: ScriptedServer, name: str) -> None:
    server.script = lambda _: Reply(200, b"content")
    before = set(bench.folder.parent.iterdir())
    row = await bench.outcome(Media(URI, name))
    assert row.state is DownloadState.DONE, row
    path = Path(row.path)
    assert path.parent == bench.folder
    assert path.read_bytes() == b"content"
    assert bench.names() == [path.name]
    assert not path.name.startswith((".", "-", "~"))
    assert path.name.isprintable()
    assert len(path.name.encode()) < 220
    assert not path.stat().st_mode & 0o111
    assert set(bench.folder.parent.iterdir()) == before


async def test_two_of_one_name_and_one_that_is_there(bench: Bench, server: ScriptedServer) -> None:
    server.script = lambda _: Reply(200, b"new")
    (bench.folder / "a.txt").write_text("mine")
    rows = await asyncio.gather(*(bench.outcome(Media(f"{URI}{n}", "a.txt")) for n in range(4)))
    assert len({row.path for row in rows}) == 4
    assert bench.names() == ["a (2).txt", "a (3).txt", "a (4).txt", "a (5).txt", "a.txt"]
    assert (bench.folder / "a.txt").read_text() == "mine"


async def test_a_folder_that_vanishes_or_cannot_be_written(bench: Bench, server: ScriptedServer) -> None:
    server.script = lambda _: Reply(is_mute=True)
    row = await bench.start(Media(URI, "a.bin"))
    await bench.until(row.id, DownloadState.RUNNING)
    bench.downloads.pause(row.id)
    await bench.until(row.id, DownloadState.PAUSED)
    for path in bench.folder.iterdir():
        path.unlink()
    bench.folder.rmdir()
    server.script = lambda _: Reply(200, b"content")
    await bench.downloads.retry(row.id)
    assert Path((await bench.until(row.id, DownloadState.DONE)).path).read_bytes() == b"content"
    (bench.folder / "no folder").write_text("")
    with pytest.raises(Exception, match="cannot be written"):
        await bench.downloads.start(await bench.message(Media(URI, "b")), 0, bench.folder / "no folder" / "x")


# Redirects


async def test_the_token_goes_to_nobody_else(bench: Bench, server: ScriptedServer) -> None:
    other = ScriptedServer(lambda _: Reply(200, b"from elsewhere"))
    await other.start()
    try:
        server.script = lambda _: redirect(f"{other.url}/file")
        row = await bench.outcome(Media(URI, "a.bin"))
        assert row.state is DownloadState.FAILED  # a server on this machine may not send the client elsewhere
        assert all("authorization" not in request.headers for request in other.requests)
    finally:
        await other.stop()
    server.script = lambda request: redirect(request.target)
    row = await bench.outcome(Media(URI, "b.bin"))
    assert row.state is DownloadState.FAILED
    assert "circles" in row.failure
    assert [name for name in bench.names() if not name.endswith(".part")] == []


# Afterwards


async def test_marks_the_same_content_and_checking_again(bench: Bench, server: ScriptedServer) -> None:
    server.script = lambda _: Reply(200, DATA)
    key = await bench.message(Media(URI, "a.bin"))
    assert await bench.downloads.owned(key, 0) is None
    row = await bench.until((await bench.downloads.start(key, 0)).id, DownloadState.DONE)
    known = await bench.downloads.owned(key, 0)
    assert known is not None
    assert known.id == row.id
    again = await bench.message(Media("mxc://example.org/copy", "copy.bin", sha256=row.sha256))
    assert await bench.downloads.owned(again, 0) == known
    if hasattr(os, "getxattr"):
        assert os.getxattr(row.path, "user.xdg.origin.url") == URI.encode()
    await bench.downloads.check(row.id)
    assert bench.downloads.list()[0].note is DownloadNote.UNCHANGED
    with Path(row.path).open("r+b") as file:
        file.write(b"?")
    await bench.downloads.check(row.id)
    assert bench.downloads.list()[0].note is DownloadNote.CHANGED
    Path(row.path).unlink()
    await bench.downloads.look()
    assert bench.downloads.list()[0].state is DownloadState.MISSING
    assert await bench.downloads.owned(key, 0) is None
    await bench.downloads.retry(row.id)
    assert Path((await bench.until(row.id, DownloadState.DONE)).path).read_bytes() == DATA


async def test_what_was_taken_off_the_list_is_known_by_its_content(bench: Bench, server: ScriptedServer) -> None:
    server.script = lambda _: Reply(200, DATA)
    key = await bench.message(Media(URI, "a.bin", size=len(DATA), sha256=hashlib.sha256(DATA).hexdigest()))
    row = await bench.until((await bench.downloads.start(key, 0)).id, DownloadState.DONE)
    await bench.downloads.forget(row.id)
    assert bench.downloads.list() == ()
    known = await bench.downloads.owned(key, 0)
    assert known is not None
    assert bench.downloads.list() == (known,)
    assert (known.path, known.sha256, known.state) == (row.path, row.sha256, DownloadState.DONE)
    await bench.downloads.forget(known.id)
    renamed = Path(row.path).rename(bench.folder / "b (2).bin")
    known = await bench.downloads.owned(key, 0)
    assert known is not None
    assert known.path == str(renamed)
    await bench.downloads.forget(known.id)
    renamed.write_bytes(DATA[::-1])  # as large, but something else
    assert await bench.downloads.owned(key, 0) is None


async def test_cancelling_and_forgetting_leave_nothing_half(bench: Bench, server: ScriptedServer) -> None:
    server.script = lambda _: Reply(is_mute=True)
    rows = [await bench.start(Media(f"{URI}{n}", f"{n}.bin")) for n in range(5)]
    assert sum(1 for row in bench.downloads.list() if row.state is DownloadState.WAITING) >= 2
    await bench.until(rows[0].id, DownloadState.RUNNING)
    bench.downloads.pause(rows[0].id)
    await bench.until(rows[0].id, DownloadState.PAUSED)
    bench.downloads.cancel(rows[0].id)
    await bench.until(rows[0].id, DownloadState.CANCELLED)
    bench.downloads.cancel(rows[1].id)
    await bench.until(rows[1].id, DownloadState.CANCELLED)
    for row in rows[2:]:
        await bench.downloads.forget(row.id)
    async with asyncio.timeout(10):
        while bench.names():
            await asyncio.sleep(0.01)
