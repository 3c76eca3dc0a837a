"""What is said about messages: own edits and reactions, queued behind the messages and sent by the outbox's workers.

Each is shown at once (store/responses.py) and leaves under a transaction id that never changes. What the server refuses
is taken back here, and the message's `failure` says why. Loop thread only.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatdesk.core.decoder import Decoder
from chatdesk.core.ledger import Ledger
from chatdesk.core.txn import new_txn_id
from chatdesk.core.uploads import Uploader
from chatdesk.domain.clock import now_ms
from chatdesk.domain.elements import Element, Tip, Unknown, Unreadable
from chatdesk.domain.errors import ChatdeskError, Forbidden, InputError, NotFound, ServerError
from chatdesk.domain.messages import Message, MessageState
from chatdesk.domain.wording import Sentence
from chatdesk.store import messages, responses
from chatdesk.store.entries import OutboxEntry, OutboxKind
from chatdesk.store.outbox import TXN_MEMORY_MS

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

RESPONSES = frozenset({OutboxKind.EDIT, OutboxKind.REACT, OutboxKind.UNREACT})
MAX_SYMBOL = 100
_DUPLICATE = "M_DUPLICATE_ANNOTATION"
_MOST_PAGES = 20

_log = logging.getLogger(__name__)


class Responses:
    def __init__(self, ledger: Ledger, server: Homeserver, decoder: Decoder, uploader: Uploader) -> None:
        self._ledger = ledger
        self._server = server
        self._decoder = decoder
        self._uploader = uploader

    async def edit(self, key: int, elements: Sequence[Element], mentions: Sequence[str]) -> Message:
        """Queue an edit with checked elements; the message as it shows now."""
        known = await self._known(key)
        if not known.is_self:
            raise Forbidden("Only your own messages can be edited.")
        if known.state in (MessageState.REVOKED, MessageState.REVOKING) or not _is_content(known):
            raise InputError("This message cannot be edited.")
        answered = known.reply_to.sender if known.reply_to is not None else ""
        if answered in known.mentions and answered not in mentions:
            mentions = (*mentions, answered)  # the edit of an answer is still one
        if tuple(elements) == known.elements and tuple(mentions) == known.mentions:
            return known
        message = await self._ledger.message(responses.add_edit, key, elements, mentions, new_txn_id(), now_ms())
        if message is None:
            raise InputError("This message cannot be edited.")
        return message

    async def react(self, key: int, symbol: str) -> Message:
        if not symbol.strip() or len(symbol) > MAX_SYMBOL:
            raise InputError("This is not a symbol to react with.")
        await self._known(key)
        own = self._ledger.own_user_id
        message = await self._ledger.message(responses.add_reaction, key, own, symbol, new_txn_id(), now_ms())
        if message is None:
            raise InputError("You cannot react to this message.")
        return message

    async def unreact(self, key: int, symbol: str) -> Message:
        await self._known(key)
        message = await self._ledger.message(responses.remove_reaction, key, symbol, new_txn_id(), now_ms())
        if message is None:
            raise InputError("You cannot react to this message.")
        return message

    async def forwardable(self, keys: Sequence[int]) -> list[tuple[Element, ...]]:
        """What copies of these messages consist of, in the order they stand in. Raises InputError or NotFound."""
        found = [await self._known(key) for key in dict.fromkeys(keys)]
        for message in found:
            if message.state in (MessageState.REVOKED, MessageState.REVOKING):
                raise InputError("A message that was recalled cannot be forwarded.")
            if any(isinstance(element, Unreadable) for element in message.elements):
                raise InputError("An encrypted message that cannot be read cannot be forwarded.")
            if not _is_content(message):
                raise InputError("This kind of message cannot be forwarded.")
        found.sort(key=lambda message: (message.conversation, message.position))
        return [message.elements for message in found]

    async def attempt(self, entry: OutboxEntry) -> None:
        """Send one entry. Raises what the server or the line has against it."""
        if entry.kind is OutboxKind.UNREACT:
            await self._take_back(entry)
            return
        # As for messages: a power cut may have undone the note of the first try.
        if now_ms() - (entry.attempted_ms or entry.created_ms) > TXN_MEMORY_MS:
            landed = await self._find_landed(entry)
            if landed:
                await self._ledger.message(responses.mark_arrived, entry, landed, now_ms())
                return
        if entry.kind is OutboxKind.EDIT and not await self._upload(entry):
            return
        leaving = await self._ledger.database.write(responses.depart, entry, now_ms())
        if leaving is None:
            return
        own_id = await (self._put_reaction if entry.kind is OutboxKind.REACT else self._put_edit)(entry, leaving)
        await self._ledger.message(responses.mark_arrived, entry, own_id, now_ms())

    async def fail(self, entry: OutboxEntry, error: ChatdeskError) -> str:
        """The server will never accept this: everything is again as it was, and the message says why; the words."""
        match entry.kind:
            case OutboxKind.EDIT:
                words = Sentence("Your change was not saved: {reason}", reason=str(error))
            case OutboxKind.REACT:
                words = Sentence("Your reaction was not sent: {reason}", reason=str(error))
            case _:
                words = Sentence("Your reaction could not be taken back: {reason}", reason=str(error))
        await self._ledger.message(responses.mark_failed, entry, words)
        return words

    async def _known(self, key: int) -> Message:
        message = await self._ledger.database.read(messages.get, key)
        if message is None or message.is_local:
            raise NotFound("The server has no such message.")
        return message

    async def _upload(self, entry: OutboxEntry) -> bool:
        """Give the files of an edit addresses; False when it has gone or has become another one meanwhile."""
        elements = await self._ledger.database.read(responses.edit_of, entry)
        if elements is None:
            return True
        uploaded = await self._uploader.upload_elements(elements)
        if uploaded == elements:
            return True
        return await self._ledger.database.write(responses.set_uploaded, entry, elements, uploaded)

    async def _put_edit(self, entry: OutboxEntry, leaving: responses.Departing) -> str:
        from chatdesk.matrix import encode  # loaded with the network layer, after the first paint

        content = encode.edit_content(
            leaving.elements, leaving.target_id, entry.txn_id, leaving.mentions, leaving.known_mentions
        )
        return await self._server.send(entry.channel, entry.txn_id, content)

    async def _put_reaction(self, entry: OutboxEntry, leaving: responses.Departing) -> str:
        from chatdesk.matrix import encode  # loaded with the network layer, after the first paint

        content = encode.reaction_content(leaving.target_id, leaving.symbol, entry.txn_id)
        try:
            return await self._server.react(entry.channel, entry.txn_id, content)
        except ServerError as error:
            # Another device was faster, maybe this one before it lost its transaction ids: it is there.
            landed = await self._find_landed(entry, leaving.symbol) if error.code == _DUPLICATE else ""
            if not landed:
                raise
            return landed

    async def _take_back(self, entry: OutboxEntry) -> None:
        if not await self._ledger.database.write(responses.note_attempt, entry, now_ms()):
            return
        reaction_id = await self._ledger.database.read(responses.reaction_id, entry)
        if reaction_id:
            try:
                await self._server.revoke(entry.channel, reaction_id, entry.txn_id)
            except NotFound:
                _log.info("A reaction to take back is not there any more")
        await self._ledger.message(responses.mark_taken_back, entry)

    async def _find_landed(self, entry: OutboxEntry, symbol: str = "") -> str:
        """The server's id of an edit or reaction that may have arrived although its answer is lost; else empty. With a
        `symbol`, any own reaction with it."""
        target_id = entry.message.message_id
        kind = "m.replace" if entry.kind is OutboxKind.EDIT else "m.annotation"
        own = self._ledger.own_user_id
        token = ""
        for _ in range(_MOST_PAGES):
            try:
                raw = await self._server.relations(entry.channel, target_id, kind, token)
            except NotFound:
                return ""  # the server has no such endpoint
            edits, reactions, token = await self._decoder.relations(raw)
            for edit in edits:
                if edit.sender == own and edit.txn_id == entry.txn_id:
                    return edit.edit_id
            for reaction in reactions:
                if reaction.sender == own and (reaction.txn_id == entry.txn_id or reaction.symbol == symbol):
                    return reaction.reaction_id
            if not token:
                return ""
        return ""


def _is_content(message: Message) -> bool:
    """Somebody wrote it, and chatdesk can write the like."""
    return bool(message.elements) and not any(isinstance(e, Tip | Unreadable | Unknown) for e in message.elements)
