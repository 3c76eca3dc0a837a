"""The settings dialog on the real window: what is chosen holds at once, and is kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QMessageBox,
    QRadioButton,
    QSlider,
    QTableView,
    QTimeEdit,
    QTreeView,
    QWidget,
)
from shiboken6 import Shiboken

from chatdesk.app import settings as files
from chatdesk.core.network import NetworkBeforeLogin
from chatdesk.core.session import Session
from chatdesk.models.proxy import ProxyModel
from chatdesk.models.session import SessionModel
from chatdesk.models.settings import Preferences, SettingsModel
from chatdesk.models.tasks import Tasks
from chatdesk.views.main_window import MainWindow
from chatdesk.views.proxy_dialog import ProxyDialog
from chatdesk.views.settings_dialog import SettingsDialog
from chatdesk.views.theme import Scheme, Theme
from tests.models.offline import group, group_id, incoming, receive
from tests.models.waiting import turn, until


@pytest.fixture
async def dialog(window: MainWindow) -> SettingsDialog:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    found = window.findChild(SettingsDialog)
    assert found is not None
    await until(found.isVisible)
    return found


def _section(dialog: SettingsDialog, row: int) -> None:
    sections = dialog.findChild(QListWidget, "settingsSections")
    assert sections is not None
    QTest.mouseClick(
        sections.viewport(), Qt.MouseButton.LeftButton, pos=sections.visualItemRect(sections.item(row)).center()
    )


def _press(dialog: QWidget, name: str) -> None:
    found = dialog.findChild(QAbstractButton, name)
    assert found is not None and found.isVisible(), name
    found.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Space)


async def test_the_menu_opens_the_settings(window: MainWindow) -> None:
    action = next(a for a in window.list_pane.menu_button.menu().actions() if a.objectName() == "settingsAction")
    action.trigger()
    assert window.findChild(SettingsDialog) is not None


async def test_the_way_to_the_server_outlives_its_dialog(window: MainWindow) -> None:
    """Before a login the dialog is gone while the proxy is still changed or tried."""
    proxy = ProxyModel(NetworkBeforeLogin(), Tasks(window), window)
    dialog = ProxyDialog(proxy, window)
    dialog.open()
    dialog.accept()
    await until(lambda: not Shiboken.isValid(dialog))
    proxy.told.emit("It works.", False)  # a slot that touches what is gone fails this test


async def test_every_section_is_in_sight(account: SessionModel, theme: Theme, dialog: SettingsDialog) -> None:
    theme.set_text_percent(80)
    await turn()
    assert dialog.sections.verticalScrollBar().maximum() == 0


async def test_one_in_another_language_stands_where_the_first_stood(window: MainWindow) -> None:
    place = QRect(40, 50, 710, 533)
    dialog = window.open_settings(place)
    await until(dialog.isVisible)
    assert dialog.geometry() == place


async def test_tab_leads_to_the_chosen_one_and_the_arrows_choose(window: MainWindow, dialog: SettingsDialog) -> None:
    window.settings.change(scheme="dark")
    choices = [dialog.findChild(QRadioButton, f"{name}Scheme") for name in ("system", "light", "dark")]
    assert [bool(choice.focusPolicy() & Qt.FocusPolicy.TabFocus) for choice in choices if choice] == [
        False,
        False,
        True,
    ]
    dialog.sections.setCurrentRow(1)
    dark, light = choices[2], choices[1]
    assert dark is not None and light is not None
    dark.setFocus()
    QTest.keyClick(dark, Qt.Key.Key_Up)
    assert light.hasFocus() and light.isChecked()
    assert window.settings.preferences.scheme == "light"


async def test_the_appearance_holds_at_once(window: MainWindow, theme: Theme, dialog: SettingsDialog) -> None:
    _section(dialog, 1)
    _press(dialog, "darkScheme")
    assert theme.scheme is Scheme.DARK
    assert window.settings.preferences.scheme == "dark"


async def test_what_moves_can_be_kept_still(window: MainWindow, theme: Theme, dialog: SettingsDialog) -> None:
    _section(dialog, 1)
    assert not theme.is_still
    _press(dialog, "keepStill")
    assert theme.is_still
    assert window.settings.preferences.is_still
    _press(dialog, "keepStill")
    assert not theme.is_still


async def test_without_multimedia_the_microphone_says_what_to_do(dialog: SettingsDialog) -> None:
    dialog.show_section("Writing")
    words = dialog.writing.voice.words
    await until(words.isVisible)
    assert "chatdesk[media]" in words.text()
    assert not dialog.writing.voice.choice.isVisible()


async def test_the_text_grows_everywhere_at_once(
    window: MainWindow, theme: Theme, dialog: SettingsDialog, qapp: QApplication
) -> None:
    _section(dialog, 1)
    heading = dialog.appearance.findChildren(QLabel)[0]
    watched = (heading, dialog, window.status_line, window.list_pane.filter_field, window.chat_view)
    before = [widget.fontMetrics().height() for widget in watched]
    line_before = window.status_line.height()
    slider = dialog.findChild(QSlider, "textSize")
    assert slider is not None
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_End)
    assert window.settings.preferences.text_percent == 200
    await turn(0.05)
    after = [widget.fontMetrics().height() for widget in watched]
    for small, large in zip(before, after, strict=True):
        assert 1.8 < large / small < 2.2, (before, after)
    assert window.status_line.height() >= window.status_line.fontMetrics().height() > line_before - 9
    window.settings.change(scheme="dark")  # a new style sheet must not undo it
    assert [widget.fontMetrics().height() for widget in watched] == after
    sections = dialog.sections
    assert sections.sizeHintForColumn(0) <= sections.viewport().width()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert window.settings.preferences.text_percent == 80
    _press(dialog, "resetTextSize")
    await turn(0.05)
    assert [widget.fontMetrics().height() for widget in watched] == before


async def test_notifications(window: MainWindow, dialog: SettingsDialog) -> None:
    _section(dialog, 2)
    _press(dialog, "notifyText")
    _press(dialog, "doNotDisturb")
    _press(dialog, "notify")
    chosen = window.settings.preferences
    assert (chosen.notify, chosen.notify_text, chosen.do_not_disturb) == (False, False, True)
    text = dialog.findChild(QCheckBox, "notifyText")
    assert text is not None and not text.isEnabled()
    window.settings.change(do_not_disturb=False)  # from the tray
    quiet = dialog.findChild(QCheckBox, "doNotDisturb")
    assert quiet is not None and not quiet.isChecked()


async def test_the_languages_are_called_as_they_call_themselves(window: MainWindow, dialog: SettingsDialog) -> None:
    choice = dialog.findChild(QComboBox, "languageChoice")
    assert choice is not None
    assert [choice.itemText(row) for row in range(3)] == ["As the system", "English", "简体中文"]
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_End)
    assert window.settings.preferences.language == "zh_CN"


async def test_the_downloads_folder(window: MainWindow, dialog: SettingsDialog, tmp_path: Path) -> None:
    _press(dialog, "chooseDownloadsFolder")
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    chooser.fileSelected.emit(str(tmp_path))
    chooser.reject()
    shown = dialog.findChild(QLabel, "downloadsFolder")
    assert shown is not None and shown.text() == str(tmp_path)
    assert window.settings.downloads_folder() == tmp_path
    _press(dialog, "resetDownloadsFolder")
    assert window.settings.preferences.downloads_folder == ""


async def test_the_account_and_logging_out(account: SessionModel, window: MainWindow, dialog: SettingsDialog) -> None:
    _section(dialog, 3)
    name = dialog.findChild(QLineEdit, "accountName")
    assert name is not None and name.text() == "Ann"
    texts = [dialog.findChild(QLabel, name) for name in ("accountId", "accountServer")]
    assert [label.text() for label in texts if label is not None] == ["@ann:example.org", "http://127.0.0.1:9"]
    _press(dialog, "settingsLogOut")
    await until(lambda: window.findChild(QMessageBox, "logOutQuestion") is not None)


async def test_f1_lists_the_keys(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(QDialog, "shortcutsDialog")
    assert dialog is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


async def test_every_control_has_a_name_and_is_reached_by_tab(account: SessionModel, dialog: SettingsDialog) -> None:
    kinds = (QAbstractButton, QComboBox, QSlider, QLineEdit, QTimeEdit, QListView, QTreeView, QTableView)
    assert dialog.sections.count() == 10
    for row in range(dialog.sections.count()):
        _section(dialog, row)
        controls = [w for kind in kinds for w in dialog.findChildren(kind) if w.isVisible() and w.isEnabled()]
        unnamed = [w for w in controls if not (w.accessibleName() and w.objectName())]
        assert not unnamed
        reached: set[QWidget | None] = set()
        for _ in range(30):
            QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Tab)
            reached.add(QApplication.focusWidget())
        groups = [{w for w in controls if w in group.buttons()} for group in dialog.findChildren(QButtonGroup)]
        for choices in groups:
            assert not choices or choices & reached  # arrows lead from one to the next
        empty = {w for w in controls if isinstance(w, QTreeView) and w.model().rowCount() == 0}
        assert set(controls) - reached - empty <= {w for choices in groups for w in choices}


async def test_the_title_counts_what_is_unread(session: Session, account: SessionModel, window: MainWindow) -> None:
    account.load()
    await until(lambda: account.is_loaded)
    lunch = group("!lunch", "Lunch", [incoming("hi"), incoming("hello")], unread=2)
    await receive(session, lunch, group("!trip", "Trip", [incoming("when?")], unread=1))
    assert window.windowTitle() == "(3) Ann – chatdesk"
    account.chat.open(group_id("!lunch"))
    assert window.windowTitle().startswith("(3) Lunch")


def test_choices_survive_a_restart_and_a_meddled_file(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    chosen = Preferences(scheme="dark", text_percent=150, language="zh_CN", notify_text=False, downloads_folder="/x")
    files.save(path, files.WindowSettings.of(chosen, b"\x00\x01", b"\x02"))
    read = files.load(path)
    assert (read.preferences, read.geometry, read.panes) == (chosen, b"\x00\x01", b"\x02")
    path.write_text('{"scheme": "pink", "text_percent": 9000, "language": "tlh"}')
    assert files.load(path).preferences == Preferences(text_percent=200)
    path.write_text("not json")
    assert files.load(path).preferences == Preferences()


def test_a_chosen_folder_that_is_gone_is_not_used(tmp_path: Path) -> None:
    model = SettingsModel(Preferences(downloads_folder=str(tmp_path / "gone")), lambda: tmp_path)
    assert model.chosen_downloads_folder() is None
    assert model.downloads_folder() == tmp_path
