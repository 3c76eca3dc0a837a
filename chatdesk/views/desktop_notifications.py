"""The desktop's own notifications over D-Bus: the portal that every current Linux desktop has. Main thread only.

The portal and not org.freedesktop.Notifications itself: that one wants an unsigned number, which PySide6's QtDBus
cannot send. Here a notification has a name of our own, so a later one takes the place of the earlier by itself.
Owns no decision: what is shown, and when, is `Notifications`' matter.
"""

import logging

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusError, QDBusMessage

SERVICE = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.Notification"
_log = logging.getLogger(__name__)


class PortalNotifications(QObject):
    clicked = Signal(str)
    """The name of a notification."""
    failed = Signal()
    """This desktop does not show them."""

    def __init__(self, bus: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        slot = SLOT("on_action(QDBusMessage)")
        bus.connect(SERVICE, PATH, INTERFACE, "ActionInvoked", self, slot)  # type: ignore[call-overload]  # a str is right

    def show(self, name: str, title: str, body: str) -> None:
        words = {"title": title, "body": body, "default-action": "open"}
        self._send("AddNotification", [name, words])

    def withdraw(self, name: str) -> None:
        self._send("RemoveNotification", [name])

    def _send(self, method: str, arguments: list[object]) -> None:
        call = QDBusMessage.createMethodCall(SERVICE, PATH, INTERFACE, method)
        call.setArguments(arguments)
        done, refused = SLOT("on_done(QDBusMessage)"), SLOT("on_refused(QDBusError,QDBusMessage)")
        self._bus.callWithCallback(call, self, done, refused)  # type: ignore[call-overload]  # a str is right

    @Slot(QDBusMessage)
    def on_done(self, answer: QDBusMessage) -> None:
        """Shown or taken away: nothing to do."""

    @Slot(QDBusError, QDBusMessage)
    def on_refused(self, error: QDBusError, call: QDBusMessage) -> None:
        _log.info("No notifications over the portal: %s", error.message())
        self.failed.emit()

    @Slot(QDBusMessage)
    def on_action(self, message: QDBusMessage) -> None:
        arguments = message.arguments()
        if len(arguments) >= 2 and arguments[1] == "open":
            self.clicked.emit(str(arguments[0]))
