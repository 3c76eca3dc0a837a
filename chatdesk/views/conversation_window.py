"""One conversation in a window of its own: header, messages, composer, and what was sent in it. Main thread only.

The session is the main window's; this one ends with its conversation, or when it is closed. Its place is told half a
second after it has changed.
"""

from functools import cached_property

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QMoveEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.models.chat import ChatModel
from chatdesk.models.session import SessionModel
from chatdesk.models.settings import SettingsModel
from chatdesk.views.chat_view import ChatView
from chatdesk.views.icons import app_icon
from chatdesk.views.media_side import MediaSide
from chatdesk.views.notice import Notice
from chatdesk.views.theme import Theme

PLACE_AFTER_MS = 500
_FRAME = 8
"""What a window manager adds at each side; not known before the window is shown."""
_STEP = QPoint(360, 64)
"""Off the main window's corner: its list stays in sight."""


class ConversationWindow(QWidget):
    closed = Signal()
    activated = Signal()
    place_changed = Signal(bytes)
    switcher_asked = Signal()
    quit_asked = Signal()

    def __init__(self, theme: Theme, settings: SettingsModel, chat: ChatModel, session: SessionModel) -> None:
        super().__init__()
        self._theme = theme
        self._own_name = session.own_name
        self._is_placed = False
        self.chat = chat
        self.setObjectName("conversationWindow")
        self.setWindowIcon(app_icon())
        self.view = ChatView(theme)
        self.view.settings = settings
        self.view.composer.set_settings(settings)
        self.view.header.set_in_own_window()
        self.view.set_model(chat, session.thumbnails)
        self.view.told.connect(lambda text: self.notice.show_text(text, is_error=False))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.media = MediaSide(theme, session, self.view)
        self.view.header.media_asked.connect(self.media.toggle)
        column.addWidget(self.media)
        self._place_timer = QTimer(self)
        self._place_timer.setSingleShot(True)
        self._place_timer.setInterval(PLACE_AFTER_MS)
        self._place_timer.timeout.connect(self._tell_place)
        for keys, action in (
            ("Ctrl+W", self.close),
            ("Ctrl+K", self.switcher_asked),
            ("Ctrl+G", self.view.jump_to_date),
            ("Ctrl+Q", self.quit_asked),
            ("Ctrl+Shift+M", self.media.toggle),
            ("Esc", self._escape),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        chat.opened.connect(self._on_opened)
        chat.facts_changed.connect(self._show_title)
        self._show_title()

    def _escape(self) -> None:
        if not self.view.leave():
            self.media.close_pane()

    def sizeHint(self) -> QSize:
        return QSize(640, 640)

    @cached_property
    def notice(self) -> Notice:
        notice = Notice(self._theme, self)
        notice.set_top(lambda: self.view.upper_edge)
        self.view.upper_edge_changed.connect(notice.place)
        return notice

    def come_up(self, place: bytes, beside: QRect) -> None:
        """Show the window where it was last; the first time over the lower end of `beside`, wholly on the screen."""
        if place:
            self.restoreGeometry(QByteArray(place))
        else:
            space = self.screen().availableGeometry().adjusted(_FRAME, 4 * _FRAME, -_FRAME, -_FRAME)
            found = QRect(beside.topLeft() + _STEP, self.sizeHint().boundedTo(space.size()))
            found.moveRight(min(found.right(), space.right()))
            found.moveBottom(min(found.bottom(), space.bottom()))
            self.setGeometry(found)
        self.show()
        self._is_placed = True
        self.come_forward()
        self.view.focus_composer()

    def come_forward(self) -> None:
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()

    def _on_opened(self) -> None:
        if self.chat.conversation is None:  # it was left, or is gone
            self.close()

    def _show_title(self) -> None:
        if self.chat.conversation is not None:
            self.setWindowTitle(f"{self.chat.conversation.name} – {self._own_name} – chatdesk")

    def _tell_place(self) -> None:
        self.place_changed.emit(bytes(self.saveGeometry().data()))

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._note_place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._note_place()

    def _note_place(self) -> None:
        if self._is_placed and self.isVisible():
            self._place_timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(self.view.type_ahead(event))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.chat.set_window_active(self.isActiveWindow())
            self.activated.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._place_timer.isActive():
            self._place_timer.stop()
            self._tell_place()
        event.accept()
        self.closed.emit()
