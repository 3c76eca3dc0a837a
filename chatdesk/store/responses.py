"""Own edits and reactions on their way out. Runs in a store thread. The life of an entry is told in core/outbox.py.

An edit or reaction is a row that is shown at once (store/relations.py) and an outbox entry that names it; what
becomes of the entry becomes of the row.
"""

from collections.abc import Sequence

import apsw
from msgspec import Struct

from chatdesk.domain.elements import Element
from chatdesk.domain.messages import Message, MessageState
from chatdesk.domain.wording import pack
from chatdesk.store import messages, outbox, relations
from chatdesk.store.entries import OutboxEntry, OutboxKind
from chatdesk.store.rows import decode_elements, decode_names, encode_elements, encode_names, first, rows, value

_VARIATION = "\ufe0f"
"""Asks for the coloured form of a symbol: with and without it people mean the same."""


class Departing(Struct, frozen=True):
    """What an entry of kind EDIT or REACT sends. `known_mentions`: who was addressed before the edit."""

    target_id: str
    symbol: str = ""
    elements: tuple[Element, ...] = ()
    mentions: tuple[str, ...] = ()
    known_mentions: tuple[str, ...] = ()


def add_edit(
    connection: apsw.Connection,
    key: int,
    elements: Sequence[Element],
    mentions: Sequence[str],
    txn_id: str,
    time_ms: int,
) -> Message | None:
    """Queue another content for an own message; one that has not departed is changed itself."""
    row = first(
        connection,
        "SELECT conversation, channel, coalesce(message_id, txn_id), sender, state FROM message "
        "WHERE key = ? AND is_self = 1 AND origin = 0 AND is_tip = 0 AND is_deleted = 0 AND state NOT IN (?, ?)",
        (key, int(MessageState.REVOKING), int(MessageState.REVOKED)),
    )
    if row is None:
        return None
    pk, channel, name, sender, state = row
    if _change_unsent(connection, key, state, elements, mentions, txn_id):
        return messages.get(connection, key)
    waiting = first(
        connection,
        "SELECT relation FROM outbox WHERE key = ? AND kind = ? AND attempted_ms = 0",
        (key, int(OutboxKind.EDIT)),
    )
    content = (encode_elements(elements), encode_names(mentions), time_ms)
    if waiting is not None:
        connection.execute("UPDATE edit SET elements = ?, mentions = ?, time_ms = ? WHERE id = ?", (*content, *waiting))
    else:
        connection.execute(
            "INSERT INTO edit(channel, target_id, txn_id, sender, is_pending, elements, mentions, time_ms) "
            "VALUES (?, ?, ?, ?, 1, ?, ?, ?)",
            (channel, name, txn_id, sender, *content),
        )
        outbox.add(connection, OutboxKind.EDIT, key, pk, txn_id, time_ms, connection.last_insert_rowid())
    relations.resolve(connection, key)
    messages.forget_failure(connection, key)
    return messages.get(connection, key)


def _change_unsent(
    connection: apsw.Connection,
    key: int,
    state: int,
    elements: Sequence[Element],
    mentions: Sequence[str],
    txn_id: str,
) -> bool:
    """A message that waits gets a new transaction id with its new content: who holds the old one sends nothing."""
    changed = first(
        connection,
        "UPDATE outbox SET txn_id = ?1 WHERE key = ?2 AND kind = ?3 AND (is_paused OR (attempted_ms = 0 AND ?4)) "
        "RETURNING 1",
        (txn_id, key, int(OutboxKind.SEND), state == MessageState.QUEUED),
    )
    if changed is None:
        return False
    old = value(connection, "SELECT txn_id FROM message WHERE key = ?", (key,))
    connection.execute(
        "UPDATE message SET elements = ?, mentions = ?, txn_id = ? WHERE key = ?",
        (encode_elements(elements), encode_names(mentions), txn_id, key),
    )
    relations.rename(connection, old, txn_id)
    return True


