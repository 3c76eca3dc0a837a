"""Property: the first rows of the list, read by themselves, are those the whole list begins with."""

import contextlib
from collections.abc import Iterator
from typing import NamedTuple

import apsw
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chatdesk.domain.changes import ChannelBatch, SyncBatch
from chatdesk.domain.conversation_list import ConversationList
from chatdesk.domain.conversations import Membership, Sign
from chatdesk.domain.elements import Text, Tip, TipKind
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import IncomingMessage
from chatdesk.store import conversations, deletions, signs
from chatdesk.store.rows import value
from chatdesk.store.sync import apply_sync
from tests.unit.store.server_log import BEN, ME
from tests.unit.store.test_order import open_store

CLEO, BLOCKED = "@cleo:h", "@blocked:h"
COUNT, PART = 2, 3


class _Undone(Exception):
    """Rolls an example back: each begins with an empty store."""


class Channel(NamedTuple):
    membership: Membership
    times: tuple[int, ...]
    has_tip: bool
    is_newest_deleted: bool
    inviter: str
    peer: str
    """Empty for a group; two channels may have the same one."""
    is_pinned: bool
    wish: bool | None
    is_left_here: bool


_CHANNELS = st.builds(
    Channel,
    membership=st.sampled_from(Membership),
    times=st.lists(st.integers(1, 5), max_size=3).map(tuple),
    has_tip=st.booleans(),
    is_newest_deleted=st.booleans(),
    inviter=st.sampled_from(("", CLEO, BLOCKED)),
    peer=st.sampled_from(("", "", BEN, CLEO, BLOCKED)),
    is_pinned=st.booleans(),
    wish=st.sampled_from((None, None, False, True)),
    is_left_here=st.booleans(),
)


def batch(number: int, channel: Channel) -> ChannelBatch:
    said = [
        IncomingMessage(f"$c{number}-{i}", BEN, time_ms, (Text("hi"),), b"{}")
        for i, time_ms in enumerate(channel.times)
    ]
    if channel.has_tip:
        said.append(IncomingMessage(f"$c{number}-tip", BEN, 9, (Tip(TipKind.KICKED, (ME,)),), b"{}"))
    return ChannelBatch(
        f"!c{number}",
        channel.membership,
        messages=tuple(said),
        inviter=channel.inviter,
        signs={Sign.PINNED: channel.is_pinned},
    )


def fill(store: apsw.Connection, channels: list[Channel]) -> None:
    direct = {f"!c{number}": channel.peer for number, channel in enumerate(channels) if channel.peer}
    batches = tuple(batch(number, channel) for number, channel in enumerate(channels))
    apply_sync(store, SyncBatch("t", batches, direct, blocked=frozenset({BLOCKED})), ME, 3)
    for number, channel in enumerate(channels):
        identifier = conversations.identify(store, f"!c{number}")
        if channel.wish is not None:
            signs.wish(store, identifier, Sign.PINNED, channel.wish)
        if channel.is_left_here:
            conversations.set_membership(store, identifier, Membership.LEFT, is_hidden=True)
        if channel.is_newest_deleted and channel.times:
            newest = f"$c{number}-{len(channel.times) - 1}"
            key = value(store, "SELECT key FROM message WHERE message_id = ?", (newest,))
            deletions.hide(store, [key])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[apsw.Connection]:
    with contextlib.closing(open_store(str(tmp_path_factory.mktemp("list")))) as opened:
        yield opened


@hypothesis_settings(max_examples=300, deadline=None)
@given(channels=st.lists(_CHANNELS, min_size=3, max_size=8), besides=st.integers(0, 9))
def test_the_first_rows_are_those_of_the_whole_list(
    store: apsw.Connection, channels: list[Channel], besides: int
) -> None:
    with contextlib.suppress(_Undone), store:
        fill(store, channels)
        whole = ConversationList.of(conversations.unordered(store, ME)).rows
        first = ConversationList.of(conversations.first_shown(store, ME, COUNT, None)).rows
        assert first == whole[:COUNT]
        one = ConversationId(ConversationType.GROUP, f"!c{besides}")
        more = ConversationList.of(conversations.first_shown(store, ME, COUNT, one))
        assert [row for row in more.rows if row.id != one] == [row for row in first if row.id != one]
        assert (one in more.by_id) == any(row.id == one for row in whole)
        _, highest = conversations.count(store)
        parts = [range(first, first + PART) for first in range(0, highest + 1, PART)]
        others = [row for part in parts for row in conversations.some(store, ME, part, more.by_id.keys())]
        assert ConversationList.of([*more.rows, *others]).rows == whole
        raise _Undone
