"""Deleting that can be undone: hidden first, with everything kept, and finished later. Runs in the writer thread."""

from collections.abc import Iterable, Sequence

import apsw

from chatdesk.domain.ids import ConversationId
from chatdesk.store import messages
from chatdesk.store.rows import first, messages_by_key, rows

MOST_KEPT = 5000
"""Ids kept per channel of messages hidden everywhere: more than account data ever names at once."""


def hide(connection: apsw.Connection, keys: Sequence[int]) -> list[tuple[ConversationId, int]]:
    """Take messages out of view and keep everything of them; an own one that has not departed does not depart."""
    gone: list[tuple[ConversationId, int]] = []
    for message in messages_by_key(connection, keys):
        connection.execute("UPDATE message SET is_deleted = ? WHERE key = ?", (messages.HIDDEN, message.key))
        gone.append((message.conversation, message.key))
    return gone


def undo(connection: apsw.Connection, keys: Sequence[int]) -> list[int]:
    """Show hidden messages again: the keys of those that were hidden."""
    return [
        row[0]
        for key in keys
        for row in rows(
            connection,
            "UPDATE message SET is_deleted = ? WHERE key = ? AND is_deleted = ? RETURNING key",
            (messages.SHOWN, key, messages.HIDDEN),
        )
    ]


def finish(connection: apsw.Connection, keys: Sequence[int], everywhere: bool) -> list[tuple[ConversationId, int]]:
    """Delete for good what was hidden (or not even that); `everywhere`: the account's other devices are to be told."""
    if everywhere:
        for key in keys:
            connection.execute(
                "INSERT INTO hidden(channel, message_id, is_pending) SELECT channel, message_id, 1 FROM message "
                "WHERE key = ? AND message_id IS NOT NULL AND origin = 0 AND is_deleted <> 1 "
                "ON CONFLICT(message_id) DO NOTHING",
                (key,),
            )
    return messages.delete_here(connection, keys)


def finish_leftovers(connection: apsw.Connection) -> None:
    """After an end of the program that left no time to undo."""
    left = rows(connection, "SELECT key FROM message WHERE is_deleted = 2")
    messages.delete_here(connection, [row[0] for row in left])


def apply_hidden(connection: apsw.Connection, channel: str, ids: Iterable[str]) -> list[tuple[ConversationId, int]]:
    """The account's list for a channel: what is here goes, the rest stays away when it comes."""
    known = {row[0] for row in rows(connection, "SELECT message_id FROM hidden WHERE channel = ?", (channel,))}
    added = [id_ for id_ in ids if id_ not in known]
    connection.executemany(
        "INSERT INTO hidden(channel, message_id, is_pending) VALUES (?, ?, 0) ON CONFLICT(message_id) DO NOTHING",
        ((channel, id_) for id_ in added),
    )
    connection.execute(
        "DELETE FROM hidden WHERE channel = ?1 AND is_pending = 0 AND id <= (SELECT id FROM hidden WHERE channel = ?1 "
        "ORDER BY id DESC LIMIT 1 OFFSET ?2)",
        (channel, MOST_KEPT),
    )
    gone: list[tuple[ConversationId, int]] = []
    for id_ in added:
        row = first(connection, "SELECT key FROM message WHERE message_id = ? AND channel = ?", (id_, channel))
        if row is not None:
            gone += messages.delete_here(connection, [row[0]])
    return gone


def unreported(connection: apsw.Connection) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the other devices have not been told: (channel, message ids), oldest first."""
    by_channel: dict[str, list[str]] = {}
    for channel, message_id in rows(
        connection, "SELECT channel, message_id FROM hidden WHERE is_pending = 1 ORDER BY id"
    ):
        by_channel.setdefault(channel, []).append(message_id)
    return tuple((channel, tuple(ids)) for channel, ids in by_channel.items())


def set_reported(connection: apsw.Connection, ids: Iterable[str]) -> None:
    connection.executemany("UPDATE hidden SET is_pending = 0 WHERE message_id = ?", ((id_,) for id_ in ids))
