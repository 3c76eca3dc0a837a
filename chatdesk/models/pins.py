"""The pinned messages of the open conversation: which one is shown, going there, taking the pin away. Main thread only.

Belongs to a ChatModel; made when somebody first meets a conversation with pinned messages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.changes import Changes
from chatdesk.domain.conversations import Conversation
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message
from chatdesk.models.tasks import Tasks

if TYPE_CHECKING:
    from chatdesk.core.pins import Pins
    from chatdesk.models.chat import ChatModel


class PinsModel(QObject):
    changed = Signal()

    def __init__(self, chat: ChatModel, pins: Pins, tasks: Tasks) -> None:
        super().__init__(chat)
        self._chat = chat
        self._pins = pins
        self._tasks = tasks
        self._conversation: ConversationId | None = None
        self._ids: tuple[str, ...] = ()
        self.items: tuple[Message, ...] = ()
        """The last one pinned first."""
        self.shown = 0
        chat.opened.connect(self._look)
        chat.facts_changed.connect(self._look)
        self._look()

    @property
    def may_unpin(self) -> bool:
        return self._chat.timeline is not None and self._chat.timeline.may_pin

    def name_of(self, message: Message) -> str:
        return self._chat.display_name(message.sender)

    def go(self) -> None:
        """To the message that is shown; the next click leads to the one pinned before it."""
        if self.items:
            self.go_to(self.shown)
            self.shown = (self.shown + 1) % len(self.items)
            self.changed.emit()

    def go_to(self, number: int) -> None:
        message = self.items[number]
        if message.key:
            self._chat.go_to(message.conversation, message.key)
            return

        def arrived(found: Message | None) -> None:
            if found is not None:
                self._chat.go_to(found.conversation, found.key)

        self._tasks.run(self._pins.bring(message.conversation, message.message_id), arrived)

    def unpin(self, number: int) -> None:
        message = self.items[number]
        self._tasks.run(self._pins.unpin(message.conversation, message.message_id))

    def apply_changes(self, changes: Changes) -> None:
        """What is pinned may have been edited or recalled."""
        if self._chat.conversation is not None and any(message.message_id in self._ids for message in changes.messages):
            self._read(self._chat.conversation)

    def _look(self) -> None:
        """Others may be pinned, or another conversation is open."""
        conversation = self._chat.conversation
        identifier = None if conversation is None else conversation.id
        ids = () if conversation is None or self._chat.is_invitation else conversation.pinned_messages
        if (identifier, ids) == (self._conversation, self._ids):
            return
        if identifier != self._conversation or not ids:
            self.items, self.shown = (), 0
            self.changed.emit()
        self._conversation, self._ids = identifier, ids
        if conversation is not None and ids:
            self._read(conversation)

    def _read(self, conversation: Conversation) -> None:
        def show(messages: tuple[Message, ...]) -> None:
            if (self._conversation, self._ids) == (conversation.id, conversation.pinned_messages):
                self.items = messages
                self.shown = min(self.shown, max(0, len(messages) - 1))
                self.changed.emit()

        def fail(_: str) -> None:
            """Without a line what is not here cannot be shown; the next change asks again."""
            if self._conversation == conversation.id:
                self._ids = ()

        self._tasks.run(self._pins.messages(conversation), show, fail)
