"""Replies, edits, reactions, forwarding and deletions between two people on a real server, and across restarts."""

import asyncio
from pathlib import Path

import pytest

from chatdesk.core.attachments import file_element
from chatdesk.domain.elements import File, Image, Text
from chatdesk.domain.errors import Forbidden, InputError
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message, MessageState, SendOptions
from tests.servers.people import Person

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"


@pytest.fixture
async def chat(ann: Person, ben: Person) -> tuple[ConversationId, ConversationId]:
    """The conversation as Ann and as Ben name it, both in it."""
    mine = await ann.session.conversations.start_c2c(ben.user_id)
    theirs = ben.c2c(ann)
    await ben.conversation(theirs)
    await ben.session.conversations.accept(theirs)
    return mine, theirs


async def message_of(person: Person, conversation: ConversationId, message_id: str) -> Message:
    return next(m for m in await person.newest(conversation) if m.message_id == message_id)


async def until_message(person: Person, conversation: ConversationId, message_id: str, wanted) -> Message:  # type: ignore[no-untyped-def]
    found: list[Message] = []

    async def fits() -> bool:
        found[:] = [m for m in await person.newest(conversation) if m.message_id == message_id and wanted(m)]
        return bool(found)

    await person.until(fits)
    return found[0]


async def test_a_reply_quotes_what_it_answers_on_both_sides(
    ann: Person, ben: Person, chat: tuple[ConversationId, ConversationId]
) -> None:
    mine, theirs = chat
    await ann.say(mine, "Lunch at one?")
    question = await ben.sees(theirs, "Lunch at one?")
    answer = await ben.session.outbox.send(theirs, [Text("Yes")], SendOptions(reply_to=question.message_id))
    assert answer.reply_to is not None
    assert (answer.reply_to.key, answer.reply_to.text, answer.reply_to.sender) == (
        question.key,
        "Lunch at one?",
        ann.user_id,
    )
    seen = await ann.sees(mine, "Yes")
    assert seen.reply_to is not None
    assert (seen.reply_to.message_id, seen.reply_to.text) == (question.message_id, "Lunch at one?")
    assert seen.mentions == (ann.user_id,)
    await ann.session.outbox.edit(seen.reply_to.key, [Text("Lunch at two?")])
    follow = await until_message(
        ben, theirs, seen.message_id, lambda m: m.reply_to is not None and m.reply_to.text == "Lunch at two?"
    )
    await ann.session.outbox.revoke(seen.reply_to.key)
    follow = await until_message(
        ben, theirs, seen.message_id, lambda m: m.reply_to is not None and m.reply_to.is_revoked
    )
    assert follow.reply_to is not None
    assert follow.reply_to.text == ""


async def test_an_edit_is_shown_at_once_and_everywhere(
    ann: Person, ben: Person, chat: tuple[ConversationId, ConversationId]
) -> None:
    mine, theirs = chat
    said = await ann.say(mine, "Helo")
    seen = await ben.sees(theirs, "Helo")
    before = await ben.conversation(theirs)
    echo = await ann.session.outbox.edit(said.key, [Text("Hello"), Text("again")])
    assert (echo.text, echo.is_edit_pending) == ("Hello again", True)
    edited = await until_message(ben, theirs, seen.message_id, lambda m: bool(m.edited_ms))
    assert edited.elements == (Text("Hello"), Text("again"))
    assert (edited.key, edited.position, edited.rand, edited.time_ms) == (
        seen.key,
        seen.position,
        seen.rand,
        seen.time_ms,
    )
    after = await ben.conversation(theirs, lambda c: c.last_message is not None and c.last_message.edited_ms > 0)
    assert after.last_message is not None
    assert after.last_message.text == "Hello again"
    assert (after.unread, after.sort_time_ms) == (before.unread, before.sort_time_ms)
    own = await until_message(ann, mine, seen.message_id, lambda m: not m.is_edit_pending)
    assert own.text == "Hello again"
    assert b"Helo" in await ben.session.history.raw(seen.key)
    assert [b"m.new_content" in raw for raw in await ben.session.history.raw_edits(seen.key)] == [True]
    with pytest.raises(Forbidden):
        await ben.session.outbox.edit(seen.key, [Text("mine now")])


async def test_reactions_come_and_go(ann: Person, ben: Person, chat: tuple[ConversationId, ConversationId]) -> None:
    mine, theirs = chat
    await ann.say(mine, "Done!")
    seen = await ben.sees(theirs, "Done!")
    shown = await ben.session.outbox.react(seen.key, "🎉")
    assert [(r.symbol, r.users, r.is_mine, r.is_pending) for r in shown.reactions] == [
        ("🎉", (ben.user_id,), True, True)
    ]
    assert (await ben.session.outbox.react(seen.key, "🎉")).reactions[0].users == (ben.user_id,)
    there = await until_message(ann, mine, seen.message_id, lambda m: bool(m.reactions))
    assert [(r.symbol, r.users, r.is_mine) for r in there.reactions] == [("🎉", (ben.user_id,), False)]
    await ann.session.outbox.react(there.key, "🎉")
    await until_message(ben, theirs, seen.message_id, lambda m: m.reactions[0].users == (ben.user_id, ann.user_id))
    await ben.session.outbox.unreact(seen.key, "🎉")
    left = await until_message(ann, mine, seen.message_id, lambda m: m.reactions[0].users == (ann.user_id,))
    assert left.reactions[0].is_mine
    conversation = await ann.conversation(mine)
    assert conversation.last_message is not None
    assert conversation.last_message.text == "Done!"


