"""Waiting for what becomes of a message: sent and synced, revoked, or failed. Loop thread only.

Owns the futures of those who wait. Whoever asks again after a restart of the program gets the same answer as long as
the store still knows it; why something failed is remembered in full only while the program runs.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable

from chatdesk.core.ledger import Ledger
from chatdesk.domain.changes import Changes
from chatdesk.domain.errors import ChatdeskError, Withdrawn
from chatdesk.domain.messages import Message, MessageState
from chatdesk.store import messages

Verdict = Callable[[Message], bool]
"""Whether this is what is waited for; raises what ends the waiting without it."""


class Waiting:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._futures: defaultdict[int, list[asyncio.Future[Message | None]]] = defaultdict(list)
        self._failures: dict[int, ChatdeskError] = {}
        self._end: ChatdeskError | None = None
        ledger.changes.subscribe(self._on_changes)

    def note_failure(self, key: int, error: ChatdeskError) -> None:
        """Remember why the server refused; call it before the change of state is published."""
        self._failures[key] = error

    def forget_failure(self, key: int) -> None:
        self._failures.pop(key, None)

    def failure_of(self, message: Message) -> ChatdeskError:
        return self._failures.get(message.key) or ChatdeskError(message.failure or "This could not be sent.")

    def end(self, error: ChatdeskError) -> None:
        """Nothing will happen any more: tell everybody who waits, now and later."""
        self._end = error
        self._release(error)

    def resume(self) -> None:
        self._end = None

    async def until(self, key: int, verdict: Verdict) -> Message:
        """Look at the message now and after each of its changes. Raises Withdrawn when it disappears."""
        while True:
            # Registered first: a change between the look and the wait is not missed.
            future: asyncio.Future[Message | None] = asyncio.get_running_loop().create_future()
            self._futures[key].append(future)
            try:
                message = await self._ledger.database.read(messages.find, key)
                if message is None:
                    raise Withdrawn("This message was taken back before it left.")
                if verdict(message):
                    return message
                if self._end is not None:
                    raise self._end
                await future
            finally:
                if not future.cancel() and not future.cancelled():
                    future.exception()  # told meanwhile, and nobody asks any more: that is no mistake
                waiting = self._futures[key]
                waiting.remove(future)
                if not waiting:
                    del self._futures[key]

    def _on_changes(self, changes: Changes) -> None:
        if not self._futures:
            return
        for message in changes.messages:
            self._wake(message.key)
        for _, key in changes.deleted:
            self._wake(key)
        if changes.resets:
            for key in tuple(self._futures):
                self._wake(key)

    def _wake(self, key: int) -> None:
        for future in self._futures.get(key, ()):
            if not future.done():
                future.set_result(None)

    def _release(self, error: ChatdeskError) -> None:
        for futures in self._futures.values():
            for future in futures:
                if not future.done():
                    future.set_exception(error)


def is_settled(message: Message) -> bool:
    """The server has it in its place, or had it."""
    return message.state is MessageState.REVOKED or (message.state is MessageState.SYNCED and not message.is_echo)
