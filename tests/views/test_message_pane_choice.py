"""Choosing several messages by mouse and keys, and what the bar does with them."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import Insert, Remove
from chatdesk.domain.elements import File, Image, Media, Tip, TipKind
from chatdesk.domain.messages import MessageState
from tests.views.message_pane_setting import Setting
from tests.views.message_samples import OWN, message

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BIG_KEY = 5_000_000_000
PDF = File(Media("mxc://a/b", "report.pdf", "application/pdf", 12_345))


def _setting(qtbot: QtBot) -> Setting:
    messages = (
        message("one", key=1),
        message("two", key=2, sender=OWN),
        message(Tip(TipKind.JOINED), key=3),
        message("four", key=4),
        message(PDF, key=5),
        message([Image(Media("mxc://a/c", "a.png", "image/png"), 60, 50)], key=6),
        message("failed", key=BIG_KEY, sender=OWN, state=MessageState.FAILED, failure="No"),
    )
    return Setting(qtbot, messages)


def _click(setting: Setting, key: int, modifiers: Qt.KeyboardModifier) -> None:
    placed = setting.pane.placed(setting.model.row_of(key))
    assert placed is not None
    point = QPoint(300, (placed.content_y + placed.bottom) // 2)
    QTest.mouseClick(setting.pane.viewport(), Qt.MouseButton.LeftButton, modifiers, point)


def _chosen(setting: Setting) -> list[int]:
    return [message.key for message in setting.pane._choice.messages()]


def _clipboard() -> str:
    return QApplication.clipboard().text()


def test_ctrl_click_and_shift_click(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    _click(setting, 2, CTRL)
    _click(setting, 4, CTRL)
    assert _chosen(setting) == [2, 4]
    bar = setting.pane._overlay.choice
    assert bar.isVisible()
    assert bar.label.text().startswith("2")
    _click(setting, 2, CTRL)
    assert _chosen(setting) == [4]
    assert bar.label.text() == "1 selected"
    _click(setting, 2, CTRL)
    _click(setting, 5, SHIFT)
    assert _chosen(setting) == [2, 4, 5]  # no tip
    _click(setting, 1, SHIFT)
    assert _chosen(setting) == [1, 2]
    _click(setting, 4, Qt.KeyboardModifier.NoModifier)  # once choosing, a click is enough
    assert _chosen(setting) == [1, 2, 4]
    assert setting.told == []


def test_a_click_while_choosing_activates_nothing(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    _click(setting, 1, CTRL)
    setting.click(setting.item_rect(5).center())
    assert _chosen(setting) == [1, 5]
    setting.drag(setting.item_rect(4).center(), setting.item_rect(4).center() + QPoint(60, 0))
    assert setting.pane.selected_text() == ""
    assert setting.told == []


def test_keys_choose(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    setting.focus_by_tab()
    QTest.keyClick(setting.pane, Qt.Key.Key_Space, CTRL)
    assert _chosen(setting) == [BIG_KEY]
    for _ in range(4):
        QTest.keyClick(setting.pane, Qt.Key.Key_Up, SHIFT)
    assert _chosen(setting) == [4, 5, 6, BIG_KEY]
    QTest.keyClick(setting.pane, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(setting.pane, Qt.Key.Key_Down, SHIFT)
    assert _chosen(setting) == [5, 6, BIG_KEY]
    QTest.keyClick(setting.pane, Qt.Key.Key_Escape)
    assert _chosen(setting) == []
    assert not setting.pane._overlay.choice.isVisible()


def test_shift_and_up_begins_at_the_current_message(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    setting.focus_by_tab()
    QTest.keyClick(setting.pane, Qt.Key.Key_Up, SHIFT)
    assert _chosen(setting) == [6, BIG_KEY]


def test_several_are_copied_as_lines(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    setting.focus_by_tab()
    _click(setting, 2, CTRL)
    _click(setting, 1, CTRL)
    time = setting.layout(1).time
    QTest.keyClick(setting.pane, Qt.Key.Key_C, CTRL)
    assert _clipboard() == f"Ben, {time}: one\nAnn, {time}: two"
    _click(setting, 5, CTRL)
    QTest.mouseClick(setting.pane._overlay.choice.copy, Qt.MouseButton.LeftButton)
    assert _clipboard().endswith(f"Ben, {time}: report.pdf")
    _click(setting, 5, CTRL)
    _click(setting, 1, CTRL)
    QTest.keyClick(setting.pane, Qt.Key.Key_C, CTRL)
    assert _clipboard() == "two"


def test_messages_of_several_days_are_copied_with_dates(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("old", key=1, time_ms=1), message("new", key=2)))
    setting.focus_by_tab()
    QTest.keyClick(setting.pane, Qt.Key.Key_Up, SHIFT)
    QTest.keyClick(setting.pane, Qt.Key.Key_C, CTRL)
    assert "70" in _clipboard().splitlines()[0]


def test_files_are_saved_and_failed_ones_deleted(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    bar = setting.pane._overlay.choice
    _click(setting, 1, CTRL)
    assert not bar.save.isVisible()
    assert bar.delete.isVisible()
    _click(setting, BIG_KEY, SHIFT)
    assert bar.save.isVisible()
    QTest.mouseClick(bar.save, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.delete, Qt.MouseButton.LeftButton)
    assert setting.told == [
        ("save_all_requested", ((5, 0), (6, 0))),
        ("discard_requested", BIG_KEY),
        ("delete_requested", (1, 2, 4, 5, 6)),
    ]
    QTest.mouseClick(bar.clear, Qt.MouseButton.LeftButton)
    assert _chosen(setting) == []


def test_the_menu_starts_choosing(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    menu = setting.menu_at(setting.item_rect(1).center())
    assert menu is not None
    setting.choose(menu, "selectMessage")
    assert _chosen(setting) == [1]


def test_what_is_gone_is_no_longer_chosen(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    _click(setting, 1, CTRL)
    _click(setting, 4, CTRL)
    setting.model.apply(Insert(0, (message("older", key=-5),)))
    assert _chosen(setting) == [1, 4]
    setting.model.apply(Remove(1, 1))
    qtbot.waitUntil(lambda: setting.pane._overlay.choice.label.text() == "1 selected")
    assert _chosen(setting) == [4]
    setting.pane.set_model(None)
    assert not setting.pane._overlay.choice.isVisible()


def test_choosing_moves_nothing(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    before = [(placed.row, placed.top) for placed in setting.pane.placement.placed]
    _click(setting, 1, CTRL)
    _click(setting, BIG_KEY, SHIFT)
    assert [(placed.row, placed.top) for placed in setting.pane.placement.placed] == before


def test_the_focus_of_the_bar_returns_to_the_messages(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    setting.focus_by_tab()
    _click(setting, 2, CTRL)
    clear = setting.pane._overlay.choice.clear
    clear.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(clear, Qt.Key.Key_Space)
    assert setting.pane.hasFocus()
    assert _chosen(setting) == []


def test_the_bar_fits_into_a_narrow_pane(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    _click(setting, 1, CTRL)
    _click(setting, BIG_KEY, SHIFT)
    setting.pane.resize(240, 600)
    setting.show_now()
    bar = setting.pane._overlay.choice
    assert setting.pane.rect().contains(bar.geometry())
    for button in (bar.copy, bar.save, bar.delete, bar.clear):
        assert bar.rect().contains(button.geometry())
        assert button.width() >= button.sizeHint().width()


def test_screen_readers_hear_what_is_chosen(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    _click(setting, 2, CTRL)
    interface = QAccessible.queryAccessibleInterface(setting.pane)
    assert interface is not None
    states = [interface.child(row).state() for row in range(2)]
    assert [bool(state.selected) for state in states] == [False, True]