async def test_a_reaction_taken_back_before_it_leaves_never_leaves(
    ann: Person, ben: Person, chat: tuple[ConversationId, ConversationId]
) -> None:
    mine, theirs = chat
    await ann.say(mine, "Hm")
    seen = await ben.sees(theirs, "Hm")
    await ben.restart(start=False)
    await ben.session.outbox.react(seen.key, "👍")
    await ben.session.outbox.unreact(seen.key, "👍")
    await ben.session.outbox.react(seen.key, "👎")
    edited = await ben.session.outbox.send(theirs, [Text("first")])
    assert (await ben.session.outbox.edit(edited.key, [Text("second")])).state is MessageState.QUEUED
    assert await ben.session.outbox.unsent_count() == 2
    await ben.restart()
    await ann.sees(mine, "second")
    there = await until_message(ann, mine, seen.message_id, lambda m: bool(m.reactions))
    assert [r.symbol for r in there.reactions] == ["👎"]
    assert (await ann.sees(mine, "second")).edited_ms == 0


async def test_forwarding_keeps_files_and_drops_whom_it_answered(
    ann: Person, ben: Person, chat: tuple[ConversationId, ConversationId], tmp_path: Path
) -> None:
    mine, theirs = chat
    picture = next(path for path in sorted(SAMPLES.iterdir()) if path.suffix == ".png")
    said = await ann.session.outbox.send(mine, [await asyncio.to_thread(file_element, picture)])
    await ann.session.outbox.delivered(said.key)
    seen = next(m for m in await ben_sees_picture(ben, theirs))
    answer = await ben.session.outbox.send(theirs, [Text("nice")], SendOptions(reply_to=seen.message_id))
    group = await ben.session.conversations.create_group("Pictures", [])
    assert await ben.session.outbox.forward([answer.key, seen.key], [group]) == 2
    await ben.sees(group, "nice")
    await ben.synced(group)
    copies = [m for m in await ben.newest(group) if not m.is_tip]
    assert [type(m.elements[0]) for m in copies] == [Image, Text]
    assert all(m.is_forwarded for m in copies)
    assert not (seen.is_forwarded or answer.is_forwarded)
    first, original = copies[0].elements[0], seen.elements[0]
    assert isinstance(first, Image | File)
    assert isinstance(original, Image | File)
    assert first.media.uri == original.media.uri
    assert (copies[1].reply_to, copies[1].mentions) == (None, ())
    await ben.session.outbox.revoke(answer.key)
    await ben.session.outbox.revoked(answer.key)
    with pytest.raises(InputError, match="recalled"):
        await ben.session.outbox.forward([answer.key], [group])


async def ben_sees_picture(ben: Person, theirs: ConversationId) -> list[Message]:
    found: list[Message] = []

    async def arrived() -> bool:
        found[:] = [m for m in await ben.newest(theirs) if any(isinstance(e, Image) for e in m.elements)]
        return bool(found)

    await ben.until(arrived)
    return found


async def test_a_hidden_message_comes_back_or_goes_on_every_device(
    ann: Person, ben: Person, chat: tuple[ConversationId, ConversationId], tmp_path: Path
) -> None:
    mine, theirs = chat
    for text in ("one", "two"):
        await ann.say(mine, text)
    await ben.sees(theirs, "two")
    second = await Person(ben.account, tmp_path / "second").log_in()
    try:
        await second.sees(theirs, "two")
        one, two = [m for m in await ben.newest(theirs) if not m.is_tip]
        await ben.session.deletions.hide([one.key, two.key])
        assert await ben.texts(theirs) == []
        await ben.session.deletions.undo([one.key])
        assert await ben.texts(theirs) == ["one"]
        await ben.session.deletions.finish([two.key], everywhere=True)

        async def gone() -> bool:
            return await second.texts(theirs) == ["one"]

        await second.until(gone)
        await ben.session.deletions.hide([one.key])
        await ben.restart()
        assert await ben.texts(theirs) == []
        assert await second.texts(theirs) == ["one"]
    finally:
        await second.close()


async def test_a_quote_of_what_this_device_does_not_have_is_fetched(
    ann: Person, ben: Person, chat: tuple[ConversationId, ConversationId], tmp_path: Path
) -> None:
    mine, theirs = chat
    await ann.say(mine, "the very old one")
    old = await ben.sees(theirs, "the very old one")
    await ann.session.outbox.edit((await ann.sees(mine, "the very old one")).key, [Text("the old one")])
    await until_message(ben, theirs, old.message_id, lambda m: m.text == "the old one")
    for number in range(15):
        await ann.say(mine, f"filler {number}")
    await ann.synced(mine)
    answer = await ben.session.outbox.send(theirs, [Text("about that")], SendOptions(reply_to=old.message_id))
    await ben.session.outbox.delivered(answer.key)
    second = await Person(ben.account, tmp_path / "second").log_in()
    try:
        seen = await second.sees(theirs, "about that")
        timeline = second.session.timeline(theirs)
        await timeline.open()

        async def quoted() -> bool:
            quote = next(m for m in timeline.items if m.key == seen.key).reply_to
            return quote is not None and quote.text == "the old one" and quote.key == 0

        await second.until(quoted)
        assert next(m.text for m in await second.messages(theirs) if not m.is_tip) == "the old one"
        quote = next(m for m in timeline.items if m.key == seen.key).reply_to
        assert quote is not None
        assert quote.key > 0
        timeline.close()
    finally:
        await second.close()
