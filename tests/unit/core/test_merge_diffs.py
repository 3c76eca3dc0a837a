"""The diffs a timeline publishes: applied to the old list they give the new one, in order, each message once."""

from hypothesis import given
from hypothesis import strategies as st

from chatdesk.core.timeline import merge_diffs
from chatdesk.domain.changes import Insert, Remove, Update, apply_diff
from chatdesk.domain.elements import Text
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import ECHO_BASE, Message, MessageState

GROUP = ConversationId(ConversationType.GROUP, "!c")


def message(key: int, position: int, text: str = "") -> Message:
    return Message(
        key=key,
        conversation=GROUP,
        position=position,
        sender="@ann:h",
        sender_name="Ann",
        is_self=True,
        time_ms=1,
        state=MessageState.SYNCED,
        elements=(Text(text),),
    )


@given(
    st.dictionaries(st.integers(1, 30), st.integers(0, 200), max_size=15),
    st.dictionaries(st.integers(1, 40), st.integers(0, 200), max_size=15),
    st.sets(st.integers(1, 40), max_size=6),
    st.booleans(),
)
def test_the_result_is_sorted_and_complete(
    old: dict[int, int], new: dict[int, int], gone: set[int], knows_keys: bool
) -> None:
    def unique(positions: dict[int, int], salt: str) -> list[Message]:
        return [message(key, position * 50 + key, salt) for key, position in positions.items()]

    items = sorted(unique(old, "old"), key=lambda m: m.position)
    changed = unique(new, "new")
    work = list(items)
    for diff in merge_diffs(items, changed, gone, set(old) if knows_keys else None):
        apply_diff(work, diff)
    expected = {m.key: m for m in items} | {m.key: m for m in changed}
    assert work == sorted((m for key, m in expected.items() if key not in gone), key=lambda m: m.position)


def test_an_echo_that_becomes_its_synced_message_is_one_update() -> None:
    items = [message(1, 10), message(2, ECHO_BASE)]
    assert merge_diffs(items, [message(2, 11, "synced")]) == [Update(1, message(2, 11, "synced"))]


def test_neighbours_come_as_one_insert() -> None:
    items = [message(1, 10), message(2, 20)]
    new = [message(key, position) for key, position in ((3, 1), (4, 2), (5, 12), (6, 21), (7, 22))]
    assert merge_diffs(items, new) == [
        Insert(2, (new[3], new[4])),
        Insert(1, (new[2],)),
        Insert(0, (new[0], new[1])),
    ]


def test_an_unchanged_message_is_no_diff() -> None:
    items = [message(1, 10)]
    assert merge_diffs(items, [message(1, 10)]) == []
    assert merge_diffs(items, [], [5]) == []


def test_an_echo_overtaken_by_somebody_moves_up() -> None:
    items = [message(1, 10), message(2, ECHO_BASE), message(3, ECHO_BASE + 1)]
    diffs = merge_diffs(items, [message(3, 11)])
    assert diffs == [Remove(2, 1), Insert(1, (message(3, 11),))]
