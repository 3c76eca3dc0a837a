"""A desktop of the test's own: X server, window manager, session bus; and the hands of the person before it.

Runs in the test's own process; every process is ended by its id.
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from tests.e2e.atspi import Bus
from tests.e2e.waiting import until

WIDTH, HEIGHT = 2240, 900
_FOREIGN = ("QT_", "XDG_", "DBUS_", "WAYLAND_", "DISPLAY", "AT_SPI", "SESSION_MANAGER", "TMPDIR", "PYTEST", "LC_")
"""What the desktop of whoever runs the tests sets and must not reach the programs under test."""
_BUS = """<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <allow user="root"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
"""Its only service is the accessibility bus: what else this machine offers (a keyring, portals) is not there."""
_ACCESSIBILITY = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")


class Desktop:
    """`directory` must have a short path: sockets lie in it. `env` is what a program started here gets.

    `user`: the id of whose desktop it is; only root can make one for somebody else, and may join its buses all the
    same.
    """

    def __init__(self, directory: Path, size: tuple[int, int] = (WIDTH, HEIGHT), user: int | None = None) -> None:
        self.home = directory / "home"
        self.downloads = self.home / "Downloads"
        self.temporary = directory / "tmp"
        self._runtime = runtime = directory / "run"
        for folder in (self.home, self.temporary, runtime):
            folder.mkdir(mode=0o700)
            if user is not None:
                os.chown(folder, user, user)
        self._directory = directory
        self._size = size
        self._user = user
        self._processes: list[subprocess.Popen[bytes]] = []
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)} | {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "XDG_RUNTIME_DIR": str(runtime),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            # It warns when we ask for something that has just gone, which is our doing, not the program's.
            "QT_LOGGING_RULES": "qt.accessibility.atspi.warning=false",
        }
        self.bus: Bus

    def __enter__(self) -> Self:
        try:
            # Else the server begins anew when its last client leaves, and turns away whoever comes at that moment.
            screen = ["-screen", "0", "x".join(map(str, (*self._size, 24))), "-nolisten", "tcp", "-noreset"]
            display = self._start("-displayfd", ["Xvfb", *screen])
            self.env["DISPLAY"] = f":{display}"
            self._processes.append(self._spawn(["openbox"]))
            bus = ["dbus-daemon", f"--config-file={self._bus_settings()}", "--nofork", "--nopidfile"]
            address = self._start("--print-address", bus, "=")
            self.env["DBUS_SESSION_BUS_ADDRESS"] = address
            self.bus = Bus(address)
            until(lambda: self._has_window_manager() or None, "the window manager", describe=self._logs)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if hasattr(self, "bus"):
            self.bus.close()
        for process in reversed(self._processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _bus_settings(self) -> Path:
        services = self._directory / "services"
        services.mkdir()
        (services / _ACCESSIBILITY.name).symlink_to(_ACCESSIBILITY)
        settings = self._directory / "bus.conf"
        settings.write_text(_BUS.format(socket=self._runtime / "bus", services=services))
        return settings

    def _start(self, option: str, command: list[str], glue: str = " ") -> str:
        """Start a server that writes one line to a descriptor it is given when it is ready; that line."""
        reading, writing = os.pipe()
        told = [f"{option}={writing}"] if glue == "=" else [option, str(writing)]
        try:
            self._processes.append(self._spawn([*command, *told], writing))
        finally:
            os.close(writing)
        with os.fdopen(reading) as pipe:
            line = pipe.readline().strip()
        assert line, f"{command[0]} did not start\n{self._logs()}"
        return line

    def _spawn(self, command: list[str], *descriptors: int) -> subprocess.Popen[bytes]:
        with (self._directory / f"{command[0]}.log").open("wb") as log:
            return subprocess.Popen(
                command, env=self.env, stdout=log, stderr=log, pass_fds=descriptors, user=self._user, group=self._user
            )

    def _logs(self) -> str:
        return "\n".join(f"{path.name}: {path.read_text(errors='replace')}" for path in self._directory.glob("*.log"))

    def _has_window_manager(self) -> bool:
        command = ["xdotool", "get_num_desktops"]
        return subprocess.run(command, env=self.env, capture_output=True).returncode == 0

    # -- hands -------------------------------------------------------------------------------------------------------

    def xdotool(self, *words: object) -> str:
        command = ["xdotool", *(str(word) for word in words)]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
        return done.stdout

    def click(self, x: int, y: int, button: int = 1) -> None:
        self.xdotool("mousemove", x, y, "click", button)

    def type(self, text: str) -> None:
        self.xdotool("type", "--delay", 4, "--", text)

    def key(self, *keys: str) -> None:
        self.xdotool("key", *keys)

    def visible_windows(self, pid: int) -> list[int]:
        """The X ids of this process's windows that are on the screen (not minimized), as the window manager sees it."""
        command = ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(pid), "--name", "chatdesk"]
        found = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=60)
        return [int(line) for line in found.stdout.split()]

    def without(self, *names: str) -> Mapping[str, str]:
        """The environment without these variables."""
        return {name: value for name, value in self.env.items() if name not in names}
