"""The list of words offered over the field while one types. Main thread only.

A child of the window that never takes the keyboard; it owns which line is chosen. What is offered and what a line
does is Completion's.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, QStringListModel, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from chatdesk.models.diff_adapter import AnyIndex
from chatdesk.models.mentions import Person
from chatdesk.views.row_painting import is_mirrored, paint_ground, paint_line, visual
from chatdesk.views.theme import RADIUS, SMALL, SPACING, Theme, scaled_font


class Offer(NamedTuple):
    """One line: a sign in front, the name and a smaller word behind; `insert` is what the text gets."""

    sign: str
    name: str
    word: str
    insert: str
    person: Person | None = None


class CompletionPopup(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.offers: list[Offer] = []
        self.setObjectName("completionPopup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = QStringListModel(self)
        self.view = QListView()
        self.view.setObjectName("completions")
        self.view.setAccessibleName(self.tr("Suggestions"))
        self.view.setModel(self._model)
        self.view.setItemDelegate(_OfferDelegate(theme, self))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 4, 1, 4)
        column.addWidget(self.view)
        self.hide()

    def current(self) -> Offer:
        return self.offers[max(0, self.view.currentIndex().row())]

    def show_offers(self, offers: list[Offer]) -> None:
        if offers != self.offers or not self.isVisible():
            self.offers = offers
            self._model.setStringList([" ".join(filter(None, (offer.name, offer.word))) for offer in offers])
            self.view.setCurrentIndex(self._model.index(0))
        self.show()
        self.raise_()

    def step(self, step: int) -> None:
        count = len(self.offers)
        self.view.setCurrentIndex(self._model.index((self.view.currentIndex().row() + step) % count))

    def place(self, anchor: QRect) -> None:
        """Above the word that is completed, inside the window."""
        window = self.parentWidget()
        space = QRect() if window is None else window.rect().adjusted(SPACING, SPACING, -SPACING, -SPACING)
        line = self.view.sizeHintForRow(0)
        names, words = self.view.fontMetrics(), QFontMetrics(scaled_font(self.font(), SMALL))
        text = max(names.horizontalAdvance(offer.name) + words.horizontalAdvance(offer.word) for offer in self.offers)
        width = min(space.width(), max(text + line + 8 * SPACING, 24 * names.averageCharWidth()))
        height = min(len(self.offers) * line + 10, max(line, anchor.top() - space.top() - 2 * SPACING))
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = anchor.right() - width + 3 * SPACING if is_rtl else anchor.left() - 3 * SPACING
        left = max(space.left(), min(left, space.right() + 1 - width))
        top = max(space.top(), anchor.top() - height - 2 * SPACING)
        self.setGeometry(QRect(QPoint(left, top), QSize(width, height)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colors.color("field_border")))
        painter.setBrush(self._theme.colors.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()


class _OfferDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, popup: CompletionPopup) -> None:
        super().__init__(popup)
        self._theme = theme
        self._popup = popup

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(100, max(28, round(QFontMetrics(option.font).height() * 1.75)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        if index.row() >= len(self._popup.offers):
            return
        offer = self._popup.offers[index.row()]
        option.state &= ~QStyle.StateFlag.State_HasFocus
        paint_ground(painter, option, self._theme.colors)
        row = option.rect.adjusted(14, 0, -14, 0)
        side = row.height()
        sign = QRect(row.left(), row.top(), side, side)
        painter.save()
        painter.setFont(scaled_font(option.font, 1.25))
        painter.setPen(self._theme.colors.color("accent"))
        painter.drawText(visual(option, sign), Qt.AlignmentFlag.AlignCenter, offer.sign)
        painter.restore()
        left = sign.right() + SPACING
        small = scaled_font(option.font, SMALL)
        width = min(QFontMetrics(option.font).horizontalAdvance(offer.name) + 2, row.right() - left)
        name = QRect(left, row.top(), width, row.height())
        word = QRect(name.right() + SPACING, row.top(), row.right() - name.right() - SPACING, row.height())
        colors, mirrored = self._theme.colors, is_mirrored(option)
        paint_line(painter, visual(option, name), offer.name, option.font, colors.text, mirrored)
        if word.width() > 20:
            paint_line(painter, visual(option, word), offer.word, small, colors.muted, mirrored)
