"""What the small bars that float over the messages have in common: a raised ground, round corners, buttons in a row.

Main thread. A bar owns its looks only; it never takes room from the messages, so nothing moves when it comes or goes.
"""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from chatdesk.views.message_style import Style


def dress_popup(popup: QFrame, style: Style) -> None:
    """A ground and an edge that can be seen on the messages, light or dark."""
    colors = style.colors
    name = popup.objectName()
    popup.setStyleSheet(
        f"QFrame#{name} {{ background: {colors.raised}; border: 1px solid {colors.field_border}; }}"
        f"QListWidget {{ background: transparent; outline: 0; color: {colors.text};"
        " border: 2px solid transparent; border-radius: 6px; }"
        f"QListWidget:focus {{ border-color: {colors.accent}; }}"
        f"QListWidget::item, QListWidget::item:hover, QListWidget::item:selected {{ background: transparent;"
        f" color: {colors.text}; padding: 3px 0; border: none; }}"
    )


class FloatingBar(QFrame):
    def __init__(self, name: str, accessible_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.row = QHBoxLayout(self)
        self.row.addWidget(self.label, 1)
        self.hide()

    def add_button(self, text: str, name: str) -> QPushButton:
        made = QPushButton(text)
        made.setObjectName(name)
        made.setAccessibleName(text)
        made.setProperty("kind", "flat")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        self.row.addWidget(made)
        return made

    def set_style(self, style: Style) -> None:
        colors = style.colors
        self.setStyleSheet(
            f"FloatingBar {{ background: {colors.raised}; border: 1px solid {colors.field_border};"
            f" border-radius: {style.radius}px; }}"
        )
        ends = (style.small_gap, style.pad_x) if style.is_rtl else (style.pad_x, style.small_gap)
        self.row.setContentsMargins(ends[0], style.small_gap, ends[1], style.small_gap)
        self.row.setSpacing(style.small_gap)

    def place_at_top(self, area: QRect, top: int, margin: int) -> None:
        """In the middle of `area`; where that is too narrow for a row, the buttons stand below one another."""
        room = max(1, area.width() - 2 * margin)
        self.row.setDirection(QBoxLayout.Direction.LeftToRight)
        if self.sizeHint().width() > room:
            self.row.setDirection(QBoxLayout.Direction.TopToBottom)
        size = self.sizeHint()
        width = min(size.width(), room)
        self.setGeometry(area.left() + (area.width() - width) // 2, top, width, size.height())

    def setVisible(self, is_visible: bool) -> None:
        """The focus of a bar that goes returns to the messages."""
        focused = QApplication.focusWidget()
        if not is_visible and focused is not None and self.isAncestorOf(focused):
            self._view.setFocus()
        super().setVisible(is_visible)
