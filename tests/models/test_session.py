"""One account's view models as a whole."""

from pathlib import Path

import pytest

from chatdesk.core import conversations as core_conversations
from chatdesk.core.session import Session
from chatdesk.domain.changes import Connection, ConnectionKind
from chatdesk.domain.conversation_list import ConversationList
from chatdesk.domain.conversations import Conversation
from chatdesk.domain.elements import Text
from chatdesk.domain.errors import StoreError
from chatdesk.domain.ids import ConversationId
from chatdesk.models.session import SessionModel
from tests.models.offline import group, group_id, hold_rest_of_list, incoming, receive
from tests.models.waiting import until

LUNCH = group_id("!lunch")


async def test_changes_during_the_first_read_are_not_missed(session: Session, account: SessionModel) -> None:
    await receive(session, group("!lunch", "Lunch"))
    account.load()  # reads on another thread while the next change is published
    await receive(session, group("!trip", "Trip"))
    await receive(session, group("!lunch", "Dinner", [incoming("hi")]))
    await until(lambda: account.is_loaded)
    assert {row.name for row in account.conversations.items} == {"Dinner", "Trip"}


async def test_the_last_open_conversation_opens_again(session: Session, account: SessionModel) -> None:
    await receive(session, group("!lunch", "Lunch"))
    account.load(LUNCH)
    await until(lambda: account.chat.conversation is not None)
    account.load(group_id("!gone"))
    await until(lambda: account.is_loaded)
    assert account.chat.conversation is not None
    assert account.chat.conversation.id == LUNCH


@pytest.fixture
async def long_list(session: Session, monkeypatch: pytest.MonkeyPatch) -> tuple[ConversationId, ...]:
    """Five conversations, the newest first, where two are read at once. Here before there is a model."""
    monkeypatch.setattr(core_conversations, "_SHORT_LIST", 4)
    monkeypatch.setattr(core_conversations, "_AT_ONCE", 2)
    groups = [
        group(f"!{number}", f"Group {number}", [incoming("hi", time_ms=1 + number)], unread=1) for number in range(5)
    ]
    await receive(session, *groups)
    return tuple(group_id(f"!{number}") for number in reversed(range(5)))


async def test_a_long_list_begins_with_what_is_in_sight_and_what_is_to_be_opened(
    session: Session, long_list: tuple[ConversationId, ...], account: SessionModel
) -> None:
    begun: list[tuple[Conversation, ...]] = []
    account.begun.connect(lambda: begun.append(tuple(account.conversations.items)))
    rest = hold_rest_of_list(session)
    account.load(long_list[-1])
    await until(lambda: account.has_begun)
    assert not account.is_loaded
    await receive(session, group("!9", "Group 9", [incoming("hi", time_ms=9)], unread=1))
    rest.set()
    await until(lambda: account.is_loaded)
    ((*top, opened),) = begun
    assert [row.id for row in (*top, opened)] == [*long_list[:2], long_list[-1]]
    assert [row.id for row in account.conversations.items] == [group_id("!9"), *long_list]
    assert account.conversations.unread == 6
    assert account.conversations.items[1] is top[0]  # so it need not be painted anew
    await until(lambda: account.chat.conversation is not None)
    assert account.chat.conversation == opened


async def test_where_the_rest_of_a_list_cannot_be_read_what_is_there_goes_on(
    session: Session, long_list: tuple[ConversationId, ...], account: SessionModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: ConversationList) -> ConversationList:
        raise StoreError("The disk cannot be read.")

    monkeypatch.setattr(session.conversations, "whole_list", broken)
    sentences: list[str] = []
    account.failed.connect(sentences.append)
    account.load()
    await until(lambda: account.is_loaded)
    await receive(session, group("!3", "Dinner"))
    assert [row.name for row in account.conversations.items] == ["Group 4", "Dinner"]
    assert sentences == ["The disk cannot be read."]


async def test_the_connection_in_words(session: Session, account: SessionModel) -> None:
    ended: list[str] = []
    account.session_ended.connect(ended.append)
    told: list[str] = []
    account.connection_changed.connect(lambda: told.append(account.connection_text()))
    for kind in (
        ConnectionKind.OFFLINE,
        ConnectionKind.CONNECTING,
        ConnectionKind.CATCHING_UP,
        ConnectionKind.ONLINE,
        ConnectionKind.LOGGED_OUT,
    ):
        session._line.set(Connection(kind, "detail"))
        assert account.can_reconnect == (kind is ConnectionKind.OFFLINE)
    assert told == [
        "Offline — messages are kept and sent when the connection is back.",
        "Connecting…",
        "Catching up…",
        "Connected",
        "The server ended this session. Log out and log in again.",
    ]
    assert ended == told[-1:]
    assert account.connection_detail() == "detail"


async def test_logging_out_counts_what_would_be_lost(session: Session, account: SessionModel) -> None:
    await receive(session, group("!lunch", "Lunch"))
    counts: list[int] = []
    account.unsent_counted.connect(counts.append)
    account.ask_unsent()
    await until(lambda: counts == [0])
    await session.outbox.send(LUNCH, (Text("not sent yet"),))
    account.ask_unsent()
    await until(lambda: counts == [0, 1])


async def test_logging_out_wipes_and_tells(session: Session, account: SessionModel, tmp_path: Path) -> None:
    await receive(session, group("!lunch", "Lunch"))
    account.load(LUNCH)
    await until(lambda: account.chat.conversation is not None)
    account.chat.composer.set_text("a draft that must not be written any more")
    problems: list[str] = []
    account.failed.connect(problems.append)
    done: list[bool] = []
    account.logged_out.connect(lambda: done.append(True))
    account.log_out()
    await until(lambda: done)
    assert list(tmp_path.iterdir()) == []
    assert problems == []
    await account.close()
    assert list(tmp_path.iterdir()) == []
