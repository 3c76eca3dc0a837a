"""Quotes, reactions, edits and recalled texts: what is shown of them, and what a person can do with them."""

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import LoadState, Reset, Update
from chatdesk.domain.elements import File, Media
from chatdesk.domain.messages import Message, MessageState, Quote, Reaction
from chatdesk.views.message_picker import ReactionPopup, _beside
from tests.views.message_pane_setting import Setting, all_names_of
from tests.views.message_samples import BEN, OWN, message, talk

CEM = "@cem:example.org"
CTRL = Qt.KeyboardModifier.ControlModifier
FIRST = 10_000_000_000


def _reply(key: int, quoted: int, **more: object) -> Message:
    quote = Quote(f"${quoted}", quoted, BEN, "Ben", "the words quoted", "text")
    return replace(message("my answer", key=key, sender=OWN), reply_to=replace(quote, **more))


def _reacted(key: int, sender: str = BEN) -> Message:
    reactions = (Reaction("👍", (BEN, CEM)), Reaction("❤️", (OWN,), is_mine=True))
    return replace(message("text", key=key, sender=sender), reactions=reactions)


def _chip(setting: Setting, key: int, number: int) -> QPoint:
    return setting.in_view(key, setting.layout(key).chips[number].rect).center()


# -- quotes ----------------------------------------------------------------------------------------------------------


def test_a_quote_stands_above_the_text_and_leads_to_its_message(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (*talk(60), _reply(FIRST, 3)), height=400)
    layout = setting.layout(FIRST)
    assert layout.quote is not None
    assert (layout.quote.name, layout.quote.text) == ("\u2068Ben\u2069", "the words quoted")
    assert layout.quote_rect.bottom() < layout.items[0].y
    assert 3 not in setting.visible_keys()
    setting.click(setting.in_view(FIRST, layout.quote_rect).center())
    assert 3 in setting.visible_keys()
    assert setting.pane._jumps.can_go_back
    setting.pane.go_back()
    assert FIRST in setting.visible_keys()


def test_a_quoted_message_that_is_not_loaded_is_asked_for(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (_reply(1, 999), _reply(2, 0), _reply(3, 999, is_revoked=True)))
    for key in (1, 2, 3):
        setting.click(setting.in_view(key, setting.layout(key).quote_rect).center())
    assert setting.told == [("message_wanted", 999)]


def test_an_older_message_is_loaded_with_what_is_around_it(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (*talk(20, first_key=1000), _reply(FIRST, 3)), height=400)
    setting.model.set_load_state(LoadState.IDLE)
    asked: list[tuple[int, int]] = []

    def load(key: int, time_ms: int) -> None:
        asked.append((key, time_ms))
        setting.model.set_end(False, frozenset(), LoadState.IDLE)
        setting.model.apply(Reset(talk(50, first_key=1)))
        setting.model.place_found.emit(key)

    setting.model.place_requested.connect(load)
    setting.pane.find_message(3)
    assert asked == [(3, 0)]
    assert 3 in setting.visible_keys()
    assert setting.pane._jumps.glow(3) > 0.9
    assert not setting.pane._overlay.search.isVisible()


def test_a_quote_says_what_it_is(qtbot: QtBot) -> None:
    kinds = {"image": "Picture: a.png", "file": "File: a.png", "text": "a.png"}
    messages = [_reply(key, 0, kind=kind, text="a.png") for key, kind in enumerate(kinds, 1)]
    gone, unknown = _reply(8, 7, is_revoked=True), replace(_reply(9, 0), reply_to=Quote("$x"))
    setting = Setting(qtbot, (*messages, gone, unknown))
    blocks = [setting.layout(key).quote for key in (1, 2, 3, 8, 9)]
    assert [block.text for block in blocks if block is not None] == [
        *kinds.values(),
        "This message was recalled",
        "This message is not on this device",
    ]
    assert len({block.height for block in blocks if block is not None}) == 1
    assert "reply to Ben: the words quoted" in Setting(qtbot, (_reply(1, 5),)).pane.speech.spoken_text(1)


# -- reactions -------------------------------------------------------------------------------------------------------


def test_a_click_on_a_chip_asks_to_react(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (_reacted(FIRST),))
    setting.click(_chip(setting, FIRST, 0))
    setting.click(_chip(setting, FIRST, 1))
    assert setting.told == [("react_requested", FIRST, "👍"), ("react_requested", FIRST, "❤️")]


def test_chips_tell_who_reacted(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (_reacted(1),))
    assert [chip.label for chip in setting.layout(1).chips] == ["👍 2", "❤️ 1", ""]
    tip = setting.pane._tool_tip(_chip(setting, 1, 0)).replace("\u2068", "").replace("\u2069", "")
    assert tip == "Ben and Cem reacted with 👍"
    spoken = setting.pane.speech.spoken_text(1)
    assert "Ben and Cem reacted with 👍, You reacted with ❤️" in spoken


