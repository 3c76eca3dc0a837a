"""What the account takes up on this computer, and how it gives it back. Loop thread only."""

import asyncio
from pathlib import Path

from chatdesk.core.ledger import Ledger
from chatdesk.core.media import MediaCache
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.storage import ConversationUse, StorageUse
from chatdesk.store import conversations, settings
from chatdesk.store import media as pictures
from chatdesk.store import storage as rows

_LIMIT = "cache_limit"
_STEP = 20_000
"""Messages at once: 20 to 40 ms of the reader's time."""
_WORTH_COMPACTING_BYTES = 1 << 20


class Storage:
    def __init__(self, ledger: Ledger, media: MediaCache) -> None:
        self._ledger = ledger
        self._media = media

    async def open(self) -> None:
        chosen = await self._ledger.database.read(settings.get, _LIMIT, int)
        if chosen is not None:
            self._media.limit_bytes = chosen

    @property
    def limit_bytes(self) -> int:
        """The most that pictures kept from the server may take."""
        return self._media.limit_bytes

    async def set_limit(self, limit_bytes: int) -> None:
        """Holds at once: what is too much goes, the least recently kept first."""
        await self._ledger.database.write(settings.put, _LIMIT, limit_bytes)
        self._media.limit_bytes = limit_bytes
        await self._ledger.database.write(pictures.make_room, limit_bytes)

    async def use(self) -> StorageUse:
        """Looks at every message, in steps: a second or two for a million of them, without holding up anybody."""
        database = self._ledger.database
        sizes: dict[int, list[int]] = {}
        owner: dict[str, int] = {}
        last = await database.read(rows.last_key)
        for after in range(0, last, _STEP):
            counted, files = await database.read(rows.step, after, min(after + _STEP, last))
            for pk, count, size in counted:
                known = sizes.setdefault(pk, [0, 0, 0])
                known[0] += count
                known[1] += size
            for pk, uri in files:
                owner.setdefault(uri, pk)
        kept = await database.read(rows.kept)
        for uri, size in kept.items():
            if uri in owner:
                sizes[owner[uri]][2] += size
        found = []
        for pk, (count, text, media) in sizes.items():
            shown, _ = await database.read(conversations.by_pk, [pk], self._ledger.own_user_id)
            found += [ConversationUse(conversation, count, text, media) for conversation in shown]
        found.sort(key=lambda use: (-use.media_bytes - use.text_bytes, use.conversation.name))
        on_disk = await asyncio.to_thread(_file_bytes, database.path)
        return StorageUse(on_disk, sum(kept.values()), self.limit_bytes, tuple(found))

    async def clear_cache(self, conversation: ConversationId | None = None) -> None:
        """Forget kept pictures, of one conversation or of all; they are fetched again when they are looked at."""
        database = self._ledger.database
        if conversation is None:
            await database.write(rows.drop_all)
        else:
            await database.write(rows.drop, await database.read(rows.files_of, conversation))
        if await database.read(rows.free_bytes) > _WORTH_COMPACTING_BYTES:
            await database.compact()


def _file_bytes(store: Path) -> int:
    """The store with its companions."""
    return sum(path.stat().st_size for path in store.parent.glob(f"{store.name}*") if path.is_file())
