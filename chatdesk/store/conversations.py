"""Conversations, their channels and people. Runs in a store thread.

A conversation's row in the list is computed from its channels, its people and its newest real message, so that there is
no copy that could disagree.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import apsw
import msgspec

from chatdesk.domain.conversations import Conversation, Member, Membership, Mention
from chatdesk.domain.ids import ConversationId, ConversationType, localpart
from chatdesk.domain.messages import ECHO_BASE, EVERYONE, RUN_STEP, STRIDE, Message, MessageState
from chatdesk.domain.powers import Powers
from chatdesk.store.rows import MESSAGE_QUERY, first, message_of, rows, value

_LIST_QUERY = """
SELECT c.pk, c.type, c.id, c.created_ms, c.read_position, c.draft,
       h.id, h.membership, h.is_hidden, h.name, h.topic, h.avatar_uri, h.inviter, h.heroes, h.is_encrypted,
       h.unread, h.mentions, h.joined_count, h.invited_count, h.powers, h.creators,
       h.is_pinned, EXISTS(SELECT 1 FROM muted WHERE channel = h.id), h.is_marked,
       c.pin_wish & 1, c.mute_wish & 1, c.mark_wish & 1, c.draft_ms,
       EXISTS(SELECT 1 FROM blocked WHERE user_id = h.inviter),
       EXISTS(SELECT 1 FROM blocked WHERE user_id = c.id), h.pinned, c.muted_until_ms
FROM conversation c LEFT JOIN channel h ON h.conversation = c.pk
"""
_FIRST_QUERY = """
SELECT c.pk FROM conversation c JOIN channel h ON h.conversation = c.pk
WHERE h.is_hidden = 0 AND NOT (h.membership = 2 AND EXISTS(SELECT 1 FROM blocked WHERE user_id = h.inviter))
GROUP BY c.pk HAVING min(h.membership) <> 5
ORDER BY min(h.membership) <> 2, NOT coalesce(c.pin_wish & 1, max(h.is_pinned)), coalesce(
    (SELECT time_ms FROM message WHERE conversation = c.pk AND is_tip = 0 AND is_deleted = 0 AND position > 0
     ORDER BY position DESC LIMIT 1),
    (SELECT time_ms FROM message WHERE conversation = c.pk AND is_tip = 0 AND position > 0
     ORDER BY position DESC LIMIT 1),
    c.created_ms) DESC, c.type, c.id
LIMIT ?
"""
"""Which conversations come first in the list: the order that is made of the built ones, without building them. A
membership of 2 is an invitation, 5 is none."""
_FOLDS: dict[int, Callable[[Iterable[Any]], Any]] = {
    14: max,  # is_encrypted
    15: sum,  # unread
    16: sum,  # mentions
    17: max,  # joined_count
    18: max,  # invited_count
    21: max,  # is_pinned
    22: max,  # is muted
    23: max,  # is_marked
}
"""Columns of _LIST_QUERY that all channels of a conversation count for."""
# Calling an enumeration costs as much as the rest of its row.
_TYPES = {int(kind): kind for kind in ConversationType}
_MEMBERSHIPS = {int(membership): membership for membership in Membership}
_MOST_COUNTED = 100
_MOST_LOOKED_AT = 1000
_NO_POWERS = Powers()
_POWERS = msgspec.json.Decoder(Powers)
_NAMES = msgspec.json.Decoder(tuple[str, ...])
_NEWEST_QUERY = MESSAGE_QUERY + (
    "WHERE m.conversation = ? AND m.is_tip = 0 AND m.is_deleted = 0 AND m.position > 0 ORDER BY m.position DESC LIMIT 1"
)


def find(connection: apsw.Connection, conversation: ConversationId) -> int | None:
    """The store's own number of a conversation."""
    row = first(
        connection, "SELECT pk FROM conversation WHERE type = ? AND id = ?", (int(conversation.type), conversation.id)
    )
    return None if row is None else int(row[0])


def ensure(connection: apsw.Connection, conversation: ConversationId, time_ms: int) -> int:
    pk = find(connection, conversation)
    if pk is None:
        connection.execute(
            "INSERT INTO conversation(type, id, created_ms) VALUES (?, ?, ?)",
            (int(conversation.type), conversation.id, time_ms),
        )
        pk = connection.last_insert_rowid()
    return pk