def add_reaction(
    connection: apsw.Connection, key: int, sender: str, symbol: str, txn_id: str, time_ms: int
) -> Message | None:
    """Put a symbol under a message; what is there already, or just being taken back, stays as one."""
    row = first(
        connection,
        "SELECT conversation, channel, coalesce(message_id, txn_id) FROM message WHERE key = ? AND origin = 0 "
        "AND is_tip = 0 AND is_deleted = 0 AND state NOT IN (?, ?, ?)",
        (key, int(MessageState.REVOKING), int(MessageState.REVOKED), int(MessageState.FAILED)),
    )
    if row is None or not row[2]:
        return None
    pk, channel, name = row
    symbol = _as_there(connection, name, symbol)
    messages.forget_failure(connection, key)
    for id_, is_leaving in rows(
        connection,
        "SELECT id, is_leaving FROM reaction WHERE target_id = ? AND is_self = 1 AND symbol = ? ORDER BY is_leaving",
        (name, symbol),
    ):
        if not is_leaving:
            return messages.get(connection, key)
        if rows(
            connection,
            "DELETE FROM outbox WHERE relation = ? AND kind = ? AND attempted_ms = 0 RETURNING 1",
            (id_, int(OutboxKind.UNREACT)),
        ):
            connection.execute("UPDATE reaction SET is_leaving = 0 WHERE id = ?", (id_,))
            return messages.get(connection, key)
    connection.execute(
        "INSERT INTO reaction(channel, target_id, txn_id, sender, is_self, symbol, time_ms, is_pending) "
        "VALUES (?, ?, ?, ?, 1, ?, ?, 1)",
        (channel, name, txn_id, sender, symbol, time_ms),
    )
    outbox.add(connection, OutboxKind.REACT, key, pk, txn_id, time_ms, connection.last_insert_rowid())
    return messages.get(connection, key)


def remove_reaction(connection: apsw.Connection, key: int, symbol: str, txn_id: str, time_ms: int) -> Message | None:
    """Take the own symbol back; one that has not departed just disappears."""
    row = first(connection, "SELECT conversation, coalesce(message_id, txn_id) FROM message WHERE key = ?", (key,))
    if row is None or not row[1]:
        return None
    pk, name = row
    symbol = _as_there(connection, name, symbol)
    messages.forget_failure(connection, key)
    own = rows(
        connection,
        "SELECT id FROM reaction WHERE target_id = ? AND is_self = 1 AND symbol = ? AND is_leaving = 0",
        (name, symbol),
    )
    for number, (id_,) in enumerate(own):
        if rows(
            connection,
            "DELETE FROM outbox WHERE relation = ? AND kind = ? AND attempted_ms = 0 RETURNING 1",
            (id_, int(OutboxKind.REACT)),
        ):
            connection.execute("DELETE FROM reaction WHERE id = ?", (id_,))
            continue
        connection.execute("UPDATE reaction SET is_leaving = 1 WHERE id = ?", (id_,))
        outbox.add(connection, OutboxKind.UNREACT, key, pk, f"{txn_id}-{number}", time_ms, id_)
    return messages.get(connection, key)


def _as_there(connection: apsw.Connection, name: str, symbol: str) -> str:
    """The symbol as it stands under the message already, when the two differ in nothing that people see."""
    plain = symbol.replace(_VARIATION, "")
    for (there,) in rows(connection, "SELECT symbol FROM reaction WHERE target_id = ? ORDER BY time_ms, id", (name,)):
        if there.replace(_VARIATION, "") == plain:
            return str(there)
    return symbol


def edit_of(connection: apsw.Connection, entry: OutboxEntry) -> tuple[Element, ...] | None:
    """What an edit consists of now."""
    row = first(connection, "SELECT elements FROM edit WHERE id = ?", (entry.relation,))
    return None if row is None else decode_elements(row[0])


def set_uploaded(
    connection: apsw.Connection, entry: OutboxEntry, before: Sequence[Element], elements: Sequence[Element]
) -> bool:
    """Note the addresses of an edit's files; False when it has become another one meanwhile."""
    if edit_of(connection, entry) != tuple(before):
        return False
    connection.execute("UPDATE edit SET elements = ? WHERE id = ?", (encode_elements(elements), entry.relation))
    return True


