"""Events about other events: edits, reactions, replies, threads, and the list of what is hidden everywhere."""

import json

import pytest

from chatdesk.domain.changes import ChannelBatch
from chatdesk.domain.elements import Element, Face, File, Media, Text
from chatdesk.domain.errors import InvalidElement
from chatdesk.domain.messages import EVERYONE
from chatdesk.matrix import decode
from chatdesk.matrix.encode import edit_content, message_content, reaction_content
from chatdesk.matrix.relations import MOST_HIDDEN, hidden_content, hidden_ids
from tests.unit.matrix.events import BEN, OWN, Json, joined, message, one_room

NEW = {"msgtype": "m.text", "body": "new", "m.mentions": {"user_ids": [OWN]}}
REPLACES = {"rel_type": "m.replace", "event_id": "$o"}
EDIT: Json = {"msgtype": "m.text", "body": "* new", "m.new_content": NEW, "m.relates_to": REPLACES}
LIKES = {"rel_type": "m.annotation", "event_id": "$o", "key": "👍"}


def batch(*events: Json) -> ChannelBatch:
    return one_room(joined(events))


def test_an_edit() -> None:
    found = batch(message(EDIT, unsigned={"transaction_id": "t"}))
    (edit,) = found.edits
    assert found.messages == ()
    assert (edit.edit_id, edit.target_id, edit.sender, edit.time_ms, edit.txn_id) == ("$e", "$o", BEN, 1000, "t")
    assert (edit.elements, edit.mentions) == ((Text("new"),), (OWN,))
    assert json.loads(edit.raw)["content"] == EDIT


@pytest.mark.parametrize(
    ("content", "event_type"),
    [
        (EDIT | {"m.new_content": None}, "m.room.message"),
        (EDIT | {"m.new_content": {}}, "m.room.message"),
        (EDIT | {"m.new_content": [NEW]}, "m.room.message"),
        (EDIT | {"m.relates_to": REPLACES | {"event_id": 5}}, "m.room.message"),
        (EDIT | {"m.relates_to": REPLACES | {"event_id": ""}}, "m.room.message"),
        (EDIT | {"m.relates_to": REPLACES | {"event_id": "$" + "x" * 300}}, "m.room.message"),
        (EDIT, "m.room.encrypted"),
        (EDIT, "m.sticker"),
        ({"m.relates_to": LIKES | {"key": ""}}, "m.reaction"),
        ({"m.relates_to": LIKES | {"key": " \n"}}, "m.reaction"),
        ({"m.relates_to": LIKES | {"key": "x" * 101}}, "m.reaction"),
        ({"m.relates_to": LIKES | {"key": {"a": 1}}}, "m.reaction"),
        ({"m.relates_to": LIKES | {"event_id": None}}, "m.reaction"),
        ({"m.relates_to": []}, "m.reaction"),
        ({}, "m.reaction"),
    ],
)
def test_what_says_nothing(content: Json, event_type: str) -> None:
    found = batch(message(content, event_type))
    assert (found.messages, found.edits, found.reactions) == ((), (), ())


def test_state_is_no_relation() -> None:
    found = batch(message(EDIT | {"name": "New name"}, "m.room.name", state_key=""))
    assert found.edits == ()
    assert len(found.messages) == 1


def test_a_reaction() -> None:
    (reaction,) = batch(message({"m.relates_to": LIKES}, "m.reaction")).reactions
    assert (reaction.reaction_id, reaction.target_id, reaction.sender, reaction.symbol) == ("$e", "$o", BEN, "👍")


def test_the_newest_edit_comes_with_the_message() -> None:
    content = EDIT | {"m.relates_to": REPLACES | {"event_id": "$e"}}
    bundled = message(content, event_id="$edit", origin_server_ts=2000)
    said = message({"msgtype": "m.text", "body": "old"}, unsigned={"m.relations": {"m.replace": bundled}})
    found = batch(said)
    assert found.messages[0].elements == (Text("old"),)
    assert [(edit.edit_id, edit.target_id, edit.elements) for edit in found.edits] == [("$edit", "$e", (Text("new"),))]
    single, edits = decode.single(json.dumps(said).encode())
    assert (single, edits) == (found.messages[0], found.edits)