def unordered(connection: apsw.Connection, own_user_id: str) -> list[Conversation]:
    """All that are to be shown."""
    return _build(connection, rows(connection, _LIST_QUERY + "ORDER BY c.pk"), own_user_id)


def some(
    connection: apsw.Connection, own_user_id: str, pks: range, without: Collection[ConversationId]
) -> list[Conversation]:
    """Those of these numbers that are to be shown."""
    found = rows(connection, _LIST_QUERY + "WHERE c.pk BETWEEN ? AND ? ORDER BY c.pk", (pks[0], pks[-1]))
    return _build(connection, [row for row in found if (row[1], row[2]) not in without], own_user_id)


def count(connection: apsw.Connection) -> tuple[int, int]:
    """How many there are, also those that are not shown, and the highest number of one."""
    number, highest = rows(connection, "SELECT count(*), coalesce(max(pk), 0) FROM conversation")[0]
    return number, highest


def first_shown(
    connection: apsw.Connection, own_user_id: str, count: int, besides: ConversationId | None
) -> tuple[Conversation, ...]:
    """The first so many of those that have a row in the list, and one that may be further down: building all of 3,000
    takes ten times as long."""
    pks = {pk for (pk,) in rows(connection, _FIRST_QUERY, (count,))}
    if besides is not None and (pk := find(connection, besides)) is not None:
        pks.add(pk)
    return by_pk(connection, pks, own_user_id)[0]


def all_visible(connection: apsw.Connection, own_user_id: str) -> tuple[Conversation, ...]:
    """The conversation list: pinned ones, then the newest."""
    return tuple(sorted(unordered(connection, own_user_id), key=lambda c: (not c.is_pinned, -c.sort_time_ms, c.id)))


def by_pk(
    connection: apsw.Connection, pks: Iterable[int], own_user_id: str
) -> tuple[tuple[Conversation, ...], tuple[ConversationId, ...]]:
    """The conversations with these numbers that are to be shown, and the ids of those that are not."""
    shown: list[Conversation] = []
    hidden: list[ConversationId] = []
    for pk in pks:
        found = rows(connection, _LIST_QUERY + "WHERE c.pk = ?", (pk,))
        conversations = _build(connection, found, own_user_id)
        shown += conversations
        if found and not conversations:
            hidden.append(ConversationId(ConversationType(found[0][1]), found[0][2]))
    return tuple(shown), tuple(hidden)


def get(connection: apsw.Connection, conversation: ConversationId, own_user_id: str) -> Conversation | None:
    pk = find(connection, conversation)
    if pk is None:
        return None
    shown, _ = by_pk(connection, [pk], own_user_id)
    return shown[0] if shown else None


def _build(connection: apsw.Connection, found: Sequence[Sequence[Any]], own_user_id: str) -> list[Conversation]:
    by_conversation: dict[int, list[Sequence[Any]]] = {}
    built: list[Conversation] = []
    for row in found:
        if row[6] is None:
            built += _unattached(connection, row)
        elif not row[8] and not (row[7] == Membership.INVITED and row[28]):
            by_conversation.setdefault(row[0], []).append(row)
    return [*built, *(_conversation(connection, rows, own_user_id) for rows in by_conversation.values())]


def _unattached(connection: apsw.Connection, row: Sequence[Any]) -> tuple[Conversation, ...]:
    """A conversation that only this machine knows (messages were imported), as long as there is something in it."""
    newest_row = first(connection, _NEWEST_QUERY, (row[0],))
    if newest_row is None:
        return ()
    newest = message_of(newest_row)
    id_ = ConversationId(ConversationType(row[1]), row[2])
    name = localpart(row[2])
    return (
        Conversation(
            id_,
            name,
            Membership.NONE,
            last_message=newest,
            sort_time_ms=newest.time_ms,
            draft=row[5],
            is_pinned=bool(row[24]),
            draft_ms=row[27],
        ),
    )


