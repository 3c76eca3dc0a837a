"""Marking text across messages with the mouse."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import Insert, Remove, Update
from chatdesk.domain.elements import File, Media, Text, Tip, TipKind
from chatdesk.domain.messages import MessageState
from tests.views.message_pane_setting import Setting
from tests.views.message_samples import OWN, message, talk

PDF = File(Media("mxc://a/b", "report.pdf", "application/pdf", 12_345))
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def _setting(qtbot: QtBot) -> Setting:
    return Setting(
        qtbot,
        (
            message("first message", key=1),
            message([PDF], key=2),
            message(Tip(TipKind.JOINED), key=3),
            message("", key=4, state=MessageState.REVOKED),
            message("middle one", key=5, sender=OWN),
            message([Text("last 👍 message"), PDF, Text("and its end")], key=6),
        ),
    )


def test_from_one_message_into_another(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    setting.focus_by_tab()
    setting.drag(setting.letter(1, 6), setting.letter(6, 7))
    time = setting.layout(1).time
    expected = f"Ben, {time}: message\nBen, {time}: report.pdf\nAnn, {time}: middle one\nBen, {time}: last 👍"
    assert setting.pane.selected_text() == expected
    QTest.keyClick(setting.pane, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == expected
    assert setting.told == []


def test_in_a_right_to_left_window_letters_are_found_where_they_stand(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    setting.pane.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    setting.show_now()
    assert setting.letter(5, 2).x() < setting.pane.viewport().width() // 2 < setting.letter(1, 2).x()
    setting.drag(setting.letter(1, 6), setting.letter(5, 6))
    time = setting.layout(1).time
    assert setting.pane.selected_text() == f"Ben, {time}: message\nBen, {time}: report.pdf\nAnn, {time}: middle"


def test_arabic_is_marked_from_its_right_end(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("مرحبا بكم", key=1), message("short", key=2)))
    first, last = setting.letter(1, 1), setting.letter(1, 7)
    assert last.x() < first.x()
    setting.drag(first, setting.letter(1, 5))
    assert setting.pane.selected_text() == "رحبا"


def test_upwards_is_the_same(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    setting.drag(setting.letter(1, 6), setting.letter(6, 7))
    down = setting.pane.selected_text()
    setting.drag(setting.letter(6, 7), setting.letter(1, 6))
    assert setting.pane.selected_text() == down


def test_across_the_texts_of_one_message(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    setting.drag(setting.letter(6, 8), setting.letter(6, 3, element=2))
    assert setting.pane.selected_text() == "message\nand"


def test_what_is_marked_is_painted(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    setting.drag(setting.letter(1, 6), setting.letter(6, 4))
    marked = setting.pane._gestures.marked()
    assert marked is not None
    spans = {m.key: marked.spans(row, setting.layout(m.key)) for row, m in enumerate(setting.model.items)}
    assert spans == {1: {0: (6, 13)}, 2: {}, 3: {}, 4: {}, 5: {0: (0, 10)}, 6: {0: (0, 4)}}
    accent = setting.theme.colors.color("accent")
    rect = setting.item_rect(5)
    image = setting.pane.viewport().grab().toImage()
    colors = [image.pixelColor(x, y) for x in range(rect.left(), rect.right(), 2) for y in (rect.top() + 2,)]
    assert accent in colors


def test_menus_inside_and_outside_of_what_is_marked(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    setting.drag(setting.letter(1, 6), setting.letter(5, 4))
    inside = setting.pane._menus.target(setting.pane._gestures.hit(setting.item_rect(2).center()))  # type: ignore[arg-type]
    outside = setting.pane._menus.target(setting.pane._gestures.hit(setting.item_rect(6).center()))  # type: ignore[arg-type]
    assert inside.selected_text == setting.pane.selected_text()
    assert outside.selected_text == ""


def test_the_marking_keeps_its_messages_when_rows_move(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    setting.drag(setting.letter(1, 6), setting.letter(5, 6))
    before = setting.pane.selected_text()
    setting.model.apply(Insert(0, (message("older", key=-1),)))
    assert setting.pane.selected_text() == before
    setting.model.apply(Update(3, message("now a text", key=3)))
    assert "now a text" in setting.pane.selected_text()
    setting.model.apply(Remove(1, 1))  # an end of it
    assert setting.pane.selected_text() == ""
    setting.show_now()


def test_holding_the_mouse_beyond_the_edge_scrolls_on(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(120))
    pane = setting.pane
    viewport = pane.viewport()
    newest = next(key for key in reversed(setting.visible_keys()) if not setting.model.message(key - 1).is_tip)
    start = setting.item_rect(newest).topLeft() + QPoint(3, 5)
    QTest.mousePress(viewport, LEFT, NONE, start)
    QTest.mouseMove(viewport, QPoint(100, 300))
    QTest.mouseMove(viewport, QPoint(100, -50))
    qtbot.waitUntil(lambda: setting.visible_keys()[0] < 80)
    QTest.mouseMove(viewport, QPoint(100, 200))
    qtbot.wait(60)
    keys = setting.visible_keys()
    qtbot.wait(60)
    assert setting.visible_keys() == keys  # inside again: it stops
    QTest.mouseMove(viewport, QPoint(100, viewport.height() + 200))
    qtbot.waitUntil(lambda: pane.is_at_bottom)
    QTest.mouseMove(viewport, QPoint(100, -300))
    qtbot.waitUntil(lambda: setting.visible_keys()[0] < 60)
    QTest.mouseRelease(viewport, LEFT, NONE, QPoint(100, -300))
    keys = setting.visible_keys()
    qtbot.wait(60)
    assert setting.visible_keys() == keys
    assert len(pane.selected_text().splitlines()) > 40


def test_a_press_beside_text_marks_nothing(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    beside = QPoint(setting.pane.viewport().width() - 5, setting.item_rect(1).center().y())
    setting.drag(beside, setting.letter(5, 3))
    assert setting.pane.selected_text() == ""
