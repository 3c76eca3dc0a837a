"""Sync answers and history pages become domain types."""

import json

import pytest

from chatdesk.domain.changes import IncomingReceipt
from chatdesk.domain.conversations import Member, Membership
from chatdesk.domain.elements import (
    Custom,
    Element,
    Face,
    File,
    Image,
    Location,
    Media,
    Sound,
    Text,
    Tip,
    TipKind,
    Unknown,
    Unreadable,
    Video,
)
from chatdesk.domain.errors import ServerError
from chatdesk.domain.messages import IncomingMessage, Revocation
from chatdesk.matrix.decode import derived_rand, history_page, sync_batch
from tests.unit.matrix.events import BEN, OWN, ROOM, Json, answer, joined, member, message, one_room, state, sync

URI = "mxc://example.org/abc"
INFO = {"w": 30, "h": 20, "size": 99, "mimetype": "image/png", "duration": 1500}


def shown(event: Json) -> tuple[IncomingMessage, ...]:
    return one_room(joined([event])).messages


def elements(content: object, event_type: str = "m.room.message") -> tuple[Element, ...]:
    (incoming,) = shown(message(content, event_type))
    return incoming.elements


def tip(event: Json) -> Element | None:
    messages = shown(event)
    return messages[0].elements[0] if messages else None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"msgtype": "m.text", "body": "hello"}, Text("hello")),
        ({"msgtype": "m.notice", "body": "beep"}, Text("beep")),
        ({"msgtype": "m.emote", "body": "waves"}, Text("* ben waves")),
        (
            {"msgtype": "m.text", "body": "b", "format": "org.matrix.custom.html", "formatted_body": "<b>b</b>"},
            Text("b", "<b>b</b>"),
        ),
        ({"msgtype": "m.text", "body": "b", "format": "other", "formatted_body": "<b>b</b>"}, Text("b")),
        (
            {"msgtype": "m.image", "body": "a.png", "url": URI, "info": INFO},
            Image(Media(URI, "a.png", "image/png", 99), 30, 20),
        ),
        (
            {"msgtype": "m.image", "body": "a", "url": URI, "info": {"xyz.amorgan.blurhash": "00TKrE"}},
            Image(Media(URI, "a"), blurhash="00TKrE"),
        ),
        (
            {"msgtype": "m.image", "body": "a", "url": URI, "info": {"xyz.amorgan.blurhash": "~" * 900}},
            Image(Media(URI, "a")),
        ),
        (
            {"msgtype": "m.image", "body": "a", "url": URI, "info": {"thumbnail_url": URI, "thumbnail_info": INFO}},
            Image(Media(URI, "a"), thumbnail=Media(URI, "", "image/png", 99, width=30, height=20)),
        ),
        (
            {
                "msgtype": "m.audio",
                "body": "a",
                "url": URI,
                "org.matrix.msc3245.voice": {},
                "org.matrix.msc1767.audio": {"duration": 900, "waveform": [1, 2000, -5, "x", None]},
            },
            Sound(Media(URI, "a"), 900, (1, 0, 0, 0, 0), is_voice=True),
        ),
        (
            {
                "msgtype": "m.audio",
                "body": "a",
                "url": URI,
                "org.matrix.msc3245.voice": 1,
                "org.matrix.msc1767.audio": {"waveform": [7] * 5000},
            },
            Sound(Media(URI, "a"), 0, (7,) * 120),
        ),
        ({"msgtype": "m.audio", "body": "a", "url": URI, "info": INFO}, Sound(Media(URI, "a", "image/png", 99), 1500)),
        (
            {"msgtype": "m.video", "body": "a", "url": URI, "info": INFO},
            Video(Media(URI, "a", "image/png", 99), 1500, 30, 20),
        ),
        ({"msgtype": "m.file", "body": "a", "filename": "a", "url": URI}, File(Media(URI, "a"))),
        ({"msgtype": "m.location", "body": "home", "geo_uri": "geo:52.5,-13.4;u=3"}, Location("52.5", "-13.4", "home")),
        ({"msgtype": "m.location", "body": "1, 2", "geo_uri": "geo:1,2,3"}, Location("1", "2")),
        ({"msgtype": "m.new", "body": "what is it"}, Unknown("m.new", "what is it")),
        ({"msgtype": "m.new"}, Unknown("m.new", "")),
        ({"body": "no kind"}, Unknown("m.room.message", "no kind")),
    ],
)
def test_standard_message(content: Json, expected: Element) -> None:
    assert elements(content) == (expected,)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"msgtype": "m.text", "body": 5}, Unknown("m.text", "")),
        ({"msgtype": "m.text", "body": "  "}, Unknown("m.text", "  ")),
        ({"msgtype": ["m.text"], "body": "b"}, Unknown("m.room.message", "b")),
        ({"msgtype": "m.image", "body": "b"}, Unknown("m.image", "b")),
        ({"msgtype": "m.image", "body": "b", "url": "https://tracker.example/x"}, Unknown("m.image", "b")),
        ({"msgtype": "m.image", "body": "b", "file": {"url": URI}}, Unknown("m.image", "b")),
        ({"msgtype": "m.image", "body": "b", "url": URI, "info": [1]}, Image(Media(URI, "b"))),
        (
            {"msgtype": "m.image", "body": 7, "url": URI, "info": {"w": -1, "h": 10**9, "size": 2**70, "mimetype": 3}},
            Image(Media(URI, "")),
        ),
        (
            {"msgtype": "m.video", "body": "b", "url": URI, "info": {"size": 1.5, "duration": True, "w": "3"}},
            Video(Media(URI, "b")),
        ),
        ({"msgtype": "m.location", "body": "b", "geo_uri": "geo:91,0"}, Unknown("m.location", "b")),
        ({"msgtype": "m.location", "body": "b", "geo_uri": "geo:0,-180.1"}, Unknown("m.location", "b")),
        ({"msgtype": "m.location", "body": "b", "geo_uri": "geo:1e1,2"}, Unknown("m.location", "b")),
        ("no object", Unknown("m.room.message", "")),
        (None, Unknown("m.room.message", "")),
    ],
)
def test_odd_content_degrades(content: object, expected: Element) -> None:
    assert elements(content) == (expected,)


