"""Unsent texts: kept per conversation, in the store after each pause and on every switch.

Runs on the main thread. What was typed here counts more than the stored draft: the store may be a moment behind. A text
that waits to be sent (hold and undo) is part of the stored draft, so that no crash loses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from chatdesk.domain.ids import ConversationId
from chatdesk.models.tasks import Tasks

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.conversations import Conversations

DRAFT_PAUSE_MS = 500


class Drafts(QObject):
    def __init__(self, conversations: Conversations, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._tasks = tasks
        self._conversation: ConversationId | None = None
        self._text = ""
        self._texts: dict[ConversationId, str] = {}
        self._held: dict[ConversationId, str] = {}
        self._saved = ""
        self._saving: dict[ConversationId, str] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DRAFT_PAUSE_MS)
        self._pause.timeout.connect(self.save)

    def share(self, other: Drafts) -> None:
        """What is typed in one place is there in the other, before it is stored."""
        self._texts = other._texts

    @property
    def text(self) -> str:
        return self._text

    def show(self, conversation: ConversationId | None, stored: str) -> None:
        """Write into another conversation: keep what was typed, bring back what was typed there."""
        self.save()
        self._conversation = conversation
        self._saved = stored
        self._text = stored if conversation is None else self._texts.get(conversation, stored)

    def set_text(self, text: str) -> None:
        if self._conversation is not None and text != self._text:
            self._text = text
            self._texts[self._conversation] = text
            self._pause.start()

    def take(self) -> str:
        """The text, which leaves now. Its stored draft goes with `settle`, when somebody else has stored it."""
        text, self._text = self._text, ""
        if self._conversation is not None:
            self._texts[self._conversation] = ""
        self._pause.stop()
        return text

    def hold(self, conversation: ConversationId, text: str) -> None:
        """It waits to be sent."""
        self._held[conversation] = text

    def settle(self, conversation: ConversationId) -> None:
        """What was taken is stored elsewhere."""
        self._held.pop(conversation, None)
        if conversation == self._conversation:
            self.save()
        else:
            self._store(conversation, self._texts.get(conversation, ""))

    def give_back(self, conversation: ConversationId, text: str) -> None:
        """What was not sent returns to where it was typed, before anything typed since."""
        self._held.pop(conversation, None)
        newer = self._texts.get(conversation, "")
        text = f"{text}\n{newer}" if newer else text
        self._texts[conversation] = text
        if conversation == self._conversation:
            self._text = text
            self.save()
        else:
            self._store(conversation, text)

    def save(self) -> None:
        """Store what is typed, if it is not yet."""
        self._pause.stop()
        if self._conversation is not None:
            whole = self._whole(self._conversation, self._text)
            if whole != self._saved:
                self._saved = whole
                self._store(self._conversation, whole)

    async def finish(self) -> None:
        """Store every draft that is not stored yet; for the end of the program."""
        if self._conversation is not None:
            whole = self._whole(self._conversation, self._text)
            if whole != self._saved:
                self._saving[self._conversation] = self._saved = whole
        for conversation, text in tuple(self._saving.items()):
            await self._write(conversation, text)

    def abandon(self) -> None:
        """Forget everything and store nothing any more."""
        self._conversation = None
        self._saving.clear()
        self._texts.clear()
        self._held.clear()
        self._pause.stop()

    def _whole(self, conversation: ConversationId, text: str) -> str:
        return "\n".join(part for part in (self._held.get(conversation, ""), text) if part)

    def _store(self, conversation: ConversationId, text: str) -> None:
        self._saving[conversation] = text
        self._tasks.run(self._write(conversation, text))

    async def _write(self, conversation: ConversationId, text: str) -> None:
        await self._conversations.set_draft(conversation, text)
        if self._saving.get(conversation) == text:
            del self._saving[conversation]
