"""Who has read a message of a group, and the details of a message."""

import json

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from chatdesk.domain.elements import File, Media, Text
from chatdesk.domain.messages import MessageState
from chatdesk.domain.receipts import Receipt
from chatdesk.views.message_details import MessageDetails
from chatdesk.views.message_readers import has_read_mark
from chatdesk.views.message_readers_popup import ReadersPopup
from tests.views.message_pane_setting import Setting, all_names_of, names_of
from tests.views.message_samples import BEN, GROUP, OWN, START_MS, message

CEM = "@cem:example.org"


def _setting(qtbot: QtBot, is_group: bool = True) -> Setting:
    messages = (
        message("one", key=1, sender=OWN),
        message("two", key=2, sender=OWN),
        message("three", key=3, sender=OWN),
        message("other", key=4),
    )
    setting = Setting(qtbot, messages, is_group=is_group)
    setting.model.set_read_positions({BEN: 3, CEM: 2, OWN: 4})
    setting.show_now()
    return setting


def _popup() -> ReadersPopup:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, ReadersPopup)
    return popup


def _people(popup: ReadersPopup) -> list[str]:
    return [popup.people.item(row).text() for row in range(popup.people.count())]


def test_the_mark_stands_at_the_last_message_the_same_people_have_read(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    marks = [setting.pane._read_marks.mark(row)[0] for row in range(4)]
    assert marks == ["", "Read by 2", "Read by 1", ""]
    assert not has_read_mark(_setting(qtbot, is_group=False).model, 1)


def test_a_click_on_the_mark_shows_who(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    point = setting.in_view(2, setting.pane._read_marks.mark(1)[1]).center()
    QTest.mouseMove(setting.pane.viewport(), point)
    setting.show_now()
    assert setting.pane.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert setting.pane._tool_tip(point) == "Read by 2"
    setting.click(point)
    popup = _popup()
    assert _people(popup) == ["Ben", "Cem"]
    assert popup.accessibleName() == "Read by 2"
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_the_menu_shows_who_too(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    menu = setting.menu_at(setting.item_rect(1).center())
    assert menu is not None
    assert names_of(menu) == ["editMessage", "copyText", "recallMessage", "deleteMessage", "messageReaders"]
    setting.choose(menu, "messageReaders")
    assert _people(_popup()) == ["Ben", "Cem"]
    _popup().close()


def test_times_are_told_only_when_they_are_known(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    setting.model.note_receipts([Receipt(GROUP, CEM, 3, START_MS)])
    setting.model.set_read_positions({BEN: 3, CEM: 3})
    assert setting.model.read_time_ms(2, CEM) == START_MS
    assert setting.model.read_time_ms(1, CEM) == 0  # read at an unknown time before
    setting.pane.show_readers(3)
    people = _people(_popup())
    assert people[0] == "Ben"
    assert people[1].startswith("Cem · ")
    assert setting.pane.words.time(START_MS) in people[1]
    _popup().close()


def test_the_mark_changes_no_height(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    before = [(placed.row, placed.top) for placed in setting.pane.placement.placed]
    setting.model.set_read_positions({f"@user{number}:h": 4 for number in range(120)})
    assert setting.pane._read_marks.mark(2)[0] == "Read by 120"
    assert [(placed.row, placed.top) for placed in setting.pane.placement.placed] == before


def test_where_it_is_narrow_the_number_stays_or_nothing(qtbot: QtBot) -> None:
    long = message("word " * 200, key=9, sender=OWN)
    setting = Setting(qtbot, (long,))
    setting.model.set_read_positions({BEN: 9})
    setting.pane.resize(240, 600)
    setting.show_now()
    text, rect = setting.pane._read_marks.mark(0)
    assert text in ("1", "")
    assert rect.left() >= 0


def _details(setting: Setting) -> MessageDetails:
    dialogs = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MessageDetails)]
    assert len(dialogs) == 1
    return dialogs[0]


def _fact(dialog: MessageDetails, name: str) -> str:
    label = dialog.findChild(QLabel, f"details-{name}")
    return label.text() if label is not None else ""


def test_details_by_menu(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message([Text("see"), File(Media("mxc://a/b", "x.pdf"))], key=5_000_000_000),))
    menu = setting.menu_at(setting.item_rect(5_000_000_000).center())
    assert menu is not None
    assert all_names_of(menu)[-1] == "messageDetails"
    setting.choose(menu, "messageDetails")
    dialog = _details(setting)
    assert _fact(dialog, "sender") == f"Ben ({BEN})"
    assert _fact(dialog, "contains") == "text, file"
    assert _fact(dialog, "messageId") == "$5000000000"
    assert _fact(dialog, "state") == "received"
    assert _fact(dialog, "time") == setting.pane.words.full_time(START_MS)
    button = dialog.findChild(QPushButton, "viewData")
    assert button is not None
    assert not dialog.data.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dialog.data.isVisible()
    data = json.loads(dialog.data.toPlainText())
    assert data["key"] == 5_000_000_000
    assert data["elements"][0] == {"type": "text", "content": "see"}
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not dialog.data.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_details_of_a_failed_and_of_a_recalled_message(qtbot: QtBot) -> None:
    failed = message("x", key=1, sender=OWN, state=MessageState.FAILED, failure="No room")
    gone = message("", key=2, state=MessageState.REVOKED)
    setting = Setting(qtbot, (failed, gone))
    setting.pane.show_details(1)
    dialog = _details(setting)
    assert "No room" in _fact(dialog, "state")
    dialog.close()
    qtbot.waitUntil(
        lambda: not [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MessageDetails)]
    )
    setting.pane.show_details(2)
    assert "recalled" in _fact(_details(setting), "state")
    _details(setting).close()


def test_a_click_beside_the_mark_opens_nothing(qtbot: QtBot) -> None:
    setting = _setting(qtbot)
    rect = setting.in_view(2, setting.pane._read_marks.mark(1)[1])
    setting.click(rect.topLeft() - QPoint(40, 0))
    assert QApplication.activePopupWidget() is None
