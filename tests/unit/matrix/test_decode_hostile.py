"""Whatever a stranger puts into an event, decoding never raises, loses no other message, and yields clean values."""

import contextlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatdesk.domain.changes import SyncBatch
from chatdesk.domain.elements import Text, Unknown
from chatdesk.domain.errors import ServerError
from chatdesk.matrix.decode import history_page, members_of, sync_batch
from chatdesk.matrix.lenient import MAX_INT
from tests.unit.matrix.events import BEN, OWN, Json, joined, message

URI = "mxc://example.org/abc"
TEXTS = st.text(max_size=20) | st.text(st.characters(categories=("Cs", "Cc", "Cf", "Lo")), max_size=5)
NUMBERS = (
    st.integers()
    | st.sampled_from([2**53, 2**63, 2**70, -1, 10**30])
    | st.floats(allow_nan=False, allow_infinity=False)
)
KNOWN = st.sampled_from(
    [URI, OWN, BEN, "m.text", "m.image", "m.replace", "join", "leave", "geo:1,2", "> <@a:x> q\n\nr", "$e", "", "mxc://"]
)
LEAVES = st.none() | st.booleans() | NUMBERS | TEXTS | KNOWN
KEYS = TEXTS | st.sampled_from(
    ["m.in_reply_to", "rel_type", "users", "sender", "reason", "w", "h", "size", "membership"]
)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4))
TYPES = st.sampled_from(
    ["m.room.message", "m.room.encrypted", "m.sticker", "m.room.redaction", "m.reaction", "m.room.member", "m.receipt",
     "m.room.name", "m.room.topic", "m.room.avatar", "m.room.create", "m.room.encryption", "m.room.power_levels",
     "m.room.canonical_alias", "m.typing", "m.direct", "org.example.other"]
)  # fmt: skip
MSGTYPES = st.sampled_from(
    ["m.text", "m.emote", "m.image", "m.audio", "m.video", "m.file", "m.location", "chatdesk.face", "chatdesk.custom"]
)
CONTENT = st.fixed_dictionaries(
    {},
    optional={
        "msgtype": MSGTYPES | JSON,
        "body": TEXTS | JSON,
        "url": st.just(URI) | JSON,
        "info": JSON,
        "filename": JSON,
        "geo_uri": KNOWN | JSON,
        "format": st.just("org.matrix.custom.html") | JSON,
        "formatted_body": JSON,
        "m.relates_to": st.fixed_dictionaries(
            {"rel_type": st.sampled_from(["m.replace", "m.annotation", "m.thread"]) | JSON},
            optional={"event_id": st.just("$e") | JSON, "key": TEXTS | JSON, "m.in_reply_to": JSON},
        )
        | JSON,
        "m.new_content": st.fixed_dictionaries({"msgtype": MSGTYPES | JSON}, optional={"body": TEXTS | JSON}) | JSON,
        "event_ids": JSON,
        "membership": KNOWN | JSON,
        "users": JSON,
        "user_ids": JSON,
        "name": JSON,
        "redacts": JSON,
        "chatdesk.message": st.fixed_dictionaries(
            {}, optional={"rand": JSON, "client_time": JSON, "elements": st.lists(JSON, max_size=3) | JSON}
        )
        | JSON,
    },
)
EVENT = (
    st.fixed_dictionaries(
        {"type": TYPES | JSON, "event_id": st.just("$e") | JSON, "sender": st.just(BEN) | JSON},
        optional={
            "content": CONTENT | JSON,
            "state_key": st.just("") | st.just(BEN) | JSON,
            "origin_server_ts": JSON,
            "unsigned": st.dictionaries(
                st.sampled_from(["prev_content", "redacted_because", "transaction_id"]), CONTENT | JSON
            )
            | st.fixed_dictionaries(
                {
                    "m.relations": st.fixed_dictionaries(
                        {"m.replace": st.fixed_dictionaries({"event_id": KNOWN, "sender": KNOWN, "content": CONTENT})}
                    )
                }
            )
            | JSON,
            "redacts": JSON,
        },
    )
    | JSON
)
GOOD = message({"msgtype": "m.text", "body": "still here"}, event_id="$good")


def check_clean(batch: msgspec.Struct) -> None:
    """All text is encodable, all numbers fit what canonical JSON and the store can hold."""
    check_value(msgspec.json.decode(msgspec.json.encode(batch)))


def check_value(value: Any) -> None:
    if isinstance(value, dict):
        for item in value.values():
            check_value(item)
    elif isinstance(value, list):
        for item in value:
            check_value(item)
    elif isinstance(value, int):
        assert 0 <= value <= MAX_INT
    else:
        assert value is None or isinstance(value, str)


def text_of_good(batch: SyncBatch) -> bool:
    return any(
        m.message_id == "$good" and m.elements == (Text("still here"),) for c in batch.channels for m in c.messages
    )


