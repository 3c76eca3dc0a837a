"""Property: whatever the order of wishes, requests, lost answers, late syncs and other devices, this device ends with
what the server has; and where nobody else had a say, with the last wish."""

import contextlib
from collections.abc import Iterator

import apsw
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chatdesk.domain.changes import ChannelBatch, SyncBatch
from chatdesk.domain.conversations import Conversation, Membership, Sign
from chatdesk.store import conversations, signs
from chatdesk.store.sync import apply_sync
from tests.unit.store.server_log import CHANNEL, GROUP, ME
from tests.unit.store.test_order import open_store

Step = tuple[str, bool]
_STEPS = ("wish", "ask", "arrive", "answer", "lose", "poll", "deliver", "elsewhere")


class World:
    """One sign of one conversation: the store here, the server, and what is on its way between them."""

    def __init__(self, store: apsw.Connection, sign: Sign) -> None:
        self.store, self.sign = store, sign
        self.server = False
        self._news = False
        self._request: bool | None = None
        self._has_arrived = False
        self._sync: bool | None = None

    def wish(self, value: bool) -> None:
        signs.wish(self.store, GROUP, self.sign, value)

    def ask(self, _: bool) -> None:
        """The reporter's next request, one at a time."""
        waiting = signs.unreported(self.store)
        if self._request is None and waiting:
            self._request, self._has_arrived = waiting[0][2], False

    def arrive(self, _: bool) -> None:
        if self._request is not None and not self._has_arrived:
            self.elsewhere(self._request)
            self._has_arrived = True

    def answer(self, _: bool) -> None:
        if self._request is not None and self._has_arrived:
            signs.settle(self.store, GROUP, self.sign, self._request, (CHANNEL,))
            self._request = None

    def lose(self, _: bool) -> None:
        """The line breaks before or after the request arrived; it is asked again."""
        self._request = None

    def elsewhere(self, value: bool) -> None:
        self.server, self._news = value, True

    def poll(self, _: bool) -> None:
        """The server answers a sync; it may come here late."""
        if self._sync is None and self._news:
            self._sync, self._news = self.server, False

    def deliver(self, _: bool) -> None:
        if self._sync is None:
            return
        if self.sign is Sign.MUTED:
            batch = SyncBatch("t", muted=frozenset({CHANNEL} if self._sync else ()))
        else:
            batch = SyncBatch("t", (ChannelBatch(CHANNEL, Membership.JOINED, signs={self.sign: self._sync}),))
        apply_sync(self.store, batch, ME, 1)
        self._sync = None

    def settle_down(self) -> None:
        while signs.unreported(self.store) or self._request is not None:
            for step in (self.ask, self.arrive, self.answer):
                step(True)
        for step in (self.deliver, self.poll, self.deliver):
            step(True)

    @property
    def shown(self) -> bool:
        found = conversations.get(self.store, GROUP, ME)
        assert isinstance(found, Conversation)
        return {
            Sign.PINNED: found.is_pinned,
            Sign.MUTED: found.is_muted,
            Sign.UNREAD: found.is_marked_unread,
        }[self.sign]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[apsw.Connection]:
    opened = open_store(str(tmp_path_factory.mktemp("signs")))
    apply_sync(opened, SyncBatch("t", (ChannelBatch(CHANNEL, Membership.JOINED),)), ME, 1)
    yield opened
    opened.close()


@hypothesis_settings(max_examples=300, deadline=None)
@given(sign=st.sampled_from(Sign), steps=st.lists(st.tuples(st.sampled_from(_STEPS), st.booleans()), max_size=40))
@example(  # another device's word overtakes the answer to this one's request
    sign=Sign.PINNED,
    steps=[(step, step == "wish") for step in ("wish", "ask", "arrive", "elsewhere", "poll", "deliver")],
)
def test_any_order_of_wishes_requests_and_syncs_ends_in_agreement(
    store: apsw.Connection, sign: Sign, steps: list[Step]
) -> None:
    with contextlib.suppress(_Undone), store:  # nothing of an example is left for the next
        world = World(store, sign)
        wished = False
        for step, value in steps:
            getattr(world, step)(value)
            if step == "wish":
                wished = value
                assert world.shown is value  # at once
        world.settle_down()
        assert world.shown is world.server
        if all(step != "elsewhere" for step, _ in steps):
            assert world.shown is wished
        raise _Undone


class _Undone(Exception):
    """Rolls the transaction back."""
