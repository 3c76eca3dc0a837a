"""Python's cyclic garbage, collected on the main thread only.

Left alone, Python collects on whichever thread happens to allocate. A Qt object that dies on a worker thread takes the
program with it ("Timers cannot be stopped from another thread", then a crash), and widgets are full of cycles: each
connected bound method is one. So automatic collection stays off and a timer of the main thread does its work.
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer

_EVERY_MS = 2_000
_YOUNG = 2_000
"""Containers made since the last look; below that there is nothing worth looking for."""
_LOOKS_BETWEEN_FULL = 60


class GarbageCollector(QObject):
    """Takes over from automatic collection. What exists by now stays for good and is never looked through again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._looks = 0
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        timer.timeout.connect(self._look)
        timer.start(_EVERY_MS)

    def _look(self) -> None:
        if gc.get_count()[0] < _YOUNG:
            return
        self._looks += 1
        gc.collect(2 if self._looks % _LOOKS_BETWEEN_FULL == 0 else 1)
