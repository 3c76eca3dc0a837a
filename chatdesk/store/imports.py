"""Imports from files and their undoing. Runs in a store thread."""

import apsw

from chatdesk.domain.changes import Changes
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.imports import ImportBatch
from chatdesk.store import conversations, search
from chatdesk.store.rows import rows, value
from chatdesk.store.touched import Touched


def begin(connection: apsw.Connection, conversation: ConversationId, source: str, time_ms: int) -> int:
    """A new import without messages; its number."""
    connection.execute(
        "INSERT INTO import_batch(type, conversation, source, time_ms) VALUES (?, ?, ?, ?)",
        (int(conversation.type), conversation.id, source, time_ms),
    )
    return connection.last_insert_rowid()


def end(connection: apsw.Connection, batch: int) -> int:
    """Count what it added; one that added nothing is forgotten."""
    count = int(value(connection, "SELECT count(*) FROM message WHERE import_batch = ?", (batch,)))
    connection.execute("UPDATE import_batch SET count = ? WHERE id = ?", (count, batch))
    connection.execute("DELETE FROM import_batch WHERE id = ? AND count = 0", (batch,))
    return count


def all_batches(connection: apsw.Connection) -> tuple[ImportBatch, ...]:
    """Newest first."""
    found = rows(connection, "SELECT id, type, conversation, source, time_ms, count FROM import_batch ORDER BY id DESC")
    return tuple(ImportBatch(i, ConversationId(ConversationType(t), c), s, ms, n) for i, t, c, s, ms, n in found)


def remove_some(connection: apsw.Connection, batch: int, limit: int) -> int:
    """Take out up to so many of its messages, as if they had never come; how many went. Call `removed` in the end."""
    search.put_off_cleaning(connection)
    connection.execute(
        "DELETE FROM message WHERE key IN (SELECT key FROM message WHERE import_batch = ? LIMIT ?)", (batch, limit)
    )
    return connection.changes()


def removed(connection: apsw.Connection, batch: int, conversation: ConversationId, own_user_id: str) -> Changes:
    """The end of an undoing: whoever shows the conversation reads it again."""
    search.clean_again(connection)
    connection.execute("DELETE FROM import_batch WHERE id = ?", (batch,))
    touched = Touched()
    pk = conversations.find(connection, conversation)
    if pk is not None:
        touched.pks[pk] = None
        touched.resets[conversation] = None
    return touched.changes(connection, own_user_id)
