"""All that is known of one message: who, when, its state and ids, what it is made of, and its data as it is stored.

Main thread. Owns nothing but its widgets; shows the message as it was when the dialog opened.
"""

import contextlib
from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import Shiboken

from chatdesk.domain.messages import Message
from chatdesk.domain.wording import plain
from chatdesk.views.message_words import Words
from chatdesk.views.theme import SPACING, fixed_font, scaled_font
from chatdesk.views.widgets import PlainLabel

_SCREEN_PART = 0.92
FetchRaw = Callable[[int, Callable[[bytes], None]], None]
"""Key of the message, and what is to be called with its data as the server sent it."""


def data_of(message: Message) -> str:
    """The message as readable JSON."""
    return msgspec.json.format(msgspec.json.encode(message, enc_hook=plain), indent=2).decode()


class MessageDetails(QDialog):
    def __init__(
        self,
        message: Message,
        people: list[str],
        words: Words,
        parent: QWidget,
        fetch_raw: FetchRaw | None = None,
    ) -> None:
        super().__init__(parent)
        self._key = message.key if message.message_id and not message.is_local else 0
        self._fetch_raw = fetch_raw
        self.setObjectName("messageDetails")
        self.setWindowTitle(self.tr("Message details"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = PlainLabel(self.tr("Message details"))
        heading.setFont(scaled_font(self.font(), 1.25, bold=True))
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(2 * SPACING)
        self._form.setVerticalSpacing(SPACING)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        name = " ".join(message.sender_name.split())
        sender = f"{name} ({message.sender})" if name and name != message.sender else message.sender
        state = words.state(message, ()) or words.arrived(message)
        for label, value, fact in (
            (self.tr("From"), sender, "sender"),
            (self.tr("Sent"), words.full_time(message.time_ms), "time"),
            (self.tr("Edited"), words.full_time(message.edited_ms) if message.edited_ms else "", "edited"),
            (self.tr("State"), state, "state"),
            (self.tr("Reactions"), words.relations.reactions(message), "reactions"),
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
        self.data.setFont(fixed_font(self.font()))
        self.data.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.data.setMinimumHeight(12 * self.fontMetrics().height())
        self.data.hide()
        self.copy = QPushButton(self.tr("Copy data"))
        self.copy.setObjectName("copyData")
        self.copy.setAccessibleName(self.tr("Copy data"))
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.data.toPlainText()))
        self.copy.hide()
        close = QPushButton(self.tr("Close"))
        close.setObjectName("detailsClose")
        close.setAccessibleName(self.tr("Close"))
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.view)
        buttons.addWidget(self.copy)
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
        space = round(self.screen().availableSize().width() * _SCREEN_PART)
        self.setMinimumWidth(min(72 * self.fontMetrics().averageCharWidth(), space))

    def _add(self, label: str, value: str, fact: str) -> None:
        text = PlainLabel(value)
        text.setObjectName(f"details-{fact}")
        text.setAccessibleName(f"{label}: {value}")
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        name = PlainLabel(label)
        name.setProperty("kind", "muted")
        self._form.addRow(name, text)

    def _show_data(self, is_wanted: bool) -> None:
        self.data.setVisible(is_wanted)
        self.copy.setVisible(is_wanted)
        if is_wanted and self._key and self._fetch_raw is not None:
            self._fetch_raw(self._key, self._show_raw)
            self._fetch_raw = None
        self.view.setText(self.tr("Hide data") if is_wanted else self.tr("View data"))
        self.adjustSize()
        if is_wanted:
            self.data.setFocus()

    def _show_raw(self, raw: bytes) -> None:
        """What the server sent, in place of what is stored."""
        if not Shiboken.isValid(self) or not raw:
            return
        with contextlib.suppress(msgspec.DecodeError):
            self.data.setPlainText(msgspec.json.format(raw, indent=2).decode("utf-8", "replace"))
