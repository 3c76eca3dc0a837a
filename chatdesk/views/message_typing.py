"""The line under the messages that says who is typing. Main thread.

Its room is always kept, so that nothing moves when somebody begins or stops.
"""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from chatdesk.views.message_style import Style


class TypingLine(QLabel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("typingLine")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "muted")
        self._style: Style | None = None
        self._text = ""

    def set_style(self, style: Style) -> None:
        self._style = style
        self.setFont(style.small_font)

    def room(self) -> int:
        return self._style.small_line + self._style.small_gap if self._style is not None else 0

    def place(self, below: QRect) -> None:
        """Under the messages, as wide as they are."""
        if self._style is not None:
            margin = self._style.side(below.width())
            self.setGeometry(margin, below.bottom() + 1, max(0, below.width() - 2 * margin), self.room())
            self.show_text(self._text)

    def show_text(self, text: str) -> None:
        self._text = text
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width()))
        self.setAccessibleName(text)
        self.setVisible(bool(text))
