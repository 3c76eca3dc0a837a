"""One window per profile: a lock, and a local socket through which a second start raises the first window.

Main thread only. The socket carries no data: connecting is the whole message.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 2000


class SingleWindow(QObject):
    """Holds the profile while it lives; `acquire` is False when another process has it, which was then raised."""

    def __init__(self, directory: Path) -> None:
        super().__init__()
        self._lock = FileLock(directory / "profile.lock", mode=0o600)
        # A name of its own, not a path in the profile: socket paths are short on Unix.
        self._name = "chatdesk-" + hashlib.sha256(str(directory.resolve()).encode()).hexdigest()[:24]
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)

    def acquire(self, raise_window: Callable[[], None]) -> bool:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            self.raise_other()
            return False
        QLocalServer.removeServer(self._name)  # what a crash left behind; the lock is ours
        self._server.newConnection.connect(lambda: self._answer(raise_window))
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        self._server.close()
        self._lock.release()

    def _answer(self, raise_window: Callable[[], None]) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.deleteLater()
            raise_window()

    def raise_other(self) -> None:
        """Raise the window of whoever has the profile, if anybody has."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        socket.waitForConnected(_PATIENCE_MS)
        socket.disconnectFromServer()
