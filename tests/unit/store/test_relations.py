"""Edits, reactions, replies and revocations: whatever the order in which they arrive, the store shows the same."""

import tempfile

import apsw
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chatdesk.domain.elements import Text
from chatdesk.domain.messages import Message, MessageState
from chatdesk.store import messages, outbox, quotes, responses
from chatdesk.store.entries import OutboxKind
from chatdesk.store.sync import apply_history, apply_sync
from tests.unit.store.event_log import EventLog, View
from tests.unit.store.server_log import BEN, CHANNEL, GROUP, ME
from tests.unit.store.test_order import open_store

PEOPLE = (ME, BEN)
SYMBOLS = ("👍", "🎉")
number = st.integers(0, 30)


def shown(message: Message) -> View:
    quote = ""
    if message.reply_to is not None:
        quote = "revoked" if message.reply_to.is_revoked else message.reply_to.text
    return (
        message.message_id,
        message.text,
        message.state is MessageState.REVOKED,
        message.edited_ms > 0,
        tuple((reaction.symbol, reaction.users) for reaction in message.reactions),
        quote,
    )


def fill_one_gap(store: apsw.Connection, log: EventLog, limit: int, is_late: bool = False) -> bool:
    before = messages.TOP
    while True:
        page, gap = messages.page(store, GROUP, before, 10_000)
        if gap is not None:
            apply_history(store, gap, log.history(gap.token, limit, is_late), ME)
            return True
        if not page:
            return False
        before = page[0].position


def everything(store: apsw.Connection, log: EventLog) -> list[Message]:
    """What a person would see; an edit that was emptied before it was ever seen cannot be told from a message."""
    edits = {event.id for event in log.events if event.kind == "edit"}
    page, gap = messages.page(store, GROUP, messages.TOP, 10_000)
    assert gap is None
    return [message for message in page if message.message_id not in edits]


def fetch_quotes(store: apsw.Connection, log: EventLog) -> None:
    """What core/quotes.py does for every reply in view."""
    for message in messages.page(store, GROUP, messages.TOP, 10_000)[0]:
        wanted = quotes.wanted(store, message.key)
        if wanted is not None:
            event = next(event for event in log.events if event.id == wanted[1])
            found = log.message(event, log.redacted().get(event.id))
            quotes.put(store, CHANNEL, event.id, found.sender, found.elements, bool(found.revoked_by))


