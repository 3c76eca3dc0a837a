"""Fetches what a shown reply answers when this device does not have it: once, in the background, into the store.

Loop thread only. It shows nothing itself: a fetched quote is published by publishing the messages that quote it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from chatdesk.core.decoder import Decoder
from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line, backoff_s
from chatdesk.domain.changes import Changes, Insert, ListDiff, Remove, Reset
from chatdesk.domain.errors import ChatdeskError, NetworkError, RateLimited, SessionEnded, TemporaryServerError
from chatdesk.domain.messages import Message
from chatdesk.store import quotes, relations
from chatdesk.store.database import StoreConnection
from chatdesk.store.touched import Touched

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.domain.messages import IncomingEdit, IncomingMessage
    from chatdesk.matrix.homeserver import Homeserver

_log = logging.getLogger(__name__)


class Quotes:
    def __init__(self, ledger: Ledger, server: Homeserver, line: Line, decoder: Decoder) -> None:
        self._ledger = ledger
        self._server = server
        self._line = line
        self._decoder = decoder
        self._asked: set[str] = set()
        """Ids that were asked for in this run of the program."""

    @cached_property
    def _waiting(self) -> asyncio.Queue[int]:
        return asyncio.Queue()

    def on_diff(self, diff: ListDiff[Message]) -> None:
        """A timeline shows these now."""
        match diff:
            case Insert(items=items) | Reset(items=items):
                self._want(items)
            case Remove():
                pass
            case _:
                self._want((diff.item,))

    def _want(self, items: Iterable[Message]) -> None:
        for message in items:
            quote = message.reply_to
            if quote is not None and not quote.sender and quote.message_id not in self._asked:
                self._asked.add(quote.message_id)
                self._waiting.put_nowait(message.key)

    async def run(self) -> None:
        """Fetch one after the other, for as long as the session lives."""
        while True:
            key = await self._waiting.get()
            attempt = 0
            while True:
                try:
                    await self._fetch(key)
                    break
                except RateLimited as error:
                    await asyncio.sleep(error.retry_after_s)
                except (NetworkError, TemporaryServerError) as error:
                    _log.info("A quoted message could not be fetched yet: %s", error)
                    await self._line.pause(backoff_s(attempt))
                    attempt += 1
                except SessionEnded:
                    self._asked.clear()  # asked for again when shown after the next login
                    break

    async def _fetch(self, key: int) -> None:
        wanted = await self._ledger.database.read(quotes.wanted, key)
        if wanted is None:
            return  # it came by itself
        channel, message_id = wanted
        message: IncomingMessage | None = None
        edits: tuple[IncomingEdit, ...] = ()
        try:
            message, edits = await self._decoder.single(await self._server.message(channel, message_id))
        except (NetworkError, TemporaryServerError, RateLimited, SessionEnded):
            raise
        except ChatdeskError as error:
            _log.info("The server does not show a quoted message: %s", error)
        await self._ledger.apply(_keep, channel, message_id, message, edits, self._ledger.own_user_id)


def _keep(
    connection: StoreConnection,
    channel: str,
    message_id: str,
    message: IncomingMessage | None,
    edits: tuple[IncomingEdit, ...],
    own_user_id: str,
) -> Changes:
    touched = Touched()
    if message is None or message.message_id != message_id:
        quotes.put(connection, channel, message_id, "", (), is_revoked=False)
        return touched.changes(connection, own_user_id)
    quotes.put(connection, channel, message_id, message.sender, message.elements, bool(message.revoked_by))
    relations.apply(connection, channel, edits, (), own_user_id, touched)
    touched.quoted[message_id] = None
    return touched.changes(connection, own_user_id)
