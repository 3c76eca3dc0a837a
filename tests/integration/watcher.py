"""Somebody who watches through matrix-nio: an independent client, so that what it sees is what everybody sees."""

import io
from collections.abc import Sequence
from typing import Any, Self

import nio

from tests.servers.accounts import AnyServer

_POLL_MS = 3000
_TRIES = 20


class Seen:
    """An event and the room it came in."""

    def __init__(self, room: str, event: Any) -> None:
        self.room = room
        self.sender: str = event.sender
        self.event_id: str = event.event_id
        self.source: dict[str, Any] = event.source
        self.event = event


class Watcher:
    def __init__(self, server: AnyServer, name: str) -> None:
        self._password = server.password_for(name)
        self.client = nio.AsyncClient(server.tcp_url, name)
        self.seen: list[Seen] = []
        self.receipts: list[nio.Receipt] = []

    async def __aenter__(self) -> Self:
        answer = await self.client.login(self._password)
        assert isinstance(answer, nio.LoginResponse), answer
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.close()

    @property
    def user_id(self) -> str:
        return str(self.client.user_id)

    async def sync(self) -> None:
        """Take one step, accepting every invitation."""
        answer = await self.client.sync(timeout=_POLL_MS)
        assert isinstance(answer, nio.SyncResponse), answer
        for room in answer.rooms.invite:
            await self.client.join(room)
        for room, info in answer.rooms.join.items():
            self.seen += (Seen(room, event) for event in info.timeline.events)
            for ephemeral in info.ephemeral:
                if isinstance(ephemeral, nio.ReceiptEvent):
                    self.receipts += ephemeral.receipts

    async def sees(self, kind: type[nio.Event], text: str = "") -> Seen:
        """Wait for an event of this kind (and text)."""
        for _ in range(_TRIES):
            for seen in self.seen:
                if isinstance(seen.event, kind) and (not text or getattr(seen.event, "body", "") == text):
                    return seen
            await self.sync()
        raise AssertionError(f"no {kind.__name__} {text!r} among {[seen.event for seen in self.seen]}")

    async def sees_receipt(self, event_id: str, user_id: str) -> None:
        for _ in range(_TRIES):
            if any(r.event_id == event_id and r.user_id == user_id for r in self.receipts):
                return
            await self.sync()
        raise AssertionError(f"{user_id} has not read {event_id}: {self.receipts}")

    async def say(self, room: str, text: str) -> str:
        return await self.send(room, {"msgtype": "m.text", "body": text})

    async def send(self, room: str, content: dict[str, object]) -> str:
        answer = await self.client.room_send(room, "m.room.message", content)
        assert isinstance(answer, nio.RoomSendResponse), answer
        return str(answer.event_id)

    async def send_file(self, room: str, name: str, data: bytes) -> str:
        answer, _ = await self.client.upload(
            lambda *_: io.BytesIO(data), "application/octet-stream", name, filesize=len(data)
        )
        assert isinstance(answer, nio.UploadResponse), answer
        uri = str(answer.content_uri)
        return await self.send(room, {"msgtype": "m.file", "body": name, "url": uri, "info": {"size": len(data)}})

    async def make_group(self, name: str, members: Sequence[str]) -> str:
        made = await self.client.room_create(name=name, invite=members)
        assert isinstance(made, nio.RoomCreateResponse), made
        return str(made.room_id)

    async def joins(self, room: str) -> None:
        for _ in range(_TRIES):
            if room in self.client.rooms:
                return
            await self.sync()
        raise AssertionError(f"no invitation to {room}")
