"""Sessions of real people on the test server, and a way to wait for what the sync brings."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Self

from chatdesk.core.credentials import Credentials
from chatdesk.core.session import Session
from chatdesk.core.timeline import Timeline
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.elements import Text
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message, MessageState
from tests.servers.accounts import Account

PATIENCE_S = 60.0


class Person:
    """One account on one device: a session and the folder it lives in."""

    def __init__(self, account: Account, directory: Path, url: str = "") -> None:
        self.account = account
        self.directory = directory
        self.downloads = directory / "downloads"
        self.url = url or account.url
        self.session: Session

    async def log_in(self, start: bool = True) -> Self:
        self.directory.mkdir(parents=True, exist_ok=True)
        credentials = Credentials(self.directory, self.account.user_id)
        self.session = await Session.log_in(
            self.directory,
            credentials,
            partial(credentials.load, use_file=True),
            self.downloads,
            self.url,
            self.account.name,
            self.account.password,
            "chatdesk test",
        )
        if start:
            self.session.start()
        return self

    async def close(self) -> None:
        """End whatever session is open now."""
        await self.session.close()

    async def restart(self, start: bool = True) -> Self:
        """Close the program and open it again on the same folder."""
        await self.session.close()
        return await self.restore(start)

    async def restore(self, start: bool = True) -> Self:
        """Open the program on a folder where it ended before, maybe by force."""
        credentials = Credentials(self.directory, self.account.user_id)
        restored = await Session.restore(self.directory, credentials, credentials.load, self.downloads)
        assert restored is not None
        self.session = restored
        if start:
            restored.start()
        return self

    @property
    def user_id(self) -> str:
        return self.account.user_id

    def c2c(self, other: "Person") -> ConversationId:
        return ConversationId(ConversationType.C2C, other.user_id)

    async def say(self, conversation: ConversationId, text: str) -> Message:
        return await self.session.outbox.send(conversation, [Text(text)])

    async def until(self, condition: Callable[[], Awaitable[bool]]) -> None:
        """Wait until the condition holds; looked at again after each change this session publishes."""
        changed = asyncio.Event()
        unsubscribes = [
            self.session.changes.subscribe(lambda _: changed.set()),
            self.session.connections.subscribe(lambda _: changed.set()),
            self.session.downloads.updates.subscribe(lambda _: changed.set()),
        ]
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not await condition():
                    await changed.wait()
                    changed.clear()
        finally:
            for unsubscribe in unsubscribes:
                unsubscribe()

    async def messages(self, conversation: ConversationId) -> list[Message]:
        """Everything that can be had, paged to the very start."""
        timeline = self.session.timeline(conversation)
        await timeline.open()
        await to_the_start(timeline)
        timeline.close()
        return timeline.items

    async def texts(self, conversation: ConversationId) -> list[str]:
        return [message.text for message in await self.messages(conversation) if not message.is_tip]

    async def sees(self, conversation: ConversationId, text: str) -> Message:
        """Wait for a message with this text; the message."""
        found: list[Message] = []

        async def arrived() -> bool:
            found[:] = [m for m in await self.newest(conversation) if m.text == text]
            return bool(found)

        await self.until(arrived)
        return found[-1]

    async def newest(self, conversation: ConversationId) -> list[Message]:
        """The newest page as the store has it."""
        timeline = self.session.timeline(conversation)
        await timeline.open()
        timeline.close()
        return timeline.items

    async def synced(self, conversation: ConversationId) -> None:
        """Wait until nothing own is on its way any more."""

        async def settled() -> bool:
            waiting = (MessageState.QUEUED, MessageState.UPLOADING, MessageState.SENT, MessageState.REVOKING)
            return not any(m.state in waiting for m in await self.newest(conversation))

        await self.until(settled)

    async def conversation(
        self, id_: ConversationId, condition: Callable[[Conversation], bool] = lambda _: True
    ) -> Conversation:
        """Wait until a conversation is there and looks as wanted."""
        found: list[Conversation] = []

        async def fits() -> bool:
            conversation = await self.session.conversations.get(id_)
            found[:] = [conversation] if conversation is not None and condition(conversation) else []
            return bool(found)

        await self.until(fits)
        return found[0]


async def to_the_start(timeline: Timeline) -> None:
    from chatdesk.domain.changes import LoadState

    while timeline.load_state is LoadState.IDLE:
        await timeline.page_older()
    assert timeline.load_state is LoadState.START_REACHED, timeline.load_failure


def is_joined(conversation: Conversation) -> bool:
    return conversation.membership is Membership.JOINED


def is_invited(conversation: Conversation) -> bool:
    return conversation.membership is Membership.INVITED
