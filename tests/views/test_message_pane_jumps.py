"""Showing one message, the highlight, and the way back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import Insert
from tests.views.message_pane_setting import Setting
from tests.views.message_samples import message, talk


def test_a_message_far_away_is_shown_lit_and_left_again(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(200))
    pane = setting.pane
    back = pane._overlay.back
    pane.show_message(50)
    y = setting.content_y(50)
    assert y is not None
    assert abs(y - pane.viewport().height() // 3) < 2
    assert pane.currentIndex().row() == setting.model.row_of(50)
    assert pane._jumps.glow(50) > 0.9
    assert pane._jumps.glow(51) == 0
    assert back.isVisible()
    QTest.mouseClick(back.back, Qt.MouseButton.LeftButton)
    assert pane.is_at_bottom
    assert not back.isVisible()
    qtbot.waitUntil(lambda: pane._jumps.glow(50) == 0, timeout=4000)


def test_back_goes_from_place_to_place(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(200))
    pane = setting.pane
    setting.focus_by_tab()
    pane.scroll_by(-700)
    row, y = pane.placement.anchor
    key = setting.model.message(row).key
    pane.show_message(20)
    pane.show_message(150)
    setting.model.apply(Insert(0, (message("older " * 50, key=-9),)))
    QTest.keyClick(pane, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert 20 in setting.visible_keys()
    QTest.keyClick(pane, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert setting.content_y(key) == y
    assert not pane._overlay.back.isVisible()
    QTest.keyClick(pane, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert setting.content_y(key) == y


def test_a_message_in_sight_is_lit_where_it_is(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(60))
    before = [(placed.row, placed.top) for placed in setting.pane.placement.placed]
    key = setting.visible_keys()[-2]
    setting.pane.show_message(key)
    assert [(placed.row, placed.top) for placed in setting.pane.placement.placed] == before
    assert setting.pane._jumps.glow(key) > 0.9
    assert not setting.pane._overlay.back.isVisible()


def test_the_newest_and_another_conversation_end_it(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(200))
    pane = setting.pane
    pane.show_message(50)
    pane.jump_to_newest()
    assert not pane._overlay.back.isVisible()
    pane.show_message(50)
    pane.set_model(None)
    assert not pane._overlay.back.isVisible()
    pane.show_message(50)  # not here: nothing happens


def test_the_light_is_painted(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(60))
    key = setting.visible_keys()[-2]
    rect = setting.in_view(key, setting.layout(key).bubble)
    before = setting.pane.viewport().grab().toImage().pixelColor(2, rect.center().y())
    setting.pane.show_message(key)
    lit = setting.pane.viewport().grab().toImage().pixelColor(2, rect.center().y())
    assert lit != before
    qtbot.waitUntil(lambda: setting.pane._jumps.glow(key) == 0, timeout=4000)
    assert setting.pane.viewport().grab().toImage().pixelColor(2, rect.center().y()) == before
