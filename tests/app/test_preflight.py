"""Where no window can open the program says so in one line and ends with exit code 2; it never shows a traceback."""

import os
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from chatdesk.app import preflight

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="X11 and Wayland are asked about on Linux only")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Of somebody without a display."""
    unwanted = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if name not in unwanted} | {"HOME": str(tmp_path)}


def only_line(environment: dict[str, str], *arguments: str) -> str:
    """Start the program as a person would; the one line it says before it gives up."""
    command = [sys.executable, "-m", "chatdesk", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("chatdesk: ")
    return line


@pytest.mark.parametrize("arguments", [(), ("try",), ("--profile", "work")])
def test_no_display(environment: dict[str, str], arguments: tuple[str, ...], tmp_path: Path) -> None:
    line = only_line(environment, *arguments)
    assert "no display" in line
    assert "set DISPLAY" in line
    assert list(tmp_path.iterdir()) == []  # nothing was begun


def test_a_display_that_is_not_there(environment: dict[str, str]) -> None:
    taken = {path.name.removeprefix("X") for path in Path("/tmp/.X11-unix").glob("X*")}
    number = next(n for n in range(900, 1000) if str(n) not in taken)
    line = only_line(environment | {"DISPLAY": f":{number}"}, "try")
    assert f"The display :{number} cannot be reached" in line


def fake_qt(folder: Path, *, lacking: str, instead: str) -> Path:
    """A PySide6 whose X11 plugin is the real one but for the name of one library it needs, which no system has."""
    spec = find_spec("PySide6")
    assert spec is not None and spec.origin is not None and len(lacking) == len(instead)
    real = Path(spec.origin).parent
    package = folder / "PySide6"
    platforms = package / "Qt" / "plugins" / "platforms"
    platforms.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "Qt" / "lib").symlink_to(real / "Qt" / "lib")
    plugin = (real / "Qt" / "plugins" / "platforms" / "libqxcb.so").read_bytes()
    assert lacking.encode() in plugin
    (platforms / "libqxcb.so").write_bytes(plugin.replace(lacking.encode(), instead.encode()))
    return folder


def test_a_missing_system_library(environment: dict[str, str], tmp_path: Path) -> None:
    folder = fake_qt(tmp_path / "packages", lacking="libxkbcommon-x11.so.0", instead="libxkbcommon-x99.so.0")
    line = only_line(environment | {"DISPLAY": ":0", "PYTHONPATH": str(folder)}, "try")
    assert "Qt needs the system library libxkbcommon-x99.so.0, which is not installed" in line


def test_no_qt_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6", None)
    sentence = preflight.problem()
    assert sentence is not None
    assert "pip install PySide6-Essentials" in sentence


def lack(monkeypatch: pytest.MonkeyPatch, library: str, needed_by: str) -> None:
    """A system where loading files with `needed_by` in their name fails for want of `library`."""

    def load(name: str) -> None:
        if needed_by in Path(name).name:
            raise OSError(f"{library}: cannot open shared object file: No such file or directory")

    monkeypatch.setattr("ctypes.CDLL", load)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")


@pytest.mark.parametrize(("library", "package"), sorted(preflight._PACKAGES.items()))
def test_the_package_to_install_is_named(library: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lack(monkeypatch, library, needed_by="lib")
    monkeypatch.setenv("DISPLAY", ":0")
    sentence = str(preflight.problem())
    assert library in sentence
    assert sentence.endswith(f"sudo apt-get install {package}.")


def test_wayland_is_enough_where_x11_does_not_work(monkeypatch: pytest.MonkeyPatch) -> None:
    lack(monkeypatch, "libxcb-cursor.so.0", needed_by="libqxcb")
    for display in ("", ":0"):
        monkeypatch.setenv("DISPLAY", display)
        assert preflight.problem() is None
    monkeypatch.delenv("WAYLAND_DISPLAY")
    assert "libxcb-cursor0" in str(preflight.problem())


def test_wayland_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    lack(monkeypatch, "libwayland-client.so.0", needed_by="libqwayland")
    monkeypatch.delenv("DISPLAY", raising=False)
    assert "libwayland-client0" in str(preflight.problem())


def test_other_platforms_of_qt_need_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert preflight.problem() is None


def test_a_file_where_the_data_should_be(environment: dict[str, str], tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    line = only_line(environment | {"QT_QPA_PLATFORM": "offscreen"}, "try", "--data", str(blocked))
    assert f"{blocked} cannot be used: File exists" in line


@pytest.mark.parametrize("address", ["0.0.0.0:8008", "example.org:8008", "192.0.2.1:8008"])
def test_listening_where_others_could_reach_it(environment: dict[str, str], address: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    line = only_line(environment | {"QT_QPA_PLATFORM": "offscreen"}, "try", "--data", str(data), "--listen", address)
    assert "listens on this computer only" in line
    assert not (data / "server").exists()


def test_a_port_that_is_taken(environment: dict[str, str], tmp_path: Path) -> None:
    """The windows are there by then: they tell it, and so does the terminal; closing them ends with a failure."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        command = [sys.executable, "-m", "chatdesk", "try", "--data", str(tmp_path / "data"), "--listen", address]
        with subprocess.Popen(
            command, env=environment | {"QT_QPA_PLATFORM": "offscreen"}, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stderr is not None
            for line in process.stderr:
                if "in use" in line:
                    assert line == f"chatdesk: http://{address} is in use by another program: choose another port\n"
                    process.terminate()
                assert "Traceback" not in line
            assert process.wait(60) == 1
