"""A message and its life. Pure, any thread."""

from enum import IntEnum

from msgspec import Struct

from chatdesk.domain.elements import Element, Tip, summary
from chatdesk.domain.ids import ConversationId

ECHO_BASE = 1 << 62
"""Positions from here up belong to echoes: they stand below everything the server has ordered."""
RUN_STEP = 1 << 32
"""Distance between two runs of positions; history fills the space below a run's start downwards."""


class MessageState(IntEnum):
    QUEUED = 1
    UPLOADING = 2
    SENT = 3
    SYNCED = 4
    FAILED = 5
    REVOKING = 6
    REVOKED = 7


class Message(Struct, frozen=True, gc=False):
    """One message as the local store knows it.

    `key` is the store's own number and never changes, not even when an echo becomes its synced message.
    `position` orders messages inside a conversation; an echo (own message not yet merged with what the sync
    brings back) has one from ECHO_BASE up. `message_id` is the server's id, empty until the server accepted it.
    Times are milliseconds since 1970 UTC. `failure` is a sentence for the user when `state` is FAILED.
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

    @property
    def is_echo(self) -> bool:
        return self.position >= ECHO_BASE

    @property
    def is_tip(self) -> bool:
        return any(isinstance(element, Tip) for element in self.elements)

    @property
    def text(self) -> str:
        """One plain line for previews; empty for tips and revoked messages."""
        if self.state is MessageState.REVOKED:
            return ""
        return " ".join(part for part in map(summary, self.elements) if part)


class IncomingMessage(Struct, frozen=True, gc=False):
    """A message as the server sent it, before the store gave it a key and a position.

    `txn_id` is set by the server only towards the device that sent it; `rand` and `client_time_ms` come from
    chatdesk's own marking or are derived. `raw` is the server's JSON, kept as it came.
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


class Revocation(Struct, frozen=True, gc=False):
    """Somebody revoked the message `target_id`."""

    target_id: str
    by: str
    reason: str
    time_ms: int
