"""The file itself: encrypted, migrated, transactional."""

import sqlite3
import stat
from pathlib import Path

import apsw
import pytest

from chatdesk.domain.errors import StoreError, WrongKey
from chatdesk.store import database as database_module
from chatdesk.store import settings
from chatdesk.store.database import Database
from tests.unit.store.conftest import KEY


def _patience(connection: apsw.Connection) -> object:
    return connection.pragma("synchronous")


SECRET = "correct horse battery staple"


async def test_no_file_of_the_store_can_be_read_without_the_key(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "store.db", KEY)
    await database.write(settings.put, "note", SECRET)
    files = sorted(tmp_path.iterdir())
    assert "store.db-wal" in [file.name for file in files]
    for file in files:
        content = file.read_bytes()
        assert SECRET.encode() not in content
        assert b"SQLite format 3" not in content
        assert KEY not in content
    await database.close()
    with sqlite3.connect(tmp_path / "store.db") as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM setting")
    plain.close()


async def test_writes_wait_for_the_disk_unless_the_server_can_tell_them_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "_DURABLE", "FULL")
    monkeypatch.setattr(database_module, "_RELAXED", "NORMAL")
    database = await Database.open(tmp_path / "store.db", KEY)
    assert await database.write(_patience) == 2
    assert await database.write_relaxed(_patience) == 1
    assert await database.write(_patience) == 2
    await database.close()


async def test_a_wrong_key_says_so_and_harms_nothing(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "store.db", KEY)
    await database.write(settings.put, "note", SECRET)
    await database.close()
    with pytest.raises(WrongKey, match="does not open"):
        await Database.open(tmp_path / "store.db", bytes(32))
    with pytest.raises(WrongKey):
        await Database.open(tmp_path / "store.db", b"short")
    again = await Database.open(tmp_path / "store.db", KEY)
    assert await again.read(settings.get, "note", str) == SECRET
    await again.close()


async def test_only_the_user_can_read_the_files(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "store.db", KEY)
    await database.write(settings.put, "a", 1)
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}, modes
    await database.close()


async def test_a_failing_write_leaves_nothing_behind(database: Database) -> None:
    def fail(connection: apsw.Connection) -> None:
        settings.put(connection, "half", 1)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await database.write(fail)
    assert await database.read(settings.get, "half", int) is None
    await database.write(settings.put, "whole", 2)
    assert await database.read(settings.get, "whole", int) == 2


async def test_a_store_of_a_newer_chatdesk_is_refused(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "store.db", KEY)
    await database.write(lambda connection: connection.execute("PRAGMA user_version = 9999"))
    await database.close()
    with pytest.raises(StoreError, match="newer chatdesk"):
        await Database.open(tmp_path / "store.db", KEY)


async def test_a_folder_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        await Database.open(tmp_path / "absent" / "store.db", KEY)


async def test_a_closed_store_refuses_work(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "store.db", KEY)
    await database.close()
    with pytest.raises(StoreError, match="closed"):
        await database.read(settings.get, "a", int)
    with pytest.raises(StoreError, match="closed"):
        await database.write(settings.put, "a", 1)
