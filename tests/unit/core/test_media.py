"""Pictures that several ask for at once, and that nobody wants any more when they come."""

import asyncio
import gc
from typing import Any

import pytest

from chatdesk.core.media import MediaCache
from chatdesk.domain.elements import Media
from tests.unit.core.download_setting import URI, Bench
from tests.unit.matrix.scripted import Reply, ScriptedServer


async def test_who_gives_up_a_picture_leaves_it_to_the_others(bench: Bench, server: ScriptedServer) -> None:
    gate = asyncio.Event()
    server.script = lambda _: Reply(200, b"picture", gate=gate)
    media = MediaCache(bench.ledger, bench.homeserver)
    one, other = (asyncio.ensure_future(media.thumbnail(Media(URI), 10, 10)) for _ in range(2))
    while not server.requests:
        await asyncio.sleep(0.005)
    one.cancel()
    with pytest.raises(asyncio.CancelledError):
        await one
    gate.set()
    assert await other == b"picture"
    assert len(server.requests) == 1


async def test_a_picture_nobody_waits_for_fails_quietly(bench: Bench, server: ScriptedServer) -> None:
    """A conversation is left while its pictures come and the connection breaks: no traceback in the log."""
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
    gate = asyncio.Event()
    server.script = lambda _: Reply(403, b'{"errcode": "M_UNKNOWN_TOKEN", "error": "x"}', gate=gate)
    media = MediaCache(bench.ledger, bench.homeserver)
    asking = asyncio.ensure_future(media.thumbnail(Media(URI), 10, 10))
    while not server.requests:
        await asyncio.sleep(0.005)
    (fetching,) = media._running.values()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    gate.set()
    await asyncio.wait([fetching])
    assert not fetching.cancelled()
    del fetching, asking
    await asyncio.sleep(0)
    gc.collect()
    assert told == []
