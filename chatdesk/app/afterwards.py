"""What a start leaves for after its first picture, one thing in each idle turn of the loop. Main thread only.

Idle means: Qt calls a timer of 0 ms when nothing waits to be painted and no key or click waits. So the picture comes
first, and what is typed meanwhile comes before the next thing here.
"""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

_LONGEST_MS = 1000
"""So long is waited for a picture: a window may open minimized."""


class Afterwards(QObject):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: deque[Callable[[], object]] = deque()
        self._may_run = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)

    def add(self, *steps: Callable[[], object]) -> None:
        self._steps.extend(steps)
        if self._may_run and self._steps and not self._timer.isActive():
            self._timer.start()

    def begin_behind(self, window: QWidget) -> None:
        """All that the first picture needs is there; it is painted when the system exposes the window."""
        handle = window.windowHandle()
        if handle.isExposed():
            self.begin()
        else:
            handle.installEventFilter(self)
            QTimer.singleShot(_LONGEST_MS, self, self.begin)

    def begin(self) -> None:
        self._may_run = True
        self.add()

    def wait_for_picture(self) -> None:
        """Before there is a loop: returns when the first picture is there; the rest waits for another `begin`."""
        turn = QEventLoop()

        def stop() -> None:
            self._may_run = False
            self._timer.stop()
            turn.quit()

        self._steps.appendleft(stop)
        turn.exec()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Expose:
            watched.removeEventFilter(self)
            self.begin()
        return False

    def stop(self) -> None:
        """The program ends: what is still waiting is not needed any more."""
        self._steps.clear()
        self._timer.stop()

    def _next(self) -> None:
        if self._steps:
            self._steps.popleft()()
        else:
            self._timer.stop()
