"""What the list delegates share: grounds, one-line texts in either direction, badges. Pure painting, main thread."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from chatdesk.views.palettes import Colors

_RING = 2


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, colors: Colors) -> None:
    """Selected, under the mouse, and a ring on the current row while the list has the keyboard."""
    state = QStyle.StateFlag
    rect = QRectF(option.rect).adjusted(6, 1, -6, -1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if option.state & state.State_Selected:
        painter.setBrush(QColor(colors.selected))
        painter.drawRoundedRect(rect, 8, 8)
    elif option.state & state.State_MouseOver:
        painter.setBrush(QColor(colors.hover))
        painter.drawRoundedRect(rect, 8, 8)
    if option.state & state.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colors.accent), _RING))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 7, 7)
    painter.restore()


def paint_line(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    color: str,
    is_mirrored: bool,
    at_end: bool = False,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """One elided line at the start (or end) of `rect`. The text runs in its own direction, whatever the window's."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, mode, rect.width())
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(color))
    to_right = is_mirrored != at_end
    side = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if runs_left(text) else Qt.LayoutDirection.LeftToRight)
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(rect, int(flags) | int(Qt.TextFlag.TextSingleLine), shown)
    painter.restore()


def paint_badge(
    painter: QPainter, rect: QRect, text: str, font: QFont, ground: str, color: str, is_hollow: bool = False
) -> None:
    """A short text on a pill of the colour `ground`; only its rim when hollow."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QRectF(rect)
    if is_hollow:
        painter.setPen(QPen(QColor(ground), 1))
        shape.adjust(0.5, 0.5, -0.5, -0.5)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
    painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if runs_left(text) else Qt.LayoutDirection.LeftToRight)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def visual(option: QStyleOptionViewItem, rect: QRect) -> QRect:
    """`rect`, laid out from left to right, where it belongs in the window's direction."""
    return QStyle.visualRect(option.direction, option.rect, rect)


def is_mirrored(option: QStyleOptionViewItem) -> bool:
    return option.direction is Qt.LayoutDirection.RightToLeft


def runs_left(text: str) -> bool:
    """True when the first letter with a direction is of a right-to-left script."""
    for sign in text:
        if "\u0590" <= sign <= "\u08ff" or "\ufb1d" <= sign <= "\ufdff" or "\ufe70" <= sign <= "\ufefc":
            return True
        if sign.isalpha():
            return False
    return False
