"""Replies, edits and reactions between chatdesk and a client nobody here wrote (matrix-nio), in both directions."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import nio
import pytest

from chatdesk.domain.elements import Face, Text
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message, SendOptions
from tests.integration.test_interop import Nio
from tests.servers.accounts import AnyServer, register_account
from tests.servers.people import Person


@pytest.fixture
def server(reachable_server: AnyServer) -> AnyServer:
    return reachable_server


@pytest.fixture
async def ann(server: AnyServer, tmp_path: Path) -> AsyncIterator[Person]:
    person = await Person(await register_account(server, "ann"), tmp_path / "ann").log_in()
    yield person
    await person.session.close()


@pytest.fixture
async def other(server: AnyServer) -> AsyncIterator[Nio]:
    other = Nio(await register_account(server, "nora"), server.tcp_url)
    await other.log_in()
    yield other
    await other.client.close()


@pytest.fixture
async def talk(ann: Person, other: Nio) -> ConversationId:
    talk = await ann.session.conversations.start_c2c(other.account.user_id)
    await other.join(ann.user_id)
    return talk


async def until(ann: Person, talk: ConversationId, message_id: str, wanted: Callable[[Message], bool]) -> Message:
    found: list[Message] = []

    async def fits() -> bool:
        found[:] = [m for m in await ann.newest(talk) if m.message_id == message_id and wanted(m)]
        return bool(found)

    await ann.until(fits)
    return found[0]


async def send(other: Nio, kind: str, content: dict[str, object]) -> str:
    answer = await other.client.room_send(other.room, kind, content)
    assert isinstance(answer, nio.RoomSendResponse), answer
    return str(answer.event_id)


async def test_what_the_other_client_says_about_messages(ann: Person, other: Nio, talk: ConversationId) -> None:
    mine = await ann.say(talk, "question")
    event = await other.sync_until(nio.RoomMessageText, "question")
    reply = {"m.in_reply_to": {"event_id": event.event_id}}
    answer = await other.send({"msgtype": "m.text", "body": "answr", "m.relates_to": reply})
    seen = await ann.sees(talk, "answr")
    assert seen.reply_to is not None
    assert (seen.reply_to.key, seen.reply_to.text, seen.reply_to.kind) == (mine.key, "question", "text")

    new = {"msgtype": "m.text", "body": "answer", "format": "org.matrix.custom.html", "formatted_body": "<b>answer</b>"}
    edit = await other.send(
        {
            "msgtype": "m.text",
            "body": "* answer",
            "m.new_content": new,
            "m.relates_to": {"rel_type": "m.replace", "event_id": answer},
        }
    )
    edited = await until(ann, talk, answer, lambda m: bool(m.edited_ms))
    assert edited.elements == (Text("answer", "<b>answer</b>"),)
    assert edited.reply_to == seen.reply_to
    forged = {"rel_type": "m.replace", "event_id": event.event_id}  # somebody else's message
    await other.send({"msgtype": "m.text", "body": "* no", "m.new_content": new, "m.relates_to": forged})

    annotation = {"rel_type": "m.annotation", "event_id": event.event_id, "key": "👍️"}
    reaction = await send(other, "m.reaction", {"m.relates_to": annotation})
    liked = await until(ann, talk, event.event_id, lambda m: bool(m.reactions))
    assert liked.text == "question"
    assert [(r.symbol, r.users, r.is_mine) for r in liked.reactions] == [("👍️", (other.account.user_id,), False)]
    joined = await ann.session.outbox.react(mine.key, "👍")  # the same symbol to the eye
    assert [(r.symbol, r.users) for r in joined.reactions] == [("👍️", (other.account.user_id, ann.user_id))]

    await other.client.room_redact(other.room, reaction)
    left = await until(ann, talk, event.event_id, lambda m: m.reactions[0].users == (ann.user_id,))
    assert left.reactions[0].is_mine
    await other.client.room_redact(other.room, edit)
    assert (await until(ann, talk, answer, lambda m: not m.edited_ms)).text == "answr"
    conversation = await ann.conversation(talk)
    assert conversation.last_message is not None
    assert conversation.last_message.text == "answr"


async def test_what_the_other_client_sees(ann: Person, other: Nio, talk: ConversationId) -> None:
    theirs = await other.send({"msgtype": "m.text", "body": "question"})
    seen = await ann.sees(talk, "question")
    said = await ann.session.outbox.send(talk, [Text("answr")], SendOptions(reply_to=theirs))
    event = await other.sync_until(nio.RoomMessageText, "answr")
    content = event.source["content"]
    assert content["m.relates_to"] == {"m.in_reply_to": {"event_id": theirs}}
    assert content["m.mentions"] == {"user_ids": [other.account.user_id]}

    await ann.session.outbox.edit(said.key, [Text("answer", "<b>answer</b>")])
    edit = (await other.sync_until(nio.RoomMessageText, "* answer")).source["content"]
    assert edit["m.relates_to"] == {"rel_type": "m.replace", "event_id": event.event_id}
    assert (edit["m.new_content"]["body"], edit["m.new_content"]["formatted_body"]) == ("answer", "<b>answer</b>")
    assert edit["formatted_body"] == "* <b>answer</b>"
    assert edit["m.mentions"] == {}  # alerted once already
    assert edit["m.new_content"]["m.mentions"] == {"user_ids": [other.account.user_id]}
    await ann.session.outbox.edit(said.key, [Text("answer"), Face(3, "smile", ":)")])
    several = (await other.sync_until(nio.RoomMessageText, "* answer\n:)")).source["content"]
    assert several["m.new_content"]["body"] == "answer\n:)"

    await ann.session.outbox.react(seen.key, "🎉")
    reaction = await other.sync_until(nio.ReactionEvent)
    assert isinstance(reaction, nio.ReactionEvent)
    assert (reaction.reacts_to, reaction.key, reaction.sender) == (theirs, "🎉", ann.user_id)
    await ann.session.outbox.unreact(seen.key, "🎉")
    redaction = await other.sync_until(nio.RedactionEvent)
    assert isinstance(redaction, nio.RedactionEvent)
    assert redaction.redacts == reaction.event_id


async def test_a_reply_to_a_message_of_a_thread_stays_in_it(ann: Person, other: Nio, talk: ConversationId) -> None:
    root = await other.send({"msgtype": "m.text", "body": "root"})
    thread = {
        "rel_type": "m.thread",
        "event_id": root,
        "is_falling_back": True,
        "m.in_reply_to": {"event_id": root},
    }
    inside = await other.send({"msgtype": "m.text", "body": "inside", "m.relates_to": thread})
    seen = await ann.sees(talk, "inside")
    assert seen.thread == root
    assert seen.reply_to is not None
    assert seen.reply_to.text == "root"
    await ann.session.outbox.send(talk, [Text("me too")], SendOptions(reply_to=inside))
    content = (await other.sync_until(nio.RoomMessageText, "me too")).source["content"]
    assert content["m.relates_to"] == {
        "rel_type": "m.thread",
        "event_id": root,
        "is_falling_back": False,
        "m.in_reply_to": {"event_id": inside},
    }
