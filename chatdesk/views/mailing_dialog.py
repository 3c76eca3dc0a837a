"""One message to many people: written, looked at, then a table of what became of each copy.

Main thread only; owns which of the three pages is shown. The mailing goes on when this is closed, and is shown again
when it is opened.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from chatdesk.models.mailing import MailingModel
from chatdesk.models.people import PeopleSearch
from chatdesk.views.attachment_list import AttachmentList
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.mailing_preview import MailingPreview
from chatdesk.views.mailing_results import MailingResults
from chatdesk.views.people_picker import PeoplePicker
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import PlainLabel, button

_TEXT_LINES = 4
_WIDEST = 760


class MailingDialog(FormDialog):
    conversation_asked = Signal(object)
    """ConversationId of somebody in the table."""

    def __init__(self, theme: Theme, model: MailingModel, search: PeopleSearch, parent: QWidget | None = None) -> None:
        super().__init__("mailing", self.tr("Send to many"), "", parent)
        self._model = model
        self._users: tuple[str, ...] = ()
        self.people = PeoplePicker(theme, search, is_several=True, rows=2)
        self.text = QPlainTextEdit(model.text)
        self.text.setProperty("kind", "field")
        self.text.setTabChangesFocus(True)
        self.attach_button = button(self.tr("Attach files…"), "mailingAttach")
        self.files = AttachmentList(theme)
        self.preview = MailingPreview()
        self.results = MailingResults(theme, model)
        self.results.conversation_asked.connect(self._leave_for)
        self.pages = QStackedWidget()
        self._write_page = self._build_write_page()
        for page in (self._write_page, self.preview, self.results):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self.setMinimumWidth(min(_WIDEST, 84 * self.fontMetrics().averageCharWidth()))
        self.back_button = self._add_button(self.tr("Back"), "mailingBack", self._on_back)
        self.stop_button = self._add_button(self.tr("Stop"), "mailingStop", self._model.stop)
        self.another_button = self._add_button(self.tr("Write another"), "mailingAnother", self._on_another)
        self.last_button = self._add_button(self.tr("Last result"), "mailingLast", self._on_last)
        self.table_button = self._add_button(self.tr("Save as CSV…"), "mailingSaveTable", self._choose_table)
        self._connect()
        is_open = model.is_running or model.counts.failed > 0
        self._show(self.results if is_open else self._write_page)

    def _build_write_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(SPACING)
        to = PlainLabel(self.tr("&To"))
        to.setBuddy(self.people.field)
        message = PlainLabel(self.tr("&Message"))
        message.setBuddy(self.text)
        self.text.setObjectName("mailingText")
        self.text.setAccessibleName(self.tr("Message"))
        self.text.setFixedHeight(_TEXT_LINES * self.fontMetrics().lineSpacing() + 2 * SPACING)
        hint = PlainLabel(self.tr("Each person gets it in the conversation with them. Nobody sees who else did."))
        hint.setProperty("kind", "muted")
        hint.setWordWrap(True)
        for widget in (to, self.people, message, self.text, self.files):
            column.addWidget(widget, 1 if widget is self.people else 0)
        column.addWidget(self.attach_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(hint)
        return page

    def _add_button(self, text: str, name: str, on_click: Callable[[], None]) -> QPushButton:
        made = button(text, name)
        made.clicked.connect(lambda: on_click())
        self.buttons.insertWidget(0, made)
        return made

    def _connect(self) -> None:
        model = self._model
        self.people.changed.connect(self._show_ready)
        self.text.textChanged.connect(self._take_text)
        self.attach_button.clicked.connect(self._choose_files)
        self.files.removed.connect(model.attachments.remove)
        self.files.moved.connect(model.attachments.move)
        model.attachments.changed.connect(self._show_files)
        model.busy_changed.connect(self.show_busy)
        model.failed.connect(self.show_error)
        model.begun.connect(self._on_begun)
        model.reset.connect(self._show_buttons)
        model.saved.connect(self.results.say_saved)

    # -- pages -------------------------------------------------------------------------------------------------------

    def _show(self, page: QWidget) -> None:
        self.show_error("")
        self.pages.setCurrentWidget(page)
        for each in (self._write_page, self.preview, self.results):  # the others ask for no room
            policy = QSizePolicy.Policy.Preferred if each is page else QSizePolicy.Policy.Ignored
            each.setSizePolicy(policy, policy)
        self._show_files()
        self._show_buttons()
        if page is self._write_page:
            self.people.field.setFocus()
        elif page is self.preview:
            self.action_button.setFocus()
        else:
            self.results.table.setFocus()
        if self.isVisible():
            self.fit()

    def _show_buttons(self) -> None:
        page, is_running, failed = self.pages.currentWidget(), self._model.is_running, self._model.counts.failed
        is_results = page is self.results
        self.back_button.setVisible(page is self.preview)
        self.stop_button.setVisible(is_results and is_running)
        self.another_button.setVisible(is_results and not is_running)
        self.last_button.setVisible(page is self._write_page and bool(self._model.copies))
        self.table_button.setVisible(is_results)
        self.cancel_button.setText(self.tr("Close") if is_results else self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.cancel_button.text())
        if is_results:
            text = self.tr("Try 1 again") if failed == 1 else self.tr("Try %n again", "", failed)
            self.action_button.setVisible(failed > 0 and not is_running)
        else:
            text = self._send_text() if page is self.preview else self.tr("Preview")
            self.action_button.setVisible(True)
        self.action_button.setText(text)
        self.action_button.setAccessibleName(text)
        self._show_ready()

    def _send_text(self) -> str:
        count = len(self._users)
        return self.tr("Send to 1 person") if count == 1 else self.tr("Send to %n people", "", count)

    def _show_ready(self) -> None:
        is_writing = self.pages.currentWidget() is self._write_page
        self.action_button.setEnabled(not is_writing or (bool(self.people.user_ids) and self._model.can_start))

    def _show_files(self) -> None:
        self.files.show_files(self._model.attachments)
        self._show_ready()

    def show_busy(self, is_busy: bool) -> None:
        super().show_busy(is_busy)
        self.back_button.setEnabled(not is_busy)
        if not is_busy:
            self._show_ready()

    # -- gestures ----------------------------------------------------------------------------------------------------

    def submit(self) -> None:
        page = self.pages.currentWidget()
        if page is self.results:
            self._model.retry()
            self.results.table.setFocus()
        elif page is self.preview:
            self._model.start(self._users)
        elif self.action_button.isEnabled():
            self._users = self.people.user_ids
            names = [self._model.name(user, self.people.called(user)) for user in self._users]
            files = self._model.attachments.files
            self.preview.show_mailing(names, self._model.text, files, self._model.new_people(self._users))
            self._show(self.preview)

    def _on_begun(self) -> None:
        self._show(self.results)

    def _on_back(self) -> None:
        self._show(self._write_page)

    def _on_last(self) -> None:
        self._show(self.results)

    def _on_another(self) -> None:
        self._model.forget()
        self._show(self._write_page)

    def _take_text(self) -> None:
        self._model.text = self.text.toPlainText()
        self._show_ready()

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Attach files"), str(Path.home()))
        dialog.setObjectName("mailingFiles")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self._model.attachments.add(map(Path, names)))
        dialog.open()

    def _choose_table(self) -> None:
        dialog = QFileDialog(self, self.tr("Save as CSV"), str(Path.home() / "results.csv"))
        dialog.setObjectName("mailingTableFile")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(lambda name: self._model.save_table(Path(name)))
        dialog.open()

    def _leave_for(self, identifier: object) -> None:
        self.conversation_asked.emit(identifier)
        self.accept()
