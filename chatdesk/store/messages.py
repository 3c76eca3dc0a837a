"""Messages: pages, changes of state, gaps, read positions. Runs in a store thread."""

from collections.abc import Sequence

import apsw
from msgspec import Struct

from chatdesk.domain.changes import Gap
from chatdesk.domain.elements import Element, Media, kind_of, media_of
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.locators import Locator
from chatdesk.domain.messages import ECHO_BASE, Message, MessageState
from chatdesk.domain.receipts import Receipt
from chatdesk.domain.wording import pack
from chatdesk.store import conversations
from chatdesk.store.rows import (
    MESSAGE_QUERY,
    decode_elements,
    encode_elements,
    first,
    messages_by_key,
    messages_of,
    one_message,
    rows,
)

SHOWN, DELETED, HIDDEN, BLOCKED = 0, 1, 2, 3
"""Values of is_deleted. HIDDEN: all is kept as long as that can be undone; BLOCKED: as long as the sender is."""
TOP = 1 << 63
"""Above every position, echoes included."""
_CHUNK = 500
ALWAYS_MS = 1 << 62


class Selection(Struct, frozen=True):
    """Which messages of a conversation are wanted: up to `count` next to one end of the open range of positions
    (above, below), from the low end when `newer`, of that time and with an element of one of `kinds` (empty: any).
    Not `tips`: nothing of what the system writes."""

    count: int
    above: int = 0
    below: int = TOP
    newer: bool = False
    from_ms: int = 0
    until_ms: int = ALWAYS_MS
    kinds: frozenset[str] = frozenset()
    tips: bool = True


def get(connection: apsw.Connection, key: int) -> Message | None:
    return next(iter(messages_by_key(connection, [key])), None)


def by_message_id(connection: apsw.Connection, message_id: str) -> Message | None:
    return one_message(connection, MESSAGE_QUERY + "WHERE m.message_id = ?", (message_id,))


def raw(connection: apsw.Connection, key: int) -> bytes:
    """What the server sent, as it came; empty for echoes and revoked messages."""
    row = first(connection, "SELECT json FROM raw WHERE key = ?", (key,))
    return row[0] if row else b""


def address(connection: apsw.Connection, key: int) -> tuple[str, str] | None:
    """The channel and the server's id of a message; None when the server does not know it."""
    row = first(connection, "SELECT channel, message_id FROM message WHERE key = ?", (key,))
    return (row[0], row[1]) if row and row[0] and row[1] else None


def raw_edits(connection: apsw.Connection, key: int) -> tuple[bytes, ...]:
    """What the server sent as edits of a message, oldest first, as they came."""
    found = rows(
        connection,
        "SELECT e.raw FROM edit e JOIN message m ON e.target_id = m.message_id AND e.sender = m.sender "
        "WHERE m.key = ? AND e.raw <> x'' ORDER BY e.time_ms, e.own_id",
        (key,),
    )
    return tuple(row[0] for row in found)


def by_name(connection: apsw.Connection, conversation: ConversationId, name: str) -> Message | None:
    """The message with this message id, transaction id or local id; deleted ones included."""
    pk = conversations.find(connection, conversation)
    for column in ("message_id", "txn_id", "local_id"):
        query = f"{MESSAGE_QUERY}WHERE m.{column} = ? AND m.conversation = ?"
        message = one_message(connection, query, (name, pk)) if name else None
        if message is not None:
            return message
    return None


def find(connection: apsw.Connection, key: int) -> Message | None:
    """Like `get`, deleted ones included."""
    return one_message(connection, MESSAGE_QUERY + "WHERE m.key = ?", (key,))


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
    lowest = gap.position if gap else 1
    found = rows(
        connection,
        MESSAGE_QUERY + "WHERE m.conversation = ? AND m.position >= ? AND m.position < ? AND m.is_deleted = 0 "
        "ORDER BY m.position DESC LIMIT ?",
        (pk, lowest, min(before, TOP - 1), limit),
    )
    messages = tuple(messages_of(connection, reversed(found)))
    return messages, gap if len(messages) < limit else None


