"""Writing and sending, on a real outbox without a server: nothing typed is ever lost."""

from pathlib import Path

import pytest

from chatdesk.core.session import Session
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.elements import File, Text
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message
from chatdesk.models.composer import ComposerModel
from chatdesk.models.session import SessionModel
from tests.models.offline import group, group_id, receive
from tests.models.waiting import turn, until

LUNCH = group_id("!lunch")
TRIP = group_id("!trip")


@pytest.fixture
async def composer(session: Session, account: SessionModel) -> ComposerModel:
    await receive(
        session, group("!lunch", "Lunch"), group("!trip", "Trip"), group("!vault", "Vault", is_encrypted=True)
    )
    account.load(LUNCH)
    await until(lambda: account.chat.conversation is not None)
    return account.chat.composer


async def _messages(session: Session, conversation: ConversationId) -> list[Message]:
    timeline = session.timeline(conversation)
    await timeline.open()
    timeline.close()
    return [message for message in timeline.items if not message.is_tip]


async def _draft(session: Session, conversation: ConversationId) -> str:
    found = await session.conversations.get(conversation)
    assert found is not None
    return found.draft


async def test_a_text_is_queued_and_the_field_is_free_at_once(session: Session, composer: ComposerModel) -> None:
    replaced: list[str] = []
    sent: list[bool] = []
    composer.text_replaced.connect(replaced.append)
    composer.sent.connect(lambda: sent.append(True))
    composer.set_text("  first line\nsecond  ")
    composer.send()
    assert replaced == [""]
    assert composer.text == ""
    composer.set_text("already the next")
    await until(lambda: sent)
    assert [message.elements for message in await _messages(session, LUNCH)] == [(Text("first line\nsecond"),)]
    assert composer.text == "already the next"


async def test_nothing_is_not_sent(session: Session, composer: ComposerModel) -> None:
    composer.set_text(" \n ")
    composer.send()
    await turn(0.05)
    assert await _messages(session, LUNCH) == []
    assert composer.text == " \n "


async def test_text_first_then_each_file(session: Session, composer: ComposerModel, tmp_path: Path) -> None:
    paths = [tmp_path / "b.txt", tmp_path / "a.txt"]
    for path in paths:
        path.write_text("content")
    composer.add_files([*paths, paths[0]])
    await until(lambda: len(composer.files) == 2)
    composer.set_text("look")
    composer.send()
    assert composer.files == ()

    def names(messages: list[Message]) -> list[str]:
        return [message.text for message in messages]

    messages: list[Message] = []
    while len(messages) < 3:
        await turn()
        messages = await _messages(session, LUNCH)
    assert names(messages) == ["look", "b.txt", "a.txt"]


