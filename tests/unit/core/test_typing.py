"""Who is told that somebody types, and how often: the real store and client against a scripted server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from chatdesk.core import typing
from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line
from chatdesk.core.task_set import TaskSet
from chatdesk.core.typing import Typing
from chatdesk.domain.changes import ChannelBatch, Connection, ConnectionKind, SyncBatch
from chatdesk.domain.conversations import Membership
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.matrix.homeserver import Homeserver
from chatdesk.store.database import Database
from chatdesk.store.sync import apply_sync
from tests.unit.matrix.scripted import Reply, ScriptedServer

ANN = "@ann:example.org"
LUNCH = ConversationId(ConversationType.GROUP, "!lunch:example.org")
GONE = ConversationId(ConversationType.GROUP, "!gone:example.org")


class Bench:
    def __init__(self, database: Database, server: ScriptedServer) -> None:
        self.server = server
        self.homeserver = Homeserver(server.url, "token", ANN)
        self.line = Line()
        self.tasks = TaskSet()
        self.line.set(Connection(ConnectionKind.ONLINE))
        self.typing = Typing(Ledger(database, ANN), self.homeserver, self.line, self.tasks)

    def told(self) -> list[object]:
        """What the server was told, in order."""
        assert all(
            unquote(request.target).endswith(f"/rooms/{LUNCH.id}/typing/{ANN}") and request.method == "PUT"
            for request in self.server.requests
        )
        return [request.json()["typing"] for request in self.server.requests]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition() or self.typing._is_telling:
                await asyncio.sleep(0.005)


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    database = await Database.open(tmp_path / "store.db", bytes(32))
    channels = (
        ChannelBatch(LUNCH.id, Membership.JOINED, has_start=True),
        ChannelBatch(GONE.id, Membership.LEFT, has_start=True),
    )
    await database.write(apply_sync, SyncBatch("token", channels), ANN, 1)
    server = ScriptedServer()
    await server.start()
    bench = Bench(database, server)
    yield bench
    await bench.tasks.close()
    await bench.homeserver.close()
    await server.stop()
    await database.close()


async def test_many_keys_are_one_request(bench: Bench) -> None:
    for _ in range(50):
        bench.typing.typed(LUNCH)
    await bench.until(lambda: bench.told() == [True])
    assert bench.server.requests[0].json()["timeout"] == typing.SHOWN_MS
    bench.typing.typed(LUNCH)
    bench.typing.stopped(LUNCH)
    await bench.until(lambda: bench.told() == [True, False])
    bench.typing.stopped(LUNCH)
    bench.typing.typed(LUNCH)
    await bench.until(lambda: bench.told() == [True, False, True])


async def test_who_types_on_is_told_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typing, "AGAIN_S", 0.05)
    bench.typing.typed(LUNCH)
    await bench.until(lambda: bench.told() == [True])
    await asyncio.sleep(0.06)
    bench.typing.typed(LUNCH)
    await bench.until(lambda: bench.told() == [True, True])


async def test_begun_and_ended_at_once_ends_as_ended(bench: Bench) -> None:
    bench.typing.typed(LUNCH)
    bench.typing.stopped(LUNCH)
    await bench.until(lambda: bench.told() == [False])


async def test_nobody_is_told_when_the_user_does_not_allow_it_or_the_line_is_down(bench: Bench) -> None:
    bench.typing.typed(LUNCH)
    await bench.until(lambda: bench.told() == [True])
    bench.typing.is_enabled = False
    await bench.until(lambda: bench.told() == [True, False])
    bench.typing.typed(LUNCH)
    bench.typing.is_enabled = True
    bench.line.set(Connection(ConnectionKind.OFFLINE))
    bench.typing.typed(LUNCH)
    bench.line.set(Connection(ConnectionKind.ONLINE))
    bench.typing.typed(GONE)
    bench.typing.typed(LUNCH)
    await bench.until(lambda: bench.told() == [True, False, True])


async def test_a_refusal_is_nobodys_business(bench: Bench) -> None:
    bench.server.script = lambda _request: Reply(403, b'{"errcode": "M_FORBIDDEN"}')
    bench.typing.typed(LUNCH)
    await bench.until(lambda: bench.told() == [True])
    bench.typing.stopped(LUNCH)
    await bench.until(lambda: bench.told() == [True, False])
