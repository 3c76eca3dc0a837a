"""First paint, end of the start, and memory of a window with 30 conversations and 40 messages, against an empty PySide6
window. Ready comes after painted: what is left for the idle turns after the first picture is done as well."""

import asyncio
import json
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

RUNS = 7


def measure(argument: str) -> dict[str, float]:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    command = [sys.executable, "-m", "tests.bench.start_probe", str(time.monotonic()), argument]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    if not result.stdout:
        raise RuntimeError(result.stderr)
    found: dict[str, float] = json.loads(result.stdout)
    return found


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="chatdesk-bench-"))
    try:
        profile = folder / "profile"
        asyncio.run(profiles.make(profile, 30, 40))
        for _ in range(2):  # the first run writes the bytecode
            measure("empty"), measure(str(profile))
        pairs = [(measure("empty"), measure(str(profile))) for _ in range(RUNS)]
    finally:
        shutil.rmtree(folder)
    for key, name, unit, base in (
        ("wall_ms", "first paint, 30 conversations and 40 messages", "ms", "wall_ms"),
        ("cpu_ms", "CPU until first paint", "ms", "cpu_ms"),
        ("ready_ms", "everything but network and desktop, 30 conversations and 40 messages", "ms", "wall_ms"),
        ("ready_cpu_ms", "CPU until everything but network and desktop", "ms", "cpu_ms"),
        ("rss_mb", "memory after first paint", "MB", "rss_mb"),
    ):
        baseline = statistics.median(empty[base] for empty, _ in pairs)
        value = statistics.median(full[key] for _, full in pairs)
        goal = 2.0 if key == "wall_ms" else None
        report(name, value, unit, baseline=baseline, goal=goal, goal_is_ratio=True, note="baseline: an empty window")


if __name__ == "__main__":
    main()
