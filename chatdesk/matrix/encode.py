"""From the elements of a message to the content that leaves. Pure, any thread.

One plain element travels in the standard form every client shows. Several (or a face, or custom data) travel in our
own key, each in the form content.py reads, with a readable body for everybody else.
"""

import re
from collections.abc import Sequence
from typing import Any

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
    Tip,
    Unknown,
    Unreadable,
    Video,
)
from chatdesk.domain.errors import InputError, InvalidElement, ServerElement
from chatdesk.domain.messages import EVERYONE
from chatdesk.domain.wording import Sentence
from chatdesk.matrix.content import AUDIO, BLURHASH, CUSTOM, FACE, HTML_FORMAT, MAX_LEVELS, OWN_KEY, SHA256, VOICE
from chatdesk.matrix.lenient import json_bytes, number
from chatdesk.matrix.mxc import mxc
from chatdesk.matrix.relations import ANNOTATION, REPLACE, THREAD

_MAX_RAND = 2**32 - 1
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?")


def message_content(
    elements: Sequence[Element],
    rand: int,
    client_time_ms: int,
    txn_id: str,
    *,
    priority: int = 1,
    cloud_custom: str = "",
    mentions: Sequence[str] = (),
    reply_to: str = "",
    thread: str = "",
    is_forwarded: bool = False,
) -> bytes:
    """The JSON of one message. Raises InputError when an element cannot be sent (yet)."""
    content, own_elements = _content(elements)
    own: dict[str, Any] = {"rand": rand & _MAX_RAND, "client_time": number(client_time_ms), "txn": txn_id}
    if priority != 1:
        own["priority"] = number(priority)
    if cloud_custom:
        own["cloud_custom"] = cloud_custom
    if is_forwarded:
        own["forwarded"] = True
    # Empty mentions: nobody is addressed, servers need not guess from names in the text.
    whole = content | {"m.mentions": _mentions(mentions), OWN_KEY: own | own_elements}
    if reply_to:
        relation: dict[str, Any] = {"m.in_reply_to": {"event_id": reply_to}}
        if thread:
            relation |= {"rel_type": THREAD, "event_id": thread, "is_falling_back": False}
        whole["m.relates_to"] = relation
    return json_bytes(whole)


def edit_content(
    elements: Sequence[Element],
    target_id: str,
    txn_id: str,
    mentions: Sequence[str] = (),
    known_mentions: Sequence[str] = (),
) -> bytes:
    """The JSON of an edit of message `target_id`. Who was addressed before (`known_mentions`) is not alerted again.

    Clients that know no edits show the whole new text behind a star, as the specification asks.
    """
    content, own_elements = _content(elements)
    fallback = content | {"body": f"* {content['body']}"}
    if "formatted_body" in content:
        fallback["formatted_body"] = f"* {content['formatted_body']}"
    replacement = content | {"m.mentions": _mentions(mentions)}
    if own_elements:
        replacement[OWN_KEY] = own_elements
    added = [user for user in mentions if user not in known_mentions]
    return json_bytes(
        fallback
        | {
            "m.new_content": replacement,
            "m.mentions": _mentions(added),
            "m.relates_to": {"rel_type": REPLACE, "event_id": target_id},
            OWN_KEY: {"txn": txn_id},
        }
    )


def reaction_content(target_id: str, symbol: str, txn_id: str) -> bytes:
    relation = {"rel_type": ANNOTATION, "event_id": target_id, "key": symbol}
    return json_bytes({"m.relates_to": relation, OWN_KEY: {"txn": txn_id}})


