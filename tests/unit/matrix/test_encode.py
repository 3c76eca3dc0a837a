"""What leaves: the standard form for one plain element, our own key for more; and everything comes back the same."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

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
from chatdesk.domain.errors import InputError
from chatdesk.domain.messages import EVERYONE
from chatdesk.matrix.encode import message_content
from chatdesk.matrix.lenient import MAX_INT
from tests.unit.matrix.events import Json, joined, message, one_room

URI = "mxc://example.org/abc"
PICTURE = Image(Media(URI, "a.png", "image/png", 99, "/home/ann/a.png"), 30, 20)


def content(*elements: Element) -> Json:
    value = json.loads(message_content(elements, 7, 900, "t1"))
    assert isinstance(value, dict)
    return value


def test_plain_text() -> None:
    assert content(Text("hello", "<b>hello</b>")) == {
        "msgtype": "m.text",
        "body": "hello",
        "format": "org.matrix.custom.html",
        "formatted_body": "<b>hello</b>",
        "m.mentions": {},
        "chatdesk.message": {"rand": 7, "client_time": 900, "txn": "t1"},
    }


def test_image() -> None:
    value = content(PICTURE)
    del value["chatdesk.message"], value["m.mentions"]
    assert value == {
        "msgtype": "m.image",
        "body": "a.png",
        "filename": "a.png",
        "url": URI,
        "info": {"w": 30, "h": 20, "mimetype": "image/png", "size": 99},
    }


def test_voice() -> None:
    spoken = Sound(Media(URI, "Voice message.m4a", "audio/mp4", 99), 3000, (0, 512, 1024), is_voice=True)
    value = content(spoken)
    assert value["msgtype"] == "m.audio"
    assert value["org.matrix.msc3245.voice"] == {}
    assert value["org.matrix.msc1767.audio"] == {"duration": 3000, "waveform": [0, 512, 1024]}
    plain = content(Sound(Media(URI, "a.ogg"), 3000))
    assert not [key for key in plain if key.startswith("org.matrix")]


def test_colours_in_brief() -> None:
    hashed = replace(PICTURE, blurhash="00TKrE")
    assert content(hashed)["info"]["xyz.amorgan.blurhash"] == "00TKrE"


def test_local_path_does_not_leave() -> None:
    assert "/home/ann" not in json.dumps(content(PICTURE, File(Media(URI, "f", path="/home/ann/f"))))


def test_several_elements_have_a_readable_body() -> None:
    value = content(Text("one\ntwo"), PICTURE, Face(3), Custom("d", "thing"), Location("1", "2"))
    assert value["msgtype"] == "m.text"
    assert value["body"] == "one\ntwo\na.png\n[…]\nthing\n1, 2"
    assert [part["msgtype"] for part in value["chatdesk.message"]["elements"]] == [
        "m.text",
        "m.image",
        "chatdesk.face",
        "chatdesk.custom",
        "m.location",
    ]


def test_attachment_with_caption_is_one_for_everybody() -> None:
    value = content(PICTURE, Text("look"))
    assert (value["msgtype"], value["body"], value["filename"], value["url"]) == ("m.image", "look", "a.png", URI)


@pytest.mark.parametrize(
    "element",
    [
        Tip(TipKind.JOINED),
        Unreadable("m"),
        Unknown("k", "d"),
        File(Media("", "not uploaded", path="/x")),
        File(Media("https://example.org/x", "elsewhere")),
        Location("52.5", "here"),
        Location("1e3", "2"),
        Text("  "),
    ],
)
def test_cannot_be_sent(element: Element) -> None:
    with pytest.raises(InputError):
        message_content([element], 1, 1, "t")


def test_nothing_cannot_be_sent() -> None:
    with pytest.raises(InputError):
        message_content([], 1, 1, "t")


TEXTS = st.text(max_size=30)
NAMES = st.text(min_size=1, max_size=30)
SIZES = st.integers(0, MAX_INT)
PIXELS = st.integers(0, 100_000)
MEDIA = st.builds(Media, st.just(URI), NAMES, TEXTS, SIZES)
THUMBNAIL = st.none() | st.builds(Media, st.just(URI), st.just(""), TEXTS, SIZES)
DEGREES = st.integers(-89, 89).map(str) | st.integers(-89, 89).map(lambda d: f"{d}.50")
FILLED = NAMES.filter(lambda text: bool(text.strip()))
ELEMENT = (
    st.builds(Text, FILLED, TEXTS.filter(lambda html: not html.startswith("<mx-reply>")))
    | st.builds(Image, MEDIA, PIXELS, PIXELS, THUMBNAIL)
    | st.builds(Sound, MEDIA, SIZES)
    | st.builds(Video, MEDIA, SIZES, PIXELS, PIXELS, THUMBNAIL)
    | st.builds(File, MEDIA)
    | st.builds(Location, DEGREES, DEGREES, TEXTS)
    | st.builds(Face, st.integers(0, 2**31 - 1), TEXTS, TEXTS)
    | st.builds(Custom, TEXTS, TEXTS, TEXTS, TEXTS)
)


@settings(max_examples=300, deadline=None)
@given(st.lists(ELEMENT, min_size=1, max_size=5), st.integers(0, 2**32 - 1), st.integers(1, MAX_INT))
def test_what_is_sent_comes_back(elements: list[Element], rand: int, client_time_ms: int) -> None:
    raw = message_content(elements, rand, client_time_ms, "t1")
    (incoming,) = one_room(joined([message(json.loads(raw))])).messages
    assert list(incoming.elements) == elements
    assert (incoming.rand, incoming.client_time_ms) == (rand, client_time_ms)


USERS = st.lists(st.sampled_from(["@ben:h", "@cleo:h", EVERYONE]), unique=True)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 3), TEXTS, USERS, st.booleans())
def test_what_goes_beside_the_elements_comes_back(
    priority: int, cloud_custom: str, mentions: list[str], is_forwarded: bool
) -> None:
    beside = {"priority": priority, "cloud_custom": cloud_custom, "mentions": mentions, "is_forwarded": is_forwarded}
    raw = message_content([Text("hi")], 1, 2, "t1", **beside)  # type: ignore[arg-type]
    (incoming,) = one_room(joined([message(json.loads(raw))])).messages
    assert (incoming.priority, incoming.cloud_custom) == (priority, cloud_custom)
    assert incoming.is_forwarded == is_forwarded
    assert set(incoming.mentions) == set(mentions)
    standard = json.loads(raw)["m.mentions"]
    assert standard.get("room", False) == (EVERYONE in mentions)
    assert EVERYONE not in standard.get("user_ids", [])


def test_the_hash_of_a_file_and_the_size_of_its_small_picture_travel() -> None:
    picture = Image(
        Media(URI, "a.png", "image/png", 99, sha256="a" * 64), 30, 20, Media(URI, "", "image/png", 9, width=3, height=2)
    )
    (incoming,) = one_room(joined([message(content(picture))])).messages
    assert incoming.elements == (picture,)
    forged = content(picture)
    forged["info"]["chatdesk.sha256"] = "not a hash"
    (incoming,) = one_room(joined([message(forged)])).messages
    (element,) = incoming.elements
    assert isinstance(element, Image)
    assert element.media.sha256 == ""


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(), min_size=1).filter(lambda t: bool(t.strip())), st.integers(), st.integers())
def test_only_what_canonical_json_takes_leaves(text: str, number: int, rand: int) -> None:
    """Lone surrogates are replaced, and integers stay within 2^53."""
    raw = message_content([Text(text), Face(number, text), File(Media(URI, text, text, number))], rand, number, text)

    def no_float(digits: str) -> None:
        raise AssertionError(digits)

    def in_range(digits: str) -> int:
        assert 0 <= int(digits) <= MAX_INT
        return int(digits)

    json.loads(raw.decode("utf-8"), parse_float=no_float, parse_int=in_range)
    assert not any(0xD800 <= ord(c) <= 0xDFFF for c in json.dumps(json.loads(raw), ensure_ascii=False))
