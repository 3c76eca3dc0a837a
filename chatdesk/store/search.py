"""The full-text index over all messages. Runs in a store thread.

Kept by triggers in the same transaction as the messages themselves (migration 004), so nothing that is here can be
missing from it, and nothing that was revoked or deleted can be found.
"""

from typing import Any

import apsw

from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message
from chatdesk.domain.search import SearchQuery, kinds_of, match_of, words_of
from chatdesk.store import conversations, settings
from chatdesk.store.rows import MESSAGE_QUERY, decode_elements, first, message_of, rows, value

BACKLOG = "search_backlog"
_CLEANED_PERCENT = 10
"""FTS5's own: a part of the index with so many dead entries is written anew."""
_KEY_BITS = 30
_KEYS = (1 << _KEY_BITS) - 1
_IN = "in"
"""Before the number of a conversation: a word among the kinds."""


def register(connection: apsw.Connection) -> None:
    """Make the functions known that the triggers call."""
    connection.create_scalar_function("search_words", _words, 1, deterministic=True)
    connection.create_scalar_function("search_kinds", _kinds, 2, deterministic=True)


def _words(*elements: Any) -> str:
    return words_of(decode_elements(elements[0]))


def _kinds(*values: Any) -> str:
    elements, pk = values
    return f"{kinds_of(decode_elements(elements))} {_IN}{pk}"


def put_off_cleaning(connection: apsw.Connection) -> None:
    """While very many messages go, the index only notes that they are gone: cleaning up again and again in between took
    two thirds of the time. `clean_again` in the end."""
    _set_cleaning(connection, 0)


def clean_again(connection: apsw.Connection) -> None:
    """From now on each write takes a little of what is gone out of the index, as usual."""
    _set_cleaning(connection, _CLEANED_PERCENT)


def _set_cleaning(connection: apsw.Connection, percent: int) -> None:
    known = first(connection, "SELECT v FROM search_config WHERE k = 'deletemerge'")
    if percent != (_CLEANED_PERCENT if known is None else known[0]):
        connection.execute("INSERT INTO search(search, rank) VALUES ('deletemerge', ?)", (percent,))


def find(
    connection: apsw.Connection,
    query: SearchQuery,
    own_user_id: str,
    limit: int,
    after: Message | None = None,
    newer: bool = False,
) -> tuple[Message, ...]:
    """Up to `limit` messages, newest first; `after`: the last one of the page before. `newer`: the other way round,
    oldest first and after `after` in time."""
    where: list[str] = []
    bindings: list[str | int] = []

    def add(condition: str, *values: str | int) -> None:
        where.append(condition)
        bindings.extend(values)

    matches = [match_of(query)]
    if query.kinds:
        matches.append(f"kind : ({' OR '.join(sorted(query.kinds))})")
    if query.conversation is not None:
        pk = conversations.find(connection, query.conversation)
        if pk is None:
            return ()
        matches.append(f"kind : {_IN}{pk}")
    if any(matches):
        add("search MATCH ?", " AND ".join(match for match in matches if match))
    if after is not None:
        add(f"s.rowid {'>' if newer else '<'} ?", _number(after.time_ms, after.key))
    if query.from_ms:
        add("s.rowid >= ? AND m.time_ms >= ?", _number(query.from_ms), query.from_ms)
    if query.until_ms:
        add("s.rowid < ? AND m.time_ms < ?", _number(query.until_ms + 999), query.until_ms)
    if query.sender:
        add("m.sender = ?", query.sender)
    if query.mentions_me:
        add("instr(m.mentions, ?)", f'"{own_user_id}"')
    add("m.elements != x'5b5d'")
    # CROSS JOIN: the index leads, newest first, and is read only until there are enough.
    source = MESSAGE_QUERY.replace("FROM message m", f"FROM search s CROSS JOIN message m ON m.key = s.rowid & {_KEYS}")
    order = "ASC" if newer else "DESC"
    found = rows(
        connection, f"{source}WHERE {' AND '.join(where)} ORDER BY s.rowid {order} LIMIT ?", (*bindings, limit)
    )
    return tuple(message_of(row) for row in found)


def _number(time_ms: int, key: int = 0) -> int:
    """The number of a message in the index: its second, then its key."""
    return (time_ms // 1000) << _KEY_BITS | key


def since_ms(connection: apsw.Connection, conversation: ConversationId | None) -> int:
    """From when on everything is here; 0 when nothing is missing. All conversations: the latest of their times."""
    chosen, bindings = "WHERE g.is_refused = 0", tuple[int, ...]()
    if conversation is not None:
        pk = conversations.find(connection, conversation)
        chosen, bindings = "WHERE g.is_refused = 0 AND g.conversation = ?", (-1 if pk is None else pk,)
    found = value(
        connection,
        "SELECT max((SELECT min(m.time_ms) FROM message m WHERE m.conversation = g.conversation "  # noqa: S608
        f"AND m.position >= g.position AND m.origin = 0)) FROM gap g {chosen}",
        bindings,
    )
    return int(found or 0)


def index_older(connection: apsw.Connection, count: int) -> bool:
    """Take up to `count` messages of the time before there was an index; whether there are more."""
    newest = settings.get(connection, BACKLOG, int)
    if newest is None:
        return False
    found = rows(
        connection,
        "SELECT key, elements, conversation, time_ms FROM message "
        "WHERE key <= ? AND is_tip = 0 AND is_deleted = 0 ORDER BY key DESC LIMIT ?",
        (newest, count),
    )
    for key, elements, pk, time_ms in found:
        connection.execute(
            "INSERT OR REPLACE INTO search(rowid, body, kind) VALUES (?, ?, ?)",
            (_number(time_ms, key), _words(elements), _kinds(elements, pk)),
        )
    if len(found) < count:
        settings.remove(connection, BACKLOG)
        return False
    settings.put(connection, BACKLOG, found[-1][0] - 1)
    return True