def test_caption_is_a_second_element() -> None:
    content = {"msgtype": "m.image", "body": "look at this", "filename": "a.png", "url": URI}
    assert elements(content) == (Image(Media(URI, "a.png")), Text("look at this"))


def test_sticker() -> None:
    assert elements({"body": "cat", "url": URI, "info": INFO}, "m.sticker") == (
        Image(Media(URI, "cat", "image/png", 99), 30, 20),
    )


def test_encrypted() -> None:
    event = message({"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x"}, "m.room.encrypted")
    (incoming,) = shown(event)
    assert incoming.elements == (Unreadable("m.megolm.v1.aes-sha2"),)
    assert json.loads(incoming.raw) == event


def test_unknown_type() -> None:
    assert elements({"body": "a poll"}, "org.example.poll") == (Unknown("org.example.poll", "a poll"),)
    assert shown(message({"answer": 5}, "m.call.answer")) == ()


def test_own_key_restores_the_elements() -> None:
    own = {
        "rand": 7,
        "client_time": 900,
        "txn": "t",
        "elements": [
            {"msgtype": "m.text", "body": "one"},
            {"msgtype": "m.image", "body": "a", "url": URI},
            {"msgtype": "chatdesk.face", "index": 3, "data": "d", "body": "grin"},
            {"msgtype": "chatdesk.custom", "data": "d", "ext": "e", "sound": "s", "body": "desc"},
            {"msgtype": "chatdesk.later", "body": "from the future"},
            {"no": "kind"},
            5,
        ],
    }
    (incoming,) = shown(message({"msgtype": "m.text", "body": "fallback", "chatdesk.message": own}))
    assert incoming.elements == (
        Text("one"),
        Image(Media(URI, "a")),
        Face(3, "d", "grin"),
        Custom("d", "desc", "e", "s"),
        Unknown("chatdesk.later", "from the future"),
    )
    assert (incoming.rand, incoming.client_time_ms, incoming.time_ms) == (7, 900, 1000)


