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
    """Steps that turn ordered `rows` into the ordered list with `changed` put in and `removed` taken out.

    The order finds each row: no key is there twice, so one look through the rows is enough for any number of changes.
    """
    current = list(rows)
    known = {row.id: row for row in rows}
    diffs: list[ListDiff[Conversation]] = []

    def add(diff: ListDiff[Conversation]) -> None:
        apply_diff(current, diff)
        diffs.append(diff)

    def place_of(conversation: Conversation) -> int:
        return bisect_left(current, order_key(conversation), key=order_key)

    def take_out(identifier: ConversationId) -> None:
        if (old := known.pop(identifier, None)) is not None:
            add(Remove(place_of(old), 1))

    for identifier in removed:
        take_out(identifier)
    for conversation in changed:
        if not is_listed(conversation):
            take_out(conversation.id)
            continue
        old = known.get(conversation.id)
        if old is not None and order_key(old) == order_key(conversation):
            if old != conversation:
                add(Update(place_of(old), conversation))
        else:
            take_out(conversation.id)
            add(Insert(place_of(conversation), (conversation,)))
        known[conversation.id] = conversation
    return diffs
