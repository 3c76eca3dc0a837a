"""What must still leave. Runs in a store thread. The life of an entry is told in core/outbox.py."""

from collections.abc import Callable, Sequence

import apsw
from msgspec import structs

from chatdesk.domain.conversations import Membership
from chatdesk.domain.elements import Downloadable, Element
from chatdesk.domain.errors import InputError
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message, MessageState, SendOptions
from chatdesk.store import conversations, messages, relations
from chatdesk.store.entries import OutboxEntry, OutboxKind
from chatdesk.store.rows import decode_elements, decode_names, encode_elements, encode_names, first, rows, value

TXN_MEMORY_MS = 23 * 3600 * 1000
"""The server forgets transaction ids after 24 h; an hour less leaves room for clocks that differ."""


def add_echo(
    connection: apsw.Connection,
    conversation: ConversationId,
    sender: str,
    elements: Sequence[Element],
    txn_id: str,
    rand: int,
    time_ms: int,
    options: SendOptions = SendOptions(),  # noqa: B008 - frozen
    beside: Callable[[apsw.Connection, Message], None] | None = None,
) -> Message:
    """A new own message: its echo and its outbox entry, in one transaction with what is to be done beside."""
    targets = conversations.channels(connection, conversation)
    pk = conversations.find(connection, conversation)
    if pk is None or not targets:
        raise InputError("This conversation does not exist any more.")
    connection.execute(
        "INSERT INTO message(conversation, channel, position, txn_id, sender, is_self, time_ms, client_time_ms, rand, "
        "state, elements, is_tip, priority, cloud_custom, mentions, custom_int, custom_str, reply_to, thread, "
        "is_forwarded) "
        "VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8, ?9, ?10, 0, ?11, ?12, ?13, ?14, ?15, ?16, "
        "coalesce((SELECT thread FROM message WHERE message_id = ?16 AND channel = ?2), ''), ?17)",
        (
            pk,
            targets[0][0],
            conversations.echo_position(connection, pk),
            txn_id,
            sender,
            time_ms,
            time_ms,
            rand,
            int(MessageState.QUEUED),
            encode_elements(elements),
            options.priority,
            options.cloud_custom,
            encode_names(options.mentions),
            options.custom_int,
            options.custom_str,
            options.reply_to,
            options.is_forwarded,
        ),
    )
    key = connection.last_insert_rowid()
    add(connection, OutboxKind.SEND, key, pk, txn_id, time_ms)
    echo = _must_get(connection, key)
    if beside is not None:
        beside(connection, echo)
    return echo


def add_revoke(connection: apsw.Connection, key: int, txn_id: str, reason: str, time_ms: int) -> Message | None:
    """Queue the revocation of a message that the server has. None when the message was already on its way out."""
    message = messages.get(connection, key)
    if message is None or message.is_local or message.state in (MessageState.REVOKED, MessageState.REVOKING):
        return None
    pk = value(connection, "SELECT conversation FROM message WHERE key = ?", (key,))
    relations.withdraw_unsent(connection, key)
    messages.set_state(connection, key, MessageState.REVOKING)
    add(connection, OutboxKind.REVOKE, key, pk, txn_id, time_ms, reason=reason)
    return _must_get(connection, key)


def add(
    connection: apsw.Connection,
    kind: OutboxKind,
    key: int,
    pk: int,
    txn_id: str,
    time_ms: int,
    relation: int = 0,
    reason: str = "",
) -> None:
    connection.execute(
        "INSERT INTO outbox(kind, key, conversation, txn_id, created_ms, reason, relation) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (int(kind), key, pk, txn_id, time_ms, reason, relation),
    )


def _must_get(connection: apsw.Connection, key: int) -> Message:
    message = messages.get(connection, key)
    if message is None:
        raise InputError("This message does not exist any more.")
    return message


_ENTRY_QUERY = """
SELECT o.id, o.kind, c.type, c.id, m.channel, o.key, o.txn_id, o.created_ms, o.attempted_ms, o.reason,
       o.relation
FROM outbox o JOIN conversation c ON c.pk = o.conversation JOIN message m ON m.key = o.key
"""


