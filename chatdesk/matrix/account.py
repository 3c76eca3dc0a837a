"""The endpoints of the account itself: devices, picture, blocked people, signs on rooms. Runs on the event loop."""

import contextlib
from collections.abc import Callable, Sequence

from chatdesk.domain.account import Device
from chatdesk.domain.conversations import Sign
from chatdesk.domain.errors import NotFound
from chatdesk.matrix.client import Client, path
from chatdesk.matrix.failures import PASSWORD
from chatdesk.matrix.lenient import json_bytes, mapping, number, sequence, text
from chatdesk.matrix.signs import FAVOURITE, IGNORED, MARKED

_V3 = "/_matrix/client/v3"


class AccountCalls:
    """`own_user_id` is asked at each call: a login changes it."""

    def __init__(self, client: Client, own_user_id: Callable[[], str]) -> None:
        self._client = client
        self._own_user_id = own_user_id

    async def devices(self) -> tuple[Device, ...]:
        """Every login of the account, in the server's order; none is marked as the current one."""
        answer = await self._client.call("GET", f"{_V3}/devices")
        found = [mapping(device) for device in sequence(answer.get("devices"))]
        return tuple(
            Device(
                text(device["device_id"]),
                text(device.get("display_name")),
                number(device.get("last_seen_ts")),
                text(device.get("last_seen_ip")),
            )
            for device in found
            if text(device.get("device_id"))
        )

    async def rename_device(self, device_id: str, name: str) -> None:
        await self._client.call("PUT", f"{_V3}{path('devices', device_id)}", {"display_name": name})

    async def delete_devices(self, device_ids: Sequence[str], session: str = "", password: str = "") -> None:
        """End these logins. Raises PasswordNeeded with a session, which belongs to the next try with a password."""
        body: dict[str, object] = {"devices": list(device_ids)}
        if password:
            user = {"type": "m.id.user", "user": self._own_user_id()}
            body["auth"] = {"type": PASSWORD, "identifier": user, "password": password, "session": session}
        await self._client.call("POST", f"{_V3}/delete_devices", json_bytes(body))

    async def set_avatar(self, uri: str) -> None:
        """Empty: none."""
        where = path("profile", self._own_user_id(), "avatar_url")
        await self._client.call("PUT", f"{_V3}{where}", {"avatar_url": uri})

    async def set_sign(self, channel: str, sign: Sign, is_set: bool) -> None:
        """Pin, mute or mark a room, or the opposite; safe to repeat."""
        match sign:
            case Sign.PINNED:
                where = f"{_V3}{path('user', self._own_user_id(), 'rooms', channel, 'tags', FAVOURITE)}"
                if is_set:
                    await self._client.call("PUT", where, json_bytes({"order": 0.5}))
                else:
                    await self._remove(where)
            case Sign.UNREAD:
                where = f"{_V3}{path('user', self._own_user_id(), 'rooms', channel, 'account_data', MARKED)}"
                await self._client.call("PUT", where, {"unread": is_set})
            case Sign.MUTED:
                rule = f"{_V3}{path('pushrules', 'global', 'room', channel)}"
                if is_set:
                    await self._client.call("PUT", rule, json_bytes({"actions": []}))
                else:
                    await self._remove(rule)
                    await self._remove(f"{_V3}{path('pushrules', 'global', 'override', channel)}")  # other clients' way

    async def _remove(self, where: str) -> None:
        with contextlib.suppress(NotFound):
            await self._client.call("DELETE", where)

    async def blocked(self) -> tuple[str, ...]:
        """The people whose messages the server keeps away from this account."""
        try:
            answer = await self._client.call("GET", self._blocked_path())
        except NotFound:
            return ()
        return tuple(user for user in mapping(answer.get("ignored_users")) if user.startswith("@"))

    async def set_blocked(self, user_ids: Sequence[str]) -> None:
        body: dict[str, object] = {"ignored_users": {user: {} for user in user_ids}}
        await self._client.call("PUT", self._blocked_path(), json_bytes(body))

    def _blocked_path(self) -> str:
        return f"{_V3}{path('user', self._own_user_id(), 'account_data', IGNORED)}"
