"""Applies what the server brought: one sync or history page is one transaction, its token inside it. Runs in the writer
thread.

Position rules (one integer per conversation, see ARCHITECTURE.md): messages of a sync go after everything ordered so
far, STRIDE apart; what only this machine has stands between them by its time (store/local.py). When messages before
them are missing, they open a new run RUN_STEP higher and leave a gap that holds the paging token; history fills that
space downwards until it meets the run below.
"""

from collections.abc import Sequence

import apsw
import msgspec

from chatdesk.domain.changes import Changes, ChannelBatch, Gap, HistoryPage, SyncBatch
from chatdesk.domain.conversations import Membership
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import (
    ECHO_BASE,
    STRIDE,
    IncomingMessage,
    LocalMessage,
    MessageOrigin,
    MessageState,
)
from chatdesk.store import blocked, channels, conversations, deletions, local, messages, relations, settings, signs
from chatdesk.store.merge import is_tip, place
from chatdesk.store.rows import first, rows, value
from chatdesk.store.touched import Touched

SYNC_TOKEN = "sync_token"  # noqa: S105 - a name, not a secret
_MANY = 200
"""More messages that move at once are not told one by one."""
_CLOCK_SLACK_MS = 24 * 3600 * 1000


def apply_sync(connection: apsw.Connection, batch: SyncBatch, own_user_id: str, time_ms: int) -> Changes:
    """One sync answer, all or nothing; publish the returned changes after this commit."""
    touched = Touched()
    if batch.direct is not None:
        channels.apply_direct(connection, batch.direct, time_ms, touched)
    if batch.blocked is not None:
        blocked.apply(connection, batch.blocked - {own_user_id}, touched)
    for channel in batch.channels:
        _apply_channel(connection, channel, own_user_id, time_ms, touched)
    if batch.muted is not None:
        signs.hear_muted(connection, batch.muted, touched)
    settings.put(connection, SYNC_TOKEN, batch.token)
    return touched.changes(connection, own_user_id)


def apply_history(connection: apsw.Connection, gap: Gap, page: HistoryPage, own_user_id: str) -> Changes:
    """A page of older messages fills the gap downwards."""
    touched = Touched()
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
    placed: list[int] = []
    for incoming in page.messages:
        if relations.is_own_content(connection, gap.channel, incoming):
            continue
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
        key = place(connection, pk, gap.channel, position, incoming, own_user_id, touched)
        touched.keys[key] = None
        placed.append(key)
    relations.meet(connection, placed, touched)
    relations.apply(connection, gap.channel, page.edits, page.reactions, own_user_id, touched)
    for revocation in page.revocations:
        relations.apply_revocation(connection, gap.channel, revocation, touched)
    place_local(connection, pk, touched)
    touched.arrived.clear()
    if closed:
        drop_gap(connection, gap.id)
    else:
        connection.execute("UPDATE gap SET position = ?, token = ? WHERE id = ?", (position, page.token, gap.id))
    return touched.changes(connection, own_user_id)


def place_local(connection: apsw.Connection, pk: int, touched: Touched) -> None:
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
    touched = Touched()
    local.add(connection, conversation, items, ids, origin, own_user_id, time_ms)
    pk = conversations.find(connection, conversation)
    if pk is not None:
        place_local(connection, pk, touched)
        touched.pks[pk] = None
    return touched.changes(connection, own_user_id)


def settle_import(connection: apsw.Connection, conversation: ConversationId, own_user_id: str) -> Changes:
    """The end of an import: its rows get their place, and whoever shows the conversation reads it again."""
    touched = Touched()
    pk = conversations.find(connection, conversation)
    if pk is not None and local.settle(connection, pk):
        touched.pks[pk] = None
        touched.resets[conversation] = None
    return touched.changes(connection, own_user_id)


def clear(connection: apsw.Connection, conversation: ConversationId, own_user_id: str) -> Changes:
    """Hide everything of a conversation on this device."""
    touched = Touched()
    pk = conversations.find(connection, conversation)
    if pk is not None:
        messages.clear_here(connection, pk)
        touched.pks[pk] = None
        touched.resets[conversation] = None
    return touched.changes(connection, own_user_id)


def drop_gap(connection: apsw.Connection, gap_id: int) -> None:
    connection.execute("DELETE FROM gap WHERE id = ?", (gap_id,))


def _apply_channel(
    connection: apsw.Connection, batch: ChannelBatch, own_user_id: str, time_ms: int, touched: Touched
) -> None:
    if batch.direct_with:
        conversations.set_direct(connection, batch.channel, batch.direct_with, is_hint=True)
    pk = channels.settle(connection, batch.channel, time_ms, touched)
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
    facts_changed = channels.apply_facts(connection, batch, own_user_id)
    signs_changed = [signs.hear(connection, batch.channel, sign, is_set) for sign, is_set in batch.signs.items()]
    if people_changed or facts_changed or any(signs_changed) or is_new:
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
    relations.apply(connection, batch.channel, batch.edits, batch.reactions, own_user_id, touched)
    for revocation in batch.revocations:
        relations.apply_revocation(connection, batch.channel, revocation, touched)
    if batch.hidden is not None:
        touched.deleted += deletions.apply_hidden(connection, batch.channel, batch.hidden)
        touched.pks[pk] = None
    if batch.receipts:
        channels.apply_receipts(connection, pk, batch, conversation, own_user_id, touched)
    if batch.typing is not None:
        quiet = blocked.people(connection) | {own_user_id}
        touched.typing.append((conversation, tuple(user for user in batch.typing if user not in quiet)))


def _append(connection: apsw.Connection, pk: int, batch: ChannelBatch, own_user_id: str, touched: Touched) -> None:
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
        touched.gapped[conversations.identify(connection, batch.channel)] = None
    if batch.messages:
        times = [incoming.time_ms for incoming in batch.messages]
        local.unsettle(connection, pk, min(times), max(times))
    placed: list[int] = []
    for incoming in batch.messages:
        if relations.is_own_content(connection, batch.channel, incoming):
            continue
        known = first(
            connection, "SELECT key, position, state FROM message WHERE message_id = ?", (incoming.message_id,)
        )
        if known is not None and known[1] < ECHO_BASE:
            if incoming.revoked_by and known[2] != MessageState.REVOKED:
                messages.revoke(connection, known[0], incoming.revoked_by, incoming.revoke_reason)
                touched.keys[known[0]] = None
                touched.revoked.append(known[0])
            continue
        key = place(connection, pk, batch.channel, position, incoming, own_user_id, touched)
        touched.keys[key] = None
        placed.append(key)
        if incoming.sender == own_user_id and not is_tip(incoming):
            _read_by_answering(connection, pk, position)
        position += STRIDE
    relations.meet(connection, placed, touched)
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


def _add_gap(connection: apsw.Connection, pk: int, channel: str, position: int, token: str) -> None:
    connection.execute(
        "INSERT INTO gap(conversation, channel, position, token) VALUES (?, ?, ?, ?)", (pk, channel, position, token)
    )
