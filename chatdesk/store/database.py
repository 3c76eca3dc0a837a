"""One encrypted SQLite file, one writer thread and one reader thread.

Owns both connections and their threads. Callers on the loop await `read(function, ...)` or `write(function, ...)`: the
function gets the connection as its first argument and runs in that connection's thread; `write` wraps it in one
transaction. Nothing here blocks the loop, and nothing here knows what the tables mean.
"""

import asyncio
import contextlib
import hashlib
import hmac
import os
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import apsw
from apsw import Connection as StoreConnection

from chatdesk.domain.errors import DamagedStore, DiskFull, StoreError, WrongKey
from chatdesk.domain.wording import Sentence, because
from chatdesk.store.search import register

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from chatdesk.store.salvage import Rescue

P = ParamSpec("P")
T = TypeVar("T")

__all__ = ["KEY_BYTES", "Database", "StoreConnection", "is_there"]

KEY_BYTES = 32
_BUSY_TIMEOUT_MS = 10_000
_DURABLE, _RELAXED = "FULL", "NORMAL"
"""With a write-ahead log FULL waits for the disk at each commit; NORMAL may lose the last ones when the power fails."""


class Database:
    """Use `await Database.open(path, key)`; `close` ends both threads. `open_at_once` needs no loop."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._has_threads = True
        self._write_connection: apsw.Connection | None = None
        self._read_connection: apsw.Connection | None = None
        self.rescue: Rescue | None = None
        """What was saved when the store was found damaged at this opening."""

    @classmethod
    async def open(cls, path: Path, key: bytes) -> "Database":
        """Open or create the store. `key` is 32 random bytes.

        A damaged file is kept aside, and what only this machine had is saved into a new one (see `rescue`). Raises
        WrongKey when the file exists under another key, StoreError when it cannot be used at all.
        """
        if len(key) != KEY_BYTES:
            raise WrongKey("The key of the message store must have 32 bytes.")
        database = cls(path)
        loop = asyncio.get_running_loop()
        try:
            opened = await loop.run_in_executor(database._writer, _open_or_rescue, path, key)
            database._write_connection, database.rescue = opened
            database._read_connection = await loop.run_in_executor(database._reader, _connect, path, key, False)
        except BaseException:
            await database.close()
            raise
        return database

    @classmethod
    def open_at_once(cls, path: Path, key: bytes) -> "Database | None":
        """A store that is as this program left it, for the time before the loop: it works on the caller's thread until
        `use_threads`. None when there is more to do than opening it, or it cannot be: then `open` does it, or says why.
        """
        database = cls(path)
        database._has_threads = False
        if _mark(path).exists() or not path.exists():
            return None
        try:
            connection = database._read_connection = _connect(path, key, False)
            if _schema_version(connection) == _newest_schema():
                database._write_connection = _connect(path, key, True)
                return database
        except StoreError:
            pass
        if database._read_connection is not None:
            database._read_connection.close()
        return None

    def use_threads(self) -> None:
        """From now on each connection has a thread of its own."""
        self._has_threads = True

    @cached_property
    def _writer(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(1, "store-writer")

    @cached_property
    def _reader(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(1, "store-reader")

    async def read(
        self, function: Callable[Concatenate[apsw.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Everything it asks is answered from one state of the store."""
        connection = self._read_connection
        if connection is None:
            raise StoreError("The message store is closed.")
        if not self._has_threads:
            return _run_on_snapshot(function, connection, *args, **kwargs)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reader, lambda: _run_on_snapshot(function, connection, *args, **kwargs))

    async def write(
        self, function: Callable[Concatenate[apsw.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """One transaction that is on the disk when this returns."""
        return await self._transact(_DURABLE, lambda connection: function(connection, *args, **kwargs))

    async def write_relaxed(
        self, function: Callable[Concatenate[apsw.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """One transaction that a power cut (never a crash of the program) may undo, together with what came after it.

        For what the server can tell again: a sync, the answer to a request that is safe to repeat; and for the steps of
        long work whose last one is a `write`. Saves the wait for the disk.
        """
        return await self._transact(_RELAXED, lambda connection: function(connection, *args, **kwargs))

    async def _transact(self, durability: str, work: Callable[[apsw.Connection], T]) -> T:
        connection = self._write_connection
        if connection is None:
            raise StoreError("The message store is closed.")
        if not self._has_threads:
            return _run_in_transaction(work, connection, durability)
        loop = asyncio.get_running_loop()
        # A cancelled caller must not leave it open whether the transaction happened: it always runs to its end.
        return await asyncio.shield(
            loop.run_in_executor(self._writer, _run_in_transaction, work, connection, durability)
        )

    async def compact(self) -> None:
        """Give room that nothing uses any more back to the disk; writes wait meanwhile, reads do not."""
        connection = self._write_connection
        if connection is None:
            raise StoreError("The message store is closed.")
        loop = asyncio.get_running_loop()
        await asyncio.shield(loop.run_in_executor(self._writer, _run, _vacuum, connection))

    async def close(self) -> None:
        read_connection, self._read_connection = self._read_connection, None
        write_connection, self._write_connection = self._write_connection, None
        if not self._has_threads:
            for connection in (read_connection, write_connection):
                if connection is not None:
                    connection.close()
            return
        loop = asyncio.get_running_loop()
        if read_connection is not None:
            await loop.run_in_executor(self._reader, read_connection.close)
        if write_connection is not None:
            await loop.run_in_executor(self._writer, write_connection.close)
        self._reader.shutdown(wait=False)
        self._writer.shutdown(wait=False)


def _run(function: Callable[[apsw.Connection], T], connection: apsw.Connection) -> T:
    try:
        result = function(connection)
        if connection.txn_state() != apsw.SQLITE_TXN_NONE:
            # An unfinished cursor holds its snapshot: every later read would see the past.
            raise AssertionError(f"{function} left a cursor open")
        return result
    except apsw.Error as error:
        raise _store_error(error, Path(connection.filename)) from error


def _run_on_snapshot(
    function: Callable[Concatenate[apsw.Connection, P], T],
    connection: apsw.Connection,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Also twice as fast where much is asked: SQLite begins and ends one transaction, not one per statement."""

    def snapshot(connection: apsw.Connection) -> T:
        connection.execute("BEGIN")
        try:
            return function(connection, *args, **kwargs)
        finally:
            if connection.in_transaction:
                connection.execute("COMMIT")

    return _run(snapshot, connection)


def _run_in_transaction(work: Callable[[apsw.Connection], T], connection: apsw.Connection, durability: str) -> T:
    def transaction(connection: apsw.Connection) -> T:
        connection.execute(f"PRAGMA synchronous = {durability}")
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result

    return _run(transaction, connection)


def _vacuum(connection: apsw.Connection) -> None:
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _store_error(error: apsw.Error, path: Path) -> StoreError:
    """What a failure of SQLite means, with a sentence that says what to do."""
    match error:
        case apsw.FullError():
            return DiskFull("The disk is full. Free some space; nothing already stored is lost.")
        case apsw.CorruptError() | apsw.NotADBError():
            with contextlib.suppress(OSError):
                _mark(path).touch(mode=0o600)
            return DamagedStore(
                Sentence(
                    "The message store {path} is damaged. Close chatdesk and start it again: it then saves what "
                    "can be saved.",
                    path=str(path),
                )
            )
        case apsw.ReadOnlyError() | apsw.PermissionsError() | apsw.CantOpenError():
            return StoreError(
                Sentence(
                    "The message store {path} cannot be written. Check that its folder and everything in it "
                    "belongs to you and that the disk is not write-protected.",
                    path=str(path),
                )
            )
    return StoreError(Sentence("The message store failed: {reason}", reason=str(error)))


def _mark(path: Path) -> Path:
    """This file beside the store says that it was found damaged while in use."""
    return path.with_name(path.name + ".damaged")


def _rescued(path: Path) -> Path:
    return path.with_name(path.name + ".rescued")


def is_there(path: Path) -> bool:
    """Whether there is a store, maybe one whose rescue was interrupted at its last step."""
    return path.exists() or _rescued(path).exists()


def _open_or_rescue(path: Path, key: bytes) -> "tuple[apsw.Connection, Rescue | None]":
    if not path.exists() and _rescued(path).exists():
        _rescued(path).rename(path)
    rescue = None
    is_damaged = _mark(path).exists()
    if not is_damaged:
        try:
            return _connect(path, key, True), None
        except DamagedStore:
            is_damaged = True
    try:
        rescue = _rescue(path, key)
    except OSError as error:
        raise StoreError(
            Sentence(
                "The damaged message store {path} cannot be replaced: {reason}.", path=str(path), reason=because(error)
            )
        ) from error
    return _connect(path, key, True), rescue


def _rescue(path: Path, key: bytes) -> "Rescue":
    """Build a new store beside the damaged one, then let it take its place. A crash in between starts this again."""
    from chatdesk.store.salvage import Rescue, aside, salvage

    fresh = _rescued(path)
    for leftover in (fresh, *_companions(fresh)):
        leftover.unlink(missing_ok=True)
    damaged = apsw.Connection(str(path), apsw.SQLITE_OPEN_READWRITE)
    old: apsw.Connection | None = damaged
    try:
        _unlock(damaged, key)
    except apsw.Error:
        old = None  # not even its first page can be read
    new = _connect(fresh, key, True)
    try:
        saved, unsent, has_account = salvage(old, new)
        new.execute("PRAGMA journal_mode = DELETE")  # everything in the one file that is renamed
    finally:
        new.close()
        damaged.close()
    kept = aside(path)
    for companion, kept_companion in zip(_companions(path), _companions(kept), strict=True):
        if companion.exists():
            companion.rename(kept_companion)
    path.rename(kept)
    for companion in _companions(fresh):
        companion.unlink(missing_ok=True)
    fresh.rename(path)
    _mark(path).unlink(missing_ok=True)
    return Rescue(kept, saved, unsent, has_account)


def _companions(path: Path) -> tuple[Path, Path]:
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _unlock(connection: apsw.Connection, key: bytes) -> None:
    connection.set_busy_timeout(_BUSY_TIMEOUT_MS)
    # Otherwise a statement whose parameters might matter to its plan is parsed and planned anew each time (with
    # SQLITE_ENABLE_STAT4): 8 times as long for the newest message of a conversation. Our plans hang on no values.
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
    connection.pragma("cipher", "chacha20")
    # "raw:" skips the key derivation: the key is random already (SQLite3 Multiple Ciphers, "Key handling").
    connection.pragma("key", "raw:" + key.hex())
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()


def _check_path(path: Path) -> Path:
    return path.with_name(path.name + ".check")


def _is_known_key(path: Path, key: bytes) -> bool:
    """Whether this key made the store: then a file it cannot open is damaged, not locked."""
    try:
        return hmac.compare_digest(_check_path(path).read_text("ascii").strip(), _fingerprint(key))
    except (OSError, ValueError):
        return False


def _note_key(path: Path, key: bytes) -> None:
    check = _check_path(path)
    if not check.exists():
        with contextlib.suppress(OSError), os.fdopen(os.open(check, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(_fingerprint(key))


def _fingerprint(key: bytes) -> str:
    """Tells a right key from a wrong one without telling the key."""
    return hmac.new(key, b"chatdesk store", hashlib.sha256).hexdigest()


def _connect(path: Path, key: bytes, writes: bool) -> apsw.Connection:
    if writes:
        # Created by us with 0600, so that SQLite's own files (which copy the mode) are never readable to others.
        try:
            path.touch(mode=0o600, exist_ok=True)
        except OSError as error:
            raise StoreError(
                Sentence(
                    "The message store {path} cannot be opened: {reason}. Check that its folder belongs to you "
                    "and that the disk is not write-protected.",
                    path=str(path),
                    reason=because(error),
                )
            ) from error
    try:
        connection = apsw.Connection(str(path), apsw.SQLITE_OPEN_READWRITE)
    except apsw.Error as error:
        raise _store_error(error, path) from error
    try:
        _unlock(connection, key)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -8000")
        if writes:
            register(connection)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA synchronous = {_DURABLE}")
            migrate(connection)
            # Addresses of files whose message was revoked in the transaction that runs (see store/messages.py).
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("CREATE TEMP TABLE forgotten(uri TEXT NOT NULL)")
            _note_key(path, key)
    except apsw.NotADBError as error:
        connection.close()
        if _is_known_key(path, key):
            raise DamagedStore(Sentence("The message store {path} is damaged.", path=str(path))) from error
        raise WrongKey(
            Sentence(
                "The key does not open the message store {path}. Use the key or passphrase it was made with, or "
                "log in again with another --profile.",
                path=str(path),
            )
        ) from error
    except apsw.Error as error:
        connection.close()
        raise _store_error(error, path) from error
    except BaseException:
        connection.close()
        raise
    return connection


def migrate(connection: apsw.Connection) -> None:
    """Bring the schema up to date; each numbered file runs once, in one transaction with its number."""
    current = _schema_version(connection)
    scripts = _scripts()
    newest = scripts[-1][0]
    if current > newest:
        raise StoreError(
            Sentence(
                "This message store was written by a newer chatdesk (schema {current}, this one knows {newest}). "
                "Update chatdesk to open it.",
                current=current,
                newest=newest,
            )
        )
    for number, script in scripts:
        if number > current:
            with connection:
                connection.execute(script.read_text("utf-8"))
                connection.execute(f"PRAGMA user_version = {number}")


def _scripts() -> list[tuple[int, Path]]:
    return sorted(
        (int(match[1]), entry)
        for entry in (Path(__file__).parent / "migrations").iterdir()
        if (match := re.fullmatch(r"(\d{3})_\w+\.sql", entry.name))
    )


def _newest_schema() -> int:
    return _scripts()[-1][0]


def _schema_version(connection: apsw.Connection) -> int:
    version = connection.pragma("user_version")
    return int(str(version))