def test_many_chips_wrap_and_stay_inside(qtbot: QtBot) -> None:
    for sender in (BEN, OWN):
        many = tuple(Reaction(f"word{number}", (BEN,) * number) for number in range(1, 30))
        setting = Setting(qtbot, (replace(message("x", key=1, sender=sender), reactions=many),))
        chips = setting.layout(1).chips
        assert len({chip.rect.top() for chip in chips}) > 1
        assert all(chip.rect.left() >= 0 and chip.rect.right() < setting.layout(1).width for chip in chips)
        assert chips[-1].rect.bottom() < setting.layout(1).height
        pairs = [(a, b) for a in chips for b in chips if a is not b]
        assert not any(a.rect.intersects(b.rect) for a, b in pairs)


def test_the_last_chip_opens_the_choice(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (_reacted(FIRST),))
    setting.click(_chip(setting, FIRST, 2))
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ReactionPopup)
    bubble = setting.item_rect(FIRST)
    bubble.moveTopLeft(setting.pane.viewport().mapToGlobal(bubble.topLeft()))
    assert not popup.geometry().intersects(bubble)
    assert setting.pane.window().geometry().contains(popup.geometry())
    QTest.mouseClick(popup.buttons[2], Qt.MouseButton.LeftButton)
    assert setting.told == [("react_requested", FIRST, "😂")]


def test_the_choice_leaves_its_message_free() -> None:
    area, size = QRect(100, 100, 900, 700), QSize(300, 400)
    for place in (
        QRect(200, 120, 200, 60),
        QRect(200, 700, 200, 60),
        QRect(600, 200, 380, 500),
        QRect(110, 200, 90, 580),
    ):
        chosen = QRect(_beside(place, size, area), size)
        assert area.contains(chosen)
        assert not chosen.intersects(place)
    assert area.contains(QRect(_beside(area.adjusted(9, 9, -9, -9), size, area), size))


def test_the_menu_has_six_symbols_and_more(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("x", key=FIRST),))
    menu = setting.menu_at(setting.item_rect(FIRST).center())
    assert menu is not None
    assert all_names_of(menu)[:2] == ["reactMessage", "replyMessage"]
    under = menu.findChild(QMenu, "reactionMenu")
    assert isinstance(under, QMenu)
    assert all_names_of(under) == [f"react{number}" for number in range(6)] + ["reactMore"]
    next(action for action in under.actions() if action.objectName() == "react1").trigger()
    assert setting.told == [("react_requested", FIRST, "❤️")]
    menu.close()


# -- the bar under the mouse -----------------------------------------------------------------------------------------


def _hover(setting: Setting, point: QPoint) -> None:
    place = QPointF(point)
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(setting.pane.viewport(), move)


def test_a_bar_shows_over_the_message_under_the_mouse(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (*talk(4), message("x", key=FIRST)))
    bar = setting.pane._overlay.hover.bar
    assert not bar.isVisible()
    _hover(setting, setting.item_rect(FIRST).center())
    assert bar.isVisible()
    QTest.mouseClick(bar.reply, Qt.MouseButton.LeftButton)
    assert setting.told == [("reply_requested", FIRST)]
    QTest.mouseClick(bar.more, Qt.MouseButton.LeftButton)
    menu = setting.open_menu()
    assert menu is not None
    menu.close()
    _hover(setting, QPoint(690, 2))
    setting.pane.scroll_by(-5000)
    assert not bar.isVisible() or setting.pane._overlay.hover.key != FIRST


def test_the_bar_covers_no_other_message_and_ends_with_a_recall(qtbot: QtBot) -> None:
    for sender in (OWN, "@ben:example.org"):
        rows = (message("above", key=1), message("x", key=2, sender=sender), message("below", key=3))
        setting = Setting(qtbot, rows)
        bar = setting.pane._overlay.hover.bar
        _hover(setting, setting.item_rect(2).center())
        assert bar.isVisible()
        place = bar.geometry().translated(-setting.pane.viewport().pos())
        for key in (1, 2, 3):
            assert not setting.item_rect(key).intersects(place)
        gone = replace(rows[1], state=MessageState.REVOKED, elements=())
        setting.model.apply(Update(1, gone))
        assert not bar.isVisible()
        _hover(setting, setting.pane.viewport().rect().center())
        _hover(setting, setting.in_view(2, setting.layout(2).bubble).center())
        assert not bar.isVisible()


def test_the_bar_leaves_the_mark_of_who_has_read_it_free(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("short", key=1, sender=OWN),))
    setting.model.set_read_positions({BEN: setting.model.items[0].position})
    mark = setting.pane._read_marks.mark(0)[1]
    assert not mark.isEmpty()
    _hover(setting, setting.item_rect(1).center())
    bar = setting.pane._overlay.hover.bar
    assert bar.isVisible()
    place = bar.geometry().translated(-setting.pane.viewport().pos())
    assert not place.intersects(setting.in_view(1, mark))
    _hover(setting, setting.in_view(1, mark).center())  # on the way to the bar
    assert bar.isVisible()


def test_the_way_to_the_newest_covers_no_message(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(50))
    pane = setting.pane
    pane.scroll_by(-800)
    button = pane._overlay.jump
    assert button.isVisible()
    assert not button.geometry().intersects(pane.viewport().geometry())
    assert pane.rect().contains(button.geometry())
    pane.timeline.set_typing(("@ben:example.org",))
    assert not button.geometry().intersects(pane._overlay.typing.geometry())


