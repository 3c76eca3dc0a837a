"""Named JSON values of the account. Runs in a store thread."""

from typing import TypeVar

import apsw
import msgspec

from chatdesk.store.rows import first

T = TypeVar("T")


def get(connection: apsw.Connection, name: str, type_: type[T]) -> T | None:
    row = first(connection, "SELECT value FROM setting WHERE name = ?", (name,))
    return None if row is None else msgspec.json.decode(row[0], type=type_)


def put(connection: apsw.Connection, name: str, value: object) -> None:
    connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, msgspec.json.encode(value)))


def remove(connection: apsw.Connection, name: str) -> None:
    connection.execute("DELETE FROM setting WHERE name = ?", (name,))
