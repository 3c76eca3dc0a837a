"""One window per profile: a lock, and a local socket through which a second start raises the first window.

Main thread only. The socket carries the link the second start was to open, or nothing. QtNetwork is loaded when the
socket is opened, which can wait until the window is painted: who starts a second time before gets the window anyway.
"""

import hashlib
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatdesk.store.lock import Lock

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS = 2000
_LONGEST = 2048


class SingleWindow(QObject):
    """Holds the profile while it lives; `acquire` is False when another process has it, which was then raised."""

    def __init__(self, directory: Path) -> None:
        super().__init__()
        self._lock = Lock(directory / "profile.lock")
        self._directory = directory
        self._server: QLocalServer | None = None

    @cached_property
    def _name(self) -> str:
        """Of its own, not a path in the profile: socket paths are short on Unix."""
        return "chatdesk-" + hashlib.sha256(str(self._directory.resolve()).encode()).hexdigest()[:24]

    def acquire(self, address: str = "") -> bool:
        """`address`: the link that whoever has the profile is to open."""
        if self._lock.acquire():
            return True
        self.raise_other(address)
        return False

    def listen(self, raise_window: Callable[[str], None]) -> None:
        """From now on a second start raises this window; `raise_window` gets the link it was to open, or ""."""
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
        self._lock.release()

    def raise_other(self, address: str = "") -> None:
        """Raise the window of whoever has the profile, if anybody has."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(_PATIENCE_MS):
            socket.write(address.encode()[:_LONGEST])
            socket.waitForBytesWritten(_PATIENCE_MS)
            socket.disconnectFromServer()
            if socket.state() is not QLocalSocket.LocalSocketState.UnconnectedState:
                socket.waitForDisconnected(_PATIENCE_MS)


def _answer(server: "QLocalServer", raise_window: Callable[[str], None]) -> None:
    from PySide6.QtNetwork import QLocalSocket

    while (connection := server.nextPendingConnection()) is not None:
        if connection.state() is QLocalSocket.LocalSocketState.UnconnectedState:
            _finish(connection, raise_window)
        else:
            connection.disconnected.connect(partial(_finish, connection, raise_window))


def _finish(connection: "QLocalSocket", raise_window: Callable[[str], None]) -> None:
    """The other side has said all it had to say."""
    address = bytes(connection.read(_LONGEST).data()).decode(errors="replace")
    connection.deleteLater()
    raise_window(address)
