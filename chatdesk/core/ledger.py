"""Writes to the store and tells everybody what changed: commit, then tell, in this order. Loop thread only."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from msgspec import structs

from chatdesk.core.feed import Feed
from chatdesk.domain.changes import Changes
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message
from chatdesk.store import conversations, quotes
from chatdesk.store.database import Database, StoreConnection
from chatdesk.store.touched import affected

P = ParamSpec("P")
T = TypeVar("T")


class Ledger:
    def __init__(self, database: Database, own_user_id: str) -> None:
        self.database = database
        self.own_user_id = own_user_id
        self.changes: Feed[Changes] = Feed()

    async def message(
        self,
        function: Callable[Concatenate[StoreConnection, P], Message | None],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Message | None:
        """Run a store function that changes one message; it is published together with its conversation."""
        work = self._with_changes(lambda connection: (function(connection, *args, **kwargs), None))
        message, _, changes = await self.database.write(work)
        self.publish(changes)
        return message

    async def answered(
        self,
        function: Callable[Concatenate[StoreConnection, P], tuple[Message | None, T]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """The same for the server's answer to a request that is safe to repeat, so without waiting for the disk.

        Returns what the function has to say besides the message.
        """
        work = self._with_changes(lambda connection: function(connection, *args, **kwargs))
        _, more, changes = await self.database.write_relaxed(work)
        self.publish(changes)
        return more

    def _with_changes(
        self, function: Callable[[StoreConnection], tuple[Message | None, T]]
    ) -> Callable[[StoreConnection], tuple[Message | None, T, Changes]]:
        def work(connection: StoreConnection) -> tuple[Message | None, T, Changes]:
            message, more = function(connection)
            if message is None:
                return None, more, Changes()
            pk = conversations.find(connection, message.conversation)
            pks = () if pk is None else (pk,)
            return message, more, affected(connection, (message.key,), pks, self.own_user_id)

        return work

    async def conversation(
        self, function: Callable[Concatenate[StoreConnection, P], int | None], *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """Run a store function that changes one conversation and returns its number; True when it did."""

        def work(connection: StoreConnection) -> Changes | None:
            pk = function(connection, *args, **kwargs)
            return None if pk is None else affected(connection, (), (pk,), self.own_user_id)

        changes = await self.database.write(work)
        if changes is not None:
            self.publish(changes)
        return changes is not None

    async def delete(
        self,
        function: Callable[Concatenate[StoreConnection, P], list[tuple[ConversationId, int]]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> int:
        """Run a store function that removes messages; how many went."""

        def work(connection: StoreConnection) -> Changes:
            gone = function(connection, *args, **kwargs)
            found = (conversations.find(connection, id_) for id_ in dict.fromkeys(c for c, _ in gone))
            quoting, crowded = quotes.quoting(connection, [key for _, key in gone])
            changes = affected(connection, quoting, (pk for pk in found if pk is not None), self.own_user_id)
            return structs.replace(changes, deleted=tuple(gone), resets=(*changes.resets, *crowded))

        changes = await self.database.write(work)
        self.publish(changes)
        return len(changes.deleted)

    async def apply(
        self, function: Callable[Concatenate[StoreConnection, P], Changes], *args: P.args, **kwargs: P.kwargs
    ) -> Changes:
        """Run a store function that says itself what it changed."""
        changes = await self.database.write(function, *args, **kwargs)
        self.publish(changes)
        return changes

    def publish(self, changes: Changes) -> None:
        if changes:
            self.changes.publish(changes)
