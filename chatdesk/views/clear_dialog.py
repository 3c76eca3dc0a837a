"""Clearing the history of a conversation: from this device or from all of them. Main thread only."""

from PySide6.QtWidgets import QWidget

from chatdesk.models.deletion import Scope
from chatdesk.views.delete_dialog import ScopeDialog
from chatdesk.views.theme import SPACING
from chatdesk.views.widgets import PlainLabel


class ClearDialog(ScopeDialog):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("clear", self.tr("Clear the history of {0}?").format(name), self.tr("Clear"), parent)
        self.add_choice(
            Scope.HERE,
            self.tr("&Here only"),
            self.tr("Your other devices and everybody else keep the messages."),
            "clearHere",
        )
        self.add_choice(
            Scope.DEVICES,
            self.tr("On &all my devices"),
            self.tr("Wherever you use chatdesk with this account. Everybody else keeps the messages."),
            "clearOnDevices",
        )
        warning = PlainLabel(self.tr("This cannot be undone. What has not been sent yet stays."))
        warning.setWordWrap(True)
        self.body.addSpacing(SPACING)
        self.body.addWidget(warning)