@pytest.mark.parametrize("own", [{"elements": []}, {"elements": [{}]}, {"elements": "x"}, 5, None, {"rand": 1}])
def test_own_key_without_elements_leaves_the_standard_form(own: object) -> None:
    assert elements({"msgtype": "m.text", "body": "hi", "chatdesk.message": own}) == (Text("hi"),)


@pytest.mark.parametrize("rand", [None, -1, 2**32, 1.5, "7", True])
def test_rand_is_derived_where_none_is_given(rand: object) -> None:
    (incoming,) = shown(message({"msgtype": "m.text", "body": "hi", "chatdesk.message": {"rand": rand}}))
    assert incoming.rand == derived_rand("$e")
    assert 0 < incoming.rand < 2**32
    assert incoming.client_time_ms == incoming.time_ms == 1000
    assert derived_rand("$e") != derived_rand("$f")


def test_transaction_id_is_for_its_device() -> None:
    (incoming,) = shown(message({"msgtype": "m.text", "body": "hi"}, unsigned={"transaction_id": "t1"}))
    assert incoming.txn_id == "t1"


REPLY = {"m.relates_to": {"m.in_reply_to": {"event_id": "$o"}}}


@pytest.mark.parametrize(
    ("body", "relation", "expected"),
    [
        ("> <@ann:x> old\n> older\n\nnew\n> mine", REPLY, "new\n> mine"),
        ("> * <@ann:x> waves\n\nnew", REPLY, "new"),
        ("> <@ann:x> only the quote", REPLY, "> <@ann:x> only the quote"),
        ("> my own quotation\n\nnew", REPLY, "> my own quotation\n\nnew"),
        ("> <@ann:x> old\n\nno reply", {}, "> <@ann:x> old\n\nno reply"),
    ],
)
def test_reply_fallback(body: str, relation: Json, expected: str) -> None:
    assert elements({"msgtype": "m.text", "body": body} | relation) == (Text(expected),)


def test_reply_fallback_in_html() -> None:
    html = {"format": "org.matrix.custom.html", "formatted_body": "<mx-reply>old</mx-reply><b>new</b>"}
    content = {"msgtype": "m.text", "body": "> <@ann:x> old\n\nnew"} | html | REPLY
    assert elements(content) == (Text("new", "<b>new</b>"),)


@pytest.mark.parametrize("event_type", ["m.room.message", "m.room.encrypted"])
@pytest.mark.parametrize("relation", ["m.replace", "m.annotation"])
def test_edits_are_not_messages_of_their_own(event_type: str, relation: str) -> None:
    content = {"msgtype": "m.text", "body": "* new", "m.relates_to": {"rel_type": relation, "event_id": "$o"}}
    assert shown(message(content, event_type)) == ()


