"""`Tim`: the SDK's ten message operations, with its names, arguments, return codes and callbacks. Loop thread only.

It holds no state but the session and the listeners, and no rule: a call is checked (calls.py), read (shapes), handed
to the core (operations.py) and answered once (delivery.py). The methods of the SDK never raise; `login`, `logout` and
`close` are plain Python and do.
"""

import asyncio
import logging
import platform
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from chatdesk.core.profile import Profile
from chatdesk.core.session import Session
from chatdesk.domain.changes import ConnectionKind
from chatdesk.domain.errors import LoginError
from chatdesk.domain.ids import ConversationId, qualify_user_id
from chatdesk.interchange.messages import MessageInput, encode, read_locators, read_message, refused_object
from chatdesk.tim import calls, operations
from chatdesk.tim.calls import Address, Refused
from chatdesk.tim.codes import DOWNLOADING, SUCCESS, Result
from chatdesk.tim.delivery import Callback, Delivery
from chatdesk.tim.failures import Doing, InvalidJson
from chatdesk.tim.listeners import Listeners
from chatdesk.tim.runner import Failed, Runner, empty_list, nothing
from chatdesk.tim.shapes import params

_log = logging.getLogger(__name__)

Run = Callable[[Session], Awaitable[str]]


class Tim(Listeners):
    """One account in one directory.

    `key` opens its encrypted store: 32 bytes, or a passphrase. None: the system keyring keeps the key; where there is
    none, a file that only this user can read. `revoke_limit_s`: how long own messages may be taken back (the SDK's
    apps have 120); None for no limit. `keyring_entry` names the key in the keyring.
    """

    def __init__(
        self,
        data_dir: str | Path,
        key: bytes | str | None = None,
        *,
        revoke_limit_s: int | None = None,
        keyring_entry: str = "",
    ) -> None:
        super().__init__()
        self.revoke_limit_s = revoke_limit_s
        self._profile = Profile(Path(data_dir), key, keyring_entry)
        self._runner = Runner()
        self._changing = asyncio.Lock()

    @property
    def user_id(self) -> str:
        """Who is logged in; empty when nobody is."""
        return "" if self._runner.session is None else self._runner.session.own_user_id

    async def login(self, homeserver_url: str = "", user_id: str = "", password: str = "") -> None:
        """Log in, or go on with the session of an earlier run: then the password is not needed, nor the network.

        `homeserver_url` is a name or an address; `user_id` may be short. Raises LoginError, NetworkError,
        StoreError or another ChatdeskError with a sentence for people.
        """
        async with self._changing:
            if self._runner.is_closed:
                raise LoginError("This Tim has been closed. Make a new one.")
            if self._runner.session is not None:
                await self._log_in_again(self._runner.session, user_id, password)
                return
            session = None
            try:
                session = await self._profile.restore()
                if session is not None:
                    _check_owner(session, user_id)
                elif not homeserver_url or not user_id:
                    raise LoginError("Nobody is logged in here yet. Give a server, a user and a password.")
                else:
                    device = f"chatdesk on {platform.node() or platform.system()}"
                    session = await self._profile.log_in(homeserver_url, user_id, password, device)
                await self.follow(session)
            except BaseException:
                if session is not None:
                    await session.close()
                await self._profile.release()
                raise
            self._runner.session = session
            session.start()
            await self._profile.caught_up(session)

    async def logout(self) -> None:
        """Give the login back to the server and remove everything kept here."""
        async with self._changing:
            session = await self._detach()
            if session is not None:
                try:
                    await session.log_out()
                finally:
                    await self._profile.release()

    async def close(self) -> None:
        """End; the login, the messages and what still has to be sent are kept for the next time."""
        async with self._changing:
            self._runner.is_closed = True
            session = await self._detach()
            if session is not None:
                try:
                    await session.close()
                finally:
                    await self._profile.release()

    # The ten operations. Names and arguments are the SDK's.

    def TIMMsgSendNewMsg(
        self, conv_id: str, conv_type: int, json_msg_param: str, cb: Callback | None = None, user_data: object = None
    ) -> int:
        """Send a message; the callback brings it as the server has it."""

        def begin() -> int:
            address, json = calls.address(conv_id, conv_type), calls.filled(json_msg_param)
            said = read_message(calls.filled_object(json))
            run = partial(operations.send, address=address, said=said)
            return self._run(cb, user_data, Doing.SEND, address, run, partial(_refused_message, address, said))

        return self._guarded(cb, begin)

    def TIMMsgReportReaded(
        self,
        conv_id: str | None,
        conv_type: int,
        json_msg_param: str | None,
        cb: Callback | None = None,
        user_data: object = None,
    ) -> int:
        """Report everything up to a message as read; without a message up to the newest one."""

        def begin() -> int:
            type_ = calls.conversation_type(conv_type)
            values = calls.lenient_object(json_msg_param)
            if not isinstance(conv_id, str | bytes) or not conv_id:
                run: Run = partial(operations.report_all_read, type_=type_)
                return self._run(cb, user_data, Doing.OTHER, None, run, nothing)
            address = Address(type_, calls.filled(conv_id))
            said = None if not values else read_message(values)
            run = _unreadable if values is None else partial(operations.report_read, address=address, said=said)
            return self._run(cb, user_data, Doing.OTHER, address, run, nothing)

        return self._guarded(cb, begin)

    def TIMMsgRevoke(
        self, conv_id: str, conv_type: int, json_msg_param: str, cb: Callback | None = None, user_data: object = None
    ) -> int:
        """Take a message back for everyone."""

        def begin() -> int:
            address, json = calls.address(conv_id, conv_type), calls.filled(json_msg_param)
            said = read_message(calls.filled_object(json))
            run = partial(operations.revoke, address=address, said=said, limit_s=self.revoke_limit_s)
            return self._run(cb, user_data, Doing.REVOKE, address, run, nothing)

        return self._guarded(cb, begin)

    def TIMMsgFindByMsgLocatorList(
        self,
        conv_id: str,
        conv_type: int,
        json_msg_Locator_array: str,
        cb: Callback | None = None,
        user_data: object = None,
    ) -> int:
        """Find messages by second, random number and sender; revoked and deleted ones too."""

        def begin() -> int:
            address, json = calls.address(conv_id, conv_type), calls.filled(json_msg_Locator_array)
            locators = read_locators(calls.array(json))
            run = partial(operations.find, address=address, locators=locators)
            return self._run(cb, user_data, Doing.OTHER, address, run, empty_list)

        return self._guarded(cb, begin)

    def TIMMsgImportMsgList(
        self, conv_id: str, conv_type: int, json_msg_array: str, cb: Callback | None = None, user_data: object = None
    ) -> int:
        """Put ready-made messages among those kept here."""

        def begin() -> int:
            address, json = calls.address(conv_id, conv_type), calls.filled(json_msg_array)
            items = calls.import_items(json)
            run = partial(operations.import_messages, address=address, items=items)
            return self._run(cb, user_data, Doing.OTHER, address, run, nothing)

        return self._guarded(cb, begin)

    def TIMMsgSaveMsg(
        self, conv_id: str, conv_type: int, json_msg_param: str, cb: Callback | None = None, user_data: object = None
    ) -> int:
        """Keep a message here without sending it."""

        def begin() -> int:
            address, json = calls.address(conv_id, conv_type), calls.filled(json_msg_param)
            said = read_message(calls.filled_object(json))
            run = partial(operations.save, address=address, said=said)
            return self._run(cb, user_data, Doing.OTHER, address, run, nothing)

        return self._guarded(cb, begin)

    def TIMMsgGetMsgList(
        self,
        conv_id: str,
        conv_type: int,
        json_get_msg_param: str,
        cb: Callback | None = None,
        user_data: object = None,
    ) -> int:
        """A page of messages next to one of them."""

        def begin() -> int:
            address, json = calls.address(conv_id, conv_type), calls.filled(json_get_msg_param)
            wanted = params.read_page(calls.any_object(json))
            run = partial(operations.page, address=address, wanted=wanted)
            return self._run(cb, user_data, Doing.OTHER, address, run, empty_list)

        return self._guarded(cb, begin)

    def TIMMsgDelete(
        self, conv_id: str, conv_type: int, json_msgdel_param: str, cb: Callback | None = None, user_data: object = None
    ) -> int:
        """Delete a message, or all of a conversation, for this user only."""

        def begin() -> int:
            address, json = calls.address(conv_id, conv_type), calls.filled(json_msgdel_param)
            wanted = params.read_delete(calls.delete_object(json))
            doing = Doing.CLEAR_ROAMING if wanted.is_ramble and wanted.message is None else Doing.OTHER
            run = partial(operations.delete, address=address, wanted=wanted)
            return self._run(cb, user_data, doing, address, run, nothing)

        return self._guarded(cb, begin)

    def TIMMsgDownloadElemToPath(
        self, json_download_elem_param: str, path: str, cb: Callback | None = None, user_data: object = None
    ) -> int:
        """Download an element's file; the callback also brings the progress, with "downloading" as its description."""

        def begin() -> int:
            json, target = calls.filled(json_download_elem_param), calls.filled(path)
            wanted = params.read_download(calls.any_object(json))

            def run(session: Session, delivery: Delivery) -> Awaitable[str]:
                tell = partial(delivery.tell, SUCCESS, DOWNLOADING)
                return operations.download(session, wanted, target, tell)

            return self._runner.run(cb, user_data, run, doing=Doing.DOWNLOAD)

        return self._guarded(cb, begin)

    def TIMMsgBatchSend(self, json_batch_send_param: str, cb: Callback | None = None, user_data: object = None) -> int:
        """Send one message to many users, each in their own conversation; never to groups."""

        def begin() -> int:
            values = calls.batch_object(calls.filled(json_batch_send_param))
            wanted = params.read_batch(values)
            run = partial(operations.batch_send, wanted=wanted)
            return self._run(cb, user_data, Doing.SEND, None, run, partial(operations.refused_batch, wanted))

        return self._guarded(cb, begin)

    def TIMConvGetConvList(self, cb: Callback | None = None, user_data: object = None) -> int:
        """The conversations, newest first."""

        def begin() -> int:
            return self._run(cb, user_data, Doing.OTHER, None, operations.conversation_list, empty_list)

        return self._guarded(cb, begin)

    def _guarded(self, cb: object, begin: Callable[[], int]) -> int:
        """The number a call returns, whatever it was called with."""
        try:
            calls.callback(cb)
            return begin()
        except Refused as refused:
            return int(refused.result)
        except Exception:
            _log.exception("A call failed before it began")
            return int(Result.PARAM)

    def _run(
        self, cb: Callback | None, user_data: object, doing: Doing, address: Address | None, run: Run, failed: Failed
    ) -> int:
        is_group = address is not None and address.is_group
        return self._runner.run(
            cb, user_data, lambda session, _: run(session), doing=doing, is_group=is_group, failed=failed
        )

    async def _detach(self) -> Session | None:
        """Answer everything that still runs; the session, if there was one."""
        session, self._runner.session = self._runner.session, None
        if session is not None:
            await self.unfollow()
        await self._runner.stop()
        return session

    async def _log_in_again(self, session: Session, user_id: str, password: str) -> None:
        _check_owner(session, user_id)
        if session.connection.kind is ConnectionKind.LOGGED_OUT:
            await session.log_in_again(password)


def _check_owner(session: Session, user_id: str) -> None:
    if user_id and qualify_user_id(user_id, session.own_user_id) != session.own_user_id:
        raise LoginError(f"This directory belongs to {session.own_user_id}. Use another one for another account.")


async def _unreadable(session: Session) -> str:
    raise InvalidJson("The message is no JSON object.")


def _refused_message(address: Address, said: MessageInput, code: int, description: str) -> str:
    return encode(refused_object(ConversationId(address.type, address.id), said))
