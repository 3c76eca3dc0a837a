"""From an event's content to the elements of a message. Pure, any thread; hostile content degrades, it never raises.

Several elements in one event travel in our own key (`chatdesk.message`), each in the form it would have alone:
`{"msgtype": "m.image", "body": ..., "url": ..., "info": ...}`. encode.py is the other direction.
"""

import re
from typing import Any

from chatdesk.domain.blurhash import is_blurhash
from chatdesk.domain.elements import (
    LOUDEST,
    Custom,
    Element,
    Face,
    File,
    Image,
    Location,
    Media,
    Sound,
    Text,
    Unknown,
    Unreadable,
    Video,
)
from chatdesk.domain.ids import localpart
from chatdesk.domain.messages import EVERYONE
from chatdesk.matrix.lenient import mapping, number, sequence, strings, text
from chatdesk.matrix.mxc import mxc

OWN_KEY = "chatdesk.message"
FACE = "chatdesk.face"
CUSTOM = "chatdesk.custom"
SHA256 = "chatdesk.sha256"
HTML_FORMAT = "org.matrix.custom.html"
MAX_ELEMENTS = 500
MAX_MENTIONS = 1000
_MAX_PIXELS = 100_000
BLURHASH = "xyz.amorgan.blurhash"
VOICE = "org.matrix.msc3245.voice"
AUDIO = "org.matrix.msc1767.audio"
MAX_LEVELS = 120
_MAX_FACE = 2**31 - 1

_GEO = re.compile(r"geo:(-?[0-9]{1,3}(?:\.[0-9]{1,20})?),(-?[0-9]{1,3}(?:\.[0-9]{1,20})?)(?:[,;].*)?", re.S)
_HASH = re.compile(r"[0-9a-f]{64}")
_REPLY_QUOTE = re.compile(r"> (?:\* )?<@[^>\n]+>")


def elements_of(event_type: str, content: dict[str, Any], sender: str) -> tuple[Element, ...]:
    """What a message event shows; empty when it shows nothing."""
    match event_type:
        case "m.room.message":
            return _own_elements(content, sender) or _plain_elements(content, sender)
        case "m.sticker":
            return (_media_element("m.image", content) or Unknown("m.sticker", text(content.get("body"))),)
        case "m.room.encrypted":
            return (Unreadable(text(content.get("algorithm"))),)
    body = text(content.get("body"))
    return (Unknown(event_type, body),) if body.strip() else ()


def own_data(content: dict[str, Any]) -> dict[str, Any]:
    """chatdesk's own marking on a message, or empty."""
    return mapping(content.get(OWN_KEY))


def mentions_of(content: dict[str, Any]) -> tuple[str, ...]:
    """The user ids a message addresses, and EVERYONE."""
    mentions = mapping(content.get("m.mentions"))
    everyone = (EVERYONE,) if mentions.get("room") is True else ()
    return (*dict.fromkeys(strings(mentions.get("user_ids"))[:MAX_MENTIONS]), *everyone)


def _own_elements(content: dict[str, Any], sender: str) -> tuple[Element, ...]:
    parts = sequence(own_data(content).get("elements"))[:MAX_ELEMENTS]
    return tuple(_element(part, sender) for part in parts if isinstance(part, dict) and text(part.get("msgtype")))


def _plain_elements(content: dict[str, Any], sender: str) -> tuple[Element, ...]:
    """The element of a standard message; a caption under an attachment becomes a second one."""
    element = _element(content, sender)
    caption = _body(content)
    if isinstance(element, Image | Sound | Video | File) and text(content.get("filename")) not in ("", caption):
        return (element, _text(content, caption)) if caption.strip() else (element,)
    return (element,)


def _element(content: dict[str, Any], sender: str) -> Element:
    kind = text(content.get("msgtype"))
    body = _body(content)
    match kind:
        case "m.text" | "m.notice" if body.strip():
            return _text(content, body)
        case "m.emote" if body.strip():
            return Text(f"* {localpart(sender)} {body}")
        case "m.image" | "m.audio" | "m.video" | "m.file":
            return _media_element(kind, content) or Unknown(kind, body)
        case "m.location":
            return _location(text(content.get("geo_uri")), body) or Unknown(kind, body)
        case "chatdesk.face":
            return Face(number(content.get("index"), _MAX_FACE), text(content.get("data")), body)
        case "chatdesk.custom":
            return Custom(text(content.get("data")), body, text(content.get("ext")), text(content.get("sound")))
    return Unknown(kind or "m.room.message", body)


def _text(content: dict[str, Any], body: str) -> Text:
    html = text(content.get("formatted_body")) if content.get("format") == HTML_FORMAT else ""
    if html.startswith("<mx-reply>"):
        html = html.partition("</mx-reply>")[2]
    return Text(body, html)


def _body(content: dict[str, Any]) -> str:
    """The body without the quotation older clients put before a reply."""
    body = text(content.get("body"))
    if not mapping(mapping(content.get("m.relates_to")).get("m.in_reply_to")) or not _REPLY_QUOTE.match(body):
        return body
    lines = body.split("\n")
    first = next((i for i, line in enumerate(lines) if not line.startswith(">")), len(lines))
    if first < len(lines) and not lines[first].strip():
        first += 1
    return "\n".join(lines[first:]) or body


def _media_element(kind: str, content: dict[str, Any]) -> Image | Sound | Video | File | None:
    uri = mxc(content.get("url"))
    if not uri:
        return None
    info = mapping(content.get("info"))
    name = text(content.get("filename")) or _body(content)
    media = Media(uri, name, text(info.get("mimetype")), number(info.get("size")), sha256=_sha256(info))
    width, height = number(info.get("w"), _MAX_PIXELS), number(info.get("h"), _MAX_PIXELS)
    match kind:
        case "m.image":
            return Image(media, width, height, _thumbnail(info), _blurhash(info))
        case "m.audio":
            return _sound(media, info, content)
        case "m.video":
            return Video(media, number(info.get("duration")), width, height, _thumbnail(info), _blurhash(info))
    return File(media)


def _sound(media: Media, info: dict[str, Any], content: dict[str, Any]) -> Sound:
    """A voice message says so, and how loud it is where (MSC3245, MSC3246, in the form every client sends today)."""
    details = mapping(content.get(AUDIO))
    levels = sequence(details.get("waveform"))[:MAX_LEVELS]
    return Sound(
        media,
        number(info.get("duration")) or number(details.get("duration")),
        tuple(number(level, LOUDEST) for level in levels),
        isinstance(content.get(VOICE), dict),
    )


def _thumbnail(info: dict[str, Any]) -> Media | None:
    uri = mxc(info.get("thumbnail_url"))
    if not uri:
        return None
    details = mapping(info.get("thumbnail_info"))
    return Media(
        uri,
        "",
        text(details.get("mimetype")),
        number(details.get("size")),
        sha256=_sha256(details),
        width=number(details.get("w"), _MAX_PIXELS),
        height=number(details.get("h"), _MAX_PIXELS),
    )


def _blurhash(info: dict[str, Any]) -> str:
    said = text(info.get(BLURHASH))
    return said if is_blurhash(said) else ""


def _sha256(info: dict[str, Any]) -> str:
    said = text(info.get(SHA256))
    return said if _HASH.fullmatch(said) else ""


def _location(geo_uri: str, body: str) -> Location | None:
    match = _GEO.fullmatch(geo_uri)
    if match is None or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
        return None
    description = "" if body == f"{match[1]}, {match[2]}" else body
    return Location(match[1], match[2], description)
