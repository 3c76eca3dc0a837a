"""What is being written: text and files per conversation, and sending them.

Runs on the main thread. Owns the unsent text (kept as a draft in the store after each pause and on every switch) and
the chosen files. Nothing a person typed is lost: what cannot be queued comes back. It must not wait for the network:
sending means handing over to the outbox.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.elements import Element, Text, media_of
from chatdesk.domain.errors import ChatdeskError, InputError
from chatdesk.domain.ids import ConversationId
from chatdesk.models.tasks import Tasks

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.conversations import Conversations
    from chatdesk.core.outbox import Outbox

DRAFT_PAUSE_MS = 500


class ComposerModel(QObject):
    text_replaced = Signal(str)
    """Show this text instead of what the field holds."""
    files_changed = Signal()
    blocked_changed = Signal(str)
    """Why nothing can be sent here; empty when one can."""
    sent = Signal()

    def __init__(
        self, outbox: Outbox, conversations: Conversations, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._outbox = outbox
        self._conversations = conversations
        self._tasks = tasks
        self._conversation: ConversationId | None = None
        self._text = ""
        self._blocked = ""
        # What was typed here counts more than the stored draft: the store may be a moment behind.
        self._texts: dict[ConversationId, str] = {}
        self._files: dict[ConversationId, tuple[Element, ...]] = {}
        self._saved = ""
        self._saving: dict[ConversationId, str] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DRAFT_PAUSE_MS)
        self._pause.timeout.connect(self.save_draft)

    @property
    def text(self) -> str:
        return self._text

    @property
    def files(self) -> tuple[Element, ...]:
        """The files that go out with the next send."""
        return () if self._conversation is None else self._files.get(self._conversation, ())

    @property
    def blocked(self) -> str:
        return self._blocked

    # -- which conversation ------------------------------------------------------------------------------------------

    def show(self, conversation: Conversation | None) -> None:
        """Write into another conversation: keep what was typed, bring back what was typed there."""
        self.save_draft()
        self._conversation = None if conversation is None else conversation.id
        stored = "" if conversation is None else conversation.draft
        self._saved = stored
        self._text = stored if conversation is None else self._texts.get(conversation.id, stored)
        self.text_replaced.emit(self._text)
        self.files_changed.emit()
        self.update_conversation(conversation)

    def update_conversation(self, conversation: Conversation | None) -> None:
        """The open conversation changed: perhaps one may write now, or no longer."""
        blocked = "" if conversation is None else self._why_blocked(conversation)
        if blocked != self._blocked:
            self._blocked = blocked
            self.blocked_changed.emit(blocked)

    def _why_blocked(self, conversation: Conversation) -> str:
        if conversation.membership is Membership.BANNED:
            return self.tr("You were banned from this conversation.")
        if conversation.membership is not Membership.JOINED:
            return self.tr("You are not a member of this conversation.")
        if conversation.is_encrypted:
            return self.tr("chatdesk cannot encrypt yet, so nothing is sent into this conversation.")
        return ""

    # -- text and files ----------------------------------------------------------------------------------------------

    def set_text(self, text: str) -> None:
        """The field holds this now."""
        if self._conversation is not None and text != self._text:
            self._text = text
            self._texts[self._conversation] = text
            self._pause.start()

    def save_draft(self) -> None:
        """Store what is typed, if it is not yet."""
        self._pause.stop()
        if self._conversation is not None and self._text != self._saved:
            self._saved = self._text
            self._store(self._conversation, self._text)

    def _store(self, conversation: ConversationId, text: str) -> None:
        self._saving[conversation] = text
        self._tasks.run(self._write(conversation, text))

    async def _write(self, conversation: ConversationId, text: str) -> None:
        await self._conversations.set_draft(conversation, text)
        if self._saving.get(conversation) == text:
            del self._saving[conversation]

    async def finish(self) -> None:
        """Store every draft that is not stored yet; for the end of the program."""
        if self._conversation is not None and self._text != self._saved:
            self._saving[self._conversation] = self._saved = self._text
        for conversation, text in tuple(self._saving.items()):
            await self._write(conversation, text)

    def abandon(self) -> None:
        """Forget everything typed and store nothing any more: the account is about to be wiped."""
        self._conversation = None
        self._saving.clear()
        self._texts.clear()
        self._files.clear()
        self._pause.stop()

    def add_files(self, paths: Iterable[Path]) -> None:
        """Take files for the next send. One that cannot be read is told and left out; the others stay."""
        if self._conversation is not None and not self._blocked:
            self._tasks.run(self._take(self._conversation, tuple(paths)))

    def remove_file(self, index: int) -> None:
        if self._conversation is not None:
            files = self.files
            self._set_files(self._conversation, files[:index] + files[index + 1 :])

    async def _take(self, conversation: ConversationId, paths: tuple[Path, ...]) -> None:
        from chatdesk.core.attachments import file_element  # with the first file, not with the first paint

        refused: list[str] = []
        for path in paths:
            try:
                element = await asyncio.to_thread(file_element, path)
            except InputError as error:
                refused.append(str(error))
                continue
            known = self._files.get(conversation, ())
            if _path(element) not in map(_path, known):
                self._set_files(conversation, (*known, element))
        if refused:
            raise InputError(" ".join(refused))

    def _set_files(self, conversation: ConversationId, files: tuple[Element, ...]) -> None:
        self._files[conversation] = files
        if conversation == self._conversation:
            self.files_changed.emit()

    # -- sending -----------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Queue the text, then each file as a message of its own: so every other client shows them too."""
        conversation, text, files = self._conversation, self._text, self.files
        if conversation is None or self._blocked or not (text.strip() or files):
            return
        self._text = self._texts[conversation] = ""
        self.text_replaced.emit("")
        self._set_files(conversation, ())
        self._pause.stop()  # the stored draft goes when the outbox has the text, so that a crash between loses nothing
        self._tasks.run(self._queue(conversation, text, files), lambda _: self.sent.emit())

    async def _queue(self, conversation: ConversationId, text: str, files: tuple[Element, ...]) -> None:
        waiting = list(files)
        try:
            if text.strip():
                await self._outbox.send(conversation, (Text(text.strip()),))
                text = ""
            while waiting:
                await self._outbox.send(conversation, (waiting[0],))
                del waiting[0]
        except ChatdeskError:
            self._give_back(conversation, text, tuple(waiting))
            raise
        if conversation == self._conversation:
            self.save_draft()
        else:
            self._store(conversation, self._texts.get(conversation, ""))

    def _give_back(self, conversation: ConversationId, text: str, files: tuple[Element, ...]) -> None:
        """What was not queued returns to where it was typed, before anything typed since."""
        self._set_files(conversation, files + self._files.get(conversation, ()))
        if not text:
            return
        newer = self._texts.get(conversation, "")
        text = f"{text}\n{newer}" if newer else text
        self._texts[conversation] = text
        if conversation == self._conversation:
            self._text = text
            self.text_replaced.emit(text)
            self.save_draft()
        else:
            self._store(conversation, text)


def _path(element: Element) -> str:
    media = media_of(element)
    return media.path if media is not None else ""
