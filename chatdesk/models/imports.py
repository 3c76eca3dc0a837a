"""Importing messages from a file: looked at, brought in, taken out again.

Runs on the main thread; it goes on when nobody looks. Owns what was looked at last and how far it is.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.ids import ConversationId, localpart
from chatdesk.domain.imports import ImportBatch, ImportPreview
from chatdesk.models.sentences import listed
from chatdesk.models.tasks import Tasks
from chatdesk.models.when import long_date

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.imports import Imports

_MOST_PEOPLE = 5


class ImportModel(QObject):
    looked = Signal()
    """`preview` is what the file holds."""
    progressed = Signal()
    running_changed = Signal(bool)
    done = Signal(str)
    """What was done, in a sentence."""
    failed = Signal(str)
    batches_changed = Signal()

    def __init__(self, imports: Imports, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._imports = imports
        self._tasks = tasks
        self._task: asyncio.Task[ImportBatch] | None = None
        self._is_running = False
        self.preview: ImportPreview | None = None
        self.last: ImportBatch | None = None
        """What was imported last, as long as it can be undone."""
        self.batches: tuple[ImportBatch, ...] = ()
        self.count = 0
        self.total = 0

    @property
    def is_running(self) -> bool:
        return self._is_running

    def load(self) -> None:
        """Read which imports can be undone."""
        self._tasks.run(self._imports.list(), self._show_batches)

    def look(self, path: Path) -> None:
        """See what a file holds; `looked` or `failed`."""
        self._set_running(True, 0)
        self._tasks.run(self._imports.look(path), self._on_looked, self._fail)

    def start(self, conversation: ConversationId) -> None:
        """Bring in what was looked at."""
        if self.preview is not None and not self._is_running:
            self._set_running(True, self.preview.count)
            self._tasks.run(self._run(self.preview, conversation), self._on_done, self._fail)

    def stop(self) -> None:
        """Stop bringing in; what was brought in goes again."""
        if self._task is not None:
            self._task.cancel()

    def undo(self, batch: ImportBatch) -> None:
        """Take out everything an import added."""
        if not self._is_running:
            self._set_running(True, batch.count)
            self._tasks.run(self._undo(batch), self._on_done, self._fail)

    # -- words -------------------------------------------------------------------------------------------------------

    def lines(self, preview: ImportPreview) -> list[str]:
        """What there is to know about a file before it is imported."""
        found = [self.tr("1 message") if preview.count == 1 else self.tr("%n messages", "", preview.count)]
        if preview.last_s:
            first, last = long_date(preview.first_s * 1000), long_date(preview.last_s * 1000)
            found.append(first if first == last else self.tr("from {0} to {1}").format(first, last))
        if preview.people:
            known = ((preview.names.get(user) or localpart(user), count) for user, count in preview.people)
            names = [self.tr("{0} ({1})").format(name, count) for name, count in known]
            more = len(names) - _MOST_PEOPLE
            text = listed(names[:_MOST_PEOPLE]) + (" " + self.tr("and %n more", "", more) if more > 0 else "")
            found.append(self.tr("by {0}").format(text))
        if preview.conversations > 1:
            found.append(self.tr("They come from %n conversations and all go into one.", "", preview.conversations))
        for count, text in (
            (preview.tips, self.tr("Left out, lines of the system: %n", "", preview.tips)),
            (preview.empty, self.tr("Left out, messages with nothing in them: %n", "", preview.empty)),
            (preview.broken, self.tr("Left out, entries that are no messages: %n", "", preview.broken)),
        ):
            if count:
                found.append(text)
        return found

    # -- what happens ------------------------------------------------------------------------------------------------

    async def _run(self, preview: ImportPreview, conversation: ConversationId) -> str:
        self._task = asyncio.ensure_future(self._imports.run(preview, conversation, self._tell))
        try:
            self.last = batch = await self._task
        except asyncio.CancelledError:
            if not self._task.cancelled():  # the program ends
                self._task.cancel()
                raise
            return self.tr("The import was stopped; nothing of it is left.")
        finally:
            self._task = None
        here = preview.count - batch.count
        text = self.tr("%n messages imported.", "", batch.count)
        return text + (" " + self.tr("%n were here already.", "", here) if here else "")

    async def _undo(self, batch: ImportBatch) -> str:
        await self._imports.undo(batch, self._tell)
        self.last = None
        return self.tr("The import of {0} has been undone.").format(batch.source)

    def _tell(self, count: int) -> None:
        self.count = count
        self.progressed.emit()

    def _on_looked(self, preview: ImportPreview) -> None:
        self.preview = preview
        self._set_running(False)
        self.looked.emit()

    def _on_done(self, sentence: str) -> None:
        self._set_running(False)
        self.done.emit(sentence)
        self.load()

    def _fail(self, sentence: str) -> None:
        self._set_running(False)
        self.failed.emit(sentence)
        self.load()

    def _show_batches(self, batches: tuple[ImportBatch, ...]) -> None:
        self.batches = batches
        self.batches_changed.emit()

    def _set_running(self, is_running: bool, total: int = 0) -> None:
        self._is_running = is_running
        self.count, self.total = 0, total
        self.running_changed.emit(is_running)
