"""Formatted messages on the screen: what is painted, clicked, marked and read aloud."""

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from chatdesk.domain.elements import Text
from chatdesk.domain.messages import EVERYONE, Message
from chatdesk.views.message_rich import MOST_SHOWN
from chatdesk.views.message_row import Ground
from chatdesk.views.message_text import TextBlock
from chatdesk.views.message_whole import WholeText
from tests.views.message_pane_setting import Setting
from tests.views.message_samples import BEN, OWN, message

SPOILER = 'see <span data-mx-spoiler>the <a href="https://example.org">butler</a></span> yes'


def _html(html: str, key: int = 1, sender: str = BEN) -> Message:
    return message(Text("plain", html), key=key, sender=sender)


def _block(setting: Setting, key: int = 1) -> TextBlock:
    item = setting.layout(key).item_of(0)
    assert item is not None
    assert isinstance(item.block, TextBlock)
    return item.block


def test_html_is_shown_instead_of_the_plain_text(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (_html("<h1>A</h1><p>b <b>c</b></p>"), _html("<p></p>", 2)))
    assert _block(setting).text == "A\nb c"
    assert _block(setting, 2).text == "plain"
    bold = [part.layout.font().bold() for part in _block(setting)._parts]
    assert bold == [True, False]


def test_every_part_has_its_place(qtbot: QtBot) -> None:
    html = "<p>one</p><ul><li>two</li></ul><pre>three</pre><blockquote>four</blockquote><p>שלום</p>"
    setting = Setting(qtbot, (_html(html),))
    block = _block(setting)
    tops = [part.top for part in block._parts]
    assert tops == sorted(set(tops))
    assert all(part.left + part.layout.boundingRect().width() <= block.width + 1 for part in block._parts)
    assert len(block._decor) == 2  # code's ground and the quote's bar
    assert [part.is_rtl for part in block._parts] == [False, False, False, False, True]


def test_marking_across_a_list_copies_it_with_its_signs(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (_html("<p>a</p><ol><li>bb</li><li>cc</li></ol>"),))
    setting.focus_by_tab()
    QTest.keyClick(setting.pane, Qt.Key.Key_Up)
    QTest.keyClick(setting.pane, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert setting.pane.selected_text() == "a\n1. bb\n2. cc"
    setting.drag(setting.letter(1, 2), setting.letter(1, 3) + QPoint(30, 0))
    assert setting.pane.selected_text() == "bb"


def test_a_spoiler_opens_with_a_click_and_its_link_only_then(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (_html(SPOILER),))
    place = setting.letter(1, "see the butler".index("butler") + 2)
    setting.click(place)
    assert setting.told == []
    assert _block(setting).closed_spoilers == []
    setting.click(place)
    assert setting.told == [("link_activated", "https://example.org")]


def test_a_closed_spoiler_is_not_read_aloud_and_opens_with_return(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (_html(SPOILER),))
    assert "butler" not in setting.pane.speech.spoken_text(1)
    assert "[spoiler]" in setting.pane.speech.spoken_text(1)
    setting.focus_by_tab()
    QTest.keyClick(setting.pane, Qt.Key.Key_Up)
    QTest.keyClick(setting.pane, Qt.Key.Key_Return)
    assert _block(setting).closed_spoilers == []


def test_a_spoiler_hides_its_letters_until_it_is_open(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (_html('<span data-mx-spoiler="">MMMM</span>'),))
    rect = setting.item_rect(1).adjusted(4, 4, -4, -4)
    closed = setting.pane.viewport().grab(rect).toImage()
    colors = {closed.pixelColor(x, closed.height() // 2).name() for x in range(4, 30)}
    assert len(colors) == 1
    setting.click(setting.item_rect(1).center())
    setting.show_now()
    opened = setting.pane.viewport().grab(rect).toImage()
    assert len({opened.pixelColor(x, opened.height() // 2).name() for x in range(4, 30)}) > 2


def test_messages_that_mention_me_stand_out(qtbot: QtBot) -> None:
    mine = replace(message("hello", key=1), mentions=(OWN,))
    all_of_us = replace(message("@room hello", key=2, time_ms=1), mentions=(EVERYONE,))
    other = replace(message("hello", key=3), mentions=(BEN,))
    own = replace(message("hello", key=4, sender=OWN), mentions=(OWN,))
    setting = Setting(qtbot, (mine, all_of_us, other, own))
    grounds = [setting.layout(key).ground for key in (1, 2, 3, 4)]
    assert grounds == [Ground.FOR_ME, Ground.FOR_ME, Ground.OTHER, Ground.OWN]
    assert len(_block(setting, 2)._decor) == 1


def test_a_person_is_a_link_and_shown_by_name(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (_html('<a href="https://matrix.to/#/@cem:example.org">@cem:example.org</a>'),))
    assert setting.pane.words.plain(setting.model.message(0)) == "Cem"
    setting.click(setting.item_rect(1).center())
    assert setting.told == [("link_activated", "https://matrix.to/#/@cem:example.org")]
    setting.model.set_display_name(lambda user_id: "Cem Aydın")
    assert setting.pane.words.plain(setting.model.message(0)) == "Cem Aydın"


def test_a_link_tells_where_it_leads(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (_html('<a href="https://evil.example">https://good.example</a>'),))
    assert setting.pane._tool_tip(setting.letter(1, 4)) == "https://evil.example"


def test_a_huge_message_is_cut_and_shown_whole_on_demand(qtbot: QtBot) -> None:
    text = "line of words\n" * 70_000
    setting = Setting(qtbot, (message(text, key=1), message("end", key=2)))
    block = _block(setting)
    assert len(block.text) < MOST_SHOWN + 200
    assert len(setting.pane.speech.spoken_text(1)) < 5000
    setting.pane.show_whole(1, 0)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, WholeText))
    field = dialog.findChild(QPlainTextEdit)
    assert field is not None
    assert field.toPlainText() == text
    dialog.close()


def test_emoji_alone_are_the_larger_the_fewer(qtbot: QtBot) -> None:
    setting = Setting(qtbot, tuple(message("😀" * count, key=count) for count in (1, 3, 4, 10, 11)))
    sizes = [_block(setting, key)._parts[0].layout.font().pointSizeF() for key in (1, 3, 4, 10, 11)]
    assert sizes[0] == sizes[1] > sizes[2] == sizes[3] > sizes[4]
