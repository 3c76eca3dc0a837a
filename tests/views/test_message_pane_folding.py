"""System lines in a row become one line that opens."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import Insert, Remove, Update
from chatdesk.domain.elements import Tip, TipKind
from chatdesk.domain.messages import Message
from chatdesk.views.message_folding import Part, can_fold, summarise
from chatdesk.views.message_words import Words
from tests.views.message_pane_setting import Setting, one_of_many
from tests.views.message_samples import BEN, OWN, START_MS, display_name, message

DAY_MS = 86_400_000


def _tip(number: int, kind: TipKind = TipKind.JOINED, sender: str = "", **more: int) -> Message:
    sender = sender or f"@p{number}:h"
    return message(Tip(kind), key=number, sender=sender, sender_name=f"P{number}", **more)  # type: ignore[arg-type]


def _joins(first: int, count: int) -> tuple[Message, ...]:
    return tuple(_tip(number) for number in range(first, first + count))


def _plain(parts: tuple[Part, ...]) -> str:
    words = Words(OWN, True, lambda user_id: display_name(user_id) or user_id)
    return words.folded(parts).replace("\u2068", "").replace("\u2069", "")


def test_what_a_run_adds_up_to() -> None:
    messages = [
        *_joins(1, 5),
        _tip(2),  # joined twice, counted once
        _tip(9, TipKind.LEFT),
        message(Tip(TipKind.INVITED, (BEN, "@x:h")), key=20),
        message(Tip(TipKind.INVITED, (BEN,)), key=21),
        message(Tip(TipKind.TOPIC, value="x"), key=22),
        message(Tip(TipKind.ROLES), key=23),
    ]
    parts = summarise(messages)
    assert [(part.kind, part.size) for part in parts] == [
        (TipKind.JOINED, 5),
        (TipKind.LEFT, 1),
        (TipKind.INVITED, 2),
        (None, 2),
    ]
    assert _plain(parts) == "5 people joined · P9 left · 2 people were invited · 2 other changes"


def test_every_kind_has_words_for_one_and_for_many() -> None:
    for kind in TipKind:
        for count in (1, 3):
            tips = [
                message(Tip(kind, (f"@t{number}:h",)), key=number, sender=f"@p{number}:h", sender_name="")
                for number in range(1, count + 1)
            ]
            text = _plain(summarise(tips))
            assert text
            assert str(count) in text or count == 1
            assert "{" not in text
            assert "%" not in text
    assert _plain(summarise([_tip(1, sender=OWN)])) == "You joined"
    assert summarise([]) == ()


def test_what_happened_to_oneself_is_said_so() -> None:
    parts = summarise([*_joins(1, 2), message(Tip(TipKind.INVITED, (OWN,)), key=20)])
    assert _plain(parts) == "2 people joined · You were invited"


def test_what_matters_most_is_never_folded() -> None:
    assert not can_fold(_tip(1, TipKind.ENCRYPTED))
    assert not can_fold(_tip(1, TipKind.CREATED))
    assert not can_fold(message("text"))
    assert can_fold(_tip(1, TipKind.RENAMED))


def test_three_stay_and_four_become_one(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message(key=1), *_joins(10, 3), message(key=2), *_joins(20, 4), message(key=3)))
    assert setting.visible_keys() == [1, 10, 11, 12, 2, 20, 3]
    assert setting.layout(20).heading.fold.endswith("people joined")
    assert setting.pane.speech.spoken_text(20).startswith("4 people joined, ")


def test_a_one_to_one_conversation_begins_with_one_line(qtbot: QtBot) -> None:
    start = (
        _tip(1, TipKind.CREATED, sender=OWN),
        _tip(2, sender=OWN),
        message(Tip(TipKind.INVITED, (BEN,)), key=3, sender=OWN),
        _tip(4, sender=BEN),
    )
    setting = Setting(qtbot, (*start, _tip(5, TipKind.LEFT, sender=BEN), message(key=6)), is_group=False)
    assert setting.visible_keys() == [1, 5, 6]
    assert setting.layout(1).heading.fold == "You started the conversation"
    setting.click(setting.in_view(1, setting.layout(1).fold_rect).center())
    assert setting.visible_keys() == [1, 2, 3, 4, 5, 6]
    later = (_tip(10 + number, kind, BEN) for number, kind in enumerate((TipKind.LEFT, TipKind.JOINED) * 2))
    assert Setting(qtbot, (*start, *later), is_group=False).visible_keys() == [1, 10]
    assert Setting(qtbot, start).visible_keys() == [1, 2, 3, 4]  # a group's beginning stays


def test_a_click_opens_and_closes_and_the_line_stays(qtbot: QtBot) -> None:
    texts = tuple(message("text " * 20, key=number) for number in range(100, 130))
    setting = Setting(qtbot, (*texts, *_joins(1, 6), *(message(key=number) for number in range(200, 206))))
    y = setting.content_y(1)
    setting.click(setting.in_view(1, setting.layout(1).fold_rect).center())
    assert {1, 2, 3, 4, 5, 6} <= set(setting.visible_keys())
    assert setting.content_y(1) == y
    setting.click(setting.in_view(1, setting.layout(1).fold_rect).center())
    assert 2 not in setting.visible_keys()
    assert setting.pane.speech.spoken_text(1).startswith("6 people joined, ")


def test_keys_step_over_what_is_folded_and_return_opens(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message(key=100), *_joins(1, 6), message(key=200)))
    setting.focus_by_tab()
    QTest.keyClick(setting.pane, Qt.Key.Key_Up)
    assert setting.model.message(setting.pane.currentIndex().row()).key == 1
    QTest.keyClick(setting.pane, Qt.Key.Key_Return)
    assert 6 in setting.visible_keys()
    QTest.keyClick(setting.pane, Qt.Key.Key_Down)
    assert setting.model.message(setting.pane.currentIndex().row()).key == 2
    QTest.keyClick(setting.pane, Qt.Key.Key_Up)
    QTest.keyClick(setting.pane, Qt.Key.Key_Up)
    QTest.keyClick(setting.pane, Qt.Key.Key_Up)
    assert setting.pane.currentIndex().row() == 0


def test_a_day_and_the_unread_line_end_a_run(qtbot: QtBot) -> None:
    later = tuple(_tip(number, time_ms=START_MS + DAY_MS) for number in range(50, 54))
    setting = Setting(qtbot, (message(key=1), *_joins(10, 4), *later))
    assert setting.visible_keys() == [1, 10, 50]


def test_a_run_grows_and_falls_apart(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message(key=1), *_joins(10, 4), message(key=2)))
    setting.model.apply(Insert(5, _joins(30, 2)))
    assert setting.layout(10).heading.fold.startswith("6")
    setting.model.apply(Insert(1, (_tip(40),)))
    assert setting.visible_keys() == [1, 40, 2]
    setting.model.apply(Update(4, message("a text in the middle", key=12)))
    assert setting.visible_keys() == [1, 40, 10, 11, 12, 13, 30, 31, 2]
    setting.model.apply(Remove(4, 1))
    assert setting.visible_keys() == [1, 40, 2]


def test_a_folded_line_that_is_asked_for_is_shown(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message(key=1), *_joins(10, 8), message(key=2)))
    setting.pane.show_message(15)
    assert 15 in setting.visible_keys()


def test_ten_thousand_joins_are_one_line(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message(key=100_000), *_joins(1, 10_000), message(key=100_001)))
    assert setting.visible_keys() == [100_000, 1, 100_001]
    assert setting.pane.rows.built < 20


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_folding_moves_no_message_under_the_eye(qtbot: QtBot, data: st.DataObject) -> None:
    keys = iter(range(1, 10**6))

    def some() -> list[Message]:
        kinds = data.draw(st.lists(st.sampled_from("tttttm"), min_size=1, max_size=12))
        found = []
        for kind in kinds:
            key = next(keys)
            found.append(_tip(key) if kind == "t" else message("word " * (key % 70 + 1), key=key))
        return found

    start = [row for _ in range(12) for row in (*some(), message("word " * 60, key=next(keys)))]
    with one_of_many(qtbot, start) as setting:
        pane, model = setting.pane, setting.model
        pane.scroll_by(-data.draw(st.integers(100, 1200)))
        for _ in range(6):
            row, _ = pane.placement.anchor
            anchor = model.message(row)
            if anchor.is_tip:
                return  # nothing but system lines in sight
            y = setting.content_y(anchor.key)
            rows = len(model.items)
            match data.draw(st.sampled_from(["above", "top", "below", "gone", "becomes"])):
                case "above":
                    model.apply(Insert(data.draw(st.integers(0, row)), tuple(some())))
                case "top":
                    model.apply(Insert(0, tuple(some())))
                case "below":
                    model.apply(Insert(rows, tuple(some())))
                case "gone" if row:
                    model.apply(Remove(data.draw(st.integers(0, row - 1)), 1))
                case _ if row:
                    where = data.draw(st.integers(0, row - 1))
                    model.apply(Update(where, message("now a text", key=model.message(where).key)))
            assert setting.content_y(anchor.key) == y


def test_a_click_beside_the_words_does_nothing(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message(key=100), *_joins(1, 6), message(key=200)))
    rect = setting.in_view(1, setting.layout(1).fold_rect)
    setting.click(rect.topLeft() - QPoint(30, 0))
    assert 2 not in setting.visible_keys()
