"""Starting a one-to-one conversation or a group.

Runs on the main thread. Owns whether a request is under way, so that an impatient second press creates nothing twice:
the server has no transaction id for this. What exists already is found by the core.
"""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.ids import ConversationId
from chatdesk.models.tasks import Tasks

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.conversations import Conversations


class NewConversation(QObject):
    busy_changed = Signal(bool)
    failed = Signal(str)
    started = Signal(object)
    """ConversationId of what was started."""

    def __init__(self, conversations: Conversations, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._tasks = tasks
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        return self._is_busy

    def start_c2c(self, user_text: str) -> None:
        if not user_text.strip():
            self.failed.emit(self.tr("Type a name or a user id, for example @ben:example.org."))
        elif not self._is_busy:
            self._start(self._conversations.start_c2c(user_text))

    def create_group(self, name: str, user_ids: Sequence[str]) -> None:
        if not name.strip():
            self.failed.emit(self.tr("Give the group a name."))
        elif not self._is_busy:
            self._start(self._conversations.create_group(name, tuple(user_ids)))

    def _start(self, request: Coroutine[Any, Any, ConversationId]) -> None:
        self._set_busy(True)
        self._tasks.run(request, self._done, self._fail)

    def _done(self, conversation: ConversationId) -> None:
        self._set_busy(False)
        self.started.emit(conversation)

    def _fail(self, sentence: str) -> None:
        self._set_busy(False)
        self.failed.emit(sentence)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy_changed.emit(is_busy)
