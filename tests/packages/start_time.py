"""How long an installed chatdesk takes to show its window, against another one (the checkout's), one after the other:
`python -m tests.packages.start_time PROGRAM OTHER`. Both open the same profile of 30 conversations.
"""

import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import profiles
from tests.bench.report import report
from tests.e2e.desktop import Desktop
from tests.e2e.waiting import PATIENCE_S

RUNS = 9


def main(program: str, other: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="cd-"))
    try:
        with Desktop(folder) as desktop:
            asyncio.run(profiles.make(desktop.home / ".local/share/chatdesk/profiles/default", 30, 40))
            for command in (program, other):  # the first run writes bytecode and fills the disk's cache
                start(desktop, command)
            pairs = [(start(desktop, program), start(desktop, other)) for _ in range(RUNS)]
    finally:
        shutil.rmtree(folder)
    for key, name in (("wall_ms", "window on the screen"), ("cpu_ms", "CPU until the window is on the screen")):
        value, baseline = (statistics.median(run[key] for run in runs) for runs in zip(*pairs, strict=True))
        report(name, value, "ms", baseline=baseline, note=f"baseline: {other}")


def start(desktop: Desktop, command: str) -> dict[str, float]:
    """The program is killed as soon as its window is there: what it did until then is what counts."""
    began = time.monotonic()
    environment = desktop.without("PYTHONDONTWRITEBYTECODE")  # an installed program has its bytecode
    process = subprocess.Popen([command], env=environment, stderr=subprocess.DEVNULL)
    try:
        while not desktop.visible_windows(process.pid):  # asked as often as can be: this is a measurement
            assert time.monotonic() < began + PATIENCE_S, "no window came"
        wall_ms = (time.monotonic() - began) * 1000
    finally:
        process.kill()
        _, process.returncode, usage = os.wait4(process.pid, 0)
    return {"wall_ms": wall_ms, "cpu_ms": (usage.ru_utime + usage.ru_stime) * 1000}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
