"""Starting with the computer, in the way of each system: a desktop file, the Run key, a launch agent. Any thread.

What the system has is the truth: a user may remove the entry with the system's own tools.
"""

import os
import plistlib
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.wording import Sentence

_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
_RESERVED = '"`$\\'


class AutostartError(ChatdeskError):
    """The system does not let chatdesk be started with it."""


def command(profile: str) -> list[str]:
    """What starts this chatdesk again, with its window hidden where there is a tray."""
    program = Path(sys.argv[0])
    is_script = program.is_file() and os.access(program, os.X_OK) and program.stem != "__main__"
    if getattr(sys, "frozen", False):  # an installer's program is its own Python, whatever name it was started by
        start = [sys.executable]
    else:
        start = [str(program.absolute())] if is_script else [sys.executable, "-m", "chatdesk"]
    return [*start, *(["--profile", profile] if profile and profile != "default" else [])]


def for_this_system(profile: str) -> "DesktopFile | LaunchAgent | RunKey":
    name = "chatdesk" if profile in ("", "default") else f"chatdesk-{profile}"
    if sys.platform == "win32":
        return RunKey(name, command(profile))
    if sys.platform == "darwin":
        return LaunchAgent(Path.home() / "Library" / "LaunchAgents", name, command(profile))
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return DesktopFile(config / "autostart", name, command(profile))


class DesktopFile:
    """Freedesktop: a file in the autostart folder."""

    def __init__(self, folder: Path, name: str, start: Sequence[str]) -> None:
        self._path = folder / f"{name}.desktop"
        self._start = start

    def is_on(self) -> bool:
        try:
            lines = self._path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return False
        return not {"Hidden=true", "X-GNOME-Autostart-enabled=false"} & {line.replace(" ", "") for line in lines}

    def set_on(self, is_on: bool) -> None:
        words = " ".join(_desktop_word(word) for word in self._start)
        text = (
            "[Desktop Entry]\nType=Application\nName=chatdesk\nComment=Chat\nIcon=chatdesk\n"
            f"Exec={words}\nTerminal=false\nX-GNOME-Autostart-enabled=true\n"
        )
        _keep(self._path, text.encode() if is_on else None)


class LaunchAgent:
    """macOS: a property list for launchd."""

    def __init__(self, folder: Path, name: str, start: Sequence[str]) -> None:
        self._label = f"org.{name}.start"
        self._path = folder / f"{self._label}.plist"
        self._start = start

    def is_on(self) -> bool:
        return self._path.is_file()

    def set_on(self, is_on: bool) -> None:
        agent = {"Label": self._label, "ProgramArguments": list(self._start), "RunAtLoad": True}
        _keep(self._path, plistlib.dumps(agent) if is_on else None)


class RunKey:
    """Windows: a value of the user's Run key."""

    def __init__(self, name: str, start: Sequence[str]) -> None:
        self._name = name
        self._start = start

    def is_on(self) -> bool:
        if sys.platform != "win32":
            return False
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                winreg.QueryValueEx(key, self._name)
        except OSError:
            return False
        return True

    def set_on(self, is_on: bool) -> None:
        if sys.platform != "win32":
            return
        import subprocess  # quotes a command line as Windows reads it
        import winreg

        try:
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                if is_on:
                    winreg.SetValueEx(key, self._name, 0, winreg.REG_SZ, subprocess.list2cmdline(self._start))
                elif self.is_on():
                    winreg.DeleteValue(key, self._name)
        except OSError as error:
            raise _refused(error) from error


def _keep(path: Path, content: bytes | None) -> None:
    try:
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(path.name + ".new")
            temporary.write_bytes(content)
            temporary.replace(path)
    except OSError as error:
        raise _refused(error) from error


def _refused(error: OSError) -> AutostartError:
    reason = error.strerror or ""
    return AutostartError(Sentence("What starts with the computer cannot be changed: {reason}.", reason=reason))


def _desktop_word(word: str) -> str:
    """As the Desktop Entry Specification quotes an argument; % begins a field code there."""
    word = word.replace("%", "%%")
    if shlex.quote(word) == word:
        return word
    inner = "".join(f"\\{sign}" if sign in _RESERVED else sign for sign in word)
    return '"' + inner.replace("\\", "\\\\") + '"'
