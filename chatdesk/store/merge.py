"""One message of the server takes its place: a new row, or the echo or imported copy that it becomes. Runs in the
writer thread."""

import apsw

from chatdesk.domain.elements import Tip
from chatdesk.domain.messages import ECHO_BASE, IncomingMessage, MessageState
from chatdesk.store import blocked, messages, relations
from chatdesk.store.entries import OutboxKind
from chatdesk.store.rows import decode_elements, encode_elements, encode_names, first, keep_paths, rows
from chatdesk.store.touched import Touched


def place(
    connection: apsw.Connection,
    pk: int,
    channel: str,
    position: int,
    incoming: IncomingMessage,
    own_user_id: str,
    touched: Touched,
) -> int:
    """Store a message at its position; an echo or an imported copy becomes it, under its old key."""
    is_self = incoming.sender == own_user_id
    key = _echo_of(connection, channel, incoming) if is_self else None
    if key is None:
        key = _copy_of(connection, pk, incoming)
    state = MessageState.REVOKED if incoming.revoked_by else MessageState.SYNCED
    if key is None:
        connection.execute(
            "INSERT INTO message(conversation, channel, position, message_id, sender, is_self, time_ms, "
            "client_time_ms, rand, state, elements, is_tip, revoked_by, revoke_reason, priority, cloud_custom, "
            "mentions, reply_to, thread, is_forwarded) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                pk,
                channel,
                position,
                incoming.message_id,
                incoming.sender,
                is_self,
                incoming.time_ms,
                incoming.client_time_ms,
                incoming.rand,
                int(state),
                encode_elements(incoming.elements),
                is_tip(incoming),
                incoming.revoked_by,
                incoming.revoke_reason,
                incoming.priority,
                incoming.cloud_custom,
                encode_names(incoming.mentions),
                incoming.reply_to,
                incoming.thread,
                incoming.is_forwarded,
            ),
        )
        key = connection.last_insert_rowid()
        is_new = True
    else:
        is_new = False
        _merge_echo(connection, key, pk, channel, position, incoming)
    if not incoming.revoked_by:
        connection.execute("INSERT OR REPLACE INTO raw VALUES (?, ?)", (key, incoming.raw))
    is_known = is_new and _give_keepsake(connection, key, incoming.message_id)
    if not (is_self or is_tip(incoming)) and blocked.is_blocked(connection, incoming.sender, touched):
        connection.execute(
            "UPDATE message SET is_deleted = ? WHERE key = ? AND is_deleted = ?",
            (messages.BLOCKED, key, messages.SHOWN),
        )
    elif is_new and not is_known:
        touched.arrived.append(key)
    return key


def _give_keepsake(connection: apsw.Connection, key: int, message_id: str) -> bool:
    """What a salvage kept for this message; whether there was something, so that the message is not new here."""
    kept = first(
        connection,
        "DELETE FROM keepsake WHERE message_id = ? RETURNING custom_int, custom_str, is_deleted",
        (message_id,),
    )
    if kept is None:
        return False
    *marks, is_deleted = kept
    connection.execute("UPDATE message SET custom_int = ?, custom_str = ? WHERE key = ?", (*marks, key))
    if is_deleted:
        messages.delete_here(connection, [key])
    return True


def is_tip(incoming: IncomingMessage) -> bool:
    return any(isinstance(element, Tip) for element in incoming.elements)


def _echo_of(connection: apsw.Connection, channel: str, incoming: IncomingMessage) -> int | None:
    """The echo of an own message: by transaction id, then by the server's id, then by chatdesk's own marking.

    The last one finds a message whose transaction id the server no longer tells (history, a later login).
    """
    row = None
    if incoming.txn_id:
        row = first(
            connection, "SELECT key FROM message WHERE txn_id = ? AND position >= ?", (incoming.txn_id, ECHO_BASE)
        )
    if row is None:
        row = first(
            connection,
            "SELECT key FROM message WHERE message_id = ? AND position >= ?",
            (incoming.message_id, ECHO_BASE),
        )
    if row is None and incoming.rand:
        row = first(
            connection,
            "SELECT key FROM message WHERE channel = ? AND position >= ? AND rand = ? AND client_time_ms = ? "
            "AND message_id IS NULL",
            (channel, ECHO_BASE, incoming.rand, incoming.client_time_ms),
        )
    return None if row is None else int(row[0])


def _copy_of(connection: apsw.Connection, pk: int, incoming: IncomingMessage) -> int | None:
    """A local row that was imported from the very message that now comes from the server."""
    row = first(
        connection,
        "SELECT key FROM message WHERE conversation = ? AND local_id = ?",
        (pk, incoming.message_id),
    )
    return None if row is None else int(row[0])


def _merge_echo(
    connection: apsw.Connection, key: int, pk: int, channel: str, position: int, incoming: IncomingMessage
) -> None:
    ((known, state, is_deleted, txn_id),) = rows(
        connection,
        "SELECT coalesce(original, elements), state, is_deleted, txn_id FROM message WHERE key = ?",
        (key,),
    )
    elements = () if is_deleted == messages.DELETED else keep_paths(incoming.elements, decode_elements(known))
    if incoming.revoked_by:
        state = int(MessageState.REVOKED)
    elif state != MessageState.REVOKING:
        state = int(MessageState.SYNCED)
    connection.execute(
        "UPDATE message SET conversation = ?, channel = ?, position = ?, message_id = ?, time_ms = ?, state = ?, "
        "failure = '', revoked_by = ?, revoke_reason = ?, origin = 0, local_id = NULL, reply_to = ?, thread = ?, "
        "is_forwarded = ? WHERE key = ?",
        (
            pk,
            channel,
            position,
            incoming.message_id,
            incoming.time_ms,
            state,
            incoming.revoked_by,
            incoming.revoke_reason,
            incoming.reply_to,
            incoming.thread,
            incoming.is_forwarded,
            key,
        ),
    )
    # An imported copy said what it knew of edits and reactions: from here on the server does.
    connection.execute("UPDATE message SET edited_ms = 0 WHERE key = ? AND original IS NULL", (key,))
    connection.execute("DELETE FROM imported_reactions WHERE key = ?", (key,))
    if incoming.revoked_by:
        messages.revoke(connection, key, incoming.revoked_by, incoming.revoke_reason)
    else:
        messages.set_elements(connection, key, elements)
    if txn_id:
        relations.rename(connection, txn_id, incoming.message_id)
    # The sending entry has done its work, whether or not its answer ever came; a queued revocation stays.
    connection.execute("DELETE FROM outbox WHERE key = ? AND kind = ?", (key, int(OutboxKind.SEND)))
