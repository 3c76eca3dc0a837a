"""How loud it is at the microphone, as bars that come in at the end of a line. Main thread; keeps the last levels."""

from collections import deque

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatdesk.views.theme import Theme

_STEP_MS = 80
_KEPT = 200
_BAR, _GAP = 3, 2
_LEAST = 0.12
"""Of the height: silence is seen, too."""
_SILENCE = 0.12
SILENT_MS = 3000
"""After so long without a sound something is wrong with the microphone."""


class LevelMeter(QWidget):
    def __init__(self, theme: Theme, object_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._levels: deque[float] = deque(maxlen=_KEPT)
        self._peak = 0.0
        self._since_bar = QElapsedTimer()
        self._since_sound = QElapsedTimer()
        self.setObjectName(object_name)
        self.setAccessibleName(self.tr("Level of the microphone"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.begin()

    def begin(self) -> None:
        """Forget what was heard before."""
        self._levels.clear()
        self._peak = 0.0
        self._since_bar.start()
        self._since_sound.start()
        self.update()

    @property
    def is_silent(self) -> bool:
        """Whether nothing was heard for a while."""
        return self._since_sound.hasExpired(SILENT_MS)

    def hear(self, level: float) -> None:
        self._peak = max(self._peak, level)
        if level > _SILENCE:
            self._since_sound.start()
        if self._since_bar.hasExpired(_STEP_MS):
            self._levels.append(self._peak)
            self._peak = 0.0
            self._since_bar.start()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, round(self.fontMetrics().height() * 1.3))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The newest at the end; where motion is not wanted, one bar that grows along the line."""
        colors, rect = self._theme.colors, QRectF(self.rect())
        is_rtl = self.isRightToLeft()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._theme.is_still:
            self._paint_bar(painter, rect, is_rtl)
            painter.end()
            return
        count = int(rect.width() // (_BAR + _GAP))
        shown = list(self._levels)[-count:]
        for place in range(count):
            at = place - (count - len(shown))
            level = shown[at] if at >= 0 else 0.0
            painter.setBrush(colors.color("accent" if at >= 0 and level > _SILENCE else "field_border"))
            height = max(rect.height() * max(_LEAST, level), _BAR)
            x = (count - 1 - place if is_rtl else place) * (_BAR + _GAP)
            painter.drawRoundedRect(QRectF(x, rect.center().y() - height / 2, _BAR, height), _BAR / 2, _BAR / 2)
        painter.end()

    def _paint_bar(self, painter: QPainter, rect: QRectF, is_rtl: bool) -> None:
        line = QRectF(rect.x(), rect.center().y() - _BAR, rect.width(), 2 * _BAR)
        painter.setBrush(self._theme.colors.color("field_border"))
        painter.drawRoundedRect(line, _BAR, _BAR)
        width = line.width() * (self._levels[-1] if self._levels else 0.0)
        painter.setBrush(self._theme.colors.color("accent"))
        painter.drawRoundedRect(
            QRectF(line.right() - width if is_rtl else line.x(), line.y(), width, 2 * _BAR), _BAR, _BAR
        )
