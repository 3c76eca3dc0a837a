"""The installed program: where it is, and one run of it. Knows nothing of how it is made."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.desktop import Desktop

_USUAL = re.compile(r"chatdesk: |qt\.multimedia\.ffmpeg: Using|Input #|  (Duration|Stream|Metadata)")
"""What is said on purpose, and how FFmpeg describes what it plays."""


@dataclass(frozen=True)
class Place:
    """Where programs run: on this machine, or as `user` in a root of their own, which shares the network with it."""

    root: Path | None = None
    user: int | None = None

    def argv(self, command: Sequence[str], *, as_root: bool = False) -> list[str]:
        if self.root is None:
            return list(command)
        who = [] if as_root else [f"--userspec={self.user}:{self.user}", "--groups="]
        return ["chroot", *who, str(self.root), *command]

    def says(self, command: Sequence[str], desktop: Desktop, *, as_root: bool = False) -> str:
        """What a command prints; it must succeed."""
        argv = self.argv(command, as_root=as_root)
        done = subprocess.run(argv, env=desktop.env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"{' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout


class Run:
    """One start of the program, as tests.e2e.person wants it. `errors`: what it tells the terminal."""

    def __init__(
        self, desktop: Desktop, place: Place, command: Sequence[str], errors: Path, env: dict[str, str]
    ) -> None:
        self.desktop = desktop
        self.errors = errors
        with errors.open("wb") as log:
            self._process = subprocess.Popen(place.argv(command), env=desktop.env | env, stdout=log, stderr=log)

    def window(self, name: str) -> int | None:
        return self._process.pid if self._process.poll() is None else None

    def ended(self) -> None:
        """Wait for its end, which must be a good one, without a word of Qt or Python on the terminal."""
        code = self._process.wait(60)
        told = self.errors.read_text(errors="replace").splitlines()
        complaints = [line for line in told if not _USUAL.match(line)]
        assert code == 0 and not complaints, f"ended with {code}\n" + "\n".join(complaints)

    def close(self) -> None:
        """At the end of a check, whatever happened."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
