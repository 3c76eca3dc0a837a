"""The endpoints that change what a room says about itself. Runs on the event loop."""

from chatdesk.domain.errors import NotFound
from chatdesk.matrix.client import Client, path
from chatdesk.matrix.facts import PINNED, pinned_of
from chatdesk.matrix.lenient import json_bytes

_V3 = "/_matrix/client/v3"


class GroupCalls:
    """Each raises Forbidden where the account's power is not enough. Safe to repeat."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def set_name(self, channel: str, name: str) -> None:
        await self._put(channel, "m.room.name", {"name": name})

    async def set_topic(self, channel: str, topic: str) -> None:
        await self._put(channel, "m.room.topic", {"topic": topic})

    async def set_avatar(self, channel: str, uri: str) -> None:
        """Empty: none."""
        await self._put(channel, "m.room.avatar", {"url": uri} if uri else {})

    async def pinned(self, channel: str) -> tuple[str, ...]:
        """The ids of the messages pinned in it."""
        try:
            return pinned_of(await self._client.call("GET", f"{_V3}{path('rooms', channel, 'state', PINNED)}"))
        except NotFound:
            return ()  # never was any

    async def set_pinned(self, channel: str, message_ids: tuple[str, ...]) -> None:
        await self._put(channel, PINNED, {"pinned": message_ids})

    async def _put(self, channel: str, kind: str, content: dict[str, object]) -> None:
        await self._client.call("PUT", f"{_V3}{path('rooms', channel, 'state', kind)}", json_bytes(content))
