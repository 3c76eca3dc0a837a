"""Rows that only this machine has: imported and saved messages, and their place among the server's. Runs in the writer
thread.

Their order: each stands behind its predecessor in time, the newest message of the server that is not newer than it;
among themselves they go by time, then by the number they came with, then by when they came. So their positions lie
between that message's, a multiple of STRIDE, and the next one's, and one integer orders all. A row without a place yet
(its position is the negative of its key, which nobody reads) gets one from `settle`; whatever brings messages of the
server takes the rows that these may precede off their places first (`unsettle`), in the same transaction.
"""

import hashlib
from collections.abc import Sequence

import apsw
import msgspec

from chatdesk.domain.conversations import Membership
from chatdesk.domain.elements import Element
from chatdesk.domain.errors import InputError, NotFound
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import ECHO_BASE, STRIDE, LocalMessage, Message, MessageOrigin, MessageState
from chatdesk.store import conversations, messages, search
from chatdesk.store.rows import encode_elements, encode_names, first, rows, value

_SPACING = 4096
"""Most room left between neighbours, so that rows that come later find a place without moving them."""
_STEP = 16
"""Room left below a row that comes alone."""
_MOVED_AT_ONCE = 2000
_LAST_MS = 999
"""Times are known by the second: a local row counts as the last of its second."""


def add(
    connection: apsw.Connection,
    conversation: ConversationId,
    items: Sequence[LocalMessage],
    ids: Sequence[str],
    origin: MessageOrigin,
    own_user_id: str,
    time_ms: int,
    batch: int = 0,
) -> list[int]:
    """Insert those that are not here yet, without a place; their keys. Call `settle` in the end.

    `batch`: the import they belong to.
    """
    pk = _ensure(connection, conversation, time_ms)
    channels = conversations.channels(connection, conversation)
    channel = channels[0][0] if channels else ""
    keys: list[int] = []
    next_key = int(value(connection, "SELECT coalesce(max(key), 0) FROM message")) + 1
    for item, local_id in zip(items, ids, strict=True):
        if _is_on_server(connection, pk, item):
            continue
        client_ms, server_ms = item.client_time_s * 1000, item.server_time_s * 1000
        sent_ms = server_ms or client_ms
        connection.execute(
            "INSERT INTO message(key, conversation, channel, position, sender, is_self, time_ms, client_time_ms, rand, "
            "state, elements, is_tip, origin, local_id, given_seq, priority, cloud_custom, mentions, custom_int, "
            "custom_str, import_batch, reply_to, thread, edited_ms, revoked_by, revoke_reason, is_forwarded) "
            "VALUES (?1, ?2, ?3, -?1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
            "?19, ?20, ?21, ?22, ?23, ?24, ?25) ON CONFLICT(conversation, local_id) "
            "WHERE local_id IS NOT NULL DO NOTHING",
            (
                next_key,
                pk,
                channel,
                item.sender or own_user_id,
                (item.sender or own_user_id) == own_user_id,
                sent_ms + _LAST_MS if sent_ms else time_ms,
                client_ms or sent_ms or time_ms,
                item.rand,
                int(item.state),
                encode_elements(item.elements),
                int(MessageOrigin.SAVED if item.is_note else origin),
                local_id,
                item.seq,
                item.priority,
                item.cloud_custom,
                encode_names(item.mentions),
                item.custom_int,
                item.custom_str,
                batch,
                item.reply_to,
                item.thread,
                item.edited_ms,
                item.revoked_by,
                item.revoke_reason,
                item.is_forwarded,
            ),
        )
        if connection.changes():
            if item.sender_name and channel:
                connection.execute(
                    "INSERT INTO member(channel, user_id, name, membership) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    (channel, item.sender, item.sender_name, int(Membership.NONE)),
                )
            if item.reactions:
                connection.execute(
                    "INSERT INTO imported_reactions VALUES (?, ?)", (next_key, msgspec.json.encode(item.reactions))
                )
            keys.append(next_key)
            next_key += 1
    return keys


