"""One message to many people: what became of each copy. Pure, any thread."""

from enum import IntEnum

from msgspec import Struct

from chatdesk.domain.ids import ConversationId

MOST_USERS = 500
"""As many people one message can go to at once."""


class CopyState(IntEnum):
    WAITING = 1
    SENDING = 2
    SENT = 3
    FAILED = 4


class Copy(Struct, frozen=True):
    """The copy for `user` (as it was given). `failure` is a sentence for the user when `state` is FAILED.

    `keys` are the store's numbers of what was queued for this person, one per message; `time_ms` when the verdict came.
    """

    user: str
    state: CopyState = CopyState.WAITING
    failure: str = ""
    conversation: ConversationId | None = None
    keys: tuple[int, ...] = ()
    time_ms: int = 0

    @property
    def is_settled(self) -> bool:
        return self.state in (CopyState.SENT, CopyState.FAILED)
