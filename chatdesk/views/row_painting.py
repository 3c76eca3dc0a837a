"""What the list delegates share: grounds, one-line texts in either direction, badges. Pure painting, main thread.

Texts are shaped once and kept, the newest of them: shaping them is most of what painting a row costs.
"""

from collections import OrderedDict
from functools import lru_cache
from math import ceil

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QStyleOptionViewItem

from chatdesk.views.palettes import Colors

_RING = 2
_MOST_KEPT = 1024
_WHOLE = 0
"""In the place of a width: the line is not cut."""
_ANY = 1 << 20
_SHORT = 40
Place = tuple[int, int, int, int]
"""Left, top, width and height of a line: a QRect costs as much as its text."""
_shaped: OrderedDict[tuple[str, str, int, Qt.TextElideMode], QStaticText] = OrderedDict()


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, colors: Colors) -> None:
    """Selected, under the mouse, and a ring on the current row while the list has the keyboard."""
    from PySide6.QtWidgets import QStyle  # 566 names of things to draw: the first picture does without

    flag = QStyle.StateFlag
    state: int = option.state.value
    is_selected, is_hovered = bool(state & flag.State_Selected.value), bool(state & flag.State_MouseOver.value)
    paint_row_ground(painter, option.rect, colors, is_selected, is_hovered, bool(state & flag.State_HasFocus.value))


def paint_row_ground(
    painter: QPainter, row: QRect, colors: Colors, is_selected: bool, is_hovered: bool, has_ring: bool
) -> None:
    if not (is_selected or is_hovered or has_ring):
        return
    rect = QRectF(row).adjusted(6, 1, -6, -1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if is_selected or is_hovered:
        painter.setBrush(QColor(colors.selected if is_selected else colors.hover))
        painter.drawRoundedRect(rect, 8, 8)
    if has_ring:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colors.accent), _RING))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 7, 7)
    painter.restore()


def paint_cell_ground(painter: QPainter, option: QStyleOptionViewItem, colors: Colors) -> None:
    """Of a cell in a grid of pictures or signs: under the mouse, or with a ring where the keyboard is."""
    from PySide6.QtWidgets import QStyle  # as above

    flag = QStyle.StateFlag
    has_focus = bool(option.state & flag.State_HasFocus)
    if not (has_focus or option.state & flag.State_MouseOver):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colors.color("accent"), _RING) if has_focus else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(colors.color("selected" if has_focus else "hover"))
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 8, 8)
    painter.restore()


def fill(painter: QPainter, rect: QRect, color: QColor) -> None:
    """A plain rectangle. Not `fillRect`: to see whether it got one of Qt's 180 gradients, PySide makes all."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRect(rect)


class LastingFont(QFont):
    """A font that nobody changes: its key, which every text is looked up by, is made once."""

    def __init__(self, font: QFont) -> None:
        super().__init__(font)
        self._key = super().key()

    def key(self) -> str:
        return self._key


class ShapedLine(Struct, frozen=True):
    """One elided line in its place: painted often, shaped once."""

    place: QPointF
    text: QStaticText
    font: QFont
    color: QColor

    def paint(self, painter: QPainter) -> None:
        painter.setFont(self.font)
        painter.setPen(self.color)
        painter.drawStaticText(self.place, self.text)


def shaped_line(
    rect: QRect,
    text: str,
    font: QFont,
    color: str,
    is_mirrored: bool,
    at_end: bool = False,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> ShapedLine:
    """At the start (or end) of `rect`. The text runs in its own direction, whatever the window's."""
    place = rect.left(), rect.top(), rect.width(), rect.height()
    return placed_line(place, _shape(text, font, rect.width(), mode), font, color, is_mirrored, at_end)


def placed_line(
    place: Place, text: QStaticText, font: QFont, color: str, is_mirrored: bool, at_end: bool = False
) -> ShapedLine:
    """The same of a text that is shaped already."""
    left, top, width, height = place
    size = text.size()
    start = left + width - size.width() if is_mirrored != at_end else left
    return ShapedLine(QPointF(start, top + ceil((height - size.height()) / 2)), text, font, _color(color))


@lru_cache(64)
def _color(name: str) -> QColor:
    return QColor(name)


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
    """One elided line, shaped and painted."""
    painter.save()
    shaped_line(rect, text, font, color, is_mirrored, at_end, mode).paint(painter)
    painter.restore()


def plain_text(text: str, font: QFont) -> QStaticText:
    """Shaped once, painted often: a third of what `drawText` costs."""
    result = QStaticText(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    if runs_left(text):
        option = result.textOption()
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        result.setTextOption(option)
    result.prepare(font=font)
    return result


def _shape(text: str, font: QFont, width: int, mode: Qt.TextElideMode) -> QStaticText:
    """What is not cut serves at any width that has room for it."""
    look = font.key()
    for key in ((text, look, _WHOLE, mode), (text, look, width, mode)):
        found = _shaped.get(key)
        if found is not None and (key[2] != _WHOLE or found.size().width() <= width):
            _shaped.move_to_end(key)
            return found
    line = " ".join(text.splitlines())
    if len(line) <= _SHORT:  # will fit: to ask how long it is costs as much as to shape it
        whole = _keep((text, look, _WHOLE, mode), plain_text(line, font))
        if whole.size().width() <= width:
            return whole
    shown = QFontMetrics(font).elidedText(line, mode, width)
    return _keep((text, look, _WHOLE if shown == line else width, mode), plain_text(shown, font))


def _keep(key: tuple[str, str, int, Qt.TextElideMode], shaped: QStaticText) -> QStaticText:
    _shaped[key] = shaped
    if len(_shaped) > _MOST_KEPT:
        _shaped.popitem(last=False)
    return shaped


def cut_line(text: str, font: QFont, width: int) -> QStaticText:
    """One line that ends with three dots where it is longer."""
    return _shape(text, font, width, Qt.TextElideMode.ElideRight)


def whole_line(text: str, font: QFont) -> QStaticText:
    """One line that is not cut; it says how much room it takes."""
    return cut_line(text, font, _ANY)


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
    if not is_mirrored(option):
        return rect
    row: QRect = option.rect
    return rect.translated(row.left() + row.right() - rect.left() - rect.right(), 0)


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
