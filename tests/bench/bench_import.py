"""100,000 messages from a file through the window: looked at, brought in, taken out again.

`python -m tests.bench.bench_import [COUNT]`. The real dialog and the real store; the conversation they go into is open.
Each step: seconds, messages a second, the window's longest gap against that of an idle process, memory.
"""

import asyncio
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import profiles
from tests.bench.gaps import Gaps, Noise
from tests.bench.live import closed, opened
from tests.bench.report import report

COUNT = 100_000
GOAL_MS = 50.0


def make_file(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for number in range(count):
            item = {
                "message_elem_array": [{"elem_type": 0, "text_elem_content": profiles.sentence(number)}],
                "message_sender": ("user29-0", "me")[number % 2],
                "message_client_time": 1_600_000_000 + number * 60,
                "message_rand": number + 1,
            }
            file.write((",\n" if number else "") + json.dumps(item))
        file.write("]")


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


async def measure(folder: Path, file: Path, count: int, noise: Noise) -> None:
    from chatdesk.views.import_dialog import ImportDialog

    session, model, window = await opened(folder)
    while model.chat.timeline is None or not model.chat.timeline.rowCount():
        await asyncio.sleep(0.02)
    window.list_pane.import_asked.emit()
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    assert dialog.target.count()
    gaps = Gaps()
    await asyncio.sleep(2)
    gaps.restart()
    before_mb = resident_mb()

    async def step(name: str, begin: Callable[[], None], is_over: Callable[[], bool]) -> None:
        noise.longest_ms()
        gaps.restart()
        started, busy_s = time.perf_counter(), time.process_time()
        begin()
        while not is_over():
            assert not dialog.error.text(), dialog.error.text()
            await asyncio.sleep(0.02)
        took_s, busy_s = time.perf_counter() - started, time.process_time() - busy_s
        longest_ms, busiest_ms = gaps.longest_ms, gaps.busiest_ms
        note = f"processor {busy_s:.1f} s, {count / took_s:.0f} messages/s"
        report(f"{count} messages {name}", took_s, "s", note=note)
        note = f"baseline: an idle process meanwhile; the main thread itself worked {busiest_ms:.0f} ms at most"
        report(f"longest gap, {name}", longest_ms, "ms", baseline=noise.longest_ms(), goal=GOAL_MS, note=note)
        report(f"memory, {name}", resident_mb() - before_mb, "MB", note=f"beyond the {before_mb:.0f} MB before")

    await step("looked at", lambda: dialog.take_file(file), dialog.action_button.isEnabled)
    await step("imported", dialog.action_button.click, lambda: "imported" in dialog.said.text())
    await step("undone", dialog.undo_button.click, lambda: "undone" in dialog.said.text())
    await closed(session, model, window)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import qasync
    from PySide6.QtWidgets import QApplication

    count = int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdigit() else COUNT
    folder = Path(tempfile.mkdtemp(prefix="chatdesk-bench-"))
    try:
        make_file(folder / "messages.json", count)
        asyncio.run(profiles.make(folder / "profile", 30, 40))
        app = QApplication([])
        app.setQuitOnLastWindowClosed(False)
        loop = qasync.QEventLoop(app)
        with loop, Noise() as noise:
            loop.run_until_complete(measure(folder / "profile", folder / "messages.json", count, noise))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
