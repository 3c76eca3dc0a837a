"""What every dialog here has: a title, a form, a line for what went wrong, a bar while something runs, two buttons.

Main thread only. Dialogs are opened with `open()`, never `exec()`: a loop inside the loop would starve the core.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from chatdesk.views.theme import SPACING, scaled_font
from chatdesk.views.widgets import ErrorLine, PlainLabel, button

_SCREEN_PART = 0.92
"""The rest is for the window's frame and the system's bars."""


class FormDialog(QDialog):
    """Subclasses fill `body` and override `submit`. Enter presses the button that has the keyboard, else the primary
    one."""

    def __init__(self, name: str, title: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}Dialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = PlainLabel(title)
        heading.setFont(scaled_font(self.font(), 1.25, bold=True))
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
        # Room for the focus ring of a field at the edge.
        self.body.setContentsMargins(2, 2, 2, 2)
        self._scroll = _Body(self._form)
        self.buttons = buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addStretch()
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.action_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACING, 3 * SPACING, 3 * SPACING, 2 * SPACING)
        column.setSpacing(SPACING)
        column.addWidget(heading)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.progress)
        column.addWidget(self.error)
        column.addLayout(buttons)
        self.setMinimumWidth(min(640, 52 * self.fontMetrics().averageCharWidth()))

    def add_field(self, label: str, field: QWidget, name: str) -> None:
        """A field under its name, which is also its accessible name and its mnemonic's target."""
        text = PlainLabel(label)
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

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.fit()
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
            return
        super().keyPressEvent(event)

    def fit(self) -> None:
        """Grow to what the form wants, but never beyond the screen: then the form scrolls."""
        space = self.screen().availableSize() * _SCREEN_PART
        for _ in range(2):  # how high its words are is known when it is as wide as it will be
            self._scroll.updateGeometry()
            self.resize(self.sizeHint().expandedTo(self.minimumSize()).expandedTo(self.size()).boundedTo(space))
            layout = self.layout()
            if layout is not None:
                layout.activate()

    def focus(self, field: QLineEdit) -> None:
        """Bring a field into view and let the user type over what it holds."""
        field.setFocus()
        field.selectAll()
        self._scroll.ensureWidgetVisible(field)

    def submit(self) -> None:
        """Do what the primary button says."""
        raise NotImplementedError


class _Body(QScrollArea):
    """Asks for all the room its form wants, and scrolls when it gets less."""

    def __init__(self, form: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._form = form
        self.setWidget(form)
        for ground in (form, self.viewport()):
            ground.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        form = self._form
        hint = form.sizeHint()
        if form.hasHeightForWidth() and self.width() > 1:
            hint.setHeight(max(hint.height(), form.heightForWidth(self.width())))
        return hint

    def minimumSizeHint(self) -> QSize:
        return QSize(self._form.minimumSizeHint().width(), 3 * self.fontMetrics().height())
