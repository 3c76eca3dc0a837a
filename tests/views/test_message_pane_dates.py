"""The sticky date, date lines, and jumping to a date."""

import pytest
from PySide6.QtCore import QDate, QDateTime, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTableView, QToolButton
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import Insert, LoadState, Reset
from chatdesk.domain.messages import Message
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_calendar import CalendarPopup
from tests.views.message_pane_setting import Setting
from tests.views.message_samples import OWN, START_MS, display_name, message

DAY_MS = 86_400_000


def _days(first: int, last: int, each: int = 6) -> tuple[Message, ...]:
    """Messages of day number `first` to `last`, counted from START_MS; keys tell day and number."""
    return tuple(
        message(
            f"day {day}\nnumber {number}", key=10_000 + day * 100 + number, time_ms=START_MS + day * DAY_MS + number
        )
        for day in range(first, last + 1)
        for number in range(each)
    )


def _date(day: int) -> QDate:
    return QDateTime.fromMSecsSinceEpoch(START_MS + day * DAY_MS).date()


def _first(day: int) -> int:
    return 10_000 + day * 100


class Archive:
    """The past of a conversation: answers a model that asks for a place in it with the days around."""

    def __init__(self, model: TimelineModel, oldest_day: int = -60, newest_day: int = 9) -> None:
        self.model = model
        self.oldest, self.newest = oldest_day, newest_day
        self.asked: list[tuple[int, int]] = []
        self.cancelled = 0
        self.is_down = False
        self.is_slow = False
        model.place_requested.connect(self._on_asked)
        model.place_cancelled.connect(self._on_cancelled)

    def _on_asked(self, key: int, time_ms: int) -> None:
        self.asked.append((key, time_ms))
        if not self.is_slow:
            self.answer()

    def _on_cancelled(self) -> None:
        self.cancelled += 1

    def answer(self) -> None:
        if self.is_down:
            self.model.place_failed.emit("No answer")
            return
        key, time_ms = self.asked[-1]
        days = range(self.oldest, self.newest + 1)
        each = [message for day in days for message in _days(day, day)]
        wanted = next((m for m in each if (m.key == key if key else m.time_ms >= time_ms)), None)
        if wanted is None:
            self.model.place_found.emit(None)
            return
        day = (wanted.key - 10_000) // 100
        first, last = max(self.oldest, day - 4), min(self.newest, day + 4)
        self.model.set_end(last == self.newest, frozenset(), LoadState.IDLE)
        self.model.apply(Reset(_days(first, last)))
        self.model.set_load_state(LoadState.START_REACHED if first == self.oldest else LoadState.IDLE)
        self.model.place_found.emit(wanted.key)


def _with_archive(qtbot: QtBot) -> tuple[Setting, Archive]:
    setting = Setting(qtbot, ())
    model = TimelineModel(OWN, True, display_name)
    setting.pane.set_model(model)
    archive = Archive(model)
    model.apply(Reset(_days(0, 9)))
    setting.model = model
    setting.show_now()
    return setting, archive


def _popup() -> CalendarPopup:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, CalendarPopup)
    return popup


def _visible_button(setting: Setting, name: str) -> QPushButton:
    button = setting.pane.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    return button


def test_the_date_shows_while_scrolling_and_goes(qtbot: QtBot) -> None:
    setting = Setting(qtbot, _days(0, 9, 20))
    sticky = setting.pane._overlay.sticky
    assert not sticky.isVisible()
    row = setting.model.row_of(_first(5) + 8)
    setting.pane.placement.set_anchor(row, 10)
    setting.pane.relayout()
    assert sticky.isVisible()
    assert sticky.text() == setting.pane.words.day(_date(5))
    assert sticky.accessibleName() == f"{sticky.text()}. Jump to a date"
    qtbot.waitUntil(lambda: not sticky.isVisible(), timeout=3000)


