"""People of whom the account wants to hear nothing: their messages are kept out of sight. Runs in a store thread.

Servers keep back what blocked people write from then on; what was here before, and what a server sends all the same, is
hidden here and shown again when they are no longer blocked.
"""

import apsw

from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.store import messages
from chatdesk.store.rows import rows
from chatdesk.store.touched import Touched


def people(connection: apsw.Connection) -> frozenset[str]:
    return frozenset(row[0] for row in rows(connection, "SELECT user_id FROM blocked"))


def is_blocked(connection: apsw.Connection, user: str, touched: Touched) -> bool:
    """Asked for each message of a transaction: the list is read once."""
    if touched.blocked is None:
        touched.blocked = people(connection)
    return user in touched.blocked


def apply(connection: apsw.Connection, users: frozenset[str], touched: Touched) -> None:
    """All the people the account has blocked, as the server says."""
    known = people(connection)
    touched.blocked = users
    pks: set[int] = set()
    for user in known ^ users:
        if user in users:
            connection.execute("INSERT INTO blocked VALUES (?)", (user,))
        else:
            connection.execute("DELETE FROM blocked WHERE user_id = ?", (user,))
        before, after = (messages.SHOWN, messages.BLOCKED) if user in users else (messages.BLOCKED, messages.SHOWN)
        moved = rows(
            connection,
            # written into it, not bound: only so the small index of the blocked ones is found
            f"UPDATE message SET is_deleted = ? WHERE sender = ? AND is_deleted = {int(before)} AND is_tip = 0 "  # noqa: S608
            "RETURNING conversation",
            (after, user),
        )
        pks.update(row[0] for row in moved)
        _touch_unseen(connection, user, touched)
    for pk in pks:
        ((type_, id_),) = rows(connection, "SELECT type, id FROM conversation WHERE pk = ?", (pk,))
        touched.pks[pk] = None
        touched.resets[ConversationId(ConversationType(type_), id_)] = None


def _touch_unseen(connection: apsw.Connection, user: str, touched: Touched) -> None:
    """Rows of the list that change although no message of theirs does: invitations, the one-to-one conversation."""
    for (pk,) in rows(
        connection,
        "SELECT conversation FROM channel WHERE inviter = ?1 "
        "UNION SELECT pk FROM conversation WHERE type = ?2 AND id = ?1",
        (user, int(ConversationType.C2C)),
    ):
        touched.pks[pk] = None
