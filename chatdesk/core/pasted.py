"""What was pasted, recorded or made here and waits to be sent has no file of its own, so it gets one in the profile.

Owns the folder. `keep` runs in a worker thread, all else on the loop. A file is removed when its message has reached
the server, and when the session begins what no message waits for.
"""

import asyncio
import contextlib
import os
from datetime import datetime
from pathlib import Path

from chatdesk.core.ledger import Ledger
from chatdesk.core.task_set import TaskSet
from chatdesk.domain.changes import Changes
from chatdesk.domain.elements import Image, Video, media_of
from chatdesk.domain.messages import Message, MessageState
from chatdesk.store import outbox

_FOLDER = "pasted"


class Pasted:
    def __init__(self, directory: Path, ledger: Ledger, tasks: TaskSet) -> None:
        self._folder = directory / _FOLDER
        self._ledger = ledger
        self._tasks = tasks
        self._leaving: set[str] = set()
        """Pictures of messages that were queued since the program started."""
        ledger.changes.subscribe(self._on_changes)

    def keep(self, data: bytes, suffix: str = ".png") -> Path:
        """A file, readable by this user only, that holds these bytes of a picture."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        stem = datetime.now().astimezone().strftime("%Y-%m-%d %H%M%S")
        number = 1
        while True:
            path = self._folder / (f"{stem}{suffix}" if number == 1 else f"{stem} ({number}){suffix}")
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
        """Remove what an earlier run of the program left and no message waits for."""
        if await asyncio.to_thread(self._folder.is_dir):
            wanted = await self._wanted()
            await asyncio.to_thread(self._remove_others, wanted)

    async def _wanted(self) -> frozenset[str]:
        waiting = await self._ledger.database.read(outbox.waiting_messages)
        return frozenset(path for message in waiting for path in self._pictures(message))

    def _pictures(self, message: Message) -> list[str]:
        files = [media_of(element) for element in message.elements]
        files += [element.thumbnail for element in message.elements if isinstance(element, Image | Video)]
        return [media.path for media in files if media is not None and Path(media.path).parent == self._folder]

    def _on_changes(self, changes: Changes) -> None:
        own = [message for message in changes.messages if message.is_self]
        self._leaving.update(path for message in own for path in self._pictures(message))
        if self._leaving and any(message.state is MessageState.SYNCED for message in own):
            self._tasks.spawn(self._remove_left(), "removing pictures that were sent")

    async def _remove_left(self) -> None:
        for path in self._leaving - await self._wanted():
            self._leaving.discard(path)
            self.forget(path)

    def _remove_others(self, wanted: frozenset[str]) -> None:
        for file in self._folder.iterdir():
            if str(file) not in wanted:
                self.forget(str(file))