def page_newer(
    connection: apsw.Connection, conversation: ConversationId, after: int, limit: int
) -> tuple[tuple[Message, ...], Gap | None]:
    """Up to `limit` messages just above position `after`, oldest first, and the gap the page ends at, if any.

    A page never reaches across a gap. Fewer messages than `limit` and no gap: these are the newest.
    """
    pk = conversations.find(connection, conversation)
    if pk is None:
        return (), None
    row = first(
        connection,
        "SELECT id, channel, position, token FROM gap WHERE conversation = ? AND position > ? AND is_refused = 0 "
        "ORDER BY position LIMIT 1",
        (pk, min(after, TOP - 1)),
    )
    gap = None if row is None else Gap(row[0], conversation, row[1], row[2], row[3])
    found = rows(
        connection,
        MESSAGE_QUERY + "WHERE m.conversation = ? AND m.position > ? AND m.position < ? AND m.is_deleted = 0 "
        "ORDER BY m.position LIMIT ?",
        (pk, min(after, TOP - 1), gap.position if gap else TOP - 1, limit),
    )
    messages = tuple(messages_of(connection, found))
    return messages, gap if len(messages) < limit else None


def first_since(connection: apsw.Connection, conversation: ConversationId, time_ms: int) -> int | None:
    """The key of the first message of this time or later, among those the server or this machine has placed.

    Positions follow time closely, so the place is found by halving: no index by time is needed.
    """
    pk = conversations.find(connection, conversation)
    query = (
        "SELECT key, position, time_ms FROM message WHERE conversation = ? AND position >= ? AND position < ? "
        "AND is_deleted = 0 ORDER BY position LIMIT 1"
    )
    low, high = 1, ECHO_BASE
    key = None
    while low < high:
        middle = (low + high) // 2
        found = first(connection, query, (pk, middle, high))
        if found is None:
            high = middle
        elif found[2] >= time_ms:
            key, high = found[0], middle
        else:
            low = found[1] + 1
    return key


def highest_gap(connection: apsw.Connection, pk: int, conversation: ConversationId, before: int) -> Gap | None:
    row = first(
        connection,
        "SELECT id, channel, position, token FROM gap WHERE conversation = ? AND position <= ? AND is_refused = 0 "
        "ORDER BY position DESC LIMIT 1",
        (pk, min(before, TOP - 1)),
    )
    return None if row is None else Gap(row[0], conversation, row[1], row[2], row[3])


def delete_here(connection: apsw.Connection, keys: Sequence[int]) -> list[tuple[ConversationId, int]]:
    """Hide messages on this device for good: a later sync does not bring them back."""
    gone: list[tuple[ConversationId, int]] = []
    for key in keys:
        message = find(connection, key)
        state = first(connection, "SELECT is_deleted FROM message WHERE key = ?", (key,))
        if message is None or state == (DELETED,):
            continue
        tried = first(connection, "SELECT 1 FROM outbox WHERE key = ? AND attempted_ms > 0 AND NOT is_paused", (key,))
        if message.message_id or tried:
            # Tried: it may have arrived although no answer came. The sync then finds this row and it stays hidden.
            connection.execute(f"UPDATE message SET {_EMPTIED} WHERE key = ?", (key,))  # noqa: S608
            drop_relations(connection, "key = ?", (key,))
            connection.execute("DELETE FROM raw WHERE key = ?", (key,))
            # A revocation that waits still happens: it is for everybody.
            connection.execute("DELETE FROM outbox WHERE key = ? AND kind = 1", (key,))
        else:
            remove(connection, key)
        gone.append((message.conversation, key))
    return gone


def remove(connection: apsw.Connection, key: int) -> None:
    """Forget a message that the server never had, with everything queued for it."""
    connection.execute("DELETE FROM outbox WHERE key = ?", (key,))
    drop_relations(connection, "key = ?", (key,))
    connection.execute("DELETE FROM message WHERE key = ?", (key,))


