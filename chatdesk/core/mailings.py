"""One message to many people, followed person by person; it goes on whoever looks at it. Loop thread only.

A mailing may consist of several messages (a text and three pictures): each person gets them in their order. A few
people are served at a time, and a server that asks for patience gets it. Trying again serves only those whose copy
failed, and sends them only what has not arrived: what was queued for somebody is queued again, never sent twice.

The last mailing and its table live in the store. One that the end of the program interrupted goes on with the next
connection: what was queued for somebody is waited for, the others get theirs.
"""

import asyncio
from collections.abc import Iterable, Sequence

from msgspec import structs

from chatdesk.core.batch import AT_ONCE, Batch
from chatdesk.core.feed import Feed
from chatdesk.core.ledger import Ledger
from chatdesk.core.outbox import Outbox
from chatdesk.core.task_set import TaskSet
from chatdesk.domain.clock import now_ms
from chatdesk.domain.elements import Element
from chatdesk.domain.errors import ChatdeskError, InputError, Interrupted, SessionEnded, TooManyRecipients
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.mailings import MOST_USERS, Copy, CopyState
from chatdesk.domain.messages import Message, MessageState, SendOptions
from chatdesk.domain.wording import Sentence
from chatdesk.store import mailings, messages
from chatdesk.store.database import StoreConnection
from chatdesk.store.mailings import Contents

STOPPED = Sentence("You stopped before this was sent.")


