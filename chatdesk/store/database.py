"""One encrypted SQLite file, one writer thread and one reader thread.

Owns both connections and their threads. Callers on the loop await `read(function, ...)` or `write(function, ...)`: the
function gets the connection as its first argument and runs in that connection's thread; `write` wraps it in one
transaction. Nothing here blocks the loop, and nothing here knows what the tables mean.
"""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import apsw
from apsw import Connection as StoreConnection

from chatdesk.domain.errors import StoreError, WrongKey

P = ParamSpec("P")
T = TypeVar("T")

__all__ = ["KEY_BYTES", "Database", "StoreConnection"]

KEY_BYTES = 32
_BUSY_TIMEOUT_MS = 10_000


class Database:
    """Use `await Database.open(path, key)`; `close` ends both threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = ThreadPoolExecutor(1, "store-writer")
        self._reader = ThreadPoolExecutor(1, "store-reader")
        self._write_connection: apsw.Connection | None = None
        self._read_connection: apsw.Connection | None = None

    @classmethod
    async def open(cls, path: Path, key: bytes) -> "Database":
        """Open or create the store. `key` is 32 random bytes.

        Raises WrongKey when the file exists under another key, StoreError when it cannot be used at all.
        """
        if len(key) != KEY_BYTES:
            raise WrongKey("The key of the message store must have 32 bytes.")
        database = cls(path)
        loop = asyncio.get_running_loop()
        try:
            database._write_connection = await loop.run_in_executor(database._writer, _connect, path, key, True)
            database._read_connection = await loop.run_in_executor(database._reader, _connect, path, key, False)
        except BaseException:
            await database.close()
            raise
        return database

    async def read(
        self, function: Callable[Concatenate[apsw.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        connection = self._read_connection
        if connection is None:
            raise StoreError("The message store is closed.")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reader, lambda: _run(function, connection, *args, **kwargs))

    async def write(
        self, function: Callable[Concatenate[apsw.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        connection = self._write_connection
        if connection is None:
            raise StoreError("The message store is closed.")
        loop = asyncio.get_running_loop()
        # A cancelled caller must not leave it open whether the transaction happened: it always runs to its end.
        return await asyncio.shield(
            loop.run_in_executor(self._writer, lambda: _run_in_transaction(function, connection, *args, **kwargs))
        )

    async def close(self) -> None:
        loop = asyncio.get_running_loop()
        read_connection, self._read_connection = self._read_connection, None
        write_connection, self._write_connection = self._write_connection, None
        if read_connection is not None:
            await loop.run_in_executor(self._reader, read_connection.close)
        if write_connection is not None:
            await loop.run_in_executor(self._writer, write_connection.close)
        self._reader.shutdown(wait=False)
        self._writer.shutdown(wait=False)


def _run(
    function: Callable[Concatenate[apsw.Connection, P], T],
    connection: apsw.Connection,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    try:
        result = function(connection, *args, **kwargs)
        if connection.txn_state() != apsw.SQLITE_TXN_NONE:
            # An unfinished cursor holds its snapshot: every later read would see the past.
            raise AssertionError(f"{function} left a cursor open")
        return result
    except apsw.FullError as error:
        raise StoreError("The disk is full. Free some space; nothing already stored is lost.") from error
    except apsw.Error as error:
        raise StoreError(f"The message store failed: {error}") from error


def _run_in_transaction(
    function: Callable[Concatenate[apsw.Connection, P], T],
    connection: apsw.Connection,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    def transaction(connection: apsw.Connection) -> T:
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = function(connection, *args, **kwargs)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result

    return _run(transaction, connection)


def _connect(path: Path, key: bytes, writes: bool) -> apsw.Connection:
    if writes:
        # Created by us with 0600, so that SQLite's own files (which copy the mode) are never readable to others.
        try:
            path.touch(mode=0o600, exist_ok=True)
        except OSError as error:
            raise StoreError(f"The message store {path} cannot be opened: {error.strerror}.") from error
    connection = apsw.Connection(str(path), apsw.SQLITE_OPEN_READWRITE)
    try:
        connection.set_busy_timeout(_BUSY_TIMEOUT_MS)
        connection.pragma("cipher", "chacha20")
        # "raw:" skips the key derivation: the key is random already (SQLite3 Multiple Ciphers, "Key handling").
        connection.pragma("key", "raw:" + key.hex())
        connection.execute("SELECT count(*) FROM sqlite_schema")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -8000")
        if writes:
            connection.execute("PRAGMA journal_mode = WAL")
            # NORMAL may lose the last commits on power loss (never on a crash of the program); a sent message must not
            # be lost, so pay the fsync.
            connection.execute("PRAGMA synchronous = FULL")
            migrate(connection)
    except apsw.NotADBError as error:
        connection.close()
        raise WrongKey(
            f"The key does not open the message store {path}. Use the key or passphrase it was made with, "
            "or log in again with another --profile."
        ) from error
    except apsw.Error as error:
        connection.close()
        raise StoreError(f"The message store {path} cannot be opened: {error}") from error
    except BaseException:
        connection.close()
        raise
    return connection


def migrate(connection: apsw.Connection) -> None:
    """Bring the schema up to date; each numbered file runs once, in one transaction with its number."""
    current = _schema_version(connection)
    scripts = sorted(
        (int(match[1]), entry)
        for entry in (Path(__file__).parent / "migrations").iterdir()
        if (match := re.fullmatch(r"(\d{3})_\w+\.sql", entry.name))
    )
    newest = scripts[-1][0]
    if current > newest:
        raise StoreError(
            f"This message store was written by a newer chatdesk (schema {current}, this one knows {newest}). "
            "Update chatdesk to open it."
        )
    for number, script in scripts:
        if number > current:
            with connection:
                connection.execute(script.read_text("utf-8"))
                connection.execute(f"PRAGMA user_version = {number}")


def _schema_version(connection: apsw.Connection) -> int:
    version = connection.pragma("user_version")
    return int(str(version))