def test_reactions_are_not_messages() -> None:
    content = {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$o", "key": "x"}, "body": "x"}
    assert shown(message(content, "m.reaction")) == ()


@pytest.mark.parametrize("event_type", ["m.room.message", "m.room.encrypted", "m.sticker"])
def test_redacted(event_type: str) -> None:
    because = {"sender": OWN, "content": {"reason": "oops"}}
    (incoming,) = shown(message({}, event_type, unsigned={"redacted_because": because}))
    assert (incoming.elements, incoming.revoked_by, incoming.revoke_reason) == ((), OWN, "oops")
    (incoming,) = shown(message({}, event_type))
    assert (incoming.elements, incoming.revoked_by, incoming.revoke_reason) == ((), BEN, "")


def test_redacted_of_other_kinds_is_nothing() -> None:
    because = {"redacted_because": {"sender": OWN, "content": {}}}
    assert shown(message({}, "org.example.poll", unsigned=because)) == ()
    assert shown(message({}, "m.reaction", unsigned=because)) == ()
    assert shown(state("m.room.topic", {}, unsigned=because | {"prev_content": {"topic": "old"}})) == ()


@pytest.mark.parametrize(
    ("in_content", "top_level", "target"),
    [("$new", "$old", "$new"), ("$new", None, "$new"), (None, "$old", "$old"), (5, "$old", "$old")],
)
def test_redaction(in_content: object, top_level: object, target: str) -> None:
    event = message({"reason": "spam", "redacts": in_content}, "m.room.redaction", redacts=top_level)
    batch = one_room(joined([event]))
    assert batch.messages == ()
    assert batch.revocations == (Revocation(target, BEN, "spam", 1000),)


def test_redaction_of_nothing() -> None:
    assert one_room(joined([message({}, "m.room.redaction")])).revocations == ()


JOIN, INVITE, LEAVE, BAN = ({"membership": name} for name in ("join", "invite", "leave", "ban"))


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (member(BEN, "join"), Tip(TipKind.JOINED, (BEN,))),
        (member(BEN, "join", before=INVITE), Tip(TipKind.JOINED, (BEN,))),
        (member(BEN, "join", before=LEAVE), Tip(TipKind.JOINED, (BEN,))),
        (member(BEN, "join", before=JOIN, displayname="Benny"), None),
        (member(BEN, "invite", OWN), Tip(TipKind.INVITED, (BEN,))),
        (member(BEN, "leave", before=JOIN), Tip(TipKind.LEFT, (BEN,))),
        (member(BEN, "leave", before=INVITE), Tip(TipKind.DECLINED, (BEN,))),
        (member(BEN, "leave", OWN, JOIN, reason="rude"), Tip(TipKind.KICKED, (BEN,), "rude")),
        (member(BEN, "leave", OWN, INVITE), Tip(TipKind.KICKED, (BEN,))),
        (member(BEN, "leave", OWN, BAN), None),
        (member(BEN, "ban", OWN, JOIN, reason="spam"), Tip(TipKind.BANNED, (BEN,), "spam")),
        (member(BEN, "ban", OWN, BAN), None),
        (member(BEN, "knock"), None),
        (member(BEN, 5), None),
        (state("m.room.create", {"room_version": "12"}), Tip(TipKind.CREATED)),
        (state("m.room.create", {}), Tip(TipKind.CREATED)),
        (state("m.room.name", {"name": "New"}), Tip(TipKind.RENAMED, value="New")),
        (state("m.room.name", {"name": "A"}, unsigned={"prev_content": {"name": "A"}}), None),
        (state("m.room.name", {}, unsigned={"prev_content": {"name": "A"}}), Tip(TipKind.RENAMED)),
        (state("m.room.name", {"name": "x"}, "odd key"), None),
        (state("m.room.topic", {"topic": "T"}), Tip(TipKind.TOPIC, value="T")),
        (state("m.room.avatar", {"url": URI}), Tip(TipKind.AVATAR, value=URI)),
        (state("m.room.encryption", {"algorithm": "m.megolm"}), Tip(TipKind.ENCRYPTED)),
        (state("m.room.encryption", {"a": 1}, unsigned={"prev_content": {"algorithm": "m"}}), None),
        (state("m.room.power_levels", {"users": {BEN: 50}}), None),
        (
            state("m.room.power_levels", {"users": {BEN: 50}}, unsigned={"prev_content": {"users": {OWN: 100}}}),
            Tip(TipKind.ROLES, (OWN, BEN)),
        ),
        (state("m.room.power_levels", {"ban": 50}, unsigned={"prev_content": {"ban": 100}}), None),
        (state("m.room.pinned_events", {"pinned": ["$a"]}), Tip(TipKind.PINNED)),
        (state("m.room.pinned_events", {}, unsigned={"prev_content": {"pinned": ["$a"]}}), Tip(TipKind.UNPINNED)),
        (state("m.room.pinned_events", {"pinned": 7}), None),
        (state("m.room.join_rules", {"join_rule": "public"}), None),
        (state("m.room.message", {"msgtype": "m.text", "body": "as state"}), None),
        (message({"name": "no state key"}, "m.room.name"), None),
    ],
)
def test_tip(event: Json, expected: Tip | None) -> None:
    assert tip(event) == expected


