"""What the server brought (SyncBatch, HistoryPage) and what it changed here (Changes, ListDiff). Pure, any thread."""

from collections.abc import MutableSequence
from enum import IntEnum
from typing import Generic, TypeVar

from msgspec import Struct

from chatdesk.domain.conversations import Conversation, Member, Membership, Sign
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import IncomingEdit, IncomingMessage, IncomingReaction, Message, Revocation
from chatdesk.domain.powers import Powers
from chatdesk.domain.receipts import Receipt

T = TypeVar("T")


class IncomingReceipt(Struct, frozen=True, gc=False):
    user_id: str
    message_id: str
    time_ms: int


class Cleared(Struct, frozen=True, gc=False):
    """The account wants nothing shown up to and including message `message_id`, sent at `time_ms`."""

    message_id: str
    time_ms: int


class ChannelBatch(Struct, frozen=True, gc=False):
    """What one sync says about one channel. None everywhere means: not mentioned, keep what is known.

    `messages` are in server order, oldest first. `is_limited`: messages before them are missing, and
    `gap_token` pages back from there. `has_start`: the batch holds the channel's very first message.
    `direct_with`: the peer when an invitation (the own one, too) says that this is a one-to-one conversation. `edits`
    and `reactions` may belong to messages of any time. `hidden`: ids of messages the account wants hidden on all its
    devices. `signs`: of those named, whether the account has put them there. `pinned`: ids of the messages that are
    pinned for everybody, in the order in which that was done.
    """

    channel: str
    membership: Membership
    messages: tuple[IncomingMessage, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    is_limited: bool = False
    has_start: bool = False
    gap_token: str = ""
    name: str | None = None
    topic: str | None = None
    avatar_uri: str | None = None
    is_encrypted: bool | None = None
    members: tuple[Member, ...] = ()
    heroes: tuple[str, ...] | None = None
    joined_count: int | None = None
    invited_count: int | None = None
    unread: int | None = None
    mentions: int | None = None
    receipts: tuple[IncomingReceipt, ...] = ()
    typing: tuple[str, ...] | None = None
    inviter: str = ""
    direct_with: str = ""
    cleared: Cleared | None = None
    edits: tuple[IncomingEdit, ...] = ()
    reactions: tuple[IncomingReaction, ...] = ()
    hidden: tuple[str, ...] | None = None
    signs: dict[Sign, bool] = {}
    powers: Powers | None = None
    creators: tuple[str, ...] | None = None
    pinned: tuple[str, ...] | None = None


class SyncBatch(Struct, frozen=True, gc=False):
    """One sync answer, whatever its origin. Applied in one transaction together with its token.

    `direct` maps a channel to its one-to-one peer for ALL direct channels when the account's list changed; so do
    `muted` with all muted channels and `blocked` with all people the account wants to hear nothing of.
    `skipped` names channels that could not be decoded, with the reason.
    """

    token: str
    channels: tuple[ChannelBatch, ...] = ()
    direct: dict[str, str] | None = None
    skipped: tuple[tuple[str, str], ...] = ()
    muted: frozenset[str] | None = None
    blocked: frozenset[str] | None = None


class HistoryPage(Struct, frozen=True, gc=False):
    """A page of older messages, NEWEST first as paging walks. `token` is empty when there is nothing older."""

    messages: tuple[IncomingMessage, ...]
    revocations: tuple[Revocation, ...]
    token: str
    members: tuple[Member, ...] = ()
    edits: tuple[IncomingEdit, ...] = ()
    reactions: tuple[IncomingReaction, ...] = ()


class Gap(Struct, frozen=True, gc=False):
    """Messages of `channel` just below `position` are on the server only; `token` pages back from there."""

    id: int
    conversation: ConversationId
    channel: str
    position: int
    token: str


class Changes(Struct, frozen=True, gc=False):
    """What one commit really changed; published once, after it.

    `messages` are new or changed ones, whole; `deleted` are (conversation, key) pairs; `resets` name conversations
    whose order changed so much that open timelines must read again, `gapped` those where messages between what was here
    and what came now are missing. `arrived` are the keys of messages a sync has
    brought to this device for the first time (own echoes and history are not among them), `revoked` the keys of those
    taken back, `edited` of those that somebody gave another content, `forgotten` the addresses of files that belonged
    to revoked ones.
    """

    conversations: tuple[Conversation, ...] = ()
    removed: tuple[ConversationId, ...] = ()
    messages: tuple[Message, ...] = ()
    deleted: tuple[tuple[ConversationId, int], ...] = ()
    receipts: tuple[Receipt, ...] = ()
    typing: tuple[tuple[ConversationId, tuple[str, ...]], ...] = ()
    resets: tuple[ConversationId, ...] = ()
    arrived: tuple[int, ...] = ()
    revoked: tuple[int, ...] = ()
    forgotten: tuple[str, ...] = ()
    edited: tuple[int, ...] = ()
    gapped: tuple[ConversationId, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, field) for field in self.__struct_fields__)


class ConnectionKind(IntEnum):
    OFFLINE = 1
    """No server in reach; `detail` says why, `retry_in_s` when the next try comes."""
    CONNECTING = 2
    CATCHING_UP = 3
    ONLINE = 4
    LOGGED_OUT = 5
    """The server no longer accepts this session."""


class Connection(Struct, frozen=True, gc=False):
    """`code` is the server's word for why it ended the session, `is_soft`: logging in again goes on where it was."""

    kind: ConnectionKind
    detail: str = ""
    retry_in_s: float = 0.0
    code: str = ""
    is_soft: bool = False


class LoadState(IntEnum):
    """How far scrolling up can go."""

    IDLE = 1
    LOADING = 2
    START_REACHED = 3
    FAILED = 4


class Insert(Struct, Generic[T], frozen=True):
    index: int
    items: tuple[T, ...]


class Remove(Struct, frozen=True):
    index: int
    count: int


class Update(Struct, Generic[T], frozen=True):
    index: int
    item: T


class Reset(Struct, Generic[T], frozen=True):
    items: tuple[T, ...]


ListDiff = Insert[T] | Remove | Update[T] | Reset[T]


def apply_diff(items: MutableSequence[T], diff: ListDiff[T]) -> None:
    """Carry out one diff on a plain list."""
    match diff:
        case Insert(index=index, items=new):
            items[index:index] = new
        case Remove(index=index, count=count):
            del items[index : index + count]
        case Update(index=index, item=item):
            items[index] = item
        case Reset(items=new):
            items[:] = new
