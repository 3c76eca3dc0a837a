"""The account itself: its name and picture, its devices, the people it has blocked. Loop thread only.

Asked and changed on the server directly: nothing here waits in the outbox, the user sees each answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from chatdesk.core.feed import Feed
from chatdesk.core.portrait import square_picture
from chatdesk.domain.account import Device
from chatdesk.domain.conversations import UserProfile
from chatdesk.domain.errors import InputError, NotSupported, PasswordNeeded
from chatdesk.domain.ids import localpart

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver


class OwnAccount:
    """`device_id` names the device that runs now; it is asked at each use."""

    def __init__(self, profile: UserProfile, server: Homeserver, device_id: Callable[[], str]) -> None:
        self.profile = profile
        self.profiles: Feed[UserProfile] = Feed()
        """The account's own, whenever it has changed."""
        self._server = server
        self._device_id = device_id

    async def refresh(self) -> None:
        """Ask the server for the name and the picture; they may have been changed elsewhere."""
        found = await self._server.profile(self.profile.user_id)
        self._take(found.name, found.avatar_uri)

    async def set_name(self, name: str) -> None:
        """Raises InputError for an empty one: nobody could tell who writes."""
        name = " ".join(name.split())
        if not name:
            raise InputError("Type the name that others shall see.")
        await self._server.set_display_name(name)
        self._take(name, self.profile.avatar_uri)

    async def set_picture(self, path: Path) -> None:
        """A picture file becomes the account's picture, without what the camera noted in it."""
        data = await asyncio.to_thread(square_picture, path)
        uri = await self._server.upload_bytes(data, "image/png", "picture.png")
        await self._server.account.set_avatar(uri)
        self._take(self.profile.name, uri)

    async def remove_picture(self) -> None:
        await self._server.account.set_avatar("")
        self._take(self.profile.name, "")

    def _take(self, name: str, avatar_uri: str) -> None:
        profile = UserProfile(self.profile.user_id, name or localpart(self.profile.user_id), avatar_uri)
        if profile != self.profile:
            self.profile = profile
            self.profiles.publish(profile)

    # -- devices -----------------------------------------------------------------------------------------------------

    async def devices(self) -> tuple[Device, ...]:
        """This one first, then by when they were last seen."""
        own = self._device_id()
        found = await self._server.account.devices()
        marked = (msgspec.structs.replace(device, is_current=device.id == own) for device in found)
        return tuple(sorted(marked, key=lambda device: (not device.is_current, -device.seen_ms, device.id)))

    async def rename_device(self, device_id: str, name: str) -> None:
        await self._server.account.rename_device(device_id, " ".join(name.split()))

    async def sign_out(self, device_ids: Sequence[str], password: str) -> None:
        """End other devices of this account. Raises InputError when the password is wrong or the device is this one."""
        if self._device_id() in device_ids:
            raise InputError("This device is the one you are using. Log out to end it.")
        try:
            await self._server.account.delete_devices(device_ids)
        except PasswordNeeded as asked:
            if not asked.has_password:
                raise NotSupported("This server signs devices out on its own web page only.") from asked
            try:
                await self._server.account.delete_devices(device_ids, asked.session, password)
            except PasswordNeeded as refused:
                raise InputError("The password is wrong.") from refused

    # -- blocked people ----------------------------------------------------------------------------------------------

    async def blocked(self) -> tuple[str, ...]:
        return tuple(sorted(await self._server.account.blocked()))

    async def block(self, user_id: str) -> None:
        """Nothing of them reaches this account any more, on any device."""
        blocked = await self.blocked()
        if user_id not in blocked and user_id != self.profile.user_id:
            await self._server.account.set_blocked([*blocked, user_id])

    async def unblock(self, user_id: str) -> None:
        """Their messages and invitations arrive again."""
        await self._server.account.set_blocked([user for user in await self.blocked() if user != user_id])
