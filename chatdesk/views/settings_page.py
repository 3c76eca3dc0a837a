"""What the pages of the settings are built of. Main thread only; a page owns no preference."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from chatdesk.models.settings import SettingsModel
from chatdesk.views.theme import SPACING, scaled_font
from chatdesk.views.widgets import ErrorLine, PlainLabel

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class Page(QWidget):
    """A column of sections: a heading, its controls, and a quiet remark where one is needed."""

    def __init__(self, settings: SettingsModel) -> None:
        super().__init__()
        self.settings = settings
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(3 * SPACING, 2 * SPACING, 2 * SPACING, 2 * SPACING)
        self.column.setSpacing(SPACING)

    def heading(self, text: str) -> QLabel:
        if self.column.count():
            self.column.addSpacing(2 * SPACING)
        label = PlainLabel(text)
        label.setFont(scaled_font(self.font(), 1.08, bold=True))
        self.column.addWidget(label)
        return label

    def remark(self, text: str) -> QLabel:
        label = PlainLabel(text)
        label.setProperty("kind", "muted")
        self.column.addWidget(label)
        return label

    def check(self, text: str, name: str, field: str) -> QCheckBox:
        """A box for one yes-or-no preference."""
        box = QCheckBox(text)
        box.setObjectName(name)
        box.setAccessibleName(text.replace("&", ""))
        box.toggled.connect(lambda is_on: self.settings.change(**{field: is_on}))
        self.column.addWidget(box)
        return box

    def row(self, *widgets: QWidget) -> QHBoxLayout:
        """Side by side, from the page's edge."""
        line = QHBoxLayout()
        line.setSpacing(SPACING)
        for widget in widgets:
            line.addWidget(widget)
        line.addStretch()
        self.column.addLayout(line)
        return line

    def error_line(self, name: str) -> ErrorLine:
        """For what goes wrong on this page; takes no room while there is nothing to say."""
        line = ErrorLine(name)
        line.setMinimumHeight(0)
        line.hide()
        self.column.addWidget(line)
        return line

    def show_settings(self) -> None:
        """Take over what changed elsewhere."""

    def load(self) -> None:
        """Ask for what the page shows; called whenever it comes into view."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.load()


def say(line: QLabel, text: str, is_error: bool = True) -> None:
    """Put words into a line that hides while it has none."""
    kind = "error" if is_error else "muted"
    if line.property("kind") != kind:
        line.setProperty("kind", kind)
        line.style().unpolish(line)
        line.style().polish(line)
    line.setText(text)
    line.setAccessibleName(text)
    line.setVisible(bool(text))
