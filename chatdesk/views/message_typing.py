"""The line under the messages that says who is typing, or for a while what a jump has come to. Main thread.

Its room is always kept, so that nothing moves when somebody begins or stops.
"""

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from chatdesk.views import accessibility
from chatdesk.views.message_jump_button import button_height
from chatdesk.views.message_style import Style

SAID_MS = 10_000


class TypingLine(QLabel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("typingLine")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "muted")
        self._style: Style | None = None
        self._text = ""
        self._said = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SAID_MS)
        self._rest.timeout.connect(lambda: self.say(""))

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
        self._show()

    def show_text(self, text: str) -> None:
        self._text = text
        self._show()

    def say(self, sentence: str) -> None:
        """In the place of who is typing, for a while."""
        self._said = sentence
        if sentence:
            self._rest.start()
            accessibility.announce(self, sentence)
        self._show()

    def _show(self) -> None:
        text = self._said or self._text
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width()))
        self.setToolTip(text if text != self.text() else "")
        self.setAccessibleName(text)
        self.setVisible(bool(text))