def test_the_next_days_line_pushes_the_date_up_and_replaces_it(qtbot: QtBot) -> None:
    setting = Setting(qtbot, _days(0, 9, 20))
    pane, sticky = setting.pane, setting.pane._overlay.sticky
    pane.placement.set_anchor(setting.model.row_of(_first(5)), 300)
    pane.relayout()
    places = []
    for _ in range(100):
        pane.scroll_by(4)
        line = setting.in_view(_first(5), setting.layout(_first(5)).day_rect)
        if line.bottom() < 0:
            break
        if sticky.isVisible():
            assert not sticky.geometry().intersects(line)  # one pill, not two
            places.append((sticky.date, sticky.y()))
    assert (_date(4), 8) in [(date, y) for date, y in places]
    assert min(y for date, y in places if date == _date(4)) < 0  # pushed
    assert places[-1] == (_date(5), 8)


def test_new_messages_at_the_bottom_show_no_date(qtbot: QtBot) -> None:
    setting = Setting(qtbot, _days(0, 9))
    setting.model.apply(Insert(60, _days(10, 10)))
    setting.show_now()
    assert not setting.pane._overlay.sticky.isVisible()


def test_a_date_line_opens_the_calendar_at_its_day(qtbot: QtBot) -> None:
    setting = Setting(qtbot, _days(0, 9))
    line = setting.in_view(_first(9), setting.layout(_first(9)).day_rect)
    QTest.mouseMove(setting.pane.viewport(), line.center())
    setting.show_now()
    assert setting.pane.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    setting.click(line.center())
    popup = _popup()
    assert popup.calendar.selectedDate() == _date(9)
    arrow = popup.calendar.findChild(QToolButton, "qt_calendar_prevmonth")
    assert arrow is not None
    picture = arrow.icon().pixmap(16, 16).toImage()
    points = [QPoint(x, y) for x in range(picture.width()) for y in range(picture.height())]
    drawn = max(map(picture.pixelColor, points), key=QColor.alpha)
    assert drawn.alpha() > 100
    assert drawn.lightness() == pytest.approx(setting.theme.colors.color("text").lightness(), abs=3)
    popup.calendar.setSelectedDate(_date(3))
    days = popup.calendar.findChild(QTableView)
    assert days is not None
    assert days.hasFocus()
    QTest.keyClick(days, Qt.Key.Key_Return)
    assert setting.visible_keys()[0] == _first(3)
    assert setting.in_view(_first(3), setting.layout(_first(3)).day_rect).top() >= 0
    assert setting.pane.currentIndex().row() == setting.model.row_of(_first(3))