def clear_here(connection: apsw.Connection, pk: int) -> None:
    """Hide everything of a conversation for good; own messages that still have to leave stay."""
    connection.execute("DELETE FROM gap WHERE conversation = ?", (pk,))
    connection.execute(
        "UPDATE channel SET cleared_ms = max(cleared_ms, coalesce((SELECT max(time_ms) FROM message m "
        "WHERE m.channel = channel.id AND m.origin = 0 AND m.message_id IS NOT NULL), 0)) WHERE conversation = ?",
        (pk,),
    )
    connection.execute(
        "DELETE FROM message WHERE conversation = ?1 AND (origin > 0 OR (position >= ?2 AND state = ?3))",
        (pk, ECHO_BASE, int(MessageState.FAILED)),
    )
    _hide(connection, "conversation = ? AND position < ?", (pk, ECHO_BASE))


def clear_up_to(connection: apsw.Connection, channel: str, message_id: str, time_ms: int) -> bool:
    """The account cleared a channel on some device; True when that hides anything here."""
    row = first(connection, "SELECT cleared_id FROM channel WHERE id = ?", (channel,))
    if row is None or row[0] == message_id:
        return False
    connection.execute("UPDATE channel SET cleared_id = ?, cleared_ms = ? WHERE id = ?", (message_id, time_ms, channel))
    last = first(
        connection, "SELECT position FROM message WHERE message_id = ? AND position < ?", (message_id, ECHO_BASE)
    )
    if last is not None:
        connection.execute("DELETE FROM gap WHERE channel = ? AND position <= ?", (channel, last[0]))
        return _hide(connection, "channel = ? AND position <= ? AND origin = 0", (channel, last[0]))
    # Its place is not known here, so everything of its time or earlier lies below it.
    return _hide(
        connection, "channel = ? AND position < ? AND origin = 0 AND time_ms <= ?", (channel, ECHO_BASE, time_ms)
    )


def hide_below(connection: apsw.Connection, channel: str, position: int) -> bool:
    """Everything the server has ordered below a position is cleared, also what is not loaded; True when that hides
    anything here."""
    connection.execute("DELETE FROM gap WHERE channel = ? AND position < ?", (channel, position))
    return _hide(connection, "channel = ? AND position < ? AND origin = 0", (channel, position))


def _hide(connection: apsw.Connection, where: str, bindings: tuple[int | str, ...]) -> bool:
    connection.execute(f"DELETE FROM raw WHERE key IN (SELECT key FROM message WHERE {where})", bindings)  # noqa: S608
    drop_relations(connection, where, bindings)
    hidden = connection.execute(
        f"UPDATE message SET {_EMPTIED} WHERE is_deleted <> 1 AND {where} RETURNING is_deleted",  # noqa: S608
        bindings,
    ).fetchall()
    return bool(hidden)


_EMPTIED = (
    "is_deleted = 1, elements = x'5b5d', original = NULL, original_mentions = NULL, edited_ms = 0, is_edit_pending = 0"
)


def drop_relations(connection: apsw.Connection, where: str, bindings: tuple[int | str, ...]) -> None:
    """What was said about messages that go: edits hold their content. What still has to leave stays."""
    for table, kinds in (("edit", "3"), ("reaction", "4, 5")):
        connection.execute(
            f"DELETE FROM {table} WHERE target_id IN "  # noqa: S608 - our own names
            f"(SELECT coalesce(message_id, txn_id) FROM message WHERE {where}) "
            f"AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.kind IN ({kinds}) AND o.relation = {table}.id)",
            bindings,
        )


def find_by_locator(connection: apsw.Connection, conversation: ConversationId, locator: Locator) -> Message | None:
    """The message a locator names, revoked and deleted ones included."""
    pk = conversations.find(connection, conversation)
    if pk is None:
        return None
    if locator.number:
        where, bindings = "m.rand = ?", (pk, locator.number)
    else:
        where, bindings = "m.position = ?", (pk, locator.seq)
    found = messages_of(connection, rows(connection, f"{MESSAGE_QUERY}WHERE m.conversation = ? AND {where}", bindings))
    fitting = [message for message in found if locator.fits(message)]
    return min(fitting, key=lambda message: message.seq != locator.seq) if fitting else None