def _content(elements: Sequence[Element]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The standard content of a message and what chatdesk's own key adds to it."""
    if all(isinstance(element, Text) and not element.content.strip() for element in elements):
        raise InvalidElement("There is nothing to send.")
    parts = [_part(element) for element in elements]
    match elements:
        case [Text() | Image() | Sound() | Video() | File() | Location()]:
            return parts[0], {}
        case [Image() | Sound() | Video() | File(), Text()]:
            # An attachment with a caption: other clients show both.
            content = parts[0] | {key: parts[1][key] for key in ("body", "format", "formatted_body") if key in parts[1]}
        case _:
            content = {"msgtype": "m.text", "body": "\n".join(part["body"] or "[…]" for part in parts)}
    return content, {"elements": parts}


def _mentions(users: Sequence[str]) -> dict[str, Any]:
    named = list(dict.fromkeys(user for user in users if user != EVERYONE))
    everyone = {"room": True} if EVERYONE in users else {}
    return ({"user_ids": named} if named else {}) | everyone


def _part(element: Element) -> dict[str, Any]:
    """One element in the form it has alone."""
    match element:
        case Text(content=content, html=html):
            formatted = {"format": HTML_FORMAT, "formatted_body": html} if html else {}
            return {"msgtype": "m.text", "body": content, **formatted}
        case Image(media=media, width=width, height=height, thumbnail=thumbnail, blurhash=blurhash):
            return _attachment("m.image", media, thumbnail, blurhash, w=width, h=height)
        case Sound(media=media, duration_ms=duration_ms):
            return _attachment("m.audio", media, duration=duration_ms) | _voice(element)
        case Video(media, duration_ms, width, height, thumbnail, blurhash):
            return _attachment("m.video", media, thumbnail, blurhash, duration=duration_ms, w=width, h=height)
        case File(media=media):
            return _attachment("m.file", media)
        case Location(latitude=latitude, longitude=longitude, description=description):
            if not (_is_degree(latitude, 90) and _is_degree(longitude, 180)):
                raise InvalidElement("These are not coordinates. They look like 52.5163, 13.3777")
            body = description or f"{latitude}, {longitude}"
            return {"msgtype": "m.location", "body": body, "geo_uri": f"geo:{latitude},{longitude}"}
        case Face(index=index, data=data, description=description):
            return {"msgtype": FACE, "body": description, "index": number(index), "data": data}
        case Custom(data=data, description=description, ext=ext, sound=sound):
            return {"msgtype": CUSTOM, "body": description, "data": data, "ext": ext, "sound": sound}
        case Tip() | Unreadable() | Unknown():
            raise ServerElement("This part of the message cannot be sent: only the server makes it.")


def _voice(sound: Sound) -> dict[str, Any]:
    """What makes others show a voice message with its waveform."""
    levels = [number(level, LOUDEST) for level in sound.waveform[:MAX_LEVELS]]
    details: dict[str, Any] = {"duration": number(sound.duration_ms)} | ({"waveform": levels} if levels else {})
    marked: dict[str, Any] = {VOICE: {}} if sound.is_voice else {}
    return marked | ({AUDIO: details} if sound.is_voice or levels else {})


def _is_degree(text: str, limit: int) -> bool:
    return _DEGREES.fullmatch(text) is not None and abs(float(text)) <= limit


def _attachment(
    msgtype: str, media: Media, thumbnail: Media | None = None, blurhash: str = "", **numbers: int
) -> dict[str, Any]:
    if not mxc(media.uri):
        raise InputError(Sentence("“{name}” has not been uploaded yet.", name=media.name))
    info: dict[str, Any] = _info(media, **numbers)
    if blurhash:
        info[BLURHASH] = blurhash
    if thumbnail is not None and mxc(thumbnail.uri):
        small = _info(thumbnail, w=thumbnail.width, h=thumbnail.height)
        info |= {"thumbnail_url": thumbnail.uri, "thumbnail_info": small}
    name = media.name or "file"
    return {"msgtype": msgtype, "body": name, "filename": name, "url": media.uri, "info": info}


def _info(media: Media, **numbers: int) -> dict[str, Any]:
    """What is known of a file; unknown (0 or empty) is left out."""
    known: dict[str, Any] = {key: number(value) for key, value in (numbers | {"size": media.size}).items()}
    texts = {"mimetype": media.mime, SHA256: media.sha256}
    return {key: value for key, value in (known | texts).items() if value}
