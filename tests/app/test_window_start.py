"""From an empty profile to conversations and back, through the real window: log in, start again, log out."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton

from chatdesk.app import paths
from chatdesk.app.window import unhandled
from chatdesk.localserver import LocalServer
from chatdesk.localserver.address import free_port
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.views.login_dialog import LoginDialog
from chatdesk.views.main_window import MainWindow
from chatdesk.views.passphrase_dialog import PassphraseDialog
from tests.app import live_window
from tests.app.live_window import find, press, type_into, until
from tests.servers.accounts import Account, register_account
from tests.servers.memory_keyring import MemoryKeyring
from tests.servers.people import Person

PASSPHRASE = "a walk by the harbour"


@pytest.fixture
def profile(home: Path) -> Path:
    return paths.profile("work")


@pytest.fixture
def account(web_server: LocalServer, tmp_path: Path, qapp: QApplication) -> Account:
    """Somebody with one group, whose server can be typed."""

    async def make() -> Account:
        account = await register_account(web_server, "cleo")
        person = await Person(account, tmp_path / "elsewhere").log_in()
        await person.conversation(await person.session.conversations.create_group("Book club", []))
        await person.session.close()
        return account

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        return runner.run(make())


async def passphrase_dialog(window: MainWindow) -> PassphraseDialog:
    await until(lambda: [d for d in window.findChildren(PassphraseDialog) if d.isVisible()], "the passphrase dialog")
    return next(d for d in window.findChildren(PassphraseDialog) if d.isVisible())


async def login_dialog(window: MainWindow) -> LoginDialog:
    await until(lambda: [d for d in window.findChildren(LoginDialog) if d.isVisible()], "the login dialog")
    assert window.windowHandle().isExposed()  # else the system cannot place the dialog before it
    return next(d for d in window.findChildren(LoginDialog) if d.isVisible())


async def log_in(window: MainWindow, server: str, user: str, password: str) -> LoginDialog:
    """Type everything and press Enter."""
    dialog = await login_dialog(window)
    await until(lambda: dialog.server.isEnabled(), "a form to type into")
    for field, text in ((dialog.server, server), (dialog.user, user), (dialog.password, password)):
        type_into(field, text)
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    return dialog


def error_of(dialog: LoginDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel, "loginError") if label.isVisible())


async def refused(window: MainWindow, server: str, user: str, password: str) -> str:
    """Try to log in; the sentence that says why not. The form is ready for the next try then."""
    dialog = await log_in(window, server, user, password)
    await until(lambda: error_of(dialog) and dialog.server.isEnabled(), "an answer")
    assert dialog.isVisible()
    assert (dialog.server.text(), dialog.user.text()) == (server, user)
    return error_of(dialog)


def conversations(window: MainWindow) -> list[str]:
    model = window.list_pane.list.model()
    if model is None:
        return []
    rows = [model.index(row, 0).data(ConversationListModel.CONVERSATION) for row in range(model.rowCount())]
    return [row.name for row in rows]


async def reach_conversations(window: MainWindow, account: Account) -> None:
    await log_in(window, account.url, account.name, account.password)
    await until(lambda: "Book club" in conversations(window), "the conversations")


def account_at(server: LocalServer, account: Account) -> Account:
    """With the address that can be typed."""
    return Account(server.tcp_url, account.user_id, account.name, account.password, account.display_name)


def test_logging_in_and_starting_again_without_the_server(
    profile: Path, web_server: LocalServer, account: Account, system_keyring: MemoryKeyring
) -> None:
    async def first(window: MainWindow) -> None:
        await reach_conversations(window, account_at(web_server, account))
        assert not [d for d in window.findChildren(LoginDialog) if d.isVisible()]
        await until(lambda: window.status_line.text == "Connected", "connected")
        await until(lambda: window.windowTitle() == "Cleo – chatdesk", "the name of the account")

    assert live_window.run(profile, first) == 0
    assert [name for name in profile.iterdir() if account.password.encode() in name.read_bytes()] == []
    assert len(system_keyring.entries) == 1
    assert not (profile / "store.key").exists()
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(web_server.stop())

    async def again(window: MainWindow) -> None:
        await until(lambda: "Book club" in conversations(window), "the conversations from the store")
        await until(lambda: window.status_line.text.startswith("Offline"), "word of being offline")
        assert not window.findChildren(LoginDialog)
        assert window.windowTitle() == "Cleo – chatdesk"

    assert live_window.run(profile, again) == 0


def test_a_login_that_fails_says_why_and_lets_one_try_again(
    profile: Path, web_server: LocalServer, account: Account, system_keyring: MemoryKeyring
) -> None:
    async def act(window: MainWindow) -> None:
        url = web_server.tcp_url
        nobody = f"http://127.0.0.1:{free_port()}"
        cases = (
            (url, account.name, "wrong", "password"),
            (url, "nobody-here", account.password, "password"),
            (nobody, account.name, account.password, "127.0.0.1"),
            ("homeserver.invalid", account.name, account.password, "homeserver.invalid"),
            ("http://example.org", account.name, account.password, "https"),
            ("", account.name, account.password, "server"),
        )
        for server, user, password, part in cases:
            sentence = await refused(window, server, user, password)
            assert part in sentence, (server, sentence)
            assert "Traceback" not in sentence and "Error" not in sentence, sentence
            assert not (profile / "store.db").exists()
        await reach_conversations(window, account_at(web_server, account))

    assert live_window.run(profile, act) == 0


def test_qt_may_end_the_loop_and_the_session_is_closed(
    profile: Path, web_server: LocalServer, account: Account, system_keyring: MemoryKeyring
) -> None:
    """As for the desktop's own "Quit", or a display that is gone."""

    async def act(window: MainWindow) -> None:
        await reach_conversations(window, account_at(web_server, account))
        QCoreApplication.exit(1)
        await until(lambda: not window.isVisible(), "the end of the window")

    async def again(window: MainWindow) -> None:
        await until(lambda: "Book club" in conversations(window), "the conversations from the store")

    assert live_window.run(profile, act) == 0
    assert live_window.run(profile, again) == 0


