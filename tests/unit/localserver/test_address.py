"""Where the private server may listen."""

import os
import socket
import stat
from pathlib import Path

import pytest

from chatdesk.localserver import LocalServer, address


def test_short_directory_holds_its_own_socket(tmp_path: Path) -> None:
    directory = Path("/tmp/chatdesk-short")
    assert address.private_socket_path(directory) == directory / "server.sock"
    assert not directory.exists()


def test_long_directory_gets_a_private_runtime_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = Path("/tmp") / f"cd-rt-{os.getpid()}"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    try:
        path = address.private_socket_path(tmp_path / ("x" * 120))
        assert path.parent.parent == runtime
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert address.private_socket_path(tmp_path / ("x" * 120)) == path, "every process must find the same socket"
        assert address.private_socket_path(tmp_path / ("y" * 120)) != path
        with socket.socket(socket.AF_UNIX) as probe:
            probe.bind(str(path))
        path.unlink()
    finally:
        for directory in runtime.iterdir():
            directory.rmdir()
        runtime.rmdir()


def test_unusable_runtime_directory_falls_back_to_the_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / ("r" * 100)))
    path = address.private_socket_path(tmp_path / ("x" * 120))
    assert len(os.fsencode(path)) <= address.SOCKET_PATH_LIMIT_BYTES
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.parent.rmdir()


@pytest.mark.parametrize("kind", ["link", "open", "file"])
def test_a_prepared_trap_is_not_used(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a temporary directory everybody may write to, somebody else could have made the directory first."""
    runtime = Path("/tmp") / f"cd-trap-{os.getpid()}"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    long = tmp_path / ("x" * 120)
    place = address.private_socket_path(long).parent
    place.rmdir()
    try:
        if kind == "link":
            place.symlink_to(tmp_path)
        elif kind == "open":
            place.mkdir()
            place.chmod(0o755)
        else:
            place.touch()
        with pytest.raises(OSError, match=r"exist|not a private directory"):
            address.private_socket_path(long)
    finally:
        place.rmdir() if kind == "open" else place.unlink()
        runtime.rmdir()


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