@pytest.mark.parametrize(
    "bundled",
    [
        {"event_id": "$edit", "origin_server_ts": 1, "sender": BEN},  # the summary of older servers
        message(EDIT, event_id="$edit"),  # an edit of another message
        message({"msgtype": "m.text", "body": "x"}, event_id="$edit"),
        [],
        "x",
        None,
    ],
)
def test_a_bundle_that_is_none(bundled: object) -> None:
    said = message({"msgtype": "m.text", "body": "old"}, unsigned={"m.relations": {"m.replace": bundled}})
    found = batch(said)
    assert (found.messages[0].elements, found.edits) == ((Text("old"),), ())


def test_replies_and_threads() -> None:
    answers = {"m.in_reply_to": {"event_id": "$o"}}
    thread = {"rel_type": "m.thread", "event_id": "$root", "is_falling_back": True}
    found = batch(
        message({"msgtype": "m.text", "body": "a", "m.relates_to": answers}, event_id="$1"),
        message({"msgtype": "m.text", "body": "b", "m.relates_to": answers | thread}, event_id="$2"),
        message({"msgtype": "m.text", "body": "c", "m.relates_to": {"m.in_reply_to": "$o"}}, event_id="$3"),
        message({"msgtype": "m.text", "body": "d", "m.relates_to": thread | {"event_id": 7}}, event_id="$4"),
    )
    assert [(m.reply_to, m.thread) for m in found.messages] == [("$o", ""), ("$o", "$root"), ("", ""), ("", "")]


@pytest.mark.parametrize(
    "elements",
    [
        (Text("new", "<b>new</b>"),),
        (Text("one"), Face(3, "x", ":)"), Text("two")),
        (File(Media("mxc://h/i", "a.txt", "text/plain", 3)), Text("caption")),
    ],
)
def test_own_edits_come_back_the_same(elements: tuple[Element, ...]) -> None:
    content = json.loads(edit_content(elements, "$o", "t1", (BEN, EVERYONE), (BEN,)))
    assert content["m.mentions"] == {"room": True}
    assert content["body"].startswith("* ")
    (edit,) = batch(message(content)).edits
    assert (edit.elements, edit.target_id, edit.txn_id, edit.mentions) == (elements, "$o", "t1", (BEN, EVERYONE))


def test_an_empty_edit_does_not_leave() -> None:
    with pytest.raises(InvalidElement):
        edit_content((Text(" "),), "$o", "t1")


def test_own_reactions_come_back_the_same() -> None:
    content = json.loads(reaction_content("$o", "👍", "t1"))
    (reaction,) = batch(message(content, "m.reaction")).reactions
    assert (reaction.target_id, reaction.symbol, reaction.txn_id) == ("$o", "👍", "t1")


def test_own_replies_come_back_the_same() -> None:
    content = json.loads(message_content((Text("yes"),), 7, 900, "t1", mentions=(BEN,), reply_to="$o", thread="$r"))
    (incoming,) = batch(message(content)).messages
    assert (incoming.reply_to, incoming.thread, incoming.mentions) == ("$o", "$r", (BEN,))


def test_what_is_hidden_everywhere_is_bounded() -> None:
    ids = [f"${number}" for number in range(MOST_HIDDEN + 5)]
    kept = hidden_content(ids, ["$new", "$7", "$new"])["event_ids"]
    assert len(kept) == MOST_HIDDEN
    assert kept[-3:] == [ids[-1], "$new", "$7"]
    assert hidden_ids({"event_ids": ["$a", 5, None, "", "$a", "$" + "x" * 300, "$b"]}) == ("$a", "$b")
    assert hidden_ids({"event_ids": {"$a": 1}}) == ()
    room = joined(account_data={"events": [{"type": "chatdesk.hidden", "content": {"event_ids": ["$a"]}}]})
    assert one_room(room).hidden == ("$a",)
