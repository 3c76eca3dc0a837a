"""A message and its life. Pure, any thread."""

from enum import IntEnum

from msgspec import Struct

from chatdesk.domain.elements import Element, Tip, summary
from chatdesk.domain.ids import ConversationId

ECHO_BASE = 1 << 62
"""Positions from here up belong to echoes: they stand below everything the server has ordered."""
STRIDE = 1 << 20
"""Distance between neighbouring messages of the server, whose positions are its multiples. Rows that only this machine
has (imported, saved) stand between a multiple, their predecessor in time, and the next."""
RUN_STEP = 1 << 43
"""Distance between two runs of positions; history fills the space below a run's start downwards."""
EVERYONE = "@room"
"""In `mentions`: all members of the conversation."""


class MessageState(IntEnum):
    QUEUED = 1
    UPLOADING = 2
    SENT = 3
    SYNCED = 4
    FAILED = 5
    REVOKING = 6
    REVOKED = 7


class MessageOrigin(IntEnum):
    """Where a message came from. What is not SERVER exists on this machine only and is never sent."""

    SERVER = 0
    SAVED = 1
    IMPORTED = 2


class SendOptions(Struct, frozen=True, gc=False):
    """What a message carries beside its elements.

    `custom_int` and `custom_str` stay on this machine. `mentions` are user ids, or EVERYONE. `text_limit_bytes`: the
    most that the fields of all elements may have together, 0 for no limit but the server's. `online_only` (deliver only
    to who is online, keep nowhere) is something the server cannot do: it is refused.
    `reply_to`: the server's id of the message this one answers. `is_forwarded`: a copy of a message from elsewhere.
    """

    priority: int = 1
    cloud_custom: str = ""
    mentions: tuple[str, ...] = ()
    custom_int: int = 0
    custom_str: str = ""
    online_only: bool = False
    reply_to: str = ""
    text_limit_bytes: int = 0
    is_forwarded: bool = False


class Quote(Struct, frozen=True, gc=False):
    """The message that a reply answers, as far as it is known here.

    `message_id` is the server's id. `key` is 0 and `sender` empty while this device does not have the message. `text`
    is one plain line, empty when it was revoked, deleted here or is unknown; `kind` the tag of its first element.
    """

    message_id: str
    key: int = 0
    sender: str = ""
    sender_name: str = ""
    text: str = ""
    kind: str = ""
    is_revoked: bool = False


class Reaction(Struct, frozen=True, gc=False):
    """One symbol under a message and who put it there, first one first. `is_pending`: the own one has not left yet."""

    symbol: str
    users: tuple[str, ...]
    is_mine: bool = False
    is_pending: bool = False


class LocalMessage(Struct, frozen=True):
    """A ready-made message to keep on this machine: what an import or a saved note consists of.

    Its place follows from `server_time_s`, else `client_time_s`, else from now. `message_id` (any text that names it)
    or, without one, everything it consists of says whether it is here already. `state`: SYNCED, FAILED or REVOKED.
    From `reply_to` on it is as in Message; `is_note`: an own note that an import brings back, private as before.
    `sender_name`: for a sender of whom nothing else is known here.
    """

    sender: str
    elements: tuple[Element, ...]
    client_time_s: int = 0
    server_time_s: int = 0
    rand: int = 0
    seq: int = 0
    is_read: bool = True
    state: MessageState = MessageState.SYNCED
    priority: int = 1
    cloud_custom: str = ""
    mentions: tuple[str, ...] = ()
    custom_int: int = 0
    custom_str: str = ""
    message_id: str = ""
    reply_to: str = ""
    thread: str = ""
    edited_ms: int = 0
    reactions: tuple[Reaction, ...] = ()
    revoked_by: str = ""
    revoke_reason: str = ""
    is_note: bool = False
    is_forwarded: bool = False
    sender_name: str = ""


