"""Files of messages: taken apart piece by piece, looked at, brought in, taken out again."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from chatdesk.core.imports import Imports
from chatdesk.core.ledger import Ledger
from chatdesk.core.local import Local
from chatdesk.domain.errors import InputError, NotFound
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import MessageOrigin
from chatdesk.domain.search import SearchQuery
from chatdesk.interchange import files
from chatdesk.interchange.files import items_of
from chatdesk.store import imports as store_imports
from chatdesk.store import local, messages, search
from chatdesk.store.database import Database, StoreConnection
from chatdesk.store.messages import TOP

ANN = "@ann:example.org"
BEN = ConversationId(ConversationType.C2C, "@ben:example.org")


def _message(number: int, text: str = "", sender: str = "ben") -> dict[str, Any]:
    return {
        "message_elem_array": [{"elem_type": 0, "text_elem_content": text or f"m{number} " + '},{"x":[1]},{ "'}],
        "message_sender": sender,
        "message_client_time": 1_700_000_000 + number,
        "message_rand": number + 1,
        "message_conv_id": "old",
    }


def _file(path: Path, items: object) -> Path:
    path.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Ledger]:
    database = await Database.open(tmp_path / "store.db", bytes(32))
    yield Ledger(database, ANN)
    await database.close()


@pytest.fixture
def imports(ledger: Ledger) -> Imports:
    return Imports(ledger, Local(ledger, None))  # type: ignore[arg-type]  # no server is asked


async def _texts(ledger: Ledger, conversation: ConversationId = BEN) -> list[str]:
    found, _ = await ledger.database.read(messages.page, conversation, TOP, 10_000)
    assert all(message.origin is MessageOrigin.IMPORTED for message in found)
    return [message.text for message in found]


@pytest.mark.parametrize("piece", [64, 200, 1000, 1 << 17])
def test_a_file_is_taken_apart_at_the_borders_of_its_messages(
    tmp_path: Path, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_PIECE_BYTES", piece)
    wanted = [_message(number) for number in range(300)]
    for spaced in (None, 2):
        path = tmp_path / "messages.json"
        path.write_text("\ufeff" + json.dumps(wanted, indent=spaced))
        assert [json.loads(bytes(item)) for item in items_of(path)] == wanted


def test_a_small_file_is_read_leniently_and_nonsense_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "messages.json"
    path.write_text('[{"message_elem_array": [], "message_sender": "x\\q"},]')
    assert list(items_of(path)) == [{"message_elem_array": [], "message_sender": "x\\q"}]
    for content in ("", "{}", "hello", '{"a": [1]}', "[{", "\x00\x01"):
        path.write_text(content)
        with pytest.raises(InputError, match="no list of messages"):
            list(items_of(path))
    with pytest.raises(InputError, match="cannot be read"):
        list(items_of(tmp_path / "nowhere"))
    path.write_bytes(json.dumps([_message(n) for n in range(3000)]).encode()[:-400])
    with pytest.raises(InputError, match="damaged"):
        list(items_of(path))


async def test_what_is_in_a_file_is_told_before(imports: Imports, tmp_path: Path) -> None:
    tip = {**_message(3), "message_elem_array": [{"elem_type": 5, "group_tips_elem_tip_type": 1}]}
    empty = {**_message(4), "message_elem_array": []}
    items = [_message(0), _message(1, sender="carla"), _message(2), tip, empty, {"x": 1}, 7, _message(5, sender="")]
    preview = await imports.look(_file(tmp_path / "old.json", items))
    assert (preview.count, preview.tips, preview.empty, preview.broken) == (4, 1, 1, 2)
    assert preview.people == (("@ben:example.org", 2), ("@carla:example.org", 1), (ANN, 1))
    assert (preview.first_s, preview.last_s) == (1_700_000_000, 1_700_000_005)
    with pytest.raises(InputError, match="no messages"):
        await imports.look(_file(tmp_path / "none.json", [{"x": 1}]))


async def test_an_import_is_undone_as_a_whole_and_can_be_repeated(
    imports: Imports, ledger: Ledger, tmp_path: Path
) -> None:
    first = await imports.look(_file(tmp_path / "a.json", [_message(n, f"a{n}") for n in range(1200)]))
    second = await imports.look(_file(tmp_path / "b.json", [_message(n, f"b{n}") for n in range(1195, 1205)]))
    told: list[int] = []
    batch = await imports.run(first, BEN, told.append)
    assert batch.count == 1200
    assert told == [1000, 1200]
    other = await imports.run(second, BEN, told.append)
    assert [found.source for found in await imports.list()] == ["b.json", "a.json"]
    again = await imports.run(first, BEN, told.append)
    assert again.count == 0
    assert len(await imports.list()) == 2  # what added nothing is nothing to undo
    await imports.undo(batch)
    assert await _texts(ledger) == [f"b{n}" for n in range(1195, 1205)]
    assert (await imports.run(first, BEN, told.append)).count == 1200
    assert len(await _texts(ledger)) == 1210
    await imports.undo(other)
    assert await _texts(ledger) == [f"a{n}" for n in range(1200)]


async def test_an_import_that_is_stopped_or_fails_leaves_nothing(
    imports: Imports, ledger: Ledger, tmp_path: Path
) -> None:
    path = _file(tmp_path / "a.json", [_message(n) for n in range(3000)])
    preview = await imports.look(path)
    stopped: list[asyncio.Task[object]] = []

    def stop(_: int) -> None:
        stopped[0].cancel()

    stopped.append(asyncio.ensure_future(imports.run(preview, BEN, stop)))
    with pytest.raises(asyncio.CancelledError):
        await stopped[0]
    assert not await _texts(ledger)
    assert not await imports.list()
    path.write_bytes(path.read_bytes()[:-500])  # it changed after it was looked at
    with pytest.raises(InputError, match="damaged"):
        await imports.run(preview, BEN, lambda _: None)
    assert not await _texts(ledger)
    with pytest.raises(NotFound):
        await imports.run(preview, ConversationId(ConversationType.GROUP, "!none"), lambda _: None)
    assert not await imports.list()


async def test_an_undoing_that_was_cut_short_is_finished_and_the_index_is_as_before(
    imports: Imports, ledger: Ledger, tmp_path: Path
) -> None:
    def index_rules(connection: StoreConnection) -> dict[Any, Any]:
        return {row[0]: row[1] for row in connection.execute("SELECT k, v FROM search_config").fetchall()}

    preview = await imports.look(_file(tmp_path / "a.json", [_message(n, f"soup {n}") for n in range(300)]))
    batch = await imports.run(preview, BEN, lambda _: None)
    assert await ledger.database.write(store_imports.remove_some, batch.id, 100) == 100
    assert (await ledger.database.read(index_rules))["deletemerge"] == 0
    await ledger.database.write(local.settle_everything)  # the next start
    assert (await ledger.database.read(index_rules))["deletemerge"] == 10
    await imports.undo(batch)
    assert (await ledger.database.read(index_rules))["deletemerge"] == 10
    assert await _texts(ledger) == []
    assert await ledger.database.read(search.find, SearchQuery("soup"), ANN, 10) == ()
    await imports.run(preview, BEN, lambda _: None)
    assert len(await ledger.database.read(search.find, SearchQuery("soup"), ANN, 1000)) == 300
