"""The SDK's JSON to domain objects and back: what goes out comes in again unchanged."""

import contextlib
import json
import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    Video,
)
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import EVERYONE, Message, MessageOrigin, MessageState
from chatdesk.interchange import reading
from chatdesk.interchange.elements import element_objects, media_uri, read_elements, rendition_size
from chatdesk.interchange.messages import (
    ReadState,
    encode,
    local_message,
    locator_object,
    locator_of_input,
    message_object,
    read_locators,
    read_message,
)

OWN = "@ann:example.org"
BEN = "@ben:example.org"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
names = st.text("abcdefghijklmnopqrstuvwxyz.-_ 今", min_size=1, max_size=12).map(lambda name: name + ".xyz")
sizes = st.integers(0, 2**40)
pixels = st.integers(1, 10_000)
uris = st.text("abcdefABCDEF0123456789", min_size=1, max_size=12).map("mxc://example.org/".__add__)


def decimal(limit: int) -> st.SearchStrategy[str]:
    return st.integers(-limit * 10**9, limit * 10**9).map(lambda number: _plain(number / 10**9))


def _plain(value: float) -> str:
    text = f"{value:.9f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


elements: st.SearchStrategy[Element] = st.one_of(
    st.builds(Text, texts),
    st.builds(Face, st.integers(-(2**31), 2**31 - 1), texts),
    st.builds(Custom, texts, texts, texts, texts),
    st.builds(Location, decimal(90), decimal(180), texts),
    st.builds(
        lambda uri, name, size: File(Media(uri, "f" + name, "chemical/x-xyz", size, "/tmp/f" + name)),
        uris,
        names,
        sizes,
    ),
    st.builds(
        lambda uri, size, seconds: Sound(Media(uri, "", "", size), seconds * 1000), uris, sizes, st.integers(0, 86400)
    ),
    st.builds(
        lambda uri, small, size, width, height: Image(
            Media(uri, "", "image/png", size),
            width,
            height,
            Media(small, size=size, width=min(width, 99), height=min(height, 99)),
        ),
        uris,
        uris.map(lambda uri: uri + "-small"),
        sizes,
        pixels,
        pixels,
    ),
    st.builds(
        lambda uri, small, size, width, height: Video(
            Media(uri, "", "video/mp4", size), 3000, width, height, Media(small, "", "image/jpeg", size)
        ),
        uris,
        uris,
        sizes,
        pixels,
        pixels,
    ),
    st.builds(Tip, st.sampled_from([TipKind.RENAMED, TipKind.TOPIC, TipKind.AVATAR]), st.just(()), texts),
    st.builds(
        lambda kind, users: Tip(kind, tuple(users)),
        st.sampled_from([TipKind.INVITED, TipKind.JOINED, TipKind.LEFT, TipKind.KICKED, TipKind.ROLES]),
        st.lists(st.sampled_from([OWN, BEN]), max_size=2),
    ),
)
messages = st.builds(
    Message,
    key=st.integers(1, 2**40),
    conversation=st.sampled_from(
        [ConversationId(ConversationType.C2C, BEN), ConversationId(ConversationType.GROUP, "!g:example.org")]
    ),
    position=st.integers(1, 2**60),
    sender=st.sampled_from([OWN, BEN]),
    sender_name=texts,
    is_self=st.booleans(),
    time_ms=st.integers(0, 2**32 - 1).map(lambda seconds: seconds * 1000),
    state=st.sampled_from([MessageState.SYNCED, MessageState.FAILED]),
    elements=st.lists(elements, min_size=1, max_size=4).map(tuple),
    message_id=st.sampled_from(["$one", "$two"]),
    rand=st.integers(0, 2**32 - 1),
    client_time_ms=st.integers(0, 2**32 - 1).map(lambda seconds: seconds * 1000),
    priority=st.integers(0, 3),
    cloud_custom=texts,
    mentions=st.lists(st.sampled_from([BEN, EVERYONE]), max_size=2).map(tuple),
    custom_int=st.integers(0, 2**32 - 1),
    custom_str=texts,
)