def test_giving_up_the_login_ends_the_program(profile: Path, qapp: QApplication, system_keyring: MemoryKeyring) -> None:
    async def act(window: MainWindow) -> None:
        dialog = await login_dialog(window)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        await until(lambda: not window.isVisible(), "the end of the window")

    assert live_window.run(profile, act) == 0


def test_logging_out_wipes_the_profile_and_offers_the_login(
    profile: Path, web_server: LocalServer, account: Account, system_keyring: MemoryKeyring
) -> None:
    async def act(window: MainWindow) -> None:
        await reach_conversations(window, account_at(web_server, account))
        await until(lambda: window.status_line.text == "Connected", "connected")
        find(window, QAction, "logOutAction").trigger()
        await until(lambda: window.findChildren(QMessageBox, "logOutQuestion"), "the question")
        question = find(window, QMessageBox, "logOutQuestion")
        assert account.user_id in question.text()
        keys.extend(system_keyring.entries.values())
        press(find(window, QPushButton, "confirmButton"))
        dialog = await login_dialog(window)
        assert not dialog.password.text()
        assert conversations(window) == []
        left_over.update(path.name for path in profile.iterdir())
        keys.extend(system_keyring.entries.values())

    left_over: set[str] = set()
    keys: list[str] = []
    assert live_window.run(profile, act) == 0
    assert left_over <= {"profile.lock"}
    assert keys[1:] == []  # a new one is made by the next login, not before


def test_without_a_keyring_a_passphrase_protects_the_store(
    profile: Path, web_server: LocalServer, account: Account, no_keyring: None
) -> None:
    async def choose(window: MainWindow) -> None:
        await log_in(window, web_server.tcp_url, account.name, account.password)
        dialog = await passphrase_dialog(window)  # asked for when the login is known to work
        type_into(dialog.first, PASSPHRASE)
        type_into(dialog.second, PASSPHRASE)
        QTest.keyClick(dialog.second, Qt.Key.Key_Return)
        await until(lambda: "Book club" in conversations(window), "the conversations")

    assert live_window.run(profile, choose) == 0
    assert [path for path in profile.iterdir() if PASSPHRASE.encode() in path.read_bytes()] == []

    async def unlock(window: MainWindow) -> None:
        dialog = await passphrase_dialog(window)
        type_into(dialog.first, "something else")
        QTest.keyClick(dialog.first, Qt.Key.Key_Return)
        await until(
            lambda: any("not the passphrase" in label.text() for label in window.findChildren(QLabel)), "a refusal"
        )
        dialog = await passphrase_dialog(window)
        type_into(dialog.first, PASSPHRASE)
        QTest.keyClick(dialog.first, Qt.Key.Key_Return)
        await until(lambda: "Book club" in conversations(window), "the conversations")

    assert live_window.run(profile, unlock) == 0


