"""Ctrl+K: one field from which everything is reached. Main thread only; what is found is the SwitcherModel's.

The keyboard stays in the field: Up and Down walk through the list below it, Enter goes.
"""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QLabel,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.ids import ConversationType
from chatdesk.models.switcher import Choice, Kind, SwitcherModel
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.avatars import paint_avatar, picture_of
from chatdesk.views.icons import pixmap
from chatdesk.views.row_painting import is_mirrored, paint_ground, paint_line, visual
from chatdesk.views.search_field import SearchField
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font

_WIDTH_EM, _LIST_LINES = 34, 22
_LONGEST = 200_000
"""Signs; hundreds of links are more than such a field usually takes."""
_SIGNS = {
    Kind.MESSAGE: "chat",
    Kind.COMMAND: "menu",
    Kind.DATE: "clock",
    Kind.LINK: "open",
    Kind.NOTHING: "alert",
}


class SwitcherDelegate(QStyledItemDelegate):
    def __init__(
        self, theme: Theme, model: SwitcherModel, view: QAbstractItemView, thumbnails: Thumbnails | None
    ) -> None:
        super().__init__(view)
        self._theme = theme
        self._model = model
        self._thumbnails = thumbnails
        if thumbnails is not None:
            thumbnails.ready.connect(view.viewport().update)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        low = QFontMetrics(scaled_font(option.font, SMALL)).height()
        return QSize(120, max(36, QFontMetrics(option.font).height() + low + 2) + SPACING)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        choice: Choice = index.data(SwitcherModel.CHOICE)
        colors = self._theme.colors
        mirrored = is_mirrored(option)
        small = scaled_font(option.font, SMALL)
        high, low = QFontMetrics(option.font).height(), QFontMetrics(small).height()
        paint_ground(painter, option, colors)
        row = option.rect.adjusted(14, 0, -14, 0)
        side = max(30, round(high * 1.8))
        sign = visual(option, QRect(row.left(), row.center().y() - side // 2, side, side))
        self._paint_sign(painter, sign, choice)
        left = row.left() + side + SPACING
        top = row.center().y() - (high + low + 2) // 2 if choice.detail else row.center().y() - high // 2
        first = QRect(left, top, row.right() - left, high)
        word = self._model.word(choice)
        width = QFontMetrics(small).horizontalAdvance(word) + 1
        place = QRect(first.right() - width, first.top(), width, high)
        paint_line(painter, visual(option, place), word, small, colors.muted, mirrored, at_end=True)
        first.setRight(place.left() - SPACING)
        paint_line(painter, visual(option, first), choice.title, option.font, colors.text, mirrored)
        second = QRect(left, top + high + 2, row.right() - left, low)
        detail = choice.detail
        if choice.kind is Kind.COMMAND:
            detail = QKeySequence(detail).toString(QKeySequence.SequenceFormat.NativeText)
        color = colors.error if choice.kind is Kind.NOTHING else colors.muted
        paint_line(painter, visual(option, second), detail, small, color, mirrored)

    def _paint_sign(self, painter: QPainter, place: QRect, choice: Choice) -> None:
        colors = self._theme.colors
        identity = choice.address or (choice.identifier.id if choice.identifier is not None else "")
        if choice.kind in (Kind.CONVERSATION, Kind.PERSON):
            is_group = choice.identifier is not None and choice.identifier.type is ConversationType.GROUP
            ratio = painter.device().devicePixelRatio()
            picture = picture_of(self._thumbnails, choice.avatar_uri, place.width(), ratio)
            paint_avatar(painter, QRectF(place), choice.title, identity, is_group, colors, picture)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.hover))
        painter.drawEllipse(QRectF(place))
        painter.restore()
        size = round(place.width() * 0.55)
        corner = place.center() - QPoint(size // 2, size // 2)
        painter.drawPixmap(corner, pixmap(_SIGNS[choice.kind], colors.muted, size, painter.device().devicePixelRatio()))


class Switcher(QDialog):
    chosen = Signal(object)
    """The Choice."""

    def __init__(
        self, theme: Theme, model: SwitcherModel, parent: QWidget, thumbnails: Thumbnails | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._model = model
        model.setParent(self)
        self.setObjectName("switcher")
        self.setWindowTitle(self.tr("Go to"))
        self.setAccessibleName(self.tr("Go to"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("surface", "popup")
        self.field = SearchField()
        self.field.setObjectName("switcherField")
        self.field.setMaxLength(_LONGEST)
        self.field.setAccessibleName(self.tr("Go to a conversation, a person, a message …"))
        self.field.setPlaceholderText(self.tr("People, groups, messages, commands, links, dates"))
        self.field.textChanged.connect(self._on_text)
        self.field.installEventFilter(self)
        self.list = QListView()
        self.list.setObjectName("switcherList")
        self.list.setAccessibleName(self.tr("Where to go"))
        self.list.setModel(model)
        self.list.setItemDelegate(SwitcherDelegate(theme, model, self.list, thumbnails))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFocusProxy(self.field)  # its keys work in the field
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._go)
        self._nothing = QLabel(self.tr("Nothing found"))
        self._nothing.setProperty("kind", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACING, SPACING, SPACING, SPACING)
        column.setSpacing(SPACING)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing, 1)
        model.modelReset.connect(self._choose_first)
        model.settled.connect(self._show_page)
        self._choose_first()

    def open_over(self, window: QWidget) -> None:
        """In the upper part of a window, as wide as it needs and as it has room for."""
        line = self.fontMetrics().lineSpacing()
        width = min(line * _WIDTH_EM, window.width() - 4 * SPACING)
        height = min(line * _LIST_LINES, window.height() - 8 * SPACING)
        self.resize(width, height)
        corner = window.mapToGlobal(QPoint((window.width() - width) // 2, max(SPACING, window.height() // 12)))
        self.move(corner)
        self.open()
        self.field.setFocus()

    def _on_text(self, text: str) -> None:
        self._model.set_text(text)
        self._show_page()

    def _choose_first(self) -> None:
        if self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0))
        self._show_page()

    def _show_page(self) -> None:
        has_none = not self._model.rowCount() and self._model.is_settled
        self._nothing.setVisible(has_none)
        self.list.setVisible(not has_none)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Down:
                    self._step(1)
                case Qt.Key.Key_Up:
                    self._step(-1)
                case Qt.Key.Key_PageDown:
                    self._step(5)
                case Qt.Key.Key_PageUp:
                    self._step(-5)
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._go(self.list.currentIndex())
                case _:
                    return super().eventFilter(watched, event)
            return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        count = self._model.rowCount()
        if count:
            row = self.list.currentIndex().row() + by
            row = row % count if abs(by) == 1 else max(0, min(row, count - 1))
            self.list.setCurrentIndex(self._model.index(row))

    def _go(self, index: QModelIndex) -> None:
        choice: Choice | None = index.data(SwitcherModel.CHOICE) if index.isValid() else None
        if choice is not None and choice.kind is not Kind.NOTHING:
            self.close()
            self.chosen.emit(choice)
