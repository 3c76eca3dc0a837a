"""The one door for coroutines: every end is told, none is silent."""

import asyncio
import logging

import pytest
from PySide6.QtWidgets import QApplication

from chatdesk.domain.errors import InputError, TransferCancelled
from chatdesk.models.tasks import Tasks
from tests.models.waiting import until


@pytest.fixture
def tasks(qapp: QApplication) -> Tasks:
    return Tasks()


async def _give(value: int) -> int:
    return value


async def _fail(error: Exception) -> None:
    raise error


async def test_the_result_is_handed_over(tasks: Tasks) -> None:
    results: list[int] = []
    tasks.run(_give(7), results.append)
    await until(lambda: results == [7])


async def test_an_expected_error_becomes_its_sentence(tasks: Tasks) -> None:
    told: list[str] = []
    tasks.failed.connect(told.append)
    tasks.run(_fail(InputError("Type a name.")))
    await until(lambda: told == ["Type a name."])


async def test_on_error_takes_the_sentence_instead(tasks: Tasks) -> None:
    told: list[str] = []
    mine: list[str] = []
    tasks.failed.connect(told.append)
    tasks.run(_fail(InputError("Type a name.")), on_error=mine.append)
    await until(lambda: mine == ["Type a name."])
    assert not told


async def test_a_defect_is_logged_with_its_traceback_and_told(tasks: Tasks, caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []
    tasks.failed.connect(told.append)
    with caplog.at_level(logging.ERROR):
        tasks.run(_fail(KeyError("defect")))
        await until(lambda: told)
    assert "Something went wrong" in told[0]
    assert "defect" not in told[0]
    assert any(record.exc_info for record in caplog.records)


async def test_a_failing_on_done_is_told_too(tasks: Tasks) -> None:
    told: list[str] = []
    tasks.failed.connect(told.append)

    def burst(_: int) -> None:
        raise ZeroDivisionError

    tasks.run(_give(1), burst)
    await until(lambda: told)


async def test_a_cancelled_transfer_is_nobodys_error(tasks: Tasks) -> None:
    told: list[str] = []
    done = asyncio.Event()

    async def transfer() -> None:
        done.set()
        raise TransferCancelled("stopped")

    tasks.failed.connect(told.append)
    tasks.run(transfer())
    await done.wait()
    await tasks.close()
    assert not told


async def test_close_ends_what_runs_and_what_has_not_begun(tasks: Tasks) -> None:
    ended: list[str] = []
    started = asyncio.Event()

    async def wait_for_ever() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    tasks.run(wait_for_ever())
    await started.wait()
    tasks.run(_give(1))  # cancelled before its first step; a never awaited coroutine would be a warning, thus a failure
    await tasks.close()
    assert ended == ["cancelled"]


def test_before_there_is_a_loop_only_what_reads_the_store_ends(qapp: QApplication) -> None:
    tasks = Tasks(is_early=True)
    results: list[int] = []

    def then(value: int) -> None:
        results.append(value)
        if value == 1:
            tasks.run(_give(2), results.append, only_reads=True)

    tasks.run(_give(1), then, only_reads=True)
    tasks.run(_give(3), results.append)
    assert results == []  # as on a loop: not before whoever asked has gone on
    tasks.finish_reads()
    assert results == [1, 2]

    async def begin() -> None:
        tasks.begin()
        tasks.run(_give(4), results.append)
        await until(lambda: results == [1, 2, 3, 4])
        await tasks.close()

    asyncio.run(begin())


def test_what_waits_for_a_loop_that_never_comes_is_closed(qapp: QApplication) -> None:
    tasks = Tasks(is_early=True)
    tasks.run(_give(3))
    asyncio.run(tasks.close())  # a coroutine that is never awaited would be a warning, and a warning a failure
