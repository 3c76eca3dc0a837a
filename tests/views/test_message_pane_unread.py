"""The unread line: where it stands, and where a conversation opens."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import Insert, LoadState, Remove, Reset, Update
from chatdesk.domain.elements import Tip, TipKind
from chatdesk.domain.messages import Message
from chatdesk.models.timeline import TimelineModel
from chatdesk.models.unread_mark import UnreadMark
from tests.views.message_pane_setting import Setting, one_of_many
from tests.views.message_samples import OWN, display_name, message, talk


def _from_ben(count: int, first_key: int = 1) -> tuple[Message, ...]:
    return tuple(message(f"line {key}\nand another", key=key) for key in range(first_key, first_key + count))


def _with_line(setting: Setting) -> list[int]:
    return [m.key for m in setting.model.items if setting.layout(m.key).unread_rect.isValid()]


def test_own_messages_and_tips_are_not_counted() -> None:
    mark = UnreadMark(2)
    old = (message(key=1), message(key=2))
    new = (message(key=3, sender=OWN), message(Tip(TipKind.JOINED), key=4), message(key=5))
    mark.walk(reversed(new))
    assert (mark.key, mark.is_pending) == (0, True)
    mark.walk(reversed(old))
    assert (mark.key, mark.is_pending) == (2, False)
    mark.walk(reversed(old))
    assert mark.key == 2


def test_fewer_messages_than_were_counted() -> None:
    mark = UnreadMark(9)
    mark.walk(reversed((message(key=1, sender=OWN), message(key=2), message(key=3))))
    mark.finish()
    assert (mark.key, mark.is_pending) == (2, False)


def test_nothing_unread_opens_at_the_newest_without_a_line(qtbot: QtBot) -> None:
    setting = Setting(qtbot, _from_ben(60))
    assert setting.pane.is_at_bottom
    assert _with_line(setting) == []


def test_a_line_in_sight_leaves_the_pane_at_its_newest(qtbot: QtBot) -> None:
    setting = Setting(qtbot, _from_ben(60), unread=2)
    assert setting.pane.is_at_bottom
    assert _with_line(setting) == [59]


def test_a_line_out_of_sight_is_where_reading_starts(qtbot: QtBot) -> None:
    setting = Setting(qtbot, _from_ben(90), unread=40)
    pane = setting.pane
    assert not pane.is_at_bottom
    assert _with_line(setting) == [51]
    line = setting.in_view(51, setting.layout(51).unread_rect)
    assert 0 < line.top() < pane.viewport().height() / 4
    assert 50 in setting.visible_keys()  # a little of what was read
    qtbot.waitUntil(lambda: bool(setting.shown))
    assert setting.shown[-1] < 90  # only what was seen counts as read


def test_messages_that_come_after_opening_do_not_move_the_line(qtbot: QtBot) -> None:
    setting = Setting(qtbot, _from_ben(60), unread=2)
    setting.model.apply(Insert(60, _from_ben(5, 61)))
    assert _with_line(setting) == [59]
    assert setting.pane.is_at_bottom


def test_the_store_answers_after_the_pane_is_shown(qtbot: QtBot) -> None:
    setting = Setting(qtbot, ())
    later = TimelineModel(OWN, True, display_name)
    later.expect_unread(30)
    setting.pane.set_model(later)
    setting.show_now()
    later.apply(Reset(_from_ben(50)))
    setting.model = later
    assert _with_line(setting) == [21]
    assert 21 in setting.visible_keys()
    assert not setting.pane.is_at_bottom


def test_older_pages_are_fetched_until_the_line_is_found(qtbot: QtBot) -> None:
    setting = Setting(qtbot, ())
    model = TimelineModel(OWN, True, display_name)
    model.expect_unread(120)
    asked: list[int] = []

    def answer() -> None:
        asked.append(1)
        model.set_load_state(LoadState.LOADING)
        first = model.items[0].key
        model.apply(Insert(0, _from_ben(50, first - 50)))
        model.set_load_state(LoadState.IDLE)

    model.older_requested.connect(answer)
    setting.pane.set_model(model)
    model.apply(Reset(_from_ben(50, 1001)))
    setting.model = model
    qtbot.waitUntil(lambda: not model.is_unread_pending)
    assert model.first_unread_key == 931
    assert len(asked) == 2
    assert 931 in setting.visible_keys()


def test_who_scrolls_meanwhile_is_left_alone(qtbot: QtBot) -> None:
    setting = Setting(qtbot, ())
    model = TimelineModel(OWN, True, display_name)
    model.set_load_state(LoadState.LOADING)
    model.expect_unread(60)
    setting.pane.set_model(model)
    model.apply(Reset(_from_ben(50, 1001)))
    setting.model = model
    setting.pane.scroll_by(-100)
    keys = setting.visible_keys()
    model.apply(Insert(0, _from_ben(50, 951)))
    assert setting.visible_keys() == keys
    assert model.first_unread_key == 991


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_line_moves_nothing_under_the_eye(qtbot: QtBot, data: st.DataObject) -> None:
    with one_of_many(qtbot, talk(120, 1000), unread=data.draw(st.integers(1, 60))) as setting:
        pane, model = setting.pane, setting.model
        pane.scroll_by(-data.draw(st.integers(200, 2500)))
        for _ in range(4):
            row, _ = pane.placement.anchor
            anchor = model.message(row)
            y = setting.content_y(anchor.key)
            line = model.row_of(model.first_unread_key)
            match data.draw(st.sampled_from(["above", "gone", "change"])):
                case "above":
                    model.apply(
                        Insert(data.draw(st.integers(0, row)), (message(key=data.draw(st.integers(-(10**9), -1))),))
                    )
                case "gone" if 0 <= line < row:
                    model.apply(Remove(line, 1))
                case _ if line >= 0:
                    old = model.message(line)
                    model.apply(Update(line, message("new " * 90, key=old.key, sender=old.sender, time_ms=old.time_ms)))
            assert setting.content_y(anchor.key) == y
