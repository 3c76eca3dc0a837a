"""A sentence about something that just failed or was done, over the upper end of its parent. Main thread only.

It floats, so nothing moves, and far from the composer and the newest messages, which are what it mostly speaks of; it
leaves by itself, but never while the mouse or the keyboard is on it.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from chatdesk.views.accessibility import announce
from chatdesk.views.icons import pixmap
from chatdesk.views.theme import RADIUS, SPACING, Theme
from chatdesk.views.widgets import IconButton

SHOWN_MS = 8000
_WIDTH = 520


class Notice(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground = self._over = parent
        self._top: Callable[[], int] = lambda: 0
        self.setObjectName("notice")
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        close = self._close = IconButton(theme, "close", self.tr("Close this notice"), "closeNotice")
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACING + 4, SPACING // 2, SPACING // 2, SPACING // 2)
        row.setSpacing(SPACING)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._leave)
        parent.installEventFilter(self)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def set_top(self, top: Callable[[], int]) -> None:
        """Keep so many pixels of the upper end free, asked for at each `place`: a header, and what stands below it."""
        self._top = top
        self.place()

    def set_over(self, part: QWidget) -> None:
        """Stand in the middle of this part of the parent; while it cannot be seen, at the parent's lower end."""
        self._over = part
        part.installEventFilter(self)
        self.place()

    def show_text(self, text: str, is_error: bool = True) -> None:
        if not text:
            return
        colors = self._theme.colors
        side = round(self.fontMetrics().height() * 1.2)
        sign, color = ("alert", colors.error) if is_error else ("check", colors.ok)
        self._sign.setPixmap(pixmap(sign, color, side, self.devicePixelRatioF()))
        self._text.setText(text)
        self.setAccessibleName(text)
        self.place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, text, is_urgent=is_error)

    def _leave(self) -> None:
        if self.underMouse() or self._close.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def place(self) -> None:
        top = self._top()
        parent = self._ground
        is_over = self._over.isVisible()
        over = self._over if is_over else parent
        width = min(_WIDTH, over.width() - 4 * SPACING)
        self.setFixedWidth(max(200, width))
        self.resize(self.width(), max(self.heightForWidth(self.width()), self.sizeHint().height()))
        left = over.mapTo(parent, QPoint((over.width() - self.width()) // 2, 0)).x()
        self.move(left, top + SPACING if is_over else parent.height() - top - self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self.place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.color("field_border"), 1))
        painter.setBrush(colors.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()
