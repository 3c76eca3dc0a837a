"""One window per profile: a lock, and a local socket through which a second start raises the first window.

Main thread only. The socket carries no data: connecting is the whole message. QtNetwork is loaded when the socket is
opened, which can wait until the window is painted: who starts a second time before that gets the window anyway.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

# The package filelock does the same in more ways, but takes 10 ms to load, which every start would wait for.
if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_PATIENCE_MS = 2000


class SingleWindow(QObject):
    """Holds the profile while it lives; `acquire` is False when another process has it, which was then raised."""

    def __init__(self, directory: Path) -> None:
        super().__init__()
        self._lock_file = directory / "profile.lock"
        self._descriptor: int | None = None
        # A name of its own, not a path in the profile: socket paths are short on Unix.
        self._name = "chatdesk-" + hashlib.sha256(str(directory.resolve()).encode()).hexdigest()[:24]
        self._server: QLocalServer | None = None

    def acquire(self) -> bool:
        """Raises OSError when the lock file cannot be written or the file system knows no locks."""
        descriptor = os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor)
        except (BlockingIOError, PermissionError):  # Unix, Windows
            os.close(descriptor)
            self.raise_other()
            return False
        except OSError:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def listen(self, raise_window: Callable[[], None]) -> None:
        """From now on a second start raises this window."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)  # what a crash left behind; the lock is ours
        self._server = server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(lambda: _answer(server, raise_window))
        server.listen(self._name)

    def release(self) -> None:
        """Lets the profile go; the system does the same when the process ends, however it does."""
        if self._server is not None:
            self._server.close()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def raise_other(self) -> None:
        """Raise the window of whoever has the profile, if anybody has."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        socket.waitForConnected(_PATIENCE_MS)
        socket.disconnectFromServer()


def _answer(server: "QLocalServer", raise_window: Callable[[], None]) -> None:
    while (connection := server.nextPendingConnection()) is not None:
        connection.deleteLater()
        raise_window()
