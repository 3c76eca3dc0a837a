"""The diffs that keep the conversation list in its order. Pure functions, any thread, no Qt."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from chatdesk.domain.changes import Insert, ListDiff, Remove, Update, apply_diff
from chatdesk.domain.conversation_list import is_listed, order_key
from chatdesk.domain.conversations import Conversation
from chatdesk.domain.ids import ConversationId


def place_of(rows: Sequence[Conversation], conversation: Conversation) -> int:
    """Where it stands in ordered `rows`, or belongs: no key is there twice, so the order finds it."""
    return bisect_left(rows, order_key(conversation), key=order_key)


def merged(
    rows: Sequence[Conversation],
    known: Mapping[ConversationId, Conversation],
    changed: Iterable[Conversation],
    removed: Iterable[ConversationId],
) -> list[Conversation]:
    """Ordered `rows` with `changed` put in and `removed` taken out, all at once. `known`: the rows by their ids."""
    new = {row.id: row for row in changed}
    gone = {id(known[identifier]) for identifier in {*removed, *new} if identifier in known}
    result = [row for row in rows if id(row) not in gone]
    place = 0
    for key, conversation in sorted((order_key(row), row) for row in new.values() if is_listed(row)):
        # What is new mostly goes to the top, one beside the other: no search.
        if place < len(result) and order_key(result[place]) < key:
            place = bisect_left(result, key, place, key=order_key)
        result.insert(place, conversation)
        place += 1
    return result


def list_diffs(
    rows: Sequence[Conversation],
    known: Mapping[ConversationId, Conversation],
    changed: Iterable[Conversation],
    removed: Iterable[ConversationId],
) -> list[ListDiff[Conversation]]:
    """Steps that turn ordered `rows` into the ordered list with `changed` put in and `removed` taken out.

    `known`: the rows by their ids. Looks at no row that a change does not concern.
    """
    current = list(rows)
    touched: dict[ConversationId, Conversation | None] = {}
    diffs: list[ListDiff[Conversation]] = []

    def add(diff: ListDiff[Conversation]) -> None:
        apply_diff(current, diff)
        diffs.append(diff)

    def now(identifier: ConversationId) -> Conversation | None:
        return touched[identifier] if identifier in touched else known.get(identifier)

    def take_out(identifier: ConversationId) -> None:
        if (old := now(identifier)) is not None:
            add(Remove(place_of(current, old), 1))
            touched[identifier] = None

    for identifier in removed:
        take_out(identifier)
    for conversation in changed:
        if not is_listed(conversation):
            take_out(conversation.id)
            continue
        old = now(conversation.id)
        if old is not None and order_key(old) == order_key(conversation):
            if old != conversation:
                add(Update(place_of(current, old), conversation))
        else:
            take_out(conversation.id)
            add(Insert(place_of(current, conversation), (conversation,)))
        touched[conversation.id] = conversation
    return diffs
