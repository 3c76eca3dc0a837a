"""The composer's other gestures on real widgets: completion, modes, pictures, order of files, undo, location."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage, QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QScrollArea, QToolButton, QWidget

from chatdesk.core.session import Session
from chatdesk.domain.elements import Image, Location
from chatdesk.domain.messages import Message
from chatdesk.models.composer_mode import ModeKind
from chatdesk.models.session import SessionModel
from chatdesk.views.completion_popup import CompletionPopup
from chatdesk.views.composer import Composer
from chatdesk.views.location_dialog import LocationDialog
from chatdesk.views.main_window import MainWindow
from chatdesk.views.message_field import MessageField
from tests.models.offline import ANN, BEN, CARLA, group, group_id, incoming, member, receive
from tests.models.waiting import turn, until

LUNCH = group_id("!lunch")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
async def field(session: Session, account: SessionModel, window: MainWindow) -> MessageField:
    people = (member(BEN), member(CARLA, "Carla Maria"))
    await receive(session, group("!lunch", "Lunch", [incoming("Where?"), incoming("My idea", ANN)], people))
    account.load(LUNCH)
    await until(lambda: window.chat_view.composer.field.hasFocus())
    await until(lambda: account.chat.composer.complete_people("b") and len(_said(account)) == 2)
    return window.chat_view.composer.field


@pytest.fixture
def composer(field: MessageField, window: MainWindow) -> Composer:
    return window.chat_view.composer


def _said(account: SessionModel) -> list[Message]:
    timeline = account.chat.timeline
    return [message for message in timeline.items if not message.is_tip] if timeline else []


def _popup(composer: Composer) -> CompletionPopup:
    popup = composer.completion.popup
    assert popup is not None and popup.isVisible()
    return popup


async def test_a_code_is_completed_by_tab_and_by_its_second_colon(composer: Composer, field: MessageField) -> None:
    QTest.keyClicks(field, "so :ta")
    popup = _popup(composer)
    assert [offer.name for offer in popup.offers].index(":tada:") >= 0
    QTest.keyClicks(field, "da")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.toPlainText() == "so \U0001f389 "
    assert field.hasFocus() and not popup.isVisible()
    QTest.keyClicks(field, ":tada:")
    assert field.toPlainText() == "so \U0001f389 \U0001f389"


async def test_times_and_addresses_open_nothing(composer: Composer, field: MessageField) -> None:
    for text in ("at 10:30", "http://x.org", "mail@ben.org", "a : b"):
        field.clear()
        QTest.keyClicks(field, text)
        assert composer.completion.popup is None or not composer.completion.popup.isVisible(), text


async def test_enter_takes_the_person_and_does_not_send(
    account: SessionModel, composer: Composer, field: MessageField
) -> None:
    QTest.keyClicks(field, "Hi @")
    popup = _popup(composer)
    assert [offer.name for offer in popup.offers] == ["Ben", "Carla Maria", "everyone"]
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == "Hi @Carla Maria "
    assert len(_said(account)) == 2
    QTest.keyClicks(field, "lunch?")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: len(_said(account)) == 3)
    assert _said(account)[-1].mentions == (CARLA,)


async def test_a_name_that_is_deleted_is_not_mentioned(
    account: SessionModel, composer: Composer, field: MessageField
) -> None:
    QTest.keyClicks(field, "@be")
    QTest.keyClick(field, Qt.Key.Key_Return)
    for _ in range(3):
        QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, " hello")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: len(_said(account)) == 3)
    assert _said(account)[-1].mentions == ()


async def test_a_click_takes_the_person(composer: Composer, field: MessageField) -> None:
    QTest.keyClicks(field, "@")
    view = _popup(composer).view
    place = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert field.toPlainText() == "@Ben "
    assert field.hasFocus()


async def test_escape_closes_the_popup_and_it_stays_closed(composer: Composer, field: MessageField) -> None:
    QTest.keyClicks(field, "@")
    popup = _popup(composer)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    QTest.keyClicks(field, "b")
    assert not popup.isVisible()
    QTest.keyClicks(field, "x @b")
    assert popup.isVisible()


async def test_the_popup_stays_in_the_window(composer: Composer, field: MessageField, window: MainWindow) -> None:
    window.resize(800, 600)
    QTest.keyClicks(field, "word " * 60 + "@")
    popup = _popup(composer)
    await turn(0.02)
    assert window.rect().contains(popup.geometry())
    assert popup.geometry().bottom() <= field.mapTo(window, field.rect().bottomLeft()).y()


async def test_a_reply_is_shown_and_ended_by_escape(
    account: SessionModel, composer: Composer, field: MessageField
) -> None:
    composer.send_button.setFocus()
    account.chat.composer.reply_to(_said(account)[0])
    assert composer.mode_bar.isVisible() and field.hasFocus()
    assert composer.mode_bar.accessibleName() == "Reply to Ben: Where?"
    QTest.keyClicks(field, "text")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not composer.mode_bar.isVisible()
    assert field.toPlainText() == "text"


async def test_the_close_button_ends_an_edit_and_the_draft_is_back(
    account: SessionModel, composer: Composer, field: MessageField, window: MainWindow
) -> None:
    QTest.keyClicks(field, "draft")
    account.chat.composer.edit(_said(account)[1])
    assert field.toPlainText() == "My idea"
    assert composer.send_button.accessibleName() == "Save the change"
    assert not composer.attach_button.isEnabled()
    close = window.findChild(QToolButton, "composerModeClose")
    assert close is not None
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert field.toPlainText() == "draft"
    assert composer.send_button.accessibleName() == "Send"


async def test_up_edits_the_last_own_message_only_in_an_empty_field(
    account: SessionModel, composer: Composer, field: MessageField
) -> None:
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert account.chat.composer.mode is None
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(field, Qt.Key.Key_Up)
    mode = account.chat.composer.mode
    assert mode is not None and mode.kind is ModeKind.EDIT
    assert field.toPlainText() == "My idea"


async def test_ctrl_up_and_down_choose_what_is_answered(account: SessionModel, field: MessageField) -> None:
    QTest.keyClick(field, Qt.Key.Key_Up, CTRL)
    QTest.keyClick(field, Qt.Key.Key_Up, CTRL)
    mode = account.chat.composer.mode
    assert mode is not None and mode.message.text == "Where?"
    QTest.keyClick(field, Qt.Key.Key_Down, CTRL)
    QTest.keyClick(field, Qt.Key.Key_Down, CTRL)
    assert account.chat.composer.mode is None


async def test_what_an_input_method_holds_is_safe(
    account: SessionModel, composer: Composer, field: MessageField
) -> None:
    QTest.keyClicks(field, "a")
    QApplication.sendEvent(field, QInputMethodEvent("ni", []))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Escape):
        QTest.keyClick(field, key)
    account.chat.composer.update_conversation(account.chat.conversation)
    account.chat.composer.text_replaced.emit("a")
    assert field.is_composing
    assert field.textCursor().block().layout().preeditAreaText() == "ni"
    commit = QInputMethodEvent("", [])
    commit.setCommitString("你")
    QApplication.sendEvent(field, commit)
    assert field.toPlainText() == "a你"
    assert len(_said(account)) == 2


async def test_a_pasted_picture_is_shown_and_takes_a_caption(
    account: SessionModel, composer: Composer, field: MessageField
) -> None:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    field.paste()
    await until(composer.files.isVisible)
    assert field.hint.full_text() == "Add a caption"
    QTest.keyClicks(field, "The garden")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: len(_said(account)) == 3)
    picture, caption = _said(account)[-1].elements
    assert isinstance(picture, Image)
    assert getattr(caption, "content", "") == "The garden"
    assert field.hint.full_text() == "Message Lunch"


async def test_files_are_put_in_order_by_button_and_by_dragging(
    account: SessionModel, composer: Composer, field: MessageField, window: MainWindow, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("content")
    composer.add_files([tmp_path / name for name in ("a.txt", "b.txt", "c.txt")])
    await until(lambda: len(account.chat.composer.files) == 3)

    def names() -> list[str]:
        return [element.media.name for element in account.chat.composer.files if hasattr(element, "media")]

    assert "21" in _words(window, "attachmentSum")
    earlier = window.findChild(QToolButton, "moveFile2")
    assert earlier is not None
    QTest.mouseClick(earlier, Qt.MouseButton.LeftButton)
    assert names() == ["a.txt", "c.txt", "b.txt"]
    await turn(0.02)
    rows = window.findChild(QScrollArea, "attachmentRows")
    assert rows is not None
    box = rows.widget()
    assert box is not None
    first, last = box.findChild(QToolButton, "removeFile0"), box.findChild(QToolButton, "removeFile2")
    assert first is not None and last is not None
    top, bottom = _middle(first, box), _middle(last, box)
    QTest.mousePress(box, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, top)
    QTest.mouseMove(box, bottom)
    QTest.mouseRelease(box, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, bottom)
    assert names() == ["c.txt", "b.txt", "a.txt"]


async def test_after_one_is_taken_out_the_next_is_added_with_the_focus_in_the_caption(
    account: SessionModel, composer: Composer, field: MessageField, window: MainWindow, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("content")
    composer.add_files([tmp_path / "a.txt"])
    await until(lambda: window.findChild(QToolButton, "removeFile0") is not None)
    remove = window.findChild(QToolButton, "removeFile0")
    assert remove is not None
    remove.setFocus()
    QTest.keyClick(remove, Qt.Key.Key_Space)
    await until(lambda: not account.chat.composer.files)
    composer.add_files([tmp_path / "b.txt"])
    await until(lambda: len(account.chat.composer.files) == 1)
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: len(_said(account)) == 3)


def _middle(button: QToolButton, box: QWidget) -> QPoint:
    row = button.parentWidget()
    assert row is not None
    return QPoint(20, row.geometry().center().y())


def _words(window: MainWindow, name: str) -> str:
    label = window.findChild(QWidget, name)
    assert label is not None
    return str(label.property("text"))


async def test_undo_brings_the_message_back(
    account: SessionModel, composer: Composer, field: MessageField, window: MainWindow
) -> None:
    window.settings.change(undo_seconds=5)
    QTest.keyClicks(field, "wait")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert composer.hold_bar.isVisible()
    assert field.toPlainText() == ""
    undo = window.findChild(QPushButton, "undoSend")
    assert undo is not None
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert not composer.hold_bar.isVisible()
    assert field.toPlainText() == "wait" and field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    now = window.findChild(QPushButton, "sendNow")
    assert now is not None
    QTest.mouseClick(now, Qt.MouseButton.LeftButton)
    await until(lambda: len(_said(account)) == 3)


async def test_a_location_is_checked_and_sent(
    account: SessionModel, composer: Composer, field: MessageField, window: MainWindow
) -> None:
    composer.tools.choose_location()
    dialog = window.findChild(LocationDialog)
    assert dialog is not None
    place = dialog.findChild(QLineEdit, "locationField")
    assert place is not None and not dialog.action_button.isEnabled()
    QTest.keyClicks(place, "nowhere")
    QTest.mouseClick(dialog.action_button, Qt.MouseButton.LeftButton)
    assert "no coordinates" in dialog.error.text()
    place.clear()
    QTest.keyClicks(place, "geo:52.5,13.4")
    QTest.mouseClick(dialog.action_button, Qt.MouseButton.LeftButton)
    await until(lambda: len(_said(account)) == 3)
    assert _said(account)[-1].elements == (Location("52.5", "13.4"),)


async def test_the_emoji_button_opens_the_picker(composer: Composer, field: MessageField, window: MainWindow) -> None:
    QTest.keyClicks(field, "nice ")
    QTest.mouseClick(composer.emoji_button, Qt.MouseButton.LeftButton)
    popup = composer.findChild(QWidget, "emojiPopup")
    assert popup is not None
    search = popup.findChild(QLineEdit, "emojiSearch")
    assert search is not None
    QTest.keyClicks(search, "tada")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert field.toPlainText() == "nice \U0001f389"
    assert window.settings.preferences.recent_emoji == ("\U0001f389",)
    await until(field.hasFocus)


@pytest.mark.parametrize("place", ["messagePane", "conversationList"])
async def test_an_input_method_composes_from_its_first_key_wherever_the_keyboard_is(
    field: MessageField, window: MainWindow, place: str
) -> None:
    widget = window.findChild(QWidget, place)
    assert widget is not None
    field.setPlainText("Hi ")
    widget.setFocus()
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled | Qt.InputMethodQuery.ImCursorRectangle)
    QApplication.sendEvent(widget, query)
    assert query.value(Qt.InputMethodQuery.ImEnabled) is True
    beside = widget.mapToGlobal(query.value(Qt.InputMethodQuery.ImCursorRectangle).toRect().center())
    assert field.rect().contains(field.mapFromGlobal(beside))  # where its words are offered
    QApplication.sendEvent(widget, QInputMethodEvent("ni", []))
    assert field.is_composing and widget.hasFocus()  # taking the keyboard away would end it
    committed = QInputMethodEvent()
    committed.setCommitString("你")
    QApplication.sendEvent(widget, committed)
    assert (field.toPlainText(), field.is_composing, field.hasFocus()) == ("Hi 你", False, True)