@settings(max_examples=400, deadline=None)
@given(st.lists(EVENT, max_size=4), st.lists(EVENT, max_size=2))
def test_any_event(timeline: list[Any], others: list[Any]) -> None:
    rooms = {
        "join": {"!r": joined([*timeline, GOOD], others, others)},
        "invite": {"!i": {"invite_state": {"events": others}}},
        "leave": {"!l": joined(timeline)},
    }
    raw = json.dumps({"next_batch": "s1", "rooms": rooms, "account_data": {"events": others}}).encode()
    batch = sync_batch(raw, OWN)
    assert batch.skipped == ()
    assert len(batch.channels) == 3
    assert text_of_good(batch)
    check_clean(batch)


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENT, max_size=4), JSON, JSON)
def test_any_history_and_members(chunk: list[Any], start: Any, end: Any) -> None:
    page = history_page(json.dumps({"chunk": [*chunk, GOOD], "state": chunk, "start": start, "end": end}).encode(), OWN)
    assert page.messages[-1].elements == (Text("still here"),)
    check_clean(page)
    for person in members_of(json.dumps({"chunk": chunk}).encode()):
        check_clean(person)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["state", "timeline", "ephemeral", "summary", "unread_notifications"]), JSON), JSON
)
def test_any_room_leaves_the_others_alone(room: Json, odd: Any) -> None:
    rooms = {"join": {"!odd": odd, "!r": room, "!good": joined([GOOD])}, "invite": odd, "leave": {"!l": odd}}
    batch = sync_batch(json.dumps({"next_batch": "s1", "rooms": rooms, "account_data": odd}).encode(), OWN)
    assert text_of_good(batch)
    check_clean(batch)


@settings(max_examples=200, deadline=None)
@given(JSON | st.fixed_dictionaries({"next_batch": JSON, "rooms": JSON, "account_data": JSON}))
def test_any_answer(value: Any) -> None:
    raw = json.dumps(value).encode()
    is_sync = isinstance(value, dict) and isinstance(value.get("next_batch"), str) and value["next_batch"] != ""
    if is_sync:
        check_clean(sync_batch(raw, OWN))
    else:
        with pytest.raises(ServerError):
            sync_batch(raw, OWN)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=50))
def test_any_bytes_in_a_message(junk: bytes) -> None:
    """Bytes between quotes: escapes cut short, bad UTF-8, quotes. A whole answer may become unreadable, not worse."""
    event = b'{"type":"m.room.message","event_id":"$e","sender":"@b:x","content":{"body":"' + junk + b'"}}'
    raw = b'{"next_batch":"s","rooms":{"join":{"!r":{"timeline":{"events":[' + event + b"]}}}}}"
    with contextlib.suppress(ServerError):
        check_clean(sync_batch(raw, OWN))


@pytest.mark.parametrize(
    ("odd", "shown"),
    [
        (rb'"a\ud800b"', "a\ufffdb"),
        (rb'"\udc00\ud800"', "\ufffd\ufffd"),
        (rb'"\ud83d\ude00"', "😀"),
        (rb'"\\ud800"', r"\ud800"),
        (rb'"\\\ud800"', "\\\ufffd"),
        (b'"a\xffb"', "a\ufffdb"),
        (rb'"\u0000"', "\x00"),
    ],
)
def test_text_that_is_no_text(odd: bytes, shown: str) -> None:
    (incoming, good) = decoded_with(b'"msgtype":"m.text","body":' + odd)
    assert incoming == (Text(shown),)
    assert good == (Text("still here"),)


@pytest.mark.parametrize("number", [b"1e400", b"-1e400", b"9" * 5000, b"0.1"])
def test_numbers_that_are_none(number: bytes) -> None:
    incoming, _ = decoded_with(b'"msgtype":"m.text","body":"x","odd":' + number)
    assert incoming == (Text("x"),)


@pytest.mark.parametrize("depth", [90, 500, 1_000, 30_000])
def test_nesting_deeper_than_any_decoder_goes(depth: int) -> None:
    for deep in (b"[" * depth + b"]" * depth, b'{"[":' * depth + b'"}"' + b"}" * depth):
        incoming, good = decoded_with(b'"msgtype":"m.odd","body":"x","info":' + deep)
        assert incoming == (Unknown("m.odd", "x"),)
        assert good == (Text("still here"),)


def decoded_with(content: bytes) -> tuple[tuple[object, ...], tuple[object, ...]]:
    """Elements of a message with this content, and of the one after it."""
    event = b'{"type":"m.room.message","event_id":"$e","sender":"@b:x","content":{' + content + b"}}"
    good = json.dumps(GOOD).encode()
    raw = b'{"next_batch":"s","rooms":{"join":{"!r":{"timeline":{"events":[' + event + b"," + good + b"]}}}}}"
    first, second = sync_batch(raw, OWN).channels[0].messages
    return first.elements, second.elements
