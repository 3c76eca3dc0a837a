"""One message to many people: what is sent and what became of each copy. Runs in a store thread.

Only the last mailing is kept. The key of a queued message is noted in the transaction that queues it, so that after
whatever end of the program nobody's copy is queued twice or forgotten.
"""

from collections.abc import Iterable, Sequence

import apsw
import msgspec
from msgspec import Struct

from chatdesk.domain.elements import Element
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.mailings import Copy, CopyState
from chatdesk.domain.wording import pack, unpack
from chatdesk.store.rows import first, rows

Contents = tuple[tuple[Element, ...], ...]
_contents = msgspec.json.Decoder(Contents)
_keys = msgspec.json.Decoder(tuple[int, ...])


class Mailing(Struct, frozen=True):
    id: int
    contents: Contents
    copies: tuple[Copy, ...]


def begin(connection: apsw.Connection, contents: Contents, copies: Sequence[Copy], time_ms: int) -> int:
    """A new mailing in the place of the last one; its number."""
    for (known,) in rows(connection, "SELECT id FROM mailing"):
        forget(connection, known)
    connection.execute(
        "INSERT INTO mailing(contents, created_ms) VALUES (?, ?)", (msgspec.json.encode(contents), time_ms)
    )
    number = connection.last_insert_rowid()
    put(connection, number, enumerate(copies))
    return number


def last(connection: apsw.Connection) -> Mailing | None:
    row = first(connection, "SELECT id, contents FROM mailing")
    if row is None:
        return None
    copies = rows(
        connection,
        "SELECT user, state, failure, type, conversation, keys, time_ms FROM mailing_copy WHERE mailing = ? "
        "ORDER BY place",
        (row[0],),
    )
    return Mailing(row[0], _contents.decode(row[1]), tuple(_copy(*values) for values in copies))


def put(connection: apsw.Connection, mailing: int, copies: Iterable[tuple[int, Copy]]) -> None:
    """Note how copies stand, each with its place. Nothing, when the mailing was forgotten meanwhile."""
    if first(connection, "SELECT 1 FROM mailing WHERE id = ?", (mailing,)) is None:
        return
    connection.executemany(
        "INSERT OR REPLACE INTO mailing_copy VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((mailing, place, *_values(copy)) for place, copy in copies),
    )


def forget(connection: apsw.Connection, mailing: int) -> None:
    connection.execute("DELETE FROM mailing_copy WHERE mailing = ?", (mailing,))
    connection.execute("DELETE FROM mailing WHERE id = ?", (mailing,))


def _copy(user: str, state: int, failure: str, type_: int, conversation: str, keys: str, time_ms: int) -> Copy:
    reached = ConversationId(ConversationType(type_), conversation) if type_ else None
    return Copy(user, CopyState(state), unpack(failure), reached, _keys.decode(keys), time_ms)


def _values(copy: Copy) -> tuple[str, int, str, int, str, str, int]:
    reached = copy.conversation
    return (
        copy.user,
        int(copy.state),
        pack(copy.failure),
        int(reached.type) if reached else 0,
        reached.id if reached else "",
        msgspec.json.encode(copy.keys).decode(),
        copy.time_ms,
    )
