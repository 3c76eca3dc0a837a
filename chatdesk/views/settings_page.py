"""What the pages of the settings are built of. Main thread only; a page owns no preference."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from chatdesk.models.settings import SettingsModel
from chatdesk.views.theme import SPACING, scaled_font
from chatdesk.views.widgets import ErrorLine

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class PageLabel(QLabel):
    """Words at the page's own edge. QLabel goes by the text's direction: a folder would jump to the far end."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)


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
        label = PageLabel(text)
        label.setFont(scaled_font(self.font(), 1.08, bold=True))
        self.column.addWidget(label)
        return label

    def remark(self, text: str) -> QLabel:
        label = PageLabel(text)
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
