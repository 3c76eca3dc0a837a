"""How long a loop stands still, and how much of that is the machine's doing.

`Gaps` ticks in the measured window; `Noise` is a process of its own that does nothing but tick in the same time. What
both have is the machine: other programs, one core too few. What only the window has is the window's.
"""

import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import Self

TICK_MS = 1


class Gaps:
    """The longest time between two ticks of a Qt timer: what a person feels as a stutter; and the most processor time
    the main thread took between two: what it worked itself."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        from chatdesk.app.window import SWITCH_S

        sys.setswitchinterval(SWITCH_S)  # as the program does
        self.longest_ms = self.busiest_ms = 0.0
        self._last, self._last_busy = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        now, busy = time.perf_counter(), time.thread_time()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self.busiest_ms = max(self.busiest_ms, (busy - self._last_busy) * 1000)
        self._last, self._last_busy = now, busy

    def restart(self) -> None:
        self.longest_ms = self.busiest_ms = 0.0
        self._last, self._last_busy = time.perf_counter(), time.thread_time()


class Noise:
    """`longest_ms`: the longest gap of an idle process since the last question."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.bench.gaps"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.longest_ms()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def longest_ms(self) -> float:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


def _idle() -> None:
    asked, is_over = threading.Event(), threading.Event()

    def listen() -> None:
        for _ in sys.stdin:
            asked.set()
        is_over.set()

    threading.Thread(target=listen, daemon=True).start()
    longest, last = 0.0, time.perf_counter()
    while not is_over.is_set():
        time.sleep(TICK_MS / 1000)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        if asked.is_set():
            asked.clear()
            print(longest * 1000, flush=True)
            longest = 0.0


if __name__ == "__main__":
    _idle()