def identity(item: LocalMessage, occurrence: int = 0) -> str:
    """What tells whether a row is here already: its id, or everything it consists of."""
    if item.message_id:
        return item.message_id
    plain = msgspec.structs.replace(item, is_read=True, custom_int=0, custom_str="")
    content = msgspec.json.encode({name: getattr(plain, name) for name in _NAMED_BY})
    return f"{hashlib.blake2b(content, digest_size=16).hexdigest()}-{occurrence}"


_NAMED_BY = LocalMessage.__struct_fields__[: LocalMessage.__struct_fields__.index("message_id") + 1]
"""What came to a message later (reactions, an edit, a recall) makes no other one of it. Never changed: it is stored."""


def settle(connection: apsw.Connection, pk: int) -> int:
    """Give every row without a place its place; how many there were."""
    waiting = rows(
        connection, "SELECT key, time_ms, given_seq FROM message WHERE conversation = ? AND position < 0 LIMIT 2", (pk,)
    )
    if len(waiting) == 1:
        key, time_ms, given_seq = waiting[0]
        if _place_one(connection, pk, key, time_ms, given_seq):
            return 1
    return _place_all(connection, pk) if waiting else 0


def unsettle(connection: apsw.Connection, pk: int, from_ms: int, until_ms: int) -> None:
    """Messages of the server, sent between these times, come: rows they may precede lose their place."""
    if first(connection, "SELECT 1 FROM message WHERE conversation = ? AND origin > 0 LIMIT 1", (pk,)) is None:
        return
    following = value(
        connection,
        "SELECT min(time_ms) FROM message WHERE conversation = ? AND time_ms > ? AND origin = 0 AND position < ?",
        (pk, until_ms, ECHO_BASE),
    )
    connection.execute(
        "UPDATE message SET position = -key WHERE conversation = ? AND origin > 0 AND time_ms >= ? AND time_ms < ?",
        (pk, from_ms, messages.ALWAYS_MS if following is None else following),
    )


def unsettle_all(connection: apsw.Connection, pk: int) -> None:
    connection.execute("UPDATE message SET position = -key WHERE conversation = ? AND origin > 0", (pk,))


def unsettled(connection: apsw.Connection, pk: int, limit: int) -> list[int]:
    """The keys of up to `limit` rows that wait for their place."""
    return [
        row[0]
        for row in rows(
            connection, "SELECT key FROM message WHERE conversation = ? AND position < 0 LIMIT ?", (pk, limit)
        )
    ]


def settle_everything(connection: apsw.Connection) -> None:
    """After a crash in the middle of an import or its undoing: what it brought gets its place."""
    search.clean_again(connection)
    for (pk,) in rows(connection, "SELECT DISTINCT conversation FROM message WHERE position < 0"):
        settle(connection, pk)


def _ensure(connection: apsw.Connection, conversation: ConversationId, time_ms: int) -> int:
    if conversation.type is ConversationType.GROUP and conversations.find(connection, conversation) is None:
        raise NotFound("There is no such group here.")
    return conversations.ensure(connection, conversation, time_ms)


def _is_on_server(connection: apsw.Connection, pk: int, item: LocalMessage) -> bool:
    """The server's own copy of a row is here, maybe deleted or revoked: an import must not double or revive it."""
    if item.message_id and first(connection, "SELECT 1 FROM message WHERE message_id = ?", (item.message_id,)):
        return True
    if not item.rand:
        return False
    found = first(
        connection,
        "SELECT 1 FROM message WHERE conversation = ? AND rand = ? AND sender = ? "
        "AND time_ms / 1000 = ? AND origin = 0",
        (pk, item.rand, item.sender, item.server_time_s or item.client_time_s),
    )
    return found is not None


_ANCHOR = (
    "SELECT s.position FROM message s WHERE s.conversation = {pk} AND s.time_ms <= {time} AND s.origin = 0 "  # noqa: S608
    f"AND s.position > 0 AND s.position < {ECHO_BASE} ORDER BY s.time_ms DESC, s.position DESC LIMIT 1"
)


