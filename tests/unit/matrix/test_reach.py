"""A proxy is tried: what works, and what exactly is in the way when it does not. Every proxy here is a real socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from chatdesk.domain.account import Proxy, ProxyKind
from chatdesk.domain.errors import InputError, NetworkError
from chatdesk.matrix.reach import reach
from tests.servers.listener import Serve, listening
from tests.unit.matrix.scripted import ScriptedServer, json_reply

HTTP, SOCKS = ProxyKind.HTTP, ProxyKind.SOCKS5


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    with suppress(asyncio.IncompleteReadError):
        await _carried(reader, writer, port)


async def _carried(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    there, back = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
    try:
        back.write(await reader.readuntil(b"\r\n\r\n"))
        writer.write(await there.read())
        await writer.drain()
    finally:
        back.close()
        await back.wait_closed()


def _socks(way: bytes, *, login: tuple[str, str] | None = None, refusal: int = 0, port: int = 0) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        await reader.readexactly(count)
        writer.write(b"\x05" + way)
        if way == b"\x02":
            _, length = await reader.readexactly(2)
            user = (await reader.readexactly(length)).decode()
            password = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
            is_known = (user, password) == login
            writer.write(b"\x01\x00" if is_known else b"\x01\x01")
            if not is_known:
                return
        head = await reader.readexactly(4)
        length = {1: 4, 4: 16}.get(head[3]) or (await reader.readexactly(1))[0]
        await reader.readexactly(length + 2)
        if refusal:
            writer.write(bytes([5, refusal]) + b"\x00\x01\x00\x00\x00\x00\x00\x00")
            return
        await _carry(reader, writer, port)

    return serve


def _says(answer: bytes) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        writer.write(answer)
        await writer.drain()

    return serve


@pytest.fixture
async def home() -> AsyncIterator[ScriptedServer]:
    server = ScriptedServer(lambda _: json_reply({"versions": ["v1.11"]}))
    await server.start()
    yield server
    await server.stop()


async def test_http_and_socks_proxies_that_work(home: ScriptedServer) -> None:
    proxy = ScriptedServer(home.script)
    await proxy.start()
    port = int(proxy.url.rpartition(":")[2])
    assert await reach(home.url, Proxy(HTTP, "127.0.0.1", port, "ann", "pw")) >= 0
    (request,) = proxy.requests
    assert request.target.startswith("http://127.0.0.1:")  # asked the proxy, not the server
    assert request.headers["proxy-authorization"].startswith("Basic ")
    assert home.requests == []
    await proxy.stop()
    inner = int(home.url.rpartition(":")[2])
    async with listening(_socks(b"\x00", port=inner)) as port:
        assert await reach(home.url, Proxy(SOCKS, "127.0.0.1", port)) >= 0
    async with listening(_socks(b"\x02", login=("ann", "pw"), port=inner)) as port:
        assert await reach(home.url, Proxy(SOCKS, "127.0.0.1", port, "ann", "pw")) >= 0
        with pytest.raises(NetworkError, match="refuses this user name or password"):
            await reach(home.url, Proxy(SOCKS, "127.0.0.1", port, "ann", "wrong"))
    assert len(home.requests) == 2  # trying a connection is not yet a request
    assert await reach(home.url, Proxy(ProxyKind.NONE)) >= 0


@pytest.mark.parametrize(
    ("kind", "serve", "sentence"),
    [
        (SOCKS, _socks(b"\xff"), "wants a user name and a password"),
        (SOCKS, _says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "is not a SOCKS5 proxy"),
        (SOCKS, _socks(b"\x00", refusal=5), r"cannot reach 127.0.0.1 \(SOCKS error 5\)"),
        (HTTP, _says(b"HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n"), "wants a user name and a password"),
        (HTTP, _says(b"\x05\xff"), "is not an HTTP proxy"),
        (HTTP, _says(b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"), "503"),
    ],
)
async def test_what_is_in_the_way(home: ScriptedServer, kind: ProxyKind, serve: Serve, sentence: str) -> None:
    async with listening(serve) as port:
        with pytest.raises(Exception, match=sentence):
            await reach(home.url, Proxy(kind, "127.0.0.1", port))


async def test_no_proxy_there(home: ScriptedServer) -> None:
    async with listening(_says(b"")) as port:
        pass
    with pytest.raises(NetworkError, match=f"127.0.0.1 refuses port {port}: no proxy runs there"):
        await reach(home.url, Proxy(HTTP, "127.0.0.1", port))
    with pytest.raises(NetworkError, match=r"no computer named nobody\.invalid"):
        await reach(home.url, Proxy(SOCKS, "nobody.invalid", 1080))


@pytest.mark.parametrize(
    ("host", "port"), [("", 1), ("a b", 1), ("http://x", 1), ("me@x", 1), ("x", 0), ("x", 65536), ("x" * 300, 1)]
)
async def test_what_cannot_be_a_proxy(home: ScriptedServer, host: str, port: int) -> None:
    with pytest.raises((InputError, NetworkError)):
        await reach(home.url, Proxy(HTTP, host, port))
    assert home.requests == []
