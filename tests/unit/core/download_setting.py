"""A store with messages that carry files, its downloads, and servers that can go on."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from chatdesk.core.downloads import Downloads
from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line
from chatdesk.core.task_set import TaskSet
from chatdesk.domain.elements import File, Media
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import LocalMessage, MessageOrigin
from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.matrix.homeserver import Homeserver
from chatdesk.store.database import Database
from chatdesk.store.sync import add_local
from tests.unit.matrix.scripted import Reply, Request, ScriptedServer

KEY = bytes(range(32))
ME = "@ann:example.org"
DATA = bytes(range(256)) * 4096
"""One MiB."""
URI = "mxc://example.org/file"
TALK = ConversationId(ConversationType.C2C, "@ben:example.org")
ENDED = (DownloadState.DONE, DownloadState.FAILED, DownloadState.PAUSED, DownloadState.CANCELLED)


class Bench:
    """A store with messages that carry files, and the downloads of it."""

    def __init__(self, directory: Path, database: Database, server: ScriptedServer) -> None:
        self.folder = directory / "downloads"
        self.folder.mkdir(exist_ok=True)
        self.server = server
        self.database = database
        self.begin()

    def begin(self) -> None:
        """A new run of the program on the same store."""
        self.ledger = Ledger(self.database, ME)
        self.homeserver = Homeserver(self.server.url, "secret-token", ME)
        self.downloads = Downloads(self.ledger, self.homeserver, Line(), TaskSet(), self.folder)

    async def end(self) -> None:
        await self.downloads.close()
        await self.homeserver.close()

    async def restart(self) -> None:
        await self.end()
        await self.begin_anew()

    async def begin_anew(self) -> None:
        self.begin()
        await self.downloads.open()
        self.downloads.resume_interrupted()

    async def message(self, media: Media) -> int:
        item = LocalMessage("@ben:example.org", (File(media),), message_id=f"id-{os.urandom(4).hex()}")
        changes = await self.ledger.apply(add_local, TALK, [item], [item.message_id], MessageOrigin.SAVED, ME, 1)
        return changes.conversations[0].last_message.key if changes.conversations[0].last_message else 0

    async def start(self, media: Media, name: str = "") -> Download:
        return await self.downloads.start(await self.message(media), 0, None, name)

    async def until(self, id_: int, *states: DownloadState, patience_s: float = 20.0) -> Download:
        async with asyncio.timeout(patience_s):
            while True:
                for row in self.downloads.list():
                    if row.id == id_ and row.state in states and (row.state not in ENDED or not self.busy(id_)):
                        return row
                await asyncio.sleep(0.005)

    def busy(self, id_: int) -> bool:
        return id_ in self.downloads._running

    async def quiet(self, patience_s: float = 20.0) -> None:
        """Until nothing is under way."""
        async with asyncio.timeout(patience_s):
            while self.downloads._running or self.downloads._tasks._tasks:
                await asyncio.sleep(0.002)

    async def outcome(self, media: Media, name: str = "") -> Download:
        return await self.until((await self.start(media, name)).id, *ENDED)

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


def with_ranges(data: bytes = DATA, etag: str = '"1"', cut_after: int | None = None) -> Callable[[Request], Reply]:
    """A server that can go on; its first answer is cut off."""
    cuts = [cut_after]

    def script(request: Request) -> Reply:
        cut = cuts.pop() if cuts else None
        said = request.headers.get("range")
        if said is None:
            return Reply(200, data, {"ETag": etag}, cut_after=cut)
        start = int(said.removeprefix("bytes=").rstrip("-"))
        if start >= len(data):
            return Reply(416, b"{}")
        headers = {"ETag": etag, "Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"}
        return Reply(206, data[start:], headers, cut_after=cut)

    return script


def ranges(server: ScriptedServer) -> list[str]:
    return [request.headers.get("range", "") for request in server.requests if "/download/" in request.target]
