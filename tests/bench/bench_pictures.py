"""Hostile and large pictures while the loop turns: the longest gap, against an idle loop, and what memory is left.

The thumbnails' own path: bytes from a fetch, decoded in their worker thread.
"""

import asyncio
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from chatdesk.domain.elements import Media
from chatdesk.models.thumbnails import Thumbnails
from tests.bench.report import report
from tests.models.hostile_pictures import encoded, hostile_pictures, picture_with_text_bomb

GOAL_MS = 50.0


def _rss_mb() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


async def _longest_gap(work: asyncio.Future[object]) -> float:
    longest, last = 0.0, time.perf_counter()
    while not work.done():
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    return longest * 1000


async def run() -> None:
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
            await asyncio.sleep(0)
        thumbnails.deleteLater()

    await round_of_all()  # the decoders are loaded now
    before = _rss_mb()
    idle = await _longest_gap(asyncio.ensure_future(asyncio.sleep(1)))
    gap = await _longest_gap(asyncio.ensure_future(round_of_all()))
    report(f"{len(data)} hostile and large pictures, longest gap of the loop", gap, "ms", baseline=idle, goal=GOAL_MS)
    report("memory they leave", _rss_mb() - before, "MB", baseline=before)


def main() -> None:
    app = QApplication.instance() or QApplication([])
    asyncio.run(run())
    del app
