"""Who has read how far. Pure, any thread."""

from collections.abc import Mapping

from msgspec import Struct

from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message


class Receipt(Struct, frozen=True, gc=False):
    """`user_id` has read the conversation up to and including `position`."""

    conversation: ConversationId
    user_id: str
    position: int
    time_ms: int


def readers(message: Message, read_positions: Mapping[str, int]) -> tuple[str, ...]:
    """The users, other than the sender, who have read `message` or further. An echo has no readers."""
    if message.is_echo:
        return ()
    return tuple(
        user for user, position in read_positions.items() if position >= message.position and user != message.sender
    )