def _conversation(connection: apsw.Connection, channels: Sequence[Sequence[Any]], own_user_id: str) -> Conversation:
    best = channels[0] if len(channels) == 1 else _together(channels)
    pk, type_, id_, created_ms, read_position, draft, channel, membership, _, name, topic, avatar, inviter = best[:13]
    conversation = ConversationId(_TYPES[type_], id_)
    newest_row = first(connection, _NEWEST_QUERY, (pk,))
    newest = None if newest_row is None else message_of(newest_row)
    peer_avatar = ""
    if conversation.type is ConversationType.C2C:
        name, peer_avatar = _person(connection, channel, id_)
    elif not name:
        name = _group_name(connection, channel, msgspec.json.decode(best[13], type=list[str]), own_user_id)
    has_unread = (
        newest is None or (newest_ordered(connection, pk) if newest.is_echo else newest.position) > read_position
    )
    is_pinned, is_muted, is_marked = (
        bool(has) if wished is None else bool(wished) for has, wished in zip(best[21:24], best[24:27], strict=True)
    )
    unread = 0
    if has_unread:
        is_untold = conversation.type is ConversationType.C2C and not read_position
        is_untold = is_untold and not _has_receipt(connection, pk, own_user_id)
        unread = _unread(connection, pk, read_position, best[15], is_muted or is_untold)
    return Conversation(
        id=conversation,
        name=name,
        membership=_MEMBERSHIPS[membership],
        avatar_uri=avatar or peer_avatar,
        topic=topic,
        inviter=inviter,
        inviter_name=_person(connection, channel, inviter)[0] if inviter else "",
        is_encrypted=bool(best[14]),
        unread=unread,
        mentions=best[16] if has_unread else 0,
        member_count=best[17],
        invited_count=best[18],
        last_message=newest,
        sort_time_ms=newest.time_ms if newest is not None else _time_of_gone(connection, pk) or created_ms,
        draft=draft,
        read_position=read_position,
        draft_ms=best[27],
        is_pinned=is_pinned,
        is_muted=is_muted,
        muted_until_ms=best[31] if is_muted else 0,
        is_marked_unread=is_marked,
        is_last_read=newest is not None and newest.is_self and _is_read(connection, pk, newest),
        is_blocked=bool(best[29]),
        unread_mentions=_mentions(connection, pk, read_position, own_user_id) if best[16] else (),
        powers=_powers(best[19], best[20]),
        pinned_messages=tuple(name for row in channels if row[30] != "[]" for name in _NAMES.decode(row[30])),
    )


def _together(channels: Sequence[Sequence[Any]]) -> Sequence[Any]:
    """The row of a conversation that several channels carry: the best one's, with what they say together."""
    best = min(channels, key=lambda row: (row[7], row[6]))
    together = list(best)
    for column, fold in _FOLDS.items():
        together[column] = fold(row[column] for row in channels)
    return together


def _powers(powers: str, creators: str) -> Powers:
    if powers == "{}" and creators == "[]":
        return _NO_POWERS
    return _POWERS.decode(powers).with_creators(_NAMES.decode(creators))


def _time_of_gone(connection: apsw.Connection, pk: int) -> int:
    """When the newest message was sent that is no longer to be seen; 0 when there never was one."""
    return (
        value(
            connection,
            "SELECT time_ms FROM message WHERE conversation = ? AND is_tip = 0 AND position > 0 "
            "ORDER BY position DESC LIMIT 1",
            (pk,),
        )
        or 0
    )


def _mentions(connection: apsw.Connection, pk: int, read_position: int, own_user_id: str) -> tuple[Mention, ...]:
    found = (
        (position, _NAMES.decode(names))
        for position, names in rows(
            connection,
            "SELECT position, mentions FROM message WHERE conversation = ? AND position > ? AND position < ? "
            "AND is_tip = 0 AND is_deleted = 0 AND is_self = 0 AND mentions <> '[]' AND state <> ? "
            "ORDER BY position LIMIT ?",
            (pk, read_position, ECHO_BASE, int(MessageState.REVOKED), _MOST_COUNTED),
        )
    )
    marked = (Mention(position, own_user_id in names, EVERYONE in names) for position, names in found)
    return tuple(mention for mention in marked if mention.is_for_me or mention.is_for_all)


def _has_receipt(connection: apsw.Connection, pk: int, user_id: str) -> bool:
    """Whether somebody has read something here, which may be no message: a reaction, a name."""
    query = (
        "SELECT 1 FROM receipt r JOIN channel h ON h.id = r.channel WHERE h.conversation = ? AND r.user_id = ? LIMIT 1"
    )
    return bool(rows(connection, query, (pk, user_id)))


