"""One message to many people, followed person by person; it goes on whoever looks at it. Loop thread only.

A mailing may consist of several messages (a text and three pictures): each person gets them in their order. A few
people are served at a time, and a server that asks for patience gets it. Trying again serves only those whose copy
failed, and sends them only what has not arrived: what was queued for somebody is queued again, never sent twice.
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
from chatdesk.domain.errors import ChatdeskError, InputError, TooManyRecipients
from chatdesk.domain.mailings import MOST_USERS, Copy, CopyState
from chatdesk.domain.messages import MessageState, SendOptions
from chatdesk.domain.wording import Sentence
from chatdesk.store import messages

Contents = tuple[tuple[Element, ...], ...]
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
        self._is_running = False
        self._is_stopping = False

    @property
    def is_running(self) -> bool:
        return self._is_running

    async def start(self, users: Sequence[str], contents: Sequence[Sequence[Element]]) -> None:
        """Begin; files are uploaded first, once for everybody. Who is named twice gets it once.

        Raises InputError while another mailing runs or without anybody, TooManyRecipients, and what is wrong with the
        messages themselves (InputError, TooLarge, TransferError …); then nothing was sent to anybody.
        """
        people = tuple(dict.fromkeys(users))
        if self._is_running:
            raise InputError("Wait until the last message to many people has been sent.")
        if not people:
            raise InputError("Choose somebody to send this to.")
        if len(people) > MOST_USERS:
            raise TooManyRecipients(Sentence("Send to at most {most} people at once.", most=MOST_USERS))
        self._is_running = True
        try:
            prepared = [await self._outbox.prepare(elements, SendOptions()) for elements in contents]
        except BaseException:
            self._is_running = False
            raise
        self.contents = tuple(prepared)
        self.copies = [Copy(user) for user in people]
        self._serve(range(len(people)))

    def retry(self) -> int:
        """Send again to those whose copy failed; how many they are."""
        failed = [row for row, copy in enumerate(self.copies) if copy.state is CopyState.FAILED]
        if not failed or self._is_running:
            return 0
        for row in failed:
            self.copies[row] = structs.replace(self.copies[row], state=CopyState.WAITING, failure="", time_ms=0)
        self._serve(failed)
        return len(failed)

    def stop(self) -> None:
        """Begin no further copy; what is being sent is sent."""
        self._is_stopping = self._is_running

    def forget(self) -> None:
        """Let go of a mailing that has ended."""
        if not self._is_running:
            self.copies, self.contents = [], ()
            self.updates.publish(-1)

    def _serve(self, rows: Iterable[int]) -> None:
        self._is_running, self._is_stopping = True, False
        self.updates.publish(-1)
        self._tasks.spawn(self._run(tuple(rows)), "sending to many")

    async def _run(self, rows: Sequence[int]) -> None:
        slots = asyncio.Semaphore(AT_ONCE)

        async def serve(row: int) -> None:
            async with slots:
                await self._send(row)

        try:
            await asyncio.gather(*map(serve, rows))
        finally:
            self._is_running = False
            self.updates.publish(-1)

    async def _send(self, row: int) -> None:
        if self._is_stopping:
            self._set(row, state=CopyState.FAILED, failure=STOPPED, time_ms=now_ms())
            return
        self._set(row, state=CopyState.SENDING)
        try:
            conversation = await self._batch.reach(self.copies[row].user)
            self._set(row, conversation=conversation)
            for place, elements in enumerate(self.contents):
                keys = self.copies[row].keys
                if place < len(keys) and await self._is_queued(keys[place]):
                    continue
                echo = await self._outbox.send(conversation, elements)
                self._set(row, keys=(*keys[:place], echo.key, *keys[place + 1 :]))
            for key in self.copies[row].keys:
                await self._outbox.delivered(key)
        except ChatdeskError as error:
            self._set(row, state=CopyState.FAILED, failure=str(error), time_ms=now_ms())
        else:
            self._set(row, state=CopyState.SENT, time_ms=now_ms())

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
