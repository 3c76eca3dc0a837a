"""Finding messages in everything that is on this device. Loop thread only; the work is done in the store's threads."""

import asyncio

from chatdesk.core.history import History
from chatdesk.core.ledger import Ledger
from chatdesk.core.task_set import TaskSet
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message
from chatdesk.domain.search import Reach, SearchHit, SearchQuery, snippet_of
from chatdesk.store import search

PAGE = 50
_AT_ONCE = 500
_REST_S = 0.02
"""Between two steps of the first indexing: others want to write as well."""


class Search:
    def __init__(self, ledger: Ledger, history: History, tasks: TaskSet) -> None:
        self._ledger = ledger
        self._history = history
        self._tasks = tasks

    def start(self) -> None:
        """Index in the background what an older chatdesk left without an index."""
        self._tasks.spawn(self._catch_up(), "indexing")

    async def find(
        self, query: SearchQuery, limit: int = PAGE, after: Message | None = None, newer: bool = False
    ) -> tuple[SearchHit, ...]:
        """The newest hits first; `after`: the message of the last one of the page before. Nothing asked for: nothing
        found. `newer`: those that came after `after`, oldest first."""
        if query.is_empty:
            return ()
        found = await self._ledger.database.read(search.find, query, self._ledger.own_user_id, limit, after, newer)
        return tuple(SearchHit(message, *snippet_of(message, query.text)) for message in found)

    async def reach(self, conversation: ConversationId | None = None) -> Reach:
        """How far back everything that was said can be found, in one conversation or in all of them."""
        return Reach(await self._ledger.database.read(search.since_ms, conversation))

    async def fetch_older(self, conversation: ConversationId, pages: int = 5) -> Reach:
        """Load some more of a conversation's past, which makes it findable; how far it reaches now.

        Raises NetworkError or ServerError.
        """
        await self._history.reach(conversation, 0, pages)
        return await self.reach(conversation)

    async def _catch_up(self) -> None:
        has_more = True
        while has_more:
            has_more = await self._ledger.database.write_relaxed(search.index_older, _AT_ONCE)
            await asyncio.sleep(_REST_S)
