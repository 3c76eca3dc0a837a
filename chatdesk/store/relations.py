"""Edits and reactions that the server tells of, and revocations of anything. Runs in the writer thread.

They may come before or after what they belong to (history is loaded backwards), so each is kept by the id of its
message, and what a message shows follows from what is kept: of the edits by its own sender the newest by the server's
time, of the reactions one per person and symbol. Own ones that the server has not confirmed yet stand above all others.
What was revoked before it came is remembered, and does not come.
"""

from collections.abc import Iterable, Sequence

import apsw
import msgspec
from msgspec import Struct

from chatdesk.domain.messages import IncomingEdit, IncomingMessage, IncomingReaction, MessageState, Revocation
from chatdesk.store import messages, quotes
from chatdesk.store.entries import OutboxKind
from chatdesk.store.rows import decode_elements, encode_elements, encode_names, first, keep_paths, rows, value
from chatdesk.store.touched import Touched


class _Target(Struct, frozen=True):
    key: int
    pk: int
    sender: str
    can_change: bool


def apply(
    connection: apsw.Connection,
    channel: str,
    edits: Sequence[IncomingEdit],
    reactions: Sequence[IncomingReaction],
    own_user_id: str,
    touched: Touched,
) -> None:
    """What a sync or a page says about messages, older or newer than itself."""
    for edit in edits:
        _apply_edit(connection, channel, edit, own_user_id, touched)
    for reaction in reactions:
        _apply_reaction(connection, channel, reaction, own_user_id, touched)


def meet(connection: apsw.Connection, keys: Iterable[int], touched: Touched) -> None:
    """Messages that have just taken their place meet what was said about them before they came."""
    for key, message_id, channel in rows(
        connection,
        "SELECT m.key, m.message_id, m.channel FROM json_each(?) k JOIN message m ON m.key = k.value "
        "WHERE EXISTS (SELECT 1 FROM edit e WHERE e.target_id = m.message_id) "
        "OR EXISTS (SELECT 1 FROM reaction r WHERE r.target_id = m.message_id) "
        "OR EXISTS (SELECT 1 FROM revoked r WHERE r.id = m.message_id) "
        "OR EXISTS (SELECT 1 FROM quoted q WHERE q.message_id = m.message_id) "
        "OR EXISTS (SELECT 1 FROM hidden h WHERE h.message_id = m.message_id)",
        (msgspec.json.encode(list(keys)).decode(),),
    ):
        connection.execute("DELETE FROM quoted WHERE message_id = ?", (message_id,))
        early = first(
            connection,
            "DELETE FROM revoked WHERE id = ? AND channel = ? RETURNING revoked_by, reason",
            (message_id, channel),
        )
        state = value(connection, "SELECT state FROM message WHERE key = ?", (key,))
        if early is not None and state != MessageState.REVOKED:
            messages.revoke(connection, key, early[0], early[1])
        if first(connection, "SELECT 1 FROM hidden WHERE message_id = ? AND channel = ?", (message_id, channel)):
            touched.deleted += messages.delete_here(connection, [key])
            touched.arrived = [arrived for arrived in touched.arrived if arrived != key]
        target = _target(connection, channel, message_id)
        if target is None or not target.can_change:
            messages.drop_relations(connection, "key = ?", (key,))
        else:
            resolve(connection, key)


def is_own_content(connection: apsw.Connection, channel: str, incoming: IncomingMessage) -> bool:
    """Whether this revoked message was in truth an edit: without its content the two look the same."""
    if not incoming.revoked_by:
        return False
    known = first(
        connection,
        "SELECT 1 FROM edit WHERE own_id = ?1 AND channel = ?2 UNION ALL "
        "SELECT 1 FROM revoked WHERE id = ?1 AND channel = ?2 AND is_relation",
        (incoming.message_id, channel),
    )
    return known is not None


