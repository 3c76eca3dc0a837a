"""Downloads when things go wrong on this side: the disk, the folder, a kill. Nothing half gets a final name."""

import asyncio
import contextlib
import hashlib
import itertools
import os
import resource
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

import pytest

from chatdesk.core import fetching, files
from chatdesk.domain.changes import Changes
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import TransferError
from chatdesk.domain.transfers import DownloadNote, DownloadState
from chatdesk.store.database import Database
from tests.servers.big_file import BLOCK
from tests.unit.core.download_setting import DATA, KEY, URI, Bench, ranges, with_ranges
from tests.unit.matrix.scripted import Reply, ScriptedServer

MIB = 1 << 20


@contextlib.contextmanager
def full_disk(most: int) -> Iterator[None]:
    """No file may grow further: what a full disk does, on every system and for every user."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_disk_that_runs_full_and_has_room_again(bench: Bench, server: ScriptedServer) -> None:
    data = DATA * 6
    server.script = with_ranges(data)
    with full_disk(4 * MIB + 1000):
        row = await bench.outcome(Media(URI, "a.bin", size=len(data)))
    assert row.state is DownloadState.FAILED
    assert "no space left" in row.failure
    part = bench.folder / "a.bin.part"
    assert row.received == part.stat().st_size > 3 * MIB  # what is here was not fetched for nothing
    await bench.restart()
    await bench.downloads.retry(row.id)
    done = await bench.until(row.id, DownloadState.DONE)
    assert ranges(server)[-1] == f"bytes={row.received}-"
    assert done.note is DownloadNote.NOTHING
    assert Path(done.path).read_bytes() == data
    assert bench.names() == ["a.bin"]


async def test_what_is_here_counts_as_room_when_it_begins_anew(
    bench: Bench, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script = lambda _: Reply(is_mute=True)
    row = await bench.start(Media(URI, "a.bin", size=len(DATA)))
    await bench.until(row.id, DownloadState.RUNNING)
    bench.downloads.pause(row.id)
    await bench.until(row.id, DownloadState.PAUSED)
    (bench.folder / "a.bin.part").write_bytes(DATA[:-1000])
    server.script = lambda _: Reply(200, DATA)
    monkeypatch.setattr(files, "free_bytes", lambda _: fetching.SPARE_BYTES + 1000)
    await bench.downloads.retry(row.id)
    assert (await bench.until(row.id, DownloadState.DONE)).note is DownloadNote.BEGAN_ANEW
    monkeypatch.setattr(files, "free_bytes", lambda _: fetching.SPARE_BYTES - 1)
    server.script = lambda _: Reply(200, DATA, is_chunked=True)
    assert "no space left" in (await bench.outcome(Media(URI, "b.bin"))).failure


# The last step


@pytest.fixture
def last_step(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """The last step of the next download: has begun, may go on."""
    begun, gate = threading.Event(), threading.Event()
    finish = files.finish

    def slowly(path: Path, uri: str) -> Path:
        begun.set()
        assert gate.wait(20)
        return finish(path, uri)

    monkeypatch.setattr(files, "finish", slowly)
    return begun, gate


@pytest.mark.parametrize("how", ["cancelled", "forgotten", "revoked", "paused and forgotten"])
async def test_given_up_in_its_last_step_there_is_no_file(
    bench: Bench, server: ScriptedServer, last_step: tuple[threading.Event, threading.Event], how: str
) -> None:
    server.script = with_ranges()
    row = await bench.start(Media(URI, "a.bin"))
    begun, gate = last_step
    assert await asyncio.to_thread(begun.wait, 20)
    if "paused" in how:
        bench.downloads.pause(row.id)
        await asyncio.sleep(0)
    if "forgotten" in how:
        await bench.downloads.forget(row.id)
    elif how == "cancelled":
        bench.downloads.cancel(row.id)
    else:
        bench.ledger.changes.publish(Changes(forgotten=(URI,)))
    await asyncio.sleep(0)
    assert bench.busy(row.id)  # what has begun cannot be stopped
    gate.set()
    await bench.quiet()
    assert bench.names() == []
    assert [(row.state, row.sha256) for row in bench.downloads.list()] == (
        [] if "forgotten" in how else [(DownloadState.CANCELLED, "")]
    )


@pytest.mark.parametrize("how", ["paused", "ended", "paused and ended"])
async def test_a_pause_and_the_programs_end_come_too_late_for_the_last_step(
    bench: Bench, server: ScriptedServer, last_step: tuple[threading.Event, threading.Event], how: str
) -> None:
    server.script = with_ranges()
    row = await bench.start(Media(URI, "a.bin"))
    begun, gate = last_step
    assert await asyncio.to_thread(begun.wait, 20)
    if "paused" in how:
        bench.downloads.pause(row.id)
        await asyncio.sleep(0)
    ending = asyncio.ensure_future(bench.downloads.close() if "ended" in how else bench.quiet())
    await asyncio.sleep(0)
    gate.set()
    await ending
    await bench.restart()
    (row,) = bench.downloads.list()
    assert (row.state, row.sha256) == (DownloadState.DONE, hashlib.sha256(DATA).hexdigest())
    assert Path(row.path).read_bytes() == DATA
    assert bench.names() == ["a.bin"]
    assert len(ranges(server)) == 1


async def test_stopped_at_any_moment_list_and_folder_agree(bench: Bench, server: ScriptedServer) -> None:
    """One moment more each time, until the download has been quicker; and what may go on does."""
    server.script = with_ranges(DATA[:1000])
    outcomes = set()
    for turn, stop in itertools.product(range(0, 60, 2), (bench.downloads.cancel, bench.downloads.pause)):
        row = await bench.start(Media(f"{URI}{turn}", "a.bin"))
        for _ in range(turn):
            await asyncio.sleep(0.0005)
        stop(row.id)
        await bench.quiet()
        (row,) = bench.downloads.list()
        outcomes.add(row.state)
        if row.state is DownloadState.PAUSED:
            await bench.downloads.retry(row.id)
            row = await bench.until(row.id, DownloadState.DONE)
        assert row.state in (DownloadState.DONE, DownloadState.CANCELLED)
        assert bench.names() == (["a.bin"] if row.state is DownloadState.DONE else [])
        await bench.downloads.forget(row.id)
        (bench.folder / "a.bin").unlink(missing_ok=True)
    assert outcomes == {DownloadState.DONE, DownloadState.CANCELLED, DownloadState.PAUSED}


@pytest.mark.parametrize("how", ["cancelled", "paused"])
async def test_given_up_while_its_file_is_opened(
    bench: Bench, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """A thread opens it whether or not somebody still wants it: it is closed, and not made anew."""
    server.script = with_ranges()
    begun, gate, opened = threading.Event(), threading.Event(), fetching._opened
    files_opened = []

    def slowly(part: Path, offset: int) -> FileIO:
        begun.set()
        assert gate.wait(20)
        files_opened.append(opened(part, offset))
        return files_opened[0]

    monkeypatch.setattr(fetching, "_opened", slowly)
    row = await bench.start(Media(URI, "a.bin"))
    assert await asyncio.to_thread(begun.wait, 20)
    (bench.downloads.cancel if how == "cancelled" else bench.downloads.pause)(row.id)
    await asyncio.sleep(0.05)
    gate.set()
    await bench.quiet()
    assert [file.closed for file in files_opened] == [True]
    assert bench.names() == []


async def test_killed_when_all_was_here(bench: Bench, server: ScriptedServer) -> None:
    """Nothing is left to ask the server for, so nothing is fetched."""
    server.script = lambda _: Reply(200, DATA, {"ETag": '"1"'}, gate=asyncio.Event(), gate_after=1000)
    row = await bench.start(Media(URI, "a.bin"))
    async with asyncio.timeout(20):
        while not bench.downloads.list()[0].etag:
            await asyncio.sleep(0.005)
    await bench.end()
    (bench.folder / "a.bin.part").write_bytes(DATA)
    asked = len(server.requests)
    await bench.begin_anew()
    done = await bench.until(row.id, DownloadState.DONE)
    assert (done.note, done.sha256) == (DownloadNote.NOTHING, hashlib.sha256(DATA).hexdigest())
    assert Path(done.path).read_bytes() == DATA
    assert len(server.requests) == asked


async def test_room_is_looked_for_before_the_first_byte(
    bench: Bench, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script = with_ranges()
    monkeypatch.setattr(files, "free_bytes", lambda _: len(DATA))  # it would fit, but nothing would be left
    row = await bench.outcome(Media(URI, "a.bin"))
    assert row.state is DownloadState.FAILED
    assert "needs 1 MB, but only 1 MB are free" in row.failure
    assert bench.names() == []


async def test_a_folder_that_takes_no_files(bench: Bench) -> None:
    """/sys takes none even from root, whom the modes of a folder do not stop."""
    key = await bench.message(Media(URI, "a.bin"))
    with pytest.raises(TransferError, match="cannot be written to"):
        await bench.downloads.start(key, 0, Path("/sys/kernel"))
    assert bench.downloads.list() == ()


@pytest.mark.parametrize("comes_back", [False, True])
async def test_a_folder_that_vanishes_while_it_is_filled(
    bench: Bench, server: ScriptedServer, comes_back: bool
) -> None:
    gate = asyncio.Event()
    server.script = lambda _: Reply(200, DATA, {"ETag": '"1"'}, gate=gate, gate_after=1000)
    row = await bench.start(Media(URI, "a.bin"))
    await bench.until(row.id, DownloadState.RUNNING)
    async with asyncio.timeout(20):
        while not bench.downloads.list()[0].etag:  # told when the file is about to be opened
            await asyncio.sleep(0.005)
    (bench.folder / "a.bin.part").unlink()
    bench.folder.rmdir()
    if comes_back:
        bench.folder.mkdir()
        (bench.folder / "a.bin").write_text("somebody else's")
    gate.set()
    ended = await bench.until(row.id, DownloadState.DONE, DownloadState.FAILED)
    if ended.state is DownloadState.FAILED:
        assert "is not there" in ended.failure
    if comes_back:
        assert (bench.folder / "a.bin").read_text() == "somebody else's"
    assert not [name for name in (bench.names() if comes_back else ()) if name.endswith(".part")]
    server.script = with_ranges()
    if ended.state is DownloadState.FAILED:
        await bench.downloads.retry(row.id)
        ended = await bench.until(row.id, DownloadState.DONE)
    assert Path(ended.path).read_bytes() == DATA


@pytest.mark.timeout(900)
@pytest.mark.parametrize("can_go_on", [True, False])
async def test_killed_half_way(bench: Bench, can_go_on: bool) -> None:
    """CHATDESK_DOWNLOAD_MB sets how large the file is (default 16, so that the suite stays short)."""
    size = int(os.environ.get("CHATDESK_DOWNLOAD_MB", "16")) * MIB
    half = size // 2
    command = [sys.executable, "-m", "tests.servers.big_file", str(size), str(half), *([] if can_go_on else ["whole"])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        bench.server.url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        key = await bench.message(Media(URI, "a.bin", size=size))
        await bench.end()
        await bench.database.close()
        worker = [sys.executable, "-m", "tests.unit.core.download_worker", str(bench.folder.parent), bench.server.url]
        process = await asyncio.create_subprocess_exec(*worker, str(key))
        part = bench.folder / "a.bin.part"
        async with asyncio.timeout(300):
            while not part.exists() or part.stat().st_size < half:
                await asyncio.sleep(0.01)
        process.kill()
        await process.wait()
        assert bench.names() == ["a.bin.part"]
        assert part.stat().st_size == half  # nothing that came is lost
        bench.database = await Database.open(bench.folder.parent / "store.db", KEY)
        await bench.begin_anew()
        (row,) = bench.downloads.list()
        done = await bench.until(row.id, DownloadState.DONE, patience_s=600)
        server.stdin.close()
        assert [int(line) for line in server.stdout] == [0, half if can_go_on else 0]
    expected = hashlib.sha256()
    for _ in range(size // len(BLOCK)):
        expected.update(BLOCK)
    assert done.note is (DownloadNote.NOTHING if can_go_on else DownloadNote.BEGAN_ANEW)
    assert (done.sha256, Path(done.path).stat().st_size) == (expected.hexdigest(), size)
    assert (await asyncio.to_thread(files.digest_of, Path(done.path)))[0].digest() == expected.digest()
    assert bench.names() == ["a.bin"]


async def test_a_full_and_a_read_only_file_system(tmp_path: Path) -> None:
    """Real ones, in a mount namespace, wherever the system lets this user have one (see small_disk.py)."""
    apart = ["unshare", "--user", "--map-root-user", "--mount"]
    can_mount = shutil.which("unshare") is not None and not subprocess.run([*apart, "true"], check=False).returncode
    worker = [sys.executable, "-m", "tests.unit.core.small_disk", str(tmp_path)]
    command = [*apart, *worker, "mounted"] if can_mount else [*worker, "limited"]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    async with asyncio.timeout(90):
        said, _ = await process.communicate()
    assert (process.returncode, said.decode().split()) == (0, ["mounted" if can_mount else "limited"])
