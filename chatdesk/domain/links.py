"""Addresses of people, groups and messages: `https://matrix.to/#/…` and `matrix:…`, and what stands for them. Pure.

Both forms are described in the Matrix specification, appendix "Identifier grammar", sections "Matrix URI scheme" and
"matrix.to navigation". Since room version 12 the id of a group may have no server part, so nothing is split at ":".
"""

from enum import IntEnum
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from msgspec import Struct

MATRIX_TO = "https://matrix.to/#/"
_SIGILS = {"u": "@", "user": "@", "r": "#", "room": "#", "roomid": "!"}
_EVENTS = ("e", "event")
_LONGEST = 2048


class LinkKind(IntEnum):
    PERSON = 1
    GROUP = 2
    MESSAGE = 3


class Link(Struct, frozen=True):
    """`target` is a user id, a group's id or its address (`#name:server`); empty when only a message's id is known.
    `message_id` is set for MESSAGE. `servers` may help to join the group."""

    kind: LinkKind
    target: str
    message_id: str = ""
    servers: tuple[str, ...] = ()


def parse(text: str) -> Link | None:
    """What an address leads to; None when it is none. `@user:server`, `#name:server`, `!id`, `$id` count alone."""
    text = text.strip().strip("<>")
    if not text or len(text) > _LONGEST or any(sign.isspace() for sign in text):
        return None
    if text[0] in "@#!$":
        return _link([text], ())
    url = urlsplit(text)
    if url.scheme.lower() == "matrix":
        return _from_uri(url.path, url.query)
    if url.scheme.lower() in ("http", "https") and url.netloc.lower() in ("matrix.to", "www.matrix.to"):
        path, _, query = url.fragment.partition("?")
        parts = [unquote(part) for part in path.removeprefix("/").split("/")]
        return _link(parts, _servers(query))
    return None


def is_link(text: str) -> bool:
    """Whether an address of a message is for this program rather than for a browser."""
    return text[:7].lower() == "matrix:" or text[:23].lower().startswith(("https://matrix.to/", "http://matrix.to/"))


def person_link(user_id: str) -> str:
    return MATRIX_TO + quote(user_id, safe="")


def group_link(channel: str) -> str:
    return MATRIX_TO + quote(channel, safe="")


def message_link(channel: str, message_id: str) -> str:
    return f"{group_link(channel)}/{quote(message_id, safe='')}"


def _from_uri(path: str, query: str) -> Link | None:
    parts = [unquote(part) for part in path.split("/")]
    if len(parts) not in (2, 4) or parts[0] not in _SIGILS or not parts[1]:
        return None
    found = [_SIGILS[parts[0]] + parts[1]]
    if len(parts) == 4:
        if parts[2] not in _EVENTS or not parts[3]:
            return None
        found.append(f"${parts[3]}")
    return _link(found, _servers(query))


def _link(parts: list[str], servers: tuple[str, ...]) -> Link | None:
    target = parts[0]
    if len(target) < 2:
        return None
    message_id = parts[1] if len(parts) > 1 else ""
    match target[0]:
        case "@" if not message_id and target.find(":") > 1 and not target.endswith(":"):
            return Link(LinkKind.PERSON, target)
        case "#" if target.find(":") < 2 or target.endswith(":"):
            return None
        case "#" | "!" if message_id.startswith("$") and len(message_id) > 1:
            return Link(LinkKind.MESSAGE, target, message_id, servers)
        case "#" | "!" if not message_id:
            return Link(LinkKind.GROUP, target, "", servers)
        case "$":
            return Link(LinkKind.MESSAGE, "", target)
    return None


def _servers(query: str) -> tuple[str, ...]:
    return tuple(value for name, value in parse_qsl(query) if name == "via")[:5]
