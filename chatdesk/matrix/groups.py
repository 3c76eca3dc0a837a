"""The endpoints that change what a room says about itself. Runs on the event loop."""

from chatdesk.matrix.client import Client, path
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

    async def _put(self, channel: str, kind: str, content: dict[str, str]) -> None:
        await self._client.call("PUT", f"{_V3}{path('rooms', channel, 'state', kind)}", json_bytes(content))