def test_who_forgot_the_passphrase_logs_in_again(
    profile: Path, web_server: LocalServer, account: Account, no_keyring: None
) -> None:
    async def log_in_with(window: MainWindow, passphrase: str) -> None:
        await log_in(window, web_server.tcp_url, account.name, account.password)
        dialog = await passphrase_dialog(window)
        type_into(dialog.first, passphrase)
        type_into(dialog.second, passphrase)
        QTest.keyClick(dialog.second, Qt.Key.Key_Return)
        await until(lambda: "Book club" in conversations(window), "the conversations")

    async def forget(window: MainWindow) -> None:
        dialog = await passphrase_dialog(window)
        QTest.keyClick(find(window, QPushButton, "passphraseLogInAgain"), Qt.Key.Key_Return)
        QTest.keyClick(find(window, QMessageBox, "logInAgainBox"), Qt.Key.Key_Return)  # the safe answer
        assert dialog.isVisible()
        press(find(window, QPushButton, "passphraseLogInAgain"))
        press(find(window, QPushButton, "confirmButton"))
        await log_in_with(window, "another one by the sea")

    assert live_window.run(profile, lambda window: log_in_with(window, PASSPHRASE)) == 0
    assert live_window.run(profile, forget) == 0

    async def unlock(window: MainWindow) -> None:
        dialog = await passphrase_dialog(window)
        type_into(dialog.first, "another one by the sea")
        QTest.keyClick(dialog.first, Qt.Key.Key_Return)
        await until(lambda: "Book club" in conversations(window), "the conversations")

    assert live_window.run(profile, unlock) == 0


def test_without_keyring_and_passphrase_nothing_is_stored(
    profile: Path, web_server: LocalServer, account: Account, no_keyring: None
) -> None:
    async def act(window: MainWindow) -> None:
        login = await log_in(window, web_server.tcp_url, account.name, account.password)
        dialog = await passphrase_dialog(window)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        await until(lambda: error_of(login).startswith("Without a passphrase"), "what that means")

    assert live_window.run(profile, act) == 0
    assert {path.name for path in profile.iterdir()} <= {"profile.lock", "window.json"}


def test_a_second_start_raises_the_first_window(
    profile: Path, qapp: QApplication, system_keyring: MemoryKeyring
) -> None:
    async def act(window: MainWindow) -> None:
        await login_dialog(window)
        window.showMinimized()
        await until(window.isMinimized, "minimized")
        command = [sys.executable, "-m", "chatdesk", "--profile", profile.name, "matrix:u/ben:example.org"]
        second = await asyncio.to_thread(
            subprocess.run, command, capture_output=True, text=True, timeout=live_window.PATIENCE_S
        )
        assert (second.returncode, second.stdout) == (0, "")
        *noise, line = second.stderr.splitlines()
        assert line == "chatdesk: the profile work is already open; its window was raised"
        assert all(words.startswith("This plugin does not support") for words in noise)  # Qt's offscreen platform
        await until(lambda: not window.isMinimized(), "raised")
        assert window._waiting_link == "matrix:u/ben:example.org"  # nobody is logged in yet

    assert live_window.run(profile, act) == 0


def test_the_window_remembers_its_place_and_its_palette(
    profile: Path, qapp: QApplication, system_keyring: MemoryKeyring
) -> None:
    async def change(window: MainWindow) -> None:
        await login_dialog(window)
        window.setGeometry(40, 50, 700, 500)
        window.settings.change(scheme="dark")
        await until(lambda: window.size().width() == 700, "the new size")

    async def look(window: MainWindow) -> None:
        await login_dialog(window)
        assert (window.width(), window.height()) == (700, 500)
        assert window.settings.preferences.scheme == "dark"
        assert window.palette().window().color().lightness() < 64  # and it looks so

    assert live_window.run(profile, change) == 0
    assert live_window.run(profile, look) == 0


async def test_a_socket_that_wakes_its_reader_twice_is_no_trouble(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(unhandled)
    try:
        read = loop.create_future()
        for _ in range(2):
            loop.call_soon(read.set_result, None)
        await asyncio.sleep(0)
        assert not caplog.records
        loop.call_soon(lambda: 1 // 0)
        await asyncio.sleep(0)
        assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [ZeroDivisionError]
    finally:
        loop.set_exception_handler(None)
