"""Whether the desktop was told to show no animations, over D-Bus: what GNOME and KDE do not tell Qt's styles.

Main thread only. Asks the portal's settings once and hears when they change; without a portal nobody answers, and all
stays as it was. Owns what was answered last.
"""

from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusError, QDBusMessage, QDBusVariant

SERVICE = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.Settings"
_KEYS = (
    ("org.freedesktop.appearance", "reduced-motion"),
    ("org.gnome.desktop.interface", "enable-animations"),
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor"),
)


class SystemMotion(QObject):
    changed = Signal(bool)
    """Whether nothing is to move."""

    def __init__(self, bus: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._wishes: dict[tuple[str, str], bool] = {}
        self._asked = list(_KEYS)
        slot = SLOT("on_changed(QDBusMessage)")
        bus.connect(SERVICE, PATH, INTERFACE, "SettingChanged", self, slot)  # type: ignore[call-overload]  # a str is right
        self._ask_next()

    @property
    def is_still(self) -> bool:
        return any(self._wishes.values())

    def _ask_next(self) -> None:
        """One after the other: an answer does not say what it answers."""
        if self._asked:
            call = QDBusMessage.createMethodCall(SERVICE, PATH, INTERFACE, "Read")
            call.setArguments(list(self._asked[0]))
            done, refused = SLOT("on_done(QDBusMessage)"), SLOT("on_refused(QDBusError,QDBusMessage)")
            self._bus.callWithCallback(call, self, done, refused)  # type: ignore[call-overload]  # a str is right

    @Slot(QDBusMessage)
    def on_done(self, answer: QDBusMessage) -> None:
        key = self._asked.pop(0)
        if answer.arguments():
            self._note(key, answer.arguments()[0])
        self._ask_next()

    @Slot(QDBusError, QDBusMessage)
    def on_refused(self, error: QDBusError, call: QDBusMessage) -> None:
        """No such setting here, or no portal."""
        self._asked.pop(0)
        self._ask_next()

    @Slot(QDBusMessage)
    def on_changed(self, message: QDBusMessage) -> None:
        arguments = message.arguments()
        if len(arguments) == 3 and (key := (str(arguments[0]), str(arguments[1]))) in _KEYS:
            self._note(key, arguments[2])

    def _note(self, key: tuple[str, str], value: Any) -> None:
        before = self.is_still
        while isinstance(value, QDBusVariant):  # older portals wrap it twice
            value = value.variant()
        self._wishes[key] = _is_wished(key[1], value)
        if self.is_still != before:
            self.changed.emit(self.is_still)


def _is_wished(name: str, value: Any) -> bool:
    match name:
        case "reduced-motion":
            return bool(value == 1)
        case "enable-animations":
            return value is False
        case _:
            try:
                return float(value) == 0
            except (TypeError, ValueError):
                return False