def apply_revocation(connection: apsw.Connection, channel: str, revocation: Revocation, touched: Touched) -> bool:
    """Something was revoked; True when a message or its text has changed by that."""
    target_id = revocation.target_id
    row = first(
        connection,
        "SELECT key, state, conversation FROM message WHERE message_id = ? AND channel = ?",
        (target_id, channel),
    )
    if row is not None:
        if row[1] == MessageState.REVOKED:
            return False
        messages.revoke(connection, row[0], revocation.by, revocation.reason)
        touched.keys[row[0]] = None
        touched.pks[row[2]] = None
        touched.revoked.append(row[0])
        return True
    edited = first(
        connection, "DELETE FROM edit WHERE own_id = ? AND channel = ? RETURNING target_id", (target_id, channel)
    )
    unreacted = first(
        connection,
        "DELETE FROM reaction WHERE own_id = ? AND channel = ? RETURNING target_id, id",
        (target_id, channel),
    )
    if unreacted is not None:
        connection.execute(
            "DELETE FROM outbox WHERE relation = ? AND kind IN (?, ?)",
            (unreacted[1], int(OutboxKind.REACT), int(OutboxKind.UNREACT)),
        )
    if quotes.revoke(connection, channel, target_id):
        touched.quoted[target_id] = None
    forget(connection, channel, target_id, revocation, edited is not None or unreacted is not None)
    for found in (edited, unreacted):
        if found is not None:
            _touch(connection, channel, found[0], touched)
    return edited is not None


def forget(
    connection: apsw.Connection, channel: str, own_id: str, revocation: Revocation | None, is_relation: bool
) -> None:
    """Remember that this id was revoked: it may come, or come again."""
    by, reason = (revocation.by, revocation.reason) if revocation is not None else ("", "")
    connection.execute(
        "INSERT INTO revoked VALUES (?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
        "is_relation = max(is_relation, excluded.is_relation)",
        (own_id, channel, by, reason, is_relation),
    )


def rename(connection: apsw.Connection, old_id: str, new_id: str) -> None:
    """What an echo was called becomes what the server calls it."""
    connection.execute("UPDATE edit SET target_id = ? WHERE target_id = ?", (new_id, old_id))
    connection.execute("UPDATE reaction SET target_id = ? WHERE target_id = ?", (new_id, old_id))


def resolve(connection: apsw.Connection, key: int) -> bool:
    """Let a message show its newest edit, or what it was without one; True when that changes anything."""
    row = first(
        connection,
        "SELECT coalesce(message_id, txn_id), channel, sender, elements, original, mentions, original_mentions, "
        "edited_ms, is_edit_pending FROM message WHERE key = ? AND is_deleted <> 1 AND state <> ? AND origin = 0 "
        "AND is_tip = 0",
        (key, int(MessageState.REVOKED)),
    )
    if row is None:
        return False
    name, channel, sender, elements, original, mentions, original_mentions, *shown_edit = row
    base, base_mentions = (elements, mentions) if original is None else (original, original_mentions)
    newest = first(
        connection,
        "SELECT elements, mentions, time_ms, is_pending = 1 FROM edit WHERE target_id = ? AND channel = ? "
        "AND sender = ? ORDER BY is_pending = 1 DESC, iif(is_pending = 1, id, 0) DESC, time_ms DESC, own_id DESC "
        "LIMIT 1",
        (name, channel, sender),
    )
    if newest is None:
        wanted = (base, None, base_mentions, None, 0, 0)
    else:
        edited = encode_elements(keep_paths(decode_elements(newest[0]), decode_elements(base)))
        wanted = (edited, base, newest[1], base_mentions, newest[2], newest[3])
    if wanted == (elements, original, mentions, original_mentions, *shown_edit):
        return False
    connection.execute(
        "UPDATE message SET elements = ?, original = ?, mentions = ?, original_mentions = ?, edited_ms = ?, "
        "is_edit_pending = ? WHERE key = ?",
        (*wanted, key),
    )
    return True


def fold(connection: apsw.Connection, key: int) -> None:
    """The server refused a message: what was queued for it becomes part of it, or goes."""
    connection.execute(
        "UPDATE message SET original = NULL, original_mentions = NULL, edited_ms = 0, is_edit_pending = 0 "
        "WHERE key = ?",
        (key,),
    )
    connection.execute("DELETE FROM outbox WHERE key = ? AND kind IN (3, 4, 5)", (key,))
    messages.drop_relations(connection, "key = ?", (key,))


def withdraw_unsent(connection: apsw.Connection, key: int) -> None:
    """A message is to be revoked: own edits and reactions that have not departed stay here for nobody."""
    for kind, relation in rows(
        connection,
        "DELETE FROM outbox WHERE key = ? AND kind IN (3, 4, 5) AND attempted_ms = 0 RETURNING kind, relation",
        (key,),
    ):
        if kind == OutboxKind.UNREACT:
            connection.execute("UPDATE reaction SET is_leaving = 0 WHERE id = ?", (relation,))
        else:
            table = "edit" if kind == OutboxKind.EDIT else "reaction"
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (relation,))  # noqa: S608 - our own names
    resolve(connection, key)


