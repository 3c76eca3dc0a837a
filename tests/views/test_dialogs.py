"""Login, passphrase, new conversation, new group, invite: forms by keyboard."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from shiboken6 import Shiboken

from chatdesk.domain.errors import LoginError, NetworkError, WrongUserName
from chatdesk.models.login import LoginModel
from chatdesk.models.session import SessionModel
from chatdesk.models.tasks import Tasks
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.login_dialog import LoginDialog
from chatdesk.views.main_window import MainWindow
from chatdesk.views.new_conversation_dialog import NewConversationDialog
from chatdesk.views.new_group_dialog import NewGroupDialog
from chatdesk.views.passphrase_dialog import PassphraseDialog, ask_passphrase
from chatdesk.views.theme import Theme
from tests.models.waiting import turn, until
from tests.servers.accounts import NewAccount
from tests.servers.people import Person


class Door:
    def __init__(self) -> None:
        self.calls: list[tuple[str, str, str]] = []
        self.answer: object = "a session"
        self.steps = ["Looking for the server…", "Logging in…"]

    async def __call__(self, server: str, user: str, password: str, on_step: Callable[[str], None]) -> object:
        self.calls.append((server, user, password))
        for step in self.steps:
            on_step(step)
        await asyncio.sleep(0)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
async def door(qapp: QApplication) -> Door:
    return Door()


@pytest.fixture
async def login(door: Door, theme: Theme) -> AsyncIterator[LoginDialog]:
    tasks = Tasks()
    dialog = LoginDialog(LoginModel(door, tasks))
    dialog.open()
    dialog.activateWindow()
    await until(dialog.isActiveWindow)
    yield dialog
    if Shiboken.isValid(dialog):
        dialog.close()
    await tasks.close()
    _forget()


def _forget() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _field(parent: QWidget, name: str) -> QLineEdit:
    found = parent.findChild(QLineEdit, name)
    assert found is not None, name
    return found


async def test_login_by_keyboard_alone(login: LoginDialog, door: Door) -> None:
    accepted: list[bool] = []
    login.accepted.connect(lambda: accepted.append(True))
    assert QApplication.focusWidget() is login.server
    assert login.server.text() == ""
    assert login.server.placeholderText() == "example.org"
    for name, text in (("loginServer", "example.org"), ("loginUser", "ann"), ("loginPassword", "secret")):
        assert QApplication.focusWidget() is _field(login, name)
        QTest.keyClicks(_field(login, name), text)
        if name != "loginPassword":
            QTest.keyClick(_field(login, name), Qt.Key.Key_Tab)
    QTest.keyClick(_field(login, "loginPassword"), Qt.Key.Key_Return)
    await until(lambda: accepted)
    assert door.calls == [("example.org", "ann", "secret")]


async def test_a_failed_login_keeps_the_form_and_says_why(login: LoginDialog, door: Door) -> None:
    door.answer = LoginError("The user name or the password is wrong.")
    login.server.setText("example.org")
    login.user.setText("ann")
    login.password.setText("wrong")
    size = login.size()
    login.submit()
    assert not login.action_button.isEnabled()
    assert login.progress.isVisible()
    await until(lambda: login.error.text())
    assert login.error.text() == "The user name or the password is wrong."
    assert login.error.accessibleName() == login.error.text()
    assert login.isVisible()
    assert login.size() == size
    assert login.action_button.isEnabled()
    assert login.user.text() == "ann"
    assert login.password.hasFocus()
    assert login.password.selectedText()


async def test_after_a_failure_the_field_that_is_wrong_has_the_keyboard(login: LoginDialog, door: Door) -> None:
    login.server.setText("exmple.org")
    login.submit()
    assert login.user.hasFocus()  # nothing was typed there
    login.user.setText("ann")
    login.password.setText("secret")
    door.answer, steps = LoginError("exmple.org cannot be found."), door.steps
    door.steps = steps[:1]
    login.submit()
    await until(lambda: login.error.text())
    assert login.server.hasFocus() and login.server.selectedText() == "exmple.org"
    door.steps = steps
    for answer, field in (
        (WrongUserName("This is not a user name of this server."), login.user),
        (NetworkError("exmple.org does not answer."), login.server),
        (LoginError("The user name or the password is wrong."), login.password),
    ):
        door.answer = answer
        login.submit()
        await until(lambda: login.error.text() == str(door.answer))
        assert field.hasFocus()


async def test_cancel_closes_and_forgets_the_password(login: LoginDialog) -> None:
    cancelled: list[bool] = []
    login.cancelled.connect(lambda: cancelled.append(True))
    login.password.setText("secret")
    QTest.keyClick(login, Qt.Key.Key_Escape)
    assert cancelled == [True]
    assert not login.isVisible()


async def test_the_password_is_hidden(login: LoginDialog) -> None:
    assert login.password.displayText() != "secret"
    login.password.setText("secret")
    assert "secret" not in login.password.displayText()


@pytest.fixture
def new_passphrase(theme: Theme) -> Iterator[PassphraseDialog]:
    dialog = PassphraseDialog(is_new=True)
    dialog.open()
    yield dialog
    dialog.reject()
    _forget()


def test_a_new_passphrase_is_typed_twice(new_passphrase: PassphraseDialog) -> None:
    told: list[str] = []
    new_passphrase.submitted.connect(told.append)
    assert "8 characters" in _words_of(new_passphrase)  # said before anything fails
    new_passphrase.first.setText("short")
    new_passphrase.submit()
    assert "8 characters" in new_passphrase.error.text()
    new_passphrase.first.setText("long enough")
    new_passphrase.second.setText("long enouhg")
    new_passphrase.submit()
    assert "not the same" in new_passphrase.error.text()
    new_passphrase.second.setText("long enough")
    QTest.keyClick(new_passphrase.second, Qt.Key.Key_Return)
    assert told == ["long enough"]
    assert new_passphrase.error.text() == ""


def _words_of(dialog: PassphraseDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel))


def _passphrase_dialog() -> PassphraseDialog:
    (dialog,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, PassphraseDialog) and w.isVisible())
    return dialog


async def test_asking_waits_for_the_answer(theme: Theme) -> None:
    question = asyncio.ensure_future(ask_passphrase(False, "That was wrong. Try again."))
    await until(lambda: any(isinstance(w, PassphraseDialog) for w in QApplication.topLevelWidgets()))
    dialog = _passphrase_dialog()
    assert dialog.error.text() == "That was wrong. Try again."
    assert "If you have forgotten it" in _words_of(dialog)
    QTest.keyClicks(dialog.first, "correct horse")
    QTest.keyClick(dialog.first, Qt.Key.Key_Return)
    assert await question == "correct horse"
    assert not dialog.isVisible()
    _forget()


async def test_giving_up_is_an_answer_too(theme: Theme) -> None:
    question = asyncio.ensure_future(ask_passphrase(True, ""))
    await until(lambda: any(isinstance(w, PassphraseDialog) for w in QApplication.topLevelWidgets()))
    _passphrase_dialog().close()
    assert await question is None
    _forget()


# -- people: these need a directory, thus a server ---------------------------------------------------------------------


@pytest.fixture
async def ann(new_account: NewAccount, tmp_path: Path, qapp: QApplication) -> AsyncIterator[Person]:
    person = await Person(await new_account("ann"), tmp_path / "ann").log_in()
    yield person
    await person.session.close()


@pytest.fixture
async def model(ann: Person, window: MainWindow) -> AsyncIterator[SessionModel]:
    model = SessionModel(ann.session)
    window.attach(model)
    model.load()
    await until(lambda: model.is_loaded)
    yield model
    await model.close()
    _forget()


def _dialog(window: QWidget, kind: type[FormDialog]) -> FormDialog:
    dialog = window.findChild(kind)
    assert dialog is not None
    return dialog


@pytest.mark.parametrize(("name", "is_clicked"), [("Quentin Quist", True), ("Quirin Quast", False)])
async def test_a_conversation_with_somebody_found(
    model: SessionModel, window: MainWindow, new_account: NewAccount, name: str, is_clicked: bool
) -> None:
    """Nothing more to press."""
    first = name.split()[0]
    await new_account(first.lower(), name)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = _dialog(window, NewConversationDialog)
    assert isinstance(dialog, NewConversationDialog)
    start = dialog.findChild(QPushButton, "startConversationButton")
    assert start is not None
    assert not start.isEnabled()
    field = _field(dialog, "peopleField")
    QTest.keyClicks(field, first)
    await until(lambda: dialog.people.hits.model().rowCount() == 1)
    assert start.isEnabled()
    if is_clicked:
        hits = dialog.people.hits
        place = hits.visualRect(hits.model().index(0, 0)).center()
        QTest.mouseClick(hits.viewport(), Qt.MouseButton.LeftButton, pos=place)
    else:
        QTest.keyClick(field, Qt.Key.Key_Down)
        QTest.keyClick(dialog.people.hits, Qt.Key.Key_Return)
    assert field.text().startswith(f"@{first.lower()}-")
    await until(lambda: model.chat.conversation is not None)
    assert model.chat.conversation is not None
    assert model.chat.conversation.name == name
    assert window.focusWidget() is window.chat_view.composer.field


async def test_enter_takes_the_only_person_found(
    model: SessionModel, window: MainWindow, new_account: NewAccount
) -> None:
    account = await new_account("rosalind", "Rosalind Rook")
    window.list_pane.new_conversation_asked.emit()
    dialog = _dialog(window, NewConversationDialog)
    assert isinstance(dialog, NewConversationDialog)
    field = _field(dialog, "peopleField")
    QTest.keyClicks(field, "Rosalind")
    await until(lambda: dialog.people.hits.model().rowCount() == 1)
    assert dialog.people.user_ids == (account.user_id,)
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: model.chat.conversation is not None)
    assert model.chat.conversation is not None
    assert model.chat.conversation.id.id == account.user_id


async def test_somebody_who_does_not_exist_is_said_in_the_dialog(model: SessionModel, window: MainWindow) -> None:
    window.list_pane.new_conversation_asked.emit()
    dialog = _dialog(window, NewConversationDialog)
    field = _field(dialog, "peopleField")
    QTest.keyClicks(field, "nobody-of-this-name")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: dialog.error.text())
    assert "no user" in dialog.error.text()
    assert dialog.isVisible()
    assert dialog.action_button.isEnabled()
    assert model.conversations.rowCount() == 0


async def test_a_group_with_a_name_and_people(model: SessionModel, window: MainWindow, new_account: NewAccount) -> None:
    ben, carla = await new_account("ben"), await new_account("carla")
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = _dialog(window, NewGroupDialog)
    assert isinstance(dialog, NewGroupDialog)
    assert not dialog.action_button.isEnabled()
    QTest.keyClicks(_field(dialog, "groupName"), "Climbing")
    field = _field(dialog, "peopleField")
    await until(lambda: dialog.people.chosen.height() > 0)
    before = (dialog.size(), dialog.action_button.pos(), field.pos())
    QTest.keyClicks(field, ben.user_id)
    QTest.keyClick(field, Qt.Key.Key_Return)
    await turn(0.02)
    assert (dialog.size(), dialog.action_button.pos(), field.pos()) == before  # nothing moved under the hand
    assert field.text() == ""
    assert [profile.user_id for profile in dialog.people.chosen.profiles] == [ben.user_id]
    QTest.keyClicks(field, ben.user_id)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(dialog.people.chosen.profiles) == 1
    QTest.keyClicks(field, carla.user_id)  # left standing in the field: counts too
    QTest.mouseClick(dialog.action_button, Qt.MouseButton.LeftButton)
    await until(lambda: model.chat.conversation is not None)
    conversation = model.chat.conversation
    assert conversation is not None
    assert conversation.name == "Climbing"
    model.members.show(conversation)
    await until(lambda: model.members.rowCount() == 3)


async def test_inviting_from_the_members_pane(model: SessionModel, window: MainWindow, new_account: NewAccount) -> None:
    ben = await new_account("ben")
    model.starter.create_group("Climbing", [])
    await until(lambda: model.chat.conversation is not None)
    window.toggle_members()
    await until(lambda: window.side_pane.members.list.model().rowCount() == 1)
    invite = window.findChild(QWidget, "inviteButton")
    assert invite is not None
    QTest.mouseClick(invite, Qt.MouseButton.LeftButton)
    dialog = window.findChild(FormDialog, "inviteDialog")
    assert dialog is not None
    QTest.keyClicks(_field(dialog, "peopleField"), "nobody-of-this-name")
    QTest.mouseClick(dialog.action_button, Qt.MouseButton.LeftButton)
    await until(lambda: dialog.error.text())
    assert dialog.isVisible()
    _field(dialog, "peopleField").setText(ben.user_id)
    QTest.mouseClick(dialog.action_button, Qt.MouseButton.LeftButton)
    await until(lambda: window.side_pane.members.list.model().rowCount() == 2)
    assert window.notice.text == "1 invited."


async def test_a_dialog_never_outgrows_the_screen(theme: Theme, qapp: QApplication, door: Door) -> None:
    font, large = qapp.font(), qapp.font()
    large.setPointSizeF(font.pointSizeF() * 4)
    qapp.setFont(large)
    try:
        dialog = LoginDialog(LoginModel(door, Tasks()))
        dialog.open()
        await turn(0.02)
        assert dialog.height() <= dialog.screen().availableSize().height()
        for button in (dialog.action_button, dialog.cancel_button):
            place = button.mapTo(dialog, button.rect().center())
            assert dialog.rect().contains(place)
        dialog.focus(dialog.password)
        shown = dialog.password.mapTo(dialog, dialog.password.rect().center())
        assert dialog.rect().contains(shown)
        assert dialog.password.visibleRegion().boundingRect().height() > dialog.password.height() // 2
        dialog.reject()
    finally:
        qapp.setFont(font)
        _forget()