class Message(Struct, frozen=True, gc=False):
    """One message as the local store knows it.

    `key` is the store's own number and never changes, not even when an echo becomes its synced message.
    `position` orders messages inside a conversation; an echo (own message not yet merged with what the sync
    brings back) has one from ECHO_BASE up. `message_id` is the server's id, empty until the server accepted it.
    Times are milliseconds since 1970 UTC. `failure` is a sentence for the user when `state` is FAILED.
    `local_id` names a row that only this machine has. A message with key 0 is not in the store (found on the server
    only). `is_deleted` ones are shown by nobody; only `locate` and `find` calls return them, without content.
    `reactions` stand in the order of their first appearance. `edited_ms`: when the newest edit was made, 0 for none;
    `elements` and `mentions` are that edit's. `is_edit_pending`: it is shown here and has not reached the server.
    `thread` names the thread a message belongs to by its first message, empty for the main line. `is_forwarded`: its
    sender's chatdesk says that it is a copy of a message from elsewhere.
    """

    key: int
    conversation: ConversationId
    position: int
    sender: str
    sender_name: str
    is_self: bool
    time_ms: int
    state: MessageState
    elements: tuple[Element, ...]
    message_id: str = ""
    txn_id: str = ""
    rand: int = 0
    client_time_ms: int = 0
    failure: str = ""
    revoked_by: str = ""
    revoke_reason: str = ""
    priority: int = 1
    cloud_custom: str = ""
    mentions: tuple[str, ...] = ()
    custom_int: int = 0
    custom_str: str = ""
    origin: MessageOrigin = MessageOrigin.SERVER
    is_deleted: bool = False
    local_id: str = ""
    reply_to: Quote | None = None
    reactions: tuple[Reaction, ...] = ()
    edited_ms: int = 0
    is_edit_pending: bool = False
    thread: str = ""
    is_forwarded: bool = False

    @property
    def is_echo(self) -> bool:
        return self.position >= ECHO_BASE

    @property
    def is_local(self) -> bool:
        """Imported or saved: the server knows nothing of it."""
        return self.origin is not MessageOrigin.SERVER

    @property
    def is_note(self) -> bool:
        """An own private note."""
        return self.origin is MessageOrigin.SAVED and self.is_self

    @property
    def seq(self) -> int:
        """A number that grows along the conversation; 0 until the server has given the message its place."""
        return 0 if self.is_echo else self.position

    @property
    def unique_id(self) -> int:
        return unique_id(self.time_ms, self.rand)

    @property
    def is_tip(self) -> bool:
        return Tip in map(type, self.elements)  # asked for every row that is placed or painted: no generator

    @property
    def text(self) -> str:
        """One plain line for previews; empty for tips and revoked messages."""
        if self.state is MessageState.REVOKED:
            return ""
        return " ".join(part for part in map(summary, self.elements) if part)


class IncomingMessage(Struct, frozen=True, gc=False):
    """A message as the server sent it, before the store gave it a key and a position.

    `txn_id` is set by the server only towards the device that sent it; `rand` and `client_time_ms` come from
    chatdesk's own marking or are derived. `raw` is the server's JSON, kept as it came. `reply_to` and `thread` are the
    server's ids of the message it answers and of its thread's first message.
    """

    message_id: str
    sender: str
    time_ms: int
    elements: tuple[Element, ...]
    raw: bytes
    txn_id: str = ""
    rand: int = 0
    client_time_ms: int = 0
    revoked_by: str = ""
    revoke_reason: str = ""
    priority: int = 1
    cloud_custom: str = ""
    mentions: tuple[str, ...] = ()
    reply_to: str = ""
    thread: str = ""
    is_forwarded: bool = False


class IncomingEdit(Struct, frozen=True, gc=False):
    """Somebody gave the message `target_id` another content; it counts only when the sender is the same.

    `txn_id` is the server's or chatdesk's own marking: to be believed of own ones only.
    """

    edit_id: str
    target_id: str
    sender: str
    time_ms: int
    elements: tuple[Element, ...]
    raw: bytes
    txn_id: str = ""
    mentions: tuple[str, ...] = ()


class IncomingReaction(Struct, frozen=True, gc=False):
    """Somebody put a symbol under the message `target_id`. `txn_id` as in IncomingEdit."""

    reaction_id: str
    target_id: str
    sender: str
    time_ms: int
    symbol: str
    txn_id: str = ""


class Revocation(Struct, frozen=True, gc=False):
    """Somebody revoked the message, edit or reaction `target_id`."""

    target_id: str
    by: str
    reason: str
    time_ms: int


class ReadingPlace(Struct, frozen=True, gc=False):
    """Where a conversation was read last: the message `key`, whose content began `y` pixels below the pane's top."""

    key: int
    y: int


def unique_id(time_ms: int, rand: int) -> int:
    """Second and random number in one: what names a message on every device."""
    return (time_ms // 1000) << 32 | (rand & 0xFFFFFFFF)
