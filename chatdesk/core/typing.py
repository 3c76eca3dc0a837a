"""Telling others that one is typing: seldom, never late, and only when the user allows it.

Loop thread only. Owns what the server was told last. Nobody waits for it and its failures are nobody's business: it is
not repeated, since the next key tells it again.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line
from chatdesk.core.task_set import TaskSet
from chatdesk.domain.changes import ConnectionKind
from chatdesk.domain.conversations import Membership
from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.ids import ConversationId
from chatdesk.store import conversations

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

AGAIN_S = 20.0
"""So long one request stands for all keys."""
SHOWN_MS = 30_000
"""So long others see it without another request."""
_log = logging.getLogger(__name__)


class Typing:
    """`is_enabled`: the user's choice; switching it off also stops what is being shown."""

    def __init__(self, ledger: Ledger, server: Homeserver, line: Line, tasks: TaskSet) -> None:
        self._ledger = ledger
        self._server = server
        self._line = line
        self._tasks = tasks
        self._is_enabled = True
        self._told_s: dict[ConversationId, float] = {}
        """When the server was last told that one types, where it may still believe it."""
        self._wanted: dict[ConversationId, bool] = {}
        self._is_telling = False

    @property
    def is_enabled(self) -> bool:
        return self._is_enabled

    @is_enabled.setter
    def is_enabled(self, value: bool) -> None:
        if not value:
            for conversation in tuple(self._told_s):
                self.stopped(conversation)
        self._is_enabled = value

    def typed(self, conversation: ConversationId) -> None:
        """A key was pressed."""
        if not self._is_enabled or self._line.state.kind is not ConnectionKind.ONLINE:
            return
        now_s = asyncio.get_running_loop().time()
        told_s = self._told_s.get(conversation)
        if told_s is None or now_s - told_s >= AGAIN_S:
            self._told_s[conversation] = now_s
            self._want(conversation, True)

    def stopped(self, conversation: ConversationId) -> None:
        """It was sent, taken back, or left for another conversation."""
        if self._told_s.pop(conversation, None) is not None:
            self._want(conversation, False)

    def _want(self, conversation: ConversationId, is_typing: bool) -> None:
        self._wanted[conversation] = is_typing
        if not self._is_telling:
            self._is_telling = True
            self._tasks.spawn(self._tell_all(), "telling who types")

    async def _tell_all(self) -> None:
        try:
            while self._wanted:
                conversation, is_typing = self._wanted.popitem()
                try:
                    await self._tell(conversation, is_typing)
                except ChatdeskError as error:
                    _log.debug("Not told that somebody types: %s", error)
        finally:
            self._is_telling = False

    async def _tell(self, conversation: ConversationId, is_typing: bool) -> None:
        channels = await self._ledger.database.read(conversations.channels, conversation)
        if channels and channels[0][1] is Membership.JOINED:
            await self._server.typing(channels[0][0], SHOWN_MS if is_typing else 0)
