"""How much room conversations and kept pictures take, and how to free it. Runs in a store thread.

A message is looked at once, in steps: the reader serves others in between.
"""

import re
from collections.abc import Iterable

import apsw

from chatdesk.domain.ids import ConversationId
from chatdesk.store import conversations
from chatdesk.store.rows import rows, value

_URI = re.compile(rb'"(mxc://[^"\\]+)"')
_ADDRESS = b"mxc://"

Step = tuple[list[tuple[int, int, int]], list[tuple[int, str]]]
"""(conversation, messages, bytes), and (conversation, address of a file)."""


def last_key(connection: apsw.Connection) -> int:
    return int(value(connection, "SELECT coalesce(max(key), 0) FROM message"))


def step(connection: apsw.Connection, after: int, until: int) -> Step:
    """What the messages with a key above `after`, up to `until`, take, and which files they hold."""
    sizes = rows(
        connection,
        "SELECT m.conversation, count(*), sum(length(m.elements) + coalesce(length(r.json), 0)) FROM message m "
        "LEFT JOIN raw r ON r.key = m.key WHERE m.key > ? AND m.key <= ? GROUP BY m.conversation",
        (after, until),
    )
    held = rows(
        connection,
        "SELECT conversation, elements FROM message WHERE key > ? AND key <= ? AND instr(elements, ?)",
        (after, until, _ADDRESS),
    )
    return [(pk, count, size) for pk, count, size in sizes], _files(held)


def kept(connection: apsw.Connection) -> dict[str, int]:
    """Address of a file -> bytes of its kept pictures."""
    found = rows(connection, "SELECT uri, sum(length(data)) FROM thumbnail GROUP BY uri")
    return {uri: int(size) for uri, size in found}


def files_of(connection: apsw.Connection, conversation: ConversationId) -> tuple[str, ...]:
    """The addresses of all files in a conversation."""
    pk = conversations.find(connection, conversation)
    if pk is None:
        return ()
    held = rows(
        connection,
        "SELECT conversation, elements FROM message WHERE conversation = ? AND instr(elements, ?)",
        (pk, _ADDRESS),
    )
    return tuple(dict.fromkeys(uri for _, uri in _files(held)))


def drop(connection: apsw.Connection, uris: Iterable[str]) -> None:
    connection.executemany("DELETE FROM thumbnail WHERE uri = ?", [(uri,) for uri in uris])


def drop_all(connection: apsw.Connection) -> None:
    connection.execute("DELETE FROM thumbnail")


def free_bytes(connection: apsw.Connection) -> int:
    """Room inside the file that nothing uses."""
    pages, size = value(connection, "PRAGMA freelist_count"), value(connection, "PRAGMA page_size")
    return int(pages) * int(size)


def _files(held: Iterable[tuple[int, bytes]]) -> list[tuple[int, str]]:
    return [(pk, uri.decode("utf-8", "replace")) for pk, elements in held for uri in _URI.findall(bytes(elements))]
