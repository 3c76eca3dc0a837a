"""Somebody types, and the other one sees it: through a real Synapse."""

import asyncio
from collections.abc import Callable

from chatdesk.domain.changes import Changes
from tests.servers.people import Person


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.02)


async def test_typing_is_seen_and_its_end_too(ann: Person, ben: Person) -> None:
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    await ann.say(talk, "Hi")
    await ben.sees(ben.c2c(ann), "Hi")
    seen: list[tuple[str, ...]] = []

    def note(changes: Changes) -> None:
        seen.extend(users for conversation, users in changes.typing if conversation == ben.c2c(ann))

    ben.session.changes.subscribe(note)
    ann.session.typing.typed(talk)
    await _until(lambda: (ann.user_id,) in seen)
    ann.session.typing.stopped(talk)
    await _until(lambda: seen[-1] == ())
    ann.session.typing.is_enabled = False
    ann.session.typing.typed(talk)
    await ann.say(talk, "Not told")
    await ben.sees(ben.c2c(ann), "Not told")
    assert seen[-1] == ()
