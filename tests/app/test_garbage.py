"""Qt objects in cycles die on the main thread, whoever allocates."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from chatdesk.app import garbage
from tests.models.waiting import turn, until


class _Cycle(QObject):
    def __init__(self, died_on: list[int]) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(60_000)
        self._self = self
        weakref.finalize(self, lambda: died_on.append(threading.get_ident()))

    def _tick(self) -> None:
        raise AssertionError("nobody waits that long")


@pytest.fixture
def parent(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QObject]:
    monkeypatch.setattr(garbage, "_EVERY_MS", 20)
    parent = QObject()
    garbage.GarbageCollector(parent)
    yield parent
    del parent
    gc.unfreeze()


async def test_cycles_of_qt_objects_are_collected_on_the_main_thread_only(parent: QObject) -> None:
    died_on: list[int] = []
    for _ in range(20):
        _Cycle(died_on)

    kept: list[list[int]] = []
    thread = threading.Thread(target=lambda: kept.extend([number] for number in range(200_000)))
    thread.start()
    thread.join()
    assert died_on == []  # a thread that allocates that much collects, when left alone

    await until(lambda: len(died_on) == 20)
    assert set(died_on) == {threading.get_ident()}
    assert not gc.isenabled()


async def test_without_new_objects_nothing_is_looked_through(parent: QObject) -> None:
    looked: list[int] = []

    def note(phase: str, _: object) -> None:
        looked.append(1)

    gc.callbacks.append(note)
    try:
        await turn(0.2)
    finally:
        gc.callbacks.remove(note)
    assert len(looked) <= 2
