"""The open conversation, on a real store."""

from pathlib import Path

import pytest

from chatdesk.core.session import Session
from chatdesk.domain.changes import IncomingReceipt
from chatdesk.domain.conversations import Membership
from chatdesk.domain.elements import File, Media, Text
from chatdesk.domain.messages import MessageState
from chatdesk.models.session import SessionModel
from chatdesk.models.timeline import TimelineModel
from tests.models.offline import (
    ANN,
    BEN,
    CARLA,
    c2c_id,
    direct,
    group,
    group_id,
    incoming,
    member,
    receive,
    receive_direct,
)
from tests.models.waiting import turn, until

LUNCH = group_id("!lunch")


@pytest.fixture
async def chat_account(session: Session, account: SessionModel) -> SessionModel:
    people = (member(BEN, "Ben Keller"), member(CARLA, "Carla"))
    messages = [incoming("hi", BEN), incoming("hello", CARLA)]
    await receive(session, group("!lunch", "Lunch", messages, people, topic="Where  and\nwhen"))
    await receive_direct(session, direct(BEN, [incoming("you there?", BEN)], "Ben Keller"))
    await receive(session, group("!book", "Book club", membership=Membership.INVITED, inviter=CARLA))
    account.load()
    await until(lambda: account.is_loaded)
    return account


def _timeline(account: SessionModel) -> TimelineModel:
    timeline = account.chat.timeline
    assert timeline is not None
    return timeline


def _texts(account: SessionModel) -> list[str]:
    return [message.text for message in _timeline(account).items if not message.is_tip]


async def test_opening_shows_the_messages_with_names(chat_account: SessionModel) -> None:
    opened: list[bool] = []
    chat = chat_account.chat
    chat.opened.connect(lambda: opened.append(True))
    chat.open(LUNCH)
    assert opened == [True]
    await until(lambda: _texts(chat_account) == ["hi", "hello"])
    assert chat.timeline is not None
    assert chat.timeline.is_group
    await until(lambda: chat.display_name(BEN) == "Ben Keller")
    assert chat.display_name(ANN) == "Ann"
    assert chat.display_name("@stranger:h") == "stranger"
    assert chat.subtitle() == "3 members · Where and when"
    chat.open(LUNCH)
    assert opened == [True]


async def test_who_is_invited_while_one_looks_is_called_by_name(session: Session, chat_account: SessionModel) -> None:
    chat = chat_account.chat
    chat.open(LUNCH)
    await until(lambda: chat.display_name(BEN) == "Ben Keller")
    dora = member("@dora-1984:h", "Dora", membership=Membership.INVITED)
    await receive(session, group("!lunch", None, members=(dora,), joined_count=3, invited_count=1))
    await until(lambda: chat.display_name(dora.user_id) == "Dora")
    assert chat.subtitle() == "3 members · 1 invited · Where and when"


async def test_what_arrives_is_appended_and_the_old_timeline_hears_nothing(
    session: Session, chat_account: SessionModel
) -> None:
    chat_account.chat.open(LUNCH)
    await until(lambda: _texts(chat_account))
    chat_account.chat.open(c2c_id(BEN))
    await until(lambda: _texts(chat_account) == ["you there?"])
    assert not _timeline(chat_account).is_group
    assert chat_account.chat.subtitle() == BEN
    await receive(session, group("!lunch", None, [incoming("late", CARLA)]))
    await receive(session, group("!direct-ben", None, [incoming("still there?", BEN)]))
    await until(lambda: _texts(chat_account) == ["you there?", "still there?"])


async def test_a_conversation_that_is_not_listed_yet_opens_when_it_comes(
    session: Session, chat_account: SessionModel
) -> None:
    later = group_id("!later")
    chat_account.chat.open(later)
    assert chat_account.chat.conversation is None
    await receive(session, group("!later", "Later"))
    await until(lambda: chat_account.chat.conversation is not None)
    assert chat_account.chat.conversation is not None
    assert chat_account.chat.conversation.id == later


async def test_an_invitation_has_no_messages_until_it_is_accepted(session: Session, chat_account: SessionModel) -> None:
    chat = chat_account.chat
    chat.open(group_id("!book"))
    assert chat.is_invitation
    assert chat.timeline is None
    opened: list[bool] = []
    chat.opened.connect(lambda: opened.append(True))
    await receive(session, group("!book", "Book club", [incoming("welcome", CARLA)]))
    await until(lambda: opened)
    assert not chat.is_invitation
    await until(lambda: _texts(chat_account) == ["welcome"])


async def test_new_facts_reach_the_header(session: Session, chat_account: SessionModel) -> None:
    chat = chat_account.chat
    chat.open(LUNCH)
    told: list[bool] = []
    chat.facts_changed.connect(lambda: told.append(True))
    await receive(session, group("!lunch", "Dinner"))
    await until(lambda: told)
    assert chat.conversation is not None
    assert chat.conversation.name == "Dinner"