def next_entry(connection: apsw.Connection, conversation: ConversationId) -> OutboxEntry | None:
    """The oldest entry of a conversation that does not wait for the user."""
    return _entry(
        connection,
        "WHERE c.type = ? AND c.id = ? AND o.is_paused = 0 "
        # Deleted here with the deletion still to be undone: it waits, too.
        "AND NOT (m.is_deleted = 2 AND o.kind = 1 AND o.attempted_ms = 0) "
        # An edit or reaction waits for its message.
        "AND NOT (o.kind > 2 AND m.message_id IS NULL) ORDER BY o.id LIMIT 1",
        (int(conversation.type), conversation.id),
    )


def entry_of(connection: apsw.Connection, key: int) -> OutboxEntry | None:
    """The entry that still has to send message `key` itself."""
    return _entry(connection, "WHERE o.key = ? AND o.kind = ?", (key, int(OutboxKind.SEND)))


def _entry(connection: apsw.Connection, where: str, bindings: tuple[int | str, ...]) -> OutboxEntry | None:
    row = first(connection, _ENTRY_QUERY + where, bindings)
    if row is None:
        return None
    id_, kind, type_, conversation_id, channel, key, txn_id, created_ms, attempted_ms, reason, relation = row
    message = messages.find(connection, key)  # what is deleted here may still be revoked for everybody
    if message is None:
        return None
    if message.edited_ms and kind == OutboxKind.SEND:
        message = _unedited(connection, message)
    return OutboxEntry(
        id_,
        OutboxKind(kind),
        ConversationId(ConversationType(type_), conversation_id),
        channel,
        message,
        txn_id,
        created_ms,
        attempted_ms,
        reason,
        relation=relation,
    )


def _unedited(connection: apsw.Connection, message: Message) -> Message:
    row = first(connection, "SELECT original, original_mentions FROM message WHERE key = ?", (message.key,))
    if row is None or row[0] is None:
        return message
    return structs.replace(message, elements=decode_elements(row[0]), mentions=decode_names(row[1]))


def waiting_conversations(connection: apsw.Connection) -> tuple[ConversationId, ...]:
    return tuple(
        ConversationId(ConversationType(row[0]), row[1])
        for row in rows(
            connection,
            "SELECT DISTINCT c.type, c.id FROM outbox o JOIN conversation c ON c.pk = o.conversation "
            "WHERE o.is_paused = 0",
        )
    )


def waiting_messages(connection: apsw.Connection) -> tuple[Message, ...]:
    """All messages something is still to be done for, also those that failed."""
    keys = [row[0] for row in rows(connection, "SELECT DISTINCT key FROM outbox")]
    return tuple(message for message in (messages.get(connection, key) for key in keys) if message is not None)


def unsent_count(connection: apsw.Connection) -> int:
    """Own messages, edits, reactions and revocations that have not reached the server, failed ones included."""
    return int(value(connection, "SELECT count(*) FROM outbox"))


def mark_attempted(connection: apsw.Connection, entry_id: int, time_ms: int, txn_id: str) -> bool:
    """Note the first try, before it. False when the entry was withdrawn or changed: nothing may leave."""
    first_try = value(
        connection,
        "UPDATE outbox SET attempted_ms = iif(attempted_ms, attempted_ms, ?) WHERE id = ? AND txn_id = ? "
        "RETURNING attempted_ms",
        (time_ms, entry_id, txn_id),
    )
    return first_try is not None


def depart(connection: apsw.Connection, conversation: ConversationId, time_ms: int) -> OutboxEntry | None:
    """The next entry of a conversation; a message that may leave as it is leaves now, so its first try is noted.

    Not ready are revocations, messages with files to upload, later tries, and conversations nothing may be sent into:
    those take the long way, one step at a time.
    """
    entry = next_entry(connection, conversation)
    if entry is None or entry.kind is not OutboxKind.SEND or entry.attempted_ms:
        return entry
    waits_for_upload = any(isinstance(element, Downloadable) for element in entry.message.elements)
    targets = conversations.channels(connection, conversation)
    is_open = bool(targets) and targets[0][1] is Membership.JOINED and not any(encrypted for _, _, encrypted in targets)
    is_old = time_ms - entry.created_ms > TXN_MEMORY_MS
    if waits_for_upload or is_old or not is_open or not mark_attempted(connection, entry.id, time_ms, entry.txn_id):
        return entry
    return structs.replace(entry, attempted_ms=time_ms, is_ready=True)


