"""All that is known of one message: who, when, its state and ids, what it is made of, and its data as it is stored.

Main thread. Owns nothing but its widgets; shows the message as it was when the dialog opened.
"""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.messages import Message
from chatdesk.views.message_words import Words
from chatdesk.views.theme import SPACING, scaled_font


def data_of(message: Message) -> str:
    """The message as readable JSON."""
    return msgspec.json.format(msgspec.json.encode(message), indent=2).decode()


class MessageDetails(QDialog):
    def __init__(self, message: Message, people: list[str], words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("messageDetails")
        self.setWindowTitle(self.tr("Message details"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = QLabel(self.tr("Message details"))
        heading.setFont(scaled_font(self.font(), 1.25, bold=True))
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(2 * SPACING)
        self._form.setVerticalSpacing(SPACING)
        name = " ".join(message.sender_name.split())
        sender = f"{name} ({message.sender})" if name and name != message.sender else message.sender
        state = words.state(message, ()) or words.arrived(message)
        for label, value, fact in (
            (self.tr("From"), sender, "sender"),
            (self.tr("Sent"), words.full_time(message.time_ms), "time"),
            (self.tr("State"), state, "state"),
            (self.tr("Read by"), "\n".join(people), "readers"),
            (self.tr("Contains"), words.parts(message), "contains"),
            (self.tr("Message id"), message.message_id, "messageId"),
            (self.tr("Transaction"), message.txn_id, "transaction"),
            (self.tr("Number here"), str(message.key), "key"),
        ):
            if value:
                self._add(label, value, fact)
        self.view = QPushButton(self.tr("View data"))
        self.view.setObjectName("viewData")
        self.view.setAccessibleName(self.tr("View data"))
        self.view.setCheckable(True)
        self.view.toggled.connect(self._show_data)
        self.data = QPlainTextEdit(data_of(message))
        self.data.setObjectName("messageData")
        self.data.setAccessibleName(self.tr("Data of the message"))
        self.data.setReadOnly(True)
        self.data.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.data.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.data.setMinimumHeight(12 * self.fontMetrics().height())
        self.data.hide()
        close = QPushButton(self.tr("Close"))
        close.setObjectName("detailsClose")
        close.setAccessibleName(self.tr("Close"))
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.view)
        buttons.addStretch()
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACING, 3 * SPACING, 3 * SPACING, 2 * SPACING)
        column.setSpacing(2 * SPACING)
        column.addWidget(heading)
        column.addLayout(self._form)
        column.addWidget(self.data, 1)
        column.addStretch()
        column.addLayout(buttons)
        self.setMinimumWidth(60 * self.fontMetrics().averageCharWidth())

    def _add(self, label: str, value: str, fact: str) -> None:
        text = QLabel(value)
        text.setObjectName(f"details-{fact}")
        text.setAccessibleName(f"{label}: {value}")
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        name = QLabel(label)
        name.setProperty("kind", "muted")
        self._form.addRow(name, text)

    def _show_data(self, is_wanted: bool) -> None:
        self.data.setVisible(is_wanted)
        self.view.setText(self.tr("Hide data") if is_wanted else self.tr("View data"))
        self.adjustSize()
        if is_wanted:
            self.data.setFocus()
