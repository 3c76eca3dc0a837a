"""The thin line at the bottom: how the connection is, and what is being downloaded. Main thread only.

Its room is always there, so nothing moves when it has something to say.
"""

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.views.accessibility import announce
from chatdesk.views.row_painting import fill
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font
from chatdesk.views.widgets import ElidedLabel, button

_BAR = 3
_NOTHING = -2
"""No transfer is under way."""


class StatusLine(QWidget):
    retry_asked = Signal()
    downloads_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = "muted"
        self._is_loud = False
        self._share = _NOTHING
        self.setObjectName("statusLine")
        self._dot = _Dot(theme)
        self._text = ElidedLabel(factor=SMALL)
        self._text.setProperty("kind", "muted")
        self._text.setObjectName("statusText")
        self.retry_button = button(self.tr("Retry now"), "retryConnection", "flat")
        self.retry_button.clicked.connect(self.retry_asked)
        self.downloads_button = button("", "downloadActivity", "flat")
        self.downloads_button.clicked.connect(self.downloads_asked)
        small = scaled_font(self.font(), SMALL)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, SPACING, 0)
        row.setSpacing(SPACING)
        row.addWidget(self._dot)
        row.addWidget(self._text, 1)
        for flat in (self.retry_button, self.downloads_button):
            flat.setFont(small)
            flat.hide()
            row.addWidget(flat)
        self._keep_room()
        theme.changed.connect(self.update)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._keep_room()

    def _keep_room(self) -> None:
        self.setFixedHeight(max(26, self.fontMetrics().height() + 9))

    @property
    def text(self) -> str:
        return self._text.full_text()

    def show_state(
        self, text: str, role: str, detail: str = "", can_retry: bool = False, is_loud: bool = False
    ) -> None:
        """`role` is the colour of the dot; a loud state has a warning ground."""
        is_news = text != self.text
        self._text.setText(text)
        kind = "" if is_loud else "muted"
        if kind != self._text.property("kind"):
            self._text.setProperty("kind", kind)
            self._text.style().unpolish(self._text)
            self._text.style().polish(self._text)
        self.setToolTip(detail)
        self.setAccessibleName(text)
        self.setAccessibleDescription(detail)
        self._dot.set_role(role)
        self._is_loud = is_loud
        self.retry_button.setVisible(can_retry)
        self.update()
        if is_news and self.isVisible():
            announce(self, text)

    def show_downloads(self, text: str, share: int = -1) -> None:
        """`share`: how much of it is here, 0 to 100; -1 when nobody knows."""
        self._share = share if text else _NOTHING
        self.update()
        self.downloads_button.setText(text)
        self.downloads_button.setAccessibleName(text)
        self.downloads_button.setVisible(bool(text))

    def speak(self, text: str) -> None:
        """For ears only: a screen reader says it, nothing changes on the screen."""
        if self.isVisible():
            announce(self, text)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self._theme.colors
        painter = QPainter(self)
        fill(painter, self.rect(), colors.color("warning_ground" if self._is_loud else "sidebar"))
        fill(painter, QRect(0, 0, self.width(), 1), colors.color("border"))
        if self._share != _NOTHING:
            width = self.width() * self._share // 100 if self._share >= 0 else self.width()
            left = self.width() - width if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 0
            painter.setOpacity(1.0 if self._share >= 0 else 0.4)
            fill(painter, QRect(left, 0, width, _BAR), colors.color("accent"))
        painter.end()


class _Dot(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._role = "muted"
        self.setFixedSize(8, 8)
        theme.changed.connect(self.update)

    def set_role(self, role: str) -> None:
        self._role = role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colors.color(self._role))
        painter.setBrush(self._theme.colors.color(self._role))
        painter.drawEllipse(1, 1, 6, 6)
        painter.end()
