"""What a start leaves for after its first picture, one thing in each idle turn of the loop. Main thread only.

Idle means: Qt calls a timer of 0 ms when nothing waits to be painted and no key or click waits. So the picture comes
first, and what is typed meanwhile comes before the next thing here.
"""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Afterwards(QObject):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: deque[Callable[[], object]] = deque()
        self._may_run = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)

    def add(self, *steps: Callable[[], object]) -> None:
        self._steps.extend(steps)
        if self._may_run and not self._timer.isActive():
            self._timer.start()

    def begin(self) -> None:
        """The first picture has what it needs."""
        self._may_run = True
        self.add()

    def stop(self) -> None:
        """The program ends: what is still waiting is not needed any more."""
        self._steps.clear()
        self._timer.stop()

    def _next(self) -> None:
        if self._steps:
            self._steps.popleft()()
        else:
            self._timer.stop()