def _place_one(connection: apsw.Connection, pk: int, key: int, time_ms: int, given_seq: int) -> bool:
    """The usual case, one new row: between its neighbours, if there is room."""
    anchor = value(connection, _ANCHOR.format(pk="?1", time="?2"), (pk, time_ms)) or 0
    after = value(
        connection,
        "SELECT position FROM message WHERE conversation = ?1 AND position > ?2 AND position < ?2 + ?3 "
        "AND (time_ms, given_seq, key) < (?4, ?5, ?6) ORDER BY position DESC LIMIT 1",
        (pk, anchor, STRIDE, time_ms, given_seq, key),
    )
    lower = anchor if after is None else after
    upper = value(
        connection,
        "SELECT min(position) FROM message WHERE conversation = ?1 AND position > ?2 AND position < ?3",
        (pk, lower, anchor + STRIDE),
    )
    room = (anchor + STRIDE if upper is None else upper) - lower
    if room < 2:
        return False
    # Rather near the predecessor: what comes next most often belongs behind this one.
    position = lower + max(1, min(_STEP, room // 16))
    connection.execute("UPDATE message SET position = ? WHERE key = ?", (position, key))
    return True


def _place_all(connection: apsw.Connection, pk: int) -> int:
    """Many rows, or no room for one: the places behind every message concerned are given anew."""
    for table in ("placing", "placed"):
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    connection.execute(
        "CREATE TEMP TABLE placing AS SELECT m.key, m.time_ms, m.given_seq, "  # noqa: S608 - our own columns
        f"coalesce(({_ANCHOR.format(pk='?1', time='m.time_ms')}), 0) AS anchor "
        "FROM message m WHERE m.conversation = ?1 AND m.position < 0",
        (pk,),
    )
    count = connection.changes()
    connection.execute(
        "INSERT INTO temp.placing SELECT m.key, m.time_ms, m.given_seq, a.anchor "
        "FROM (SELECT DISTINCT anchor FROM temp.placing) a "
        "JOIN message m ON m.conversation = ?1 AND m.position > a.anchor AND m.position < a.anchor + ?2",
        (pk, STRIDE),
    )
    neighbours = connection.changes()
    most = int(value(connection, "SELECT max(n) FROM (SELECT count(*) AS n FROM temp.placing GROUP BY anchor)"))
    if most >= STRIDE:
        raise InputError("These are more messages between two others than chatdesk can hold.")
    # Half of the room stays free behind them where it can, for what comes later.
    spacing = max(1, min(_SPACING, STRIDE // 2 // (most + 1)))
    connection.execute("CREATE TEMP TABLE placed(key INTEGER PRIMARY KEY, position INTEGER NOT NULL)")
    connection.execute(
        "INSERT INTO placed SELECT key, anchor + ?1 * row_number() OVER "
        "(PARTITION BY anchor ORDER BY time_ms, given_seq, key) FROM temp.placing",
        (spacing,),
    )
    connection.execute("DROP TABLE temp.placing")
    if neighbours:  # everybody leaves the old place before anybody takes a new one
        _move(connection, "-m.key")
    _move(connection, "p.position")
    connection.execute("DROP TABLE temp.placed")
    return count


def _move(connection: apsw.Connection, target: str) -> None:
    """Set the positions of all rows in `placed`, some at a time: SQLite keeps a copy of every page one statement
    changes, which for a large import would be a copy of everything (measured: 30 MB for 100,000 messages). In the
    order of their keys, so that each page of the table is read once."""
    last = -1
    while (
        upto := value(
            connection,
            "SELECT max(key) FROM (SELECT key FROM temp.placed WHERE key > ? ORDER BY key LIMIT ?)",
            (last, _MOVED_AT_ONCE),
        )
    ) is not None:
        connection.execute(
            f"UPDATE message AS m SET position = {target} FROM temp.placed p "  # noqa: S608 - our own columns
            f"WHERE p.key > ? AND p.key <= ? AND m.key = p.key AND m.position IS NOT {target}",
            (last, upto),
        )
        last = upto


def change_note(connection: apsw.Connection, key: int, elements: Sequence[Element]) -> Message | None:
    """Let a saved message say something else; None when there is no such one."""
    connection.execute(
        "UPDATE message SET elements = ? WHERE key = ? AND origin = ? AND is_deleted = 0",
        (encode_elements(elements), key, int(MessageOrigin.SAVED)),
    )
    return messages.get(connection, key) if connection.changes() else None


SAVED_STATES = frozenset({MessageState.SYNCED, MessageState.FAILED, MessageState.REVOKED})
"""What a local row may be; the others mean that something is on its way."""
