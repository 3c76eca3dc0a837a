"""The list's diffs: applied to the old list they give the new one, ordered, for any sequence of changes."""

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.domain.changes import Remove, Update, apply_diff
from chatdesk.domain.conversation_list import is_listed, order_key, ordered
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.models.conversation_order import list_diffs, merged


def _conversation(
    number: int,
    time_ms: int = 0,
    membership: Membership = Membership.JOINED,
    unread: int = 0,
    is_pinned: bool = False,
) -> Conversation:
    identifier = ConversationId(ConversationType.GROUP, f"!{number}")
    return Conversation(
        identifier, f"Group {number}", membership, unread=unread, sort_time_ms=time_ms, is_pinned=is_pinned
    )


def _by_id(rows: list[Conversation]) -> dict[ConversationId, Conversation]:
    return {row.id: row for row in rows}


_conversations = st.builds(
    _conversation,
    st.integers(0, 8),
    st.integers(0, 5),
    st.sampled_from([Membership.JOINED, Membership.JOINED, Membership.INVITED, Membership.LEFT, Membership.NONE]),
    st.integers(0, 2),
    st.booleans(),
)
_batches = st.lists(
    st.tuples(st.lists(_conversations, max_size=5), st.lists(st.integers(0, 8), max_size=2)), max_size=8
)


@given(_batches)
def test_any_changes_give_the_ordered_list(batches: list[tuple[list[Conversation], list[int]]]) -> None:
    rows: list[Conversation] = []
    wanted: dict[ConversationId, Conversation] = {}
    for changed, removed_numbers in batches:
        removed = [ConversationId(ConversationType.GROUP, f"!{number}") for number in removed_numbers]
        at_once = merged(rows, _by_id(rows), changed, removed)
        for diff in list_diffs(rows, _by_id(rows), changed, removed):
            apply_diff(rows, diff)
        assert at_once == rows
        for identifier in removed:
            wanted.pop(identifier, None)
        for conversation in changed:
            if is_listed(conversation):
                wanted[conversation.id] = conversation
            else:
                wanted.pop(conversation.id, None)
        assert rows == sorted(wanted.values(), key=order_key)
        assert ordered([*wanted.values(), _conversation(99, 3, Membership.NONE)]) == rows


def test_invitations_then_pins_then_the_newest() -> None:
    old, new = _conversation(1, 10), _conversation(2, 20)
    invitation = _conversation(3, 5, Membership.INVITED)
    pinned, pinned_new = _conversation(4, 1, is_pinned=True), _conversation(5, 2, is_pinned=True)
    wanted = [invitation, pinned_new, pinned, new, old]
    assert sorted([old, new, pinned, invitation, pinned_new], key=order_key) == wanted


def test_a_change_that_does_not_move_is_an_update_in_place() -> None:
    rows = [_conversation(1, 20), _conversation(2, 10)]
    changed = _conversation(2, 10, unread=3)
    assert list_diffs(rows, _by_id(rows), [changed], ()) == [Update(1, changed)]


def test_what_is_the_same_changes_nothing() -> None:
    rows = [_conversation(1, 20), _conversation(2, 10)]
    assert list_diffs(rows, _by_id(rows), [_conversation(2, 10)], ()) == []


def test_a_new_message_lifts_its_conversation() -> None:
    rows = [_conversation(1, 20), _conversation(2, 10)]
    first, second = list_diffs(rows, _by_id(rows), [_conversation(2, 30)], ())
    assert first == Remove(1, 1)
    assert (second.index, second.items[0].id) == (0, rows[1].id)  # type: ignore[union-attr]
