"""Applies what the server brought: one sync or history page is one transaction, its token inside it. Runs in the writer
thread.

Position rules (one integer per conversation, see ARCHITECTURE.md): messages of a sync go after everything ordered so
far, STRIDE apart; what only this machine has stands between them by its time (store/local.py). When messages before
them are missing, they open a new run RUN_STEP higher and leave a gap that holds the paging token; history fills that
space downwards until it meets the run below.
"""

from collections.abc import Iterable, Sequence

import apsw
import msgspec

from chatdesk.domain.changes import Changes, ChannelBatch, Gap, HistoryPage, SyncBatch
from chatdesk.domain.conversations import Member, Membership
from chatdesk.domain.elements import Element, Tip, TipKind, media_of
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import (
    ECHO_BASE,
    STRIDE,
    IncomingMessage,
    LocalMessage,
    MessageOrigin,
    MessageState,
    Revocation,
)
from chatdesk.store import conversations, local, messages, settings
from chatdesk.store.outbox import OutboxKind
from chatdesk.store.rows import decode_elements, encode_elements, encode_names, first, messages_by_key, rows, value

SYNC_TOKEN = "sync_token"  # noqa: S105 - a name, not a secret
_MANY = 200
"""More messages that move at once are not told one by one."""
_CLOCK_SLACK_MS = 24 * 3600 * 1000


class _Touched:
    """Collects what a transaction really changed."""

    def __init__(self) -> None:
        self.keys: dict[int, None] = {}
        self.pks: dict[int, None] = {}
        self.removed: list[ConversationId] = []
        self.resets: dict[ConversationId, None] = {}
        self.receipts: dict[ConversationId, None] = {}
        self.typing: list[tuple[ConversationId, tuple[str, ...]]] = []
        self.arrived: list[int] = []
        self.revoked: list[int] = []

    def changes(self, connection: apsw.Connection, own_user_id: str) -> Changes:
        shown, hidden = conversations.by_pk(connection, self.pks, own_user_id)
        return Changes(
            conversations=shown,
            removed=(*self.removed, *hidden),
            messages=tuple(messages_by_key(connection, self.keys)),
            receipts=tuple(r for c in self.receipts for r in messages.read_positions(connection, c)),
            typing=tuple(self.typing),
            resets=tuple(self.resets),
            arrived=tuple(self.arrived),
            revoked=tuple(self.revoked),
            forgotten=tuple(row[0] for row in rows(connection, "DELETE FROM temp.forgotten RETURNING uri")),
        )


def apply_sync(connection: apsw.Connection, batch: SyncBatch, own_user_id: str, time_ms: int) -> Changes:
    """One sync answer, all or nothing; publish the returned changes after this commit."""
    touched = _Touched()
    if batch.direct is not None:
        _apply_direct(connection, batch.direct, time_ms, touched)
    for channel in batch.channels:
        _apply_channel(connection, channel, own_user_id, time_ms, touched)
    settings.put(connection, SYNC_TOKEN, batch.token)
    return touched.changes(connection, own_user_id)


def apply_history(connection: apsw.Connection, gap: Gap, page: HistoryPage, own_user_id: str) -> Changes:
    """A page of older messages fills the gap downwards."""
    touched = _Touched()
    row = first(connection, "SELECT conversation, position FROM gap WHERE id = ?", (gap.id,))
    if row is None:  # filled by somebody else meanwhile
        return Changes()
    pk, position = int(row[0]), int(row[1])
    if conversations.put_members(connection, gap.channel, page.members):
        touched.pks[pk] = None
    closed = not page.token
    cleared_id, cleared_ms = _cleared(connection, gap.channel)
    if page.messages:
        times = [incoming.time_ms for incoming in page.messages]
        local.unsettle(connection, pk, min(times), max(times))
    for incoming in page.messages:
        if _is_cleared(incoming, cleared_id, cleared_ms):
            closed = True  # the account wants nothing from here down
            if messages.hide_below(connection, gap.channel, position):
                touched.resets[gap.conversation] = None
            break
        known = first(connection, "SELECT position FROM message WHERE message_id = ?", (incoming.message_id,))
        if known is not None and known[0] < position:
            closed = True  # met the run below
            break
        if known is not None and known[0] < ECHO_BASE:
            continue
        position -= STRIDE
        key = _place(connection, pk, gap.channel, position, incoming, own_user_id, touched)
        touched.keys[key] = None
    for revocation in page.revocations:
        _apply_revocation(connection, revocation, touched)
    place_local(connection, pk, touched)
    touched.arrived.clear()
    if closed:
        drop_gap(connection, gap.id)
    else:
        connection.execute("UPDATE gap SET position = ?, token = ? WHERE id = ?", (position, page.token, gap.id))
    return touched.changes(connection, own_user_id)


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
    touched = _Touched()
    if conversation.type is ConversationType.C2C:
        conversations.set_direct(connection, channel, conversation.id, is_hint=True)
    conversations.put_members(connection, channel, people)
    pk = _settle(connection, channel, time_ms, touched)
    if pk is None:
        pk = conversations.ensure(connection, conversation, time_ms)
        connection.execute(
            "INSERT INTO channel(id, conversation, membership, name) VALUES (?, ?, ?, ?)",
            (channel, pk, int(Membership.JOINED), name),
        )
    touched.pks[pk] = None
    return touched.changes(connection, own_user_id)


