"""Grey shapes in place of rows that are not here yet. Only painting, main thread; nothing in it can be reached."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from chatdesk.views.theme import SPACING, Theme

_NAMES = (0.44, 0.6, 0.36, 0.52, 0.4, 0.56, 0.48)
_TEXTS = (0.8, 0.62, 0.74, 0.5, 0.84, 0.58, 0.7)
_ROWS = 7


class Skeleton(QWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colors.color("hover"))
        line = self.fontMetrics().height()
        side = max(36, round(line * 2.1))
        height = max(side, 2 * line) + 2 * SPACING
        bar = line * 0.6
        for row in range(min(_ROWS, self.height() // height)):
            middle = row * height + height / 2
            left = 14.0
            painter.drawEllipse(QRectF(left, middle - side / 2, side, side))
            left += side + SPACING + 2
            width = max(0.0, self.width() - left - 14)
            painter.drawRoundedRect(QRectF(left, middle - bar - 4, width * _NAMES[row], bar), bar / 2, bar / 2)
            painter.drawRoundedRect(QRectF(left, middle + 4, width * _TEXTS[row], bar * 0.85), bar / 2, bar / 2)
        painter.end()
