"""Sends a custom element: data of a program's own, under a description that people read. Main thread only."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from chatdesk.domain.elements import Custom, size_bytes
from chatdesk.models.custom_data import json_problem
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.theme import SPACING, fixed_font
from chatdesk.views.widgets import DropDown, PlainLabel

_MOST_BYTES = 40_000
"""Matrix takes 64 KiB per message with everything around it."""
_LINES = 6
_JSON, _TEXT = range(2)


class CustomDialog(FormDialog):
    chosen = Signal(object)
    """A Custom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("custom", self.tr("Send custom data"), self.tr("Send"), parent)
        hint = PlainLabel(name="customHint", kind="muted")
        hint.setText(self.tr("For programs. People see the description; “View data” shows them the rest."))
        self.body.addWidget(hint)
        self.description = QLineEdit()
        self.description.setMaxLength(500)
        self.description.textChanged.connect(self._look)
        self.add_field(self.tr("D&escription"), self.description, "customDescription")
        self.kind = DropDown()
        self.kind.addItem(self.tr("JSON"), _JSON)
        self.kind.addItem(self.tr("Plain text"), _TEXT)
        self.kind.currentIndexChanged.connect(self._look)
        self.add_field(self.tr("&Kind of data"), self.kind, "customKind")
        self.data = QPlainTextEdit()
        self.data.setProperty("kind", "field")
        self.data.setTabChangesFocus(True)
        self.data.setFont(fixed_font(self.font()))
        self.data.setPlaceholderText('{"order": 1234}')
        self.data.setFixedHeight(_LINES * self.data.fontMetrics().lineSpacing() + 2 * SPACING)
        self.data.textChanged.connect(self._look)
        self.add_field(self.tr("&Data"), self.data, "customData")
        self.found = PlainLabel(name="customFound", kind="muted")
        self.body.addWidget(self.found)
        self.extension = QLineEdit()
        self.add_field(self.tr("E&xtension (optional)"), self.extension, "customExtension")
        self.sound = QLineEdit()
        self.add_field(self.tr("S&ound (optional)"), self.sound, "customSound")
        self._look()
        self.description.setFocus()

    def _is_json(self) -> bool:
        return bool(self.kind.currentData() == _JSON)

    def _look(self) -> None:
        data = self.data.toPlainText()
        self.show_error("")
        self.action_button.setEnabled(bool(self.description.text().strip() and data.strip()))
        if not self._is_json() or not data.strip():
            self.found.setText(self.tr("Sent exactly as it stands here."))
        elif (problem := json_problem(data)) is None:
            self.found.setText(self.tr("This is JSON."))
        else:
            self.found.setText(self.tr("Not JSON from line {0}, column {1} on.").format(*problem))

    def submit(self) -> None:
        if not self.action_button.isEnabled():
            return
        data = self.data.toPlainText()
        element = Custom(data, self.description.text().strip(), self.extension.text(), self.sound.text())
        if self._is_json() and (problem := json_problem(data)) is not None:
            where = self.tr("This is no JSON: look at line {0}, column {1}. Or send it as plain text.")
            self.show_error(where.format(*problem))
            self.data.setFocus()
        elif size_bytes((element,)) > _MOST_BYTES:
            self.show_error(self.tr("This is too long for a message. Send it as a file."))
        else:
            self.chosen.emit(element)
            self.accept()