def place_local(connection: apsw.Connection, pk: int, touched: "_Touched") -> None:
    """Give local rows that lost their place the new one, and note what that moved."""
    moved = local.unsettled(connection, pk, _MANY + 1)
    if not moved:
        return
    local.settle(connection, pk)
    if len(moved) > _MANY:
        ((type_, id_),) = rows(connection, "SELECT type, id FROM conversation WHERE pk = ?", (pk,))
        touched.resets[ConversationId(ConversationType(type_), id_)] = None
    else:
        touched.keys.update(dict.fromkeys(moved))


def add_local(
    connection: apsw.Connection,
    conversation: ConversationId,
    items: Sequence[LocalMessage],
    ids: Sequence[str],
    origin: MessageOrigin,
    own_user_id: str,
    time_ms: int,
) -> Changes:
    """Few local rows at once, in their place when this returns."""
    touched = _Touched()
    local.add(connection, conversation, items, ids, origin, own_user_id, time_ms)
    pk = conversations.find(connection, conversation)
    if pk is not None:
        place_local(connection, pk, touched)
        touched.pks[pk] = None
    return touched.changes(connection, own_user_id)


def settle_import(connection: apsw.Connection, conversation: ConversationId, own_user_id: str) -> Changes:
    """The end of an import: its rows get their place, and whoever shows the conversation reads it again."""
    touched = _Touched()
    pk = conversations.find(connection, conversation)
    if pk is not None and local.settle(connection, pk):
        touched.pks[pk] = None
        touched.resets[conversation] = None
    return touched.changes(connection, own_user_id)


def clear(connection: apsw.Connection, conversation: ConversationId, own_user_id: str) -> Changes:
    """Hide everything of a conversation on this device."""
    touched = _Touched()
    pk = conversations.find(connection, conversation)
    if pk is not None:
        messages.clear_here(connection, pk)
        touched.pks[pk] = None
        touched.resets[conversation] = None
    return touched.changes(connection, own_user_id)


def drop_gap(connection: apsw.Connection, gap_id: int) -> None:
    connection.execute("DELETE FROM gap WHERE id = ?", (gap_id,))


def _apply_direct(connection: apsw.Connection, direct: dict[str, str], time_ms: int, touched: _Touched) -> None:
    known: dict[str, str] = dict(rows(connection, "SELECT channel, peer FROM direct WHERE is_hint = 0"))
    for channel in known.keys() - direct.keys():
        connection.execute("DELETE FROM direct WHERE channel = ?", (channel,))
    for channel, peer in direct.items():
        conversations.set_direct(connection, channel, peer, is_hint=False)
    for channel in known.keys() ^ direct.keys() | {c for c in direct if known.get(c) != direct[c]}:
        _settle(connection, channel, time_ms, touched)


def _settle(connection: apsw.Connection, channel: str, time_ms: int, touched: _Touched) -> int | None:
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


def _apply_channel(
    connection: apsw.Connection, batch: ChannelBatch, own_user_id: str, time_ms: int, touched: _Touched
) -> None:
    if batch.direct_with:
        conversations.set_direct(connection, batch.channel, batch.direct_with, is_hint=True)
    pk = _settle(connection, batch.channel, time_ms, touched)
    is_new = pk is None
    if pk is None:
        if batch.membership is Membership.LEFT and not batch.messages:
            return  # left before this device ever knew it
        pk = conversations.ensure(connection, conversations.identify(connection, batch.channel), time_ms)
        connection.execute(
            "INSERT INTO channel(id, conversation, membership) VALUES (?, ?, ?)",
            (batch.channel, pk, int(Membership.NONE)),
        )
    conversation = conversations.identify(connection, batch.channel)
    people_changed = conversations.put_members(connection, batch.channel, batch.members)
    facts_changed = _apply_facts(connection, batch, own_user_id)
    if people_changed or facts_changed or is_new:
        touched.pks[pk] = None
    if batch.cleared is not None and messages.clear_up_to(
        connection, batch.channel, batch.cleared.message_id, batch.cleared.time_ms
    ):
        touched.pks[pk] = None
        touched.resets[conversation] = None
    # A limited batch may hold nothing to show (only reactions, say): what is missing before it still leaves its gap.
    if batch.messages or ((is_new or batch.is_limited) and batch.gap_token):
        _append(connection, pk, batch, own_user_id, touched)
        touched.pks[pk] = None
    for revocation in batch.revocations:
        if _apply_revocation(connection, revocation, touched):
            touched.pks[pk] = None
    if batch.receipts:
        _apply_receipts(connection, pk, batch, conversation, own_user_id, touched)
    if batch.typing is not None:
        touched.typing.append((conversation, tuple(user for user in batch.typing if user != own_user_id)))


