"""Messages that only this machine has, and clearing: import, save, delete, clear. Loop thread only."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from chatdesk.core.ledger import Ledger
from chatdesk.domain.clock import now_ms
from chatdesk.domain.elements import Element
from chatdesk.domain.errors import InputError, NotFound
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import LocalMessage, Message, MessageOrigin
from chatdesk.store import conversations, local, messages
from chatdesk.store.messages import TOP
from chatdesk.store.sync import add_local, clear, settle_import

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

_BATCH = 1000


class Local:
    def __init__(self, ledger: Ledger, server: Homeserver) -> None:
        self._ledger = ledger
        self._server = server

    async def open(self) -> None:
        """Finish what a crash interrupted."""
        await self._ledger.database.write(local.settle_everything)

    async def import_messages(
        self,
        conversation: ConversationId,
        items: Iterable[LocalMessage],
        number: int = 0,
        on_progress: Callable[[int], None] = lambda _: None,
    ) -> int:
        """Add ready-made messages, placed by their time; how many were not here yet.

        Works in batches, so that memory stays flat and nobody else waits long, and waits for the disk in the end only;
        what is interrupted is in part there, and importing the same again adds the rest. A one-to-one conversation
        appears if there is none; raises NotFound for a group that is not here, InputError when there are too many.
        `number`: of the import they belong to.
        """
        added = 0
        count = 0
        batches = _batches(items)
        # Reading them takes longer than the loop may stand still.
        while (read := await asyncio.to_thread(next, batches, None)) is not None:
            batch, ids = read
            count += len(batch)
            added += len(
                await self._ledger.database.write_relaxed(
                    local.add,
                    conversation,
                    batch,
                    ids,
                    MessageOrigin.IMPORTED,
                    self._ledger.own_user_id,
                    now_ms(),
                    number,
                )
            )
            on_progress(count)
        if count:
            await self._ledger.apply(settle_import, conversation, self._ledger.own_user_id)
        return added

    async def save(self, conversation: ConversationId, item: LocalMessage) -> Message:
        """Keep one message; the message as stored. With a `message_id` that is here already, that one."""
        if item.state not in local.SAVED_STATES:
            raise InputError("A saved message cannot be on its way.")
        local_id = item.message_id or f"saved-{time.time_ns():x}"
        origin = MessageOrigin.SAVED
        own = self._ledger.own_user_id
        await self._ledger.apply(add_local, conversation, [item], [local_id], origin, own, now_ms())
        message = await self._ledger.database.read(messages.by_name, conversation, local_id)
        if message is None:  # the server's copy of it is here under its own name
            raise InputError("This message is in the conversation already.")
        return message

    async def change_note(self, key: int, elements: Sequence[Element]) -> Message:
        """Let a private note say something else. Raises NotFound when it is gone."""
        message = await self._ledger.message(local.change_note, key, elements)
        if message is None:
            raise NotFound("This note does not exist any more.")
        return message

    async def delete(self, keys: Sequence[int]) -> int:
        """Hide messages on this device for good; how many."""
        return await self._ledger.delete(messages.delete_here, keys)

    async def clear(self, conversation: ConversationId) -> None:
        """Hide everything of a conversation on this device for good, except what still has to leave."""
        await self._must_exist(conversation)
        await self._ledger.apply(clear, conversation, self._ledger.own_user_id)

    async def clear_roaming(self, conversation: ConversationId) -> None:
        """The same on every device of this account: each chatdesk follows when it next syncs. The others keep theirs:
        the server has no way to remove a message for one person only.

        Raises NetworkError or ServerError; then nothing has changed here.
        """
        await self._must_exist(conversation)
        for channel, message_id, time_ms in await self._ledger.database.read(
            messages.newest_ids, conversation, TOP - 1
        ):
            await self._server.set_cleared(channel, message_id, time_ms)
        await self._ledger.apply(clear, conversation, self._ledger.own_user_id)

    async def _must_exist(self, conversation: ConversationId) -> None:
        if await self._ledger.database.read(conversations.find, conversation) is None:
            raise NotFound("There is no such conversation here.")


def _batches(items: Iterable[LocalMessage]) -> Iterator[tuple[list[LocalMessage], list[str]]]:
    """The items with the ids that make an import repeatable: equal ones without an id of their own are numbered."""
    seen: dict[int, int] = {}
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        ids: list[str] = []
        for item in batch:
            local_id = local.identity(item)
            if not item.message_id:
                number = hash(local_id)
                again = seen.get(number, 0)
                seen[number] = again + 1
                if again:
                    local_id = local.identity(item, again)
            ids.append(local_id)
        yield batch, ids
