"""The bar that offers to undo a deletion for a while. Main thread; owns its looks only, not the time."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from chatdesk.views import accessibility
from chatdesk.views.message_floating import FloatingBar


class UndoBar(FloatingBar):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("undoBar", QCoreApplication.translate("UndoBar", "Deleted messages"), parent)
        self.undo = self.add_button(self.tr("Undo"), "undoDelete")

    def show_count(self, count: int) -> None:
        text = self.tr("1 message deleted") if count == 1 else self.tr("%n messages deleted", "", count)
        if count and (self.isHidden() or self.label.text() != text):
            self.label.setText(text)
            accessibility.announce(self, text)
        self.setVisible(count > 0)