async def test_a_file_can_be_taken_out_again(composer: ComposerModel, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("content")
    composer.add_files([tmp_path / "a.txt", tmp_path / "b.txt"])
    await until(lambda: len(composer.files) == 2)
    composer.remove_file(0)
    (left,) = composer.files
    assert isinstance(left, File)
    assert left.media.name == "b.txt"


async def test_a_file_that_cannot_be_sent_is_told_and_the_others_stay(
    account: SessionModel, composer: ComposerModel, tmp_path: Path
) -> None:
    told: list[str] = []
    account.failed.connect(told.append)
    (tmp_path / "a.txt").write_text("content")
    composer.add_files([tmp_path / "missing.txt", tmp_path, tmp_path / "a.txt"])
    await until(lambda: told)
    assert "missing.txt" in told[0]
    assert len(composer.files) == 1


async def test_a_text_over_the_limit_comes_back(account: SessionModel, composer: ComposerModel) -> None:
    told: list[str] = []
    account.failed.connect(told.append)
    long_text = "ä" * 40_000
    composer.set_text(long_text)
    composer.send()
    composer.set_text("typed meanwhile")
    await until(lambda: told)
    assert "too long" in told[0]
    assert composer.text == f"{long_text}\ntyped meanwhile"


async def test_a_file_that_vanished_comes_back_with_those_behind_it(
    session: Session, account: SessionModel, composer: ComposerModel, tmp_path: Path
) -> None:
    told: list[str] = []
    account.failed.connect(told.append)
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("content")
    composer.add_files([tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt"])
    await until(lambda: len(composer.files) == 3)
    (tmp_path / "b.txt").unlink()
    composer.set_text("look")
    composer.send()
    await until(lambda: told)
    assert [message.text for message in await _messages(session, LUNCH)] == ["look", "a.txt"]
    assert [element.media.name for element in composer.files if isinstance(element, File)] == ["b.txt", "c.txt"]
    assert composer.text == ""


async def test_what_fails_after_a_switch_returns_to_where_it_was_typed(
    session: Session, account: SessionModel, composer: ComposerModel
) -> None:
    told: list[str] = []
    account.failed.connect(told.append)
    composer.set_text("x" * 70_000)
    composer.send()
    account.chat.open(TRIP)
    await until(lambda: told)
    assert composer.text == ""
    account.chat.open(LUNCH)
    assert composer.text == "x" * 70_000


async def test_each_conversation_keeps_its_draft(
    session: Session, account: SessionModel, composer: ComposerModel
) -> None:
    composer.set_text("for lunch")
    account.chat.open(TRIP)
    assert composer.text == ""
    composer.set_text("for the trip")
    account.chat.open(LUNCH)
    assert composer.text == "for lunch"
    while await _draft(session, TRIP) != "for the trip":
        await turn()
    assert await _draft(session, LUNCH) == "for lunch"


async def test_a_pause_stores_the_draft(session: Session, composer: ComposerModel) -> None:
    composer.set_text("half a thou")
    while await _draft(session, LUNCH) != "half a thou":
        await turn()


async def test_closing_stores_what_was_typed_last(session: Session, account: SessionModel) -> None:
    await receive(session, group("!lunch", "Lunch"))
    account.load(LUNCH)
    await until(lambda: account.chat.conversation is not None)
    account.chat.composer.set_text("typed last")
    await account.close()
    assert await _draft(session, LUNCH) == "typed last"


async def test_sending_clears_the_stored_draft(session: Session, composer: ComposerModel) -> None:
    composer.set_text("soon sent")
    composer.save_draft()
    while await _draft(session, LUNCH) != "soon sent":
        await turn()
    composer.send()
    while await _draft(session, LUNCH):
        await turn()
    assert len(await _messages(session, LUNCH)) == 1  # in this order: a crash between the two loses nothing


async def test_an_encrypted_conversation_explains_itself_and_takes_nothing(
    session: Session, account: SessionModel, composer: ComposerModel, tmp_path: Path
) -> None:
    account.chat.open(group_id("!vault"))
    assert composer.blocked == "chatdesk cannot encrypt yet, so nothing is sent into this conversation."
    composer.set_text("secret")
    (tmp_path / "a.txt").write_text("content")
    composer.add_files([tmp_path / "a.txt"])
    composer.send()
    await turn(0.05)
    assert await _messages(session, group_id("!vault")) == []
    assert composer.text == "secret"
    assert composer.files == ()
    account.chat.open(LUNCH)
    assert composer.blocked == ""


async def test_a_conversation_that_becomes_encrypted_blocks_at_once(session: Session, composer: ComposerModel) -> None:
    told: list[str] = []
    composer.blocked_changed.connect(told.append)
    await receive(session, group("!lunch", "Lunch", is_encrypted=True))
    await until(lambda: composer.blocked)
    assert told == [composer.blocked]


@pytest.mark.parametrize("membership", [Membership.LEFT, Membership.BANNED])
def test_who_is_out_cannot_write(composer: ComposerModel, membership: Membership) -> None:
    composer.show(Conversation(LUNCH, "Lunch", membership))
    assert composer.blocked
