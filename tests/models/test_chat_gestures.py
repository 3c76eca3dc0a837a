"""What is done with messages of the open conversation, on a real store."""

import pytest

from chatdesk.core.session import Session
from chatdesk.domain.elements import Text
from chatdesk.domain.messages import Message, MessageState
from chatdesk.domain.powers import Powers
from chatdesk.models.composer_mode import ModeKind
from chatdesk.models.deletion import Scope
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
from tests.models.waiting import until

LUNCH = group_id("!lunch")


@pytest.fixture
async def lunch(session: Session, account: SessionModel) -> SessionModel:
    """The group is open; Ben, Carla and Ann have each said something."""
    messages = [incoming("one", BEN), incoming("two", CARLA), incoming("three", ANN)]
    people = (member(BEN), member(CARLA), member(ANN))
    await receive(session, group("!lunch", "Lunch", messages, people, powers=Powers({ANN: 50})))
    await receive_direct(session, direct(BEN, [incoming("there?", BEN)], "Ben"))
    account.load()
    await until(lambda: account.is_loaded)
    account.chat.open(LUNCH)
    await until(lambda: len(_said(account)) == 3)
    return account


def _timeline(account: SessionModel) -> TimelineModel:
    assert account.chat.timeline is not None
    return account.chat.timeline


def _said(account: SessionModel) -> list[Message]:
    return [message for message in _timeline(account).items if not message.is_tip]


def _texts(account: SessionModel) -> list[str]:
    return [message.text for message in _said(account)]


async def test_a_symbol_is_put_and_taken_away_with_the_same_click(lunch: SessionModel) -> None:
    key = _said(lunch)[0].key
    lunch.chat.react(key, "👍")
    await until(lambda: bool(_said(lunch)[0].reactions))
    reaction = _said(lunch)[0].reactions[0]
    assert (reaction.symbol, reaction.users, reaction.is_mine) == ("👍", (ANN,), True)
    lunch.chat.react(key, "👍")
    await until(lambda: not _said(lunch)[0].reactions)


async def test_reply_and_edit_set_the_composers_mode(lunch: SessionModel) -> None:
    theirs, mine = _said(lunch)[0], _said(lunch)[2]
    lunch.chat.reply(theirs.key)
    mode = lunch.chat.composer.mode
    assert mode is not None
    assert (mode.kind, mode.message.key) == (ModeKind.REPLY, theirs.key)
    lunch.chat.edit(mine.key)
    mode = lunch.chat.composer.mode
    assert mode is not None
    assert (mode.kind, lunch.chat.composer.text) == (ModeKind.EDIT, "three")
    lunch.chat.reply(12345)  # gone meanwhile


async def test_a_recalled_own_text_can_be_written_again(lunch: SessionModel) -> None:
    mine = _said(lunch)[2]
    lunch.chat.revoke(mine.key)
    await until(lambda: _said(lunch)[2].state in (MessageState.REVOKING, MessageState.REVOKED))
    assert _timeline(lunch).can_edit_again(mine.key)
    lunch.chat.composer.set_text("typed")
    lunch.chat.edit_again(mine.key)
    assert lunch.chat.composer.text == "three\ntyped"
    lunch.chat.revoke(_said(lunch)[0].key)
    assert not _timeline(lunch).can_edit_again(_said(lunch)[0].key)


async def test_deleting_hides_at_once_and_undo_brings_back(lunch: SessionModel) -> None:
    keys = [message.key for message in _said(lunch)[:2]]
    lunch.chat.delete(keys, Scope.HERE)
    assert lunch.chat.deletion.count == 2
    await until(lambda: _texts(lunch) == ["three"])
    lunch.chat.deletion.undo()
    await until(lambda: _texts(lunch) == ["one", "two", "three"])
    lunch.chat.delete(keys, Scope.DEVICES)
    await until(lambda: _texts(lunch) == ["three"])
    lunch.chat.deletion.finish()
    assert lunch.chat.deletion.count == 0


async def test_deleting_for_everyone_recalls(lunch: SessionModel) -> None:
    mine = _said(lunch)[2].key
    await until(lambda: _timeline(lunch).may_recall_others)
    assert lunch.chat.can_recall([mine, _said(lunch)[0].key])
    lunch.chat.delete([mine], Scope.EVERYONE)
    await until(lambda: _said(lunch)[2].state is MessageState.REVOKING)
    assert lunch.chat.deletion.count == 0
    assert not lunch.chat.can_recall([mine])


async def test_a_member_without_power_recalls_only_own_messages(session: Session, account: SessionModel) -> None:
    await receive(session, group("!lunch", "Lunch", [incoming("one", BEN)], (member(BEN), member(ANN))))
    account.load()
    await until(lambda: account.is_loaded)
    account.chat.open(LUNCH)
    await until(lambda: len(_said(account)) == 1 and account.chat.display_name(BEN) == "Ben")
    assert not _timeline(account).can_recall(BEN)
    assert _timeline(account).can_recall(ANN)


async def test_forwarding_to_several(session: Session, lunch: SessionModel) -> None:
    told: list[tuple[int, ...]] = []
    lunch.chat.forwarded.connect(lambda *what: told.append(what))
    lunch.chat.forward([_said(lunch)[0].key, _said(lunch)[1].key], [LUNCH, c2c_id(BEN)])
    await until(lambda: bool(told))
    assert told == [(2, 2)]
    await until(lambda: _texts(lunch) == ["one", "two", "three", "one", "two"])
    assert all(message.state is MessageState.QUEUED for message in _said(lunch)[3:])


async def test_links_and_data_of_a_message(session: Session, lunch: SessionModel) -> None:
    first = _said(lunch)[0]
    links: list[str] = []
    raw: list[bytes] = []
    lunch.chat.fetch_permalink(first.key, links.append)
    lunch.chat.fetch_raw(first.key, raw.append)
    await until(lambda: bool(links and raw))
    assert links == [f"https://matrix.to/#/%21lunch/{first.message_id.replace('$', '%24')}"]
    assert raw == [b"{}"]
    mine = await session.outbox.send(LUNCH, (Text("waiting"),))
    lunch.chat.fetch_permalink(mine.key, links.append)
    await until(lambda: len(links) == 2)
    assert links[1] == ""