def test_state_before_the_timeline_is_no_message_and_is_overlaid() -> None:
    before = [
        state("m.room.name", {"name": "Old"}),
        state("m.room.topic", {"topic": "Topic"}),
        state("m.room.encryption", {"algorithm": "m"}),
        member(BEN, "join", displayname="Ben", avatar_url=URI),
        member(OWN, "join"),
    ]
    timeline = [
        state("m.room.name", {"name": "New"}),
        state("m.room.avatar", {"url": URI}),
        member(BEN, "leave", before=JOIN),
        member("@cas:x", "invite", BEN, displayname="  "),
        member("@dan:x", "ban", BEN),
    ]
    batch = one_room(joined(timeline, before))
    assert len(batch.messages) == len(timeline)
    assert (batch.name, batch.topic, batch.avatar_uri, batch.is_encrypted) == ("New", "Topic", URI, True)
    assert batch.members == (
        Member(BEN, "ben", "", Membership.LEFT),
        Member(OWN, "ann", "", Membership.JOINED),
        Member("@cas:x", "cas", "", Membership.INVITED),
        Member("@dan:x", "dan", "", Membership.BANNED),
    )
    assert not batch.has_start


def test_what_is_not_mentioned_stays_none() -> None:
    batch = one_room({})
    assert batch.membership is Membership.JOINED
    facts = (batch.name, batch.topic, batch.avatar_uri, batch.is_encrypted, batch.heroes, batch.joined_count)
    assert {*facts, batch.invited_count, batch.unread, batch.mentions, batch.typing} == {None}
    assert (batch.members, batch.messages, batch.gap_token, batch.is_limited) == ((), (), "", False)


def test_alias_names_a_room_without_a_name() -> None:
    create, alias = state("m.room.create", {}), state("m.room.canonical_alias", {"alias": "#a:x"})
    assert one_room(joined(before=[create, alias])).name == "#a:x"
    assert one_room(joined(before=[alias])).name is None
    assert one_room(joined(before=[create, alias, state("m.room.name", {"name": "N"})])).name == "N"
    assert one_room(joined([alias, state("m.room.name", {"name": ""})])).name == ""


def test_limited_and_start() -> None:
    room = joined([message({"msgtype": "m.text", "body": "x"})])
    room["timeline"] |= {"limited": True, "prev_batch": "p7"}
    batch = one_room(room)
    assert (batch.is_limited, batch.gap_token, batch.has_start) == (True, "p7", False)
    assert one_room(joined([state("m.room.create", {})])).has_start
    assert not one_room(joined(before=[state("m.room.create", {})])).has_start


def test_counts() -> None:
    batch = one_room(
        joined(
            unread_notifications={"notification_count": 3, "highlight_count": 1},
            summary={"m.heroes": [BEN, 5], "m.joined_member_count": 2, "m.invited_member_count": 0},
        )
    )
    assert (batch.unread, batch.mentions) == (3, 1)
    assert (batch.heroes, batch.joined_count, batch.invited_count) == ((BEN,), 2, 0)
    assert one_room(joined(summary={"m.heroes": []})).heroes == ()


