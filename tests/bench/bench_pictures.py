"""Hostile and large pictures while the loop turns: the longest gap, against an idle process, and what memory is left.

The thumbnails' own path: bytes from a fetch, decoded in their worker thread.
"""

import asyncio
import os
from pathlib import Path

from tests.bench.gaps import Gaps, Noise
from tests.bench.report import report

GOAL_MS = 50.0
ROUNDS = 5


def _rss_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def run(noise: Noise) -> None:
    from chatdesk.domain.elements import Media
    from chatdesk.models.thumbnails import Thumbnails
    from tests.models.hostile_pictures import encoded, hostile_pictures, picture_with_text_bomb

    data = {f"mxc://a/{n}": data for n, (data, _) in enumerate(hostile_pictures().values())}
    data["mxc://a/bomb"] = picture_with_text_bomb()
    data |= {f"mxc://a/large{kind}": encoded(kind, 3500, 3500) for kind in ("PNG", "JPEG", "WEBP")}
    tasks: list[asyncio.Task[None]] = []

    async def fetch(media: Media, width: int, height: int) -> bytes:
        return data[media.uri]

    async def round_of_all() -> None:
        thumbnails = Thumbnails(fetch, lambda coroutine: tasks.append(asyncio.ensure_future(coroutine)))
        for uri in data:
            thumbnails.get(Media(uri), 400, 400)
        while not all(task.done() for task in tasks):
            await asyncio.sleep(0.001)
        thumbnails.deleteLater()

    gaps = Gaps()
    await round_of_all()  # the decoders are loaded now
    before = _rss_mb()
    noise.longest_ms()
    gaps.restart()
    for _ in range(ROUNDS):
        await round_of_all()
    gap_ms, busiest_ms = gaps.longest_ms, gaps.busiest_ms
    note = f"baseline: an idle process meanwhile; the main thread itself worked {busiest_ms:.0f} ms at most"
    name = f"{len(data)} hostile and large pictures, {ROUNDS} times, longest gap of the loop"
    report(name, gap_ms, "ms", baseline=noise.longest_ms(), goal=GOAL_MS, note=note)
    left_mb = (_rss_mb() - before) / ROUNDS
    report("memory each of these rounds leaves", left_mb, "MB", goal=4, note=f"{before:.0f} MB after the first")


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import qasync
    from PySide6.QtWidgets import QApplication

    from chatdesk.app.memory import give_back_large_blocks

    give_back_large_blocks()  # as the program does
    app = QApplication.instance() or QApplication([])
    loop = qasync.QEventLoop(app)
    with loop, Noise() as noise:
        loop.run_until_complete(run(noise))


if __name__ == "__main__":
    main()