def test_no_bar_over_what_is_not_sent_yet(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("x", key=1, sender=OWN, state=MessageState.QUEUED),))
    _hover(setting, setting.item_rect(1).center())
    assert not setting.pane._overlay.hover.bar.isVisible()


def test_the_same_by_keys(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("theirs", key=1), message("mine", key=FIRST, sender=OWN)))
    setting.focus_by_tab()
    QTest.keyClick(setting.pane, Qt.Key.Key_R, CTRL)
    QTest.keyClick(setting.pane, Qt.Key.Key_F2)
    QTest.keyClick(setting.pane, Qt.Key.Key_Delete)
    assert setting.told == [
        ("reply_requested", FIRST),
        ("edit_requested", FIRST),
        ("delete_requested", (FIRST,)),
    ]
    QTest.keyClick(setting.pane, Qt.Key.Key_E, CTRL)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ReactionPopup)
    popup.close()
    QTest.keyClick(setting.pane, Qt.Key.Key_Up)
    QTest.keyClick(setting.pane, Qt.Key.Key_F2)
    assert len(setting.told) == 3  # nobody edits what others wrote


# -- edits and recalled texts ----------------------------------------------------------------------------------------


def test_an_edited_message_says_so_and_when(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (replace(message("x", key=1), edited_ms=1_760_000_100_000),))
    layout = setting.layout(1)
    assert layout.time.startswith("edited · ")
    assert "Edited: " in setting.pane._tool_tip(setting.in_view(1, layout.meta).center())
    assert ", edited" in setting.pane.speech.spoken_text(1)


def test_a_forwarded_message_says_so(qtbot: QtBot) -> None:
    copy = replace(message("x", key=1), is_forwarded=True)
    setting = Setting(qtbot, (copy, replace(copy, key=2, edited_ms=1_760_000_100_000)))
    assert setting.layout(1).time.startswith("forwarded · ")
    assert setting.layout(2).time.startswith("forwarded · edited · ")
    assert ", forwarded" in setting.pane.speech.spoken_text(1)


def test_a_recalled_own_text_can_be_written_again(qtbot: QtBot) -> None:
    mine = message("again", key=FIRST, sender=OWN)
    setting = Setting(qtbot, (message("x", key=1), mine))
    setting.model.recalled = {FIRST: "again"}
    gone = replace(mine, state=MessageState.REVOKED, revoked_by=OWN, elements=())
    setting.model.apply(Update(1, gone))
    item = setting.layout(FIRST).items[0]
    block = item.block
    point = setting._point_of(FIRST, item, len(block.text) - 3)  # type: ignore[union-attr]
    setting.click(point)
    assert setting.told == [("edit_again_requested", FIRST)]
    menu = setting.menu_at(setting.in_view(FIRST, setting.layout(FIRST).bubble).center())
    assert "editAgain" in all_names_of(menu)
    assert menu is not None
    menu.close()


def test_without_the_text_there_is_only_a_tombstone(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("x", key=1, sender=OWN, state=MessageState.REVOKED, revoked_by=OWN),))
    assert "Re-edit" not in setting.layout(1).items[0].block.text  # type: ignore[union-attr]


# -- own files -------------------------------------------------------------------------------------------------------


def test_an_own_file_is_opened_from_where_it_was_sent(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(b"x")
    own = File(Media("mxc://a/b", "report.pdf", "application/pdf", 1, str(path)))
    setting = Setting(qtbot, (message(own, key=FIRST, sender=OWN),))
    setting.click(setting.item_rect(FIRST).center())
    menu = setting.menu_at(setting.item_rect(FIRST).center())
    assert menu is not None
    setting.choose(menu, "showInFolder")
    path.unlink()
    setting.click(setting.item_rect(FIRST).center())
    assert setting.told == [
        ("local_file_requested", str(path), False),
        ("local_file_requested", str(path), True),
        ("download_requested", FIRST, 0),
    ]


# -- the other direction ---------------------------------------------------------------------------------------------


def test_in_a_right_to_left_window_own_messages_stand_on_the_left(qtbot: QtBot) -> None:
    messages = (_reacted(1), _reacted(2, OWN), _reply(3, 1), message("a\nb", key=4, sender=OWN))
    setting = Setting(qtbot, messages)
    setting.pane.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    setting.show_now()
    width = setting.layout(1).width
    assert setting.layout(2).bubble.center().x() < width // 2 < setting.layout(1).bubble.center().x()
    for key in (1, 2, 3, 4):
        layout = setting.layout(key)
        for item in layout.items:
            assert layout.bubble.contains(item.rect)
        assert layout.bubble.contains(layout.meta)
        assert not any(item.rect.intersects(layout.meta) for item in layout.items if item.block.width > 60)
        assert all(chip.rect.left() >= 0 and chip.rect.right() < width for chip in layout.chips)
    setting.click(_chip(setting, 2, 1))
    assert setting.told == [("react_requested", 2, "❤️")]
