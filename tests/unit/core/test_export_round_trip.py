"""Whatever a conversation holds, its JSON export makes the same one elsewhere: replies, edits, reactions, recalls,
notes, faces, places. And what is exported from there is the same again."""

import itertools
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from chatdesk.domain.changes import ChannelBatch, SyncBatch
from chatdesk.domain.conversations import Membership
from chatdesk.domain.elements import Custom, Element, Face, File, Image, Location, Media, Sound, Text, Video
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import (
    IncomingEdit,
    IncomingMessage,
    IncomingReaction,
    LocalMessage,
    Message,
    MessageOrigin,
    Revocation,
)
from chatdesk.store.database import Database
from chatdesk.store.sync import apply_sync
from tests.unit.core.export_setting import ANN, Here

BEN, CARLA = "@ben:example.org", "@carla:example.org"
SECOND = 1_700_000_000
_numbers = itertools.count(1)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12)
contents: st.SearchStrategy[Element] = st.one_of(
    st.builds(Text, texts),
    st.builds(Text, texts, st.just("<b>bold</b>")),
    st.builds(Face, st.integers(-9, 99), texts, texts),
    st.builds(Custom, texts, texts, texts, texts),
    st.builds(
        Location, st.sampled_from(["52.5163", "-89.999999999", "0"]), st.sampled_from(["13.3777", "-180"]), texts
    ),
    st.sampled_from(
        [
            Image(Media("mxc://x/a", "a.png", "image/png", 5, sha256="0" * 64), 30, 40, blurhash="LEHV6nWB2yk8"),
            File(Media("mxc://x/f", "../f.bin", "application/x-odd", 7)),
            Sound(Media("mxc://x/s", "s.ogg", "audio/ogg", 7), 1234, (1, 1024, 3), True),
            Video(Media("mxc://x/v", "v.mp4", "video/mp4", 7), 5678, 640, 480, Media("mxc://x/t", mime="image/jpeg")),
        ]
    ),
)
people = st.sampled_from([ANN, BEN, CARLA])
earlier = st.integers(0, 100)
acts = st.one_of(
    st.tuples(st.just("say"), people, st.lists(contents, min_size=1, max_size=2), st.none() | earlier),
    st.tuples(st.just("edit"), earlier, contents),
    st.tuples(st.just("react"), earlier, people, st.sampled_from(["👍", "❤️", "x"])),
    st.tuples(st.just("recall"), earlier, texts),
    st.tuples(st.just("note"), contents),
)


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[tuple[Here, Here, Here]]:
    opened = [await Database.open(tmp_path / f"{number}.db", bytes(32)) for number in range(3)]
    yield Here(opened[0]), Here(opened[1]), Here(opened[2])
    for database in opened:
        await database.close()


async def _play(here: Here, talk: ConversationId, history: list[tuple[Any, ...]]) -> None:
    """What a server tells, and notes in between."""
    channel = f"!{talk.id}"
    said: list[IncomingMessage] = []
    for place, (kind, *details) in enumerate(history):
        time_ms = (SECOND + place) * 1000
        target = said[details[0] % len(said)] if said and kind in ("edit", "react", "recall") else None
        batch = ChannelBatch(channel, Membership.JOINED, has_start=not said)
        own_id = f"${next(_numbers)}"
        if kind == "note":
            await here.local.save(talk, LocalMessage(ANN, (details[0],), SECOND + place))
            continue
        if kind == "say":
            sender, elements, answered = details
            reply_to = "" if answered is None or not said else said[answered % len(said)].message_id
            mentions = (BEN,) if answered is not None else ()
            message = IncomingMessage(
                own_id, sender, time_ms, tuple(elements), b"{}", rand=place + 1, reply_to=reply_to, mentions=mentions
            )
            message = structs.replace(message, is_forwarded=place % 3 == 1)
            said.append(message)
            batch = structs.replace(batch, messages=(message,))
        elif target is None:
            continue
        elif kind == "edit":
            edit = IncomingEdit(own_id, target.message_id, target.sender, time_ms, (details[1],), b"{}")
            batch = structs.replace(batch, edits=(edit,))
        elif kind == "react":
            reaction = IncomingReaction(own_id, target.message_id, details[1], time_ms, details[2])
            batch = structs.replace(batch, reactions=(reaction,))
        else:
            batch = structs.replace(batch, revocations=(Revocation(target.message_id, BEN, details[1], time_ms),))
        sync = SyncBatch(own_id, (batch,), {channel: talk.id})
        await here.ledger.database.write(apply_sync, sync, ANN, time_ms)