def _apply_edit(
    connection: apsw.Connection, channel: str, edit: IncomingEdit, own_user_id: str, touched: Touched
) -> None:
    known = first(connection, "SELECT id FROM edit WHERE own_id = ?", (edit.edit_id,))
    if known is None and edit.sender == own_user_id and edit.txn_id:
        known = first(
            connection,
            "SELECT id FROM edit WHERE txn_id = ? AND own_id IS NULL AND channel = ?",
            (edit.txn_id, channel),
        )
    if known is not None:
        connection.execute(
            "UPDATE edit SET own_id = ?, target_id = ?, time_ms = ?, is_pending = 0, elements = ?, mentions = ?, "
            "raw = ? WHERE id = ?",
            (
                edit.edit_id,
                edit.target_id,
                edit.time_ms,
                encode_elements(edit.elements),
                encode_names(edit.mentions),
                edit.raw,
                known[0],
            ),
        )
        connection.execute("DELETE FROM outbox WHERE kind = ? AND relation = ?", (int(OutboxKind.EDIT), known[0]))
    else:
        target = _target(connection, channel, edit.target_id)
        is_idle = target is not None and not (target.can_change and target.sender == edit.sender)
        if is_idle or is_revoked(connection, channel, edit.edit_id):
            return
        connection.execute(
            "INSERT INTO edit(channel, target_id, own_id, sender, time_ms, elements, mentions, raw) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                channel,
                edit.target_id,
                edit.edit_id,
                edit.sender,
                edit.time_ms,
                encode_elements(edit.elements),
                encode_names(edit.mentions),
                edit.raw,
            ),
        )
    _touch(connection, channel, edit.target_id, touched)


def _apply_reaction(
    connection: apsw.Connection, channel: str, reaction: IncomingReaction, own_user_id: str, touched: Touched
) -> None:
    is_self = reaction.sender == own_user_id
    known = first(connection, "SELECT id, is_pending FROM reaction WHERE own_id = ?", (reaction.reaction_id,))
    if known is not None and not known[1]:
        return
    if known is None and is_self and reaction.txn_id:
        known = first(
            connection,
            "SELECT id FROM reaction WHERE txn_id = ? AND own_id IS NULL AND channel = ?",
            (reaction.txn_id, channel),
        )
    if known is not None:
        connection.execute(
            "UPDATE reaction SET own_id = ?, target_id = ?, time_ms = ?, is_pending = 0 WHERE id = ?",
            (reaction.reaction_id, reaction.target_id, reaction.time_ms, known[0]),
        )
        connection.execute("DELETE FROM outbox WHERE kind = ? AND relation = ?", (int(OutboxKind.REACT), known[0]))
    else:
        target = _target(connection, channel, reaction.target_id)
        if (target is not None and not target.can_change) or is_revoked(connection, channel, reaction.reaction_id):
            return
        connection.execute(
            "INSERT INTO reaction(channel, target_id, own_id, sender, is_self, symbol, time_ms) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                channel,
                reaction.target_id,
                reaction.reaction_id,
                reaction.sender,
                is_self,
                reaction.symbol,
                reaction.time_ms,
            ),
        )
    row = first(
        connection,
        "SELECT key FROM message WHERE message_id = ? AND channel = ?",
        (reaction.target_id, channel),
    )
    if row is not None:
        touched.keys[row[0]] = None


def _target(connection: apsw.Connection, channel: str, target_id: str) -> _Target | None:
    row = first(
        connection,
        "SELECT key, conversation, sender, state <> ? AND is_deleted <> 1 FROM message "
        "WHERE message_id = ? AND channel = ?",
        (int(MessageState.REVOKED), target_id, channel),
    )
    return None if row is None else _Target(row[0], row[1], row[2], bool(row[3]))


def _touch(connection: apsw.Connection, channel: str, target_id: str, touched: Touched) -> None:
    """What belongs to a message has changed."""
    target = _target(connection, channel, target_id)
    if target is None:
        if quotes.is_quoted(connection, channel, target_id):
            touched.quoted[target_id] = None
    elif resolve(connection, target.key):
        touched.keys[target.key] = None
        touched.pks[target.pk] = None
    else:
        touched.keys[target.key] = None


def is_revoked(connection: apsw.Connection, channel: str, own_id: str) -> bool:
    """Revoked before it came; from now on it is known what it was."""
    row = first(
        connection,
        "UPDATE revoked SET is_relation = 1 WHERE id = ? AND channel = ? RETURNING 1",
        (own_id, channel),
    )
    return row is not None
