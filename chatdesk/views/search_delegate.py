"""Paints one hit of a search: who and when, the words around what was found, and where. Main thread."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from chatdesk.domain.search import SearchHit
from chatdesk.models.search import SearchModel
from chatdesk.views.row_painting import is_mirrored, paint_ground, paint_line, runs_left, visual
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font

_MARGIN = 14
_GAP = 2
_LINES = 2
"""Of the words around a hit."""


class SearchDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.shows_where = False
        """Several conversations are searched: each hit says where it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        high = QFontMetrics(option.font).height()
        low = QFontMetrics(scaled_font(option.font, SMALL)).height()
        return QSize(120, high * (1 + _LINES) + _GAP + (low + _GAP if self.shows_where else 0) + 2 * SPACING)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: SearchHit = index.data(SearchModel.HIT)
        colors = self._theme.colors
        mirrored = is_mirrored(option)
        small = scaled_font(option.font, SMALL)
        bold = scaled_font(option.font, bold=True)
        high, low = QFontMetrics(option.font).height(), QFontMetrics(small).height()
        paint_ground(painter, option, colors)
        row = option.rect.adjusted(_MARGIN, SPACING, -_MARGIN, -SPACING)
        line = QRect(row.left(), row.top(), row.width(), high)
        when: str = index.data(SearchModel.WHEN)
        width = QFontMetrics(small).horizontalAdvance(when) + 1
        place = QRect(line.right() - width, line.top(), width, high)
        paint_line(painter, visual(option, place), when, small, colors.muted, mirrored, at_end=True)
        line.setRight(place.left() - SPACING)
        paint_line(painter, visual(option, line), index.data(SearchModel.SENDER), bold, colors.text, mirrored)
        text = QRect(row.left(), row.top() + high + _GAP, row.width(), high * _LINES)
        self._paint_words(painter, visual(option, text), hit, option.font)
        if self.shows_where:
            where = QRect(row.left(), text.bottom() + 1 + _GAP, row.width(), low)
            paint_line(painter, visual(option, where), index.data(SearchModel.WHERE), small, colors.muted, mirrored)

    def _paint_words(self, painter: QPainter, rect: QRect, hit: SearchHit, font: QFont) -> None:
        """The snippet over two lines, what was found on a ground of its own."""
        colors = self._theme.colors
        layout = QTextLayout(hit.snippet, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        to_left = runs_left(hit.snippet)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if to_left else Qt.LayoutDirection.LeftToRight)
        layout.setTextOption(option)
        layout.setFormats([_range(hit.snippet, start, length, colors.accent) for start, length in hit.marks])
        layout.beginLayout()
        height = 0.0
        for _ in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(rect.width())
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        painter.save()
        painter.setPen(QColor(colors.muted))
        layout.draw(painter, QPointF(rect.topLeft()), clip=QRectF(rect))
        painter.restore()


def _range(text: str, start: int, length: int, color: str) -> QTextLayout.FormatRange:
    """Qt counts in UTF-16: signs outside the basic plane take two."""
    found = QTextLayout.FormatRange()
    found.start = start + sum(ord(sign) > 0xFFFF for sign in text[:start])
    found.length = length + sum(ord(sign) > 0xFFFF for sign in text[start : start + length])
    look = QTextCharFormat()
    look.setForeground(QColor(color))
    look.setFontWeight(QFont.Weight.DemiBold)
    found.format = look
    return found
