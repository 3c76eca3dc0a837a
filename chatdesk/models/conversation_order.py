"""The order of the conversation list and the diffs that keep it. Pure functions, any thread, no Qt."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from chatdesk.domain.changes import Insert, ListDiff, Remove, Update, apply_diff
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId

OrderKey = tuple[bool, bool, int, ConversationId]


def order_key(conversation: Conversation) -> OrderKey:
    """Invitations, pins, then the newest; the id decides between equals so that rows never swap for nothing."""
    is_invitation = conversation.membership is Membership.INVITED
    return (not is_invitation, not conversation.is_pinned, -conversation.sort_time_ms, conversation.id)


def is_listed(conversation: Conversation) -> bool:
    """Conversations the account never joined (or was only mentioned in) have no row."""
    return conversation.membership is not Membership.NONE


def list_diffs(
    rows: Sequence[Conversation], changed: Iterable[Conversation], removed: Iterable[ConversationId]
) -> list[ListDiff[Conversation]]:
    """Steps that turn ordered `rows` into the ordered list with `changed` put in and `removed` taken out."""
    current = list(rows)
    ids = [row.id for row in current]
    diffs: list[ListDiff[Conversation]] = []

    def add(diff: ListDiff[Conversation]) -> None:
        apply_diff(current, diff)
        diffs.append(diff)

    def take_out(identifier: ConversationId) -> None:
        if identifier in ids:
            index = ids.index(identifier)
            del ids[index]
            add(Remove(index, 1))

    for identifier in removed:
        take_out(identifier)
    for conversation in changed:
        if not is_listed(conversation):
            take_out(conversation.id)
            continue
        if conversation.id in ids:
            index = ids.index(conversation.id)
            if order_key(current[index]) == order_key(conversation):
                if current[index] != conversation:
                    add(Update(index, conversation))
                continue
            take_out(conversation.id)
        index = bisect_left(current, order_key(conversation), key=order_key)
        ids.insert(index, conversation.id)
        add(Insert(index, (conversation,)))
    return diffs
