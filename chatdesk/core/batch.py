"""One message to many people, each in the one-to-one conversation with them. Loop thread only."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from chatdesk.core.conversations import Conversations
from chatdesk.core.outbox import Outbox
from chatdesk.domain.elements import Element
from chatdesk.domain.errors import ChatdeskError, RateLimited, TooManyRecipients
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.mailings import MOST_USERS
from chatdesk.domain.messages import Message, SendOptions
from chatdesk.domain.wording import Sentence

AT_ONCE = 8


class BatchResult(Struct, frozen=True):
    """What became of the copy for `user` (as it was given): the delivered message, or why there is none."""

    user: str
    message: Message | None = None
    error: ChatdeskError | None = None


class Batch:
    def __init__(self, conversations: Conversations, outbox: Outbox) -> None:
        self._conversations = conversations
        self._outbox = outbox

    async def send(
        self,
        users: Sequence[str],
        elements: Sequence[Element],
        options: SendOptions = SendOptions(),  # noqa: B008 - frozen
    ) -> tuple[BatchResult, ...]:
        """One result per user in their order; who is named twice gets it twice. Files are uploaded once.

        Raises TooManyRecipients, or what is wrong with the message itself (InputError, TooLarge, TransferError …).
        """
        if len(users) > MOST_USERS:
            raise TooManyRecipients(Sentence("Send to at most {most} people at once.", most=MOST_USERS))
        shared = await self._outbox.prepare(elements, options)
        slots = asyncio.Semaphore(AT_ONCE)
        turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

        async def send_one(user: str) -> BatchResult:
            async with turns[user], slots:
                try:
                    conversation = await self.reach(user)
                    echo = await self._outbox.send(conversation, shared, options)
                    return BatchResult(user, await self._outbox.delivered(echo.key))
                except ChatdeskError as error:
                    return BatchResult(user, error=error)

        return tuple(await asyncio.gather(*map(send_one, users)))

    async def reach(self, user: str) -> ConversationId:
        """The one-to-one conversation with somebody, begun if need be; waits as long as the server wants.

        Raises UnknownUser or another InputError, NetworkError or ServerError.
        """
        while True:
            try:
                return await self._conversations.start_c2c(user)
            except RateLimited as error:  # refused, so nothing was created: asking again is safe
                await asyncio.sleep(error.retry_after_s)