def _facts(message: Message) -> dict[str, object]:
    """What people see of a message, wherever it came from."""
    named = ("sender", "is_self", "rand", "state", "elements", "mentions", "reactions", "edited_ms", "revoked_by")
    found: dict[str, object] = {name: getattr(message, name) for name in (*named, "revoke_reason", "cloud_custom")}
    found["is_forwarded"] = message.is_forwarded
    quote = message.reply_to
    found["reply"] = (
        None if quote is None else (quote.message_id, quote.sender, quote.text, quote.kind, quote.is_revoked)
    )
    return found | {"second": message.time_ms // 1000, "is_note": message.origin is MessageOrigin.SAVED}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(acts, min_size=1, max_size=25))
async def test_it_is_the_same_conversation(
    history: list[tuple[Any, ...]], stores: tuple[Here, Here, Here], tmp_path: Path
) -> None:
    here, there, anywhere = stores
    talk = ConversationId(ConversationType.C2C, f"@talk-{next(_numbers)}:example.org")
    await _play(here, talk, history)
    if not (before := await here.messages(talk)):
        return
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    exported = await here.export(talk, first)
    await there.bring_in(talk, first)
    assert list(map(_facts, await there.messages(talk))) == list(map(_facts, before))
    again = await there.export(talk, second)
    own = ("chatdesk_elements", "chatdesk_message", "chatdesk_reactions", "message_cloud_custom_str")
    assert [[item.get(key) for key in own] for item in again] == [[item.get(key) for key in own] for item in exported]
    await anywhere.bring_in(talk, second)
    assert list(map(_facts, await anywhere.messages(talk))) == list(map(_facts, before))


async def test_a_reply_is_told_as_the_sdk_tells_it(stores: tuple[Here, Here, Here], tmp_path: Path) -> None:
    here, there, _ = stores
    talk = ConversationId(ConversationType.C2C, BEN)
    await _play(here, talk, [("say", BEN, [Text("Tea?")], None), ("say", ANN, [Text("Yes")], 0)])
    path = tmp_path / "talk.json"
    asked, answer = await here.export(talk, path)
    reply = json.loads(answer["message_cloud_custom_str"])["messageReply"]
    assert reply == {
        "messageAbstract": "Tea?",
        "messageID": asked["message_msg_id"],
        "messageSender": "ben",
        "messageType": 1,
        "version": 1,
    }
    for item in (asked, answer):  # as another program writes it
        for key in [name for name in item if name.startswith("chatdesk_")]:
            del item[key]
    path.write_text(json.dumps([asked, answer]))
    await there.bring_in(talk, path)
    found = await there.messages(talk)
    assert found[1].reply_to is not None
    assert (found[1].reply_to.text, found[1].reply_to.key) == ("Tea?", found[0].key)


async def test_what_does_not_fit_is_left_out(stores: tuple[Here, Here, Here], tmp_path: Path) -> None:
    here, *_ = stores
    talk = ConversationId(ConversationType.C2C, BEN)
    text = [{"elem_type": 0, "text_elem_content": "x"}]
    reactions = [
        7,
        {"message_reaction_id": "👍"},
        {
            "message_reaction_id": "y" * 101,
            "message_reaction_partial_user_info_array": [{"user_profile_identifier": "b"}],
        },
        {
            "message_reaction_id": "👍",
            "message_reaction_partial_user_info_array": [None, {}, {"user_profile_identifier": "@ :x y"}]
            + [{"user_profile_identifier": "ben"}] * 2,
        },
    ]
    odd: list[dict[str, Any]] = [
        {"chatdesk_message": 7, "chatdesk_reactions": {}, "chatdesk_elements": "x", "message_rand": 1},
        {"chatdesk_message": {"edited_ms": -1}, "message_cloud_custom_str": '{"messageReply": 5}', "message_rand": 2},
        {"chatdesk_message": {"reply_to": "z" * 1001}, "message_cloud_custom_str": "messageReply", "message_rand": 3},
        {"chatdesk_message": {"is_note": True}, "message_sender": "ben", "message_rand": 4},
        {"chatdesk_reactions": reactions, "message_rand": 5},
    ]
    path = tmp_path / "odd.json"
    path.write_text(json.dumps([{"message_elem_array": text, "message_client_time": SECOND, **item} for item in odd]))
    await here.bring_in(talk, path)
    found = await here.messages(talk)
    assert [m.text for m in found] == ["x"] * 5
    assert {m.origin for m in found} == {MessageOrigin.IMPORTED}
    assert not any(m.reply_to or m.edited_ms for m in found)
    assert [m.reactions for m in found[:4]] == [()] * 4
    assert [(r.symbol, r.users, r.is_mine) for r in found[4].reactions] == [("👍", (BEN,), False)]


async def test_the_servers_own_word_replaces_what_an_import_knew(
    stores: tuple[Here, Here, Here], tmp_path: Path
) -> None:
    here, there, _ = stores
    talk = ConversationId(ConversationType.C2C, BEN)
    acts: list[tuple[Any, ...]] = [
        ("say", BEN, [Text("first")], None),
        ("edit", 0, Text("second")),
        ("react", 0, CARLA, "👍"),
    ]
    await _play(here, talk, acts)
    path = tmp_path / "talk.json"
    (exported,) = await here.export(talk, path)
    await there.bring_in(talk, path)
    (copy,) = await there.messages(talk)
    assert (copy.text, len(copy.reactions)) == ("second", 1)
    told = IncomingMessage(exported["message_msg_id"], BEN, SECOND * 1000, (Text("first"),), b"{}")
    batch = ChannelBatch("!x", Membership.JOINED, (told,), has_start=True)
    await there.ledger.database.write(apply_sync, SyncBatch("t", (batch,), {"!x": BEN}), ANN, SECOND * 1000)
    (merged,) = await there.messages(talk)
    assert merged.key == copy.key
    assert (merged.text, merged.reactions, merged.edited_ms, merged.origin) == ("first", (), 0, MessageOrigin.SERVER)
