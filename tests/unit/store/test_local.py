"""Rows that only this machine has: their place among the server's, repeated imports, clearing, locators."""

import tempfile
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chatdesk.core.local import _batches
from chatdesk.domain.changes import ChannelBatch, Cleared, HistoryPage, SyncBatch
from chatdesk.domain.conversations import Membership
from chatdesk.domain.elements import Face, Text
from chatdesk.domain.errors import NotFound
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.locators import Locator, locator_of
from chatdesk.domain.messages import (
    IncomingMessage,
    LocalMessage,
    Message,
    MessageOrigin,
    MessageState,
    Revocation,
)
from chatdesk.store import conversations, local, messages, outbox
from chatdesk.store import database as database_module
from chatdesk.store.database import Database
from chatdesk.store.entries import OutboxKind
from chatdesk.store.messages import TOP, Selection
from chatdesk.store.sync import add_local, apply_history, apply_sync, clear, settle_import
from tests.unit.store.conftest import KEY
from tests.unit.store.server_log import BEN, CHANNEL, GROUP, ME, ServerLog, without_txn
from tests.unit.store.test_order import fill_one_gap, open_store

WITH_BEN = ConversationId(ConversationType.C2C, BEN)


class TimedLog(ServerLog):
    """A server whose clock the test sets; it may run backwards."""

    def say_at(self, time_s: int) -> IncomingMessage:
        message = self.say(f"said {len(self.messages)}")
        timed = IncomingMessage(message.message_id, BEN, time_s * 1000, message.elements, message.raw, rand=1)
        self.messages[-1] = timed
        return timed


def note(number: int, time_s: int = 0, **facts: object) -> LocalMessage:
    return LocalMessage(BEN, (Text(f"note {number}"),), server_time_s=time_s, **facts)  # type: ignore[arg-type]


def bring(store: apsw.Connection, items: list[LocalMessage], conversation: ConversationId = GROUP) -> int:
    added = 0
    for batch, ids in _batches(items):
        added += len(local.add(store, conversation, batch, ids, MessageOrigin.IMPORTED, ME, 1))
    settle_import(store, conversation, ME)
    return added


def everything(store: apsw.Connection) -> tuple[Message, ...]:
    return messages.select(store, GROUP, Selection(count=1_000_000))


def right_order(log: TimedLog, notes: list[tuple[int, int]]) -> list[str]:
    """The server's order, each note behind the newest message that is not newer than it; notes by time, then number."""
    behind: dict[int, list[tuple[int, int]]] = {}
    for time_s, number in notes:
        earlier = [(m.time_ms, row) for row, m in enumerate(log.messages) if m.time_ms <= time_s * 1000 + 999]
        behind.setdefault(max(earlier)[1] if earlier else -1, []).append((time_s, number))
    names: list[str] = []
    for row in range(-1, len(log.messages)):
        if row >= 0:
            names.append(log.messages[row].message_id)
        names += [f"note {number}" for _, number in sorted(behind.get(row, []))]
    return names