def select(connection: apsw.Connection, conversation: ConversationId, wanted: Selection) -> tuple[Message, ...]:
    """What the store has of a selection, oldest first; gaps do not matter here."""
    pk = conversations.find(connection, conversation)
    if pk is None:
        return ()
    found: list[Message] = []
    low, high = max(wanted.above + 1, 1), min(wanted.below, TOP - 1)
    order = "ASC" if wanted.newer else "DESC"
    while len(found) < wanted.count:
        chunk = rows(
            connection,
            f"{MESSAGE_QUERY}WHERE m.conversation = ? AND m.position >= ? AND m.position < ? AND m.is_deleted = 0 "
            f"AND m.time_ms >= ? AND m.time_ms < ? AND m.is_tip <= ? ORDER BY m.position {order} LIMIT ?",
            (
                pk,
                low,
                high,
                wanted.from_ms,
                wanted.until_ms,
                wanted.tips,
                min(max(wanted.count - len(found), 1), _CHUNK),
            ),
        )
        if not chunk:
            break
        messages = messages_of(connection, chunk)
        found += (m for m in messages if not wanted.kinds or any(kind_of(e) in wanted.kinds for e in m.elements))
        if wanted.newer:
            low = messages[-1].position + 1
        else:
            high = messages[-1].position
    return tuple(found if wanted.newer else reversed(found))


def at_positions(
    connection: apsw.Connection, conversation: ConversationId, positions: Sequence[int]
) -> tuple[Message, ...]:
    """The messages at these positions, oldest first."""
    pk = conversations.find(connection, conversation)
    query = f"{MESSAGE_QUERY}WHERE m.conversation = ? AND m.position = ? AND m.is_deleted = 0"
    wanted = sorted({position for position in positions if 0 < position < ECHO_BASE})
    found = (first(connection, query, (pk, position)) for position in wanted)
    return tuple(messages_of(connection, (row for row in found if row is not None)))


def gap_between(
    connection: apsw.Connection,
    conversation: ConversationId,
    low: int,
    high: int,
    newest: bool,
    from_ms: int = 0,
    until_ms: int = ALWAYS_MS,
) -> Gap | None:
    """A gap whose missing messages may lie between two positions and two times: the newest or the oldest such.

    Between times: not one whose upper neighbour is older than `from_ms` or whose lower one is not older than `until_ms`
    (clocks differ, but the search must end somewhere).
    """
    pk = conversations.find(connection, conversation)
    for row in rows(
        connection,
        "SELECT id, channel, position, token FROM gap WHERE conversation = ? AND position > ? AND position <= ? "  # noqa: S608
        f"AND is_refused = 0 ORDER BY position {'DESC' if newest else 'ASC'}",
        (pk, low, min(high, TOP - 1)),
    ):
        if from_ms:
            above = first(
                connection,
                "SELECT time_ms FROM message WHERE conversation = ? AND position >= ? AND position < ? AND origin = 0 "
                "ORDER BY position LIMIT 1",
                (pk, row[2], ECHO_BASE),
            )
            if above is not None and above[0] < from_ms:
                continue
        if until_ms < ALWAYS_MS:
            below = first(
                connection,
                "SELECT time_ms FROM message WHERE conversation = ? AND position > 0 AND position < ? AND origin = 0 "
                "ORDER BY position DESC LIMIT 1",
                (pk, row[2]),
            )
            if below is not None and below[0] >= until_ms:
                continue
        return Gap(row[0], conversation, row[1], row[2], row[3])
    return None


def position_at(connection: apsw.Connection, conversation: ConversationId, time_ms: int | None) -> int | None:
    """The position up to which the conversation had come at a time (None: now); None when there is nothing."""
    pk = conversations.find(connection, conversation)
    row = first(
        connection,
        "SELECT max(position) FROM message WHERE conversation = ? AND position > 0 AND position < ? AND time_ms <= ?",
        (pk, ECHO_BASE, (1 << 62) if time_ms is None else time_ms),
    )
    return None if row is None else row[0]


