"""How the three panes share the window: beside each other when there is room, one at a time when there is not.

Main thread only. Owns the splitter and which pane is in front in a narrow window; knows nothing of what the panes hold.
"""

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

NARROW_PX = 640
"""Below: the list or the conversation, not both."""
CROWDED_PX = 860
"""Below: an open side pane takes the list's place."""
_LEAST_PX = 240
_LIST_PX = 300
_LIST_LIMIT_PX = 360
_SIDE_PX = 300
_SIDE_LIMIT_PX = 420
_LINE_PX = 19
"""Height of a line in the usual font; what is wider than that scales."""
_UNLIMITED_PX = (1 << 24) - 1
"""Qt's own QWIDGETSIZE_MAX."""


class WindowLayout(QWidget):
    narrow_changed = Signal(bool)

    def __init__(self, left: QWidget, middle: QWidget, right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left, self._middle, self._right = left, middle, right
        self._is_narrow = False
        self._is_list_in_front = True
        self._is_side_shown = False
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("windowSplitter")
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for pane in (left, middle, right):
            self._splitter.addWidget(pane)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setStretchFactor(2, 0)
        damped = self._measure()
        self._splitter.setSizes([round(_LIST_PX * damped), 700, round(_SIDE_PX * damped)])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)
        self._arrange()

    def _measure(self) -> float:
        """Take the font's size over; how much wider than usual the panes should be."""
        self._scale = max(1.0, self.fontMetrics().height() / _LINE_PX)
        # Twice the font does not need twice the room: names are cut, not letters.
        damped = 1 + (self._scale - 1) / 2
        self._crowded_px = CROWDED_PX * damped
        for side in (self._left, self._right):
            side.setMinimumWidth(round(_LEAST_PX * damped))
        return damped

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._measure()
            self._arrange()

    @property
    def is_narrow(self) -> bool:
        return self._is_narrow

    @property
    def is_crowded(self) -> bool:
        """An open side pane takes the place of another one."""
        return self.width() < self._crowded_px

    @property
    def is_side_shown(self) -> bool:
        return self._is_side_shown

    def show_list(self) -> None:
        self._is_list_in_front = True
        self._arrange()

    def show_chat(self) -> None:
        self._is_list_in_front = False
        self._arrange()

    def show_side(self, is_shown: bool) -> None:
        self._is_side_shown = is_shown
        self._arrange()

    def state(self) -> bytes:
        """The panes' widths, to be kept over a restart."""
        return bytes(self._splitter.saveState().data())

    def restore(self, state: bytes) -> None:
        self._splitter.restoreState(QByteArray(state))
        self._splitter.setHandleWidth(1)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(340, 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        was_narrow, self._is_narrow = self._is_narrow, self.width() < NARROW_PX
        if self._is_narrow:
            self._left.setVisible(self._is_list_in_front and not self._is_side_shown)
            self._middle.setVisible(not self._is_list_in_front and not self._is_side_shown)
        else:
            self._left.setVisible(not (self._is_side_shown and self.is_crowded))
            self._middle.setVisible(True)
        self._left.setMaximumWidth(_UNLIMITED_PX if self._is_narrow else self._left_limit())
        self._right.setMaximumWidth(_UNLIMITED_PX if self._is_narrow else self._right_limit())
        self._right.setVisible(self._is_side_shown)
        if was_narrow != self._is_narrow:
            self.narrow_changed.emit(self._is_narrow)

    def _left_limit(self) -> int:
        return round(_LIST_LIMIT_PX * self._scale)

    def _right_limit(self) -> int:
        return round(_SIDE_LIMIT_PX * self._scale)
