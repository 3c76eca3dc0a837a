"""The emoji picker by keyboard and mouse."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.models.settings import SettingsModel
from chatdesk.views.emoji_picker import EmojiPopup
from chatdesk.views.theme import Theme


@pytest.fixture
def settings() -> SettingsModel:
    return SettingsModel()


@pytest.fixture
def popup(theme: Theme, settings: SettingsModel, qtbot: QtBot) -> Iterator[EmojiPopup]:
    window = QWidget()
    window.resize(700, 500)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    popup = EmojiPopup(theme, window, settings)

    def is_open() -> bool:
        """Qt's offscreen platform takes the focus from every window once, and that closes a popup."""
        if not popup.isVisible():
            popup.open_at(QRect(100, 400, 30, 30))
        QApplication.processEvents()
        return popup.isVisible() and popup.picker.field.hasFocus()

    qtbot.waitUntil(is_open)
    yield popup
    popup.close()


def _picks(popup: EmojiPopup) -> list[str]:
    picks: list[str] = []
    popup.picked.connect(picks.append)
    return picks


def test_typing_and_enter_choose_the_first_hit(popup: EmojiPopup, settings: SettingsModel) -> None:
    picks = _picks(popup)
    QTest.keyClicks(popup.picker.field, "tada")
    QTest.keyClick(popup.picker.field, Qt.Key.Key_Return)
    assert picks == ["\U0001f389"]
    assert not popup.isVisible()
    assert settings.preferences.recent_emoji == ("\U0001f389",)


def test_arrows_walk_the_grid_and_lead_back_to_the_search(popup: EmojiPopup) -> None:
    picks = _picks(popup)
    grid, field = popup.picker.grid, popup.picker.field
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert grid.hasFocus()
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.currentIndex().row() > 5
    QTest.keyClick(grid, Qt.Key.Key_Up)
    assert grid.currentIndex().row() == 1
    QTest.keyClick(grid, Qt.Key.Key_Up)
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert picks == ["\U0001f603"]


def test_letters_typed_into_the_grid_belong_to_the_search(popup: EmojiPopup) -> None:
    QTest.keyClick(popup.picker.field, Qt.Key.Key_Down)
    QTest.keyClicks(popup.picker.grid, "c")
    assert popup.picker.field.text() == "c"
    assert popup.picker.field.hasFocus()


def test_escape_ends_the_search_first_and_then_the_popup(popup: EmojiPopup) -> None:
    QTest.keyClicks(popup.picker.field, "cat")
    QTest.keyClick(popup.picker.field, Qt.Key.Key_Escape)
    assert popup.picker.field.text() == ""
    assert popup.isVisible()
    QTest.keyClick(popup.picker.field, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_a_click_chooses_and_the_next_time_it_is_a_recent_one(popup: EmojiPopup, qtbot: QtBot) -> None:
    picks = _picks(popup)
    food = popup.findChild(QToolButton, "emojiGroup3")
    assert food is not None
    QTest.mouseClick(food, Qt.MouseButton.LeftButton)
    grid = popup.picker.grid
    place = grid.visualRect(grid.model().index(2, 0)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert len(picks) == 1
    popup.open_at(QRect(100, 400, 30, 30))
    assert grid.model().index(0, 0).data() == picks[0]
    recent = popup.findChild(QToolButton, "emojiRecent")
    assert recent is not None and recent.isChecked()


def test_a_skin_tone_is_kept_and_used(popup: EmojiPopup, settings: SettingsModel) -> None:
    picks = _picks(popup)
    dark = popup.picker.tone.menu().actions()[5]
    dark.trigger()
    assert settings.preferences.skin_tone == 5
    QTest.keyClicks(popup.picker.field, "waving")
    QTest.keyClick(popup.picker.field, Qt.Key.Key_Return)
    assert picks == ["\U0001f44b\U0001f3ff"]


def test_nothing_found_is_said(popup: EmojiPopup) -> None:
    QTest.keyClicks(popup.picker.field, "qqqq")
    assert not popup.picker.grid.isVisible()
    assert popup.picker._nothing.text() == "No emoji found"
    QTest.keyClick(popup.picker.field, Qt.Key.Key_Return)
    assert popup.isVisible()


def test_everything_has_a_name_and_it_stays_on_the_screen(popup: EmojiPopup) -> None:
    for widget in popup.findChildren(QToolButton):
        assert widget.accessibleName() or widget.parent() is popup.picker.field, widget.objectName()
    popup.open_at(QRect(popup.screen().availableGeometry().bottomRight(), popup.size()))
    assert popup.screen().availableGeometry().contains(popup.geometry())


def test_it_opens_again_within_50_ms(popup: EmojiPopup) -> None:
    popup.close()
    used = []
    for _ in range(3):
        start = time.process_time()
        popup.open_at(QRect(100, 400, 30, 30))
        popup.grab()
        used.append(time.process_time() - start)
        popup.close()
    assert min(used) < 0.05
