"""Pins, mutes and marks of conversations: what is wished here, and what the server has. Runs in a store thread.

A wish counts until the server has been told; only then the server's word counts again, whichever device it came from.
A wish's column holds 0 or 1, and `_HEARD` once the server has spoken of the sign since: its word may be younger than
our request, even where it comes before the answer to it.
"""

import apsw

from chatdesk.domain.conversations import Membership, Sign
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.store.rows import rows, value
from chatdesk.store.touched import Touched

_WISHES = {Sign.PINNED: "pin_wish", Sign.MUTED: "mute_wish", Sign.UNREAD: "mark_wish"}
_COLUMNS = {Sign.PINNED: "is_pinned", Sign.UNREAD: "is_marked"}
_HEARD = 2


def wish(
    connection: apsw.Connection, conversation: ConversationId, sign: Sign, is_set: bool, until_ms: int = 0
) -> int | None:
    """The conversation shows this from now on, and the server is to be told. Its number, None when it is unknown.
    `until_ms`: when a muting ends by itself."""
    column = _WISHES[sign]
    if sign is Sign.MUTED:
        connection.execute(
            "UPDATE conversation SET muted_until_ms = ? WHERE type = ? AND id = ?",
            (until_ms if is_set else 0, int(conversation.type), conversation.id),
        )
    found = rows(
        connection,
        f"UPDATE conversation SET {column} = ? | coalesce({column} & {_HEARD}, 0) "  # noqa: S608
        "WHERE type = ? AND id = ? RETURNING pk",
        (is_set, int(conversation.type), conversation.id),
    )
    return int(found[0][0]) if found else None


def next_unmuted(connection: apsw.Connection) -> tuple[ConversationId, int] | None:
    """The muting that ends first, and when."""
    found = rows(
        connection,
        "SELECT type, id, muted_until_ms FROM conversation WHERE muted_until_ms > 0 ORDER BY muted_until_ms LIMIT 1",
    )
    return (ConversationId(ConversationType(found[0][0]), found[0][1]), found[0][2]) if found else None


def unreported(connection: apsw.Connection) -> tuple[tuple[ConversationId, Sign, bool, tuple[str, ...]], ...]:
    """What the server has not been told: (conversation, sign, whether it is set, the channels to tell it of)."""
    found: list[tuple[ConversationId, Sign, bool, tuple[str, ...]]] = []
    for pk, type_, id_, *wishes in rows(
        connection,
        "SELECT pk, type, id, pin_wish, mute_wish, mark_wish FROM conversation "
        "WHERE pin_wish IS NOT NULL OR mute_wish IS NOT NULL OR mark_wish IS NOT NULL",
    ):
        channels = tuple(
            row[0]
            for row in rows(
                connection,
                "SELECT id FROM channel WHERE conversation = ? AND membership = ?",
                (pk, int(Membership.JOINED)),
            )
        )
        conversation = ConversationId(ConversationType(type_), id_)
        found += [
            (conversation, sign, bool(wished & 1), channels)
            for sign, wished in zip(_WISHES, wishes, strict=True)
            if wished is not None
        ]
    return tuple(found)


def settle(
    connection: apsw.Connection, conversation: ConversationId, sign: Sign, is_set: bool, channels: tuple[str, ...]
) -> None:
    """The server has been told. What was wished differently meanwhile stays to be told."""
    column = _WISHES[sign]
    place = (int(conversation.type), conversation.id)
    where = "WHERE type = ? AND id = ?"
    heard = value(connection, f"SELECT {column} & {_HEARD} FROM conversation {where}", place)  # noqa: S608
    if not heard:  # otherwise the server's word is here or on its way
        for channel in channels:
            apply(connection, channel, sign, is_set)
    connection.execute(
        f"UPDATE conversation SET {column} = NULL {where} AND {column} & 1 = ?",  # noqa: S608
        (*place, is_set),
    )


def hear(connection: apsw.Connection, channel: str, sign: Sign, is_set: bool) -> bool:
    """What a sync says about one channel; whether that is news."""
    column = _WISHES[sign]
    connection.execute(
        f"UPDATE conversation SET {column} = {column} | {_HEARD} "  # noqa: S608
        f"WHERE {column} < {_HEARD} AND pk = (SELECT conversation FROM channel WHERE id = ?)",
        (channel,),
    )
    return apply(connection, channel, sign, is_set)


def apply(connection: apsw.Connection, channel: str, sign: Sign, is_set: bool) -> bool:
    """What the server has for one channel from now on; whether that is news."""
    before = connection.total_changes()
    if sign is not Sign.MUTED:
        column = _COLUMNS[sign]
        connection.execute(
            f"UPDATE channel SET {column} = ?1 WHERE id = ?2 AND {column} <> ?1",  # noqa: S608
            (is_set, channel),
        )
    elif is_set:
        connection.execute("INSERT INTO muted VALUES (?) ON CONFLICT DO NOTHING", (channel,))
    else:
        connection.execute("DELETE FROM muted WHERE channel = ?", (channel,))
        connection.execute(  # ended elsewhere: a later muting is another one
            "UPDATE conversation SET muted_until_ms = 0 WHERE muted_until_ms > 0 AND mute_wish IS NULL "
            "AND pk = (SELECT conversation FROM channel WHERE id = ?)",
            (channel,),
        )
    return connection.total_changes() != before


def hear_muted(connection: apsw.Connection, channels: frozenset[str], touched: Touched) -> None:
    """All channels the account has muted, also those that are not here (yet)."""
    connection.execute(f"UPDATE conversation SET mute_wish = mute_wish | {_HEARD} WHERE mute_wish < {_HEARD}")  # noqa: S608
    known = {row[0] for row in rows(connection, "SELECT channel FROM muted")}
    for channel in known ^ channels:
        apply(connection, channel, Sign.MUTED, channel in channels)
        pk = value(connection, "SELECT conversation FROM channel WHERE id = ?", (channel,))
        if pk is not None:
            touched.pks[pk] = None
