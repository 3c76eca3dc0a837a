"""One logged-in account: owns its store, its line to the server and the services, and ends them together.

Loop thread only, any asyncio loop. Nothing here is global, so one program may hold several sessions.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
from collections.abc import Awaitable, Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from chatdesk.core import server
from chatdesk.core.account import OwnAccount
from chatdesk.core.conversations import Conversations
from chatdesk.core.credentials import Credentials
from chatdesk.core.decoder import Decoder
from chatdesk.core.deletions import Deletions
from chatdesk.core.downloads import Downloads, Folder
from chatdesk.core.feed import Feed
from chatdesk.core.history import History
from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line
from chatdesk.core.local import Local
from chatdesk.core.media import MediaCache
from chatdesk.core.network import PROXY, Network
from chatdesk.core.notes import Notes
from chatdesk.core.outbox import Outbox
from chatdesk.core.quotes import Quotes
from chatdesk.core.receipts import Receipts
from chatdesk.core.task_set import TaskSet
from chatdesk.core.timeline import Timeline
from chatdesk.domain.account import Proxy
from chatdesk.domain.at_once import finish
from chatdesk.domain.changes import Changes, Connection, ConnectionKind
from chatdesk.domain.conversations import UserProfile
from chatdesk.domain.errors import ChatdeskError, InputError, Interrupted
from chatdesk.domain.ids import ConversationId, localpart
from chatdesk.domain.messages import ReadingPlace
from chatdesk.domain.wording import Sentence
from chatdesk.store import settings
from chatdesk.store.database import Database, is_there

if TYPE_CHECKING:
    from chatdesk.core.batch import Batch
    from chatdesk.core.catch_up import CatchUp
    from chatdesk.core.exports import Exports
    from chatdesk.core.group_facts import GroupFacts
    from chatdesk.core.imports import Imports
    from chatdesk.core.locate import Locate
    from chatdesk.core.mailings import Mailings
    from chatdesk.core.pasted import Pasted
    from chatdesk.core.pins import Pins
    from chatdesk.core.search import Search
    from chatdesk.core.signs import Signs
    from chatdesk.core.storage import Storage
    from chatdesk.core.sync import Sync
    from chatdesk.core.typing import Typing

STORE_FILE = "store.db"
_ACCOUNT = "account"
_LAST_OPEN = "last_open"
_MOST_WINDOWS = 50
_MOST_PLACES = 500
_LOGOUT_PATIENCE_S = 5.0
_log = logging.getLogger(__name__)


LoadKey = Callable[[], Awaitable[bytes]]
"""Gives the store's 32-byte key; may ask the user for a passphrase."""


class Account(Struct, frozen=True):
    """Who is logged in where. Lives in the encrypted store only: it holds the access token."""

    url: str
    user_id: str
    device_id: str
    token: str
    name: str = ""
    avatar_uri: str = ""


