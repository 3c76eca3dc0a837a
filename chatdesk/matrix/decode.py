"""From the server's bytes to domain types: `sync_batch` and `history_page`. Pure; run in a worker thread.

Must never raise for anything a user of some server can put into an event. A room whose outer shape is broken is
skipped with its reason; only an answer that is no sync answer at all raises ServerError.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Raw

from chatdesk.domain.changes import ChannelBatch, Cleared, HistoryPage, IncomingReceipt, SyncBatch
from chatdesk.domain.conversations import Member, Membership
from chatdesk.domain.elements import Element
from chatdesk.domain.errors import ServerError
from chatdesk.domain.messages import IncomingEdit, IncomingMessage, IncomingReaction, Revocation
from chatdesk.matrix import signs, wire
from chatdesk.matrix.content import elements_of, mentions_of, own_data
from chatdesk.matrix.facts import RoomFacts, member_of
from chatdesk.matrix.lenient import mapping, number, strings, text
from chatdesk.matrix.relations import HIDDEN, Related, hidden_ids, is_relation, reply_of, thread_of
from chatdesk.matrix.signs import signs_of
from chatdesk.matrix.tips import tip_of
from chatdesk.matrix.wire import Event

_RoomDecoder = Callable[[str, Raw, str], ChannelBatch]
MAX_RAND = 2**32 - 1
LOWEST_PRIORITY = 3
CLEARED = "chatdesk.cleared"
"""Room account data: the account wants nothing shown up to and including this message."""
_REDACTABLE = frozenset({"m.room.message", "m.room.encrypted", "m.sticker"})


def sync_batch(raw: bytes, own_user_id: str) -> SyncBatch:
    """Everything one sync answer says. Raises ServerError when it is not a sync answer."""
    envelope = wire.decode_answer(wire.ENVELOPE, raw)
    if not envelope.next_batch:
        raise ServerError("The server sent a sync answer without a token.")
    channels: list[ChannelBatch] = []
    skipped: list[tuple[str, str]] = []
    for room_id, outcome in _rooms(envelope.rooms, own_user_id):
        if isinstance(outcome, ChannelBatch):
            channels.append(outcome)
        else:
            skipped.append((room_id, outcome))
        # Lets the user interface's thread have the interpreter now rather than at the end of its switch interval.
        time.sleep(0)
    direct, muted, blocked = _account(envelope.account_data)
    return SyncBatch(envelope.next_batch, tuple(channels), direct, tuple(skipped), muted, blocked)


def history_page(raw: bytes, own_user_id: str) -> HistoryPage:
    """A page of /messages, newest first. Raises ServerError when it is not one."""
    page = wire.decode_answer(wire.MESSAGES_PAGE, raw)
    messages, revocations, related, events = _walk(page.chunk)
    end = text(page.end)
    # History ends at an empty page, which some servers still give a token, or at the room's creation.
    if not page.chunk or end == page.start or any(_is_creation(event) for event in events):
        end = ""
    facts = RoomFacts()
    for event in (*wire.events_of(page.state), *reversed(events)):
        if event.type == "m.room.member":
            facts.apply(event)
    return HistoryPage(
        messages, revocations, end, tuple(facts.members.values()), tuple(related.edits), tuple(related.reactions)
    )


def context(raw: bytes, own_user_id: str) -> tuple[IncomingMessage, ...]:
    """The messages of a /context answer, in no particular order. Raises ServerError when it is not one."""
    found = wire.decode_answer(wire.CONTEXT, raw)
    messages, _, _, _ = _walk((*(found.events_before or ()), found.event, *(found.events_after or ())))
    return messages


def single(raw: bytes) -> tuple[IncomingMessage | None, tuple[IncomingEdit, ...]]:
    """The message of an /event answer, None when it is no message, and the newest edit the server knows of it."""
    messages, _, related, _ = _walk((Raw(raw),))
    return next(iter(messages), None), tuple(related.edits)


def relations(raw: bytes) -> tuple[tuple[IncomingEdit, ...], tuple[IncomingReaction, ...], str]:
    """A page of /relations: edits, reactions, and the token of the next page. Raises ServerError."""
    page = wire.decode_answer(wire.RELATIONS_PAGE, raw)
    _, _, related, _ = _walk(page.chunk)
    return tuple(related.edits), tuple(related.reactions), text(page.next_batch)


def members_of(raw: bytes) -> tuple[Member, ...]:
    """Answer of /members. Raises ServerError when it is not one."""
    chunk = wire.decode_answer(wire.MEMBER_LIST, raw).chunk
    found = map(member_of, wire.events_of(chunk))
    return tuple(member for member in found if member is not None)


def direct_channels(content: object) -> dict[str, str]:
    """m.direct turned around: channel -> peer. A channel listed under several people gets the first by name."""
    direct: dict[str, str] = {}
    for user, rooms in sorted(mapping(content).items()):
        if user.startswith("@"):
            for room in strings(rooms):
                direct.setdefault(room, user)
    return direct


def _rooms(raw: Raw, own_user_id: str) -> Iterator[tuple[str, ChannelBatch | str]]:
    """Each room of a sync with its batch, or with the reason why there is none."""
    try:
        sections = wire.decode(wire.SECTIONS, raw) or wire.RoomSections()
    except msgspec.DecodeError as error:
        yield "", str(error)
        return
    decoders: tuple[tuple[Raw, _RoomDecoder], ...] = (
        (sections.join, _joined),
        (sections.invite, _invited),
        (sections.leave, _left),
    )
    for section, decoder in decoders:
        try:
            rooms = wire.decode(wire.SECTION, section) or {}
        except msgspec.DecodeError as error:
            yield "", str(error)
            continue
        for room_id, room in rooms.items():
            try:
                yield room_id, decoder(room_id, room, own_user_id)
            except msgspec.DecodeError as error:
                yield room_id, str(error)  # msgspec names the place and the types, never the values


def _joined(room_id: str, raw: Raw, own_user_id: str) -> ChannelBatch:
    room = wire.decode(wire.JOINED_ROOM, raw)
    counts, summary = mapping(room.unread_notifications), mapping(room.summary)
    receipts, typing = _ephemeral(room.ephemeral, own_user_id)
    return msgspec.structs.replace(
        _with_timeline(room_id, Membership.JOINED, room, own_user_id),
        heroes=tuple(strings(summary["m.heroes"])) if "m.heroes" in summary else None,
        joined_count=_count(summary, "m.joined_member_count"),
        invited_count=_count(summary, "m.invited_member_count"),
        unread=_count(counts, "notification_count"),
        mentions=_count(counts, "highlight_count"),
        receipts=receipts,
        typing=typing,
        cleared=_cleared(room.account_data),
        hidden=_hidden(room.account_data),
        signs=signs_of(wire.events_of(room.account_data.events if room.account_data else None)),
    )


def _left(room_id: str, raw: Raw, own_user_id: str) -> ChannelBatch:
    batch = _with_timeline(room_id, Membership.LEFT, wire.decode(wire.JOINED_ROOM, raw), own_user_id)
    banned = any(person.user_id == own_user_id and person.membership is Membership.BANNED for person in batch.members)
    return msgspec.structs.replace(batch, membership=Membership.BANNED) if banned else batch


def _with_timeline(room_id: str, membership: Membership, room: wire.JoinedRoom, own_user_id: str) -> ChannelBatch:
    timeline, state = room.timeline or wire.Timeline(), room.state or wire.EventList()
    messages, revocations, related, events = _walk(timeline.events)
    facts = RoomFacts()
    # `state` is how things were before the timeline; the timeline's own state events come on top.
    for event in (*wire.events_of(state.events), *events):
        if isinstance(event.state_key, str):
            facts.apply(event)
    return ChannelBatch(
        channel=room_id,
        membership=membership,
        messages=messages,
        revocations=revocations,
        edits=tuple(related.edits),
        reactions=tuple(related.reactions),
        is_limited=timeline.limited is True,
        has_start=any(_is_creation(event) for event in events),
        gap_token=text(timeline.prev_batch),
        name=facts.name,
        topic=facts.topic,
        avatar_uri=facts.avatar_uri,
        is_encrypted=facts.is_encrypted,
        members=tuple(facts.members.values()),
        powers=facts.powers,
        creators=facts.creators,
        pinned=facts.pinned,
        direct_with=facts.begun_with(own_user_id),
    )


def _invited(room_id: str, raw: Raw, own_user_id: str) -> ChannelBatch:
    facts = RoomFacts()
    facts.is_whole = True  # stripped state is all there will be
    inviter = ""
    is_direct = False
    stripped = wire.decode(wire.INVITED_ROOM, raw).invite_state or wire.EventList()
    for event in wire.events_of(stripped.events):
        facts.apply(event)
        if event.type == "m.room.member" and event.state_key == own_user_id:
            inviter = text(event.sender)
            is_direct = wire.content_of(event).get("is_direct") is True
    return ChannelBatch(
        channel=room_id,
        membership=Membership.INVITED,
        name=facts.name,
        topic=facts.topic,
        avatar_uri=facts.avatar_uri,
        is_encrypted=facts.is_encrypted,
        members=tuple(facts.members.values()),
        inviter=inviter,
        direct_with=inviter if is_direct else "",
    )


def _walk(
    raws: Iterable[Raw] | None,
) -> tuple[tuple[IncomingMessage, ...], tuple[Revocation, ...], Related, list[Event]]:
    """Messages, revocations, edits and reactions among timeline events, and the events, in the order given."""
    messages: list[IncomingMessage] = []
    revocations: list[Revocation] = []
    related = Related()
    events: list[Event] = []
    for raw in raws or ():
        event = wire.event_of(raw)
        events.append(event)
        if not (text(event.type) and text(event.event_id) and text(event.sender)):
            continue
        if event.type == "m.room.redaction":
            revocation = _revocation(event)
            if revocation is not None:
                revocations.append(revocation)
            continue
        if is_relation(event):
            related.add(event, bytes(raw))
            continue
        message = _message(event, raw)
        if message is not None:
            messages.append(message)
            related.add_bundled(event)
    return tuple(messages), tuple(revocations), related, events


def _message(event: Event, raw: Raw) -> IncomingMessage | None:
    content = wire.content_of(event)
    if event.state_key is not None:
        tip = tip_of(event)
        return None if tip is None else _incoming(event, raw, elements=(tip,))
    if event.type in _REDACTABLE:
        because = mapping(mapping(event.unsigned).get("redacted_because"))
        if because or event.content == {}:
            by = text(because.get("sender")) or event.sender
            return _incoming(event, raw, revoked_by=by, reason=text(mapping(because.get("content")).get("reason")))
    elements = elements_of(event.type, content, event.sender)
    return _incoming(event, raw, elements=elements) if elements else None


def _incoming(
    event: Event,
    raw: Raw,
    elements: tuple[Element, ...] = (),
    revoked_by: str = "",
    reason: str = "",
) -> IncomingMessage:
    content = wire.content_of(event)
    own = own_data(content)
    time_ms = number(event.origin_server_ts)
    is_marked = type(own.get("rand")) is int and 0 <= own["rand"] <= MAX_RAND
    return IncomingMessage(
        message_id=event.event_id,
        sender=event.sender,
        time_ms=time_ms,
        elements=elements,
        raw=bytes(raw),
        txn_id=text(mapping(event.unsigned).get("transaction_id")),
        rand=own["rand"] if is_marked else derived_rand(event.event_id),
        client_time_ms=number(own.get("client_time")) or time_ms,
        revoked_by=revoked_by,
        revoke_reason=reason,
        priority=own["priority"] if type(own.get("priority")) is int and 0 <= own["priority"] <= LOWEST_PRIORITY else 1,
        cloud_custom=text(own.get("cloud_custom")),
        mentions=() if event.state_key is not None else mentions_of(content),
        reply_to="" if event.state_key is not None else reply_of(content),
        thread="" if event.state_key is not None else thread_of(content),
        is_forwarded=own.get("forwarded") is True,
    )


def derived_rand(event_id: str) -> int:
    """A stable 32-bit stand-in for messages that other clients sent."""
    return int.from_bytes(hashlib.blake2b(event_id.encode(), digest_size=4).digest(), "big")


def _revocation(event: Event) -> Revocation | None:
    content = wire.content_of(event)
    target = text(content.get("redacts")) or text(event.redacts)  # in the content since room version 11
    if not target:
        return None
    return Revocation(target, event.sender, text(content.get("reason")), number(event.origin_server_ts))


def _is_creation(event: Event) -> bool:
    return bool(event.type == "m.room.create" and event.state_key == "")


def _count(source: dict[str, Any], key: str) -> int | None:
    return number(source[key]) if key in source else None


def _ephemeral(
    events: wire.EventList | None, own_user_id: str
) -> tuple[tuple[IncomingReceipt, ...], tuple[str, ...] | None]:
    receipts: list[IncomingReceipt] = []
    typing: tuple[str, ...] | None = None
    for event in wire.events_of(events.events if events else None):
        if event.type == "m.receipt":
            receipts += _receipts(wire.content_of(event))
        elif event.type == "m.typing":
            users = strings(wire.content_of(event).get("user_ids"))
            typing = tuple(user for user in users if user != own_user_id)
    return tuple(receipts), typing


def _cleared(account_data: wire.EventList | None) -> Cleared | None:
    found = None
    for event in wire.events_of(account_data.events if account_data else None):
        content = wire.content_of(event)
        if event.type == CLEARED and text(content.get("event_id")):
            found = Cleared(text(content["event_id"]), number(content.get("time_ms")))
    return found


def _hidden(account_data: wire.EventList | None) -> tuple[str, ...] | None:
    found = None
    for event in wire.events_of(account_data.events if account_data else None):
        if event.type == HIDDEN:
            found = hidden_ids(wire.content_of(event))
    return found


def _receipts(content: dict[str, Any]) -> Iterator[IncomingReceipt]:
    for event_id, kinds in content.items():
        for kind in ("m.read", "m.read.private"):
            for user, details in mapping(mapping(kinds).get(kind)).items():
                # A receipt inside a thread says nothing about the conversation's main line.
                if mapping(details).get("thread_id") in (None, "main"):
                    yield IncomingReceipt(user, event_id, number(mapping(details).get("ts")))


def _account(account_data: Raw) -> tuple[dict[str, str] | None, frozenset[str] | None, frozenset[str] | None]:
    """The account's lists, each None when it was not mentioned: one-to-one channels, muted channels, blocked people."""
    try:
        events = wire.decode(wire.EVENT_LIST, account_data) or wire.EventList()
    except msgspec.DecodeError:
        return None, None, None
    direct: dict[str, str] | None = None
    muted: frozenset[str] | None = None
    blocked: frozenset[str] | None = None
    for event in wire.events_of(events.events):
        match event.type:
            case "m.direct":
                direct = direct_channels(event.content)
            case signs.PUSH_RULES:
                muted = signs.muted_in(wire.content_of(event))
            case signs.IGNORED:
                blocked = signs.ignored_in(wire.content_of(event))
    return direct, muted, blocked
