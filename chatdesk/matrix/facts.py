"""What a room's state events say about it: name, topic, avatar, encryption, people, powers. Pure, any thread."""

from typing import Any

from chatdesk.domain.conversations import Member, Membership
from chatdesk.domain.ids import localpart
from chatdesk.domain.powers import OWNER_POWER, Powers
from chatdesk.matrix.lenient import mapping, strings, text
from chatdesk.matrix.mxc import mxc
from chatdesk.matrix.wire import Event

PINNED = "m.room.pinned_events"
MOST_PINNED = 100
_CREATORS_SINCE = 12
"""The room version."""
MEMBERSHIPS = {
    "join": Membership.JOINED,
    "invite": Membership.INVITED,
    "leave": Membership.LEFT,
    "ban": Membership.BANNED,
}


def member_of(event: Event) -> Member | None:
    """The person a member event speaks of; None when it is malformed."""
    user_id, content = text(event.state_key), mapping(event.content)
    if event.type != "m.room.member" or not user_id.startswith("@"):
        return None
    return Member(
        user_id=user_id,
        name=text(content.get("displayname")).strip() or localpart(user_id),
        avatar_uri=mxc(content.get("avatar_url")),
        membership=MEMBERSHIPS.get(text(content.get("membership")), Membership.NONE),
    )


def powers_of(content: dict[str, Any]) -> Powers:
    """What an m.room.power_levels event says, its defaults filled in."""
    state_default = _level(content.get("state_default"), 50)
    events = mapping(content.get("events"))
    return Powers(
        users={user: _level(level, 0) for user, level in mapping(content.get("users")).items() if user.startswith("@")},
        default=_level(content.get("users_default"), 0),
        invite=_level(content.get("invite"), 0),
        remove=_level(content.get("kick"), 50),
        recall=_level(content.get("redact"), 50),
        name=_level(events.get("m.room.name"), state_default),
        topic=_level(events.get("m.room.topic"), state_default),
        avatar=_level(events.get("m.room.avatar"), state_default),
        pin=_level(events.get(PINNED), state_default),
    )


def creators_of(event: Event) -> tuple[str, ...]:
    """Who can never lose the power over a room; before room version 12 nobody can't."""
    content = mapping(event.content)
    version = text(content.get("room_version"))
    if not (version.isdigit() and int(version[:4]) >= _CREATORS_SINCE):
        return ()
    return tuple(dict.fromkeys((text(event.sender), *strings(content.get("additional_creators")))))


def _level(value: object, default: int) -> int:
    """A level; rooms of the first versions wrote them as text."""
    if isinstance(value, str):
        digits = value.strip()
        value = int(digits) if digits.lstrip("-").isdecimal() and len(digits) <= 15 else None
    return max(-OWNER_POWER, min(value, OWNER_POWER - 1)) if type(value) is int else default


def pinned_of(content: dict[str, Any]) -> tuple[str, ...]:
    """The ids of the messages an m.room.pinned_events event names; of too many, the last ones."""
    return tuple(dict.fromkeys(strings(content.get("pinned"))))[-MOST_PINNED:]


class RoomFacts:
    """Built up by applying state events oldest first. None: not mentioned."""

    def __init__(self) -> None:
        self._name: str | None = None
        self._alias = ""
        self.topic: str | None = None
        self.avatar_uri: str | None = None
        self.is_encrypted: bool | None = None
        self.is_whole = False
        self.members: dict[str, Member] = {}
        self.powers: Powers | None = None
        self.creators: tuple[str, ...] | None = None
        self.pinned: tuple[str, ...] | None = None
        self._begun: dict[str, str] = {}

    @property
    def name(self) -> str | None:
        """The given name, or the alias where the whole state is known and has no name."""
        if self._name is None and self.is_whole and self._alias:
            return self._alias
        return self._name

    def begun_with(self, user_id: str) -> str:
        """Whom this user began a one-to-one conversation with by making this room; empty when it is none.

        The account's own list says it, too; but whoever dies between making the room and writing the list leaves only
        this.
        """
        return "" if self._name else self._begun.get(user_id, "")

    def apply(self, event: Event) -> None:
        if event.type == "m.room.member":
            member = member_of(event)
            if member is not None:
                self.members[member.user_id] = member
                if member.membership is Membership.INVITED and mapping(event.content).get("is_direct") is True:
                    self._begun.setdefault(text(event.sender), member.user_id)
            return
        if event.state_key != "":
            return
        content: dict[str, Any] = mapping(event.content)
        match event.type:
            case "m.room.name":
                self._name = text(content.get("name")).strip()
            case "m.room.canonical_alias":
                self._alias = text(content.get("alias"))
            case "m.room.topic":
                self.topic = text(content.get("topic"))
            case "m.room.avatar":
                self.avatar_uri = mxc(content.get("url"))
            case "m.room.encryption":
                # Even a wiped or malformed one: whoever once encrypted expects that nothing leaves in clear.
                self.is_encrypted = True
            case "m.room.power_levels":
                self.powers = powers_of(content)
            case "m.room.pinned_events":
                self.pinned = pinned_of(content)
            case "m.room.create":
                self.is_whole = True
                self.creators = creators_of(event)
