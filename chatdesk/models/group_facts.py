"""What the open dialog shows and changes of a group: name, topic, picture, and what this account may change.

Runs on the main thread. Shows the conversation list's own row and asks the core for changes; what was changed comes
back with the list.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chatdesk.domain.conversations import Conversation
from chatdesk.domain.ids import ConversationId
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.own import Affair
from chatdesk.models.tasks import Tasks

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.group_facts import GroupFacts


class GroupModel(Affair):
    """`changed` also when somebody else changed something."""

    def __init__(
        self,
        facts: GroupFacts,
        group: ConversationId,
        own_user_id: str,
        conversations: ConversationListModel,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(tasks, parent)
        self._facts = facts
        self._group = group
        self._own_user_id = own_user_id
        self._list = conversations
        self._shown = self.conversation
        conversations.update_finished.connect(self._look)

    @property
    def conversation(self) -> Conversation | None:
        return self._list.conversation(self._group)

    @property
    def may_rename(self) -> bool:
        return self._may("name")

    @property
    def may_set_topic(self) -> bool:
        return self._may("topic")

    @property
    def may_set_picture(self) -> bool:
        return self._may("avatar")

    def save(self, name: str, topic: str) -> None:
        """What differs of these two; `done` when the server has it."""
        self._run(self._save(name, topic))

    def set_picture(self, path: Path) -> None:
        self._run(self._facts.set_picture(self._group, path))

    def remove_picture(self) -> None:
        self._run(self._facts.remove_picture(self._group))

    async def _save(self, name: str, topic: str) -> None:
        known = self.conversation
        if known is None:
            return
        if self.may_rename and name.strip() != known.name:
            await self._facts.set_name(self._group, name)
        if self.may_set_topic and topic.strip() != known.topic:
            await self._facts.set_topic(self._group, topic)

    def _may(self, deed: str) -> bool:
        known = self.conversation
        if known is None:
            return False
        needed: int = getattr(known.powers, deed)
        return known.powers.of(self._own_user_id) >= needed

    def _look(self) -> None:
        if self.conversation != self._shown:
            self._shown = self.conversation
            self.changed.emit()
