"""The shapes of the client-server API's answers, and their decoders. Pure, any thread (big answers: a worker thread).

A sync answer is opened envelope first, each room left as undecoded bytes, then room by room, then event by event: no
single call holds the interpreter for long, and what is odd in one event costs that event only. Fields a stranger
fills are `Any` and are read through `lenient`.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct, field

from chatdesk.domain.errors import ServerError
from chatdesk.matrix.lenient import loose_object, mapping, repair, text

T = TypeVar("T")
_NOTHING = Raw(b"null")


class Login(Struct, frozen=True, gc=False):
    """What a successful login gives. `token` is a secret: repr leaves it out."""

    user_id: str
    device_id: str
    token: str

    def __repr__(self) -> str:
        return f"Login(user_id={self.user_id!r}, device_id={self.device_id!r})"


class Event(Struct, frozen=True, gc=False):
    """Any event, stripped state included."""

    type: Any = ""
    event_id: Any = ""
    sender: Any = ""
    origin_server_ts: Any = 0
    state_key: Any = None
    content: Any = None
    unsigned: Any = None
    redacts: Any = None
    prev_content: Any = None


class EventList(Struct, frozen=True, gc=False):
    """Some servers write null for an empty list, here and wherever else None is allowed."""

    events: list[Raw] | None = None


class Timeline(Struct, frozen=True, gc=False):
    events: list[Raw] | None = None
    limited: Any = False
    prev_batch: Any = ""


class JoinedRoom(Struct, frozen=True, gc=False):
    """A room of the `join` or `leave` section."""

    state: EventList | None = None
    timeline: Timeline | None = None
    ephemeral: EventList | None = None
    summary: Any = None
    unread_notifications: Any = None
    account_data: EventList | None = None


class InvitedRoom(Struct, frozen=True, gc=False):
    invite_state: EventList | None = None


class RoomSections(Struct, frozen=True, gc=False):
    join: Raw = _NOTHING
    invite: Raw = _NOTHING
    leave: Raw = _NOTHING


class SyncEnvelope(Struct, frozen=True, gc=False):
    next_batch: str
    rooms: Raw = _NOTHING
    account_data: Raw = _NOTHING


class MessagesPage(Struct, frozen=True, gc=False):
    """Answer of /messages."""

    chunk: list[Raw] | None = None
    state: list[Raw] | None = None
    start: Any = ""
    end: Any = ""


class RelationsPage(Struct, frozen=True, gc=False):
    """Answer of /relations."""

    chunk: list[Raw] | None = None
    next_batch: Any = ""


class Context(Struct, frozen=True, gc=False):
    """Answer of /context."""

    event: Raw = _NOTHING
    events_before: list[Raw] | None = None
    events_after: list[Raw] | None = None


class MemberList(Struct, frozen=True, gc=False):
    chunk: list[Raw] | None = None


class ErrorBody(Struct, frozen=True, gc=False):
    code: Any = field(name="errcode", default="")
    error: Any = ""
    retry_after_ms: Any = None
    soft_logout: Any = False
    session: Any = ""
    flows: Any = None
    """Ways to prove who asks, where the server wants a proof for this one request."""


ENVELOPE = msgspec.json.Decoder(SyncEnvelope)
SECTIONS = msgspec.json.Decoder(RoomSections | None)
SECTION = msgspec.json.Decoder(dict[str, Raw] | None)
JOINED_ROOM = msgspec.json.Decoder(JoinedRoom)
INVITED_ROOM = msgspec.json.Decoder(InvitedRoom)
EVENT_LIST = msgspec.json.Decoder(EventList | None)
MESSAGES_PAGE = msgspec.json.Decoder(MessagesPage)
CONTEXT = msgspec.json.Decoder(Context)
RELATIONS_PAGE = msgspec.json.Decoder(RelationsPage)
MEMBER_LIST = msgspec.json.Decoder(MemberList)
_EVENT = msgspec.json.Decoder(Event)
_ERROR = msgspec.json.Decoder(ErrorBody)
_OBJECT = msgspec.json.Decoder(dict[str, Any])


def decode(decoder: msgspec.json.Decoder[T], raw: bytes | Raw) -> T:
    """Decode, mending what can be mended. Raises msgspec.DecodeError when the shape itself is wrong."""
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return decoder.decode(repair(bytes(raw)))


def decode_answer(decoder: msgspec.json.Decoder[T], raw: bytes) -> T:
    """Decode a whole answer. Raises ServerError when it is not what the API promises."""
    try:
        return decode(decoder, raw)
    except msgspec.DecodeError as error:
        raise ServerError("The server sent an answer that chatdesk cannot understand.") from error


def event_of(raw: Raw) -> Event:
    """One event; never raises. What is no event at all comes back without a type."""
    try:
        return _EVENT.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        loose = loose_object(bytes(raw))
        return Event(**{name: loose[name] for name in Event.__struct_fields__ if name in loose})


def object_of(raw: bytes) -> dict[str, Any] | None:
    """A JSON object, or None when the bytes are something else."""
    try:
        return decode(_OBJECT, raw)
    except msgspec.DecodeError:
        return None


def error_body(raw: bytes) -> ErrorBody | None:
    """The API's error object, or None when the body is not one (a proxy's page, say)."""
    try:
        body = decode(_ERROR, raw)
    except msgspec.DecodeError:
        return None
    return body if text(body.code) or body.flows else None


def events_of(raws: Iterable[Raw] | None) -> Iterator[Event]:
    return map(event_of, raws or ())


def content_of(event: Event) -> dict[str, Any]:
    return mapping(event.content)
