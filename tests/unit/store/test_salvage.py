"""A damaged, write-protected or full place for the store: a clear message, and what only this machine had is saved."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from chatdesk.domain.elements import Text
from chatdesk.domain.errors import DamagedStore, DiskFull, StoreError, WrongKey
from chatdesk.domain.messages import LocalMessage, MessageOrigin, Reaction, SendOptions
from chatdesk.store import messages, outbox, settings
from chatdesk.store.database import Database
from chatdesk.store.messages import Selection
from chatdesk.store.sync import SYNC_TOKEN, add_local, apply_sync
from tests.unit.store.conftest import KEY
from tests.unit.store.server_log import BEN, GROUP, ME, ServerLog

NOTES = 300
PAGE = 4096


async def filled(path: Path) -> None:
    """A store with what the server has, notes of this machine, unsent messages and a login."""
    database = await Database.open(path, KEY)
    log = ServerLog()
    for number in range(300):
        log.say(f"said {number} " + "x" * 300)
    await database.write(settings.put, "account", {"user": ME})
    await database.write(apply_sync, log.sync(), ME, 1)
    for number in range(NOTES):
        liked = (Reaction("👍", (BEN,)),)
        item = LocalMessage(BEN, (Text(f"note {number} " + "y" * 300),), server_time_s=5000 + number, reactions=liked)
        await database.write(add_local, GROUP, [item], [f"n{number}"], MessageOrigin.SAVED, ME, 1)
    for number in range(3):
        options = SendOptions(cloud_custom="kept")
        await database.write(outbox.add_echo, GROUP, ME, (Text(f"unsent {number}"),), f"t{number}", 7, 5, options)
    await database.close()


def damage(path: Path, pages: list[int]) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(random.Random(page).randbytes(PAGE))


async def leaves(path: Path) -> list[int]:
    """Pages (from 0) that hold rows. Without the page that leads to all rows of a table, none of them can be read."""
    database = await Database.open(path, KEY)
    query = "SELECT pageno FROM dbstat WHERE pagetype = 'leaf' AND name IN ('message', 'raw', 'message_order')"
    found = await database.read(lambda connection: connection.execute(query).fetchall())
    await database.close()
    return [int(str(page)) - 1 for (page,) in found]


@pytest.mark.parametrize("seed", range(8))
async def test_what_only_this_machine_had_is_saved_as_far_as_it_can_be_read(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "store.db"
    await filled(path)
    damage(path, random.Random(seed).sample(await leaves(path), 3))
    before = path.read_bytes()
    database = await Database.open(path, KEY)
    if database.rescue is None:  # found only when the damaged place is used
        with pytest.raises(DamagedStore, match="start it again"):
            await database.write(lambda c: c.execute("REINDEX").fetchall())
        await database.close()
        database = await Database.open(path, KEY)
    rescue = database.rescue
    assert rescue is not None
    assert rescue.kept.read_bytes() == before
    assert "damaged" in str(rescue)
    assert str(rescue.kept) in str(rescue)
    found = await database.read(messages.select, GROUP, Selection(count=9999))
    texts = [m.text.split(" y")[0] for m in found]
    assert not any(text.startswith("said") for text in texts)
    notes = [text for text in texts if text.startswith("note")]
    assert notes == sorted(notes, key=lambda text: int(text.split()[1]))
    assert rescue.local == len(notes)
    assert all(m.reactions for m in found if m.text.startswith("note"))
    assert rescue.has_account
    assert len(notes) >= NOTES - 3 * 12  # a page holds about ten of them
    assert await database.read(settings.get, SYNC_TOKEN, str) is None
    await database.close()
    again = await Database.open(path, KEY)
    assert again.rescue is None
    await again.close()


async def test_unsent_messages_survive_with_their_transaction_ids(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    await filled(path)
    (path.with_name("store.db.damaged")).touch()
    database = await Database.open(path, KEY)
    assert database.rescue is not None
    assert (database.rescue.local, database.rescue.unsent, database.rescue.has_account) == (NOTES, 3, True)
    found = await database.read(messages.select, GROUP, Selection(count=3))
    assert [(m.text, m.txn_id, m.cloud_custom) for m in found] == [(f"unsent {n}", f"t{n}", "kept") for n in range(3)]
    entry = await database.read(outbox.next_entry, GROUP)
    assert entry is not None
    assert entry.txn_id == "t0"
    log = ServerLog()
    for _ in range(3):
        log.say("said")
    await database.write(apply_sync, log.sync(), ME, 1)
    texts = [m.text.split(" y")[0] for m in await database.read(messages.select, GROUP, Selection(count=9999))]
    assert texts[:3] == ["said"] * 3
    assert len(texts) == NOTES + 6
    await database.close()


async def test_local_marks_of_the_servers_messages_wait_for_them(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    log = ServerLog()
    database = await Database.open(path, KEY)
    for word in ("marked", "deleted", "plain"):
        log.say(word)
    await database.write(apply_sync, log.sync(), ME, 1)
    by_text = {m.text: m for m in await database.read(messages.select, GROUP, Selection(count=9))}
    marked, deleted = by_text["marked"], by_text["deleted"]
    await database.write(messages.delete_here, [deleted.key])
    await database.write(
        lambda c: c.execute("UPDATE message SET custom_int = 7, custom_str = 'mine' WHERE key = ?", (marked.key,))
    )
    await database.close()
    for _ in range(2):  # damaged again before the server was asked: still kept
        path.with_name("store.db.damaged").touch()
        database = await Database.open(path, KEY)
        assert database.rescue is not None
        await database.close()
    database = await Database.open(path, KEY)
    log = ServerLog()
    for word in ("marked", "deleted", "plain"):
        log.say(word)
    changes = await database.write(apply_sync, log.sync(), ME, 1)
    found = await database.read(messages.select, GROUP, Selection(count=9))
    assert {m.text: (m.custom_int, m.custom_str) for m in found} == {"marked": (7, "mine"), "plain": (0, "")}
    assert [m.text for m in changes.messages if m.key in changes.arrived] == ["plain"]
    assert await database.read(lambda c: c.execute("SELECT * FROM keepsake").fetchall()) == []
    await database.close()


async def test_a_store_whose_beginning_is_gone_is_kept_aside_and_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    await filled(path)
    damage(path, [0])
    with pytest.raises(WrongKey):
        await Database.open(path, bytes(32))
    database = await Database.open(path, KEY)
    assert database.rescue is not None
    assert not database.rescue.has_account
    assert "Log in again" in str(database.rescue)
    await database.close()


async def test_a_rescue_that_was_interrupted_at_the_last_step_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    await filled(path)
    path.rename(path.with_name("store.db.rescued"))
    database = await Database.open(path, KEY)
    assert await database.read(settings.get, "account", dict) == {"user": ME}
    await database.close()


async def test_a_full_disk_says_so_and_harms_nothing(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "store.db", KEY)
    await database.write(settings.put, "note", "kept")

    def limit(connection: apsw.Connection) -> None:
        ((pages,),) = connection.execute("PRAGMA page_count").fetchall()
        connection.execute(f"PRAGMA max_page_count = {int(str(pages)) + 2}")

    def unlimit(connection: apsw.Connection) -> None:
        connection.execute("PRAGMA max_page_count = 1000000")

    await database.write(limit)
    with pytest.raises(DiskFull, match="disk is full"):
        await database.write(settings.put, "big", "x" * 100_000)
    assert await database.read(settings.get, "note", str) == "kept"
    await database.write(unlimit)
    await database.write(settings.put, "big", "x" * 100_000)
    await database.close()


OPEN = """
import asyncio, json, os, sys
from pathlib import Path
sys.path[:0] = json.loads(sys.argv[2])
from chatdesk.domain.errors import StoreError
from chatdesk.store.database import Database
import concurrent.futures.thread, importlib.resources, chatdesk.store.salvage
async def main():
    if os.getuid() == 0:
        os.setgid(65534); os.setuid(65534)
    try:
        await Database.open(Path(sys.argv[1]), bytes(range(32)))
    except StoreError as error:
        print(error)
asyncio.run(main())
"""


async def test_a_write_protected_profile_says_so(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("needs Unix permissions")
    path = tmp_path / "profile" / "store.db"
    path.parent.mkdir()
    await filled(path)
    for file in path.parent.iterdir():
        file.chmod(0o444)
    path.parent.chmod(0o555)
    for parent in list(path.parents)[1:]:
        if parent.stat().st_uid == os.getuid() and parent.is_relative_to("/tmp") and parent != Path("/tmp"):
            parent.chmod(0o755)
    run = subprocess.run(
        [sys.executable, "-c", OPEN, str(path), json.dumps([p for p in sys.path if p])],
        capture_output=True,
        text=True,
        check=False,
    )
    path.parent.chmod(0o755)
    assert "write-protected" in run.stdout, run.stderr
    database = await Database.open(path, KEY)
    assert database.rescue is None
    await database.close()


async def test_a_folder_in_place_of_the_store_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "store.db").mkdir()
    with pytest.raises(StoreError):
        await Database.open(tmp_path / "store.db", KEY)