def _unread(connection: apsw.Connection, pk: int, read_position: int, told: int, is_more: bool) -> int:
    """What the server told, where this machine does not know better. The server also counts what is no message, like an
    invitation; it counts only what it would tell (`is_more`: not what is muted), and nothing from before the account
    came in, which in a first conversation is the very first message."""
    if not told and not is_more:
        return 0
    here = _count_unread(connection, pk, read_position)
    if is_more:
        return max(told, here)
    return told if _highest_gap(connection, pk) > read_position else min(told, here)


def _count_unread(connection: apsw.Connection, pk: int, read_position: int) -> int:
    """How many messages of others are not read, counted here, from the newest on and not further than anybody wants to
    know: neither more of them, nor behind ever so many own ones."""
    return int(
        value(
            connection,
            "SELECT count(*) FROM (SELECT 1 FROM (SELECT is_self, state FROM message WHERE conversation = ? "
            "AND position > ? AND position < ? AND is_tip = 0 AND is_deleted = 0 ORDER BY position DESC LIMIT ?) "
            "WHERE is_self = 0 AND state <> ? LIMIT ?)",
            (pk, read_position, ECHO_BASE, _MOST_LOOKED_AT, int(MessageState.REVOKED), _MOST_COUNTED),
        )
    )


def _is_read(connection: apsw.Connection, pk: int, message: Message) -> bool:
    """Whether anybody else has read as far as this own message. Nobody can have before it was written: the time spares
    looking at the receipts of a large group one by one."""
    return not message.is_echo and bool(
        rows(
            connection,
            "SELECT 1 FROM receipt r JOIN channel h ON h.id = r.channel "
            "LEFT JOIN message m ON m.message_id = r.message_id "
            "WHERE h.conversation = ? AND r.user_id <> ? AND r.time_ms >= ? AND coalesce(m.position >= ?, 1) LIMIT 1",
            (pk, message.sender, message.time_ms, message.position),
        )
    )


def newest_ordered(connection: apsw.Connection, pk: int) -> int:
    """The position of the newest real message that is not an echo; 0 when there is none."""
    return (
        value(
            connection,
            "SELECT position FROM message WHERE conversation = ? AND is_tip = 0 AND is_deleted = 0 AND position > 0 "
            "AND position < ? ORDER BY position DESC LIMIT 1",
            (pk, ECHO_BASE),
        )
        or 0
    )


def newest_is_own(connection: apsw.Connection, pk: int) -> bool:
    return bool(
        value(
            connection,
            "SELECT is_self FROM message WHERE conversation = ? AND is_tip = 0 AND is_deleted = 0 AND position > 0 "
            "ORDER BY position DESC LIMIT 1",
            (pk,),
        )
    )


def _person(connection: apsw.Connection, channel: str, user_id: str) -> tuple[str, str]:
    row = first(connection, "SELECT name, avatar_uri FROM member WHERE channel = ? AND user_id = ?", (channel, user_id))
    return (row[0] or localpart(user_id), row[1]) if row else (localpart(user_id), "")


def _group_name(connection: apsw.Connection, channel: str, heroes: Sequence[str], own_user_id: str) -> str:
    """A name for a group that has none: the people in it, as the Matrix specification asks clients to do."""
    people = [user for user in heroes if user != own_user_id]
    if not people:
        people = [
            row[0]
            for row in rows(
                connection,
                "SELECT user_id FROM member WHERE channel = ? AND user_id <> ? AND membership IN (1, 2) "
                "ORDER BY user_id LIMIT 5",
                (channel, own_user_id),
            )
        ]
    return ", ".join(_person(connection, channel, user)[0] for user in people) or channel


def channels(connection: apsw.Connection, conversation: ConversationId) -> tuple[tuple[str, Membership, bool], ...]:
    """The channels that carry a conversation: (channel, own membership, is_encrypted), the one to send on first.

    Both sides of a one-to-one conversation must choose the same channel: joined ones first, then the lowest id.
    """
    return tuple(
        (row[0], Membership(row[1]), bool(row[2]))
        for row in rows(
            connection,
            "SELECT h.id, h.membership, h.is_encrypted FROM channel h JOIN conversation c ON c.pk = h.conversation "
            "WHERE c.type = ? AND c.id = ? ORDER BY h.membership, h.id",
            (int(conversation.type), conversation.id),
        )
    )


def set_membership(
    connection: apsw.Connection, conversation: ConversationId, membership: Membership, is_hidden: bool
) -> int | None:
    """What the account itself just did, ahead of the sync that tells of it."""
    pk = find(connection, conversation)
    if pk is not None:
        connection.execute(
            "UPDATE channel SET membership = ?, is_hidden = ? WHERE conversation = ?", (int(membership), is_hidden, pk)
        )
    return pk


