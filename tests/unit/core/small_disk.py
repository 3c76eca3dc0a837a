"""Downloads into file systems of their own, made in a mount namespace: `unshare -Urm … small_disk FOLDER mounted`.

One that is full because somebody else filled it, one that takes no writes. Where nothing may be mounted the same story
is told with what there is (`limited`): no file may grow, and a folder of the kernel. Prints what it ran on.
"""

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from chatdesk.domain.elements import Media
from chatdesk.domain.errors import TransferError
from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.store.database import Database
from tests.unit.core.download_setting import DATA, KEY, URI, Bench, with_ranges
from tests.unit.core.test_downloads_trouble import MIB, full_disk
from tests.unit.matrix.scripted import Reply, ScriptedServer

FIRST = 4 * MIB
BIG = DATA * 16
Full = Callable[[], contextlib.AbstractContextManager[None]]


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


@contextlib.contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Somebody else takes all the room there is."""
    filler = folder / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(MIB))
    yield
    filler.unlink()


async def begun(bench: Bench, server: ScriptedServer, name: str) -> tuple[Download, asyncio.Event]:
    """A download of which the first part is on the disk; the rest comes when the gate is opened."""
    gate = asyncio.Event()
    server.script = lambda _: Reply(200, BIG, {"ETag": '"1"'}, gate=gate, gate_after=FIRST)
    row = await bench.start(Media(URI, name, size=len(BIG)))
    part = bench.folder / f"{name}.part"
    async with asyncio.timeout(20):
        while not part.exists() or part.stat().st_size < FIRST:
            await asyncio.sleep(0.01)
    return row, gate


async def runs_full(bench: Bench, server: ScriptedServer, full: Full) -> None:
    row, gate = await begun(bench, server, "a.bin")
    with full():
        gate.set()
        row = await bench.until(row.id, DownloadState.FAILED, DownloadState.DONE)
        assert row.state is DownloadState.FAILED
        assert "no space left" in row.failure, row.failure
        assert row.received == (bench.folder / "a.bin.part").stat().st_size >= FIRST  # what is here stays
    server.script = with_ranges(BIG)
    await bench.downloads.retry(row.id)
    row = await bench.until(row.id, DownloadState.DONE)
    assert Path(row.path).read_bytes() == BIG


async def takes_nothing(bench: Bench, server: ScriptedServer, folder: Path) -> None:
    key = await bench.message(Media(URI, "b.bin"))
    before = len(bench.downloads.list())
    try:
        await bench.downloads.start(key, 0, folder)
    except TransferError as error:
        assert "cannot be written to" in str(error), error
    else:
        raise AssertionError("It was written to.")
    assert len(bench.downloads.list()) == before


async def becomes_read_only(bench: Bench, server: ScriptedServer) -> None:
    """Between a pause and going on: what is here stays, and going on is possible when it may be written to again."""
    row, _ = await begun(bench, server, "c.bin")
    bench.downloads.pause(row.id)
    await bench.until(row.id, DownloadState.PAUSED)
    mount("-o", "remount,ro", str(bench.folder))
    server.script = with_ranges(BIG)
    await bench.downloads.retry(row.id)
    row = await bench.until(row.id, DownloadState.FAILED, DownloadState.DONE)
    assert row.state is DownloadState.FAILED
    assert "cannot be written" in row.failure, row.failure
    mount("-o", "remount,rw", str(bench.folder))
    await bench.downloads.retry(row.id)
    row = await bench.until(row.id, DownloadState.DONE)
    assert Path(row.path).read_bytes() == BIG


async def main(directory: Path, is_mounted: bool) -> None:
    folder, sealed = directory / "downloads", directory / "sealed"
    for made in (folder, sealed):
        made.mkdir()
    if is_mounted:
        mount("-t", "tmpfs", "-o", "size=64m", "small", str(folder))
        mount("-t", "tmpfs", "-o", "size=1m,ro", "sealed", str(sealed))
    server = ScriptedServer()
    await server.start()
    database = await Database.open(directory / "store.db", KEY)
    bench = Bench(directory, database, server)
    try:
        await runs_full(bench, server, lambda: filled(folder) if is_mounted else full_disk(FIRST + 1000))
        await takes_nothing(bench, server, sealed if is_mounted else Path("/sys/kernel"))
        if is_mounted:
            await becomes_read_only(bench, server)
    finally:
        await bench.end()
        await database.close()
        await server.stop()
    print("mounted" if is_mounted else "limited")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2] == "mounted"))
