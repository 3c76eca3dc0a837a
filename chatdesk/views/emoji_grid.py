"""The grid of the emoji picker: one delegate paints all cells, so that two thousand emoji cost no widget each.

Main thread only. Owns where the keyboard is; what is shown is the EmojiListModel's. Up in the first line leaves the
grid, and letters typed into it belong to the search.
"""

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chatdesk.models.diff_adapter import AnyIndex
from chatdesk.models.emoji_list import EmojiListModel
from chatdesk.views.row_painting import paint_cell_ground
from chatdesk.views.theme import Theme, scaled_font

_SIZE = 1.65
"""Of the signs, against the text around."""
_CELL = 2.3
"""Of a cell, in lines of text."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EmojiGrid(QListView):
    chosen = Signal(str)
    pointed = Signal(QModelIndex)
    """The mouse or the keyboard is on this one."""
    left = Signal()
    """Up in the first line."""
    typed = Signal(str)

    def __init__(self, theme: Theme, model: EmojiListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emojiGrid")
        self.setAccessibleName(self.tr("Emoji"))
        self.setModel(model)
        self.setItemDelegate(_Cell(theme, self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._choose)
        self.entered.connect(self.pointed)

    def cell(self) -> int:
        return max(36, round(self.fontMetrics().height() * _CELL))

    def enter_first(self) -> None:
        """Take the keyboard, on the first cell unless one is current."""
        self.setFocus()
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        self.pointed.emit(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() in _ENTER and current.isValid():
            self._choose(current)
            return
        top = self.visualRect(self.model().index(0, 0)).top()
        if event.key() == Qt.Key.Key_Up and (not current.isValid() or self.visualRect(current).top() <= top):
            self.left.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        self.typed.emit(search)

    def _choose(self, index: QModelIndex) -> None:
        symbol = index.data()
        if symbol:
            self.chosen.emit(symbol)


class _Cell(QStyledItemDelegate):
    def __init__(self, theme: Theme, grid: EmojiGrid) -> None:
        super().__init__(grid)
        self._theme = theme
        self._grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        side = self._grid.cell()
        return QSize(side, side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        colors = self._theme.colors
        paint_cell_ground(painter, option, colors)
        painter.setFont(scaled_font(option.font, _SIZE))
        painter.setPen(colors.color("text"))
        painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, index.data())
