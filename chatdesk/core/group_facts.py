"""What a group is called, what it is about, its picture. Loop thread only.

Asked of the server directly: the user sees at once whether it is allowed, and the sync tells everybody.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from chatdesk.core.ledger import Ledger
from chatdesk.core.portrait import square_picture
from chatdesk.domain.errors import InputError
from chatdesk.domain.ids import ConversationId
from chatdesk.store import conversations

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver


class GroupFacts:
    """Every call raises Forbidden where the account has not the power, NetworkError or ServerError."""

    def __init__(self, ledger: Ledger, server: Homeserver) -> None:
        self._ledger = ledger
        self._server = server

    async def set_name(self, group: ConversationId, name: str) -> None:
        """Raises InputError for an empty one."""
        name = " ".join(name.split())
        if not name:
            raise InputError("Give the group a name.")
        await self._server.groups.set_name(await self._channel(group), name)

    async def set_topic(self, group: ConversationId, topic: str) -> None:
        await self._server.groups.set_topic(await self._channel(group), topic.strip())

    async def set_picture(self, group: ConversationId, path: Path) -> None:
        """Raises FileUnreadable or NotAPicture too."""
        data = await asyncio.to_thread(square_picture, path)
        channel = await self._channel(group)
        uri = await self._server.upload_bytes(data, "image/png", "picture.png")
        await self._server.groups.set_avatar(channel, uri)

    async def remove_picture(self, group: ConversationId) -> None:
        await self._server.groups.set_avatar(await self._channel(group), "")

    async def _channel(self, group: ConversationId) -> str:
        channels = await self._ledger.database.read(conversations.channels, group)
        if not channels:
            raise InputError("This conversation does not exist any more.")
        return channels[0][0]
