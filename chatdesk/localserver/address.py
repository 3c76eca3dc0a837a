"""Where the private server listens: a Unix socket wherever the system has them, else a loopback port.

Any thread. Must never hand out an address that another machine, or another user of this one, can reach.
"""

import hashlib
import ipaddress
import os
import socket
import stat
import sys
import tempfile
from pathlib import Path

HAS_UNIX_SOCKETS = hasattr(socket, "AF_UNIX")
SOCKET_PATH_LIMIT_BYTES = 107 if sys.platform == "linux" else 103
"""sockaddr_un.sun_path less its closing zero; BSD and macOS have four bytes less than Linux."""


SOCKET_HEADERS = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Proto": "http"}
"""What Synapse must be told over a Unix socket, where it cannot see who calls."""


def private_socket_path(directory: Path) -> Path | None:
    """The socket for the server in `directory`: inside it when the path is short enough for the system.

    Otherwise inside a 0700 directory of this user under $XDG_RUNTIME_DIR or the temporary directory, named after
    `directory`, so that every start and every process finds the same one; `make_private` makes it. None when the
    system has no Unix sockets or no directory with a path short enough.
    """
    if not HAS_UNIX_SOCKETS:
        return None
    path = directory / "server.sock"
    if _fits(path):
        return path
    name = f"chatdesk-{os.getuid()}-{hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]}"
    for base in (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir()):
        path = Path(base) / name / "server.sock"
        if path.is_absolute() and _fits(path) and Path(base).is_dir():
            return path
    return None


def make_private(directory: Path) -> None:
    """Create `directory` for this user alone. The name can be guessed, so one that is there already is not trusted."""
    directory.mkdir(mode=0o700, exist_ok=True)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise OSError(f"{directory} is not a private directory of this user: remove it and try again")


def checked_listen(listen: tuple[str, int]) -> tuple[str, int]:
    """A TCP address other programs of this machine may use. ValueError when other machines could reach it."""
    host, port = listen
    address = "127.0.0.1" if host.lower() == "localhost" else host.strip("[]")
    try:
        is_loopback = ipaddress.ip_address(address).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise ValueError(
            f"The private server listens on this computer only: use 127.0.0.1, ::1 or localhost, not “{host}”"
        )
    if not 1 <= port <= 65535:
        raise ValueError(f"{port} is not a port to listen on: choose one from 1024 to 65535")
    return address, port


def http_url(host: str, port: int) -> str:
    """The URL of a TCP address; IPv6 addresses get their brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def free_port(host: str = "127.0.0.1") -> int:
    """A port nobody listens on at this moment."""
    with socket.socket(socket.AF_INET) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def is_port_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        # As the server does: an address in TIME_WAIT from our own last run is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _fits(path: Path) -> bool:
    return len(os.fsencode(path)) <= SOCKET_PATH_LIMIT_BYTES
