"""The store before there is a loop: on the caller's thread, and only where opening it is all there is to do."""

import os
import threading
from pathlib import Path

import apsw

from chatdesk.domain.at_once import finish
from chatdesk.store import settings
from chatdesk.store.database import Database

KEY = os.urandom(32)


async def _make(path: Path) -> None:
    database = await Database.open(path, KEY)
    await database.write(settings.put, "name", "Ann")
    await database.close()


async def test_it_reads_and_writes_without_a_loop_and_then_with_threads(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    await _make(path)
    database = Database.open_at_once(path, KEY)
    assert database is not None
    assert finish(database.read(settings.get, "name", str)) == "Ann"
    finish(database.write(settings.put, "name", "Ben"))
    database.use_threads()

    def where(_connection: apsw.Connection) -> str:
        return threading.current_thread().name

    assert (await database.read(where)).startswith("store-reader")
    assert await database.read(settings.get, "name", str) == "Ben"
    await database.close()


async def test_it_is_closed_without_a_loop(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    await _make(path)
    database = Database.open_at_once(path, KEY)
    assert database is not None
    finish(database.close())
    again = await Database.open(path, KEY)  # nobody holds it
    await again.close()


async def test_what_needs_more_than_opening_is_left_to_the_loop(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    assert Database.open_at_once(path, KEY) is None
    assert not path.exists()
    await _make(path)
    assert Database.open_at_once(path, os.urandom(32)) is None

    marked = path.with_name("store.db.damaged")
    marked.touch()
    assert Database.open_at_once(path, KEY) is None
    marked.unlink()

    def age(connection: apsw.Connection) -> None:
        connection.execute("PRAGMA user_version = 3")

    database = await Database.open(path, KEY)
    await database.write(age)
    await database.close()
    assert Database.open_at_once(path, KEY) is None  # would take as long as there are messages
