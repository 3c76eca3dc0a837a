"""How loud a sound is where, as a row of bars; what was heard of it stands out. Pure painting, main thread."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from chatdesk.domain.elements import LOUDEST
from chatdesk.views.palettes import Colors

_LEAST = 0.12
"""Of the height: silence is seen, too."""


def paint_wave(
    painter: QPainter,
    rect: QRectF,
    levels: Sequence[int],
    heard: float,
    colors: Colors,
    bar: int,
    gap: int,
    is_mirrored: bool,
) -> None:
    """`levels` from 0 to LOUDEST, `heard` from 0 to 1; bars `bar` wide, `gap` apart."""
    count = max(1, int(rect.width() // (bar + gap)))
    levels = levels or (LOUDEST // 4,)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for number in range(count):
        first = number * len(levels) // count
        part = levels[first : max(first + 1, (number + 1) * len(levels) // count)]
        height = rect.height() * max(_LEAST, max(part) / LOUDEST)
        place = count - 1 - number if is_mirrored else number
        shape = QRectF(rect.x() + place * (bar + gap), rect.center().y() - height / 2, bar, height)
        painter.setBrush(colors.color("accent" if number < heard * count else "field_border"))
        painter.drawRoundedRect(shape, bar / 2, bar / 2)
    painter.restore()
