"""State events people should see as a line in the conversation, as Tip elements. Pure, any thread.

What is invisible (a profile changed, a setting nobody looks at) gives None and no message.
"""

from typing import Any

from chatdesk.domain.elements import Tip, TipKind
from chatdesk.matrix.facts import pinned_of
from chatdesk.matrix.lenient import mapping, text
from chatdesk.matrix.mxc import mxc
from chatdesk.matrix.wire import Event


def tip_of(event: Event) -> Tip | None:
    content = mapping(event.content)
    previous = mapping(mapping(event.unsigned).get("prev_content")) or mapping(event.prev_content)
    if event.type == "m.room.member":
        return _membership_tip(event, content, previous)
    if event.state_key != "":
        return None
    if event.type == "m.room.create":
        return Tip(TipKind.CREATED)
    if mapping(mapping(event.unsigned).get("redacted_because")):
        return None  # what it said is gone
    match event.type:
        case "m.room.name":
            return _value_tip(TipKind.RENAMED, text(content.get("name")), text(previous.get("name")))
        case "m.room.topic":
            return _value_tip(TipKind.TOPIC, text(content.get("topic")), text(previous.get("topic")))
        case "m.room.avatar":
            return _value_tip(TipKind.AVATAR, mxc(content.get("url")), mxc(previous.get("url")))
        case "m.room.encryption":
            return None if text(previous.get("algorithm")) else Tip(TipKind.ENCRYPTED)
        case "m.room.power_levels":
            return _roles_tip(mapping(content.get("users")), previous)
        case "m.room.pinned_events":
            return _pin_tip(set(pinned_of(content)), set(pinned_of(previous)))
    return None


def _membership_tip(event: Event, content: dict[str, Any], previous: dict[str, Any]) -> Tip | None:
    user_id = text(event.state_key)
    by_self = event.sender == user_id
    reason = text(content.get("reason"))
    before = text(previous.get("membership"))
    after = text(content.get("membership"))
    if not user_id or before == after:
        return None
    match before, after:
        case _, "join":
            return Tip(TipKind.JOINED, (user_id,))
        case _, "invite":
            return Tip(TipKind.INVITED, (user_id,), reason)
        case _, "ban":
            return Tip(TipKind.BANNED, (user_id,), reason)
        case (("ban" | "knock"), "leave"):
            return None  # a ban lifted, a request withdrawn: nobody came or went
        case "invite", "leave" if by_self:
            return Tip(TipKind.DECLINED, (user_id,), reason)
        case _, "leave":
            return Tip(TipKind.LEFT if by_self else TipKind.KICKED, (user_id,), reason)
    return None


def _value_tip(kind: TipKind, value: str, previous: str) -> Tip | None:
    return None if value == previous else Tip(kind, value=value)


def _pin_tip(pinned: set[str], before: set[str]) -> Tip | None:
    if pinned - before:
        return Tip(TipKind.PINNED)
    return Tip(TipKind.UNPINNED) if before - pinned else None


def _roles_tip(users: dict[str, Any], previous: dict[str, Any]) -> Tip | None:
    if not previous:
        return None  # the levels a room is born with
    old = mapping(previous.get("users"))
    changed = tuple(user for user in sorted(users.keys() | old.keys()) if users.get(user) != old.get(user))
    return Tip(TipKind.ROLES, changed) if changed else None
