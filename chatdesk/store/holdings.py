"""How much of a conversation is here, and which ones are to be here wholly. Runs in a store thread."""

import apsw

from chatdesk.domain.conversations import Membership
from chatdesk.domain.elements import Tip, TipKind
from chatdesk.domain.holdings import Bottom, Holdings, Hole
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import ECHO_BASE
from chatdesk.store import conversations
from chatdesk.store.rows import decode_elements, first, rows, value

_SERVERS = "conversation = ? AND origin = 0 AND position > 0 AND position < ?"
"""What the server has put in order."""


def of(connection: apsw.Connection, conversation: ConversationId) -> Holdings:
    pk = conversations.find(connection, conversation)
    if pk is None:
        return Holdings()
    holes = tuple(
        Hole(_newest_below(connection, pk, position), _oldest_from(connection, pk, position), bool(is_refused))
        for position, is_refused in rows(
            connection, "SELECT position, is_refused FROM gap WHERE conversation = ? ORDER BY position", (pk,)
        )
    )
    real = "conversation = ? AND is_tip = 0 AND is_deleted = 0"
    ((is_kept,),) = rows(connection, "SELECT is_kept FROM conversation WHERE pk = ?", (pk,))
    return Holdings(
        count=value(connection, f"SELECT count(*) FROM message WHERE {real}", (pk,)),  # noqa: S608 - our own words
        local_count=value(
            connection,
            f"SELECT count(*) FROM message INDEXED BY message_local_time WHERE {real} AND origin > 0",  # noqa: S608
            (pk,),
        ),
        oldest_ms=_oldest_from(connection, pk, 1),
        newest_ms=_newest_below(connection, pk, ECHO_BASE),
        holes=holes,
        bottom=_bottom(connection, pk, holes),
        is_kept=bool(is_kept),
    )


def _oldest_from(connection: apsw.Connection, pk: int, position: int) -> int:
    return _time(connection, f"{_SERVERS} AND position >= ? ORDER BY position", pk, position)


def _newest_below(connection: apsw.Connection, pk: int, position: int) -> int:
    return _time(connection, f"{_SERVERS} AND position < ? ORDER BY position DESC", pk, position)


def _time(connection: apsw.Connection, where: str, pk: int, position: int) -> int:
    query = f"SELECT time_ms FROM message WHERE {where} LIMIT 1"  # noqa: S608 - our own words
    return int(value(connection, query, (pk, ECHO_BASE, position)) or 0)


def _bottom(connection: apsw.Connection, pk: int, holes: tuple[Hole, ...]) -> Bottom:
    if holes and not holes[0].from_ms:
        return Bottom.HIDDEN if holes[0].is_refused else Bottom.MORE
    if value(connection, "SELECT max(cleared_ms) FROM channel WHERE conversation = ?", (pk,)):
        return Bottom.CLEARED
    lowest = first(
        connection,
        f"SELECT elements, is_deleted FROM message WHERE {_SERVERS} ORDER BY position LIMIT 1",  # noqa: S608
        (pk, ECHO_BASE),
    )
    if lowest is None or lowest[1]:
        return Bottom.START
    is_start = any(isinstance(part, Tip) and part.kind is TipKind.CREATED for part in decode_elements(lowest[0]))
    return Bottom.START if is_start else Bottom.HIDDEN


def set_kept(connection: apsw.Connection, conversation: ConversationId, is_kept: bool) -> None:
    connection.execute(
        "UPDATE conversation SET is_kept = ? WHERE type = ? AND id = ?",
        (is_kept, int(conversation.type), conversation.id),
    )


def kept(connection: apsw.Connection) -> tuple[ConversationId, ...]:
    """The conversations that are to be here wholly."""
    found = rows(connection, "SELECT type, id FROM conversation WHERE is_kept = 1 ORDER BY pk")
    return tuple(ConversationId(ConversationType(type_), id_) for type_, id_ in found)


def refuse(connection: apsw.Connection, gap_id: int) -> None:
    """The server does not let this account fill a gap: no page asks for it any more."""
    connection.execute("UPDATE gap SET is_refused = 1 WHERE id = ?", (gap_id,))


def ask_again(connection: apsw.Connection, conversation: ConversationId) -> None:
    """Refused gaps of what the account is in (again) are worth another try."""
    connection.execute(
        "UPDATE gap SET is_refused = 0 WHERE is_refused = 1 AND conversation = ? "
        "AND channel IN (SELECT id FROM channel WHERE membership = ?)",
        (conversations.find(connection, conversation), int(Membership.JOINED)),
    )