class Mailings:
    def __init__(self, ledger: Ledger, batch: Batch, outbox: Outbox, tasks: TaskSet) -> None:
        self.updates: Feed[int] = Feed()
        """The row of the copy that has changed; -1: all of them, and whether it runs."""
        self.copies: list[Copy] = []
        self.contents: Contents = ()
        self._ledger = ledger
        self._batch = batch
        self._outbox = outbox
        self._tasks = tasks
        self._id = 0
        self._is_running = False

    @property
    def is_running(self) -> bool:
        """Somebody's copy has no verdict yet; without a connection after a start it waits for one."""
        return self._is_running or not all(copy.is_settled for copy in self.copies)

    async def open(self) -> None:
        """The last mailing, as the program left it."""
        known = await self._ledger.database.read(mailings.last)
        if known is not None:
            self._id, self.contents = known.id, known.contents
            self.copies = [copy if copy.is_settled else _waiting(copy) for copy in known.copies]

    def resume(self) -> None:
        """Go on with what an end of the program or of the session interrupted; call it when there is a connection."""
        unsettled = [row for row, copy in enumerate(self.copies) if not copy.is_settled]
        if not unsettled or self._is_running:
            return
        for row in unsettled:
            if self.copies[row].keys:  # begun, so it is on its way
                self.copies[row] = structs.replace(self.copies[row], state=CopyState.SENDING)
        self._serve(unsettled)

    async def start(self, users: Sequence[str], contents: Sequence[Sequence[Element]]) -> None:
        """Begin; files are uploaded first, once for everybody. Who is named twice gets it once.

        Raises InputError while another mailing runs or without anybody, TooManyRecipients, and what is wrong with the
        messages themselves (InputError, TooLarge, TransferError …); then nothing was sent to anybody.
        """
        people = tuple(dict.fromkeys(users))
        if self.is_running:
            raise InputError("Wait until the last message to many people has been sent.")
        if not people:
            raise InputError("Choose somebody to send this to.")
        if len(people) > MOST_USERS:
            raise TooManyRecipients(Sentence("Send to at most {most} people at once.", most=MOST_USERS))
        self._is_running = True
        try:
            prepared = tuple([await self._outbox.prepare(elements, SendOptions()) for elements in contents])
            copies = [Copy(user) for user in people]
            self._id = await self._ledger.database.write(mailings.begin, prepared, copies, now_ms())
        except BaseException:
            self._is_running = False
            raise
        self.contents, self.copies = prepared, copies
        self._serve(range(len(people)))

    def retry(self) -> int:
        """Send again to those whose copy failed; how many they are."""
        failed = [row for row, copy in enumerate(self.copies) if copy.state is CopyState.FAILED]
        if not failed or self.is_running:
            return 0
        for row in failed:
            self.copies[row] = _waiting(self.copies[row])
        self._serve(failed, is_retry=True)
        return len(failed)

    def stop(self) -> None:
        """Begin no further copy; what is being sent is sent."""
        waiting = [
            row
            for row, copy in enumerate(self.copies)
            if copy.state is CopyState.WAITING and (self._is_running or not copy.keys)  # else it is in the outbox
        ]
        for row in waiting:
            self._set(row, state=CopyState.FAILED, failure=STOPPED, time_ms=now_ms())
        self.updates.publish(-1)
        self._tasks.spawn(self._note(waiting), "noting who is not served")

    def forget(self) -> None:
        """Let go of a mailing that has ended."""
        if not self.is_running:
            self.copies, self.contents = [], ()
            self._tasks.spawn(self._ledger.database.write(mailings.forget, self._id), "forgetting a mailing")
            self.updates.publish(-1)

    def _serve(self, rows: Iterable[int], is_retry: bool = False) -> None:
        self._is_running = True
        self.updates.publish(-1)
        self._tasks.spawn(self._run(tuple(rows), is_retry), "sending to many")

    async def _run(self, rows: Sequence[int], is_retry: bool) -> None:
        slots = asyncio.Semaphore(AT_ONCE)

        async def serve(row: int) -> None:
            async with slots:
                await self._send(row, is_retry)

        try:
            if is_retry:
                await self._note(rows)
            await asyncio.gather(*map(serve, rows))
        finally:
            self._is_running = False
            self.updates.publish(-1)

    async def _send(self, row: int, is_retry: bool) -> None:
        if self.copies[row].is_settled:  # stopped meanwhile
            return
        self._set(row, state=CopyState.SENDING)
        try:
            conversation = await self._batch.reach(self.copies[row].user)
            self._set(row, conversation=conversation)
            for place, elements in enumerate(self.contents):
                keys = self.copies[row].keys
                if place < len(keys) and (not is_retry or await self._is_queued(keys[place])):
                    continue
                await self._queue(row, place, conversation, elements)
            for key in self.copies[row].keys:
                await self._outbox.delivered(key)
        except (Interrupted, SessionEnded):
            self._set(row, state=CopyState.WAITING)  # goes on with the next connection
            return
        except ChatdeskError as error:
            self._set(row, state=CopyState.FAILED, failure=str(error), time_ms=now_ms())
        else:
            self._set(row, state=CopyState.SENT, time_ms=now_ms())
        await self._note((row,))

    async def _queue(self, row: int, place: int, conversation: ConversationId, elements: tuple[Element, ...]) -> None:
        """Queue one message for somebody and note its key, both or neither."""
        copy = self.copies[row]

        def queued(echo: Message) -> Copy:
            return structs.replace(copy, keys=(*copy.keys[:place], echo.key, *copy.keys[place + 1 :]))

        def note(connection: StoreConnection, echo: Message) -> None:
            mailings.put(connection, self._id, ((row, queued(echo)),))

        self.copies[row] = queued(await self._outbox.send(conversation, elements, beside=note))
        self.updates.publish(row)

    async def _is_queued(self, key: int) -> bool:
        """Whether a message of an earlier try is on its way or arrived, after queueing it again if it had failed."""
        message = await self._ledger.database.read(messages.find, key)
        if message is None or (message.is_deleted and not message.message_id):
            return False
        if message.state is MessageState.FAILED:
            await self._outbox.retry(key)
        return True

    def _set(self, row: int, **changes: object) -> None:
        self.copies[row] = structs.replace(self.copies[row], **changes)
        self.updates.publish(row)

    async def _note(self, rows: Iterable[int]) -> None:
        """What is lost with the power can be told again: what was queued is known by its key."""
        copies = tuple((row, self.copies[row]) for row in rows)
        await self._ledger.database.write_relaxed(mailings.put, self._id, copies)


def _waiting(copy: Copy) -> Copy:
    return structs.replace(copy, state=CopyState.WAITING, failure="", time_ms=0)