def test_receipts_and_typing() -> None:
    receipts = {
        "$1": {"m.read": {BEN: {"ts": 5}, "@c:x": {"ts": 6, "thread_id": "main"}}, "m.read.private": {OWN: {"ts": 7}}},
        "$2": {"m.read": {"@d:x": {"ts": 8, "thread_id": "$1"}}, "m.other": {"@e:x": {"ts": 9}}},
        "$3": {"m.read": {"@f:x": {"ts": -1}, "@g:x": 5}},
    }
    ephemeral = [
        {"type": "m.receipt", "content": receipts},
        {"type": "m.typing", "content": {"user_ids": [BEN, OWN, 5]}},
    ]
    batch = one_room(joined(ephemeral=ephemeral))
    assert batch.receipts == (
        IncomingReceipt(BEN, "$1", 5),
        IncomingReceipt("@c:x", "$1", 6),
        IncomingReceipt(OWN, "$1", 7),
        IncomingReceipt("@f:x", "$3", 0),
        IncomingReceipt("@g:x", "$3", 0),
    )
    assert batch.typing == (BEN,)
    assert one_room(joined(ephemeral=[{"type": "m.typing", "content": {"user_ids": []}}])).typing == ()


def test_invite() -> None:
    stripped = [
        {"type": "m.room.create", "state_key": "", "sender": BEN, "content": {}},
        {"type": "m.room.name", "state_key": "", "sender": BEN, "content": {"name": "Club"}},
        {"type": "m.room.encryption", "state_key": "", "sender": BEN, "content": {"algorithm": "m"}},
        {"type": "m.room.member", "state_key": BEN, "sender": BEN, "content": {"membership": "join"}},
        {
            "type": "m.room.member",
            "state_key": OWN,
            "sender": BEN,
            "content": {"membership": "invite", "is_direct": True},
        },
    ]
    batch = one_room({"invite_state": {"events": stripped}}, "invite")
    assert (batch.membership, batch.name, batch.is_encrypted) == (Membership.INVITED, "Club", True)
    assert (batch.inviter, batch.direct_with, batch.messages) == (BEN, BEN, ())
    assert [person.user_id for person in batch.members] == [BEN, OWN]
    stripped[-1]["content"] = {"membership": "invite", "is_direct": "true"}
    batch = one_room({"invite_state": {"events": stripped}}, "invite")
    assert (batch.inviter, batch.direct_with) == (BEN, "")


def test_leave() -> None:
    left = one_room(joined([member(OWN, "leave", before=JOIN)]), "leave")
    assert left.membership is Membership.LEFT
    assert left.messages[0].elements == (Tip(TipKind.LEFT, (OWN,)),)
    assert one_room(joined([member(OWN, "ban", BEN, JOIN)]), "leave").membership is Membership.BANNED
    assert one_room(joined(before=[member(OWN, "ban", BEN)]), "leave").membership is Membership.BANNED
    assert one_room(joined([member(BEN, "ban", OWN)]), "leave").membership is Membership.LEFT
    assert one_room({}, "leave").membership is Membership.LEFT


def test_direct() -> None:
    events = [{"type": "m.direct", "content": {BEN: [ROOM, "!2"], "@aa:x": [ROOM]}}]
    assert sync({}, account_data={"events": events}).direct == {ROOM: "@aa:x", "!2": BEN}
    assert sync({}, account_data={"events": [{"type": "m.direct", "content": {}}]}).direct == {}
    assert sync({}, account_data={"events": [{"type": "m.other", "content": {}}]}).direct is None
    assert sync({}).direct is None


def test_who_makes_a_one_to_one_room_is_believed_before_the_list_says_so() -> None:
    own, others = member(BEN, "invite", OWN, is_direct=True), member(OWN, "invite", BEN, is_direct=True)
    assert one_room(joined([own])).direct_with == BEN
    assert one_room(joined([own, member(BEN, "join")])).direct_with == BEN
    assert one_room(joined([others])).direct_with == ""
    assert one_room(joined([member(BEN, "invite", OWN)])).direct_with == ""
    assert one_room(joined([state("m.room.name", {"name": "Trip"}), own])).direct_with == ""


