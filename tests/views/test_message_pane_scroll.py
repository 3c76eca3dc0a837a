"""Scrolling, following and keeping the place, through the real widget and the real model."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from chatdesk.domain.changes import Insert, LoadState, Remove, Reset, Update
from chatdesk.domain.elements import Image, Media
from chatdesk.domain.messages import Message, MessageState
from chatdesk.models.timeline import TimelineModel
from tests.views.message_pane_setting import Setting, one_of_many
from tests.views.message_samples import OWN, display_name, message, talk


def _page(count: int, older_than: int = 0) -> tuple[Message, ...]:
    """Messages with the keys just below another."""
    return tuple(message("older " * (1 + key % 40), key=key) for key in range(older_than - count, older_than))


def _wheel(setting: Setting, angle: int = 0, pixels: int = 0) -> None:
    viewport = setting.pane.viewport()
    center = QPointF(viewport.rect().center())
    event = QWheelEvent(
        center,
        QPointF(viewport.mapToGlobal(center.toPoint())),
        QPoint(0, pixels),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, event)


def test_opens_at_the_bottom_and_lays_out_what_is_visible_only(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(100_000))
    setting.show_now()
    assert setting.pane.is_at_bottom
    assert setting.visible_keys()[-1] == 100_000
    assert setting.pane.rows.built < 40
    bar = setting.pane.verticalScrollBar()
    assert bar.value() == bar.maximum() > 1_000_000


def test_dragging_to_the_middle_of_many_rows_lays_out_few(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(100_000))
    bar = setting.pane.verticalScrollBar()
    bar.setSliderDown(True)
    bar.setSliderPosition(bar.maximum() // 2)
    bar.setSliderDown(False)
    setting.show_now()
    assert 49_000 < setting.visible_keys()[0] < 51_000
    assert setting.pane.rows.built < 80


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_message_under_the_eye_never_moves(qtbot: QtBot, data: st.DataObject) -> None:
    with one_of_many(qtbot, talk(120, 1000)) as setting:
        pane, model = setting.pane, setting.model
        oldest = 0
        pane.scroll_by(-data.draw(st.integers(1500, 4500)))
        for _ in range(data.draw(st.integers(1, 6))):
            anchor_row, _ = pane.placement.anchor
            anchor = model.message(anchor_row)
            y = setting.content_y(anchor.key)
            kind = data.draw(st.sampled_from(["prepend", "append", "update", "insert", "remove", "resize", "states"]))
            rows = len(model.items)
            match kind:
                case "prepend":
                    page = _page(data.draw(st.integers(1, 50)), oldest)
                    oldest -= len(page)
                    model.apply(Insert(0, page))
                case "append":
                    model.apply(Insert(rows, talk(data.draw(st.integers(1, 20)), 100_000 + rows)))
                case "update":
                    row = data.draw(st.integers(0, rows - 1))
                    text = "word " * data.draw(st.integers(1, 200))
                    old = model.message(row)
                    new = message(text, key=old.key, sender=old.sender, time_ms=old.time_ms)
                    model.apply(Update(row, new))
                case "insert":
                    model.apply(Insert(data.draw(st.integers(0, anchor_row)), _page(3, oldest)))
                    oldest -= 3
                case "remove":
                    first = data.draw(st.integers(0, max(0, anchor_row - 4)))
                    model.apply(Remove(first, data.draw(st.integers(1, min(3, anchor_row - first)))))
                case "resize":
                    pane.resize(data.draw(st.integers(420, 1100)), pane.height())
                    setting.show_now()
                case _:
                    model.set_read_positions({"@ben:example.org": data.draw(st.integers(1000, 1120))})
            assert setting.content_y(anchor.key) == y, kind


def test_new_messages_are_followed_at_the_bottom(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(50))
    for key in (60, 61, 62):
        setting.model.apply(Insert(len(setting.model.items), (message("new " * key, key=key),)))
        assert setting.pane.is_at_bottom
        assert setting.visible_keys()[-1] == key
    assert not setting.pane._jump.isVisible()


def test_elsewhere_nothing_moves_and_the_button_counts(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(50))
    pane = setting.pane
    pane.scroll_by(-800)
    before = [(p.row, p.top) for p in pane.placement.placed]
    setting.model.apply(Insert(50, (message(key=900), message(key=901, sender=OWN), message(key=902))))
    assert [(p.row, p.top) for p in pane.placement.placed] == before
    button = pane._jump
    assert button.isVisible()
    assert button.count == 2
    assert button.accessibleName() == "Jump to newest, 2 new messages"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pane.is_at_bottom
    assert setting.visible_keys()[-1] == 902
    assert not button.isVisible()
    pane.scroll_by(-800)
    assert button.count == 0


def test_sending_goes_to_the_newest(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(50))
    setting.pane.scroll_by(-800)
    setting.model.apply(Insert(50, (message("mine", key=900, sender=OWN, state=MessageState.QUEUED),)))
    assert setting.pane.is_at_bottom
    assert setting.visible_keys()[-1] == 900


def test_the_count_falls_as_new_messages_come_into_view(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(50))
    setting.pane.scroll_by(-300)
    setting.model.apply(Insert(50, talk(30, 500)))
    counts = []
    while not setting.pane.is_at_bottom:
        counts.append(setting.pane._jump.count)
        setting.pane.scroll_by(200)
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_short_conversations_stand_at_the_bottom(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(2))
    setting.show_now()
    last = setting.pane.placement.placed[-1]
    assert last.bottom == setting.pane.viewport().height() - setting.pane.placement.footer
    assert setting.pane.verticalScrollBar().maximum() == 0
    _wheel(setting, angle=120)
    assert setting.pane.is_at_bottom


def test_wheel_and_touchpad_move_by_pixels(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(60))
    pane = setting.pane
    _wheel(setting, pixels=37)
    key = setting.visible_keys()[3]
    y = setting.content_y(key)
    assert y is not None
    _wheel(setting, pixels=13)
    assert setting.content_y(key) == y + 13
    _wheel(setting, angle=120)
    step = (setting.content_y(key) or 0) - y - 13
    assert step == QApplication.wheelScrollLines() * pane._style.line
    for _ in range(8):
        _wheel(setting, angle=-15)  # a wheel finer than notches
    assert setting.content_y(key) == y + 13
    for _ in range(100):
        _wheel(setting, pixels=-50)
    assert pane.is_at_bottom


def test_keys_scroll_and_move(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(80))
    pane = setting.pane
    setting.focus_by_tab()
    height = pane.viewport().height()
    key = setting.visible_keys()[0]
    y = setting.content_y(key) or 0
    QTest.keyClick(pane, Qt.Key.Key_PageUp)
    assert (setting.content_y(key) or 0) - y == pane.page_step < height
    QTest.keyClick(pane, Qt.Key.Key_Home)
    assert setting.visible_keys()[0] == 1
    assert pane.placement.value == 0
    QTest.keyClick(pane, Qt.Key.Key_PageDown)
    assert setting.visible_keys()[0] > 1
    QTest.keyClick(pane, Qt.Key.Key_End)
    assert pane.is_at_bottom


def test_up_and_down_walk_through_messages_and_keep_them_in_view(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(60))
    pane = setting.pane
    setting.focus_by_tab()
    assert pane.currentIndex().row() == 59  # the newest, not the first
    for expected in range(58, 30, -1):
        QTest.keyClick(pane, Qt.Key.Key_Up)
        assert pane.currentIndex().row() == expected
        placed = pane.placed(expected)
        assert placed is not None
        assert placed.top >= 0
    for expected in range(32, 60):
        QTest.keyClick(pane, Qt.Key.Key_Down)
        assert pane.currentIndex().row() == expected
        assert pane.placed(expected) is not None
    assert pane.is_at_bottom
    QTest.keyClick(pane, Qt.Key.Key_Down)
    assert pane.currentIndex().row() == 59


def test_up_goes_through_a_message_taller_than_the_pane_line_by_line(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("first", key=1), message("line\n" * 100, key=2)), height=300)
    pane = setting.pane
    setting.focus_by_tab()
    steps = 0
    while pane.currentIndex().row() == 1:
        QTest.keyClick(pane, Qt.Key.Key_Up)
        steps += 1
        assert steps < 100
    assert steps > 20
    assert pane.currentIndex().row() == 0


def test_typing_does_not_search_and_select_all_does_not_select_rows(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(30))
    setting.focus_by_tab()
    row = setting.pane.currentIndex().row()
    QTest.keyClicks(setting.pane, "calm")
    assert setting.pane.currentIndex().row() == row
    QTest.keyClick(setting.pane, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert setting.pane.selectionModel().selectedIndexes() == []


def test_a_click_does_not_scroll(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(60))
    setting.pane.scroll_by(-777)
    before = [(p.row, p.top) for p in setting.pane.placement.placed]
    setting.click(QPoint(300, 1))
    assert setting.pane.currentIndex().row() == before[0][0]
    assert [(p.row, p.top) for p in setting.pane.placement.placed] == before


def test_a_picture_takes_its_room_before_it_is_loaded(qtbot: QtBot) -> None:
    picture = Image(Media("mxc://a/b", "a.png", "image/png"), 1600, 1200)
    tiny = Image(Media("mxc://a/c", "b.png", "image/png"), 60, 50)
    unknown = Image(Media("mxc://a/d", "c.png", "image/png"))
    long = Image(Media("mxc://a/e", "d.png", "image/png"), 10, 9000)
    messages = (message([picture], key=1), message([tiny], key=2), message([unknown, long], key=3))
    setting = Setting(qtbot, messages, height=1500)
    style = setting.pane._style
    rect = setting.item_rect(1)
    assert rect.width() <= style.image_width
    assert rect.height() <= style.image_height
    assert abs(rect.width() / rect.height() - 4 / 3) < 0.02
    assert setting.item_rect(2).size().toTuple() == (60, 50)
    assert setting.item_rect(3).height() > 50
    assert setting.layout(3).item_of(1).rect.height() <= style.image_height  # type: ignore[union-attr]


def test_a_state_change_in_place_moves_nothing(qtbot: QtBot) -> None:
    echo = message("on its way", key=999, sender=OWN, state=MessageState.QUEUED)
    setting = Setting(qtbot, (*talk(30), echo))
    before = [(p.row, p.top) for p in setting.pane.placement.placed]
    for state in (MessageState.SENT, MessageState.SYNCED, MessageState.REVOKING):
        setting.model.apply(Update(30, message("on its way", key=999, sender=OWN, state=state)))
        assert [(p.row, p.top) for p in setting.pane.placement.placed] == before


def test_a_reset_keeps_the_place_and_the_bottom(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(100))
    pane, model = setting.pane, setting.model
    model.apply(Reset(talk(110)))
    assert pane.is_at_bottom
    assert setting.visible_keys()[-1] == 110
    pane.scroll_by(-1500)
    key = model.message(pane.placement.anchor[0]).key
    y = setting.content_y(key)
    model.apply(Reset((*_page(5), *talk(120))))
    assert setting.content_y(key) == y
    model.apply(Reset(()))
    assert setting.visible_keys() == []
    model.apply(Reset(talk(10)))
    assert pane.is_at_bottom


def test_another_font_keeps_the_message_and_derives_all_heights(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(100))
    pane = setting.pane
    pane.scroll_by(-2000)
    anchor, y = pane.placement.anchor
    small = setting.layout(setting.model.message(anchor).key).height
    font = QFont(pane.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    pane.setFont(font)
    setting.show_now()
    assert pane.placement.anchor == (anchor, y)
    assert setting.layout(setting.model.message(anchor).key).height > small


def test_older_is_wanted_near_the_top_only_and_when_idle(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(200))
    pane, model = setting.pane, setting.model
    asked: list[str] = []
    pane.older_wanted.connect(lambda: asked.append("pane"))
    model.older_requested.connect(lambda: asked.append("model"))
    model.set_load_state(LoadState.IDLE)
    setting.show_now()
    assert asked == []
    pane.scroll_to_top()
    qtbot.waitUntil(lambda: asked == ["pane", "model"])
    model.set_load_state(LoadState.LOADING)
    pane.scroll_by(10)
    setting.show_now()
    assert len(asked) == 2
    model.set_load_state(LoadState.IDLE)
    qtbot.waitUntil(lambda: len(asked) == 4)


def test_an_empty_conversation_asks_for_its_history(qtbot: QtBot) -> None:
    setting = Setting(qtbot, ())
    asked: list[bool] = []
    setting.pane.older_wanted.connect(lambda: asked.append(True))
    setting.model.set_load_state(LoadState.IDLE)
    qtbot.waitUntil(lambda: bool(asked))


def test_the_load_state_never_moves_anything(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(60))
    setting.pane.scroll_to_top()
    before = [(p.row, p.top) for p in setting.pane.placement.placed]
    for state in LoadState:
        setting.model.set_load_state(state, "No answer" if state is LoadState.FAILED else "")
        setting.show_now()
        assert [(p.row, p.top) for p in setting.pane.placement.placed] == before


def test_newest_shown_follows_what_can_be_seen(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(60))
    shown = setting.shown
    qtbot.waitUntil(lambda: shown == [60])
    setting.pane.scroll_by(-900)
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert shown[-1] < 60
    setting.model.apply(Insert(60, (message(key=70),)))
    setting.show_now()
    assert len(shown) == 2  # it came in below what is visible
    setting.pane.jump_to_newest()
    qtbot.waitUntil(lambda: shown[-1] == 70)
    echo = message("mine", key=1 << 40, sender=OWN, state=MessageState.QUEUED)
    setting.model.apply(Insert(61, (echo,)))
    setting.show_now()
    assert shown[-1] == 70  # nobody can have read what has not arrived
    setting.model.apply(Update(61, message("mine", key=1 << 40, sender=OWN)))
    qtbot.waitUntil(lambda: shown[-1] == 1 << 40)
    setting.pane.hide()
    count = len(shown)
    setting.pane.show()
    qtbot.waitUntil(lambda: len(shown) == count + 1)


@pytest.mark.parametrize("change", ["switch", "none"])
def test_another_conversation_takes_over(qtbot: QtBot, change: str) -> None:
    setting = Setting(qtbot, talk(60))
    setting.pane.scroll_by(-500)
    other = Setting(qtbot, talk(20, 5000)).model
    setting.pane.set_model(other if change == "switch" else None)
    setting.model.apply(Insert(0, _page(5)))
    setting.model.set_load_state(LoadState.LOADING)
    setting.show_now()
    assert setting.visible_keys()[-1:] == ([5019] if change == "switch" else [])
    assert setting.pane.is_at_bottom
    assert not setting.pane._jump.isVisible()


def test_a_model_that_is_gone_can_be_replaced(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(20))
    Shiboken.delete(setting.model)
    setting.show_now()
    other = TimelineModel(OWN, False, display_name)
    other.apply(Reset(talk(3, 700)))
    setting.pane.set_model(other)
    assert setting.visible_keys()[-1] == 702


def test_the_same_model_again_goes_to_its_bottom(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(60))
    setting.pane.scroll_by(-900)
    setting.pane.set_model(setting.model)
    assert setting.pane.is_at_bottom


def test_changes_while_hidden_are_there_when_shown(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(60))
    setting.pane.hide()
    setting.model.apply(Insert(60, talk(5, 800)))
    setting.model.apply(Remove(0, 30))
    setting.pane.show()
    setting.show_now()
    assert setting.visible_keys()[-1] == 804


def _rows(setting: Setting) -> Callable[[], int]:
    return lambda: setting.pane.rows.built


def test_a_change_out_of_sight_lays_out_nothing(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(500))
    setting.show_now()
    built = _rows(setting)
    before = built()
    setting.model.apply(Update(3, message("edited", key=4)))
    setting.model.apply(Insert(0, _page(50)))
    setting.show_now()
    assert built() == before
