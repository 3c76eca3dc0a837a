"""Questions before something that cannot be undone. Main thread only; never blocks: the answer is a callback."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from chatdesk.views.icons import pixmap
from chatdesk.views.theme import scaled_font

_LINE_LETTERS = 46


def confirm(
    parent: QWidget,
    object_name: str,
    question: str,
    detail: str,
    action: str,
    cancel: str,
    on_yes: Callable[[], None],
    is_dangerous: bool = True,
) -> QMessageBox:
    """Ask; `action` is the word on the button that does it. Esc cancels, and so does Enter where it is dangerous."""
    box = QMessageBox(parent)
    box.setObjectName(object_name)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("chatdesk")
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setTextFormat(Qt.TextFormat.PlainText)
    # Without a sign Qt leaves its room empty, and the words look indented.
    side = round(box.fontMetrics().height() * 1.8)
    sign = "alert" if is_dangerous else "chat"
    box.setIconPixmap(pixmap(sign, box.palette().highlight().color().name(), side, box.devicePixelRatioF()))
    box.setText(question)
    box.setInformativeText(detail)
    # Not the role of what destroys, which would stand before "Cancel": in all other dialogs it stands behind.
    yes = box.addButton(action, QMessageBox.ButtonRole.AcceptRole)
    yes.setObjectName("confirmButton")
    yes.setAccessibleName(action)
    yes.setProperty("kind", "danger" if is_dangerous else "primary")
    yes.style().polish(yes)  # the box has already polished it without the property
    no = box.addButton(cancel, QMessageBox.ButtonRole.RejectRole)
    no.setObjectName("cancelButton")
    no.setAccessibleName(cancel)
    box.setDefaultButton(no if is_dangerous else yes)
    box.setEscapeButton(no)
    yes.clicked.connect(lambda: on_yes())
    # Like the other dialogs: the question as a heading, and lines that are not too short to read.
    asked, told = (box.findChild(QLabel, f"qt_msgbox_{part}label") for part in ("", "informative"))
    if told is not None:
        letters = _LINE_LETTERS * box.fontMetrics().averageCharWidth()
        told.setMinimumWidth(min(letters, box.screen().availableSize().width() // 2))
    box.open()
    if asked is not None:
        asked.setFont(scaled_font(box.font(), 1.15, bold=True))  # opening gives every label its plain font
    side = Qt.AlignmentFlag.AlignRight if box.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
    for label in (asked, told):
        if label is not None:  # by the window's direction, not by the text's
            label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
    return box
