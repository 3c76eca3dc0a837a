"""Everything that must leave: own messages and revocations.

The life of a message
    1. `send` writes, in one transaction, the message as an echo (QUEUED) and an outbox entry with a transaction id that
       never changes. From here on it survives a crash. The echo is published; nobody waits for the network.
    2. One worker per conversation takes entries in order, so messages leave in the order they were written.
    3. Files without an address on the server are uploaded first (UPLOADING); each address is stored as soon as it is
       known, so a retry does not upload again.
    4. The first try is noted (`attempted_ms`), then the message is PUT under its transaction id. No answer, 5xx or
       429: wait and PUT again under the same id, which the server recognises. A refusal (4xx): FAILED with its
       reason, kept until the user retries (as a new message: new id) or discards; the next entry goes on.
    5. The answer brings the server's id: SENT. The sync brings the message itself: the echo becomes it, in place
       (SYNCED). Either may come first; both remove the entry.
    6. The server remembers transaction ids for 24 hours and per device. An entry tried longer ago, or tried before a
       new login, is first looked for in the conversation's newest history.
A revocation is an entry of its own behind the message it revokes: if that has not departed, both are simply dropped.
So are edits and reactions (core/responses.py): shown at once, taken back when the server refuses them.

Loop thread only.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import structs

from chatdesk.core.decoder import Decoder
from chatdesk.core.feed import Feed
from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line, backoff_s
from chatdesk.core.responses import RESPONSES, Responses
from chatdesk.core.task_set import TaskSet
from chatdesk.core.txn import new_txn_id
from chatdesk.core.uploads import Uploader, check_elements
from chatdesk.core.waiting import Waiting, is_settled
from chatdesk.domain.clock import now_ms
from chatdesk.domain.conversations import Membership
from chatdesk.domain.elements import Element
from chatdesk.domain.errors import (
    ChatdeskError,
    EncryptedConversation,
    Forbidden,
    InputError,
    NetworkError,
    NotAMember,
    NotFound,
    NotSupported,
    RateLimited,
    RevokeTooLate,
    SessionEnded,
    TemporaryServerError,
    TransferCancelled,
    Withdrawn,
)
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message, MessageState, SendOptions
from chatdesk.domain.transfers import UploadProgress
from chatdesk.domain.wording import Sentence
from chatdesk.store import conversations, messages
from chatdesk.store import outbox as rows
from chatdesk.store.database import StoreConnection
from chatdesk.store.entries import OutboxEntry, OutboxKind
from chatdesk.store.outbox import TXN_MEMORY_MS

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

_LOOK_BACK_MS = 10 * 60 * 1000
_LOOK_PAGE = 100
MAX_RAND = 2**32 - 1

_log = logging.getLogger(__name__)


class Outbox:
    def __init__(self, ledger: Ledger, server: Homeserver, line: Line, decoder: Decoder, tasks: TaskSet) -> None:
        self.uploads: Feed[UploadProgress] = Feed()
        self.refusals: Feed[str] = Feed()
        """Why the server refused a recall, an edit or a reaction: everything is again as it was, so say it."""
        self._ledger = ledger
        self._server = server
        self._line = line
        self._decoder = decoder
        self._tasks = tasks
        self._working: dict[ConversationId, bool] = {}
        """Conversations with a worker; True when something was added since it last looked."""
        self._is_running = False
        self._waiting = Waiting(ledger)
        self._uploader = Uploader(ledger, server, self.uploads)
        self._responses = Responses(ledger, server, decoder, self._uploader)

    async def send(
        self,
        conversation: ConversationId,
        elements: Sequence[Element],
        options: SendOptions = SendOptions(),  # noqa: B008 - frozen
        beside: Callable[[StoreConnection, Message], None] | None = None,
    ) -> Message:
        """Queue a message; returns its echo, and nobody waits for the network. `beside` runs in the same transaction.

        Raises InputError (InvalidElement, ServerElement, NotSupported, NotAMember, File…), TooLarge or
        EncryptedConversation, and then queues nothing.
        """
        elements = await self._check(conversation, elements, options)
        if options.reply_to:
            options = await self._with_answered(options)
        message = await self._ledger.message(
            rows.add_echo,
            conversation,
            self._ledger.own_user_id,
            elements,
            new_txn_id(),
            secrets.randbelow(MAX_RAND) + 1,
            now_ms(),
            options,
            beside,
        )
        if message is None:
            raise InputError("This conversation does not exist any more.")
        self.wake(conversation)
        return message

    async def edit(self, key: int, elements: Sequence[Element], mentions: Sequence[str] = ()) -> Message:
        """Give an own message another content, shown at once. Nobody who was mentioned before is alerted again.

        A message that has not left is changed itself; a failed one is then sent again. Raises NotFound, Forbidden or
        what `send` raises, and then changes nothing. What the server says against it comes as the message's `failure`.
        """
        checked = await self._check_content(elements, SendOptions(mentions=tuple(mentions)))
        message = await self._responses.edit(key, checked, mentions)
        if message.state is MessageState.FAILED:
            await self.retry(key)
        self.wake(message.conversation)
        return message

    async def react(self, key: int, symbol: str) -> Message:
        """Put a symbol under a message, shown at once; the same one twice is one. Raises NotFound or InputError."""
        message = await self._responses.react(key, symbol)
        self.wake(message.conversation)
        return message

    async def unreact(self, key: int, symbol: str) -> Message:
        """Take the own symbol back. Raises NotFound."""
        message = await self._responses.unreact(key, symbol)
        self.wake(message.conversation)
        return message

    async def forward(self, keys: Sequence[int], conversations: Sequence[ConversationId]) -> int:
        """Send copies of messages, oldest first, into each conversation, as own ones marked as forwarded, without whom
        they answered or addressed; how many were copied. Files the server has are not uploaded again.

        Raises InputError when one of them cannot be forwarded or sent there, and then queues nothing.
        """
        options = SendOptions(is_forwarded=True)
        contents = await self._responses.forwardable(keys)
        for elements in contents:
            await self._check_content(elements, options)
        for conversation in conversations:
            await self._check_channel(conversation)
        for conversation in conversations:
            for elements in contents:
                await self.send(conversation, elements, options)
        return len(contents)

    async def delivered(self, key: int) -> Message:
        """Wait until the server has given the message its time and place; the message, SYNCED (or REVOKED since).

        Raises what made it fail (ServerError, TransferError, InputError …), Withdrawn when it was taken back before it
        left, SessionEnded or Interrupted when this session will not send it any more; it stays queued then.
        """

        def verdict(message: Message) -> bool:
            if message.is_deleted and not message.message_id:
                raise Withdrawn("This message was deleted before it left.")
            if message.state is MessageState.FAILED:
                raise self._waiting.failure_of(message)
            return is_settled(message) or (message.is_deleted and bool(message.message_id))

        return await self._waiting.until(key, verdict)

    async def revoked(self, key: int) -> None:
        """Wait until a revocation has happened, or the message has disappeared before it left.

        Raises what the server said against it (Forbidden …), SessionEnded or Interrupted.
        """

        def verdict(message: Message) -> bool:
            if message.state in (MessageState.REVOKING, MessageState.REVOKED):
                return message.state is MessageState.REVOKED
            raise self._waiting.failure_of(message)

        with contextlib.suppress(Withdrawn):
            await self._waiting.until(key, verdict)

    async def retry(self, key: int) -> None:
        """Send a failed message again."""
        self._waiting.forget_failure(key)
        message = await self._ledger.message(rows.retry, key, new_txn_id(), now_ms())
        if message is not None:
            self.wake(message.conversation)

    async def discard(self, key: int) -> None:
        """Drop an own message that has not departed; InputError when it has."""
        if not await self._ledger.delete(rows.discard, key):
            raise InputError("This message is already on its way. Recall it instead.")

    async def revoke(self, key: int, reason: str = "", limit_s: float | None = None) -> None:
        """Take a message back for everyone; one that has not departed just disappears, one revoked already stays so.

        The server decides whether a member of a group may take back what others said; `revoked` tells. `limit_s`: own
        messages older than this are left alone. Raises NotFound, Forbidden or RevokeTooLate, and queues nothing.
        """
        if await self._ledger.delete(rows.discard, key):
            return
        known = await self._ledger.database.read(messages.get, key)
        if known is None or known.is_local or known.is_tip:
            raise NotFound("There is no such message to take back.")
        if known.state in (MessageState.REVOKED, MessageState.REVOKING):
            return
        if not known.is_self and known.conversation.type is ConversationType.C2C:
            raise Forbidden("Only your own messages can be taken back here.")
        if limit_s is not None and known.is_self and now_ms() - known.time_ms > limit_s * 1000:
            raise RevokeTooLate("This message is too old to be taken back.")
        self._waiting.forget_failure(key)
        message = await self._ledger.message(rows.add_revoke, key, new_txn_id(), reason, now_ms())
        if message is not None:
            self.wake(message.conversation)

    async def upload_limit(self) -> int:
        """The most bytes a file may have, as the server says; 0 when it does not. Raises NetworkError and others."""
        return await self._uploader.limit()

    async def unsent_count(self) -> int:
        return await self._ledger.database.read(rows.unsent_count)

    async def start(self) -> None:
        """Begin sending what waits, also what an earlier run of the program left."""
        await self._ledger.database.write(rows.settle_interrupted)
        self._is_running = True
        await self.wake_all()

    async def wake_all(self) -> None:
        for conversation in await self._ledger.database.read(rows.waiting_conversations):
            self.wake(conversation)

    def wake(self, conversation: ConversationId) -> None:
        if not self._is_running:
            return
        if conversation in self._working:
            self._working[conversation] = True
        else:
            self._working[conversation] = False
            self._tasks.spawn(self._work(conversation), "sending")

    async def _check(
        self, conversation: ConversationId, elements: Sequence[Element], options: SendOptions
    ) -> tuple[Element, ...]:
        """The elements with what their files say about themselves, if they can be sent."""
        described = await self._check_content(elements, options)
        await self._check_channel(conversation)
        return described

    async def _with_answered(self, options: SendOptions) -> SendOptions:
        """Who is answered is addressed, as the specification asks."""
        known = await self._ledger.database.read(messages.by_message_id, options.reply_to)
        if known is None or known.is_self or known.sender in options.mentions:
            return options
        return structs.replace(options, mentions=(*options.mentions, known.sender))

    async def _check_content(self, elements: Sequence[Element], options: SendOptions) -> tuple[Element, ...]:
        if options.online_only:
            raise NotSupported("This server keeps every message: none can be for those online only.")
        await asyncio.to_thread(check_elements, elements, options)
        return await self._uploader.describe(elements)

    async def _check_channel(self, conversation: ConversationId) -> None:
        channels = await self._ledger.database.read(conversations.channels, conversation)
        if any(is_encrypted for _, _, is_encrypted in channels):
            raise EncryptedConversation(
                "This conversation is end-to-end encrypted. chatdesk cannot encrypt yet, so nothing was sent."
            )
        if not channels or channels[0][1] is not Membership.JOINED:
            raise NotAMember("You are not a member of this conversation, so nothing was sent.")

    async def _work(self, conversation: ConversationId) -> None:
        entry: OutboxEntry | None = None
        try:
            while True:
                self._working[conversation] = False
                if entry is None:
                    entry = await self._ledger.database.write_relaxed(rows.depart, conversation, now_ms())
                if entry is not None:
                    entry = await self._deliver(entry)
                elif not self._working[conversation]:
                    return
        except SessionEnded as error:
            _log.info("Sending stops: the session has ended")
            self._line.doubts.publish(None)
            self._waiting.end(error)
        finally:
            del self._working[conversation]

    async def _deliver(self, entry: OutboxEntry) -> OutboxEntry | None:
        """Try until the server has accepted or refused the entry, or the user has withdrawn it. The next one, if it is
        known already."""
        attempt = 0
        while True:
            try:
                return await self._attempt(entry)
            except RateLimited as error:
                await asyncio.sleep(error.retry_after_s)
            except (NetworkError, TemporaryServerError) as error:
                _log.info("Not sent yet: %s", error)
                await self._line.pause(backoff_s(attempt))
                attempt += 1
            except SessionEnded:
                raise
            except TransferCancelled:
                return None  # the entry went with its message
            except ChatdeskError as error:
                await self._fail(entry, error)
                return None
            current = await self._ledger.database.read(rows.get_entry, entry.id)
            if current is None:
                return None  # the sync brought it, or it was discarded
            entry = current

    async def _fail(self, entry: OutboxEntry, error: ChatdeskError) -> None:
        if entry.kind in RESPONSES:
            self.refusals.publish(await self._responses.fail(entry, error))
            return
        self._waiting.note_failure(entry.message.key, error)
        message = await self._ledger.database.read(messages.get, entry.message.key)
        if entry.kind is OutboxKind.SEND and message is not None and message.state is MessageState.REVOKING:
            await self._ledger.delete(rows.withdraw, entry.message.key)  # it will never arrive, as the user wished
        else:
            await self._ledger.message(rows.mark_failed, entry, str(error))
            if entry.kind is OutboxKind.REVOKE:
                self.refusals.publish(Sentence("The message could not be recalled: {reason}", reason=str(error)))

    async def _attempt(self, entry: OutboxEntry) -> OutboxEntry | None:
        if entry.kind is OutboxKind.REVOKE:
            await self._attempt_revoke(entry)
            return None
        if entry.is_ready:
            return await self._put(entry, entry.message.elements)
        await self._check_channel(entry.conversation)
        if entry.kind in RESPONSES:
            await self._responses.attempt(entry)
            return None
        # A power cut may have undone the note of the first try, so an old entry without one is looked for as well.
        if now_ms() - (entry.attempted_ms or entry.created_ms) > TXN_MEMORY_MS:
            landed = await self._find_landed(entry)
            if landed:
                await self._ledger.message(rows.mark_sent, entry, landed)
                return None
        elements = await self._uploader.upload_all(entry.message)
        if not await self._ledger.database.write(rows.mark_attempted, entry.id, now_ms(), entry.txn_id):
            return None
        return await self._put(entry, elements)

    async def _put(self, entry: OutboxEntry, elements: Sequence[Element]) -> OutboxEntry | None:
        """The request itself; then, in the transaction that notes its success, the next message departs."""
        from chatdesk.matrix import encode  # loaded with the network layer, after the first paint

        content = encode.message_content(
            elements,
            entry.message.rand,
            entry.message.client_time_ms,
            entry.txn_id,
            priority=entry.message.priority,
            cloud_custom=entry.message.cloud_custom,
            mentions=entry.message.mentions,
            reply_to="" if entry.message.reply_to is None else entry.message.reply_to.message_id,
            thread=entry.message.thread,
            is_forwarded=entry.message.is_forwarded,
        )
        message_id = await self._server.send(entry.channel, entry.txn_id, content)
        return await self._ledger.answered(rows.arrive, entry, message_id, now_ms())

    async def _attempt_revoke(self, entry: OutboxEntry) -> None:
        message = await self._ledger.database.read(messages.find, entry.message.key)
        if message is None or not message.message_id:
            await self._ledger.delete(rows.withdraw, entry.message.key)
            return
        await self._server.revoke(entry.channel, message.message_id, entry.txn_id, entry.reason)
        await self._ledger.message(rows.mark_revoked, entry, self._ledger.own_user_id)

    async def _find_landed(self, entry: OutboxEntry) -> str:
        """The server's id of a message that may have arrived although its transaction id is forgotten; else empty."""
        token = ""
        while True:
            raw = await self._server.history(entry.channel, token, _LOOK_PAGE)
            page = await self._decoder.history_page(raw, self._ledger.own_user_id)
            for incoming in page.messages:
                if (
                    incoming.sender == self._ledger.own_user_id
                    and incoming.rand == entry.message.rand
                    and incoming.client_time_ms == entry.message.client_time_ms
                ):
                    return incoming.message_id
            oldest = page.messages[-1].time_ms if page.messages else now_ms()
            if not page.token or oldest < entry.created_ms - _LOOK_BACK_MS:
                return ""
            token = page.token

    async def prepare(self, elements: Sequence[Element], options: SendOptions) -> tuple[Element, ...]:
        """Check elements and upload their files once, for a message that goes to many. Raises like `send`, and
        TransferError, NetworkError or ServerError."""
        return await self._uploader.upload_elements(await self._check_content(elements, options))

    def end(self, error: ChatdeskError) -> None:
        """Whoever waits for a message learns that this session will not send it."""
        self._waiting.end(error)

    async def forget_attempts(self) -> None:
        """After a login on a new device the server no longer knows the transaction ids: look before sending again."""
        await self._ledger.database.write(rows.age_attempts)
        self._waiting.resume()