def set_draft(connection: apsw.Connection, conversation: ConversationId, text: str, time_ms: int) -> int | None:
    pk = find(connection, conversation)
    if pk is not None:
        connection.execute(
            "UPDATE conversation SET draft = ?, draft_ms = ? WHERE pk = ?", (text, time_ms if text else 0, pk)
        )
    return pk


def members(connection: apsw.Connection, conversation: ConversationId) -> tuple[Member, ...]:
    """Those known here; people who only read are loaded by the server's member list."""
    return tuple(
        Member(row[0], row[1] or localpart(row[0]), row[2], Membership(row[3]), _powers(row[4], row[5]).of(row[0]))
        for row in rows(
            connection,
            "SELECT m.user_id, m.name, m.avatar_uri, m.membership, h.powers, h.creators FROM member m "
            "JOIN channel h ON h.id = m.channel JOIN conversation c ON c.pk = h.conversation "
            "WHERE c.type = ? AND c.id = ? AND m.membership IN (1, 2) GROUP BY m.user_id ORDER BY m.name, m.user_id",
            (int(conversation.type), conversation.id),
        )
    )


def powers(connection: apsw.Connection, channel: str) -> Powers:
    row = first(connection, "SELECT powers, creators FROM channel WHERE id = ?", (channel,))
    return _NO_POWERS if row is None else _powers(row[0], row[1])


def put_members(connection: apsw.Connection, channel: str, people: Iterable[Member]) -> bool:
    """Store people; True when anything differs from what was known."""
    before = connection.total_changes()
    connection.executemany(
        "INSERT INTO member VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(channel, user_id) DO UPDATE SET "
        "name = excluded.name, avatar_uri = excluded.avatar_uri, membership = excluded.membership, "
        "power = excluded.power WHERE (name, avatar_uri, membership, power) IS NOT "
        "(excluded.name, excluded.avatar_uri, excluded.membership, excluded.power)",
        ((channel, p.user_id, p.name, p.avatar_uri, int(p.membership), p.power) for p in people),
    )
    return connection.total_changes() != before


def set_direct(connection: apsw.Connection, channel: str, peer: str, is_hint: bool) -> None:
    """Remember that a channel is one-to-one; a hint never overrules the account's own list."""
    connection.execute(
        "INSERT INTO direct VALUES (?, ?, ?) ON CONFLICT(channel) DO UPDATE SET "
        "peer = excluded.peer, is_hint = excluded.is_hint WHERE excluded.is_hint <= is_hint",
        (channel, peer, is_hint),
    )


def direct_peer(connection: apsw.Connection, channel: str) -> str:
    row = first(connection, "SELECT peer FROM direct WHERE channel = ?", (channel,))
    return row[0] if row else ""


def identify(connection: apsw.Connection, channel: str) -> ConversationId:
    """Which conversation a channel belongs to."""
    peer = direct_peer(connection, channel)
    return ConversationId(ConversationType.C2C, peer) if peer else ConversationId(ConversationType.GROUP, channel)


def newest_position(connection: apsw.Connection, pk: int) -> int:
    """The highest position below the echoes, local rows included; 0 when there is none."""
    newest = value(
        connection, "SELECT max(position) FROM message WHERE conversation = ? AND position < ?", (pk, ECHO_BASE)
    )
    return max(newest or 0, 0)


def newest_anchor(connection: apsw.Connection, pk: int) -> int:
    """The highest position the server has ordered; 0 when there is none."""
    return newest_position(connection, pk) // STRIDE * STRIDE


def next_position(connection: apsw.Connection, pk: int) -> int:
    """Where the next message the server brings belongs: behind every message, and not below any gap."""
    return max(newest_anchor(connection, pk) + STRIDE, _highest_gap(connection, pk), RUN_STEP)


