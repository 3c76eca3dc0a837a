"""A scripted server and downloads from it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatdesk.core import single_fetches
from chatdesk.store.database import Database
from tests.unit.core.download_setting import KEY, Bench
from tests.unit.matrix.scripted import ScriptedServer


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    server = ScriptedServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def bench(tmp_path: Path, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bench]:
    monkeypatch.setattr(single_fetches, "backoff_s", lambda _: 0.01)
    database = await Database.open(tmp_path / "store.db", KEY)
    bench = Bench(tmp_path, database, server)
    yield bench
    await bench.end()
    await bench.database.close()