@hypothesis_settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("say"), number, number),
            st.tuples(st.just("reply"), number, number),
            st.tuples(st.just("edit"), number, number),
            st.tuples(st.just("react"), number, number),
            st.tuples(st.just("redact"), number, number),
            st.tuples(st.just("sync"), st.integers(0, 5), number),
            st.tuples(st.just("page"), st.integers(1, 5), number),
            st.tuples(st.just("quotes"), number, number),
            st.tuples(st.just("restart"), number, number),
        ),
        max_size=60,
    )
)
@example([("react", 0, 0), ("redact", 0, 0), ("sync", 1, 1), ("page", 5, 0)])  # revoked first, then it came
@example([("edit", 0, 1), ("redact", 0, 0), ("sync", 1, 1), ("page", 5, 0)])
@example([("say", 0, 1), ("redact", 0, 0), ("sync", 1, 1), ("page", 5, 0)])
def test_any_order_of_arrival_shows_the_same(steps: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(folder)
        log = EventLog()
        log.add("say", BEN, "first")
        apply_sync(store, log.sync(5), ME, 1)
        for step, a, b in steps:
            said = [event for event in log.events if event.kind == "say"]
            target, who = said[a % len(said)], PEOPLE[b % 2]
            match step:
                case "say":
                    log.add("say", who, f"said {a}", age=b % 3)
                case "reply":
                    log.add("say", who, f"answer {a}", target.id)
                case "edit":
                    log.add("edit", who, f"edit {len(log.events)}", target.id, age=b % 5)
                case "react":
                    log.add("react", who, SYMBOLS[b // 2 % 2], target.id, age=b % 3)
                case "redact":
                    gone = log.redacted()
                    alive = [e for e in log.events if e.kind != "redact" and e.id not in gone and e is not said[0]]
                    if alive:
                        log.add("redact", BEN, target=alive[a % len(alive)].id)
                case "sync":
                    apply_sync(store, log.sync(a, is_late=b % 2 == 0), ME, 1)
                case "page":
                    fill_one_gap(store, log, a, is_late=b % 2 == 0)
                case "quotes":
                    fetch_quotes(store, log)
                case "restart":
                    store.close()
                    store = open_store(folder)
        apply_sync(store, log.sync(3), ME, 1)
        while fill_one_gap(store, log, 3):
            pass
        assert [shown(message) for message in everything(store, log)] == log.view()
        for table in ("edit", "reaction"):  # of a revoked message nothing is kept
            left = f"SELECT 1 FROM {table} r JOIN message m ON m.message_id = r.target_id WHERE m.state = ?"
            assert not store.execute(left, (int(MessageState.REVOKED),)).fetchall()
        store.close()


class OwnServer:
    """A server that remembers transaction ids, as the outbox's workers see it."""

    def __init__(self, store: apsw.Connection, log: EventLog) -> None:
        self.store = store
        self.log = log
        self.landed: dict[str, str] = {}

    def arrive(self) -> None:
        """The oldest entry reaches the server."""
        entry = outbox.next_entry(self.store, GROUP)
        if entry is None or entry.txn_id in self.landed:
            return
        if entry.kind is OutboxKind.SEND:
            outbox.mark_attempted(self.store, entry.id, 1, entry.txn_id)
            event = self.log.add("say", ME, entry.message.text, txn_id=entry.txn_id)
        elif entry.kind is OutboxKind.UNREACT:
            responses.note_attempt(self.store, entry, 1)
            event = self.log.add("redact", ME, target=responses.reaction_id(self.store, entry), txn_id=entry.txn_id)
        else:
            leaving = responses.depart(self.store, entry, 1)
            assert leaving is not None
            kind = "edit" if entry.kind is OutboxKind.EDIT else "react"
            text = leaving.symbol or " ".join(e.content for e in leaving.elements if isinstance(e, Text))
            if kind == "react":  # a server refuses the same reaction twice
                assert not [
                    e
                    for e in self.log.events
                    if (e.kind, e.sender, e.target, e.text) == ("react", ME, leaving.target_id, text)
                    and e.id not in self.log.redacted()
                ]
            event = self.log.add(kind, ME, text, leaving.target_id, txn_id=entry.txn_id)
        self.landed[entry.txn_id] = event.id

    def answer(self) -> None:
        """Its answer comes, unless the sync was faster."""
        entry = outbox.next_entry(self.store, GROUP)
        if entry is None or entry.txn_id not in self.landed:
            return
        if entry.kind is OutboxKind.SEND:
            outbox.mark_sent(self.store, entry, self.landed[entry.txn_id])
        elif entry.kind is OutboxKind.UNREACT:
            responses.mark_taken_back(self.store, entry)
        else:
            responses.mark_arrived(self.store, entry, self.landed[entry.txn_id], 1)


@hypothesis_settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["say", "edit", "edit", "react", "unreact", "arrive", "answer", "sync", "limited", "page", "restart"]
            ),
            st.integers(0, 5),
        ),
        max_size=50,
    )
)
def test_own_edits_and_reactions_arrive_once_and_in_order(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(folder)
        log = EventLog()
        log.add("say", BEN, "first")
        apply_sync(store, log.sync(5), ME, 1)
        server = OwnServer(store, log)
        texts: dict[int, str] = {}
        wanted: dict[int, dict[str, bool]] = {}
        keys = [messages.page(store, GROUP, messages.TOP, 5)[0][0].key]
        for count, (step, n) in enumerate([*steps, *([("arrive", 0), ("answer", 0)] * 60), ("sync", 0)]):
            key, symbol, name = keys[n % len(keys)], SYMBOLS[n % 2], f"t{count}"
            match step:
                case "say":
                    echo = outbox.add_echo(store, GROUP, ME, (Text(name),), name, count + 1, count)
                    keys.append(echo.key)
                    texts[echo.key] = name
                case "edit" if key in texts:
                    assert responses.add_edit(store, key, (Text(name),), (), name, count) is not None
                    texts[key] = name
                case "react":
                    assert responses.add_reaction(store, key, ME, symbol, name, count) is not None
                    wanted.setdefault(key, {})[symbol] = True
                case "unreact":
                    responses.remove_reaction(store, key, symbol, name, count)
                    wanted.setdefault(key, {})[symbol] = False
                case "arrive":
                    server.arrive()
                case "answer":
                    server.answer()
                case "sync":
                    apply_sync(store, log.sync(1000), ME, 1)
                case "limited":
                    apply_sync(store, log.sync(1), ME, 1)
                case "page":
                    fill_one_gap(store, log, 2)
                case "restart":
                    store.close()
                    server.store = store = open_store(folder)
            for message in messages.page(store, GROUP, messages.TOP, 1000)[0]:  # what is shown is what was asked for
                assert message.text == texts.get(message.key, message.text)
                mine = {reaction.symbol for reaction in message.reactions if reaction.is_mine}
                assert mine == {symbol for symbol, is_on in wanted.get(message.key, {}).items() if is_on}
        while fill_one_gap(store, log, 3):
            pass
        assert outbox.unsent_count(store) == 0
        found = everything(store, log)
        assert [shown(message)[:2] for message in found] == [seen[:2] for seen in log.view()]
        assert [dict(shown(m)[4]) for m in found] == [dict(seen[4]) for seen in log.view()]
        assert not any(m.is_edit_pending or any(r.is_pending for r in m.reactions) for m in found)
        store.close()
