"""Deleting messages: where they should go from. Main thread only; the answer leaves as a signal."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from chatdesk.models.deletion import Scope
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.one_of_several import OneOfSeveral
from chatdesk.views.theme import SPACING
from chatdesk.views.widgets import PlainLabel


class ScopeDialog(FormDialog):
    """Where something is to go from: one of several scopes, each with what it means."""

    chosen = Signal(object)
    """A Scope."""

    def __init__(self, name: str, title: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, action, parent)
        self.action_button.setProperty("kind", "danger")
        self.action_button.style().polish(self.action_button)
        self._group = OneOfSeveral(self)
        self.choices: dict[Scope, QRadioButton] = {}

    def add_choice(self, scope: Scope, text: str, detail: str, name: str) -> None:
        choice = QRadioButton(text)
        choice.setObjectName(name)
        choice.setAccessibleName(text.replace("&", ""))
        choice.setAccessibleDescription(detail)
        hint = PlainLabel(detail)
        hint.setProperty("kind", "muted")
        hint.setWordWrap(True)
        hint.setIndent(3 * SPACING)
        column = QVBoxLayout()
        column.setSpacing(SPACING // 2)
        column.addWidget(choice)
        column.addWidget(hint)
        self.body.addLayout(column)
        self._group.addButton(choice)
        self.choices[scope] = choice
        if len(self.choices) == 1:
            choice.setChecked(True)
            choice.setFocus()

    def submit(self) -> None:
        for scope, choice in self.choices.items():
            if choice.isChecked():
                self.chosen.emit(scope)
        self.accept()


class DeleteDialog(ScopeDialog):
    def __init__(
        self, count: int, can_be_recalled: bool, parent: QWidget | None = None, is_only_here: bool = False
    ) -> None:
        """`is_only_here`: no other device and nobody else has any of them."""
        title = self.tr("Delete 1 message?") if count == 1 else self.tr("Delete %n messages?", "", count)
        super().__init__("delete", title, self.tr("Delete"), parent)
        if is_only_here:
            words = self.tr("Nobody else and no other device has this: after ten seconds it cannot be brought back.")
            self.add_choice(Scope.HERE, self.tr("From this &computer"), words, "deleteHere")
            return
        here, devices, everyone = self._one() if count == 1 else self._several()
        self.add_choice(Scope.HERE, self.tr("&Here only"), here, "deleteHere")
        self.add_choice(Scope.DEVICES, self.tr("On &all my devices"), devices, "deleteOnDevices")
        if can_be_recalled:
            self.add_choice(Scope.EVERYONE, self.tr("For &everyone"), everyone, "deleteForEveryone")

    def _one(self) -> tuple[str, str, str]:
        return (
            self.tr("It stays on your other devices and with everybody else."),
            self.tr("Wherever you use chatdesk with this account. Others still see it."),
            self.tr("It is recalled. This cannot be undone, and people may have read it already."),
        )

    def _several(self) -> tuple[str, str, str]:
        return (
            self.tr("They stay on your other devices and with everybody else."),
            self.tr("Wherever you use chatdesk with this account. Others still see them."),
            self.tr("They are recalled. This cannot be undone, and people may have read them already."),
        )