def _apply_facts(connection: apsw.Connection, batch: ChannelBatch, own_user_id: str) -> bool:
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


def _append(connection: apsw.Connection, pk: int, batch: ChannelBatch, own_user_id: str, touched: _Touched) -> None:
    cleared_id, _ = _cleared(connection, batch.channel)
    ids = [incoming.message_id for incoming in batch.messages]
    if cleared_id in ids:  # only what comes after it is wanted, and nothing before it
        known_place = first(
            connection, "SELECT 1 FROM message WHERE message_id = ? AND position < ?", (cleared_id, ECHO_BASE)
        )
        if known_place is None:
            if messages.hide_below(connection, batch.channel, ECHO_BASE):
                touched.resets[conversations.identify(connection, batch.channel)] = None
            kept = batch.messages[ids.index(cleared_id) + 1 :]
            batch = msgspec.structs.replace(batch, messages=kept, is_limited=False, has_start=True)
            if not kept:
                return
    seen_channel = value(
        connection,
        "SELECT EXISTS(SELECT 1 FROM message WHERE channel = ?1 AND position < ?2) "
        "OR EXISTS(SELECT 1 FROM gap WHERE channel = ?1)",
        (batch.channel, ECHO_BASE),
    )
    overlaps = batch.messages and rows(
        connection,
        "SELECT 1 FROM message WHERE message_id = ? AND position < ?",
        (batch.messages[0].message_id, ECHO_BASE),
    )
    position = conversations.next_position(connection, pk)
    missing = (batch.is_limited or not seen_channel) and bool(batch.gap_token) and not batch.has_start
    if missing and not overlaps:
        position = conversations.new_run(connection, pk)
        _add_gap(connection, pk, batch.channel, position, batch.gap_token)
    if batch.messages:
        times = [incoming.time_ms for incoming in batch.messages]
        local.unsettle(connection, pk, min(times), max(times))
    for incoming in batch.messages:
        known = first(
            connection, "SELECT key, position, state FROM message WHERE message_id = ?", (incoming.message_id,)
        )
        if known is not None and known[1] < ECHO_BASE:
            if incoming.revoked_by and known[2] != MessageState.REVOKED:
                messages.revoke(connection, known[0], incoming.revoked_by, incoming.revoke_reason)
                touched.keys[known[0]] = None
                touched.revoked.append(known[0])
            continue
        touched.keys[_place(connection, pk, batch.channel, position, incoming, own_user_id, touched)] = None
        if incoming.sender == own_user_id and not _is_tip(incoming):
            _read_by_answering(connection, pk, position)
        position += STRIDE
    place_local(connection, pk, touched)


def _cleared(connection: apsw.Connection, channel: str) -> tuple[str, int]:
    """Up to which message a channel was cleared: its id (empty: only the time is known) and its time."""
    row = first(connection, "SELECT cleared_id, cleared_ms FROM channel WHERE id = ?", (channel,))
    return (row[0], row[1]) if row else ("", 0)


def _is_cleared(incoming: IncomingMessage, cleared_id: str, cleared_ms: int) -> bool:
    """Whether paging down has come to what was cleared. A clock may be wrong: with an id, the time counts late."""
    slack_ms = _CLOCK_SLACK_MS if cleared_id else 0
    if cleared_id and incoming.message_id == cleared_id:
        return True
    return bool(cleared_ms) and incoming.time_ms <= cleared_ms - slack_ms


def _read_by_answering(connection: apsw.Connection, pk: int, position: int) -> None:
    """Who answers has read, wherever the answer was typed. Reported only where the server still counts unread ones."""
    connection.execute(
        "UPDATE conversation SET read_position = ?1, reported_position = iif(EXISTS("
        "SELECT 1 FROM channel WHERE conversation = ?2 AND unread > 0), reported_position, ?1) WHERE pk = ?2",
        (position, pk),
    )


