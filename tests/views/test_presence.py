"""The program on the desktop: real notifications over a real (private) D-Bus, the tray, closing and coming back."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.asyncio import DBusConnection, DBusRouter, open_dbus_connection
from PySide6.QtCore import QSize
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.core.session import Session
from chatdesk.domain.changes import Connection, ConnectionKind
from chatdesk.models.session import SessionModel
from chatdesk.views import desktop_notifications as portal
from chatdesk.views.main_window import MainWindow
from chatdesk.views.theme import Theme
from chatdesk.views.tray import Tray, badged_icon
from tests.models.offline import group, group_id, incoming, receive
from tests.models.waiting import turn, until

LUNCH = group_id("!lunch")
NAME = "2 !lunch"


class Desktop:
    """What a desktop's portal does: keeps notifications by name, and can be clicked."""

    def __init__(self, line: DBusConnection) -> None:
        self._line = line
        self.shown: dict[str, dict[str, Any]] = {}
        self.refuses = False

    async def serve(self) -> None:
        while True:
            call = await self._line.receive()
            if call.header.message_type is not MessageType.method_call:
                continue
            if self.refuses:
                await self._line.send(new_error(call, "org.example.No", "s", ("no notifications here",)))
                continue
            name = call.body[0]
            if call.header.fields[HeaderFields.member] == "AddNotification":
                assert call.header.fields[HeaderFields.signature] == "sa{sv}"
                self.shown[name] = {key: value for key, (_, value) in call.body[1].items()}
            else:
                self.shown.pop(name, None)
            await self._line.send(new_method_return(call))

    async def click(self, name: str) -> None:
        where = DBusAddress(portal.PATH, interface=portal.INTERFACE)
        await self._line.send(
            new_signal(where, "ActionInvoked", "ssav", (name, self.shown[name]["default-action"], []))
        )