def new_run(connection: apsw.Connection, pk: int) -> int:
    """The first position of a new run, with a whole step of room below it for history."""
    highest = max(newest_position(connection, pk), _highest_gap(connection, pk))
    return (-(-highest // RUN_STEP) + 1) * RUN_STEP


def _highest_gap(connection: apsw.Connection, pk: int) -> int:
    return value(connection, "SELECT max(position) FROM gap WHERE conversation = ?", (pk,)) or 0


def move_channel(connection: apsw.Connection, channel: str, target: ConversationId, time_ms: int) -> tuple[int, int]:
    """A channel turned out to belong to another conversation: take its messages along, in order.

    Returns the store's numbers of the old and the new conversation.
    """
    source_pk = int(value(connection, "SELECT conversation FROM channel WHERE id = ?", (channel,)))
    target_pk = ensure(connection, target, time_ms)
    if source_pk == target_pk:
        return source_pk, target_pk
    lowest = value(
        connection,
        "SELECT min(position) FROM (SELECT min(position) AS position FROM message WHERE channel = ?1 AND position < ?2 "
        "AND origin = 0 UNION ALL SELECT min(position) FROM gap WHERE channel = ?1)",
        (channel, ECHO_BASE),
    )
    if lowest is not None:
        # Below the lowest position its gap's history will come: keep that room by moving whole runs.
        shift = new_run(connection, target_pk) - (lowest // RUN_STEP) * RUN_STEP
        connection.execute(
            "UPDATE message SET position = position + ?, conversation = ? WHERE channel = ? AND position < ? "
            "AND origin = 0",
            (shift, target_pk, channel, ECHO_BASE),
        )
        connection.execute(
            "UPDATE gap SET position = position + ?, conversation = ? WHERE channel = ?", (shift, target_pk, channel)
        )
    # Local rows go along; the caller gives them their places anew.
    connection.execute(
        "UPDATE message SET position = -key, conversation = ?2 WHERE conversation = ?1 AND channel = ?3 AND origin > 0",
        (source_pk, target_pk, channel),
    )
    for (key,) in rows(
        connection,
        "SELECT key FROM message WHERE channel = ? AND position >= ? ORDER BY position",
        (channel, ECHO_BASE),
    ):
        connection.execute(
            "UPDATE message SET conversation = ?1, position = ?2 WHERE key = ?3",
            (target_pk, echo_position(connection, target_pk), key),
        )
        connection.execute("UPDATE outbox SET conversation = ? WHERE key = ?", (target_pk, key))
    connection.execute("UPDATE channel SET conversation = ? WHERE id = ?", (target_pk, channel))
    connection.execute(
        "UPDATE conversation SET draft = (SELECT draft FROM conversation WHERE pk = ?1) WHERE pk = ?2 AND draft = ''",
        (source_pk, target_pk),
    )
    connection.execute(
        "UPDATE conversation SET pin_wish = coalesce(conversation.pin_wish, s.pin_wish), "
        "mute_wish = coalesce(conversation.mute_wish, s.mute_wish), "
        "mark_wish = coalesce(conversation.mark_wish, s.mark_wish) "
        "FROM (SELECT pin_wish, mute_wish, mark_wish FROM conversation WHERE pk = ?) s WHERE pk = ?",
        (source_pk, target_pk),
    )
    connection.execute(
        "UPDATE conversation SET is_kept = 1 WHERE pk = ? AND (SELECT is_kept FROM conversation WHERE pk = ?)",
        (target_pk, source_pk),
    )
    return source_pk, target_pk


def drop_if_empty(connection: apsw.Connection, pk: int) -> ConversationId | None:
    """Remove a conversation no channel carries any more; its id when it went."""
    gone = rows(
        connection,
        "DELETE FROM conversation WHERE pk = ?1 "
        "AND NOT EXISTS (SELECT 1 FROM channel WHERE conversation = ?1) "
        "AND NOT EXISTS (SELECT 1 FROM message WHERE conversation = ?1) RETURNING type, id",
        (pk,),
    )
    return ConversationId(ConversationType(gone[0][0]), gone[0][1]) if gone else None


def of_messages(connection: apsw.Connection, keys: Sequence[int]) -> list[int]:
    """The store's numbers of the conversations these messages belong to."""
    return [
        row[0]
        for row in rows(
            connection,
            "SELECT DISTINCT conversation FROM message WHERE key IN (SELECT value FROM json_each(?))",
            (msgspec.json.encode(list(keys)).decode(),),
        )
    ]


def echo_position(connection: apsw.Connection, pk: int) -> int:
    """The next position below everything else in a conversation."""
    highest = value(
        connection, "SELECT max(position) FROM message WHERE conversation = ? AND position >= ?", (pk, ECHO_BASE)
    )
    return ECHO_BASE if highest is None else highest + 1
