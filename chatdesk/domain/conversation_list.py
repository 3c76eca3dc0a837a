"""The conversation list as a whole: its order, its rows, how much is unread. Pure, any thread."""

from collections.abc import Iterable

from msgspec import Struct

from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId

OrderKey = tuple[bool, bool, int, ConversationId]


class ConversationList(Struct, frozen=True):
    """`rows` in their order, `by_id` the same ones, `unread` as `unread_total` counts. Not `is_whole`: there are more
    rows below."""

    rows: tuple[Conversation, ...]
    by_id: dict[ConversationId, Conversation]
    unread: int
    is_whole: bool = True

    @classmethod
    def of(cls, conversations: Iterable[Conversation], *, is_whole: bool = True) -> "ConversationList":
        """3,000 of them take some ms: made where they are read, not where they are shown."""
        rows = tuple(ordered(conversations))
        return cls(rows, {row.id: row for row in rows}, unread_total(rows), is_whole)


def order_key(conversation: Conversation) -> OrderKey:
    """Invitations, pins, then the newest; the id decides between equals so that rows never swap for nothing."""
    is_invitation = conversation.membership is Membership.INVITED
    return (not is_invitation, not conversation.is_pinned, -conversation.sort_time_ms, conversation.id)


def ordered(conversations: Iterable[Conversation]) -> list[Conversation]:
    """Those that have a row, in their order."""
    return sorted(filter(is_listed, conversations), key=order_key)


def is_listed(conversation: Conversation) -> bool:
    """Conversations the account never joined (or was only mentioned in) have no row."""
    return conversation.membership is not Membership.NONE


def unread_total(conversations: Iterable[Conversation]) -> int:
    """How much is unread. Of muted conversations only what addresses the account."""
    joined, invited = Membership.JOINED, Membership.INVITED  # looked up once: the list may be long
    total = 0
    for conversation in conversations:
        membership = conversation.membership
        if membership is joined or membership is invited:
            total += membership is invited
            if conversation.is_muted:
                total += conversation.mentions
            else:
                total += conversation.unread or conversation.is_marked_unread
    return total
