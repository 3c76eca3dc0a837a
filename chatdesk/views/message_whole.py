"""A text that is too long for its bubble, whole, in a window of its own. Main thread; owns its widgets."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.views.theme import SPACING
from chatdesk.views.widgets import button


class WholeText(QDialog):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("wholeText")
        self.setWindowTitle(self.tr("Whole message"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QPlainTextEdit(text)
        self.text.setObjectName("wholeMessage")
        self.text.setAccessibleName(self.tr("Whole message"))
        self.text.setReadOnly(True)
        self.text.setProperty("kind", "field")
        close = button(self.tr("Close"), "wholeClose", "primary")
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACING, 2 * SPACING, 2 * SPACING, 2 * SPACING)
        column.setSpacing(SPACING)
        column.addWidget(self.text, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        line = self.fontMetrics().height()
        self.resize(self.screen().availableSize().boundedTo(column.sizeHint().expandedTo(self.size())))
        self.text.setMinimumSize(min(40 * line, self.screen().availableSize().width() // 2), 12 * line)