@hypothesis_settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("say"), st.integers(1, 60)),
            st.tuples(st.just("sync"), st.integers(1, 4)),
            st.tuples(st.just("page"), st.integers(1, 5)),
            st.tuples(st.just("import"), st.integers(1, 60)),
            st.tuples(st.just("import many"), st.integers(1, 50)),
            st.tuples(st.just("save"), st.integers(1, 60)),
            st.tuples(st.just("restart"), st.just(0)),
        ),
        max_size=40,
    )
)
def test_local_rows_stand_where_their_time_says_whatever_comes_in_which_order(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(folder)
        log = TimedLog()
        log.say_at(30)
        apply_sync(store, log.sync(1), ME, 1)
        notes: list[tuple[int, int]] = []
        for step, number in steps:
            match step:
                case "say":
                    log.say_at(number)
                case "sync":
                    apply_sync(store, log.sync(number), ME, 1)
                case "page":
                    fill_one_gap(store, log, number)
                case "import" | "import many":
                    times = [number] if step == "import" else [number, number + 9, number, number + 3]
                    new = [(time_s, len(notes) + i) for i, time_s in enumerate(times)]
                    assert bring(store, [note(i, time_s, seq=i) for time_s, i in new]) == len(new)
                    notes += new
                case "save":
                    index = len(notes)
                    item = note(index, number, seq=index)
                    add_local(store, GROUP, [item], [f"s{index}"], MessageOrigin.SAVED, ME, 1)
                    notes.append((number, index))
                case "restart":
                    store.close()
                    store = open_store(folder)
            positions = [m.position for m in everything(store)]
            assert positions == sorted(set(positions))
        apply_sync(store, log.sync(3), ME, 1)
        while fill_one_gap(store, log, 3):
            pass
        found = [m.message_id or m.text for m in everything(store)]
        assert found == right_order(log, notes)
        store.close()


def test_importing_the_same_again_adds_nothing_and_equal_messages_are_all_kept(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    apply_sync(store, ServerLog().sync(), ME, 1)
    twice_ok = [LocalMessage(BEN, (Text("ok"),), 5, 5), LocalMessage(BEN, (Text("ok"),), 5, 5)]
    items = [*twice_ok, note(1, 7, message_id="m-1"), note(2, 7, rand=9), note(3)]
    assert bring(store, items) == 5
    assert bring(store, items) == 0
    assert bring(store, [*items, note(4, 8)]) == 1
    assert sorted(m.text for m in everything(store)) == ["note 1", "note 2", "note 3", "note 4", "ok", "ok"]
    assert {m.origin for m in everything(store)} == {MessageOrigin.IMPORTED}
    store.close()


def test_what_the_server_has_is_not_imported_and_an_imported_copy_becomes_the_servers(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    log = TimedLog()
    said = [log.say_at(10), log.say_at(20)]
    apply_sync(store, log.sync(), ME, 1)
    by_id = note(0, 10, message_id=said[0].message_id)
    by_number = note(1, 20, rand=1)
    later = note(2, 30, message_id=f"${CHANNEL}-2")
    assert bring(store, [by_id, by_number, later]) == 1
    log.say_at(30)
    apply_sync(store, log.sync(), ME, 1)
    found = everything(store)
    assert [m.message_id for m in found] == [m.message_id for m in log.messages]
    assert found[-1].origin is MessageOrigin.SERVER
    assert bring(store, [later]) == 0
    store.close()


def test_importing_needs_no_conversation_with_a_person_but_a_known_group(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    assert bring(store, [note(1, 5)], WITH_BEN) == 1
    (conversation,) = conversations.all_visible(store, ME)
    assert (conversation.id, conversation.membership) == (WITH_BEN, Membership.NONE)
    assert conversation.last_message is not None
    with pytest.raises(NotFound):
        bring(store, [note(1, 5)], GROUP)
    direct = SyncBatch("t", (ChannelBatch(CHANNEL, Membership.JOINED, (incoming(1, 900),)),), {CHANNEL: BEN})
    apply_sync(store, direct, ME, 1)
    found = messages.select(store, WITH_BEN, Selection(count=9))
    assert [m.text for m in found] == ["note 1", "said 1"]
    store.close()


def test_a_group_that_turns_one_to_one_takes_its_local_rows_along(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    log = TimedLog()
    for time_s in (10, 20, 30):
        log.say_at(time_s)
    apply_sync(store, log.sync(), ME, 1)
    bring(store, [note(1, 15), note(2, 5), note(3, 40)])
    apply_sync(store, SyncBatch("t", (), {CHANNEL: BEN}), ME, 1)
    found = messages.select(store, WITH_BEN, Selection(count=9))
    assert [m.text for m in found] == ["note 2", "said 0", "note 1", "said 1", "said 2", "note 3"]
    store.close()


def incoming(number: int, time_s: int, rand: int = 5) -> IncomingMessage:
    return IncomingMessage(f"${CHANNEL}-x{number}", BEN, time_s * 1000, (Text(f"said {number}"),), b"{}", rand=rand)


def test_a_hundred_thousand_at_once(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    log = TimedLog()
    for time_s in range(0, 1000, 100):
        log.say_at(time_s)
    apply_sync(store, log.sync(3), ME, 1)
    with store:
        items = (note(i, i * 7919 % 1000) for i in range(100_000))
        added = 0
        for batch, ids in _batches(items):
            added += len(local.add(store, GROUP, batch, ids, MessageOrigin.IMPORTED, ME, 1))
        settle_import(store, GROUP, ME)
    assert added == 100_000
    while (gap := messages.highest_gap(store, 1, GROUP, TOP)) is not None:
        apply_history(store, gap, log.history(gap.token, 4), ME)
    found = everything(store)
    assert len(found) == 100_010
    times = [m.time_ms for m in found]
    assert times == sorted(times)
    for number in range(20):  # saving goes on, in the full places too
        add_local(store, GROUP, [note(number, 2000)], [f"s{number}"], MessageOrigin.SAVED, ME, 1)
        add_local(store, GROUP, [note(number, 950)], [f"t{number}"], MessageOrigin.SAVED, ME, 1)
    times = [m.time_ms for m in everything(store)]
    assert times == sorted(times)
    store.close()


def test_an_interrupted_import_is_settled_at_the_next_start(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    log = TimedLog()
    log.say_at(10)
    apply_sync(store, log.sync(), ME, 1)
    items = [note(i, 5 * i) for i in range(4)]
    for batch, ids in _batches(items[:3]):
        local.add(store, GROUP, batch, ids, MessageOrigin.IMPORTED, ME, 1)
    assert [m.text for m in everything(store)] == ["said 0"]
    store.close()
    store = open_store(str(tmp_path))
    local.settle_everything(store)
    assert [m.text for m in everything(store)] == ["note 0", "note 1", "said 0", "note 2"]
    assert bring(store, items) == 1
    store.close()


# -- paging through selections


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(1, 7), st.booleans(), st.lists(st.integers(0, 400), max_size=20))
def test_pages_of_a_selection_meet(said: int, size: int, newer: bool, noted: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(folder)
        log = TimedLog()
        for number in range(said):
            log.say_at(number * 10)
        apply_sync(store, log.sync(), ME, 1)
        bring(store, [note(i, time_s) for i, time_s in enumerate(noted)])
        whole = [m.key for m in everything(store)]
        walked: list[int] = []
        low, high = 0, TOP
        while page := messages.select(store, GROUP, Selection(count=size, above=low, below=high, newer=newer)):
            walked = [*walked, *(m.key for m in page)] if newer else [*(m.key for m in page), *walked]
            low, high = (page[-1].position, TOP) if newer else (0, page[0].position)
        assert walked == whole
        store.close()


def test_a_selection_knows_time_and_kind(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    log = TimedLog()
    for number in range(10):
        log.say_at(number)
    apply_sync(store, log.sync(), ME, 1)
    face = LocalMessage(BEN, (Face(3),), server_time_s=5)
    bring(store, [face])
    between = messages.select(store, GROUP, Selection(count=99, from_ms=3000, until_ms=6000))
    assert [m.time_ms // 1000 for m in between] == [3, 4, 5, 5]
    (only_face,) = messages.select(store, GROUP, Selection(count=1, kinds=frozenset({"face"})))
    assert only_face.elements == (Face(3),)
    assert messages.at_positions(store, GROUP, [only_face.seq, 12345]) == (only_face,)
    store.close()


# -- locators


async def test_a_locator_finds_revoked_and_deleted_messages_by_their_state(database: Database) -> None:
    log = TimedLog()
    for number in range(4):
        log.say_at(100 + number)
        log.messages[-1] = IncomingMessage(
            log.messages[-1].message_id, BEN, (100 + number) * 1000 + 7, (Text("hi"),), b"{}", rand=50 + number
        )
    await database.write(apply_sync, log.sync(), ME, 1)
    found = await database.read(messages.select, GROUP, Selection(count=9))
    locators = [locator_of(m) for m in found]
    batch = ChannelBatch(CHANNEL, Membership.JOINED, revocations=(Revocation(found[1].message_id, BEN, "typo", 1),))
    changes = await database.write(apply_sync, SyncBatch("t2", (batch,)), ME, 1)
    assert changes.revoked == (found[1].key,)
    await database.write(messages.delete_here, [found[2].key])
    again = [await database.read(messages.find_by_locator, GROUP, locator) for locator in locators]
    assert [m.key for m in again if m is not None] == [m.key for m in found]
    assert [(m.state, m.is_deleted) for m in again if m is not None] == [
        (MessageState.SYNCED, False),
        (MessageState.REVOKED, False),
        (MessageState.SYNCED, True),
        (MessageState.SYNCED, False),
    ]
    assert again[2] is not None
    assert again[2].elements == ()
    wrong = [
        Locator(100, rand=51),
        Locator(101, rand=50),
        Locator(100, rand=50, is_self=True),
        Locator(100, seq=found[3].seq),
        Locator(),
    ]
    assert [await database.read(messages.find_by_locator, GROUP, locator) for locator in wrong] == [None] * 5
    only_unique = Locator(unique_id=found[0].unique_id)
    assert await database.read(messages.find_by_locator, GROUP, only_unique) == found[0]
    only_seq = Locator(100, seq=found[0].seq)
    assert await database.read(messages.find_by_locator, GROUP, only_seq) == found[0]


# -- deleting and clearing


def test_clearing_here_is_for_good(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    log = TimedLog()
    for number in range(12):
        log.say_at(number * 10)
    apply_sync(store, log.sync(4), ME, 1)
    bring(store, [note(1, 5), note(2, 500)])
    outbox.add_echo(store, GROUP, ME, (Text("still to go"),), "t1", 7, 5)
    assert clear(store, GROUP, ME).resets == (GROUP,)
    assert [m.text for m in everything(store)] == ["still to go"]
    assert not fill_one_gap(store, log, 5)
    for number in range(12, 20):
        log.say_at(number * 10)
    apply_sync(store, log.sync(3), ME, 1)
    while fill_one_gap(store, log, 3):
        pass
    found = everything(store)
    assert [m.message_id for m in found if not m.is_echo] == [m.message_id for m in log.messages[12:]]
    assert {m.text for m in found if m.is_echo} == {"still to go"}
    log.synced = 2  # the server says again what it said
    apply_sync(store, log.sync(10), ME, 1)
    assert [m.message_id for m in everything(store) if not m.is_echo] == [m.message_id for m in log.messages[12:]]
    store.close()


@hypothesis_settings(max_examples=80, deadline=None)
@given(
    st.integers(1, 30),
    st.integers(0, 29),
    st.integers(1, 12),
    st.integers(0, 10),
    st.integers(1, 12),
    st.integers(1, 6),
)
def test_another_device_honours_a_clearing_wherever_it_meets_it(
    before: int, known: int, limit: int, after: int, second_limit: int, page: int
) -> None:
    """It has `known` of the messages when it hears of it, and loads the rest in any portions."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(folder)
        log = TimedLog()
        for number in range(before):
            log.say_at(number)
            if number + 1 == known:
                apply_sync(store, log.sync(limit), ME, 1)
        marker = log.messages[-1]
        for number in range(after):
            log.say_at(before + number)
        batch = log.sync(second_limit)
        (channel,) = batch.channels
        told = ChannelBatch(
            **{
                **{name: getattr(channel, name) for name in channel.__struct_fields__},
                "cleared": Cleared(marker.message_id, marker.time_ms),
            }
        )
        apply_sync(store, SyncBatch(batch.token, (told,)), ME, 1)
        while fill_one_gap(store, log, page):
            pass
        wanted = [m.message_id for m in log.messages[before:]]
        assert [m.message_id for m in everything(store)] == wanted
        store.close()


def test_deleting_a_message_on_its_way_hides_it_when_it_comes(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    log = ServerLog()
    log.say("first")
    apply_sync(store, log.sync(), ME, 1)
    echo = outbox.add_echo(store, GROUP, ME, (Text("oops"),), "t1", 7, 5)
    entry = outbox.next_entry(store, GROUP)
    assert entry is not None
    outbox.mark_attempted(store, entry.id, 9, entry.txn_id)
    messages.delete_here(store, [echo.key])
    log.say("oops", ME, "t1", 7, 5)
    apply_sync(store, log.sync(), ME, 1)
    assert [m.text for m in everything(store)] == ["first"]
    assert outbox.unsent_count(store) == 0
    store.close()


def test_what_is_deleted_here_while_its_recall_waits_is_still_recalled(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    log = ServerLog()
    mine = log.say("regretted", ME)
    apply_sync(store, log.sync(), ME, 1)
    (message,) = everything(store)
    outbox.add_revoke(store, message.key, "t9", "typo", 9)
    messages.delete_here(store, [message.key])
    entry = outbox.next_entry(store, GROUP)
    assert entry is not None
    assert (entry.kind, entry.message.message_id) == (OutboxKind.REVOKE, mine.message_id)
    outbox.mark_revoked(store, entry, ME)
    assert outbox.unsent_count(store) == 0
    store.close()


def test_a_revoked_message_says_which_files_are_to_be_forgotten(tmp_path: Path) -> None:
    from chatdesk.domain.elements import File, Media

    store = open_store(str(tmp_path))
    with_file = IncomingMessage("$f", BEN, 1, (File(Media("mxc://h/a", "a")),), b"{}")
    apply_sync(store, SyncBatch("t", (ChannelBatch(CHANNEL, Membership.JOINED, (with_file,)),)), ME, 1)
    media = messages.media_at(store, "mxc://h/a")
    assert media is not None
    assert media.name == "a"
    batch = ChannelBatch(CHANNEL, Membership.JOINED, revocations=(Revocation("$f", BEN, "", 1),))
    assert apply_sync(store, SyncBatch("t2", (batch,)), ME, 1).forgotten == ("mxc://h/a",)
    assert messages.media_at(store, "mxc://h/a") is None
    store.close()


# -- the migration


def test_a_store_of_the_first_schema_keeps_its_order(tmp_path: Path) -> None:
    from importlib.resources import files

    path = tmp_path / "store.db"
    plain = apsw.Connection(str(path))
    plain.pragma("cipher", "chacha20")
    plain.pragma("key", "raw:" + KEY.hex())
    plain.execute(files("chatdesk.store").joinpath("migrations/001_initial.sql").read_text())
    plain.execute("PRAGMA user_version = 1")
    plain.execute(
        "INSERT INTO conversation(pk, type, id, created_ms, read_position) VALUES (1, 2, ?, 0, ?)",
        (CHANNEL, (1 << 32) + 1),
    )
    plain.execute("INSERT INTO channel(id, conversation, membership) VALUES (?, 1, 1)", (CHANNEL,))
    old = [(1 << 32) - 2, (1 << 32) - 1, 1 << 32, (1 << 32) + 1, (2 << 32) - 1, 2 << 32, (2 << 32) + 1, 1 << 62]
    for key, position in enumerate(old, 1):
        plain.execute(
            "INSERT INTO message(key, conversation, channel, position, sender, is_self, time_ms, client_time_ms, rand, "
            "state, elements, is_tip) VALUES (?, 1, ?, ?, '@b:h', 0, ?, 0, 0, 4, ?, 0)",
            (key, CHANNEL, position, key * 1000, b'[{"type":"text","content":"hi"}]'),
        )
    plain.execute(
        "INSERT INTO gap(conversation, channel, position, token) VALUES (1, ?, ?, 'back-0')", (CHANNEL, (2 << 32) - 1)
    )
    plain.close()
    store = database_module._connect(path, KEY, True)
    found = everything(store)
    assert [m.key for m in found] == list(range(1, 9))
    assert all(m.position % (1 << 20) == 0 for m in found[:-1])
    assert found[-1].position == 1 << 62
    gap = messages.gap_between(store, GROUP, 0, TOP, newest=True)
    assert gap is not None
    assert gap.position == found[4].position
    read = store.execute("SELECT read_position FROM conversation").fetchall()
    assert read == [(found[3].position,)]
    assert bring(store, [note(1, 2)]) == 1
    assert [m.key for m in everything(store)][:3] == [1, 2, 9]
    apply_history(store, gap, HistoryPage((without_txn(incoming(1, 4)),), (), ""), ME)
    assert [m.key for m in everything(store)][5] == 10
    store.close()
