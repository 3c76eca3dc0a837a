"""Another language is chosen in the settings of the running program: everything is in it, and nothing was lost."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog

from chatdesk.app import paths
from chatdesk.localserver import LocalServer
from chatdesk.views.main_window import MainWindow
from tests.app import live_window
from tests.app.live_window import find, until
from tests.app.test_window_start import conversations, log_in
from tests.servers.accounts import register_account
from tests.servers.memory_keyring import MemoryKeyring
from tests.servers.people import Person


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    locale = QLocale()
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)


def shown() -> MainWindow:
    (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())
    return window


async def choose_language(window: MainWindow, key: Qt.Key) -> MainWindow:
    """By key, in the settings; the window that is there then."""
    if not [d for d in window.findChildren(QDialog, "settingsDialog") if d.isVisible()]:
        window.open_settings()
    choice = find(window, QComboBox, "languageChoice")
    choice.setFocus()
    QTest.keyClick(choice, key)
    await until(lambda: shown() is not window, "the window in another language")
    return shown()


def test_another_language_at_once(
    home: Path, web_server: LocalServer, tmp_path: Path, system_keyring: MemoryKeyring, english: None
) -> None:
    async def prepare() -> tuple[str, str]:
        account = await register_account(web_server, "dora")
        person = await Person(account, tmp_path / "elsewhere").log_in()
        for name in ("Book club", "Choir"):
            await person.conversation(await person.session.conversations.create_group(name, []))
        await person.session.close()
        return account.name, account.password

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        name, password = runner.run(prepare())

    async def act(window: MainWindow) -> None:
        await log_in(window, web_server.tcp_url, name, password)
        await until(lambda: len(conversations(window)) == 2, "the conversations")
        session = window._session
        assert session is not None
        ids = {c.name: c.id for c in session.conversations.items}
        window.open_conversation(ids["Book club"])
        await until(lambda: session.chat.conversation is not None, "an open conversation")
        QTest.keyClicks(window.chat_view.composer.field, "Half a thought")
        assert window.own_windows is not None
        window.own_windows.open(ids["Choir"])
        window.resize(700, 610)
        listed = conversations(window)

        chinese = await choose_language(window, Qt.Key.Key_End)
        assert chinese._session is session
        assert chinese.size().toTuple() == (700, 610)
        assert find(chinese, QDialog, "settingsDialog").windowTitle() == "设置"
        assert find(chinese, QComboBox, "languageChoice").hasFocus()
        assert conversations(chinese) == listed
        assert chinese.chat_view.composer.field.toPlainText() == "Half a thought"
        assert chinese.chat_view.composer.field.accessibleName() == "消息"
        assert chinese.own_windows is not None and ids["Choir"] in chinese.own_windows
        await until(lambda: chinese.status_line.text == "已连接", "the connection, in Chinese")

        find(chinese, QDialog, "settingsDialog").move(40, 30)
        english = await choose_language(chinese, Qt.Key.Key_Up)
        assert english.chat_view.composer.field.accessibleName() == "Message"
        assert english.chat_view.composer.field.toPlainText() == "Half a thought"
        assert QLocale().standaloneDayName(1) == "Monday"
        assert find(english, QDialog, "settingsDialog").pos().toTuple() == (40, 30)

    assert live_window.run(paths.profile("work"), act) == 0
