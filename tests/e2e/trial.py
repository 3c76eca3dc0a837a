"""The processes of one `chatdesk try`: the one that was started, a window per person, the server."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.e2e.desktop import Desktop
from tests.e2e.waiting import until


class Trial:
    """Started the way `make run` does it, on a data directory of its own."""

    def __init__(self, desktop: Desktop, data: Path) -> None:
        self.desktop = desktop
        self.data = data
        self.errors = data.with_name("errors.txt")
        self._process: subprocess.Popen[bytes] | None = None

    def command(self, *options: str) -> list[str]:
        return [sys.executable, "-m", "chatdesk", "try", "--data", str(self.data), *options]

    def start(self, *options: str) -> None:
        assert self._process is None
        with self.errors.open("wb") as errors:
            self._process = subprocess.Popen(self.command(*options), env=self.desktop.env, stderr=errors)

    def again(self) -> subprocess.CompletedProcess[str]:
        """A second start while the first runs."""
        return subprocess.run(self.command(), env=self.desktop.env, capture_output=True, text=True, timeout=60)

    def ended(self) -> int:
        """Wait for the end; the exit code."""
        assert self._process is not None
        process, self._process = self._process, None
        return process.wait(60)

    def kill_everything(self) -> None:
        """kill -9 of all its processes. The one at the top first: nobody is left to tidy up."""
        for pid in sorted(self.processes()):
            os.kill(pid, signal.SIGKILL)
        assert self.ended() == -signal.SIGKILL
        until(lambda: not self.processes(), "the end of all processes")

    def kill_the_starter(self) -> None:
        """kill -9 of the process that was started, alone: the windows and the server must not outlive it."""
        assert self._process is not None
        self._process.kill()
        assert self.ended() == -signal.SIGKILL
        until(lambda: not self.processes(), "the end of the windows and the server")

    def close(self) -> None:
        """At the end of the test, whatever happened: nothing of it stays."""
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        if self._process is not None:
            self.ended()

    def window(self, name: str) -> int | None:
        """The process of a person's window."""
        folder = str(self.data / "people" / name.lower())
        for pid, command in self.processes().items():
            if "person" in command and folder in command:
                return pid
        return None

    def processes(self) -> dict[int, list[str]]:
        """All processes that belong to this data directory, the server's too: process id and command line."""
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    command = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
                except OSError:  # ended meanwhile
                    continue
                if any(word == str(self.data) or word.startswith(f"{self.data}/") for word in command):
                    found[int(entry.name)] = command
        return found

    def complaints(self) -> str:
        """What the terminal shows beside chatdesk's own lines: warnings of Qt, tracebacks."""
        return "\n".join(line for line in self.errors.read_text().splitlines() if not line.startswith("chatdesk: "))
