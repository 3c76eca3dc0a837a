"""Messages from a file: looked at first, brought in with progress, taken out again as a whole. Loop thread only.

The file is read twice, each time a piece at a time in a worker thread, and never held as a whole. What is brought in
carries the number of its import; taking it out leaves nothing, so that the same file can be imported again.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import structs

from chatdesk.core.ledger import Ledger
from chatdesk.core.local import Local
from chatdesk.domain.clock import now_ms
from chatdesk.domain.elements import Downloadable, Element, Image, Tip, Video
from chatdesk.domain.ids import ConversationId, qualify_user_id
from chatdesk.domain.imports import ImportBatch, ImportPreview
from chatdesk.domain.messages import EVERYONE, LocalMessage, MessageState
from chatdesk.domain.wording import Sentence
from chatdesk.interchange import reading
from chatdesk.interchange.exact import completed
from chatdesk.interchange.files import NoMessages, items_of
from chatdesk.interchange.messages import local_message, read_message
from chatdesk.store import imports

_REMOVED_AT_ONCE = 2000
OnProgress = Callable[[int], None]
"""Called on the loop with how many there were so far."""


class Imports:
    def __init__(self, ledger: Ledger, local: Local) -> None:
        self._ledger = ledger
        self._local = local

    async def look(self, path: Path) -> ImportPreview:
        """What the file holds. Raises InputError when it holds no messages or cannot be read."""
        return await asyncio.to_thread(_look, path, self._ledger.own_user_id)

    async def run(self, preview: ImportPreview, conversation: ConversationId, on_progress: OnProgress) -> ImportBatch:
        """Bring everything into a conversation that fits; what is there already is not doubled.

        Cancelled, or failed half-way: everything it added is taken out again. Raises NotFound for a group that is not
        here and InputError when the file has changed.
        """
        database = self._ledger.database
        name = preview.path.name
        number = await database.write(imports.begin, conversation, name, now_ms())
        items = _messages(preview.path, self._ledger.own_user_id)
        try:
            await self._local.import_messages(conversation, items, number, on_progress)
        except BaseException:
            await asyncio.shield(self.undo(ImportBatch(number, conversation, name, 0, 0)))
            raise
        count = await database.write(imports.end, number)
        return ImportBatch(number, conversation, name, now_ms(), count)

    async def undo(self, batch: ImportBatch, on_progress: OnProgress = lambda _: None) -> None:
        """Take out everything an import added."""
        database = self._ledger.database
        gone = 0
        while removed := await database.write_relaxed(imports.remove_some, batch.id, _REMOVED_AT_ONCE):
            gone += removed
            on_progress(gone)
        await self._ledger.apply(imports.removed, batch.id, batch.conversation, self._ledger.own_user_id)

    async def list(self) -> tuple[ImportBatch, ...]:
        """The imports that can be undone, newest first."""
        return await self._ledger.database.read(imports.all_batches)


def _look(path: Path, own_user_id: str) -> ImportPreview:
    people: Counter[str] = Counter()
    names: dict[str, str] = {}
    conversations: set[str] = set()
    tips = broken = empty = 0
    first_s, last_s = 2**40, 0
    for item in items_of(path):
        values = _values(item)
        found = None if values is None else _local(values, own_user_id)
        if values is None or found is None:
            broken += 1
        elif _is_tip(found):
            tips += 1
        elif not _is_something(found):
            empty += 1
        else:
            people[found.sender] += 1
            if found.sender_name:
                names[found.sender] = found.sender_name
            conversations.add(reading.string(values, "message_conv_id"))
            second = found.server_time_s or found.client_time_s
            first_s, last_s = min(first_s, second or first_s), max(last_s, second)
    count = people.total()
    if not count and not (tips or empty):
        raise NoMessages(Sentence("There are no messages in “{name}”.", name=path.name))
    first_s = first_s if last_s else 0
    ranked = tuple(people.most_common())
    return ImportPreview(path, count, ranked, first_s, last_s, tips, broken, empty, len(conversations), names)


def _messages(path: Path, own_user_id: str) -> Iterator[LocalMessage]:
    for item in items_of(path):
        values = _values(item)
        found = None if values is None else _local(values, own_user_id)
        if found is not None and _is_something(found) and not _is_tip(found):
            yield found


def _values(item: Any) -> dict[str, Any] | None:
    try:
        values = reading.read_item(item)
    except reading.NotJson:
        return None
    return values if isinstance(values, dict) and "message_elem_array" in values else None


def _local(values: dict[str, Any], own_user_id: str) -> LocalMessage | None:
    def name_user(user: str) -> str:
        return user if user == EVERYONE else qualify_user_id(user, own_user_id)

    try:
        item = local_message(read_message(values), own_user_id, name_user)
    except ValueError:  # a sender that nobody can be called
        return None
    item = completed(values, item, own_user_id, name_user)
    return structs.replace(item, elements=tuple(map(_without_path, item.elements)))


def _without_path(element: Element) -> Element:
    """A file from elsewhere names no file of this computer."""
    if isinstance(element, Downloadable) and element.media.path:
        element = structs.replace(element, media=structs.replace(element.media, path=""))
    if isinstance(element, Image | Video) and element.thumbnail is not None and element.thumbnail.path:
        element = structs.replace(element, thumbnail=structs.replace(element.thumbnail, path=""))
    return element


def _is_something(message: LocalMessage) -> bool:
    """Of what was recalled the place remains."""
    return bool(message.elements) or message.state is MessageState.REVOKED


def _is_tip(message: LocalMessage) -> bool:
    return any(isinstance(element, Tip) for element in message.elements)
