"""Messages that replies answer: which replies quote one, and what was fetched because a reply here quotes it. Runs in a
store thread."""

from collections.abc import Iterable

import apsw
import msgspec

from chatdesk.domain.elements import Element
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.store.rows import encode_elements, first, rows

_MANY = 200
"""More quoting messages of one conversation are not told one by one."""


def quoting(
    connection: apsw.Connection, keys: Iterable[int], ids: Iterable[str] = ()
) -> tuple[list[int], list[ConversationId]]:
    """The messages that quote one of these: their keys, and the conversations where they are too many to name."""
    found: dict[tuple[int, str], list[int]] = {}
    for key, type_, id_ in rows(
        connection,
        "SELECT q.key, c.type, c.id FROM message q JOIN conversation c ON c.pk = q.conversation "
        "WHERE q.reply_to <> '' AND q.is_deleted = 0 AND q.reply_to IN ("
        "SELECT value FROM json_each(?2) UNION SELECT coalesce(m.message_id, m.local_id) FROM json_each(?1) k "
        "JOIN message m ON m.key = k.value WHERE coalesce(m.message_id, m.local_id) IS NOT NULL)",
        (msgspec.json.encode(list(keys)).decode(), msgspec.json.encode(list(ids)).decode()),
    ):
        found.setdefault((type_, id_), []).append(key)
    few = [key for keys in found.values() if len(keys) <= _MANY for key in keys]
    crowded = [ConversationId(ConversationType(t), i) for (t, i), keys in found.items() if len(keys) > _MANY]
    return few, crowded


def wanted(connection: apsw.Connection, key: int) -> tuple[str, str] | None:
    """(channel, message id) of the message that this one answers, when nothing at all is known of it."""
    row = first(
        connection,
        "SELECT m.channel, m.reply_to FROM message m WHERE m.key = ? AND m.reply_to <> '' AND m.channel <> '' "
        "AND NOT EXISTS (SELECT 1 FROM message t WHERE t.message_id = m.reply_to) "
        "AND NOT EXISTS (SELECT 1 FROM message t WHERE t.conversation = m.conversation AND t.local_id = m.reply_to) "
        "AND NOT EXISTS (SELECT 1 FROM quoted t WHERE t.message_id = m.reply_to)",
        (key,),
    )
    return None if row is None else (row[0], row[1])


def put(
    connection: apsw.Connection,
    channel: str,
    message_id: str,
    sender: str,
    elements: tuple[Element, ...],
    is_revoked: bool,
) -> None:
    """Keep what the server showed of a quoted message; nothing (no sender) is kept as well, to ask only once."""
    connection.execute(
        "INSERT OR REPLACE INTO quoted VALUES (?, ?, ?, ?, ?)",
        (message_id, channel, sender, encode_elements(elements), is_revoked),
    )


def revoke(connection: apsw.Connection, channel: str, message_id: str) -> bool:
    """True when a quote shows it."""
    connection.execute(
        "UPDATE quoted SET is_revoked = 1, elements = x'5b5d' WHERE message_id = ? AND channel = ?",
        (message_id, channel),
    )
    return connection.changes() > 0


def is_quoted(connection: apsw.Connection, channel: str, message_id: str) -> bool:
    query = "SELECT 1 FROM quoted WHERE message_id = ? AND channel = ?"
    return first(connection, query, (message_id, channel)) is not None
