"""Pictures that were pasted and wait to be sent: they have no file of their own, so they get one in the profile.

Owns the folder. `keep` runs in a worker thread; `clean` on the loop, once when the session begins: what no message
waits for any more is removed.
"""

import asyncio
import contextlib
import os
from datetime import datetime
from pathlib import Path

from chatdesk.domain.elements import media_of
from chatdesk.store import outbox
from chatdesk.store.database import Database

_FOLDER = "pasted"


class Pasted:
    def __init__(self, directory: Path, database: Database) -> None:
        self._folder = directory / _FOLDER
        self._database = database

    def keep(self, data: bytes) -> Path:
        """A file, readable by this user only, that holds these bytes of a PNG picture."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        stem = datetime.now().astimezone().strftime("%Y-%m-%d %H%M%S")
        number = 1
        while True:
            path = self._folder / (f"{stem}.png" if number == 1 else f"{stem} ({number}).png")
            try:
                file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            except FileExistsError:
                number += 1
                continue
            with os.fdopen(file, "wb") as stream:
                stream.write(data)
            return path

    def forget(self, path: str) -> None:
        """It will not be sent; files of other folders are left alone."""
        file = Path(path)
        if file.parent == self._folder:
            with contextlib.suppress(OSError):
                file.unlink()

    async def clean(self) -> None:
        if not await asyncio.to_thread(self._folder.is_dir):
            return
        waiting = await self._database.read(outbox.waiting_messages)
        files = (media_of(element) for message in waiting for element in message.elements)
        wanted = frozenset(media.path for media in files if media is not None)
        await asyncio.to_thread(self._remove_others, wanted)

    def _remove_others(self, wanted: frozenset[str]) -> None:
        for file in self._folder.iterdir():
            if str(file) not in wanted:
                self.forget(str(file))
