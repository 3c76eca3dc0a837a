"""What a room's state events say about it: name, topic, avatar, encryption, people. Pure, any thread."""

from typing import Any

from chatdesk.domain.conversations import Member, Membership
from chatdesk.domain.ids import localpart
from chatdesk.matrix.lenient import mapping, text
from chatdesk.matrix.mxc import mxc
from chatdesk.matrix.wire import Event

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

    @property
    def name(self) -> str | None:
        """The given name, or the alias where the whole state is known and has no name."""
        if self._name is None and self.is_whole and self._alias:
            return self._alias
        return self._name

    def apply(self, event: Event) -> None:
        if event.type == "m.room.member":
            member = member_of(event)
            if member is not None:
                self.members[member.user_id] = member
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
            case "m.room.create":
                self.is_whole = True
