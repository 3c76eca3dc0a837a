"""2 GB over loopback into a real window's downloads: throughput against bare httpx in the same run, memory, the loop.

`python -m tests.bench.bench_download [MB]`. The server and the bare client are processes of their own. The bare client
writes the same bytes to the same disk; chatdesk also hashes them, flushes them to the disk and shows its progress.
"""

import asyncio
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.bench import profiles
from tests.bench.gaps import Gaps, Noise
from tests.bench.live import closed, opened
from tests.bench.report import report

SIZE_MB = 2000
ROUNDS = 3
URI = "mxc://bench.local/big"


@contextlib.contextmanager
def server(size: int) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.servers.big_file", str(size)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        assert process.stdin is not None
        process.stdin.close()


async def bare(url: str, path: Path) -> None:
    """In a process of its own, which is nothing but httpx."""
    started = time.perf_counter()
    where = f"{url}/_matrix/client/v1/media/download/bench.local/big"
    async with httpx.AsyncClient(trust_env=False) as client, client.stream("GET", where) as response:
        with path.open("wb") as file:
            async for chunk in response.aiter_bytes():
                file.write(chunk)
    print(time.perf_counter() - started, time.process_time())


class Memory:
    """Resident memory in MB, looked at again and again from a thread of its own."""

    def __init__(self) -> None:
        self._seen: list[float] = []
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._is_over.wait(0.02):
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            self._seen.append(pages * os.sysconf("SC_PAGESIZE") / 1e6)

    def growth(self) -> float:
        """How much more the last two thirds needed than the first: flat is nothing."""
        self._is_over.set()
        self._thread.join()
        third = len(self._seen) // 3
        return max(self._seen[third:]) - max(self._seen[:third])


async def measure(folder: Path, url: str, size: int, noise: Noise) -> None:
    from chatdesk.core import server as network
    from chatdesk.domain.elements import File, Media
    from chatdesk.domain.ids import ConversationId, ConversationType
    from chatdesk.domain.messages import LocalMessage, MessageOrigin
    from chatdesk.domain.transfers import DownloadState
    from chatdesk.store.sync import add_local

    await network.load()
    session, model, window = await opened(folder)
    window.show_downloads()
    place = ConversationId(ConversationType.GROUP, "!channel1:bench.local")
    item = LocalMessage("@user1-1:bench.local", (File(Media(URI, "big.bin", size=size)),), message_id="$big")
    changes = await session._ledger.apply(add_local, place, [item], ["$big"], MessageOrigin.SAVED, profiles.ME, 1)
    key = changes.messages[0].key

    async def download() -> Path:
        id_ = (await session.downloads.start(key, 0)).id
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def look(row: object) -> None:
            state = next(row.state for row in session.downloads.list() if row.id == id_)
            if state in (DownloadState.DONE, DownloadState.FAILED) and not ended.done():
                ended.set_result(None)

        unsubscribe = session.downloads.updates.subscribe(look)
        await ended
        unsubscribe()
        row = next(row for row in session.downloads.list() if row.id == id_)
        assert row.state is DownloadState.DONE, row
        assert Path(row.path).stat().st_size == size
        return Path(row.path)

    gaps = Gaps()
    await asyncio.sleep(1)
    longest_ms = idle_ms = busiest_ms = 0.0
    ours_s, bare_s, cpu_s, bare_cpu_s, growth_mb = [], [], [], [], 0.0
    for _ in range(ROUNDS):
        await asyncio.to_thread(os.sync)  # nobody pays for what another has written
        memory = Memory()
        gaps.restart()
        noise.longest_ms()
        started, busy_s = time.perf_counter(), time.process_time()
        path = await download()
        ours_s.append(time.perf_counter() - started)
        cpu_s.append(time.process_time() - busy_s)
        longest_ms, busiest_ms = max(longest_ms, gaps.longest_ms), max(busiest_ms, gaps.busiest_ms)
        idle_ms = max(idle_ms, noise.longest_ms())
        growth_mb = max(growth_mb, memory.growth())
        await asyncio.to_thread(path.unlink)
        await asyncio.to_thread(os.sync)
        file = folder / "bare.bin"
        command = [sys.executable, "-m", "tests.bench.bench_download", url, str(file)]
        told = await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True)
        took_s, busy_s = map(float, told.stdout.split())
        bare_s.append(took_s)
        bare_cpu_s.append(busy_s)
        await asyncio.to_thread(file.unlink)
    mb = size / 1e6
    note = f"{mb:.0f} MB; baseline: bare httpx to the same disk, without hash and flush"
    report("download throughput", mb / min(ours_s), "MB/s", baseline=mb / min(bare_s), note=note)
    report("download time", min(ours_s), "s", baseline=min(bare_s), goal=1 / 0.8, goal_is_ratio=True)
    pairs = statistics.median(ours / bare for ours, bare in zip(ours_s, bare_s, strict=True))
    note = "median of the pairs, each one after the other: a busy machine is busy for both"
    report("download time against bare httpx", pairs, "times", goal=1 / 0.8, note=note)
    report(
        "download processor time", min(cpu_s), "s", baseline=min(bare_cpu_s), note="hash, window and progress included"
    )
    note = f"baseline: an idle process meanwhile; the main thread itself worked {busiest_ms:.0f} ms at most"
    report("longest gap of the loop, downloading", longest_ms, "ms", baseline=idle_ms, goal=50, note=note)
    report("memory, growth from the first third on", growth_mb, "MB", goal=8)
    await closed(session, model, window)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import qasync
    from PySide6.QtWidgets import QApplication

    size = int(sys.argv[1] if sys.argv[1:] and sys.argv[1].isdigit() else SIZE_MB) * 1_000_000
    folder = Path(tempfile.mkdtemp(prefix="chatdesk-bench-"))
    try:
        with server(size) as url:
            asyncio.run(profiles.make(folder / "profile", 30, 40, url))
            app = QApplication([])
            app.setQuitOnLastWindowClosed(False)
            loop = qasync.QEventLoop(app)
            with loop, Noise() as noise:
                loop.run_until_complete(measure(folder / "profile", url, size, noise))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        asyncio.run(bare(sys.argv[1], Path(sys.argv[2])))
    else:
        main()
