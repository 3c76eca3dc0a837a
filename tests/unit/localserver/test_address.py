"""Where the private server may listen."""

import os
import socket
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatdesk.localserver import LocalServer, ServerStartError, address


def test_short_directory_holds_its_own_socket() -> None:
    directory = Path("/tmp/chatdesk-short")
    assert address.private_socket_path(directory) == directory / "server.sock"
    assert not directory.exists()


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A short $XDG_RUNTIME_DIR."""
    with tempfile.TemporaryDirectory(prefix="cd-", dir="/tmp") as directory:
        monkeypatch.setenv("XDG_RUNTIME_DIR", directory)
        yield Path(directory)


def test_long_directory_uses_the_runtime_directory(tmp_path: Path, runtime: Path) -> None:
    path = address.private_socket_path(tmp_path / ("x" * 120))
    assert path is not None
    assert path.parent.parent == runtime
    assert address.private_socket_path(tmp_path / ("x" * 120)) == path, "every process must find the same socket"
    assert address.private_socket_path(tmp_path / ("y" * 120)) != path
    for _ in range(2):
        address.make_private(path.parent)
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    with socket.socket(socket.AF_UNIX) as probe:
        probe.bind(str(path))


def test_the_longest_path_that_fits_can_be_bound(runtime: Path) -> None:
    directory = runtime / ("x" * (address.SOCKET_PATH_LIMIT_BYTES - len("//server.sock") - len(str(runtime))))
    path = address.private_socket_path(directory)
    assert path == directory / "server.sock"
    assert len(os.fsencode(path)) == address.SOCKET_PATH_LIMIT_BYTES
    directory.mkdir()
    with socket.socket(socket.AF_UNIX) as probe:
        probe.bind(str(path))
    longer = address.private_socket_path(runtime / (directory.name + "x"))
    assert longer is not None
    assert longer.parent.parent == runtime


def test_unusable_runtime_directory_falls_back_to_the_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for unusable in (str(tmp_path / ("r" * 100)), "/tmp/not-there-cd", ".", ""):
        monkeypatch.setenv("XDG_RUNTIME_DIR", unusable)
        path = address.private_socket_path(tmp_path / ("x" * 120))
        assert path is not None
        assert path.parent.parent == Path(tempfile.gettempdir())


def test_nothing_short_enough_means_a_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    assert LocalServer(tmp_path / ("x" * 120)).url.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("kind", ["link", "open", "file"])
async def test_a_prepared_trap_is_not_used(kind: str, tmp_path: Path, runtime: Path) -> None:
    """In a temporary directory everybody may write to, somebody else could have made the directory first."""
    server = LocalServer(tmp_path / ("x" * 120))
    place = Path(server.url.removeprefix("unix://")).parent
    if kind == "link":
        place.symlink_to(tmp_path)
    elif kind == "open":
        place.mkdir()
        place.chmod(0o755)
    else:
        place.touch()
    with pytest.raises(ServerStartError, match=r"File exists|not a private directory"):
        await server.start()
    assert server.pid is None


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1"),
        ("127.1.2.3", "127.1.2.3"),
        ("::1", "::1"),
        ("[::1]", "::1"),
    ],
)
def test_loopback_is_accepted(host: str, expected: str) -> None:
    assert address.checked_listen((host, 8008)) == (expected, 8008)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org", "", "127.0.0.1.example.org"])
def test_other_addresses_are_refused(host: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="this computer only"):
        LocalServer(tmp_path, listen=(host, 8008))


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_impossible_ports_are_refused(port: int) -> None:
    with pytest.raises(ValueError, match="not a port"):
        address.checked_listen(("127.0.0.1", port))


def test_a_port_in_use_is_seen() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not address.is_port_free("127.0.0.1", port)
    assert address.is_port_free("127.0.0.1", port)


def test_without_unix_sockets_a_loopback_port_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "HAS_UNIX_SOCKETS", False)
    server = LocalServer(tmp_path)
    assert server.url == server.tcp_url
    assert server.url.startswith("http://127.0.0.1:")
    assert LocalServer(tmp_path, listen=("::1", 8008)).url == "http://[::1]:8008"
