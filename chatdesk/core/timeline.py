"""A window on one conversation: what the message pane shows.

Owns the loaded messages, oldest first, and how far scrolling up can go. Loop thread only. It knows no scroll bar:
whoever shows it asks for an older page and applies the diffs it publishes, in order.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from chatdesk.core.feed import Feed
from chatdesk.core.history import History
from chatdesk.core.ledger import Ledger
from chatdesk.core.task_set import TaskSet
from chatdesk.domain.changes import Changes, Insert, ListDiff, LoadState, Remove, Reset, Update, apply_diff
from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message
from chatdesk.store import messages
from chatdesk.store.messages import TOP

PAGE = 50


class Timeline:
    def __init__(self, conversation: ConversationId, ledger: Ledger, history: History, tasks: TaskSet) -> None:
        self.conversation = conversation
        self.items: list[Message] = []
        self.load_state = LoadState.IDLE
        self.load_failure = ""
        self.read_positions: dict[str, int] = {}
        self.diffs: Feed[ListDiff[Message]] = Feed()
        self.load_states: Feed[LoadState] = Feed()
        self.read_changes: Feed[None] = Feed()
        self._ledger = ledger
        self._history = history
        self._tasks = tasks
        self._is_open = False
        self._unsubscribe = ledger.changes.subscribe(self._on_changes)

    async def open(self) -> None:
        """Load the newest page from the store; never waits for the network."""
        database = self._ledger.database
        page, gap = await database.read(messages.page, self.conversation, TOP, PAGE)
        receipts = await database.read(messages.read_positions, self.conversation)
        self.read_positions = {receipt.user_id: receipt.position for receipt in receipts}
        self._is_open = True
        self._emit(Reset(page))
        at_start = len(page) < PAGE and gap is None
        self._set_load_state(LoadState.START_REACHED if at_start else LoadState.IDLE)
        self.read_changes.publish(None)

    async def page_older(self) -> None:
        """One older page: from the store, and at a gap from the server first. Does nothing unless idle or failed."""
        if not self._is_open or self.load_state in (LoadState.LOADING, LoadState.START_REACHED):
            return
        self._set_load_state(LoadState.LOADING)
        try:
            found, at_start = await self._history.older(self.conversation, self._first_position(), PAGE)
        except ChatdeskError as error:
            self.load_failure = str(error)
            self._set_load_state(LoadState.FAILED)
            return
        except BaseException:  # cancelled, or a defect that the caller reports: scrolling up must stay possible
            self._set_load_state(LoadState.IDLE)
            raise
        self._merge(found, ())
        self._set_load_state(LoadState.START_REACHED if at_start else LoadState.IDLE)

    def close(self) -> None:
        self._unsubscribe()
        self._is_open = False

    def _first_position(self) -> int:
        return self.items[0].position if self.items else TOP

    def _on_changes(self, changes: Changes) -> None:
        if not self._is_open:
            return
        if self.conversation in changes.resets:
            self._tasks.spawn(self.open(), "reopening a timeline")
            return
        mine = [message for message in changes.messages if message.conversation == self.conversation]
        deleted = [key for conversation, key in changes.deleted if conversation == self.conversation]
        if mine or deleted:
            first = self._first_position()
            loaded = {message.key for message in self.items}
            # What is older than the window comes with its page; everything else belongs here now.
            wanted = [
                message
                for message in mine
                if message.key in loaded or message.position > first or self.load_state is LoadState.START_REACHED
            ]
            self._merge(wanted, deleted)
        for receipt in changes.receipts:
            if receipt.conversation == self.conversation:
                self.read_positions[receipt.user_id] = receipt.position
        if any(receipt.conversation == self.conversation for receipt in changes.receipts):
            self.read_changes.publish(None)

    def _merge(self, changed: Iterable[Message], deleted: Iterable[int]) -> None:
        for diff in merge_diffs(self.items, changed, deleted):
            self._emit(diff)

    def _emit(self, diff: ListDiff[Message]) -> None:
        apply_diff(self.items, diff)
        self.diffs.publish(diff)

    def _set_load_state(self, state: LoadState) -> None:
        if state is not self.load_state:
            self.load_state = state
            self.load_states.publish(state)


def merge_diffs(
    items: Sequence[Message], changed: Iterable[Message], deleted: Iterable[int] = ()
) -> list[ListDiff[Message]]:
    """The diffs that bring `changed` messages into position order and drop `deleted` keys; pure.

    A message whose place does not change is updated there; neighbouring new ones come as one insert.
    """
    work = list(items)
    diffs: list[ListDiff[Message]] = []

    def emit(diff: ListDiff[Message]) -> None:
        apply_diff(work, diff)
        diffs.append(diff)

    latest = {message.key: message for message in changed}
    gone = set(deleted)
    rows = {message.key: row for row, message in enumerate(work) if message.key in latest or message.key in gone}
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


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring rows as (first, count), last run first."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][0] + runs[-1][1] == row:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((row, 1))
    return runs[::-1]
