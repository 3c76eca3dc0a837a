"""What the desktop says about animations, over a real (private) D-Bus: asked once, heard when it changes."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from jeepney import DBusAddress, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.asyncio import DBusConnection, DBusRouter, open_dbus_connection
from PySide6.QtDBus import QDBusConnection

from chatdesk.views import system_motion as module
from chatdesk.views.theme import Theme
from tests.models.waiting import until
from tests.views.test_presence import bus

__all__ = ["bus"]
GNOME = ("org.gnome.desktop.interface", "enable-animations")
KDE = ("org.kde.kdeglobals.KDE", "AnimationDurationFactor")


class Portal:
    """What the desktop's portal of settings does."""

    def __init__(self, line: DBusConnection) -> None:
        self._line = line
        self.settings: dict[tuple[str, str], tuple[str, Any]] = {}
        self.asked: list[tuple[str, str]] = []

    async def serve(self) -> None:
        while True:
            call = await self._line.receive()
            if call.header.message_type is not MessageType.method_call:
                continue
            self.asked.append(tuple(call.body))
            found = self.settings.get(tuple(call.body))
            if found is None:
                await self._line.send(new_error(call, "org.freedesktop.portal.Error.NotFound", "s", ("none",)))
            else:
                await self._line.send(new_method_return(call, "v", (("v", found),)))

    async def change(self, key: tuple[str, str], value: tuple[str, Any]) -> None:
        where = DBusAddress(module.PATH, interface=module.INTERFACE)
        await self._line.send(new_signal(where, "SettingChanged", "ssv", (*key, value)))


@pytest.fixture
async def portal(bus: str) -> AsyncIterator[Portal]:
    line = await open_dbus_connection(bus)
    async with DBusRouter(line) as router:
        await router.send_and_get_reply(message_bus.RequestName(module.SERVICE))
    portal = Portal(line)
    serving = asyncio.ensure_future(portal.serve())
    yield portal
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    await line.close()


@pytest.mark.parametrize(
    ("key", "off", "on"),
    [(GNOME, ("b", False), ("b", True)), (KDE, ("s", "0"), ("s", "1")), (KDE, ("d", 0.0), ("d", 0.5))],
)
async def test_asked_once_and_heard_when_it_changes(
    bus: str, portal: Portal, theme: Theme, key: tuple[str, str], off: tuple[str, Any], on: tuple[str, Any]
) -> None:
    portal.settings[key] = off
    motion = module.SystemMotion(QDBusConnection.connectToBus(bus, "motion"), theme)
    motion.changed.connect(theme.set_system_still)
    await until(lambda: len(portal.asked) == 3)
    await until(lambda: theme.is_still)
    await portal.change(key, on)
    await until(lambda: not theme.is_still)
    theme.set_still(True)
    assert theme.is_still
    theme.set_still(False)
    await portal.change(key, off)
    await until(lambda: theme.is_still)
    QDBusConnection.disconnectFromBus("motion")


async def test_without_a_portal_all_stays_as_it_is(bus: str, theme: Theme) -> None:
    motion = module.SystemMotion(QDBusConnection.connectToBus(bus, "motion"), theme)
    await until(lambda: not motion._asked)
    assert not motion.is_still
    QDBusConnection.disconnectFromBus("motion")