class Session:
    """Make one with `restore` or `log_in`, then `start`; `close` or `log_out` ends it."""

    def __init__(
        self,
        directory: Path,
        database: Database,
        account: Account,
        downloads_directory: Folder,
        credentials: Credentials,
        proxy: Proxy | None = None,
    ) -> None:
        self.directory = directory
        self.own_user_id = account.user_id
        self.own_name = account.name or localpart(account.user_id)
        self.homeserver_url = account.url
        self.rescue_note = "" if database.rescue is None else str(database.rescue)
        """Words for the user when the store was found damaged and what could be saved was saved."""
        self._account = account
        self._credentials = credentials
        self._database = database
        self._is_open = False
        self._server = server.homeserver(account.url, account.token, account.user_id, proxy or Proxy())
        self._tasks = TaskSet()
        self._decoder = Decoder()
        self._line = Line()
        self._ledger = Ledger(database, account.user_id)
        self._history = History(self._ledger, self._server, self._decoder)
        self.changes: Feed[Changes] = self._ledger.changes
        self.connections: Feed[Connection] = self._line.states
        self.names: Feed[str] = Feed()
        self.conversations = Conversations(self._ledger, self._server)
        self.outbox = Outbox(self._ledger, self._server, self._line, self._decoder, self._tasks)
        self.receipts = Receipts(self._ledger, self._server, self._line, self._tasks)
        self.downloads = Downloads(self._ledger, self._server, self._line, self._tasks, downloads_directory)
        self.media = MediaCache(self._ledger, self._server)
        self.history = self._history
        self.local = Local(self._ledger, self._server)
        self.deletions = Deletions(self._ledger, self._server, self._line, self.outbox.wake)
        self._quotes = Quotes(self._ledger, self._server, self._line, self._decoder)
        profile = UserProfile(account.user_id, self.own_name, account.avatar_uri)
        self.account = OwnAccount(profile, self._server, lambda: self._account.device_id)
        self.account.profiles.subscribe(self._on_profile)
        self.window_places = Notes(database, "windows", bytes, _MOST_WINDOWS)
        self.reading_places = Notes(database, "reading", ReadingPlace, _MOST_PLACES)
        self.network = Network(self._ledger, self._server, self._line, account.url, proxy or Proxy())

    @classmethod
    async def restore(
        cls, directory: Path, credentials: Credentials, load_key: LoadKey, downloads_directory: Folder
    ) -> Session | None:
        """The session of an earlier run, without any network; None when nobody is logged in here.

        The key is asked for only when there is a store. Raises CredentialsError, WrongKey or StoreError.
        """
        path = directory / STORE_FILE
        if not is_there(path):
            return None
        database = await Database.open(path, await load_key())
        account = await database.read(settings.get, _ACCOUNT, Account)
        if account is None:
            await database.close()
            return None
        session = await cls._opened(directory, database, account, downloads_directory, credentials)
        await session._open_rest()
        return session

    @classmethod
    def restore_at_once(cls, directory: Path, credentials: Credentials, downloads_directory: Folder) -> Session | None:
        """The same for the time before the loop; None unless key and store can be had without waiting. `begin` comes
        with the loop, before anything else."""
        key = credentials.at_once()
        database = None if key is None else Database.open_at_once(directory / STORE_FILE, key)
        if database is None:
            return None
        account = finish(database.read(settings.get, _ACCOUNT, Account))
        if account is None:
            finish(database.close())
            return None
        return finish(cls._opened(directory, database, account, downloads_directory, credentials))

    def begin(self) -> None:
        """The loop runs."""
        self._database.use_threads()

    @classmethod
    async def log_in(
        cls,
        directory: Path,
        credentials: Credentials,
        load_key: LoadKey,
        downloads_directory: Folder,
        url: str,
        user: str,
        password: str,
        device: str,
        proxy: Proxy | None = None,
    ) -> Session:
        """Log in with a password and make the store. `url` is the homeserver's base URL (see matrix.discovery).

        The key is made when the login is known to work. Raises LoginError, NetworkError, ServerError or
        CredentialsError with a sentence for the user; then nothing was stored.
        """
        await server.load()
        homeserver = server.homeserver(url, proxy=proxy or Proxy())
        try:
            await homeserver.check()  # too old, or no homeserver at all: said before a password leaves
            login = await homeserver.login(user, password, device)
            try:
                database = await Database.open(directory / STORE_FILE, await load_key())
            except BaseException:
                with contextlib.suppress(ChatdeskError):
                    await homeserver.logout()  # no device may stay behind that nobody can use
                raise
        finally:
            await homeserver.close()
        account = Account(url, login.user_id, login.device_id, login.token)
        await database.write(settings.put, _ACCOUNT, account)
        if proxy is not None:
            await database.write(settings.put, PROXY, proxy)
        session = await cls._opened(directory, database, account, downloads_directory, credentials)
        await session._open_rest()
        return session

    @classmethod
    async def _opened(
        cls, directory: Path, database: Database, account: Account, downloads: Folder, credentials: Credentials
    ) -> Session:
        proxy = await database.read(settings.get, PROXY, Proxy)
        session = cls(directory, database, account, downloads, credentials, proxy)
        await session.local.open()
        await session.deletions.open()
        await session.downloads.open()
        await Notes.load(database, session.window_places, session.reading_places)
        return session

    async def _open_rest(self) -> None:
        """What the first picture does without."""
        if not self._is_open:
            self._is_open = True
            self._tasks.begin()
            await self.storage.open()
            await self.mailings.open()

    # What the first picture does without is loaded when it is asked for, or with `start`.

    @cached_property
    def group_facts(self) -> GroupFacts:
        from chatdesk.core.group_facts import GroupFacts

        return GroupFacts(self._ledger, self._server)

    @cached_property
    def signs(self) -> Signs:
        from chatdesk.core.signs import Signs

        return Signs(self._ledger, self._server, self._line, self.receipts)

    @cached_property
    def typing(self) -> Typing:
        from chatdesk.core.typing import Typing

        return Typing(self._ledger, self._server, self._line, self._tasks)

    @cached_property
    def pasted(self) -> Pasted:
        from chatdesk.core.pasted import Pasted

        return Pasted(self.directory, self._ledger, self._tasks)

    @cached_property
    def locate(self) -> Locate:
        from chatdesk.core.locate import Locate

        return Locate(self._ledger, self._server, self._decoder, self._history)

    @cached_property
    def batch(self) -> Batch:
        from chatdesk.core.batch import Batch

        return Batch(self.conversations, self.outbox)

    @cached_property
    def mailings(self) -> Mailings:
        from chatdesk.core.mailings import Mailings

        return Mailings(self._ledger, self.batch, self.outbox, self._tasks)

    @cached_property
    def search(self) -> Search:
        from chatdesk.core.search import Search

        return Search(self._ledger, self._history, self._tasks)

    @cached_property
    def catch_up(self) -> CatchUp:
        from chatdesk.core.catch_up import CatchUp

        return CatchUp(self._ledger, self._history, self._server, self._line, self._tasks)

    @cached_property
    def storage(self) -> Storage:
        from chatdesk.core.storage import Storage

        return Storage(self._ledger, self.media)

    @cached_property
    def _sync(self) -> Sync:
        from chatdesk.core.sync import Sync

        return Sync(self._ledger, self._server, self._line, self._decoder, self._on_connected)

    @cached_property
    def exports(self) -> Exports:
        from chatdesk.core.exports import Exports

        return Exports(self._history, self.media, self.downloads)

    @cached_property
    def pins(self) -> Pins:
        from chatdesk.core.pins import Pins

        return Pins(self._ledger, self._server, self.locate)

    @cached_property
    def imports(self) -> Imports:
        from chatdesk.core.imports import Imports

        return Imports(self._ledger, self.local)

    @property
    def connection(self) -> Connection:
        return self._line.state

    def start(self) -> None:
        """Begin to sync, send and report; returns at once."""
        self._tasks.spawn(self._connect(), "connecting")

    async def _connect(self) -> None:
        await self._open_rest()
        await server.load()
        self.search.start()
        self._tasks.spawn(self._sync.run(), "syncing")
        self._tasks.spawn(self.pasted.clean(), "removing pictures that were sent")
        self._tasks.spawn(self.outbox.start(), "starting the outbox")
        self._tasks.spawn(self.receipts.run(), "reporting what was read")
        self._tasks.spawn(self.signs.run(), "reporting pins, mutes and marks")
        self._tasks.spawn(self.signs.end_mutings(), "ending mutings")
        self._tasks.spawn(self.deletions.run(), "reporting what was deleted")
        self._tasks.spawn(self._quotes.run(), "fetching quoted messages")
        self._tasks.spawn(self.catch_up.run(), "keeping conversations here")

    def timeline(self, conversation: ConversationId) -> Timeline:
        timeline = Timeline(conversation, self._ledger, self._history, self._tasks)
        timeline.diffs.subscribe(self._quotes.on_diff)
        return timeline

    def reconnect_now(self) -> None:
        self._line.hurry()

    async def note_open(self, conversation: ConversationId | None) -> None:
        """Remember which conversation was open."""
        if conversation is None:
            await self._database.write(settings.remove, _LAST_OPEN)
        else:
            await self._database.write(settings.put, _LAST_OPEN, conversation)

    async def last_open(self) -> ConversationId | None:
        """The conversation that was open when the program ended."""
        return await self._database.read(settings.get, _LAST_OPEN, ConversationId)

    async def log_in_again(self, password: str) -> None:
        """After the server ended the session: a new token for the same account and device; everything here is kept."""
        login = await self._server.login(self.own_user_id, password, device_name(), self._account.device_id)
        if login.user_id != self.own_user_id:
            raise InputError(Sentence("This is another account. Log in as {user}.", user=self.own_user_id))
        self._account = msgspec.structs.replace(self._account, device_id=login.device_id, token=login.token)
        await self._database.write(settings.put, _ACCOUNT, self._account)
        await self.outbox.forget_attempts()
        self.go_on()

    def go_on(self) -> None:
        """Sync again after the server had ended the session; it may be of another mind about a locked account."""
        self._server.authorize(self._account.token, self.own_user_id)
        self._line.set(Connection(ConnectionKind.CONNECTING))
        self._tasks.spawn(self._sync.run(), "syncing")

    async def close(self) -> None:
        """End everything; what was not sent is kept for the next start."""
        self.outbox.end(Interrupted("chatdesk ends. What was not sent yet is kept for its next start."))
        await self._tasks.close()
        await self.downloads.close()
        await self.media.close()
        await self._server.close()
        self._decoder.close()
        await self._database.close()

    async def log_out(self) -> None:
        """Give the token back (best effort) and wipe the profile: key, store, journal."""
        await self._tasks.close()
        await self.downloads.close()
        with contextlib.suppress(ChatdeskError, TimeoutError):
            await asyncio.wait_for(self._server.logout(), _LOGOUT_PATIENCE_S)
        await self.close()
        await self._credentials.forget()
        await asyncio.to_thread(wipe, self.directory)

    def _on_connected(self) -> None:
        self._tasks.spawn(self.outbox.wake_all(), "waking the outbox")
        self.downloads.resume_interrupted()
        self.catch_up.wake()
        self.mailings.resume()
        self._tasks.spawn(self._refresh_profile(), "asking for the own name")

    async def _refresh_profile(self) -> None:
        with contextlib.suppress(ChatdeskError):
            await self.account.refresh()

    def _on_profile(self, profile: UserProfile) -> None:
        self.own_name = profile.name
        self._account = msgspec.structs.replace(self._account, name=profile.name, avatar_uri=profile.avatar_uri)
        self._tasks.spawn(self._database.write(settings.put, _ACCOUNT, self._account), "keeping the own name")
        self.names.publish(profile.name)


def device_name() -> str:
    """How this device is called in the account's list of devices, until the user gives it another name."""
    import platform  # 2 ms that no start needs

    return f"chatdesk on {platform.node() or platform.system()}"


def wipe(directory: Path) -> None:
    """Remove everything of a profile that was made here, except its lock."""
    for entry in directory.iterdir():
        if entry.name.endswith(".lock"):
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
