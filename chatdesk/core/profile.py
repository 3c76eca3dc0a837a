"""One directory of one account, for programs without a window: its lock, its key, and the session in it. Loop thread
only; the directory is readable by its owner alone.

The lock is the one a window holds, so one directory is never open twice.
"""

import asyncio
import contextlib
import os
from pathlib import Path

from chatdesk.core.credentials import KEY_BYTES, Credentials
from chatdesk.core.session import Session
from chatdesk.domain.changes import Connection, ConnectionKind
from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.wording import Sentence
from chatdesk.matrix.discovery import discover
from chatdesk.store.lock import Lock

LOCK_FILE = "profile.lock"
DOWNLOADS = "downloads"
_FIRST_SYNC_PATIENCE_S = 60.0


class ProfileInUse(ChatdeskError):
    """Another process has this directory open."""


class Profile:
    """`key`: 32 bytes, or a passphrase; None for the system keyring (under `entry`), else a key file."""

    def __init__(self, directory: Path, key: bytes | str | None = None, entry: str = "") -> None:
        if isinstance(key, bytes) and len(key) != KEY_BYTES:
            raise ValueError(f"A key has {KEY_BYTES} bytes, not {len(key)}.")
        if key == "":
            raise ValueError("An empty passphrase protects nothing.")
        self.directory = directory
        self._key = key
        self._credentials = Credentials(directory, entry or str(directory.absolute()))
        self._lock = Lock(directory / LOCK_FILE)
        self._is_new = False

    async def restore(self) -> Session | None:
        """Lock the directory and open the session of an earlier run, without any network; None when there is none.

        Raises ProfileInUse, CredentialsError, WrongKey or StoreError.
        """
        await asyncio.to_thread(self._prepare)
        self._is_new = False
        return await Session.restore(self.directory, self._credentials, self._load_key, self.directory / DOWNLOADS)

    async def log_in(self, server: str, user: str, password: str, device: str) -> Session:
        """A new session. `server` is whatever a person would type. Raises LoginError, NetworkError or ServerError."""
        await asyncio.to_thread(self._prepare)
        url = await discover(server)
        downloads = self.directory / DOWNLOADS
        self._is_new = True
        return await Session.log_in(
            self.directory, self._credentials, self._load_key, downloads, url, user, password, device
        )

    async def caught_up(self, session: Session) -> None:
        """After a new login: wait for the first sync, before which nobody knows which conversations there are.

        A session of an earlier run is usable at once, so then there is no waiting.
        """
        if not self._is_new:
            return
        settled = asyncio.Event()

        def look(connection: Connection) -> None:
            if connection.kind in (ConnectionKind.ONLINE, ConnectionKind.LOGGED_OUT):
                settled.set()

        unsubscribe = session.connections.subscribe(look)
        try:
            look(session.connection)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(settled.wait(), _FIRST_SYNC_PATIENCE_S)
        finally:
            unsubscribe()

    async def release(self) -> None:
        """Let others open the directory."""
        await asyncio.to_thread(self._lock.release)

    def _prepare(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.name == "posix":
            self.directory.chmod(0o700)
        if self._lock.is_held:
            return
        if not self._lock.acquire():
            raise ProfileInUse(
                Sentence(
                    "{folder} is open in another chatdesk. Close that one, or use another profile.",
                    folder=str(self.directory),
                )
            )

    async def _load_key(self) -> bytes:
        match self._key:
            case bytes():
                return self._key
            case str():
                return await self._credentials.load(self._passphrase, use_passphrase=True)
        return await self._credentials.load()

    async def _passphrase(self, is_new: bool, error: str) -> str | None:
        """The given one, once: a wrong passphrase is not tried again."""
        return self._key if isinstance(self._key, str) and not error else None