def _place(
    connection: apsw.Connection,
    pk: int,
    channel: str,
    position: int,
    incoming: IncomingMessage,
    own_user_id: str,
    touched: _Touched,
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
            "mentions) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                _is_tip(incoming),
                incoming.revoked_by,
                incoming.revoke_reason,
                incoming.priority,
                incoming.cloud_custom,
                encode_names(incoming.mentions),
            ),
        )
        key = connection.last_insert_rowid()
        touched.arrived.append(key)
    else:
        _merge_echo(connection, key, pk, position, incoming)
    if not incoming.revoked_by:
        connection.execute("INSERT OR REPLACE INTO raw VALUES (?, ?)", (key, incoming.raw))
    return key


def _is_tip(incoming: IncomingMessage) -> bool:
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


def _merge_echo(connection: apsw.Connection, key: int, pk: int, position: int, incoming: IncomingMessage) -> None:
    ((known, state, is_deleted),) = rows(
        connection, "SELECT elements, state, is_deleted FROM message WHERE key = ?", (key,)
    )
    elements = () if is_deleted else _keep_paths(incoming.elements, decode_elements(known))
    if incoming.revoked_by:
        state = int(MessageState.REVOKED)
    elif state != MessageState.REVOKING:
        state = int(MessageState.SYNCED)
    connection.execute(
        "UPDATE message SET conversation = ?, position = ?, message_id = ?, time_ms = ?, state = ?, elements = ?, "
        "failure = '', revoked_by = ?, revoke_reason = ?, origin = 0, local_id = NULL WHERE key = ?",
        (
            pk,
            position,
            incoming.message_id,
            incoming.time_ms,
            state,
            encode_elements(elements),
            incoming.revoked_by,
            incoming.revoke_reason,
            key,
        ),
    )
    # The sending entry has done its work, whether or not its answer ever came; a queued revocation stays.
    connection.execute("DELETE FROM outbox WHERE key = ? AND kind = ?", (key, int(OutboxKind.SEND)))


def _keep_paths(synced: Sequence[Element], local: Sequence[Element]) -> tuple[Element, ...]:
    """The synced elements, still knowing where an own file lies on this machine."""
    if len(synced) != len(local):
        return tuple(synced)
    kept: list[Element] = []
    for new, old in zip(synced, local, strict=True):
        new_media, old_media = media_of(new), media_of(old)
        if new_media is not None and old_media is not None and old_media.path and type(new) is type(old):
            new = msgspec.structs.replace(new, media=msgspec.structs.replace(new_media, path=old_media.path))
        kept.append(new)
    return tuple(kept)


def _add_gap(connection: apsw.Connection, pk: int, channel: str, position: int, token: str) -> None:
    connection.execute(
        "INSERT INTO gap(conversation, channel, position, token) VALUES (?, ?, ?, ?)", (pk, channel, position, token)
    )


def _apply_revocation(connection: apsw.Connection, revocation: Revocation, touched: _Touched) -> bool:
    row = first(connection, "SELECT key, state FROM message WHERE message_id = ?", (revocation.target_id,))
    if row is None or row[1] == MessageState.REVOKED:
        return False
    messages.revoke(connection, row[0], revocation.by, revocation.reason)
    touched.keys[row[0]] = None
    touched.revoked.append(row[0])
    return True


def _apply_receipts(
    connection: apsw.Connection,
    pk: int,
    batch: ChannelBatch,
    conversation: ConversationId,
    own_user_id: str,
    touched: _Touched,
) -> None:
    for receipt in batch.receipts:
        connection.execute(
            "INSERT INTO receipt VALUES (?1, ?2, ?3, ?4) ON CONFLICT(channel, user_id) DO UPDATE SET "
            "message_id = excluded.message_id, time_ms = excluded.time_ms WHERE excluded.time_ms >= time_ms",
            (batch.channel, receipt.user_id, receipt.message_id, receipt.time_ms),
        )
        if receipt.user_id == own_user_id:
            _apply_own_receipt(connection, pk, receipt.message_id, touched)
    touched.receipts[conversation] = None


def _apply_own_receipt(connection: apsw.Connection, pk: int, message_id: str, touched: _Touched) -> None:
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


def affected(connection: apsw.Connection, keys: Iterable[int], pks: Iterable[int], own_user_id: str) -> Changes:
    """The changes to publish after something local touched these messages and conversations."""
    touched = _Touched()
    touched.keys.update(dict.fromkeys(keys))
    touched.pks.update(dict.fromkeys(pks))
    return touched.changes(connection, own_user_id)
