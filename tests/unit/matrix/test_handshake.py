"""A connection that is given up before it is encrypted does not stay open."""

import asyncio

import pytest

from chatdesk.domain.account import Proxy, ProxyKind
from chatdesk.matrix.client import Client
from tests.servers.listener import listening

PATIENCE_S = 20.0


@pytest.mark.parametrize("kind", [None, ProxyKind.HTTP, ProxyKind.SOCKS5])
async def test_a_cancelled_handshake_is_closed(kind: ProxyKind | None) -> None:
    """The server says nothing at all; a proxy before it agrees to everything."""
    greeted, ended = asyncio.Event(), asyncio.Event()

    async def stay_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if kind is ProxyKind.HTTP:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        if kind is ProxyKind.SOCKS5:
            await reader.readexactly(3)
            writer.write(b"\5\0")
            await reader.readexactly(4 + 1 + len("example.org") + 2)
            writer.write(b"\5\0\0\1\0\0\0\0\0\0")
        await reader.read(1)  # the first byte of the handshake
        greeted.set()
        await reader.read()
        ended.set()

    async with listening(stay_silent) as port, asyncio.timeout(PATIENCE_S):
        proxy = Proxy() if kind is None else Proxy(kind, "127.0.0.1", port)
        client = Client(f"https://127.0.0.1:{port}" if kind is None else "https://example.org", proxy)
        asking = asyncio.create_task(client.request("GET", "/"))
        await greeted.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await client.close()
        await ended.wait()
