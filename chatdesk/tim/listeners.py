"""Listeners: what happens by itself, told to a program's functions with the SDK's payloads. Loop thread only.

Everything goes through one queue and one worker, so that the functions are called in the order things happened, one
after the other, and never inside a call of the program.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from chatdesk.core.session import Session
from chatdesk.domain.changes import Changes, Connection, ConnectionKind
from chatdesk.domain.transfers import UploadProgress
from chatdesk.tim.codes import Code, ConvEvent, NetworkStatus
from chatdesk.tim.delivery import guarded
from chatdesk.tim.happenings import Happenings

Listener = Callable[..., object]
_log = logging.getLogger(__name__)


class Listeners:
    """Register before the login; None takes a listener away. Each gets its `user_data` as the last argument."""

    def __init__(self) -> None:
        self._new_message: list[tuple[Listener, object]] = []
        self._single: dict[str, tuple[Listener, object]] = {}
        self._queue: asyncio.Queue[Callable[[], Awaitable[None]]] = asyncio.Queue()
        self._worker: asyncio.Task[None] | None = None
        self._unsubscribes: list[Callable[[], None]] = []
        self._status: NetworkStatus | None = None

    # Names and arguments are the SDK's.

    def TIMAddRecvNewMsgCallback(self, cb: Listener | None, user_data: object = None) -> None:
        """`cb(json_msg_array, user_data)`: messages new to this device, also own ones from other devices."""
        if cb is not None:
            self._new_message.append((cb, user_data))

    def TIMRemoveRecvNewMsgCallback(self, cb: Listener | None) -> None:
        self._new_message = [(known, data) for known, data in self._new_message if known != cb]

    def TIMSetMsgReadedReceiptCallback(self, cb: Listener | None, user_data: object = None) -> None:
        """`cb(json_receipt_array, user_data)`: somebody has read this far."""
        self._set("receipt", cb, user_data)

    def TIMSetMsgRevokeCallback(self, cb: Listener | None, user_data: object = None) -> None:
        """`cb(json_locator_array, user_data)`: messages were taken back."""
        self._set("revoke", cb, user_data)

    def TIMSetMsgElemUploadProgressCallback(self, cb: Listener | None, user_data: object = None) -> None:
        """`cb(json_msg, index, cur_size, total_size, user_data)`: an own file is on its way."""
        self._set("upload", cb, user_data)

    def TIMSetMsgUpdateCallback(self, cb: Listener | None, user_data: object = None) -> None:
        """`cb(json_msg_array, user_data)`: messages that changed on the server: edited or taken back."""
        self._set("update", cb, user_data)

    def TIMSetConvEventCallback(self, cb: Listener | None, user_data: object = None) -> None:
        """`cb(conv_event, json_conv_array, user_data)`: what came, went or changed; "" for start, finish."""
        self._set("conversation", cb, user_data)

    def TIMSetConvTotalUnreadMessageCountChangedCallback(self, cb: Listener | None, user_data: object = None) -> None:
        """`cb(total_unread_count, user_data)`."""
        self._set("unread", cb, user_data)

    def TIMSetNetworkStatusListenerCallback(self, cb: Listener | None, user_data: object = None) -> None:
        """`cb(status, code, desc, user_data)`: the link to the server."""
        self._set("network", cb, user_data)

    def TIMSetKickedOfflineCallback(self, cb: Listener | None, user_data: object = None) -> None:
        """`cb(user_data)`: the server ended this session for good."""
        self._set("kicked", cb, user_data)

    def TIMSetUserSigExpiredCallback(self, cb: Listener | None, user_data: object = None) -> None:
        """`cb(user_data)`: log in again, everything is kept."""
        self._set("expired", cb, user_data)

    def TIMSetGroupTipsEventCallback(self, cb: Listener | None, user_data: object = None) -> None:
        """`cb(json_group_tip, user_data)`: somebody came, went, or changed a group."""
        self._set("tips", cb, user_data)

    async def follow(self, session: Session) -> None:
        """Tell what happens in a session, from now on."""
        self._status = None
        happenings = Happenings(session)
        await happenings.begin()
        self._worker = asyncio.get_running_loop().create_task(self._work(), name="tim listeners")
        self._unsubscribes = [
            session.changes.subscribe(lambda changes: self._queue.put_nowait(lambda: self._tell(happenings, changes))),
            session.connections.subscribe(lambda state: self._queue.put_nowait(lambda: self._tell_line(state))),
            session.outbox.uploads.subscribe(
                lambda progress: self._queue.put_nowait(lambda: self._tell_upload(happenings, progress))
            ),
        ]

    async def unfollow(self) -> None:
        for unsubscribe in self._unsubscribes:
            unsubscribe()
        self._unsubscribes = []
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)
        self._queue = asyncio.Queue()

    def _set(self, name: str, cb: Listener | None, user_data: object) -> None:
        if cb is None:
            self._single.pop(name, None)
        else:
            self._single[name] = (cb, user_data)

    async def _work(self) -> None:
        while True:
            happening = await self._queue.get()
            try:
                await happening()
            except Exception:
                _log.exception("A listener could not be told")

    def _call(self, name: str, *arguments: Any) -> None:
        found = self._single.get(name)
        if found is not None:
            guarded(found[0], *arguments, found[1])

    async def _tell(self, happenings: Happenings, changes: Changes) -> None:
        arrived = await happenings.arrived(changes)
        if arrived:
            for cb, user_data in tuple(self._new_message):
                guarded(cb, arrived, user_data)
        for tip in happenings.tips(changes):
            self._call("tips", tip)
        revoked = happenings.revoked(changes)
        if revoked:
            self._call("revoke", revoked)
        updated = await happenings.updated(changes)
        if updated:
            self._call("update", updated)
        receipts = await happenings.receipts(changes)
        if receipts:
            self._call("receipt", receipts)
        for event, conversations in happenings.conversations(changes):
            self._call("conversation", int(event), conversations)
        total = happenings.new_total()
        if total is not None:
            self._call("unread", total)

    async def _tell_upload(self, happenings: Happenings, progress: UploadProgress) -> None:
        if "upload" not in self._single or not progress.message_key:
            return
        message = await happenings.message(progress.message_key)
        if message:
            self._call("upload", message, progress.element_index, progress.sent, progress.total)

    async def _tell_line(self, state: Connection) -> None:
        match state.kind:
            case ConnectionKind.CONNECTING:
                self._tell_status(NetworkStatus.CONNECTING, 0, "")
            case ConnectionKind.CATCHING_UP:
                self._tell_status(NetworkStatus.CONNECTED, 0, "")
                self._call("conversation", int(ConvEvent.START), "")
            case ConnectionKind.ONLINE:
                self._tell_status(NetworkStatus.CONNECTED, 0, "")
                self._call("conversation", int(ConvEvent.FINISH), "")
            case ConnectionKind.OFFLINE:
                was_up = self._status is NetworkStatus.CONNECTED
                status = NetworkStatus.DISCONNECTED if was_up else NetworkStatus.CONNECT_FAILED
                self._tell_status(status, int(Code.NET_DISCONNECT), state.detail)
            case ConnectionKind.LOGGED_OUT:
                code = Code.USER_SIG_EXPIRED if state.is_soft else Code.NOT_LOGGED_IN
                self._tell_status(NetworkStatus.DISCONNECTED, int(code), state.detail)
                self._call("expired" if state.is_soft else "kicked")

    def _tell_status(self, status: NetworkStatus, code: int, description: str) -> None:
        if status is not self._status:
            self._status = status
            self._call("network", int(status), code, description)