@given(st.lists(elements, max_size=5))
def test_elements_come_back(given_elements: list[Element]) -> None:
    text = encode(element_objects(given_elements, "!g:example.org", OWN))
    assert read_elements(reading.read(text)) == tuple(given_elements)


@given(messages)
def test_a_message_comes_back(message: Message) -> None:
    """What a callback brings can be imported, or name the message it came from."""
    said = read_message(reading.read(encode(message_object(message))))
    local = local_message(said, OWN, lambda user: user)
    if not message.is_tip:
        assert local.sender == message.sender
        assert local.elements == message.elements
    assert (local.server_time_s * 1000, local.client_time_s * 1000) == (message.time_ms, message.client_time_ms)
    assert (local.rand, local.seq, local.state) == (message.rand, message.seq, message.state)
    assert (local.priority, local.cloud_custom, local.mentions) == (
        message.priority,
        message.cloud_custom,
        message.mentions,
    )
    assert (local.custom_int, local.custom_str, local.message_id) == (
        message.custom_int,
        message.custom_str,
        message.message_id,
    )
    if message.is_self == (message.sender == OWN) and message.time_ms:
        assert locator_of_input(said, OWN, lambda user: user).fits(message) or message.is_tip


@given(messages)
def test_a_locator_finds_its_message(message: Message) -> None:
    (locator,) = read_locators([reading.read(encode(locator_object(message)))])
    assert locator.fits(message) or not message.time_ms
    assert (locator.unique_id, locator.is_revoked) == (message.unique_id, True)


@given(messages)
def test_keys_are_sorted(message: Message) -> None:
    text = encode(message_object(message))
    keys = list(json.loads(text))
    assert keys == sorted(keys)
    assert all(key.startswith("message_") for key in keys)


def test_the_text_is_plain_utf_8() -> None:
    text = encode(message_object(message_with(elements=(Text("grüße 今天 🙂"),))))
    assert "grüße 今天 🙂" in text


def message_with(**changes: Any) -> Message:
    base = Message(
        1, ConversationId(ConversationType.C2C, BEN), 5, OWN, "Ann", True, 1_000_500, MessageState.SYNCED, (Text("a"),)
    )
    return msgspec.structs.replace(base, **changes)


def test_a_whole_message() -> None:
    found = json.loads(encode(message_object(message_with(message_id="$x", rand=9))))
    assert len(found) == 44
    assert found["message_unique_id"] == 1000 << 32 | 9
    assert (found["message_msg_id"], found["message_status"], found["message_seq"]) == ("$x", 2, 5)
    assert found["message_sender_profile"] == {
        "user_profile_face_url": "",
        "user_profile_friend_remark": "",
        "user_profile_identifier": OWN,
        "user_profile_nick_name": "Ann",
    }
    group = message_with(conversation=ConversationId(ConversationType.GROUP, "!g"))
    assert len(json.loads(encode(message_object(group)))) == 45


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"state": MessageState.QUEUED, "position": 1 << 62}, 1),
        ({"state": MessageState.UPLOADING, "position": 1 << 62}, 1),
        ({"state": MessageState.SENT, "position": 1 << 62}, 1),
        ({"state": MessageState.SYNCED}, 2),
        ({"state": MessageState.FAILED, "position": 1 << 62}, 3),
        ({"is_deleted": True}, 4),
        ({"origin": MessageOrigin.IMPORTED}, 5),
        ({"origin": MessageOrigin.IMPORTED, "state": MessageState.REVOKED}, 6),
        ({"origin": MessageOrigin.SAVED}, 2),
        ({"state": MessageState.REVOKED}, 6),
    ],
)
def test_status(changes: dict[str, Any], status: int) -> None:
    assert message_object(message_with(**changes)).status == status


