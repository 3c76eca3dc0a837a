"""One account's view models as a whole."""

from pathlib import Path

from chatdesk.core.session import Session
from chatdesk.domain.changes import Connection, ConnectionKind
from chatdesk.domain.elements import Text
from chatdesk.models.session import SessionModel
from tests.models.offline import group, group_id, incoming, receive
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
