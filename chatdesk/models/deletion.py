"""Deleting messages with a moment to think again: gone from sight at once, for good when the time is over.

Runs on the main thread. Owns the keys that wait for their end. What is hidden stays in the store until then, so a crash
loses nothing: leftovers are finished at the next start, by the core.
"""

from collections.abc import Coroutine, Sequence
from enum import Enum, auto
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.models.tasks import Tasks

UNDO_MS = 10_000


class Scope(Enum):
    HERE = auto()
    DEVICES = auto()
    """On all devices of this account."""
    EVERYONE = auto()
    """Recalled; this cannot be undone."""


class Deletions(Protocol):
    """The core's side of it."""

    def hide(self, keys: Sequence[int]) -> Coroutine[Any, Any, None]: ...
    def undo(self, keys: Sequence[int]) -> Coroutine[Any, Any, None]: ...
    def finish(self, keys: Sequence[int], everywhere: bool) -> Coroutine[Any, Any, None]: ...


class PendingDeletion(QObject):
    changed = Signal()

    def __init__(self, deletions: Deletions, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deletions = deletions
        self._tasks = tasks
        self._keys: tuple[int, ...] = ()
        self._everywhere = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(UNDO_MS)
        self._timer.timeout.connect(self.finish)

    @property
    def count(self) -> int:
        """How many can still be brought back."""
        return len(self._keys)

    def start(self, keys: Sequence[int], everywhere: bool) -> None:
        """One at a time: what waited before is deleted for good."""
        self.finish()
        self._keys, self._everywhere = tuple(keys), everywhere
        self._tasks.run(self._deletions.hide(self._keys))
        self._timer.start()
        self.changed.emit()

    def undo(self) -> None:
        keys = self._take()
        if keys:
            self._tasks.run(self._deletions.undo(keys))

    def finish(self) -> None:
        """The time is over, or something else is deleted."""
        keys = self._take()
        if keys:
            self._tasks.run(self._deletions.finish(keys, self._everywhere))

    async def close(self) -> None:
        """The program ends: nobody can undo it any more."""
        keys = self._take()
        if keys:
            await self._deletions.finish(keys, self._everywhere)

    def abandon(self) -> None:
        """The account is about to be wiped."""
        self._take()

    def _take(self) -> tuple[int, ...]:
        keys, self._keys = self._keys, ()
        self._timer.stop()
        if keys:
            self.changed.emit()
        return keys
