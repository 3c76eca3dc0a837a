"""The line under the messages that says who is typing. Main thread.

Its room is always kept, so that nothing moves when somebody begins or stops.
"""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from chatdesk.views.message_jump_button import button_height
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
        return button_height(self._style) + 2 if self._style is not None else 0

    def place(self, below: QRect, *buttons: QWidget) -> None:
        """Under the messages, as wide as they are; at the far end are the ways to others, while they are shown."""
        style = self._style
        if style is None:
            return
        margin, top = style.side(below.width()), below.bottom() + 1
        line = QRect(margin, top, max(0, below.width() - 2 * margin), self.room())
        for button in buttons:
            if button.isHidden():
                continue
            place = QRect(line.topLeft(), button.size())
            if style.is_rtl:
                line.setLeft(place.right() + style.gap)
            else:
                place.moveRight(line.right())
                line.setRight(place.left() - style.gap)
            button.setGeometry(place)
            button.raise_()
        self.setGeometry(line)
        self.show_text(self._text)

    def show_text(self, text: str) -> None:
        self._text = text
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width()))
        self.setAccessibleName(text)
        self.setVisible(bool(text))