@pytest.fixture
async def bus() -> AsyncIterator[str]:
    """The address of a bus of this test's own."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("no dbus-daemon here")
    daemon = await asyncio.create_subprocess_exec(
        program, "--session", "--nofork", "--print-address=1", stdout=asyncio.subprocess.PIPE
    )
    assert daemon.stdout is not None
    yield (await daemon.stdout.readline()).decode().strip()
    daemon.terminate()
    await daemon.wait()


@pytest.fixture
async def desktop(bus: str) -> AsyncIterator[Desktop]:
    line = await open_dbus_connection(bus)
    async with DBusRouter(line) as router:
        await router.send_and_get_reply(message_bus.RequestName(portal.SERVICE))
    desktop = Desktop(line)
    serving = asyncio.ensure_future(desktop.serve())
    yield desktop
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    await line.close()


@pytest.fixture
async def present(bus: str, desktop: Desktop, window: MainWindow, session: Session) -> AsyncIterator[MainWindow]:
    """Online, with two conversations, on this desktop; in the background."""
    connection = QDBusConnection.connectToBus(bus, "chatdesk-test")
    window.join_desktop(portal.PortalNotifications(connection, window))
    model = SessionModel(session)
    window.attach(model)
    await receive(session, group("!lunch", "Lunch", [incoming("old")]), group("!trip", "Trip"))
    model.load()
    await until(lambda: model.is_loaded)
    session._line.set(Connection(ConnectionKind.ONLINE))
    other = QWidget()
    other.show()
    other.activateWindow()
    await until(lambda: other.isActiveWindow() and not window.isActiveWindow())
    yield window
    other.close()
    other.deleteLater()
    await model.close()
    QDBusConnection.disconnectFromBus("chatdesk-test")


def _chat(window: MainWindow) -> Any:
    assert window._session is not None
    return window._session.chat


async def test_a_message_is_told_and_a_click_opens_it(present: MainWindow, session: Session, desktop: Desktop) -> None:
    await receive(session, group("!lunch", "Lunch", [incoming("soup is ready")], unread=1))
    await until(lambda: NAME in desktop.shown)
    assert desktop.shown[NAME] == {"title": "Lunch", "body": "Ben: soup is ready", "default-action": "open"}
    await receive(session, group("!lunch", "Lunch", [incoming("come!")], unread=2))
    await until(lambda: desktop.shown[NAME]["body"] == "Ben: soup is ready\nBen: come!")
    assert list(desktop.shown) == [NAME]
    await desktop.click(NAME)
    await until(lambda: _chat(present).conversation is not None)
    assert _chat(present).conversation.id == LUNCH
    assert present.isVisible()
    await until(lambda: not desktop.shown)  # it is being looked at now


async def test_reading_elsewhere_takes_it_away(present: MainWindow, session: Session, desktop: Desktop) -> None:
    await receive(session, group("!lunch", "Lunch", [incoming("soup")], unread=1))
    await until(lambda: NAME in desktop.shown)
    await receive(session, group("!lunch", "Lunch", unread=0))
    await until(lambda: not desktop.shown)


async def test_do_not_disturb_takes_all_away(present: MainWindow, session: Session, desktop: Desktop) -> None:
    await receive(session, group("!lunch", "Lunch", [incoming("soup")], unread=1))
    await until(lambda: NAME in desktop.shown)
    menu = present.findChild(QMenu, "trayMenu")
    assert menu is not None
    quiet = menu.findChild(QAction, "trayQuiet")
    assert quiet is not None
    quiet.trigger()
    assert present.settings.preferences.do_not_disturb
    await until(lambda: not desktop.shown)
    await receive(session, group("!lunch", "Lunch", [incoming("soup!")], unread=2))
    await turn(0.1)
    assert not desktop.shown


async def test_a_desktop_that_refuses_leaves_it_to_the_tray(
    present: MainWindow, session: Session, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    assert present._tray is not None
    monkeypatch.setattr(present._tray, "show_message", lambda title, body: told.append((title, body)))
    desktop.refuses = True
    await receive(session, group("!lunch", "Lunch", [incoming("soup")], unread=1))
    await until(lambda: told == [("Lunch", "Ben: soup")])
    await receive(session, group("!lunch", "Lunch", [incoming("more")], unread=2))
    await until(lambda: told[1:] == [("Lunch", "Ben: soup\nBen: more")])
    present._tray.message_clicked.emit()
    await until(lambda: _chat(present).conversation is not None)


async def test_unread_in_title_and_tray(present: MainWindow, session: Session) -> None:
    soup = [incoming("soup") for _ in range(3)]
    await receive(session, group("!lunch", "Lunch", soup, unread=3))
    assert present._tray is not None
    assert present._tray.tool_tip == "chatdesk, 3 unread"
    assert present.windowTitle().startswith("(3) ")
    await receive(session, group("!lunch", "Lunch", unread=0))
    assert present._tray.tool_tip == "chatdesk"
    assert present.windowTitle() == "Ann – chatdesk"


def test_the_number_is_on_the_icon(theme: Theme) -> None:
    plain, badged, many = (badged_icon(count, theme).pixmap(QSize(32, 32)).toImage() for count in (0, 3, 250))
    assert badged != plain
    assert many != badged


async def test_closing_ends_the_program_by_default(present: MainWindow) -> None:
    told: list[bool] = []
    present.closing.connect(lambda: told.append(True))
    present.show()
    present.close()
    assert told == [True]


async def test_closing_to_the_tray_and_back(present: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    present.closing.connect(lambda: told.append(True))
    present.settings.change(close_to_tray=True)
    monkeypatch.setattr(Tray, "is_there", True)  # the offscreen platform has none
    present.show()
    present.close()
    assert not present.isVisible()
    assert not told
    menu = present.findChild(QMenu, "trayMenu")
    assert menu is not None
    menu.actions()[0].trigger()
    assert present.isVisible()
    present.close()
    monkeypatch.setattr(Tray, "is_there", False)  # the tray crashes
    assert present._tray is not None
    present._tray._check()
    assert present.isVisible()
    present.close()  # without a tray a hidden window would be lost: this ends the program
    assert told == [True]


async def test_quit_ends_it_also_with_a_tray(present: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    present.closing.connect(lambda: told.append(True))
    present.settings.change(close_to_tray=True)
    monkeypatch.setattr(Tray, "is_there", True)
    present.show()
    menu = present.findChild(QMenu, "trayMenu")
    assert menu is not None
    menu.actions()[-1].trigger()
    assert told == [True]