def newest_ids(
    connection: apsw.Connection, conversation: ConversationId, position: int
) -> tuple[tuple[str, str, int], ...]:
    """(channel, newest message id up to `position`, its time), for each channel of a conversation."""
    pk = conversations.find(connection, conversation)
    found: list[tuple[str, str, int]] = []
    for channel, _, _ in conversations.channels(connection, conversation):
        row = first(
            connection,
            "SELECT message_id, time_ms FROM message WHERE conversation = ? AND position <= ? AND channel = ? "
            "AND message_id IS NOT NULL ORDER BY position DESC LIMIT 1",
            (pk, position, channel),
        )
        if row is not None:
            found.append((channel, row[0], row[1]))
    return tuple(found)


def media_at(connection: apsw.Connection, uri: str) -> Media | None:
    """What is known of the file at an address: from the newest message that carries it."""
    found = rows(
        connection,
        "SELECT elements FROM message WHERE instr(elements, CAST(? AS BLOB)) ORDER BY key DESC LIMIT 5",
        (uri,),
    )
    for row in found:
        for element in decode_elements(row[0]):
            for media in (media_of(element), getattr(element, "thumbnail", None)):
                if media is not None and media.uri == uri:
                    return media
    return None


def revoke(connection: apsw.Connection, key: int, by: str, reason: str) -> None:
    """Turn a message into its tombstone: content, raw form and local pictures go; place, time and rand stay."""
    for row in rows(
        connection,
        "SELECT elements FROM message WHERE key = ?1 UNION ALL SELECT original FROM message WHERE key = ?1 "
        "AND original IS NOT NULL UNION ALL SELECT e.elements FROM edit e JOIN message m "
        "ON e.target_id = m.message_id WHERE m.key = ?1",
        (key,),
    ):
        for element in decode_elements(row[0]):
            forget_pictures(connection, element)
    connection.execute(
        "UPDATE message SET state = ?, elements = ?, revoked_by = ?, revoke_reason = ?, failure = '', "
        "cloud_custom = '', original = NULL, original_mentions = NULL, edited_ms = 0, is_edit_pending = 0, "
        "reply_to = '', thread = '', is_forwarded = 0 WHERE key = ?",
        (int(MessageState.REVOKED), b"[]", by, reason, key),
    )
    connection.execute("DELETE FROM raw WHERE key = ?", (key,))
    connection.execute("DELETE FROM outbox WHERE key = ?", (key,))
    drop_relations(connection, "key = ?", (key,))


def forget_pictures(connection: apsw.Connection, element: Element) -> None:
    thumbnail = getattr(element, "thumbnail", None)
    for media in (media_of(element), thumbnail):
        if media is not None and media.uri:
            connection.execute("DELETE FROM thumbnail WHERE uri = ?", (media.uri,))
            connection.execute("INSERT INTO temp.forgotten VALUES (?)", (media.uri,))


def set_state(connection: apsw.Connection, key: int, state: MessageState, failure: str = "") -> None:
    connection.execute("UPDATE message SET state = ?, failure = ? WHERE key = ?", (int(state), pack(failure), key))


def forget_failure(connection: apsw.Connection, key: int) -> None:
    """Why something about a message did not work is of no interest any more once it is tried again."""
    connection.execute(
        "UPDATE message SET failure = '' WHERE key = ? AND failure <> '' AND state <> ?",
        (key, int(MessageState.FAILED)),
    )


def set_elements(connection: apsw.Connection, key: int, elements: Sequence[Element]) -> None:
    """What the message itself consists of; an edit of it stays in view."""
    connection.execute(
        "UPDATE message SET elements = iif(original IS NULL, ?1, elements), original = iif(original IS NULL, NULL, ?1) "
        "WHERE key = ?2",
        (encode_elements(elements), key),
    )


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
    for type_, id_, position in rows(
        connection, "SELECT type, id, read_position FROM conversation WHERE read_position > reported_position"
    ):
        conversation = ConversationId(ConversationType(type_), id_)
        newest = newest_ids(connection, conversation, position)
        found.append((conversation, position, tuple((channel, message_id) for channel, message_id, _ in newest)))
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
