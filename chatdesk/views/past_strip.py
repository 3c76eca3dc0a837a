"""A strip of time: which parts of a conversation are here, on the server, or not to be had. Main thread; owns its look.

Not by colour alone: what is here is solid, what is on the server is hatched, what nobody gives is an empty frame.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatdesk.domain.holdings import Part, Span
from chatdesk.views.theme import Theme

_LEAST_PX = 4
"""However short a part is, it is seen."""


class PastStrip(QWidget):
    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._spans: Sequence[Span] = ()
        self.setObjectName("pastStrip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_spans(self, spans: Sequence[Span], description: str) -> None:
        self._spans = spans
        self.setAccessibleName(description)
        self.update()

    def parts(self) -> list[tuple[Part, QRectF]]:
        """Each part and its place, oldest at the start of the line."""
        if not self._spans:
            return []
        whole = max(1, self._spans[-1].until_ms - self._spans[0].from_ms)
        shares = [(span.until_ms - span.from_ms) / whole for span in self._spans]
        room = self.width() - _LEAST_PX * len(shares)
        found: list[tuple[Part, QRectF]] = []
        x = 0.0
        for span, share in zip(self._spans, shares, strict=True):
            width = _LEAST_PX + room * share
            left = self.width() - x - width if self.isRightToLeft() else x
            found.append((span.part, QRectF(left, 0, width, self.height())))
            x += width
        return found

    def sizeHint(self) -> QSize:
        return QSize(240, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        radius = self.height() / 3
        shape.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setClipPath(shape)
        for part, place in self.parts():
            paint_part(painter, place, part, self._theme)
        painter.setClipping(False)
        painter.setPen(QPen(self._theme.colors.color("field_border"), 1))
        painter.drawPath(shape)
        painter.end()


class PastSwatch(QWidget):
    """What one kind of part looks like, for the legend."""

    def __init__(self, theme: Theme, part: Part) -> None:
        super().__init__()
        self._theme = theme
        self._part = part
        side = round(self.fontMetrics().height() * 0.75)
        self.setFixedSize(side, side)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        paint_part(painter, rect, self._part, self._theme)
        painter.setPen(QPen(self._theme.colors.color("field_border"), 1))
        painter.drawRect(rect)
        painter.end()


def paint_part(painter: QPainter, place: QRectF, part: Part, theme: Theme) -> None:
    colors = theme.colors
    painter.fillRect(place, colors.color("window"))
    if part is Part.HERE:
        painter.fillRect(place, colors.color("accent"))
    elif part is Part.SERVER:
        painter.fillRect(place, QBrush(colors.color("muted"), Qt.BrushStyle.BDiagPattern))
