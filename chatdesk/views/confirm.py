"""Questions before something that cannot be undone. Main thread only; never blocks: the answer is a callback."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def confirm(
    parent: QWidget, object_name: str, question: str, detail: str, action: str, cancel: str, on_yes: Callable[[], None]
) -> QMessageBox:
    """Ask; `action` is the word on the button that does it, Cancel is what Enter and Esc choose."""
    box = QMessageBox(parent)
    box.setObjectName(object_name)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("chatdesk")
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(detail)
    yes = box.addButton(action, QMessageBox.ButtonRole.DestructiveRole)
    yes.setObjectName("confirmButton")
    yes.setAccessibleName(action)
    yes.setProperty("kind", "danger")
    yes.style().polish(yes)  # the box has already polished it without the property
    no = box.addButton(cancel, QMessageBox.ButtonRole.RejectRole)
    no.setObjectName("cancelButton")
    no.setAccessibleName(cancel)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    yes.clicked.connect(lambda: on_yes())
    box.open()
    return box
