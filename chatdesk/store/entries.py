"""What the outbox consists of. Pure, any thread."""

from enum import IntEnum

from msgspec import Struct

from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message


class OutboxKind(IntEnum):
    SEND = 1
    REVOKE = 2
    EDIT = 3
    REACT = 4
    UNREACT = 5


class OutboxEntry(Struct, frozen=True):
    """One thing to send. `attempted_ms` is the time of the first try, 0 when nothing has left yet.

    `is_ready`: taken by `depart`, so nothing stands between it and its request. `message` is what it is about, for SEND
    as it was before any edit that stands behind it; `relation` the row of the edit or reaction it is about.
    """

    id: int
    kind: OutboxKind
    conversation: ConversationId
    channel: str
    message: Message
    txn_id: str
    created_ms: int
    attempted_ms: int
    reason: str
    is_ready: bool = False
    relation: int = 0
