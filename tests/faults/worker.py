"""A process that sends, revokes and downloads without end, to be killed at any moment: `worker.py JSON`.

What it has done is read from its own store at each start, nowhere else: the number of a message travels in its text and
in its local number, so that nothing is asked twice. When the file `stop` appears it finishes what is queued, prints one
line of JSON (conversation -> highest number) and ends.
"""

import asyncio
import contextlib
import hashlib
import json
import sys
from pathlib import Path

from chatdesk.core.credentials import Credentials
from chatdesk.core.session import Session
from chatdesk.domain.elements import Element, File, Media, Text
from chatdesk.domain.errors import ChatdeskError, NotFound
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message, MessageState, SendOptions

BACKLOG = 12
REVOKED_OF = 5
BACK = 3
"""Every fifth message is revoked, three messages later: queued, on its way or there, as it happens."""
FILE_OF = 9


def is_to_be_revoked(number: int) -> bool:
    return number % REVOKED_OF == 2


class Worker:
    def __init__(self, session: Session, directory: Path, media: Media) -> None:
        self._session = session
        self._directory = directory
        self._media = media
        self._attachment = directory / "attachment.bin"

    @property
    def is_stopping(self) -> bool:
        return (self._directory / "stop").exists()

    async def own(self, conversation: ConversationId) -> list[Message]:
        found = await self._session.history.page(conversation, count=1_000_000)
        return [m for m in found if m.is_self and not m.is_tip and m.custom_int]

    async def revoke(self, key: int) -> None:
        with contextlib.suppress(NotFound):  # it was taken back before it left
            await self._session.outbox.revoke(key)

    async def talk(self, conversation: ConversationId) -> int:
        """Send numbered messages until told to stop; the highest number."""
        outbox = self._session.outbox
        known = {m.custom_int: m.key for m in await self.own(conversation)}
        highest = max(known, default=0)
        for number, key in known.items():  # what was asked for just before the end, maybe
            if is_to_be_revoked(number) and number + BACK <= highest:
                await self.revoke(key)
        while not self.is_stopping:
            if await outbox.unsent_count() > BACKLOG:
                await asyncio.sleep(0.05)
                continue
            highest += 1
            elements: list[Element] = [Text(f"message {highest}")]
            if highest % FILE_OF == 0:
                elements.append(File(Media(path=str(self._attachment))))
            echo = await outbox.send(conversation, elements, SendOptions(custom_int=highest))
            known[highest] = echo.key
            if is_to_be_revoked(highest - BACK) and highest - BACK in known:
                await self.revoke(known[highest - BACK])
        for number, key in known.items():
            if is_to_be_revoked(number):
                await self.revoke(key)
        return highest

    async def download(self) -> None:
        number = 0
        while not self.is_stopping:
            path = self._directory / "in" / f"file-{number}"
            if path.exists():
                number += 1
                continue
            try:
                await self._session.downloads.fetch(self._media, path)
            except ChatdeskError:
                await asyncio.sleep(0.2)


async def main(task: dict[str, str]) -> None:
    directory = Path(task["directory"])
    credentials = Credentials(directory, "worker")
    session = await Session.restore(directory, credentials, credentials.load, directory)
    assert session is not None
    session.start()
    print("ready", flush=True)
    media = Media(task["uri"], sha256=task["sha256"], size=int(task["size"]))
    worker = Worker(session, directory, media)
    c2c = ConversationId(ConversationType.C2C, task["peer"])
    group = ConversationId(ConversationType.GROUP, task["group"])
    highest_c2c, highest_group, _ = await asyncio.gather(worker.talk(c2c), worker.talk(group), worker.download())
    while await session.outbox.unsent_count():
        await asyncio.sleep(0.05)
    for conversation in (c2c, group):
        for message in await worker.own(conversation):
            if message.state is not MessageState.REVOKED:
                await session.outbox.delivered(message.key)
    print(json.dumps({c2c.id: highest_c2c, group.id: highest_group}), flush=True)
    await session.close()


def whole(path: Path, sha256: str) -> bool:
    return hashlib.sha256(path.read_bytes()).hexdigest() == sha256


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
