"""Connections to a server of a test, none of which outlives it. Runs on the test's loop.

`asyncio.Server` forgets a connection that it has accepted but not yet handed on, and on Python 3.11 does not wait for
those it has: what is left open is found by the garbage collector, in some other test.
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Self

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
_LIMIT_BYTES = 64 * 1024


class Listener:
    """Serves each connection in a task of its own, which may end by the client's going away."""

    def __init__(
        self, serve: Serve, listening: socket.socket, tls: ssl.SSLContext | None = None, limit: int = _LIMIT_BYTES
    ) -> None:
        self._serve = serve
        self._socket = listening
        self._tls = tls
        self._limit = limit
        self._tasks: set[asyncio.Task[None]] = set()
        listening.setblocking(False)
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(listening, self._accept)

    @classmethod
    def on_port(cls, serve: Serve, port: int = 0, tls: ssl.SSLContext | None = None, limit: int = _LIMIT_BYTES) -> Self:
        return cls(serve, socket.create_server(("127.0.0.1", port)), tls, limit)

    @classmethod
    def on_path(cls, serve: Serve, path: Path, limit: int = _LIMIT_BYTES) -> Self:
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(path))
        listening.listen()
        return cls(serve, listening, None, limit)

    @property
    def port(self) -> int:
        port: int = self._socket.getsockname()[1]
        return port

    async def close(self) -> None:
        """At once: connections break. Nothing the second time."""
        if self._socket.fileno() >= 0:
            self._loop.remove_reader(self._socket)
            self._socket.close()
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _accept(self) -> None:
        with contextlib.suppress(BlockingIOError, ConnectionAbortedError):  # the client is gone already
            connection, _ = self._socket.accept()
            connection.setblocking(False)
            task = self._loop.create_task(self._hold(connection))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            task.add_done_callback(lambda _: connection.close())  # also if it never began

    async def _hold(self, connection: socket.socket) -> None:
        reader = asyncio.StreamReader(self._limit, self._loop)
        protocol = asyncio.StreamReaderProtocol(reader, loop=self._loop)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):  # the client hung up
            transport, _ = await self._loop.connect_accepted_socket(lambda: protocol, connection, ssl=self._tls)
            writer = asyncio.StreamWriter(transport, protocol, reader, self._loop)
            try:
                await self._serve(reader, writer)
                writer.close()
                await writer.wait_closed()
            finally:
                transport.abort()  # also where the client never reads what is still to be sent


@contextlib.asynccontextmanager
async def listening(serve: Serve) -> AsyncIterator[int]:
    """The port on 127.0.0.1."""
    listener = Listener.on_port(serve)
    try:
        yield listener.port
    finally:
        await listener.close()
