"""The whole program of one window in the test's process, with its own loop, driven through its widgets."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from chatdesk.app import window as program
from chatdesk.views.main_window import MainWindow

T = TypeVar("T", bound=QObject)
PATIENCE_S = 30.0
_POLL_S = 0.01
_LONGEST_S = 100.0
"""A window that does not end by then is ended: pytest's own alarm is lost inside Qt's loop."""


def run(directory: Path, act: Callable[[MainWindow], Awaitable[None]], longest_s: float = _LONGEST_S) -> int:
    """Open the profile's window, do what `act` does, close the window; the exit code. Fails as `act` does."""
    failures: list[BaseException] = []
    others = _windows()  # what earlier tests left is not meant

    def give_up(loop: asyncio.AbstractEventLoop) -> None:
        failures.append(AssertionError(f"after {longest_s:.0f} s the window is still open"))
        loop.stop()

    async def play() -> None:
        loop = asyncio.get_running_loop()
        loop.call_later(longest_s, give_up, loop)
        await until(lambda: _windows() - others, "a window")
        (window,) = _windows() - others
        try:
            await act(window)
        except BaseException as error:
            failures.append(error)
        finally:
            for left in _windows() - others:  # another than the first, when the language was changed
                left.close()

    tasks: list[asyncio.Task[None]] = []
    curtain = QTimer(interval=1)

    def begin() -> None:
        """The window stands before its loop runs."""
        with contextlib.suppress(RuntimeError):
            loop = asyncio.get_running_loop()
            curtain.stop()
            tasks.append(loop.create_task(play()))

    program.application()  # a process of its own has none yet, and without it no timer runs
    curtain.timeout.connect(begin)
    curtain.start()
    directory.mkdir(parents=True, exist_ok=True)
    code = program.run(directory, profile=directory.name)
    if failures:
        raise failures[0]
    return code


def _windows() -> set[MainWindow]:
    return {w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()}


async def until(condition: Callable[[], object], what: str) -> None:
    deadline = asyncio.get_running_loop().time() + PATIENCE_S
    while not condition():
        assert asyncio.get_running_loop().time() < deadline, f"still not: {what}"
        await asyncio.sleep(_POLL_S)


def find(window: MainWindow, kind: type[T], name: str) -> T:
    """A child by its objectName, the newest of several."""
    found = window.findChildren(kind, name)
    assert found, name
    return found[-1]


def type_into(field: QLineEdit, text: str) -> None:
    field.clear()
    QTest.keyClicks(field, text)


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
