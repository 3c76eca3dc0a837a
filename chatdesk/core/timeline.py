"""A window on one conversation: what the message pane shows.

Owns the loaded messages, oldest first, and how far scrolling up can go. Loop thread only. It knows no scroll bar:
whoever shows it asks for an older page and applies the diffs it publishes, in order.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

from chatdesk.core.feed import Feed
from chatdesk.core.history import History
from chatdesk.core.ledger import Ledger
from chatdesk.core.task_set import TaskSet
from chatdesk.domain.changes import Changes, Insert, ListDiff, LoadState, Remove, Reset, Update, apply_diff
from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message, MessageState
from chatdesk.store import messages
from chatdesk.store.messages import TOP

PAGE = 50
_JUST_WRITTEN = (MessageState.QUEUED, MessageState.UPLOADING)


class Timeline:
    """A window on the newest messages, or after `open_around` and `open_at` on some in the middle (not `is_at_newest`):
    then what arrives is noted in `missed` and comes with `page_newer`."""

    def __init__(self, conversation: ConversationId, ledger: Ledger, history: History, tasks: TaskSet) -> None:
        self.conversation = conversation
        self.items: list[Message] = []
        self.load_state = LoadState.IDLE
        self.load_failure = ""
        self.is_at_newest = True
        self.newer_state = LoadState.IDLE
        """IDLE, LOADING or FAILED: how loading towards the newest goes."""
        self.newer_failure = ""
        self.missed: frozenset[int] = frozenset()
        """Keys of messages of others that arrived above the window."""
        self.read_positions: dict[str, int] = {}
        self.diffs: Feed[ListDiff[Message]] = Feed()
        self.load_states: Feed[LoadState] = Feed()
        self.ends: Feed[None] = Feed()
        """`is_at_newest`, `newer_state` or `missed` is another one."""
        self.written: Feed[None] = Feed()
        """The user wrote something that lies above the window."""
        self.fallen_behind: Feed[None] = Feed()
        """It was at the newest message, and so much arrived that it no longer is."""
        self.read_changes: Feed[None] = Feed()
        self._keys: set[int] = set()
        """Of all `items`."""
        self._ledger = ledger
        self._history = history
        self._tasks = tasks
        self._is_open = False
        self._is_closed = False
        self._asked = self._placed = 0
        """The number of the last place that was asked for, and of the one that is shown."""
        self._opened = 0
        """How often the window was placed: a page that was asked for before belongs to another one."""
        self._searches = 0
        self._heard = 0
        """How often something changed here: a page read meanwhile may lack it."""
        self._unsubscribe = ledger.changes.subscribe(self._on_changes)

    @property
    def has_begun(self) -> bool:
        """Some place of it was asked for."""
        return self._asked > 0

    async def open(self) -> None:
        """Load the newest page from the store; never waits for the network."""
        database = self._ledger.database
        self._asked = asked = self._asked + 1
        while True:
            heard = self._heard
            page, gap = await database.read(messages.page, self.conversation, TOP, PAGE)
            receipts = await database.read(messages.read_positions, self.conversation)
            if heard == self._heard:
                break
        if self._is_closed or asked != self._asked:
            return
        self.read_positions = {receipt.user_id: receipt.position for receipt in receipts}
        self._place(page, is_start=len(page) < PAGE and gap is None, is_at_newest=True)
        self.read_changes.publish(None)

    async def open_around(self, key: int) -> bool:
        """Load what the store has around a message; False, and nothing changes, when it is not there or another place
        was asked for meanwhile."""
        database = self._ledger.database
        message = await database.read(messages.get, key)
        if message is None or message.conversation != self.conversation:
            return False
        self._asked = asked = self._asked + 1
        while True:
            heard = self._heard
            older, gap = await database.read(messages.page, self.conversation, message.position + 1, PAGE)
            newer, above = await database.read(messages.page_newer, self.conversation, message.position, PAGE)
            receipts = await database.read(messages.read_positions, self.conversation)
            if heard == self._heard:
                break
        if self._is_closed or asked != self._asked:
            return False
        self.read_positions = {receipt.user_id: receipt.position for receipt in receipts}
        is_at_newest = above is None and len(newer) < PAGE
        self._place(older + newer, is_start=len(older) < PAGE and gap is None, is_at_newest=is_at_newest)
        self.read_changes.publish(None)
        return True

    async def open_at(self, time_ms: int) -> int | None:
        """Load around the first message of this time or later, with history from the server down to there.

        Its key; None, and nothing changes, when there is none that late or after `stop_searching`. Raises NetworkError
        or ServerError.
        """
        self._searches += 1
        search = self._searches
        while not await self._history.reach(self.conversation, time_ms, 1):
            if self._is_closed or search != self._searches:
                return None
        key = await self._ledger.database.read(messages.first_since, self.conversation, time_ms)
        if key is None or search != self._searches or not await self.open_around(key):
            return None
        return key

    def stop_searching(self) -> None:
        """End `open_at` after the page it is waiting for."""
        self._searches += 1

    async def page_older(self) -> None:
        """One older page: from the store, and at a gap from the server first. Does nothing unless idle or failed."""
        if not self._is_open or self.load_state in (LoadState.LOADING, LoadState.START_REACHED):
            return
        opened = self._opened
        self._set_load_state(LoadState.LOADING)
        try:
            found, at_start = await self._history.older(self.conversation, self._first_position(), PAGE)
        except ChatdeskError as error:
            if opened == self._opened:
                self.load_failure = str(error)
                self._set_load_state(LoadState.FAILED)
            return
        except BaseException:  # cancelled, or a defect that the caller reports: scrolling up must stay possible
            if opened == self._opened:
                self._set_load_state(LoadState.IDLE)
            raise
        if opened != self._opened:
            return
        self._merge(found, ())
        self._set_load_state(LoadState.START_REACHED if at_start else LoadState.IDLE)

    async def page_newer(self) -> None:
        """One page towards the newest, at a gap from the server. Does nothing at the newest or while it loads."""
        if not self._is_open or self.is_at_newest or self.newer_state is LoadState.LOADING:
            return
        opened = self._opened
        self._set_newer(LoadState.LOADING)
        try:
            found, at_end = await self._next_page(opened)
        except ChatdeskError as error:
            if opened == self._opened:
                self.newer_failure = str(error)
                self._set_newer(LoadState.FAILED)
            return
        except BaseException:
            if opened == self._opened:
                self._set_newer(LoadState.IDLE)
            raise
        if self._is_closed or opened != self._opened:
            return
        self._merge(found, ())
        self.is_at_newest = at_end
        self.missed = frozenset() if at_end else self.missed - self._keys
        self._set_newer(LoadState.IDLE)

    async def _next_page(self, opened: int) -> tuple[tuple[Message, ...], bool]:
        """The messages above the window, and whether these are all."""
        while True:
            heard = self._heard
            found, at_end = await self._history.newer(self.conversation, self._last_position(), PAGE)
            is_whole = at_end and heard == self._heard
            if found or is_whole or self._is_closed or opened != self._opened:
                return found, is_whole

    async def _reopen(self) -> None:
        """So much changed that the window is read again, where it is. What is being read sees to that itself."""
        if self._asked != self._placed:
            return
        middle = self.items[len(self.items) // 2].key if self.items else 0
        if self.is_at_newest or not await self.open_around(middle):
            await self.open()

    def close(self) -> None:
        self._unsubscribe()
        self._is_open = False
        self._is_closed = True

    def _place(self, items: tuple[Message, ...], is_start: bool, is_at_newest: bool) -> None:
        self._opened += 1
        self._placed = self._asked
        self._is_open = True
        self.is_at_newest = is_at_newest
        self.newer_state = LoadState.IDLE
        self.missed = frozenset()
        self.ends.publish(None)  # first: whoever shows the items must know whether to follow
        self._emit(Reset(items))
        self._set_load_state(LoadState.START_REACHED if is_start else LoadState.IDLE)

    def _first_position(self) -> int:
        return self.items[0].position if self.items else TOP

    def _last_position(self) -> int:
        return self.items[-1].position if self.items else 0

    def _on_changes(self, changes: Changes) -> None:
        mine = [message for message in changes.messages if message.conversation == self.conversation]
        deleted = [key for conversation, key in changes.deleted if conversation == self.conversation]
        is_reset = self.conversation in changes.resets
        is_gapped = self.conversation in changes.gapped
        if mine or deleted or is_reset or is_gapped:
            self._heard += 1
        if not self._is_open:
            return
        if is_gapped and self.items and not is_reset:
            self._detach()
        elif is_reset or is_gapped:
            self._tasks.spawn(self._reopen(), "reopening a timeline")
            return
        if mine or deleted:
            self._take_over(mine, deleted, frozenset(changes.arrived))
        for receipt in changes.receipts:
            if receipt.conversation == self.conversation:
                self.read_positions[receipt.user_id] = receipt.position
        if any(receipt.conversation == self.conversation for receipt in changes.receipts):
            self.read_changes.publish(None)

    def _detach(self) -> None:
        """Between the window and the newest messages some are missing now; what waits to be sent stands below those."""
        waiting = sum(message.is_echo for message in self.items)
        if self.is_at_newest and waiting < len(self.items):
            if waiting:
                self._emit(Remove(len(self.items) - waiting, waiting))
            self.is_at_newest = False
            self.fallen_behind.publish(None)
            self.ends.publish(None)
        elif self.is_at_newest:
            self._tasks.spawn(self.open(), "reopening a timeline")

    def _take_over(self, mine: Sequence[Message], deleted: Sequence[int], arrived: Collection[int]) -> None:
        """What is older or newer than the window comes with its page; everything else belongs here now."""
        first = 0 if self.load_state is LoadState.START_REACHED else self._first_position()
        last = TOP if self.is_at_newest else self._last_position()
        loaded = {message.key for message in mine if message.key in self._keys}
        self._merge([m for m in mine if m.key in loaded or first < m.position < last], deleted)
        above = [message for message in mine if message.position > last and message.key not in loaded]
        if any(message.is_self and message.state in _JUST_WRITTEN for message in above):
            self.written.publish(None)
        missed = {m.key for m in above if m.key in arrived and not m.is_self and not m.is_tip}
        if missed:
            self.missed |= missed
            self.ends.publish(None)

    def _merge(self, changed: Iterable[Message], deleted: Iterable[int]) -> None:
        for diff in merge_diffs(self.items, changed, deleted, self._keys):
            self._emit(diff)

    def _emit(self, diff: ListDiff[Message]) -> None:
        match diff:  # an update has the key of the message it is about
            case Insert(items=new):
                self._keys.update(message.key for message in new)
            case Remove(index=index, count=count):
                self._keys.difference_update(message.key for message in self.items[index : index + count])
            case Reset(items=new):
                self._keys = {message.key for message in new}
        apply_diff(self.items, diff)
        self.diffs.publish(diff)

    def _set_load_state(self, state: LoadState) -> None:
        if state is not self.load_state:
            self.load_state = state
            self.load_states.publish(state)

    def _set_newer(self, state: LoadState) -> None:
        self.newer_state = state
        self.ends.publish(None)


def merge_diffs(
    items: Sequence[Message],
    changed: Iterable[Message],
    deleted: Iterable[int] = (),
    keys: Collection[int] | None = None,
) -> list[ListDiff[Message]]:
    """The diffs that bring `changed` messages into position order and drop `deleted` keys; pure.

    A message whose place does not change is updated there; neighbouring new ones come as one insert. `keys`: of all
    `items`, where they are known: then only messages that are here are looked for, from the newest on.
    """
    work = list(items)
    diffs: list[ListDiff[Message]] = []

    def emit(diff: ListDiff[Message]) -> None:
        apply_diff(work, diff)
        diffs.append(diff)

    latest = {message.key: message for message in changed}
    gone = set(deleted)
    rows = _rows_of({key for key in (*latest, *gone) if keys is None or key in keys}, work)
    new = [message for key, message in latest.items() if key not in rows and key not in gone]
    leaving = [row for key, row in rows.items() if key in gone]
    for key, row in rows.items():
        if key in gone:
            continue
        message = latest[key]
        before = work[row - 1].position if row else -1
        after = work[row + 1].position if row + 1 < len(work) else TOP
        if before < message.position < after:
            if message != work[row]:
                emit(Update(row, message))
        else:
            leaving.append(row)
            new.append(message)
    for start, count in _runs(sorted(leaving)):
        emit(Remove(start, count))
    new.sort(key=lambda message: message.position)
    end = len(new)
    while end:  # from the back, so that indices found in `work` stay right
        index = bisect_left(work, new[end - 1].position, key=lambda message: message.position)
        lower = work[index - 1].position if index else -1
        start = end - 1
        while start and new[start - 1].position > lower:
            start -= 1
        emit(Insert(index, tuple(new[start:end])))
        end = start
    return diffs


def _rows_of(keys: set[int], items: Sequence[Message]) -> dict[int, int]:
    """Where these messages are, in the order of the rows; those that are not there are left out."""
    found: list[tuple[int, int]] = []
    row = len(items)
    while row and len(found) < len(keys):
        row -= 1
        if items[row].key in keys:
            found.append((items[row].key, row))
    return dict(reversed(found))


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring rows as (first, count), last run first."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][0] + runs[-1][1] == row:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((row, 1))
    return runs[::-1]
