"""Messages: pages, changes of state, gaps, read positions. Runs in a store thread."""

from collections.abc import Sequence

import apsw

from chatdesk.domain.changes import Gap
from chatdesk.domain.elements import Element, media_of
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import ECHO_BASE, Message, MessageState
from chatdesk.domain.receipts import Receipt
from chatdesk.store import conversations
from chatdesk.store.rows import (
    MESSAGE_QUERY,
    decode_elements,
    encode_elements,
    first,
    message_of,
    messages_by_key,
    rows,
)

TOP = 1 << 63
"""Above every position, echoes included."""


def get(connection: apsw.Connection, key: int) -> Message | None:
    return next(iter(messages_by_key(connection, [key])), None)


def by_message_id(connection: apsw.Connection, message_id: str) -> Message | None:
    row = first(connection, MESSAGE_QUERY + "WHERE m.message_id = ?", (message_id,))
    return None if row is None else message_of(row)


def raw(connection: apsw.Connection, key: int) -> bytes:
    """What the server sent, as it came; empty for echoes and revoked messages."""
    row = first(connection, "SELECT json FROM raw WHERE key = ?", (key,))
    return row[0] if row else b""


def page(
    connection: apsw.Connection, conversation: ConversationId, before: int, limit: int
) -> tuple[tuple[Message, ...], Gap | None]:
    """Up to `limit` messages just below position `before`, oldest first, and the gap the page ends at, if any.

    A page never reaches across a gap. Fewer messages than `limit` and no gap: this is the start.
    """
    pk = conversations.find(connection, conversation)
    if pk is None:
        return (), None
    gap = highest_gap(connection, pk, conversation, before)
    lowest = gap.position if gap else -1
    found = rows(
        connection,
        MESSAGE_QUERY + "WHERE m.conversation = ? AND m.position >= ? AND m.position < ? AND m.is_deleted = 0 "
        "ORDER BY m.position DESC LIMIT ?",
        (pk, lowest, min(before, TOP - 1), limit),
    )
    messages = tuple(message_of(row) for row in reversed(found))
    return messages, gap if len(messages) < limit else None


def highest_gap(connection: apsw.Connection, pk: int, conversation: ConversationId, before: int) -> Gap | None:
    row = first(
        connection,
        "SELECT id, channel, position, token FROM gap WHERE conversation = ? AND position <= ? "
        "ORDER BY position DESC LIMIT 1",
        (pk, min(before, TOP - 1)),
    )
    return None if row is None else Gap(row[0], conversation, row[1], row[2], row[3])


def delete_here(connection: apsw.Connection, keys: Sequence[int]) -> list[tuple[ConversationId, int]]:
    """Hide messages on this device for good: a later sync does not bring them back."""
    gone: list[tuple[ConversationId, int]] = []
    for key in keys:
        message = get(connection, key)
        if message is None:
            continue
        if message.message_id:
            connection.execute("UPDATE message SET is_deleted = 1, elements = ? WHERE key = ?", (b"[]", key))
            connection.execute("DELETE FROM raw WHERE key = ?", (key,))
        else:
            connection.execute("DELETE FROM message WHERE key = ?", (key,))
        gone.append((message.conversation, key))
    return gone


def revoke(connection: apsw.Connection, key: int, by: str, reason: str) -> None:
    """Turn a message into its tombstone: content, raw form and local pictures go; place, time and rand stay."""
    row = first(connection, "SELECT elements FROM message WHERE key = ?", (key,))
    for element in decode_elements(row[0]) if row else ():
        forget_pictures(connection, element)
    connection.execute(
        "UPDATE message SET state = ?, elements = ?, revoked_by = ?, revoke_reason = ?, failure = '' WHERE key = ?",
        (int(MessageState.REVOKED), b"[]", by, reason, key),
    )
    connection.execute("DELETE FROM raw WHERE key = ?", (key,))
    connection.execute("DELETE FROM outbox WHERE key = ?", (key,))


def forget_pictures(connection: apsw.Connection, element: Element) -> None:
    thumbnail = getattr(element, "thumbnail", None)
    for media in (media_of(element), thumbnail):
        if media is not None and media.uri:
            connection.execute("DELETE FROM thumbnail WHERE uri = ?", (media.uri,))


def set_state(connection: apsw.Connection, key: int, state: MessageState, failure: str = "") -> None:
    connection.execute("UPDATE message SET state = ?, failure = ? WHERE key = ?", (int(state), failure, key))


def set_elements(connection: apsw.Connection, key: int, elements: Sequence[Element]) -> None:
    connection.execute("UPDATE message SET elements = ? WHERE key = ?", (encode_elements(elements), key))


def mark_read(connection: apsw.Connection, conversation: ConversationId, position: int) -> int | None:
    """Remember that everything up to `position` was read. The conversation's number when that is news."""
    row = first(
        connection,
        "UPDATE conversation SET read_position = ?1 WHERE type = ?2 AND id = ?3 AND read_position < ?1 RETURNING pk",
        (position, int(conversation.type), conversation.id),
    )
    return None if row is None else int(row[0])


def unreported(connection: apsw.Connection) -> tuple[tuple[ConversationId, int, tuple[tuple[str, str], ...]], ...]:
    """Read positions the server has not been told: (conversation, position, ((channel, newest read id), ...))."""
    found = []
    for pk, type_, id_, position in rows(
        connection, "SELECT pk, type, id, read_position FROM conversation WHERE read_position > reported_position"
    ):
        newest = rows(
            connection,
            "SELECT channel, message_id, max(position) FROM message WHERE conversation = ? AND position <= ? "
            "AND message_id IS NOT NULL GROUP BY channel",
            (pk, position),
        )
        found.append(
            (ConversationId(ConversationType(type_), id_), position, tuple((row[0], row[1]) for row in newest))
        )
    return tuple(found)


def set_reported(connection: apsw.Connection, conversation: ConversationId, position: int) -> None:
    connection.execute(
        "UPDATE conversation SET reported_position = max(reported_position, ?) WHERE type = ? AND id = ?",
        (position, int(conversation.type), conversation.id),
    )


def read_positions(connection: apsw.Connection, conversation: ConversationId) -> tuple[Receipt, ...]:
    """How far everybody has read, as far as the read messages are known here.

    A receipt may name something that is not a message (a reaction, a name change): then its time decides.
    """
    pk = conversations.find(connection, conversation)
    if pk is None:
        return ()
    found: dict[str, Receipt] = {}
    for user_id, time_ms, position in rows(
        connection,
        "SELECT r.user_id, r.time_ms, coalesce("
        "  (SELECT m.position FROM message m WHERE m.message_id = r.message_id AND m.conversation = h.conversation),"
        "  (SELECT max(m.position) FROM message m WHERE m.conversation = h.conversation AND m.position < ?2"
        "   AND m.channel = h.id AND m.time_ms <= r.time_ms)) "
        "FROM receipt r JOIN channel h ON h.id = r.channel WHERE h.conversation = ?1",
        (pk, ECHO_BASE),
    ):
        known = found.get(user_id)
        if position is not None and (known is None or known.position < position):
            found[user_id] = Receipt(conversation, user_id, position, time_ms)
    return tuple(found.values())
