"""Deleting with a moment to think again."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from PySide6.QtWidgets import QApplication

from chatdesk.models.deletion import PendingDeletion
from chatdesk.models.tasks import Tasks
from tests.models.waiting import until


class Journal:
    """Notes what it is told, in order."""

    def __init__(self) -> None:
        self.told: list[tuple[str, tuple[int, ...]]] = []

    async def hide(self, keys: Sequence[int]) -> None:
        self.told.append(("hide", tuple(keys)))

    async def undo(self, keys: Sequence[int]) -> None:
        self.told.append(("undo", tuple(keys)))

    async def finish(self, keys: Sequence[int], everywhere: bool) -> None:
        self.told.append(("everywhere" if everywhere else "here", tuple(keys)))


@pytest.fixture
async def journal() -> Journal:
    return Journal()


@pytest.fixture
async def pending(qapp: QApplication, journal: Journal) -> AsyncIterator[PendingDeletion]:
    tasks = Tasks()
    model = PendingDeletion(journal, tasks, tasks)
    yield model
    model.abandon()  # its time would be over in some later test
    await tasks.close()


async def test_hidden_at_once_and_back_by_undo(pending: PendingDeletion, journal: Journal) -> None:
    counts: list[int] = []
    pending.changed.connect(lambda: counts.append(pending.count))
    pending.start((1, 2), everywhere=True)
    pending.undo()
    pending.undo()
    await until(lambda: len(journal.told) == 2)
    assert journal.told == [("hide", (1, 2)), ("undo", (1, 2))]
    assert counts == [2, 0]


async def test_done_when_the_time_is_over(pending: PendingDeletion, journal: Journal) -> None:
    pending._timer.setInterval(1)
    pending.start((1,), everywhere=False)
    await until(lambda: len(journal.told) == 2)
    assert journal.told[1] == ("here", (1,))
    assert pending.count == 0


async def test_the_next_deletion_ends_the_one_before(pending: PendingDeletion, journal: Journal) -> None:
    pending.start((1,), everywhere=True)
    pending.start((2,), everywhere=False)
    await until(lambda: len(journal.told) == 3)
    assert sorted(journal.told) == [("everywhere", (1,)), ("hide", (1,)), ("hide", (2,))]
    assert pending.count == 1


async def test_closing_finishes_and_wiping_forgets(pending: PendingDeletion, journal: Journal) -> None:
    pending.start((1,), everywhere=True)
    await asyncio.sleep(0)
    await pending.close()
    assert journal.told == [("hide", (1,)), ("everywhere", (1,))]
    pending.start((2,), everywhere=True)
    pending.abandon()
    await pending.close()
    assert ("everywhere", (2,)) not in journal.told
