"""The first conversations of `chatdesk try`: two people, a one-to-one conversation and a group, with a few messages, a
picture and a file. Everything goes through the core and the real server, as if the people had typed it."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path

from chatdesk.core.attachments import file_element
from chatdesk.core.credentials import Credentials
from chatdesk.core.session import Session
from chatdesk.domain.conversations import Membership
from chatdesk.domain.elements import Text
from chatdesk.domain.ids import ConversationId, ConversationType

GROUP_NAME = "Weekend trip"
_PATIENCE_S = 60.0


async def seed(url: str, logins: dict[str, str], samples: Path) -> None:
    """Let Ann and Ben talk. `logins` maps user ids to passwords, Ann first; `samples` holds the files they send."""
    async with contextlib.AsyncExitStack() as stack:
        ann, ben = [await stack.enter_async_context(_person(url, user, logins[user])) for user in logins]
        talk = await ann.conversations.start_c2c(ben.own_user_id)
        back = ConversationId(ConversationType.C2C, ann.own_user_id)
        group = await ann.conversations.create_group(GROUP_NAME, [ben.own_user_id])
        await _until(ben, lambda: _invited(ben, group))
        await ben.conversations.accept(group)
        await _until(ben, lambda: _joined(ben, back))
        await _say(ann, talk, "Hi Ben! Did you get home safely yesterday?")
        await _say(ben, back, "Yes, thanks. The last train was on time for once 🙂")
        await _say(ann, talk, "Good. I found the photo I told you about:")
        await _send_file(ann, talk, samples / "harbour.png")
        await _say(ben, back, "What a morning! Send me the walking route too, please.")
        await _send_file(ann, talk, samples / "Walking route.txt")
        await _say(ann, group, "Who is in for Saturday? The forecast looks fine.")
        await _say(ben, group, "Me! I can bring the tent.")
        await _say(ann, group, "Then I take care of the food. Meeting point at nine by the harbour?")


@contextlib.asynccontextmanager
async def _person(url: str, user_id: str, password: str) -> AsyncIterator[Session]:
    """A session without a window, in a directory that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="chatdesk-seed-") as folder:
        directory = Path(folder)
        credentials = Credentials(directory, user_id)
        load_key = partial(credentials.load, use_file=True)
        session = await Session.log_in(
            directory, credentials, load_key, directory, url, user_id, password, "first start"
        )
        session.start()
        try:
            yield session
        finally:
            await session.log_out()


async def _say(session: Session, conversation: ConversationId, text: str) -> None:
    await session.outbox.send(conversation, [Text(text)])
    await _all_sent(session)


async def _send_file(session: Session, conversation: ConversationId, path: Path) -> None:
    await session.outbox.send(conversation, [await asyncio.to_thread(file_element, path)])
    await _all_sent(session)


async def _all_sent(session: Session) -> None:
    async def empty() -> bool:
        return await session.outbox.unsent_count() == 0

    await _until(session, empty)


async def _invited(session: Session, conversation: ConversationId) -> bool:
    found = await session.conversations.get(conversation)
    return found is not None and found.membership is Membership.INVITED


async def _joined(session: Session, conversation: ConversationId) -> bool:
    found = await session.conversations.get(conversation)
    return found is not None and found.membership is Membership.JOINED


async def _until(session: Session, condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something the sync or the outbox brings about; every change is a reason to look again."""
    changed = asyncio.Event()
    unsubscribe = session.changes.subscribe(lambda _: changed.set())
    try:
        async with asyncio.timeout(_PATIENCE_S):
            while not await condition():
                await changed.wait()
                changed.clear()
    finally:
        unsubscribe()
