"""Hiding with an undo, finishing, and what the account wants hidden on all its devices, whatever comes first."""

import apsw
import msgspec
import pytest

from chatdesk.domain.elements import Text
from chatdesk.domain.messages import MessageState
from chatdesk.store import conversations, deletions, messages, outbox, responses
from chatdesk.store.sync import apply_history, apply_sync
from tests.unit.store.event_log import EventLog
from tests.unit.store.server_log import BEN, CHANNEL, GROUP, ME
from tests.unit.store.test_order import open_store


@pytest.fixture
def log() -> EventLog:
    log = EventLog()
    for number in range(4):
        log.add("say", BEN, f"said {number}")
    return log


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> apsw.Connection:
    return open_store(str(tmp_path_factory.mktemp("store")))


def texts(store: apsw.Connection) -> list[str]:
    return [message.text for message in messages.page(store, GROUP, messages.TOP, 100)[0]]


def keys(store: apsw.Connection) -> list[int]:
    return [message.key for message in messages.page(store, GROUP, messages.TOP, 100)[0]]


def test_hidden_ones_come_back_whole(store: apsw.Connection, log: EventLog) -> None:
    log.add("edit", BEN, "edited", "$0003")
    log.add("react", BEN, "👍", "$0003")
    log.add("say", BEN, "answer", "$0003")
    apply_sync(store, log.sync(100), ME, 1)
    before = messages.page(store, GROUP, messages.TOP, 100)[0]
    hidden = [before[2].key, before[3].key, before[4].key]
    assert deletions.hide(store, hidden) == [(GROUP, key) for key in hidden]
    newest = conversations.get(store, GROUP, ME)
    assert newest is not None
    assert newest.last_message is not None
    assert (texts(store), newest.last_message.text) == (["said 0", "said 1"], "said 1")
    assert deletions.undo(store, hidden) == hidden
    assert messages.page(store, GROUP, messages.TOP, 100)[0] == before
    deletions.finish(store, hidden[1:2], everywhere=False)
    assert deletions.undo(store, hidden) == []
    (answer,) = [m for m in messages.page(store, GROUP, messages.TOP, 100)[0] if m.text == "answer"]
    assert answer.reply_to is not None
    assert (answer.reply_to.key, answer.reply_to.text, answer.reply_to.sender) == (0, "", BEN)
    assert not store.execute("SELECT 1 FROM edit UNION ALL SELECT 1 FROM reaction").fetchall()


def test_what_was_left_hidden_is_finished(store: apsw.Connection, log: EventLog) -> None:
    apply_sync(store, log.sync(100), ME, 1)
    deletions.hide(store, keys(store)[:1])
    deletions.finish_leftovers(store)
    assert deletions.undo(store, [1]) == []
    assert texts(store) == ["said 1", "said 2", "said 3"]
    assert deletions.unreported(store) == ()


def test_an_own_message_does_not_leave_while_it_is_hidden(store: apsw.Connection, log: EventLog) -> None:
    apply_sync(store, log.sync(100), ME, 1)
    first = outbox.add_echo(store, GROUP, ME, (Text("first"),), "t1", 1, 1)
    second = outbox.add_echo(store, GROUP, ME, (Text("second"),), "t2", 2, 2)
    assert responses.add_reaction(store, first.key, ME, "👍", "t3", 3) is not None
    deletions.hide(store, [first.key])
    entry = outbox.next_entry(store, GROUP)
    assert entry is not None
    assert entry.message.key == second.key
    outbox.mark_sent(store, entry, "$second")
    assert outbox.next_entry(store, GROUP) is None  # the reaction waits for its message
    deletions.undo(store, [first.key])
    entry = outbox.next_entry(store, GROUP)
    assert entry is not None
    assert entry.message.key == first.key
    deletions.hide(store, [first.key])
    assert deletions.finish(store, [first.key], everywhere=True) == [(GROUP, first.key)]
    assert outbox.unsent_count(store) == 0
    assert deletions.unreported(store) == ()
    assert not store.execute("SELECT 1 FROM reaction").fetchall()


def with_hidden(log: EventLog, limit: int, *ids: str):  # type: ignore[no-untyped-def]
    batch = log.sync(limit)
    channel = msgspec.structs.replace(batch.channels[0], hidden=ids)
    return msgspec.structs.replace(batch, channels=(channel,))


def test_the_accounts_list_holds_for_what_is_here_and_what_comes_later(store: apsw.Connection, log: EventLog) -> None:
    apply_sync(store, log.sync(1), ME, 1)
    changes = apply_sync(store, with_hidden(log, 0, "$0003", "$0001", "$0005"), ME, 1)
    assert [conversation for conversation, _ in changes.deleted] == [GROUP]
    log.add("say", BEN, "later")
    log.add("say", BEN, "hidden before it came")
    changes = apply_sync(store, log.sync(10), ME, 1)
    assert [message.text for message in changes.messages if message.key in changes.arrived] == ["later"]
    _page, gap = messages.page(store, GROUP, messages.TOP, 100)
    assert gap is not None
    apply_history(store, gap, log.history(gap.token, 10), ME)
    assert texts(store) == ["said 0", "said 2", "later"]
    assert apply_sync(store, with_hidden(log, 0, "$0003", "$0001"), ME, 1).deleted == ()


def test_everywhere_is_told_once(store: apsw.Connection, log: EventLog) -> None:
    apply_sync(store, log.sync(100), ME, 1)
    gone = keys(store)[:2]
    deletions.hide(store, gone)
    deletions.finish(store, gone, everywhere=True)
    assert deletions.unreported(store) == ((CHANNEL, ("$0000", "$0001")),)
    deletions.set_reported(store, ["$0000", "$0001"])
    assert deletions.unreported(store) == ()


def test_a_refused_message_takes_its_edit_and_loses_its_reactions(store: apsw.Connection, log: EventLog) -> None:
    apply_sync(store, log.sync(100), ME, 1)
    echo = outbox.add_echo(store, GROUP, ME, (Text("before"),), "t1", 1, 1)
    entry = outbox.depart(store, GROUP, 2)
    assert entry is not None
    assert responses.add_edit(store, echo.key, (Text("after"),), (), "t2", 3) is not None
    assert responses.add_reaction(store, echo.key, ME, "👍", "t3", 4) is not None
    again = outbox.get_entry(store, entry.id)
    assert again is not None
    assert again.message.elements == (Text("before"),)  # a repeated request carries what the first one did
    failed = outbox.mark_failed(store, entry, "no")
    assert failed is not None
    assert (failed.text, failed.state, failed.edited_ms, failed.reactions) == ("after", MessageState.FAILED, 0, ())
    assert outbox.unsent_count(store) == 1