def arrive(
    connection: apsw.Connection, entry: OutboxEntry, message_id: str, time_ms: int
) -> tuple[Message | None, OutboxEntry | None]:
    """The server accepted a message, and the next one departs: one transaction between two requests."""
    return mark_sent(connection, entry, message_id), depart(connection, entry.conversation, time_ms)


def mark_sent(connection: apsw.Connection, entry: OutboxEntry, message_id: str) -> Message | None:
    """The server accepted a message; the sync may have brought it before this answer came."""
    connection.execute("DELETE FROM outbox WHERE id = ?", (entry.id,))
    message = messages.get(connection, entry.message.key)
    if message is None or message.message_id:
        return message
    connection.execute("UPDATE message SET message_id = ? WHERE key = ?", (message_id, message.key))
    relations.rename(connection, message.txn_id, message_id)
    if message.state not in (MessageState.REVOKING, MessageState.REVOKED):
        messages.set_state(connection, message.key, MessageState.SENT)
    return messages.get(connection, message.key)


def mark_revoked(connection: apsw.Connection, entry: OutboxEntry, by: str) -> Message | None:
    messages.revoke(connection, entry.message.key, by, entry.reason)
    connection.execute("DELETE FROM outbox WHERE id = ?", (entry.id,))
    return messages.get(connection, entry.message.key)


def mark_failed(connection: apsw.Connection, entry: OutboxEntry, failure: str) -> Message | None:
    """The server will never accept this entry as it is: a message waits for the user, a revocation is given up."""
    key = entry.message.key
    if entry.kind is OutboxKind.REVOKE:
        connection.execute("DELETE FROM outbox WHERE id = ?", (entry.id,))
        messages.set_state(connection, key, MessageState.SYNCED, failure)
    else:
        relations.fold(connection, key)
        connection.execute("UPDATE outbox SET is_paused = 1 WHERE id = ?", (entry.id,))
        messages.set_state(connection, key, MessageState.FAILED, failure)
    return messages.get(connection, key)


def retry(connection: apsw.Connection, key: int, txn_id: str, time_ms: int) -> Message | None:
    """Queue a failed message again, at its place in the order. It never reached the server, so it gets a new id."""
    if entry_of(connection, key) is None:
        return None  # a local row that only looks failed
    connection.execute(
        "UPDATE outbox SET is_paused = 0, attempted_ms = 0, created_ms = ?, txn_id = ? WHERE key = ? AND kind = ?",
        (time_ms, txn_id, key, int(OutboxKind.SEND)),
    )
    connection.execute("UPDATE message SET txn_id = ? WHERE key = ? AND message_id IS NULL", (txn_id, key))
    messages.set_state(connection, key, MessageState.QUEUED)
    return messages.get(connection, key)


def discard(connection: apsw.Connection, key: int) -> list[tuple[ConversationId, int]]:
    """Drop an own message that has not departed; empty when it is too late for that."""
    message = messages.get(connection, key)
    entry = entry_of(connection, key)
    if message is None or entry is None or (entry.attempted_ms and message.state is not MessageState.FAILED):
        return []
    return withdraw(connection, key)


def get_entry(connection: apsw.Connection, entry_id: int) -> OutboxEntry | None:
    return _entry(connection, "WHERE o.id = ?", (entry_id,))


def withdraw(connection: apsw.Connection, key: int) -> list[tuple[ConversationId, int]]:
    """Drop an own message the server never had, together with everything queued for it."""
    message = messages.get(connection, key)
    if message is None or message.message_id:
        return []
    messages.remove(connection, key)
    return [(message.conversation, key)]


def mark_uploading(connection: apsw.Connection, key: int) -> Message | None:
    messages.set_state(connection, key, MessageState.UPLOADING)
    return messages.get(connection, key)


def settle_interrupted(connection: apsw.Connection) -> None:
    """An upload that a crash interrupted starts again."""
    connection.execute(
        "UPDATE message SET state = ? WHERE state = ?", (int(MessageState.QUEUED), int(MessageState.UPLOADING))
    )


def age_attempts(connection: apsw.Connection) -> None:
    connection.execute("UPDATE outbox SET attempted_ms = 1 WHERE attempted_ms > 0")
