"""What every dialog here has: a title, a form, a line for what went wrong, a bar while something runs, two buttons.

Main thread only. Dialogs are opened with `open()`, never `exec()`: a loop inside the loop would starve the core.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from chatdesk.views.theme import SPACING, scaled_font
from chatdesk.views.widgets import ErrorLine, button


class FormDialog(QDialog):
    """Subclasses fill `body` and override `submit`. Enter in a line edit presses the primary button."""

    def __init__(self, name: str, title: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}Dialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = QLabel(title)
        heading.setFont(scaled_font(self.font(), 1.25, bold=True))
        heading.setWordWrap(True)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACING)
        self.error = ErrorLine(f"{name}Error")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Working"))
        keeps_room = self.progress.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(keeps_room)
        self.progress.hide()
        self.cancel_button = button(self.tr("Cancel"), f"{name}Cancel")
        self.cancel_button.clicked.connect(self.reject)
        self.action_button = button(action, f"{name}Button", "primary")
        self.action_button.setDefault(True)
        self.action_button.clicked.connect(self.submit)
        self._form = QWidget()
        self._form.setLayout(self.body)
        self.body.setContentsMargins(0, 0, 0, 0)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.action_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACING, 3 * SPACING, 3 * SPACING, 2 * SPACING)
        column.setSpacing(SPACING)
        column.addWidget(heading)
        column.addWidget(self._form, 1)
        column.addWidget(self.progress)
        column.addWidget(self.error)
        column.addLayout(buttons)
        self.setMinimumWidth(min(640, round(26 * self.fontMetrics().averageCharWidth() * 2)))

    def add_field(self, label: str, field: QWidget, name: str) -> None:
        """A field under its name, which is also its accessible name and its mnemonic's target."""
        text = QLabel(label)
        text.setBuddy(field)
        field.setObjectName(name)
        field.setAccessibleName(label.replace("&", ""))
        self.body.addWidget(text)
        self.body.addWidget(field)

    def show_busy(self, is_busy: bool) -> None:
        self.progress.setVisible(is_busy)
        self._form.setEnabled(not is_busy)
        self.action_button.setEnabled(not is_busy)

    def show_error(self, text: str) -> None:
        self.error.setText(text)

    def submit(self) -> None:
        """Do what the primary button says."""
        raise NotImplementedError
