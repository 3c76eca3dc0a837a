"""The list of those who have read a message, beside it. Main thread; loaded when it is first asked for."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QListWidget, QVBoxLayout, QWidget

from chatdesk.views.message_floating import dress_popup
from chatdesk.views.message_style import Style
from chatdesk.views.widgets import PlainLabel

_MOST_SHOWN = 12
"""So many names are seen without scrolling."""


class ReadersPopup(QFrame):
    def __init__(self, title: str, people: list[str], style: Style, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("readersPopup")
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        heading = PlainLabel(title)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setProperty("kind", "muted")
        self.people = QListWidget()
        self.people.setObjectName("readersList")
        self.people.setAccessibleName(title)
        self.people.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.people.addItems(people)
        line = self.fontMetrics().height() + 8
        dress_popup(self, style)
        width = max((self.fontMetrics().horizontalAdvance(person) for person in people), default=0)
        self.people.setFixedSize(min(max(width + 40, 160), 420), line * min(len(people), _MOST_SHOWN) + 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 8, 8)
        column.setSpacing(4)
        column.addWidget(heading)
        column.addWidget(self.people)

    def open_at(self, point: QPoint) -> None:
        """Near this point of the screen, and on it."""
        self.adjustSize()
        area = self.screen().availableGeometry()
        x = max(area.left(), min(point.x(), area.right() - self.width()))
        y = max(area.top(), min(point.y(), area.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.people.setFocus()
