"""Sync answers and events as a server would send them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from chatdesk.domain.changes import ChannelBatch, SyncBatch
from chatdesk.matrix.decode import sync_batch

OWN = "@ann:example.org"
BEN = "@ben:example.org"
ROOM = "!channel"
Json = dict[str, Any]


def message(content: object, event_type: object = "m.room.message", **more: object) -> Json:
    event = {"type": event_type, "event_id": "$e", "sender": BEN, "origin_server_ts": 1000, "content": content}
    return event | more


def state(event_type: str, content: object, state_key: object = "", **more: object) -> Json:
    return message(content, event_type, state_key=state_key, **more)


def member(user_id: str, membership: object, sender: str = "", before: Json | None = None, **content: object) -> Json:
    unsigned = {} if before is None else {"prev_content": before}
    return state(
        "m.room.member",
        {"membership": membership, **content},
        user_id,
        sender=sender or user_id,
        unsigned=unsigned,
    )


def joined(
    timeline: Sequence[object] = (), before: Sequence[object] = (), ephemeral: Sequence[object] = (), **more: object
) -> Json:
    return {
        "timeline": {"events": list(timeline), "limited": False, "prev_batch": "p"},
        "state": {"events": list(before)},
        "ephemeral": {"events": list(ephemeral)},
        **more,
    }


def answer(rooms: Mapping[str, object], **more: object) -> bytes:
    return json.dumps({"next_batch": "s1", "rooms": dict(rooms), **more}).encode()


def sync(rooms: Mapping[str, object], **more: object) -> SyncBatch:
    return sync_batch(answer(rooms, **more), OWN)


def one_room(room: object, section: str = "join") -> ChannelBatch:
    """The batch of a sync with this room only."""
    batch = sync({section: {ROOM: room}})
    assert batch.skipped == ()
    (channel,) = batch.channels
    assert channel.channel == ROOM
    return channel
