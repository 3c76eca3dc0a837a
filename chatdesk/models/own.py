"""The account's own affairs for the settings: name and picture, devices, blocked people, storage.

Runs on the main thread. Each model holds what was read last and has it read again by `load`; `failed` carries a
sentence. Nothing here is needed to start: the settings dialog asks for it when it is first opened.
"""

from __future__ import annotations

from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.account import Device
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.storage import StorageUse
from chatdesk.models.proxy import ProxyModel
from chatdesk.models.tasks import Tasks
from chatdesk.models.when import short_when

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.account import OwnAccount
    from chatdesk.core.session import Session
    from chatdesk.core.storage import Storage


class Affair(QObject):
    """Something that is asked for and changed on the server or in the store, one thing at a time."""

    changed = Signal()
    busy_changed = Signal(bool)
    failed = Signal(str)
    done = Signal()
    """What was asked for last has been done."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._running = 0

    @property
    def is_busy(self) -> bool:
        return self._running > 0

    def _run(self, work: Coroutine[Any, Any, object]) -> None:
        self._set_running(self._running + 1)
        self._tasks.run(work, self._succeed, self._fail)

    def _succeed(self, _: object) -> None:
        self._set_running(self._running - 1)
        self.changed.emit()
        self.done.emit()

    def _fail(self, sentence: str) -> None:
        self._set_running(self._running - 1)
        self.failed.emit(sentence)

    def _set_running(self, count: int) -> None:
        was_busy, self._running = self.is_busy, count
        if was_busy != self.is_busy:
            self.busy_changed.emit(self.is_busy)


class AccountModel(Affair):
    def __init__(self, account: OwnAccount, server: str, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(tasks, parent)
        self._account = account
        self.server = server

    @property
    def user_id(self) -> str:
        return self._account.profile.user_id

    @property
    def name(self) -> str:
        return self._account.profile.name

    @property
    def avatar_uri(self) -> str:
        return self._account.profile.avatar_uri

    def set_name(self, name: str) -> None:
        self._run(self._account.set_name(name))

    def set_picture(self, path: Path) -> None:
        self._run(self._account.set_picture(path))

    def remove_picture(self) -> None:
        self._run(self._account.remove_picture())


class DevicesModel(Affair):
    def __init__(self, account: OwnAccount, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(tasks, parent)
        self._account = account
        self.devices: tuple[Device, ...] = ()

    def load(self) -> None:
        self._run(self._read())

    def rename(self, device_id: str, name: str) -> None:
        self._run(self._then_read(self._account.rename_device(device_id, name)))

    def sign_out(self, device_ids: tuple[str, ...], password: str) -> None:
        self._run(self._then_read(self._account.sign_out(device_ids, password)))

    def name(self, device: Device) -> str:
        return device.name or device.id

    def detail(self, device: Device) -> str:
        """When and from where it was last seen, and its id, which other programs show too."""
        if device.is_current:
            seen = self.tr("This device")
        elif device.seen_ms:
            seen = self.tr("Last seen {0}").format(short_when(device.seen_ms))
        else:
            seen = self.tr("Not seen yet")
        return " · ".join(part for part in (seen, device.seen_from, device.id) if part)

    async def _read(self) -> None:
        self.devices = await self._account.devices()

    async def _then_read(self, work: Coroutine[Any, Any, None]) -> None:
        await work
        await self._read()


class BlockedModel(Affair):
    def __init__(self, account: OwnAccount, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(tasks, parent)
        self._account = account
        self.people: tuple[str, ...] = ()

    def load(self) -> None:
        self._run(self._read())

    def unblock(self, user_id: str) -> None:
        self._run(self._unblock(user_id))

    async def _read(self) -> None:
        self.people = await self._account.blocked()

    async def _unblock(self, user_id: str) -> None:
        await self._account.unblock(user_id)
        await self._read()


class StorageModel(Affair):
    def __init__(self, storage: Storage, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(tasks, parent)
        self._storage = storage
        self.use: StorageUse | None = None

    @property
    def limit_bytes(self) -> int:
        return self._storage.limit_bytes

    def load(self) -> None:
        self._run(self._read())

    def clear(self, conversation: ConversationId | None) -> None:
        """Forget kept pictures, of one conversation or of all."""
        self._run(self._clear(conversation))

    def set_limit(self, limit_bytes: int) -> None:
        if limit_bytes != self.limit_bytes:
            self._run(self._set_limit(limit_bytes))

    async def _read(self) -> None:
        self.use = await self._storage.use()

    async def _clear(self, conversation: ConversationId | None) -> None:
        await self._storage.clear_cache(conversation)
        await self._read()

    async def _set_limit(self, limit_bytes: int) -> None:
        await self._storage.set_limit(limit_bytes)
        await self._read()


class OwnModels(QObject):
    """All of them, for one session."""

    def __init__(self, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.account = AccountModel(session.account, session.homeserver_url, tasks, self)
        self.devices = DevicesModel(session.account, tasks, self)
        self.blocked = BlockedModel(session.account, tasks, self)
        self.storage = StorageModel(session.storage, tasks, self)
        self.proxy = ProxyModel(session.network, tasks, self)
