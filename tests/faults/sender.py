"""A process that queues numbered messages and sends them, to be killed at any moment: `sender.py DIR KIND ID COUNT`;
with a further FILE each message carries that too.

Prints "ready" once everything is queued and sending began, "done" when the outbox is empty.
"""

import asyncio
import sys
from pathlib import Path

from chatdesk.core.credentials import Credentials
from chatdesk.core.session import Session
from chatdesk.domain.elements import Element, File, Media, Text
from chatdesk.domain.ids import ConversationId, ConversationType


async def main(directory: Path, conversation: ConversationId, count: int, file: str = "") -> None:
    credentials = Credentials(directory, "sender")
    session = await Session.restore(directory, credentials, credentials.load, directory)
    assert session is not None
    marker = directory / "queued"
    already = int(marker.read_text()) if marker.exists() else 0
    for number in range(already, count):
        elements: list[Element] = [Text(f"message {number}")]
        if file:
            elements.append(File(Media(path=file)))
        await session.outbox.send(conversation, elements)
        # Only a hint where to go on: the parent kills after "ready", when all of them are queued.
        marker.write_text(str(number + 1))
    sent = asyncio.Event()
    session.changes.subscribe(lambda _: sent.set())
    session.start()
    print("ready", flush=True)
    while await session.outbox.unsent_count():
        await sent.wait()
        sent.clear()
    print("done", flush=True)
    await session.close()


if __name__ == "__main__":
    talk = ConversationId(ConversationType(int(sys.argv[2])), sys.argv[3])
    asyncio.run(main(Path(sys.argv[1]), talk, int(sys.argv[4]), *sys.argv[5:]))
