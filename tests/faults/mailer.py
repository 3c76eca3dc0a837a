"""A process that sends to many, to be killed at any moment: `mailer.py DIR USER...`.

Begins the mailing when the store knows of none, else only goes on. Prints "step" whenever a copy has come further and
"done" when everybody's has its verdict.
"""

import asyncio
import sys
from pathlib import Path

from chatdesk.core.credentials import Credentials
from chatdesk.core.session import Session
from chatdesk.domain.elements import File, Media, Text

ATTACHMENT = "attachment.txt"


async def main(directory: Path, users: list[str]) -> None:
    credentials = Credentials(directory, "mailer")
    session = await Session.restore(directory, credentials, credentials.load, directory)
    assert session is not None
    changed = asyncio.Event()

    def note(_: int) -> None:
        print("step", flush=True)
        changed.set()

    session.mailings.updates.subscribe(note)
    session.start()
    if not session.mailings.copies:
        attachment = directory / ATTACHMENT
        await session.mailings.start(users, [(Text("To you all"),), (File(Media(path=str(attachment))),)])
    while not all(copy.is_settled for copy in session.mailings.copies):
        await changed.wait()
        changed.clear()
    print("done", flush=True)
    await session.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2:]))
