"""The faces of one set in the emoji picker, chosen by mouse or keyboard. Main thread only.

Pictures are read a few at a time, so that a large set stops nothing. As in the grid of emoji, Up in the first line
leaves it and letters belong to the search.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImageReader, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from chatdesk.domain.elements import Face
from chatdesk.models.diff_adapter import AnyIndex
from chatdesk.views.row_painting import paint_cell_ground
from chatdesk.views.theme import Theme
from chatdesk.views.widgets import TabStopWhenFilled

_AT_ONCE = 8
"""Pictures read between two turns of the loop."""
_MOST_MIB = 16
_FACE = int(Qt.ItemDataRole.UserRole)
_EDGE = 6
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FaceGrid(QListWidget):
    chosen = Signal(object)
    """A Face."""
    pointed = Signal(object)
    """The Face that mouse or keyboard is on; None for none."""
    left = Signal()
    """Up in the first line."""
    typed = Signal(str)

    def __init__(self, theme: Theme, side: int, parent: QWidget | None = None) -> None:
        """`side`: of a picture, in pixels."""
        super().__init__(parent)
        self._waiting: list[tuple[QListWidgetItem, Path]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._read_some)
        self.setObjectName("faces")
        self.setAccessibleName(self.tr("Stickers"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(side, side))
        self.setGridSize(QSize(side + 2 * _EDGE, side + 2 * _EDGE))
        self.setItemDelegate(_Cell(theme, self))
        TabStopWhenFilled(self)
        self.itemClicked.connect(self._choose)
        self.itemEntered.connect(self._point)
        self.currentItemChanged.connect(self._point)

    def show_faces(self, faces: Sequence[tuple[Face, Path]]) -> None:
        self.clear()
        self._waiting = []
        for face, path in faces:
            item = QListWidgetItem()
            item.setData(_FACE, face)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, face.description)
            item.setToolTip(face.description)
            item.setSizeHint(self.gridSize())
            self.addItem(item)
            self._waiting.append((item, path))
        self._timer.start()

    def filter(self, term: str) -> int:
        """Show those whose names have all words of `term`; how many they are."""
        words = term.casefold().split()
        count = 0
        for row in range(self.count()):
            name = self.face(row).description.casefold()
            is_hit = all(word in name for word in words)
            self.item(row).setHidden(not is_hit)
            count += is_hit
        return count

    def face(self, row: int) -> Face:
        found: Face = self.item(row).data(_FACE)
        return found

    def first_shown(self) -> int:
        """The row of the first face that is not filtered away; -1 when there is none."""
        return next((row for row in range(self.count()) if not self.item(row).isHidden()), -1)

    def enter_first(self) -> None:
        """Take the keyboard, on the first face unless one is current."""
        self.setFocus()
        row = self.currentRow()
        if row < 0 or self.item(row).isHidden():
            self.setCurrentRow(self.first_shown())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, first = self.currentRow(), self.first_shown()
        if event.key() in _ENTER and row >= 0:
            self._choose(self.item(row))
        elif event.key() == Qt.Key.Key_Up and (row < 0 or first < 0 or self._top(row) <= self._top(first)):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _top(self, row: int) -> int:
        return self.visualItemRect(self.item(row)).top()

    def keyboardSearch(self, search: str) -> None:
        self.typed.emit(search)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_FACE))

    def _point(self, item: QListWidgetItem | None, _: object = None) -> None:
        self.pointed.emit(None if item is None else item.data(_FACE))

    def _read_some(self) -> None:
        """A few pictures, then everybody else has a turn."""
        some, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        for item, path in some:
            picture = read_face(path, self.iconSize())
            if picture is None:
                item.setText(item.toolTip())
            else:
                item.setIcon(picture)
        if not self._waiting:
            self._timer.stop()


class _Cell(QStyledItemDelegate):
    """As a cell of the emoji grid."""

    def __init__(self, theme: Theme, grid: FaceGrid) -> None:
        super().__init__(grid)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        colors = self._theme.colors
        paint_cell_ground(painter, option, colors)
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QIcon):
            picture.paint(painter, option.rect.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE))
        else:
            painter.setPen(colors.color("text"))
            painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, index.data() or "")


def read_face(path: Path, size: QSize) -> QIcon | None:
    """A picture no larger than this; None when it cannot be read."""
    reader = QImageReader(str(path))
    reader.setAllocationLimit(_MOST_MIB)
    whole = reader.size()
    if not whole.isValid():
        return None
    reader.setScaledSize(whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else QIcon(QPixmap.fromImage(image))
