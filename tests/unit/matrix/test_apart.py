"""Work on a loop of its own: what comes of it, and that it has ended when its caller goes on."""

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from chatdesk.domain.errors import NetworkError
from chatdesk.matrix.apart import Apart
from chatdesk.matrix.client import Client
from tests.unit.matrix.scripted import Reply, ScriptedServer


@pytest.fixture
async def apart() -> AsyncIterator[Apart]:
    apart = Apart()
    yield apart
    await apart.close()
    assert "files" not in {thread.name for thread in threading.enumerate()}


async def test_what_comes_of_it(apart: Apart) -> None:
    async def where() -> str:
        return threading.current_thread().name

    async def fail() -> None:
        raise NetworkError("No.")

    assert await apart.run(where()) == "files"
    with pytest.raises(NetworkError):
        await apart.run(fail())


async def test_what_is_cancelled_has_ended_first(apart: Apart) -> None:
    begun, ended = threading.Event(), threading.Event()

    async def stubborn() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.05)  # a write that cannot be stopped
            ended.set()

    work = asyncio.create_task(apart.run(stubborn()))
    await asyncio.to_thread(begun.wait)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert ended.is_set()


async def test_what_is_cancelled_at_once_never_stays_behind(apart: Apart) -> None:
    work = asyncio.create_task(apart.run(asyncio.Event().wait()))
    await asyncio.sleep(0)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work


async def test_closing_ends_what_is_under_way() -> None:
    apart = Apart()
    begun = threading.Event()

    async def endless() -> None:
        begun.set()
        await asyncio.Event().wait()

    work = asyncio.create_task(apart.run(endless()))
    await asyncio.to_thread(begun.wait)
    await apart.close()
    with pytest.raises(asyncio.CancelledError):
        await work


async def test_one_client_on_two_loops_and_its_end(apart: Apart) -> None:
    """Each loop has connections of its own; the client closes both and then opens none."""
    server = ScriptedServer(lambda _: Reply(200, b"{}"))
    await server.start()
    client = Client(server.url)
    client.authorize("token")
    assert await client.call("GET", "/here") == {}
    assert await apart.run(client.call("GET", "/there")) == {}
    assert [request.headers["authorization"] for request in server.requests] == ["Bearer token"] * 2
    await client.close()
    with pytest.raises(NetworkError):
        await apart.run(client.call("GET", "/there"))
    await server.stop()