def test_read_by_the_peer_and_in_a_group() -> None:
    assert not message_object(message_with()).is_peer_read
    assert message_object(message_with(), ReadState(0, {BEN: 5})).is_peer_read
    assert not message_object(message_with(), ReadState(0, {BEN: 4, OWN: 9})).is_peer_read
    group = message_with(conversation=ConversationId(ConversationType.GROUP, "!g"))
    found = message_object(group, ReadState(0, {BEN: 5, "@c:x": 7, "@d:x": 1}, 5))
    assert (found.group_receipt_read_count, found.group_receipt_unread_count) == (2, 2)
    theirs = message_with(is_self=False, sender=BEN)
    assert not message_object(theirs, ReadState(4)).is_read
    assert message_object(theirs, ReadState(5)).is_read


def test_three_renditions() -> None:
    image = Image(Media("mxc://a/b", size=5_000_000, mime="image/jpeg"), 4000, 3000)
    (found,) = element_objects([image], "", "")
    assert found["image_elem_orig_url"] == "mxc://a/b"
    assert found["image_elem_large_url"] == "mxc://a/b#960x720"
    assert (found["image_elem_thumb_pic_width"], found["image_elem_thumb_pic_height"]) == (264, 198)
    assert media_uri(found["image_elem_large_url"], "") == media_uri("", found["image_elem_thumb_id"]) == "mxc://a/b"
    assert rendition_size("", found["image_elem_large_id"]) == (960, 720)
    small = Image(Media("mxc://a/c", size=9), 198, 100)
    (found,) = element_objects([small], "", "")
    assert {found[f"image_elem_{name}_url"] for name in ("orig", "large", "thumb")} == {"mxc://a/c"}


@pytest.mark.parametrize(
    "url", ["", "https://example.org/x", "mxc://", "mxc://a", "mxc://a/", "file:///etc/passwd", "a"]
)
def test_what_is_no_file_address(url: str) -> None:
    assert media_uri(url, "") == ""


# Reading


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | texts, lambda v: st.lists(v) | st.dictionaries(texts, v))
)
def test_reading_json(value: Any) -> None:
    text = json.dumps(value)
    assert reading.read(text) == value
    assert reading._repair(text) == value


@given(st.recursive(st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | texts, st.lists))
def test_the_lenient_reader_agrees(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert reading._repair(text) == json.loads(text)


@given(st.text())
def test_reading_never_breaks(text: str) -> None:
    with contextlib.suppress(reading.NotJson):
        reading.read(reading.text_of(text))


@given(st.binary())
def test_reading_bytes_never_breaks(data: bytes) -> None:
    text = reading.text_of(data)
    text.encode()
    with contextlib.suppress(reading.NotJson):
        reading.read_items(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('["\\ud83d\\ude00"]', ["😀"]),
        ('["\\ud83d"]', ["\ufffd"]),
        ('["\\ud83d\\ud83d\\ude00x"]', ["\ufffd😀x"]),
        ('["C:\\q"]', ["C:\\q"]),
        ('["\\u12"]', ["\\u12"]),
        ("[1,]", [1]),
        ("[[],]", [[]]),
        ('{"a":[1,2,],"b":{}}', {"a": [1, 2], "b": {}}),
        ('["\\q\\n\\"\\\\"]', ['\\q\n"\\']),
    ],
)
def test_what_is_forgiven(text: str, value: Any) -> None:
    assert reading.read(text) == value


def test_numbers() -> None:
    values = {"a": 1.9, "b": 1e3, "c": -1, "d": "5", "e": True, "f": 10**30, "g": 2**64 - 1}
    numbers = [reading.number(values, key, 7) for key in "abcdefgh"]
    assert numbers == [1, 1000, reading.MAX_INT, 7, 7, reading.MAX_INT, reading.MAX_INT, 7]
    assert math.isfinite(reading.signed(values, "f"))


def test_huge_arrays_stay_unread() -> None:
    items = reading.read_items("[" + ",".join(['{"message_sender":"ann"}'] * 1000) + "]")
    assert all(isinstance(item, msgspec.Raw) for item in items)
    assert reading.read_item(items[999]) == {"message_sender": "ann"}
