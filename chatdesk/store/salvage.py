"""A damaged store: what only this machine had goes into a new one, as far as it can be read; the file is kept aside.

Blocking; runs in the writer thread before anybody else sees the store. What the server has is not copied: it comes
back with the next sync, and its local marks (custom int and string, deleted here) wait for it as keepsakes. Unsent
messages keep their transaction ids, so that none can arrive twice.
"""

import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
from msgspec import Struct

from chatdesk.domain.conversations import Membership
from chatdesk.domain.messages import ECHO_BASE
from chatdesk.store import conversations, local

_LONGEST_HOLE = 200_000
"""Keys tried one by one where the file cannot be read in order."""
_KEPT_SETTINGS = frozenset({"account", "last_open"})
_WHOLE_TABLES = ("conversation", "channel", "direct", "download", "import_batch")

_log = logging.getLogger(__name__)
Row = dict[str, Any]


class Rescue(Struct, frozen=True):
    """What a salvage saved: `local` rows and `unsent` messages; `kept` is where the damaged file lies now."""

    kept: Path
    local: int
    unsent: int
    has_account: bool

    def __str__(self) -> str:
        login = "" if self.has_account else " Log in again: the login could not be saved."
        return (
            f"The message store was damaged. {self.local} messages that only this computer had and {self.unsent} not "
            f"yet sent were saved; everything else comes back from the server.{login} "
            f"The damaged file is kept as {self.kept}."
        )


def salvage(old: apsw.Connection | None, new: apsw.Connection) -> tuple[int, int, bool]:
    """Copy what only this machine had; (local rows, unsent messages, whether the login was saved)."""
    if old is None:
        return 0, 0, False
    has_account = False
    with new:
        for row in _scan(old, "setting", "name"):
            if row["name"] in _KEPT_SETTINGS:
                _insert(new, "setting", row)
                has_account = has_account or row["name"] == "account"
        for table in _WHOLE_TABLES:
            for row in _scan(old, table, _KEYS[table]):
                _insert(new, table, row | _reset(table))
        local_count = unsent_count = 0
        outbox = {row["key"]: row for row in _scan(old, "outbox", "id") if row["kind"] == 1}
        for row in _scan(old, "keepsake", "message_id"):
            _insert(new, "keepsake", row)
        for row in _scan(old, "message", "key"):
            _keep(new, row)
            if not (row.get("origin") or (row["position"] >= ECHO_BASE and row["key"] in outbox)):
                continue
            _ensure_conversation(new, row)
            if row.get("origin"):
                local_count += _insert(new, "message", row | {"position": -row["key"]})
            elif _insert(new, "message", row | _AS_EDITED):
                unsent_count += _insert(new, "outbox", outbox[row["key"]])
        for row in _scan(old, "imported_reactions", "key"):
            _insert(new, "imported_reactions", row)
        local.settle_everything(new)
    return local_count, unsent_count, has_account


def aside(path: Path) -> Path:
    """A free name for the damaged file, beside it."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    number = 0
    while True:
        kept = path.with_name(f"{path.stem}-damaged-{stamp}{f'-{number}' if number else ''}{path.suffix}")
        if not kept.exists():
            return kept
        number += 1


_AS_EDITED = {"original": None, "original_mentions": None, "edited_ms": 0, "is_edit_pending": 0}
"""An unsent message leaves as it showed; an edit that waited behind it has done its work."""
_KEYS = {"conversation": "pk", "channel": "id", "direct": "channel", "download": "id", "import_batch": "id"}


def _reset(table: str) -> Row:
    """Positions of the old store mean nothing in the new one."""
    return {"read_position": 0, "reported_position": 0} if table == "conversation" else {}


def _keep(new: apsw.Connection, message: Row) -> None:
    """A message of the server comes back without its local marks, and even when it was deleted here."""
    marks = {name: message.get(name) for name in ("custom_int", "custom_str", "is_deleted")}
    if message["message_id"] and not message.get("origin") and any(marks.values()):
        _insert(new, "keepsake", {"message_id": message["message_id"], **marks})


def _ensure_conversation(new: apsw.Connection, message: Row) -> None:
    """A conversation whose own row could not be read is known by the channel its messages came in."""
    pk, channel = message["conversation"], message["channel"]
    if not channel or new.execute("SELECT 1 FROM conversation WHERE pk = ?", (pk,)).fetchall():
        return
    named = conversations.identify(new, channel)
    row = {"pk": pk, "type": int(named.type), "id": named.id, "created_ms": message["time_ms"]}
    _insert(new, "conversation", row)
    _insert(new, "channel", {"id": channel, "conversation": pk, "membership": int(Membership.JOINED)})


def _insert(new: apsw.Connection, table: str, row: Row) -> bool:
    known = {column[1] for column in new.execute(f"PRAGMA table_info({table})").fetchall()}
    kept = {name: value for name, value in row.items() if name in known}
    columns, marks = ", ".join(kept), ", ".join("?" * len(kept))
    try:
        new.execute(f"INSERT OR IGNORE INTO {table}({columns}) VALUES ({marks})", tuple(kept.values()))  # noqa: S608
    except apsw.ConstraintError as error:  # half of what belongs together could not be read
        _log.warning("A row of %s could not be saved: %s", table, error)
        return False
    return new.changes() > 0


def _scan(old: apsw.Connection, table: str, key: str) -> Iterator[Row]:
    """All rows that can be read: forwards and backwards up to the damage, and between by key."""
    seen: set[Any] = set()
    ends: list[Any] = []
    for order in ("ASC", "DESC"):
        last = None
        try:
            cursor = old.execute(f"SELECT * FROM {table} NOT INDEXED ORDER BY {key} {order}")  # noqa: S608
            for values in cursor:
                row = _as_row(cursor, values)
                last = row[key]
                if last in seen:
                    return  # met what came from the other end: everything is there
                seen.add(last)
                yield row
        except apsw.SQLError:
            return  # a store of an older chatdesk, without this table
        except apsw.Error as error:
            _log.warning("%s can be read only in part: %s", table, error)
        else:
            return
        ends.append(last)
    if all(isinstance(end, int | None) for end in ends):
        yield from _between(old, table, key, ends, seen)


def _between(old: apsw.Connection, table: str, key: str, ends: list[int | None], seen: set[Any]) -> Iterator[Row]:
    low = ends[0] or 0
    high = ends[1] if ends[1] is not None else low + _LONGEST_HOLE
    for number in range(low + 1, min(high, low + _LONGEST_HOLE)):
        if number in seen:
            continue
        try:
            cursor = old.execute(f"SELECT * FROM {table} NOT INDEXED WHERE {key} = ?", (number,))  # noqa: S608
            found = [_as_row(cursor, values) for values in cursor]
        except apsw.Error:
            continue
        yield from found


def _as_row(cursor: apsw.Cursor, values: tuple[Any, ...]) -> Row:
    return dict(zip((column[0] for column in cursor.get_description()), values, strict=True))
