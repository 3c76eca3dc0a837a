"""The icon in the desktop's tray: how much is unread, a way back to the window, a way out. Main thread only.

Exists only where there is a tray. Owns its menu; what is unread it is told.
"""

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from chatdesk.models.settings import SettingsModel
from chatdesk.views.icons import app_icon, pixmap
from chatdesk.views.row_painting import paint_badge
from chatdesk.views.theme import Theme, scaled_font

_SIZES = (22, 32, 64)
_WATCH_MS = 3000


class Tray(QObject):
    window_asked = Signal()
    quit_asked = Signal()
    lost = Signal()
    """The tray is gone, and with it this way back to a hidden window."""
    message_clicked = Signal()

    def __init__(self, theme: Theme, settings: SettingsModel, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._settings = settings
        self._unread = -1
        self._icon = QSystemTrayIcon(self)
        self._menu = QMenu(window)
        self._menu.setObjectName("trayMenu")
        self._menu.setAccessibleName("chatdesk")
        shown = self._menu.addAction(self.tr("Open chatdesk"))
        shown.setObjectName("trayOpen")
        shown.triggered.connect(self.window_asked)
        self.quiet = self._menu.addAction(self.tr("Do not disturb"))
        self.quiet.setObjectName("trayQuiet")
        self.quiet.setCheckable(True)
        self.quiet.triggered.connect(lambda is_on: settings.change(do_not_disturb=is_on))
        self._menu.addSeparator()
        out = self._menu.addAction(self.tr("Quit chatdesk"))
        out.setObjectName("trayQuit")
        out.triggered.connect(self.quit_asked)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(self.message_clicked)
        self._watch = QTimer(self)
        self._watch.setInterval(_WATCH_MS)
        self._watch.timeout.connect(self._check)
        settings.changed.connect(self._show_settings)
        self._show_settings()
        self.show_unread(0)

    @property
    def is_there(self) -> bool:
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def menu(self) -> QMenu:
        return self._menu

    @property
    def tool_tip(self) -> str:
        return self._icon.toolTip()

    def show(self) -> None:
        if self.is_there:
            self._icon.show()

    def hide(self) -> None:
        self._icon.hide()

    def show_unread(self, count: int) -> None:
        if count == self._unread:
            return
        self._unread = count
        self._icon.setIcon(badged_icon(count, self._theme) if count else app_icon())
        self._icon.setToolTip(self.tr("chatdesk, %n unread", "", count) if count else "chatdesk")

    def show_message(self, title: str, body: str) -> None:
        """A notification by the tray, where the desktop has no better way."""
        if self._icon.isVisible():
            # Some desktops read markup here; a sender must not be able to write any.
            self._icon.showMessage(title.replace("<", "‹"), body.replace("<", "‹"), app_icon())

    def watch(self, is_watched: bool) -> None:
        """While the window is hidden: notice when the tray goes away."""
        if is_watched:
            self._watch.start()
        else:
            self._watch.stop()

    def _check(self) -> None:
        if not self.is_there:
            self._watch.stop()
            self.lost.emit()

    def _show_settings(self) -> None:
        self.quiet.setChecked(self._settings.preferences.do_not_disturb)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.window_asked.emit()


def badged_icon(count: int, theme: Theme) -> QIcon:
    """The program's sign with a number in the corner."""
    result = QIcon()
    for size in _SIZES:
        picture = QPixmap(pixmap("chatdesk", "#000000", size))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = scaled_font(painter.font(), bold=True)
        font.setPixelSize(max(8, round(size * 0.44)))
        text = str(count) if count < 100 else "99+"
        height = round(size * 0.58)
        width = size if len(text) > 2 else max(height, round(size * 0.3 * len(text)) + round(size * 0.2))
        place = QRect(size - width, size - height, width, height)
        paint_badge(painter, place, text, font, theme.colors.error, theme.colors.window)
        painter.end()
        result.addPixmap(picture)
    return result
