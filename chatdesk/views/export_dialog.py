"""Writes a conversation into a file: as what, from when until when, and whether the rest is fetched first.

Main thread only; has the words for the messages, which the core puts into the file.
"""

from html import escape
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime
from PySide6.QtWidgets import QCheckBox, QDateEdit, QFileDialog, QHBoxLayout, QWidget

from chatdesk.domain.elements import Element, Text, media_of
from chatdesk.domain.exports import Exported, ExportFormat, ExportWish, Line, LineFile
from chatdesk.domain.ids import ConversationType
from chatdesk.domain.messages import Message, MessageState
from chatdesk.models.chat import ChatModel
from chatdesk.models.exports import ExportModel
from chatdesk.views.files import FileOpener
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.message_words import Words
from chatdesk.views.theme import SPACING
from chatdesk.views.widgets import DropDown, PlainLabel, button

_SAID_LINES = 4
_FORBIDDEN = set('/\\:*?"<>|')


class ExportDialog(FormDialog):
    def __init__(self, model: ExportModel, chat: ChatModel, own_user_id: str, parent: QWidget | None = None) -> None:
        super().__init__("export", self.tr("Export the conversation"), self.tr("Export…"), parent)
        conversation = chat.conversation
        assert conversation is not None  # noqa: S101 - only offered for an open conversation
        self._model = model
        self._conversation = conversation
        self._own_name = self.tr("You")
        is_group = conversation.id.type is ConversationType.GROUP
        self._words = Words(own_user_id, is_group, chat.display_name)
        self.format = DropDown()
        self.format.addItem(self.tr("Page for a browser, with small pictures"), ExportFormat.HTML)
        self.format.addItem(self.tr("Plain text"), ExportFormat.TEXT)
        self.format.addItem(self.tr("JSON in the SDK's shapes, can be imported again"), ExportFormat.JSON)
        self.add_field(self.tr("&As"), self.format, "exportFormat")
        self.format.currentIndexChanged.connect(self._show)
        self.files = QCheckBox(self.tr("&Put all files into a folder beside it, pictures in full size"))
        self.files.setObjectName("exportFiles")
        self.files.setAccessibleName(self.files.text().replace("&", ""))
        self.body.addWidget(self.files)
        self.range = QCheckBox(self.tr("&Only between these days"))
        self.range.setObjectName("exportRange")
        self.range.setAccessibleName(self.range.text().replace("&", ""))
        self.range.toggled.connect(self._show)
        today = QDate.currentDate()
        self.first = self._date(today.addMonths(-1), self.tr("From"), "exportFrom")
        self.last = self._date(today, self.tr("Until"), "exportUntil")
        days = QHBoxLayout()
        days.setSpacing(SPACING)
        for widget in (self.first, self.last):
            days.addWidget(widget)
        days.addStretch()
        self.body.addWidget(self.range)
        self.body.addLayout(days)
        self.complete = QCheckBox(self.tr("&Fetch what is missing here from the server first"))
        self.complete.setObjectName("exportComplete")
        self.complete.setAccessibleName(self.complete.text().replace("&", ""))
        self.body.addWidget(self.complete)
        self.said = PlainLabel()
        self.said.setObjectName("exportSaid")
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setMinimumHeight(_SAID_LINES * self.fontMetrics().lineSpacing())
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.said)
        self._add_outcome()
        self.body.addStretch()
        self.stop_button = button(self.tr("Stop"), "exportStop")
        self.stop_button.clicked.connect(model.stop)
        self.buttons.insertWidget(0, self.stop_button)
        self.cancel_button.setText(self.tr("Close"))
        self.cancel_button.setAccessibleName(self.tr("Close"))
        model.progressed.connect(self._show_progress)
        model.running_changed.connect(self._show)
        model.done.connect(self._say)
        model.failed.connect(self.show_error)
        self._show()
        self.format.setFocus()

    def _add_outcome(self) -> None:
        """What one wants of a file that has just come to be."""
        self._file: Path | None = None
        opener = FileOpener(self)
        opener.failed.connect(self.show_error)
        self.open_button = button(self.tr("Open"), "exportOpen")
        self.folder_button = button(self.tr("Show in folder"), "exportFolder")
        self._outcome = QWidget()
        row = QHBoxLayout(self._outcome)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for widget, folder_only in ((self.open_button, False), (self.folder_button, True)):
            widget.clicked.connect(lambda _=False, only=folder_only: self._file and opener.open_own(self._file, only))
            row.addWidget(widget)
        row.addStretch()
        keeps_room = self._outcome.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self._outcome.setSizePolicy(keeps_room)
        self._outcome.hide()
        self.body.addWidget(self._outcome)

    def _date(self, date: QDate, name: str, object_name: str) -> QDateEdit:
        edit = QDateEdit(date)
        edit.setCalendarPopup(True)
        edit.setMinimumWidth(16 * self.fontMetrics().averageCharWidth() + 4 * SPACING)  # its arrow is not in its hint
        edit.setObjectName(object_name)
        edit.setAccessibleName(name)
        return edit

    def submit(self) -> None:
        """Ask where to."""
        title = self._conversation.name
        name = "".join("_" if sign in _FORBIDDEN or not sign.isprintable() else sign for sign in title)
        format_ = self._format()
        file = Path.home() / f"{name.strip('. ')[:80] or 'chatdesk'}.{format_.value}"
        dialog = QFileDialog(self, self.tr("Export the conversation"), str(file))
        dialog.setObjectName("exportChooser")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(format_.value)
        dialog.fileSelected.connect(lambda chosen: self.write(Path(chosen)))
        dialog.open()

    def _format(self) -> ExportFormat:
        return ExportFormat(self.format.currentData())  # Qt hands out a plain text

    def write(self, path: Path) -> None:
        """Export into this file."""
        self.show_error("")
        self.said.setText("")
        self._outcome.hide()
        self._file = path
        wish = ExportWish(
            self._format(),
            self._conversation.name,
            is_complete=self.complete.isChecked(),
            is_mirrored=self.layoutDirection() is Qt.LayoutDirection.RightToLeft,
            with_files=self.files.isChecked() and self._format() is ExportFormat.HTML,
            missing=self.tr("This file could not be fetched."),
            unlinked=self.tr("In the folder beside this page. It could run something: open it only if you trust it."),
        )
        if self.range.isChecked():
            first, after = _midnight(self.first.date()), _midnight(self.last.date().addDays(1))
            wish = structs.replace(wish, from_ms=first, until_ms=after)
        describe = self.page_line if wish.format is ExportFormat.HTML else self.line
        self._model.start(self._conversation.id, path, wish, describe)

    def page_line(self, message: Message) -> Line:
        """The same for a page, where files and what is answered stand apart from the text."""
        line = self.line(message)
        if not line.name:
            return line
        files = tuple(
            LineFile(place, self._words.card_title(element), self._words.card_facts(element))
            for place, element in enumerate(message.elements)
            if media_of(element) is not None
        )
        texts = [element for element in message.elements if media_of(element) is None]
        others = [self._words.element(message, element) for element in texts]
        is_rich = any(isinstance(element, Text) and element.html for element in texts)
        relations, quote = self._words.relations, message.reply_to
        return structs.replace(
            line,
            text="\n".join(others) if files else line.text,
            quote=None if quote is None else (relations.quoted_name(quote), relations.quoted_text(quote)),
            reactions=tuple(f"{each.symbol} {len(each.users)}" for each in message.reactions),
            files=files,
            html="".join(map(_html, texts, others)) if is_rich else "",
        )

    def line(self, message: Message) -> Line:
        """The words for a message in the file."""
        when = QDateTime.fromMSecsSinceEpoch(message.time_ms)
        is_bare = message.is_tip or message.state is MessageState.REVOKED
        name = "" if is_bare else self._own_name if message.is_self else message.sender_name
        mark = " · ".join(self._words.relations.marks(message))
        day = QLocale().toString(when.date(), QLocale.FormatType.LongFormat)
        text = self._words.plain(message)
        return Line(day, self._words.time(message.time_ms), name, text, message.is_self, mark)

    def _show(self, *_: object) -> None:
        is_running = self._model.is_running
        for widget in (self.format, self.range, self.complete):
            widget.setEnabled(not is_running)
        self.files.setEnabled(not is_running and self._format() is ExportFormat.HTML)
        for edit in (self.first, self.last):
            edit.setEnabled(self.range.isChecked() and not is_running)
        self.progress.setVisible(is_running)
        self.stop_button.setVisible(is_running)
        self.action_button.setEnabled(not is_running)

    def _say(self, sentence: str, is_written: bool) -> None:
        self.said.setText(sentence)
        self._outcome.setVisible(is_written)
        if is_written:
            self.open_button.setFocus()

    def _show_progress(self, done: Exported) -> None:
        parts = [self.tr("%n messages written", "", done.messages)]
        if done.files or done.missing:
            parts.append(self.tr("%n files saved", "", done.files))
        self.said.setText(" · ".join(parts))


def _html(element: Element, words: str) -> str:
    if isinstance(element, Text) and element.html:
        return element.html
    return f"<p>{escape(words).replace(chr(10), '<br>')}</p>"


def _midnight(date: QDate) -> int:
    return QDateTime(date, QTime(0, 0)).toMSecsSinceEpoch()