def test_bad_room_is_skipped_with_its_reason() -> None:
    good = joined([message({"msgtype": "m.text", "body": "x"})])
    batch = sync({"join": {"!bad": {"timeline": {"events": "secret"}}, "!good": good}, "invite": {"!odd": [1]}})
    assert [channel.channel for channel in batch.channels] == ["!good"]
    assert [channel for channel, _ in batch.skipped] == ["!bad", "!odd"]
    assert batch.skipped[0][1] == "Expected `array | null`, got `str` - at `$.timeline.events`"
    assert batch.token == "s1"


def test_null_is_as_good_as_nothing() -> None:
    room = {"timeline": {"events": None}, "state": None, "ephemeral": {"events": None}, "summary": None}
    batch = sync({"join": {ROOM: room}, "invite": None, "leave": None}, account_data={"events": None})
    assert [channel.channel for channel in batch.channels] == [ROOM]
    assert batch.skipped == ()
    assert sync_batch(b'{"next_batch": "s", "rooms": null, "account_data": null}', OWN).token == "s"


@pytest.mark.parametrize(
    "raw",
    [b"", b"{}", b"[]", b"5", b"<html>", b'{"next_batch": 5}', b'{"next_batch": ""}', b'{"next_batch": "s1"', b"\xff"],
)
def test_no_sync_answer(raw: bytes) -> None:
    with pytest.raises(ServerError):
        sync_batch(raw, OWN)


def test_raw_is_kept_as_it_came() -> None:
    raw = rb'{"type":"m.room.message", "event_id":"$e","sender":"@b:x","content":{"msgtype":"m.text","body":"\u00e9"}}'
    whole = b'{"next_batch":"s","rooms":{"join":{"!r":{"timeline":{"events":[ ' + raw + b" ]}}}}}"
    (incoming,) = sync_batch(whole, OWN).channels[0].messages
    assert incoming.raw == raw
    assert incoming.elements == (Text("é"),)


def history(chunk: list[Json], **more: object) -> bytes:
    return json.dumps({"chunk": chunk, "start": "t0", **more}).encode()


def test_history_page() -> None:
    chunk = [
        message({"msgtype": "m.text", "body": "2"}, event_id="$2"),
        message({"redacts": "$0"}, "m.room.redaction", event_id="$r"),
        message({"msgtype": "m.text", "body": "1"}, event_id="$1"),
    ]
    people = [member(BEN, "join", displayname="Ben"), state("m.room.name", {"name": "ignored"})]
    page = history_page(history(chunk, end="t1", state=people), OWN)
    assert [incoming.message_id for incoming in page.messages] == ["$2", "$1"]
    assert [revocation.target_id for revocation in page.revocations] == ["$0"]
    assert page.token == "t1"
    assert page.members == (Member(BEN, "Ben"),)


@pytest.mark.parametrize(
    "raw",
    [
        history([], end="t1"),
        history([message({"msgtype": "m.text", "body": "1"})]),
        history([message({"msgtype": "m.text", "body": "1"})], end="t0"),
        history([message({"msgtype": "m.text", "body": "1"}), state("m.room.create", {})], end="t1"),
        b'{"chunk": null, "end": "t1"}',
    ],
)
def test_history_ends(raw: bytes) -> None:
    assert history_page(raw, OWN).token == ""


def test_no_history_page() -> None:
    with pytest.raises(ServerError):
        history_page(b'{"chunk": {}}', OWN)


def test_sections_of_the_wrong_kind_cost_only_themselves() -> None:
    batch = sync_batch(answer({"join": [1], "leave": {"!left": {}}}), OWN)
    assert [channel.channel for channel in batch.channels] == ["!left"]
    assert len(batch.skipped) == 1


def test_pinned_messages() -> None:
    pinned = {"pinned": ["$a", 7, "$b", "$a"]}
    room = joined([state("m.room.pinned_events", pinned)])
    assert one_room(room).pinned == ("$a", "$b")
    assert one_room(joined([])).pinned is None
