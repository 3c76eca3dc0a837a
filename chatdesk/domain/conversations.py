"""Conversations and their people. Pure, any thread."""

from enum import Enum, IntEnum

from msgspec import Struct, structs

from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message
from chatdesk.domain.powers import Powers


class Membership(IntEnum):
    JOINED = 1
    INVITED = 2
    LEFT = 3
    BANNED = 4
    NONE = 5
    """Known by name only: never joined or state not loaded."""


class Sign(Enum):
    """What the account keeps about a conversation for all its devices."""

    PINNED = "pinned"
    MUTED = "muted"
    UNREAD = "unread"
    """Marked as unread by hand, whatever the number of unread messages."""


class Member(Struct, frozen=True, gc=False):
    """One person in a conversation; `name` falls back to the user id's local part. `is_self` marks this account."""

    user_id: str
    name: str
    avatar_uri: str = ""
    membership: Membership = Membership.JOINED
    power: int = 0


class UserProfile(Struct, frozen=True, gc=False):
    """A person found in the user directory."""

    user_id: str
    name: str
    avatar_uri: str = ""


class Mention(Struct, frozen=True, gc=False):
    """An unread message of a group that addresses the account by name, everybody, or both."""

    position: int
    is_for_me: bool
    is_for_all: bool


class Conversation(Struct, frozen=True, gc=False):
    """One row of the conversation list.

    `membership` is the account's own. `unread` counts messages not yet read here or elsewhere, `mentions` those
    that address the account; everything up to `read_position` is read. `last_message` is the newest real message (no
    tips) or None, `is_last_read` when it is an own one that somebody else has read; `sort_time_ms` orders the list and
    does not move for joins, names, receipts or what is cleared. `is_marked_unread`: by hand. `is_blocked`: the account
    wants to hear nothing of the other side. `powers` are what its people may do.
    `member_count`: who is in, `invited_count`: who may come in.
    `unread_mentions`: the oldest of what `mentions` counts, as far as it is here.
    `muted_until_ms`: when this device ends the muting, 0 when it does not. `pinned_messages`: the server's ids of
    messages pinned for everybody, the last one pinned last. `searched` is what the list's filter looks through; it
    follows from the rest.
    """

    id: ConversationId
    name: str
    membership: Membership
    avatar_uri: str = ""
    topic: str = ""
    inviter: str = ""
    inviter_name: str = ""
    is_encrypted: bool = False
    unread: int = 0
    mentions: int = 0
    member_count: int = 0
    invited_count: int = 0
    last_message: Message | None = None
    sort_time_ms: int = 0
    draft: str = ""
    read_position: int = 0
    draft_ms: int = 0
    is_pinned: bool = False
    is_muted: bool = False
    is_marked_unread: bool = False
    is_last_read: bool = False
    is_blocked: bool = False
    unread_mentions: tuple[Mention, ...] = ()
    powers: Powers = Powers()
    pinned_messages: tuple[str, ...] = ()
    muted_until_ms: int = 0
    searched: str = ""

    def __post_init__(self) -> None:
        structs.force_setattr(self, "searched", f"{self.name} {self.id.id}".casefold())

    @property
    def is_unread(self) -> bool:
        return self.unread > 0 or self.is_marked_unread

    @property
    def is_for_me(self) -> bool:
        """Whether what is unread addresses the account, rather than being mere activity."""
        return self.mentions > 0 or (self.is_unread and not self.is_muted and self.id.type is ConversationType.C2C)