def test_the_sticky_date_and_ctrl_g_open_the_calendar(qtbot: QtBot) -> None:
    setting = Setting(qtbot, _days(0, 9, 20))
    setting.pane.placement.set_anchor(setting.model.row_of(_first(5) + 8), 10)
    setting.pane.relayout()
    QTest.mouseClick(setting.pane._overlay.sticky, Qt.MouseButton.LeftButton)
    assert _popup().calendar.selectedDate() == _date(5)
    _popup().close()
    setting.focus_by_tab()
    QTest.keyClick(setting.pane, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    popup = _popup()
    assert popup.calendar.selectedDate() == _date(5)
    today, muted = QDate.currentDate(), setting.pane._style.colors.color("muted")
    later = [today.addDays(day) for day in range(1, 1 + today.daysInMonth() - today.day())]
    assert all(popup.calendar.dateTextFormat(day).foreground().color() == muted for day in later)
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_a_date_further_back_is_loaded_and_the_newest_is_one_click_away(qtbot: QtBot) -> None:
    setting, archive = _with_archive(qtbot)
    asked: list[bool] = []
    setting.model.newest_requested.connect(lambda: asked.append(True))
    setting.pane._date_jump.start(_date(-20))
    assert len(archive.asked) == 1
    assert setting.visible_keys()[0] == _first(-20)
    assert not setting.pane.is_at_bottom
    jump = setting.pane._overlay.jump
    assert jump.isVisible()
    setting.model.set_end(False, frozenset(range(901, 904)), LoadState.IDLE)
    assert jump.count == 3
    QTest.mouseClick(jump, Qt.MouseButton.LeftButton)
    assert asked == [True]
    setting.model.set_end(True, frozenset(), LoadState.IDLE)
    setting.model.apply(Reset(_days(0, 9)))
    assert setting.pane.is_at_bottom
    assert not jump.isVisible()


def test_falling_behind_leads_to_the_newest_only_from_the_newest(qtbot: QtBot) -> None:
    setting, _ = _with_archive(qtbot)
    model, pane = setting.model, setting.pane
    asked: list[bool] = []
    model.newest_requested.connect(lambda: asked.append(True))
    pane.scroll_by(-300)
    seen = setting.visible_keys()
    model.fell_behind.emit()
    model.set_end(False, frozenset(range(901, 921)), LoadState.IDLE)
    assert asked == []
    assert setting.visible_keys() == seen
    assert pane._overlay.jump.count == 20
    model.set_end(True, frozenset(), LoadState.IDLE)
    pane.jump_to_newest()
    model.fell_behind.emit()
    model.set_end(False, frozenset(range(901, 921)), LoadState.IDLE)
    assert asked == [True]
    model.set_end(True, frozenset(), LoadState.IDLE)
    model.apply(Reset(_days(20, 21)))
    assert pane.is_at_bottom


def test_the_way_back_from_a_date_leads_through_what_is_no_longer_loaded(qtbot: QtBot) -> None:
    setting, archive = _with_archive(qtbot)
    pane = setting.pane
    pane.placement.set_anchor(setting.model.row_of(_first(6)), 40)
    pane.relayout()
    key = setting.model.message(pane.placement.anchor[0]).key
    y = setting.content_y(key)
    pane._date_jump.start(_date(-20))
    assert setting.model.row_of(key) < 0
    QTest.mouseClick(_visible_button(setting, "jumpBack"), Qt.MouseButton.LeftButton)
    assert archive.asked[-1] == (key, 0)
    assert setting.content_y(key) == y
    assert not pane._jumps.can_go_back


def test_rows_that_are_added_below_do_not_drag_the_view_on(qtbot: QtBot) -> None:
    setting, _ = _with_archive(qtbot)
    asked: list[bool] = []
    setting.model.newer_requested.connect(lambda: asked.append(True))
    setting.pane._date_jump.start(_date(-20))
    setting.pane.scroll_by(100_000)
    setting.show_now()
    assert asked
    seen = setting.visible_keys()[-1]
    y = setting.content_y(seen)
    assert y is not None
    setting.model.apply(Insert(len(setting.model.items), _days(-15, -10)))
    setting.show_now()
    assert setting.content_y(seen) == y
    assert setting.pane._overlay.jump.count == 0  # a page towards the newest is not news
    setting.model.set_end(True, frozenset(), LoadState.IDLE)
    setting.show_now()
    assert setting.content_y(seen) == y
    assert setting.pane._overlay.jump.count == 0


def test_what_arrived_meanwhile_is_still_new_when_its_page_comes(qtbot: QtBot) -> None:
    setting, _ = _with_archive(qtbot)
    setting.pane._date_jump.start(_date(-20))
    page = _days(-15, -10)
    arrived = frozenset(message.key for message in page[-2:] if not message.is_self and not message.is_tip)
    setting.model.set_end(False, arrived, LoadState.IDLE)
    assert arrived and setting.pane._overlay.jump.count == len(arrived)
    setting.model.apply(Insert(len(setting.model.items), page))
    setting.show_now()
    assert setting.pane._overlay.jump.count == len(arrived)
    setting.model.set_end(True, frozenset(), LoadState.IDLE)
    setting.show_now()
    assert setting.pane._overlay.jump.count == len(arrived)


def test_the_search_shows_that_it_is_busy_and_can_be_cancelled(qtbot: QtBot) -> None:
    setting, archive = _with_archive(qtbot)
    archive.is_slow = True
    before = setting.visible_keys()
    setting.pane._date_jump.start(_date(-20))
    bar = setting.pane._overlay.search
    assert bar.isVisible()
    assert "Looking for" in bar.label.text()
    QTest.mouseClick(_visible_button(setting, "dateSearchCancel"), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert archive.cancelled == 1
    setting.model.place_found.emit(_first(3))  # too late
    assert setting.visible_keys() == before
    assert not setting.pane._jumps.can_go_back


def test_a_failure_is_said_and_retried(qtbot: QtBot) -> None:
    setting, archive = _with_archive(qtbot)
    archive.is_down = True
    setting.pane._date_jump.start(_date(-3))
    bar = setting.pane._overlay.search
    assert "Could not load" in bar.label.text()
    archive.is_down = False
    QTest.mouseClick(_visible_button(setting, "dateSearchRetry"), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert setting.visible_keys()[0] == _first(-3)


def test_before_the_beginning_and_after_the_end(qtbot: QtBot) -> None:
    setting, archive = _with_archive(qtbot)
    archive.oldest = -4
    setting.pane._date_jump.start(_date(-400))
    assert setting.visible_keys()[0] == _first(-4)
    setting.model.set_end(True, frozenset(), LoadState.IDLE)
    setting.model.apply(Reset(_days(0, 9)))
    setting.pane._date_jump.start(_date(300))
    assert setting.pane.is_at_bottom
    assert len(archive.asked) == 1
    assert setting.pane._overlay.typing.text() == "Nothing was said on that day."


def test_a_day_on_which_nothing_was_said_leads_to_the_next_message_and_says_so(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (*_days(0, 3), *_days(6, 9)))
    line = setting.pane._overlay.typing
    setting.pane._date_jump.start(_date(4))
    assert setting.visible_keys()[0] == _first(6)
    assert line.isVisible()
    assert line.text() == line.accessibleName() == "Nothing was said on that day."
    setting.pane.resize(240, 600)
    setting.show_now()
    assert line.text() != line.toolTip() == "Nothing was said on that day."
    setting.pane._date_jump.start(_date(3))
    assert not line.isVisible()


def test_a_date_already_in_sight_offers_no_way_back(qtbot: QtBot) -> None:
    setting = Setting(qtbot, _days(0, 0, 3))
    setting.pane._date_jump.start(_date(0))
    assert not setting.pane._jumps.can_go_back


def test_the_way_back_covers_no_message(qtbot: QtBot) -> None:
    setting = Setting(qtbot, _days(0, 9))
    setting.pane._date_jump.start(_date(3))
    overlay = setting.pane._overlay
    assert overlay.back.isVisible()
    assert overlay.jump.isVisible()
    assert overlay.back.geometry().top() > setting.pane.viewport().geometry().bottom()
    assert setting.pane.rect().contains(overlay.back.geometry())
    assert not overlay.back.geometry().intersects(overlay.jump.geometry())


def test_another_conversation_ends_the_search(qtbot: QtBot) -> None:
    setting, archive = _with_archive(qtbot)
    archive.is_slow = True
    setting.pane._date_jump.start(_date(-20))
    setting.pane.set_model(None)
    assert not setting.pane._overlay.search.isVisible()
    assert archive.cancelled == 1
    archive.answer()
    setting.show_now()
    assert setting.visible_keys() == []


def test_the_calendar_stays_on_the_screen(qtbot: QtBot) -> None:
    setting = Setting(qtbot, _days(0, 2))
    setting.pane._date_jump.ask(START_MS + DAY_MS, 5000, setting.pane._style)
    popup = _popup()
    assert popup.screen().availableGeometry().contains(popup.geometry().adjusted(0, 0, -1, -1))
    assert popup.calendar.maximumDate() == QDate.currentDate()
    popup.open_at(QPoint(-500, -500))
    assert popup.pos().x() >= 0
    popup.close()
