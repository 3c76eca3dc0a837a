"""Programs that run for a while: started so that they end with this one, watched, measured, killed by their own id."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

PATIENCE_S = 180.0
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class StackError(Exception):
    """A server did not do what it should; the text says which and where it wrote why."""


@dataclass
class Program:
    """`command`, run as `user` when that is not this one. Its words go to `log`."""

    name: str
    command: Sequence[str]
    log: Path
    user: str = ""
    stop_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        as_user = ["--reuid", self.user, "--regid", self.user, "--init-groups"] if self.user else []
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                ["setpriv", *as_user, "--pdeathsig", "TERM", "--", *self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.log.parent,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def kill(self) -> None:
        """As a power cut does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def wait_until(self, is_ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not is_ready():
            if self.process is None or self.process.poll() is not None or time.monotonic() > deadline:
                words = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-12:]
                raise StackError("\n".join([f"{self.name} did not start:", *words, f"(see {self.log})"]))
            time.sleep(0.1)


def cpu_s(pids: Sequence[int]) -> float:
    """CPU time of these processes and of all their children so far."""
    return sum(_stat(pid)[0] for root in pids for pid in _family(root))


def memory_mb(pids: Sequence[int]) -> float:
    """Memory of these processes and their children; what they share is counted once per process, less for Linux's
    proportional count."""
    total_kb = 0
    for pid in (pid for root in pids for pid in _family(root)):
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total_kb += next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return total_kb / 1024


def _family(root: int) -> list[int]:
    try:
        children = Path(f"/proc/{root}/task/{root}/children").read_text(encoding="ascii").split()
    except OSError:
        return [root]
    return [root, *(pid for child in children for pid in _family(int(child)))]


def _stat(pid: int) -> tuple[float, float]:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0, 0.0
    # With what its ended children used (fields 13 and 14 after the name): PostgreSQL makes one for each connection.
    return sum(map(int, fields[11:15])) / _TICKS, int(fields[21]) * _PAGE / 1e6
