"""Properties: whatever the order of syncs, pages, answers and restarts, the store ends in the server's order, each
message exactly once."""

import tempfile
from pathlib import Path

import apsw
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chatdesk.domain.elements import Text
from chatdesk.domain.messages import ECHO_BASE, Message, MessageState
from chatdesk.store import database as database_module
from chatdesk.store import messages, outbox
from chatdesk.store.entries import OutboxEntry
from chatdesk.store.sync import apply_history, apply_sync
from tests.unit.store.conftest import KEY
from tests.unit.store.server_log import GROUP, ME, ServerLog

Step = tuple[str, int]


def open_store(folder: str) -> apsw.Connection:
    return database_module._connect(Path(folder) / "store.db", KEY, True)


def everything(store: apsw.Connection) -> tuple[Message, ...]:
    """All messages of the group through pages, filling every gap is the caller's business."""
    page, _ = messages.page(store, GROUP, messages.TOP, 10_000)
    return page


@hypothesis_settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("say"), st.integers(1, 6)),
            st.tuples(st.just("sync"), st.integers(0, 4)),
            st.tuples(st.just("page"), st.integers(1, 5)),
            st.tuples(st.just("restart"), st.just(0)),
        ),
        max_size=40,
    )
)
def test_any_mix_of_limited_syncs_and_pages_yields_server_order(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(folder)
        log = ServerLog()
        log.say("first")
        apply_sync(store, log.sync(1), ME, 1)
        for step, number in steps:
            match step:
                case "say":
                    for _ in range(number):
                        log.say("more")
                case "sync":
                    apply_sync(store, log.sync(number), ME, 1)
                case "page":
                    fill_one_gap(store, log, number)
                case "restart":
                    store.close()
                    store = open_store(folder)
        apply_sync(store, log.sync(3), ME, 1)
        while fill_one_gap(store, log, 3):
            pass
        assert [m.message_id for m in everything(store)] == [m.message_id for m in log.messages]
        store.close()


def fill_one_gap(store: apsw.Connection, log: ServerLog, limit: int) -> bool:
    """Page once at the lowest loaded gap, as scrolling up does."""
    before = messages.TOP
    while True:
        page, gap = messages.page(store, GROUP, before, 10_000)
        if gap is not None:
            apply_history(store, gap, log.history(gap.token, limit), ME)
            return True
        if not page:
            return False
        before = page[0].position


@hypothesis_settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["write", "arrive", "answer", "sync", "limited sync", "sync without txn", "other", "restart", "page"]
        ),
        max_size=40,
    )
)
@example(["write", "arrive", "sync", "write", "answer"])
def test_any_interleaving_of_answer_sync_and_restart_leaves_each_message_once(steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(folder)
        log = ServerLog()
        log.say("first")
        apply_sync(store, log.sync(), ME, 1)
        written: list[str] = []
        landed: dict[str, str] = {}  # transaction id -> message id on the server
        asked: OutboxEntry | None = None  # what the server has and has not answered yet: a sync may overtake that
        for step in [*steps, *(["arrive", "answer"] * 45), "sync"]:
            entry = outbox.next_entry(store, GROUP)
            match step:
                case "write":
                    text = f"own {len(written)}"
                    written.append(text)
                    outbox.add_echo(
                        store, GROUP, ME, (Text(text),), f"t{len(written)}", len(written), 500 + len(written)
                    )
                case "arrive" if entry is not None and asked is None:
                    asked = entry
                    if entry.txn_id not in landed:
                        (content,) = entry.message.elements
                        assert isinstance(content, Text)
                        said = log.say(
                            content.content, ME, entry.txn_id, entry.message.rand, entry.message.client_time_ms
                        )
                        landed[entry.txn_id] = said.message_id
                case "answer" if asked is not None:
                    outbox.mark_sent(store, asked, landed[asked.txn_id])
                    asked = None
                case "sync":
                    apply_sync(store, log.sync(), ME, 1)
                case "limited sync":
                    apply_sync(store, log.sync(1), ME, 1)
                case "sync without txn":
                    apply_sync(store, log.sync(with_txn=False), ME, 1)
                case "other":
                    log.say("from ben")
                case "restart":
                    store.close()
                    store = open_store(folder)
                    asked = None
                case "page":
                    fill_one_gap(store, log, 2)
        while fill_one_gap(store, log, 3):
            pass
        found = everything(store)
        assert [m.message_id for m in found] == [m.message_id for m in log.messages]
        assert [m.text for m in found if m.is_self] == written
        assert all(m.position < ECHO_BASE and m.state is MessageState.SYNCED for m in found)
        assert outbox.unsent_count(store) == 0
        store.close()
