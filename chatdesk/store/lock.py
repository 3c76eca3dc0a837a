"""A lock that one process has, and that the system lets go when the process ends, however it does.

It is SQLite's own on an empty file, which is there already and holds on every system: `filelock`, which the parts that
do not open a window use, takes 12 ms of a start to load. Any one thread at a time.
"""

from pathlib import Path

import apsw


class Lock:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: apsw.Connection | None = None

    @property
    def is_held(self) -> bool:
        return self._connection is not None

    def acquire(self) -> bool:
        """Without waiting: False when somebody else has it. Raises OSError when the file cannot be written."""
        self._path.touch(mode=0o600)  # SQLite would give it what the umask leaves
        connection = apsw.Connection(str(self._path))
        try:
            # The journal of nothing stays in memory, so that the file is all there is.
            connection.execute("PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
        except apsw.BusyError:
            connection.close()
            return False
        except apsw.Error as error:
            connection.close()
            raise OSError(None, str(error), str(self._path)) from error
        self._connection = connection
        return True

    def release(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
