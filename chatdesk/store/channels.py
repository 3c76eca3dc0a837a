"""What the server says about a channel itself: whose conversation it carries, name, membership, counts, receipts. Runs
in the writer thread."""

from collections.abc import Sequence

import apsw
import msgspec

from chatdesk.domain.changes import Changes, ChannelBatch
from chatdesk.domain.conversations import Member, Membership
from chatdesk.domain.elements import Tip, TipKind
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import ECHO_BASE
from chatdesk.store import conversations, local
from chatdesk.store.rows import first, rows
from chatdesk.store.touched import Touched


def apply_direct(connection: apsw.Connection, direct: dict[str, str], time_ms: int, touched: Touched) -> None:
    known: dict[str, str] = dict(rows(connection, "SELECT channel, peer FROM direct WHERE is_hint = 0"))
    for channel in known.keys() - direct.keys():
        connection.execute("DELETE FROM direct WHERE channel = ?", (channel,))
    for channel, peer in direct.items():
        conversations.set_direct(connection, channel, peer, is_hint=False)
    for channel in known.keys() ^ direct.keys() | {c for c in direct if known.get(c) != direct[c]}:
        settle(connection, channel, time_ms, touched)


def settle(connection: apsw.Connection, channel: str, time_ms: int, touched: Touched) -> int | None:
    """Make sure a known channel belongs to the conversation it should; its conversation's number."""
    row = first(
        connection,
        "SELECT h.conversation, c.type, c.id FROM channel h JOIN conversation c ON c.pk = h.conversation "
        "WHERE h.id = ?",
        (channel,),
    )
    if row is None:
        return None
    target = conversations.identify(connection, channel)
    current = ConversationId(ConversationType(row[1]), row[2])
    if current == target:
        return int(row[0])
    source_pk, target_pk = conversations.move_channel(connection, channel, target, time_ms)
    for pk in (source_pk, target_pk):
        local.unsettle_all(connection, pk)
        local.settle(connection, pk)
    touched.pks[target_pk] = None
    touched.resets[target] = None
    dropped = conversations.drop_if_empty(connection, source_pk)
    if dropped is None:
        touched.pks[source_pk] = None
        touched.resets[current] = None
    else:
        touched.pks.pop(source_pk, None)
        touched.removed.append(dropped)
    return target_pk


def apply_facts(connection: apsw.Connection, batch: ChannelBatch, own_user_id: str) -> bool:
    """Name, membership, counts: whatever the batch mentions. True when any of it is news."""
    gone = batch.membership in (Membership.LEFT, Membership.BANNED)
    by_others = batch.membership is Membership.BANNED or any(
        isinstance(element, Tip) and element.kind is TipKind.KICKED and own_user_id in element.targets
        for message in batch.messages
        for element in message.elements
    )
    facts: dict[str, str | int | None] = {
        "membership": int(batch.membership),
        # What others closed stays in view with its history; what the user left is out of the way.
        "is_hidden": int(gone and not by_others),
        "name": batch.name,
        "topic": batch.topic,
        "avatar_uri": batch.avatar_uri,
        "inviter": batch.inviter or None,
        "heroes": None if batch.heroes is None else msgspec.json.encode(batch.heroes).decode(),
        "is_encrypted": None if batch.is_encrypted is None else int(batch.is_encrypted),
        "unread": batch.unread,
        "mentions": batch.mentions,
        "joined_count": batch.joined_count,
        "invited_count": batch.invited_count,
        "powers": None if batch.powers is None else msgspec.json.encode(batch.powers).decode(),
        "creators": None if batch.creators is None else msgspec.json.encode(batch.creators).decode(),
        "pinned": None if batch.pinned is None else msgspec.json.encode(batch.pinned).decode(),
    }
    given = {column: value for column, value in facts.items() if value is not None}
    columns = ", ".join(given)
    # Encryption is never switched off again: a server that says so is not believed.
    assignments = ", ".join(
        f"{column} = max(is_encrypted, ?)" if column == "is_encrypted" else f"{column} = ?" for column in given
    )
    changed = rows(
        connection,
        f"UPDATE channel SET {assignments} WHERE id = ? AND ({columns}) IS NOT ({', '.join('?' * len(given))}) "  # noqa: S608
        "RETURNING 1",
        (*given.values(), batch.channel, *given.values()),
    )
    return bool(changed)


def apply_receipts(
    connection: apsw.Connection,
    pk: int,
    batch: ChannelBatch,
    conversation: ConversationId,
    own_user_id: str,
    touched: Touched,
) -> None:
    for receipt in batch.receipts:
        connection.execute(
            "INSERT INTO receipt VALUES (?1, ?2, ?3, ?4) ON CONFLICT(channel, user_id) DO UPDATE SET "
            "message_id = excluded.message_id, time_ms = excluded.time_ms WHERE excluded.time_ms >= time_ms",
            (batch.channel, receipt.user_id, receipt.message_id, receipt.time_ms),
        )
        if receipt.user_id == own_user_id:
            _apply_own_receipt(connection, pk, receipt.message_id, touched)
    if conversations.newest_is_own(connection, pk) and any(r.user_id != own_user_id for r in batch.receipts):
        touched.pks[pk] = None  # the list shows whether it was read
    touched.receipts[conversation] = None


def _apply_own_receipt(connection: apsw.Connection, pk: int, message_id: str, touched: Touched) -> None:
    """The account read this far, maybe on another device."""
    row = first(
        connection,
        "UPDATE conversation SET read_position = max(read_position, m.position), "
        "reported_position = max(reported_position, m.position) "
        "FROM (SELECT position FROM message WHERE message_id = ?1 AND conversation = ?2 AND position < ?3) m "
        "WHERE pk = ?2 RETURNING pk",
        (message_id, pk, ECHO_BASE),
    )
    if row is not None:
        touched.pks[pk] = None


def add_own_channel(
    connection: apsw.Connection,
    channel: str,
    conversation: ConversationId,
    name: str,
    people: Sequence[Member],
    own_user_id: str,
    time_ms: int,
) -> Changes:
    """A channel this account has just created; the sync that tells of it may have come before or comes later."""
    touched = Touched()
    if conversation.type is ConversationType.C2C:
        conversations.set_direct(connection, channel, conversation.id, is_hint=True)
    conversations.put_members(connection, channel, people)
    pk = settle(connection, channel, time_ms, touched)
    if pk is None:
        pk = conversations.ensure(connection, conversation, time_ms)
        connection.execute(
            "INSERT INTO channel(id, conversation, membership, name) VALUES (?, ?, ?, ?)",
            (channel, pk, int(Membership.JOINED), name),
        )
    elif name:  # a sync told of it that was cut before the name was given
        connection.execute("UPDATE channel SET name = ? WHERE id = ? AND name = ''", (name, channel))
    touched.pks[pk] = None
    return touched.changes(connection, own_user_id)