def depart(connection: apsw.Connection, entry: OutboxEntry, time_ms: int) -> Departing | None:
    """Note the first try of an edit or reaction and say what leaves; None when it was withdrawn or has no target."""
    name = value(connection, "SELECT message_id FROM message WHERE key = ?", (entry.message.key,))
    if not name or not outbox.mark_attempted(connection, entry.id, time_ms, entry.txn_id):
        return None
    columns = "symbol, ''" if entry.kind is OutboxKind.REACT else "elements, mentions"
    row = first(connection, f"SELECT {columns} FROM {_table(entry)} WHERE id = ?", (entry.relation,))  # noqa: S608
    if row is None:  # nothing is left to send
        connection.execute("DELETE FROM outbox WHERE id = ?", (entry.id,))
        return None
    if entry.kind is OutboxKind.REACT:
        return Departing(name, symbol=row[0])
    before = first(
        connection,
        "SELECT mentions FROM edit WHERE target_id = ? AND is_pending <> 1 AND sender = ? "
        "ORDER BY time_ms DESC, own_id DESC LIMIT 1",
        (name, entry.message.sender),
    ) or first(
        connection, "SELECT coalesce(original_mentions, mentions) FROM message WHERE key = ?", (entry.message.key,)
    )
    known = decode_names(before[0]) if before else ()
    return Departing(name, "", decode_elements(row[0]), decode_names(row[1]), known)


def note_attempt(connection: apsw.Connection, entry: OutboxEntry, time_ms: int) -> bool:
    """Before a reaction is taken back on the server; False when the user wants it to stay after all."""
    return outbox.mark_attempted(connection, entry.id, time_ms, entry.txn_id)


def reaction_id(connection: apsw.Connection, entry: OutboxEntry) -> str:
    """The server's id of the reaction that an entry takes back; empty when it has none."""
    return value(connection, "SELECT own_id FROM reaction WHERE id = ?", (entry.relation,)) or ""


def mark_arrived(connection: apsw.Connection, entry: OutboxEntry, own_id: str, time_ms: int) -> Message | None:
    """The server accepted an edit or reaction; the sync may have brought it before this answer came."""
    table = _table(entry)
    is_open = rows(connection, "DELETE FROM outbox WHERE id = ? RETURNING 1", (entry.id,))
    if is_open:
        known = first(connection, f"SELECT 1 FROM {table} WHERE own_id = ?", (own_id,))  # noqa: S608 - our own names
        if known is not None or relations.is_revoked(connection, entry.channel, own_id):
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (entry.relation,))  # noqa: S608
        else:
            # Not below one that is known already, whatever this computer's clock says.
            newest = value(
                connection,
                f"SELECT max(t.time_ms) FROM {table} t JOIN {table} own ON own.target_id = t.target_id "  # noqa: S608
                "WHERE own.id = ? AND t.is_pending <> 1",
                (entry.relation,),
            )
            connection.execute(
                f"UPDATE {table} SET own_id = ?, is_pending = 2, time_ms = ? WHERE id = ?",  # noqa: S608
                (own_id, max(time_ms, (newest or 0) + 1), entry.relation),
            )
        relations.resolve(connection, entry.message.key)
    return messages.get(connection, entry.message.key)


def mark_taken_back(connection: apsw.Connection, entry: OutboxEntry) -> Message | None:
    """The server knows that a reaction was taken back, or never had it."""
    connection.execute("DELETE FROM outbox WHERE id = ?", (entry.id,))
    row = first(connection, "DELETE FROM reaction WHERE id = ? RETURNING own_id", (entry.relation,))
    if row is not None and row[0]:
        relations.forget(connection, entry.channel, row[0], None, is_relation=True)
    return messages.get(connection, entry.message.key)


def mark_failed(connection: apsw.Connection, entry: OutboxEntry, failure: str) -> Message | None:
    """The server refuses: everything is again as it was, and the message says why."""
    connection.execute("DELETE FROM outbox WHERE id = ?", (entry.id,))
    if entry.kind is OutboxKind.UNREACT:
        connection.execute("UPDATE reaction SET is_leaving = 0 WHERE id = ?", (entry.relation,))
    else:
        connection.execute(f"DELETE FROM {_table(entry)} WHERE id = ?", (entry.relation,))  # noqa: S608 - our own names
        connection.execute(
            "DELETE FROM outbox WHERE kind = ? AND relation = ?", (int(OutboxKind.UNREACT), entry.relation)
        )
        relations.resolve(connection, entry.message.key)
    connection.execute("UPDATE message SET failure = ? WHERE key = ?", (pack(failure), entry.message.key))
    return messages.get(connection, entry.message.key)


def _table(entry: OutboxEntry) -> str:
    return "edit" if entry.kind is OutboxKind.EDIT else "reaction"
