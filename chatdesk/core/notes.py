"""Small things remembered of a conversation over restarts: where its window stood, how far its reader had come.

Main thread; all of them are in memory once `load` has run, the store keeps them for the next start. The last so many:
what is forgotten shows as if it had never been noted.
"""

from collections.abc import Coroutine
from typing import Any, Generic, TypeVar

from chatdesk.domain.ids import ConversationId
from chatdesk.store import settings
from chatdesk.store.database import Database

T = TypeVar("T")


class Notes(Generic[T]):
    def __init__(self, database: Database, name: str, type_: type[T], most: int) -> None:
        self._database = database
        self._name = name
        self._type = list[tuple[ConversationId, type_]]  # type: ignore[valid-type]  # read by msgspec
        self._most = most
        self._notes: dict[ConversationId, T] = {}

    @staticmethod
    async def load(database: Database, *all_notes: "Notes[Any]") -> None:
        """Several of one database, in one look at it."""
        known = await database.read(
            lambda connection: [settings.get(connection, notes._name, notes._type) for notes in all_notes]
        )
        for notes, found in zip(all_notes, known, strict=True):
            notes._notes = dict(found or ())

    def get(self, conversation: ConversationId) -> T | None:
        return self._notes.get(conversation)

    def put(self, conversation: ConversationId, note: T | None) -> Coroutine[Any, Any, None]:
        """Holds at once; await it to have it stored. None forgets what was noted."""
        is_same = self._notes.pop(conversation, None) == note
        if note is not None:
            self._notes[conversation] = note
            if len(self._notes) > self._most:
                del self._notes[next(iter(self._notes))]
        return self._save(is_same)

    async def _save(self, is_same: bool) -> None:
        if not is_same:
            await self._database.write(settings.put, self._name, list(self._notes.items()))
