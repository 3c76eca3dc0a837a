"""The window on the screen, and how it is made anew when another language is chosen. Main thread only.

Texts are translated when a widget is made, so another language takes another window: around the same session, at the
same place, with the same conversations open. Drafts and transfers are the models', which stay.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from chatdesk.app import languages
from chatdesk.models.settings import SettingsModel
from chatdesk.views.main_window import MainWindow
from chatdesk.views.theme import Theme

if TYPE_CHECKING:
    from chatdesk.app.container import Container


_SPI_GETCLIENTAREAANIMATION = 0x1042


class Front:
    """`container` runs in the window; it is told of each new one."""

    def __init__(self, app: QApplication, theme: Theme, settings: SettingsModel) -> None:
        self._app = app
        self._theme = theme
        self._settings = settings
        self._language = settings.preferences.language
        self._has_desktop = False
        self.container: Container | None = None
        self.window = MainWindow(theme, settings)
        settings.changed.connect(self._on_settings)

    def come_forward(self, address: str) -> None:
        """Somebody started the program again, perhaps with a link."""
        self.window.come_forward()
        if address:
            self.window.follow_link(address)

    def join_desktop(self) -> None:
        """D-Bus is loaded only now, and only where desktops use it."""
        is_first, self._has_desktop = not self._has_desktop, True
        if sys.platform == "win32":
            self._theme.set_system_still(_windows_is_still())
        if sys.platform in ("win32", "darwin"):
            self.window.join_desktop(None)
            return
        from PySide6.QtDBus import QDBusConnection

        from chatdesk.views.desktop_notifications import PortalNotifications
        from chatdesk.views.system_motion import SystemMotion

        bus = QDBusConnection.sessionBus()
        if is_first and bus.isConnected():
            SystemMotion(bus, self._theme).changed.connect(self._theme.set_system_still)
        self.window.join_desktop(PortalNotifications(bus, self.window) if bus.isConnected() else None)

    def _on_settings(self) -> None:
        if self._settings.preferences.language != self._language:
            # The settings dialog is in the middle of its own gesture, and goes with its window.
            QTimer.singleShot(0, self.window, self._speak)

    def _speak(self) -> None:
        """Everything in the language that is chosen now, with the choice still in view."""
        chosen = self._settings.preferences.language
        if self.container is None or chosen == self._language:
            return
        self._language = chosen
        languages.install(self._app, chosen)
        old, self.window = self.window, MainWindow(self._theme, self._settings)
        before = old.findChild(QDialog, "settingsDialog")
        self.window.follow(old)
        self.container.change_window(self.window)
        self.window.show_icon()
        if self._has_desktop:
            self.join_desktop()
        old.retire()
        dialog = self.window.open_settings(None if before is None else before.geometry())
        dialog.general.language.setFocus()


def _windows_is_still() -> bool:
    """Whether Windows was told to show no animations, which Qt's styles do not hear; other systems tell elsewhere."""
    if sys.platform != "win32":
        return False
    import ctypes

    animates = ctypes.c_int(1)
    ctypes.windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animates), 0)
    return not animates.value
