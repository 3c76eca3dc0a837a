"""From what a person wrote to the messages that leave: which elements, which mentions, in which order.

Runs on the main thread; formatting happens in a worker thread. What was written first is queued first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import structs

from chatdesk.domain.elements import Element, Text
from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.messages import Message, SendOptions
from chatdesk.models.hold import Outgoing
from chatdesk.models.mentions import users

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.outbox import Outbox


class Sending:
    """`is_markdown` asks for the user's choice at each message."""

    def __init__(self, outbox: Outbox, is_markdown: Callable[[], bool]) -> None:
        self._outbox = outbox
        self._is_markdown = is_markdown

    @cached_property
    def _order(self) -> asyncio.Lock:
        return asyncio.Lock()

    async def queue(self, outgoing: Outgoing, give_back: Callable[[Outgoing], None]) -> None:
        """Hand over to the outbox. What cannot be queued is given back before the error is raised."""
        async with self._order:
            rest = outgoing
            try:
                while rest.text.strip() or rest.files:
                    elements, after = await self._next(rest)
                    answered = "" if rest.answers is None else rest.answers.message_id
                    named = users(rest.mentions) if rest.text.strip() else ()
                    options = SendOptions(mentions=named, reply_to=answered)
                    await self._outbox.send(rest.conversation, elements, options)
                    rest = after
            except ChatdeskError:
                give_back(rest)
                raise

    async def contents(self, outgoing: Outgoing) -> tuple[tuple[Element, ...], ...]:
        """The messages it would become, without queueing any."""
        found: list[tuple[Element, ...]] = []
        while outgoing.text.strip() or outgoing.files:
            elements, outgoing = await self._next(outgoing)
            found.append(elements)
        return tuple(found)

    async def _next(self, rest: Outgoing) -> tuple[tuple[Element, ...], Outgoing]:
        """The next message, and what is left then: a text with one file together, else the text and then each file,
        so that every other client shows them too."""
        if not rest.text.strip():
            return rest.files[:1], structs.replace(rest, files=rest.files[1:], answers=None)
        text = await self._text(rest.text, rest.mentions)
        if len(rest.files) == 1:
            return (*rest.files, text), Outgoing(rest.conversation)
        return (text,), Outgoing(rest.conversation, files=rest.files)

    async def change(self, message: Message, typed: str, mentions: tuple[tuple[str, str], ...]) -> None:
        """Let an own message say something else; its files stay."""
        text = await self._text(typed, mentions)
        elements = tuple(text if isinstance(element, Text) else element for element in message.elements)
        await self._outbox.edit(message.key, elements, users(mentions))

    async def _text(self, typed: str, mentions: tuple[tuple[str, str], ...]) -> Text:
        from chatdesk.models.markdown import text_element  # not for the first paint

        return await asyncio.to_thread(text_element, typed, dict(mentions), self._is_markdown())
