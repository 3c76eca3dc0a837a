"""Writing a conversation into a file. Runs on the main thread; owns how far it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.exports import Exported, ExportWish, Line
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message
from chatdesk.models.tasks import Tasks

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.exports import Exports


class ExportModel(QObject):
    progressed = Signal(object)
    """An Exported: how far it is."""
    running_changed = Signal(bool)
    done = Signal(str, bool)
    """A sentence, and whether there is a file."""
    failed = Signal(str)

    def __init__(self, exports: Exports, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exports = exports
        self._tasks = tasks
        self._task: asyncio.Task[Exported] | None = None
        self.is_running = False

    def start(
        self, conversation: ConversationId, path: Path, wish: ExportWish, describe: Callable[[Message], Line]
    ) -> None:
        """Write; `done` with a sentence, or `failed`."""
        if not self.is_running:
            self._set_running(True)
            self._tasks.run(self._run(conversation, path, wish, describe), self._on_done, self._on_failed)

    def stop(self) -> None:
        """Write no further; there is no file then."""
        if self._task is not None:
            self._task.cancel()

    async def _run(
        self, conversation: ConversationId, path: Path, wish: ExportWish, describe: Callable[[Message], Line]
    ) -> tuple[str, bool]:
        work = self._exports.run(conversation, path, wish, describe, self.progressed.emit)
        self._task = asyncio.ensure_future(work)
        try:
            done = await self._task
        except asyncio.CancelledError:
            if not self._task.cancelled():  # the program ends
                self._task.cancel()
                raise
            return self.tr("The export was stopped; no file was written."), False
        finally:
            self._task = None
        parts = [self.tr("%n messages are in {0}", "", done.messages).format(path)]
        if done.files:
            parts.append(self.tr("%n files are in the folder beside it", "", done.files))
        if done.missing:
            parts.append(self.tr("%n files could not be fetched and are only named", "", done.missing))
        return "\n".join(parts), True

    def _on_done(self, outcome: tuple[str, bool]) -> None:
        self._set_running(False)
        self.done.emit(*outcome)

    def _on_failed(self, sentence: str) -> None:
        self._set_running(False)
        self.failed.emit(sentence)

    def _set_running(self, is_running: bool) -> None:
        self.is_running = is_running
        self.running_changed.emit(is_running)
