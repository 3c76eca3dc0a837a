"""Asks for the passphrase that protects the store where the system keeps no keys. Main thread only; keeps nothing."""

import asyncio

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import Shiboken

from chatdesk.domain.errors import KeyGivenUp
from chatdesk.views.confirm import confirm
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.icons import app_icon
from chatdesk.views.widgets import PlainLabel, button

MINIMUM_LENGTH = 8


class PassphraseDialog(FormDialog):
    """`is_new`: choose one, typed twice. Else the existing one: whoever hears `submitted` calls `show_error` when it
    was wrong and `accept` when it was right."""

    submitted = Signal(str)
    cancelled = Signal()
    given_up = Signal()
    """It is forgotten: what it protects is to be removed, and the account to be logged in anew."""

    def __init__(self, is_new: bool, parent: QWidget | None = None) -> None:
        title = self.tr("Choose a passphrase") if is_new else self.tr("Unlock your messages")
        super().__init__("passphrase", title, self.tr("Continue") if is_new else self.tr("Unlock"), parent)
        self._is_new = is_new
        self.setWindowIcon(app_icon())
        text = self.tr("This system has no place to keep keys, so a passphrase protects what chatdesk stores here.")
        if is_new:
            text += " " + self.tr("It cannot be recovered: without it you have to log in again.")
        self._add_words(text)
        self.first = QLineEdit()
        self.first.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_field(self.tr("&Passphrase"), self.first, "passphraseField")
        if is_new:
            self._add_words(self._rule())
        else:
            self._add_words(self.tr("If you have forgotten it, you can log in again with your password."))
            again = button(self.tr("Log in again…"), "passphraseLogInAgain")
            again.clicked.connect(self._ask_anew)
            self.buttons.insertWidget(0, again)
        self.second = QLineEdit()
        self.second.setEchoMode(QLineEdit.EchoMode.Password)
        if is_new:
            self.add_field(self.tr("Passphrase &again"), self.second, "passphraseAgain")
        self.rejected.connect(self.cancelled)
        self.first.setFocus()

    def _add_words(self, text: str) -> None:
        words = PlainLabel(text)
        words.setWordWrap(True)
        words.setProperty("kind", "muted")
        self.body.addWidget(words)

    def _ask_anew(self) -> None:
        confirm(
            self,
            "logInAgainBox",
            self.tr("Log in again?"),
            self.tr(
                "Your messages come back from the server. What only this computer had is lost: private notes, imported "
                "messages, and what has not been sent."
            ),
            self.tr("Remove and log in"),
            self.tr("Cancel"),
            self.given_up.emit,
        )

    def _rule(self) -> str:
        return self.tr("Use at least %n characters.", "", MINIMUM_LENGTH)

    def submit(self) -> None:
        phrase = self.first.text()
        if self._is_new and len(phrase) >= MINIMUM_LENGTH and not self.second.text() and self.first.hasFocus():
            self.second.setFocus()  # Return goes on to what is still to be filled in
            return
        problem = self._problem(phrase)
        self.show_error(problem)
        if not problem:
            self.submitted.emit(phrase)

    def show_error(self, text: str) -> None:
        super().show_error(text)
        if text:
            self.focus(self.first)

    def _problem(self, phrase: str) -> str:
        if not self._is_new:
            return "" if phrase else self.tr("Type your passphrase.")
        if len(phrase) < MINIMUM_LENGTH:
            return self._rule()
        return "" if phrase == self.second.text() else self.tr("The two passphrases are not the same.")

    def done(self, result: int) -> None:
        self.first.clear()
        self.second.clear()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        event.accept()


async def ask_passphrase(is_new: bool, error: str, parent: QWidget | None = None) -> str | None:
    """Show the dialog and wait for its answer; None when the user wants nothing more. `error`: why the last one was
    refused. Raises KeyGivenUp when it is forgotten."""
    answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()

    def settle(phrase: str | None) -> None:
        if not answer.done():
            answer.set_result(phrase)

    def give_up() -> None:
        if not answer.done():
            answer.set_exception(KeyGivenUp())

    dialog = PassphraseDialog(is_new, parent)
    dialog.show_error(error)
    dialog.given_up.connect(give_up)
    dialog.submitted.connect(settle)
    dialog.cancelled.connect(lambda: settle(None))
    dialog.open()
    try:
        return await answer
    finally:
        if Shiboken.isValid(dialog):  # it is gone already when the window was closed over it
            dialog.blockSignals(True)
            dialog.accept()
