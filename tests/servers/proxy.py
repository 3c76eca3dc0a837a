"""A proxy that loses answers, loses requests, dawdles, refuses, falls silent and goes away, in front of a real server.

Runs on the test's own loop. Understands where HTTP/1.1 messages end; changes none, except that it names the client's
address where the server listens on a Unix socket and could not know it, and that it never hands on a .well-known, which
would lead the client around it. The real server behind it has always done its whole work when an answer is lost, as if
the line broke at the worst moment.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from chatdesk.localserver.address import SOCKET_HEADERS
from chatdesk.matrix.discovery import WELL_KNOWN
from tests.servers.http1 import HEAD_LIMIT_BYTES, Head, read_body, read_head
from tests.servers.listener import Listener

Match = Callable[[str, str], bool]
"""(method, path with query) -> whether the rule is meant."""


@dataclass(frozen=True)
class Exchange:
    """A request the real server has answered; `is_lost`: the client was not told."""

    method: str
    path: str
    status: int
    is_lost: bool


@dataclass(eq=False)
class Rule:
    """What happens to the next `left` matching requests; `hits` counts, `hit` is set after each."""

    match: Match
    left: int
    delay_s: float = 0.0
    loses_request: bool = False
    loses_response: bool = False
    response_bytes: int = 0
    status: int = 0
    body: bytes = b""
    is_silent: bool = False
    held_after: int = 0
    hits: int = 0
    hit: asyncio.Event = field(default_factory=asyncio.Event)


def path_has(*parts: str, method: str = "") -> Match:
    """A match for requests whose path holds all of `parts`, and whose method is `method` if given."""
    return lambda verb, path: (not method or verb == method) and all(part in path for part in parts)


class DroppingProxy:
    """`url` (TCP on 127.0.0.1, or a Unix socket with `socket_path`) leads to `upstream_url` unless a rule says not.

    Use as an async context manager, or `start` and `close`. `exchanges` lists what the real server answered, in order.
    """

    def __init__(self, upstream_url: str, socket_path: Path | None = None) -> None:
        self._upstream = upstream_url
        self._socket_path = socket_path
        self._port = 0
        self._listener: Listener | None = None
        self._rules: list[Rule] = []
        self.exchanges: list[Exchange] = []

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def url(self) -> str:
        return f"unix://{self._socket_path}" if self._socket_path is not None else f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Listen; again on the same address after `go_away`."""
        if self._listener is not None:
            return
        if self._socket_path is not None:
            self._socket_path.unlink(missing_ok=True)
            self._listener = Listener.on_path(self._on_connection, self._socket_path, HEAD_LIMIT_BYTES)
        else:
            self._listener = Listener.on_port(self._on_connection, self._port, limit=HEAD_LIMIT_BYTES)
            self._port = self._listener.port

    async def go_away(self) -> None:
        """Break every connection and refuse new ones, as a server that was killed."""
        listener, self._listener = self._listener, None
        if listener is not None:
            await listener.close()
        if self._socket_path is not None:
            self._socket_path.unlink(missing_ok=True)

    async def come_back(self) -> None:
        await self.start()

    async def close(self) -> None:
        self._rules.clear()
        await self.go_away()

    def lose_response(self, match: Match, times: int = 1, response_bytes: int = 0) -> Rule:
        """The server gets the request and answers in full; the client gets `response_bytes` of that, then a reset."""
        return self._add(Rule(match, times, loses_response=True, response_bytes=response_bytes))

    def lose_request(self, match: Match, times: int = 1) -> Rule:
        """The client sends its request; the server never sees it, the client gets a reset."""
        return self._add(Rule(match, times, loses_request=True))

    def delay(self, match: Match, delay_s: float, times: int = 1) -> Rule:
        """The server's answer is handed on `delay_s` later."""
        return self._add(Rule(match, times, delay_s=delay_s))

    def refuse(self, match: Match, status: int, body: bytes = b"", times: int = 1) -> Rule:
        """The server never sees the request; the client gets this status (429, 502 …) with this JSON body."""
        return self._add(Rule(match, times, status=status, body=body))

    def spoil(self, match: Match, status: int, body: bytes = b"", times: int = 1) -> Rule:
        """The server does its work, but the client gets this status instead of the answer."""
        return self._add(Rule(match, times, status=status, body=body, loses_response=True))

    def fall_silent(self, match: Match, silence_s: float, times: int = 1) -> Rule:
        """Half open: the request is taken and never answered; after `silence_s` the connection is reset."""
        return self._add(Rule(match, times, delay_s=silence_s, is_silent=True))

    def hold(self, match: Match, held_after: int) -> Rule:
        """Half of a request gets through: after so many bytes of its body nothing more, until the client is gone."""
        return self._add(Rule(match, 1, held_after=held_after))

    def drop_rules(self) -> None:
        self._rules.clear()

    def answered(self, match: Match) -> list[Exchange]:
        """What the real server answered to matching requests."""
        return [exchange for exchange in self.exchanges if match(exchange.method, exchange.path)]

    def _add(self, rule: Rule) -> Rule:
        self._rules.append(rule)
        return rule

    def _take_rule(self, method: str, path: str) -> Rule | None:
        for rule in self._rules:
            if rule.left > 0 and rule.match(method, path):
                rule.left -= 1
                rule.hits += 1
                return rule
        return None

    async def _on_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):  # cancelled: go_away
            _reset(writer)
            raise

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await self._connect()
        try:
            while (request := await read_head(reader)) is not None:
                if not await self._exchange(request, reader, writer, up_reader, up_writer):
                    return
        finally:
            up_writer.transport.abort()  # also what the server does not take

    async def _exchange(
        self,
        request: Head,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        up_reader: asyncio.StreamReader,
        up_writer: asyncio.StreamWriter,
    ) -> bool:
        """One request and its answer; whether the connection may go on."""
        method, path, _ = request.start
        rule = self._take_rule(method, path)
        if rule is None and path == WELL_KNOWN:
            rule = Rule(path_has(WELL_KNOWN), 0, status=404, body=b"{}")  # the real one would lead around this proxy
        if rule is not None and rule.loses_request:
            async for _piece in read_body(reader, request):
                pass
            _reset(writer)
            rule.hit.set()
            return False
        if rule is not None and (rule.is_silent or (rule.status and not rule.loses_response)):
            async for _piece in read_body(reader, request):
                pass
            if rule.is_silent:
                await asyncio.sleep(rule.delay_s)
                _reset(writer)
            else:
                await _send(writer, _answer(rule))
            rule.hit.set()
            return not rule.is_silent
        up_writer.write(self._forwarded(request))
        sent = 0
        async for piece in read_body(reader, request):
            up_writer.write(piece)
            await up_writer.drain()
            sent += len(piece)
            if rule is not None and 0 < rule.held_after <= sent:
                rule.hit.set()
                while await reader.read(HEAD_LIMIT_BYTES):
                    pass
                return False
        response = await read_head(up_reader)
        if response is None:
            _reset(writer)
            return False
        is_lost = rule is not None and rule.loses_response
        exchange = Exchange(method, path, int(response.start[1]), is_lost)
        if rule is not None and rule.delay_s:
            await asyncio.sleep(rule.delay_s)
        if rule is not None and is_lost:
            raw = response.raw + b"".join([piece async for piece in read_body(up_reader, response, answers=method)])
            self.exchanges.append(exchange)
            if rule.status:
                await _send(writer, _answer(rule))
                rule.hit.set()
                return not (request.is_last or response.is_last)
            await _send(writer, raw[: rule.response_bytes])
            _reset(writer)
            rule.hit.set()
            return False
        self.exchanges.append(exchange)
        await _send(writer, response.raw)
        async for piece in read_body(up_reader, response, answers=method):
            await _send(writer, piece)
        if rule is not None:
            rule.hit.set()
        return not (request.is_last or response.is_last)

    def _forwarded(self, request: Head) -> bytes:
        if not self._upstream.startswith("unix://") or "x-forwarded-for" in request.headers:
            return request.raw
        lines = "".join(f"{name}: {value}\r\n" for name, value in SOCKET_HEADERS.items())
        return request.raw.removesuffix(b"\r\n") + lines.encode("ascii") + b"\r\n"

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._upstream.startswith("unix://"):
            path = self._upstream.removeprefix("unix://")
            return await asyncio.open_unix_connection(path, limit=HEAD_LIMIT_BYTES)
        address = urlsplit(self._upstream)
        tls = ssl.create_default_context() if address.scheme == "https" else None
        return await asyncio.open_connection(address.hostname, address.port, limit=HEAD_LIMIT_BYTES, ssl=tls)


def _answer(rule: Rule) -> bytes:
    head = f"HTTP/1.1 {rule.status} Fault\r\nContent-Type: application/json\r\nContent-Length: {len(rule.body)}\r\n\r\n"
    return head.encode("ascii") + rule.body


async def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    if data:
        writer.write(data)
        await writer.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    """End the connection as a broken line does: at once; over TCP with RST once what was written has left."""
    connection = writer.get_extra_info("socket")
    if connection is not None and connection.family == socket.AF_INET and not writer.transport.get_write_buffer_size():
        with suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    writer.transport.abort()