async def test_gestures_reach_the_outbox(session: Session, chat_account: SessionModel, tmp_path: Path) -> None:
    chat_account.chat.open(LUNCH)
    await until(lambda: len(_texts(chat_account)) == 2)
    echo = await session.outbox.send(LUNCH, (Text("oops"),))
    await until(lambda: "oops" in _texts(chat_account))
    chat_account.chat.revoke(echo.key)  # it has not left: it just disappears
    await until(lambda: "oops" not in _texts(chat_account))
    other = await session.outbox.send(LUNCH, (Text("again"),))
    chat_account.chat.discard(other.key)
    await until(lambda: "again" not in _texts(chat_account))
    first = _timeline(chat_account).items[-1]
    told: list[str] = []
    chat_account.failed.connect(told.append)
    chat_account.chat.download(first.key, 0)
    await until(lambda: told)
    assert "no file" in told[0]


async def test_a_download_shows_on_its_message(session: Session, chat_account: SessionModel) -> None:
    file = File(Media(uri="mxc://h/x", name="plan.pdf", size=10))
    await receive(session, group("!lunch", None, [incoming(file, BEN)]))
    chat_account.chat.open(LUNCH)
    await until(lambda: "plan.pdf" in _texts(chat_account))
    timeline = _timeline(chat_account)
    row = next(row for row, message in enumerate(timeline.items) if message.text == "plan.pdf")
    chat_account.chat.download(timeline.items[row].key, 0)
    await until(lambda: timeline.download(row, 0) is not None)
    shown = timeline.download(row, 0)
    assert shown is not None
    chat_account.chat.open(c2c_id(BEN))
    chat_account.chat.open(LUNCH)
    await until(lambda: "plan.pdf" in _texts(chat_account))
    assert _timeline(chat_account).download(row, 0) is not None
    chat_account.chat.cancel_download(shown.id)
    chat_account.downloads.remove(shown.id)
    await until(lambda: _timeline(chat_account).download(row, 0) is None)


async def test_shown_in_an_active_window_is_read(session: Session, chat_account: SessionModel) -> None:
    await receive(session, group("!lunch", None, [incoming("new", BEN)], unread=1))
    chat = chat_account.chat
    chat.open(LUNCH)
    await until(lambda: "new" in _texts(chat_account))

    def unread() -> int:
        conversation = chat_account.conversations.conversation(LUNCH)
        assert conversation is not None
        return conversation.unread

    assert unread() == 1
    chat.newest_shown(_timeline(chat_account).items[-1].key)
    await turn(0.7)
    assert unread() == 1
    chat.set_window_active(True)
    await until(lambda: unread() == 0)


async def test_who_is_removed_is_shown_nothing_any_more(session: Session, chat_account: SessionModel) -> None:
    chat_account.chat.open(group_id("!book"))
    opened: list[bool] = []
    chat_account.chat.opened.connect(lambda: opened.append(True))
    await receive(session, group("!book", "Book club", membership=Membership.LEFT))
    await until(lambda: opened)
    assert chat_account.chat.conversation is None


async def test_own_messages_wait_in_the_timeline(session: Session, chat_account: SessionModel) -> None:
    chat_account.chat.open(LUNCH)
    await until(lambda: len(_texts(chat_account)) == 2)
    chat_account.chat.composer.set_text("on my way")
    chat_account.chat.composer.send()
    await until(lambda: _texts(chat_account)[-1] == "on my way")
    assert _timeline(chat_account).items[-1].state is MessageState.QUEUED


async def test_the_unread_line_and_who_types(session: Session, chat_account: SessionModel) -> None:
    await receive(session, group("!lunch", None, [incoming("one", BEN), incoming("two", CARLA)], unread=2))
    chat_account.chat.open(LUNCH)
    await until(lambda: _texts(chat_account) == ["hi", "hello", "one", "two"])
    timeline = _timeline(chat_account)
    first = timeline.message(timeline.row_of(timeline.first_unread_key))
    assert first.text == "one"
    await receive(session, group("!book", None, typing=(CARLA,)), group("!lunch", None, typing=(BEN,)))
    await until(lambda: timeline.typing == (BEN,))
    await receive(session, group("!lunch", None, [incoming("three", BEN)], typing=(), unread=3))
    await until(lambda: timeline.typing == ())
    assert timeline.message(timeline.row_of(timeline.first_unread_key)).text == "one"


async def test_the_time_of_a_receipt_that_comes_in(session: Session, chat_account: SessionModel) -> None:
    chat_account.chat.open(LUNCH)
    await until(lambda: len(_texts(chat_account)) == 2)
    timeline = _timeline(chat_account)
    newest = timeline.items[-1]
    receipt = IncomingReceipt(BEN, newest.message_id, 1_234_567)
    await receive(session, group("!lunch", None, receipts=(receipt,)))
    await until(lambda: BEN in timeline.readers(len(timeline.items) - 1))
    assert timeline.read_time_ms(len(timeline.items) - 1, BEN) == 1_234_567
