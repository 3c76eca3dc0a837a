"""Going to a message and back again: the highlight that shows where one landed, and the places one came from.

Main thread. `Jumps` owns both; the pane scrolls.
"""

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QEasingCurve, QObject, QTimer, QVariantAnimation, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.views.message_floating import FloatingBar
from chatdesk.views.message_jump_button import button_height
from chatdesk.views.message_rowview import RowView
from chatdesk.views.message_style import Style

HIGHLIGHT_MS = 2000
OFFERED_MS = 10_000
_MOST_PLACES = 20


class Origin(Struct, frozen=True):
    """A place of the pane: a message and the height of its content, or the bottom (`key` 0)."""

    key: int
    y: int


class Jumps(QObject):
    changed = Signal()
    lost = Signal(object, int)
    """The way back leads to a message that is no longer loaded: its key, and the height it stood at."""
    end_wanted = Signal()
    """The way back leads to the newest message."""

    def __init__(self, view: RowView) -> None:
        super().__init__(view)
        self._view = view
        self._origins: list[Origin] = []
        self._here: Origin | None = None
        self._key = 0
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(HIGHLIGHT_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.setEasingCurve(QEasingCurve.Type.InCubic)
        self._fade.valueChanged.connect(self._repaint)

    @property
    def can_go_back(self) -> bool:
        return bool(self._origins)

    def glow(self, key: int) -> float:
        """How strongly a message is highlighted now, 0 to 1."""
        is_lit = key == self._key and self._fade.state() is QVariantAnimation.State.Running
        return float(self._fade.currentValue()) if is_lit else 0.0

    def light(self, key: int) -> None:
        self._fade.stop()
        self._key = key
        self._fade.start()

    def mark(self) -> None:
        """Before leaving: where the view stands now."""
        self._here = self._place()

    def _place(self) -> Origin | None:
        view = self._view
        row, y = view.placement.anchor
        items = view.timeline.items
        if row >= len(items):
            return None
        return Origin(0, 0) if view.is_at_bottom else Origin(items[row].key, y)

    def keep(self) -> None:
        """Arrived: what was marked is the place to go back to, unless nothing has moved."""
        left, self._here = self._here, None
        if left is not None and left != self._place():
            self._origins.append(left)
            del self._origins[:-_MOST_PLACES]
            self.changed.emit()

    def go_back(self) -> None:
        if not self._origins:
            return
        origin = self._origins.pop()
        key, y = origin.key, origin.y
        row = self._view.timeline.row_of(key) if key else -1
        if row >= 0:
            self._view.placement.set_anchor(row, y)
            self._view.relayout()
        elif key:
            self.lost.emit(key, y)
        else:
            self.end_wanted.emit()
        self.changed.emit()

    def forget(self) -> None:
        self._fade.stop()
        self._key = 0
        if self._origins:
            self._origins.clear()
            self.changed.emit()

    def _repaint(self) -> None:
        self._view.viewport().update()


class BackBar(FloatingBar):
    def __init__(self, jumps: Jumps, parent: QWidget) -> None:
        super().__init__("backBar", QCoreApplication.translate("Jumps", "Back"), parent)
        self._jumps = jumps
        self.label.hide()
        self.back = self.add_button(self.tr("Back"), "jumpBack")
        self.back.setToolTip(self.tr("Back to where you were (Alt+Left)"))
        self.back.clicked.connect(jumps.go_back)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(OFFERED_MS)
        self._rest.timeout.connect(self.hide)
        jumps.changed.connect(self._rest.start)

    def set_style(self, style: Style) -> None:
        super().set_style(style)
        colors, height, pad = style.colors, button_height(style), style.gap
        self.row.setContentsMargins(0, 0, 0, 0)
        self.back.setFont(style.day_font)
        # The edge is the button's, which so is as high as the bar: a target must not be smaller.
        self.setStyleSheet(
            "FloatingBar { border: none; background: transparent; }"
            f" QPushButton#jumpBack {{ background: {colors.raised}; border: 1px solid {colors.field_border};"
            f" border-radius: {height // 2}px; padding: 0 {pad}px; min-height: {height - 2}px; }}"
            f" QPushButton#jumpBack:hover {{ background: {colors.hover}; }}"
            " QPushButton#jumpBack:focus {"
            f" border: 2px solid {colors.accent}; padding: 0 {pad - 1}px; min-height: {height - 4}px; }}"
        )
        self.resize(self.sizeHint().width(), height)

    def refresh(self) -> None:
        """Offered for a while only. Alt+Left goes back whenever."""
        self.setVisible(self._jumps.can_go_back and self._rest.isActive())
