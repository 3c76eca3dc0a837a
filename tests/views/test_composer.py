"""The composer as a person meets it: keys, input methods, files."""

import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont, QGuiApplication, QInputMethodEvent, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QToolButton

from chatdesk.core.session import Session
from chatdesk.domain.messages import Message
from chatdesk.models.session import SessionModel
from chatdesk.views.main_window import MainWindow
from chatdesk.views.message_field import MessageField
from tests.models.offline import group, group_id, receive
from tests.models.waiting import until

LUNCH = group_id("!lunch")


@pytest.fixture
async def field(session: Session, account: SessionModel, window: MainWindow) -> MessageField:
    await receive(session, group("!lunch", "Lunch"), group("!vault", "Vault", is_encrypted=True))
    account.load(LUNCH)
    await until(lambda: window.chat_view.composer.field.hasFocus())
    return window.chat_view.composer.field


def _own(account: SessionModel) -> list[Message]:
    timeline = account.chat.timeline
    return [message for message in timeline.items if message.is_self and not message.is_tip] if timeline else []


async def test_enter_sends_and_empties_the_field(account: SessionModel, field: MessageField) -> None:
    QTest.keyClicks(field, "Hi all")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == ""
    await until(lambda: [message.text for message in _own(account)] == ["Hi all"])
    QTest.keyClicks(field, "again")
    QTest.keyClick(field, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    await until(lambda: [message.text for message in _own(account)] == ["Hi all", "again"])


async def test_shift_enter_breaks_the_line(account: SessionModel, field: MessageField) -> None:
    QTest.keyClicks(field, "one")
    height = field.height()
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(field, "two")
    assert field.toPlainText() == "one\ntwo"
    assert field.height() > height
    assert _own(account) == []


async def test_enter_belongs_to_the_input_method_while_it_composes(account: SessionModel, field: MessageField) -> None:
    QApplication.sendEvent(field, QInputMethodEvent("nihao", []))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert _own(account) == []
    assert account.chat.composer.text == ""
    commit = QInputMethodEvent("", [])
    commit.setCommitString("你好")
    QApplication.sendEvent(field, commit)
    assert field.toPlainText() == "你好"
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: [message.text for message in _own(account)] == ["你好"])


async def test_the_field_grows_to_eight_lines_and_then_scrolls(field: MessageField) -> None:
    heights = []
    for count in range(1, 12):
        field.setPlainText("\n".join(["line"] * count))
        heights.append(field.height())
    assert all(after > before for before, after in itertools.pairwise(heights[:8]))
    assert len(set(heights[8:])) == 1
    field.clear()
    assert field.height() == heights[0]


async def test_the_hint_is_not_cut_where_its_letters_are_taller(field: MessageField) -> None:
    """Chinese in a window whose font has none."""
    field.setFont(QFont("DejaVu Sans", 10))
    field.show_hint("发消息给 王伟 (g)")
    layout = QTextLayout("发消息给 王伟 (g)", field.font())
    layout.beginLayout()
    wanted = layout.createLine().height()
    layout.endLayout()
    assert field.hint.isVisible()
    assert field.hint.height() >= wanted
    assert field.rect().contains(field.hint.geometry())
    QTest.keyClicks(field, "a")
    assert not field.hint.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.hint.isVisible()


async def test_the_send_button_sends(account: SessionModel, field: MessageField, window: MainWindow) -> None:
    QTest.keyClicks(field, "by mouse")
    button = window.findChild(QToolButton, "sendButton")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await until(lambda: [message.text for message in _own(account)] == ["by mouse"])
    assert field.hasFocus()


def _files(tmp_path: Path, *names: str) -> QMimeData:
    data = QMimeData()
    for name in names:
        (tmp_path / name).write_text("content")
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
    return data


async def test_pasted_files_wait_for_the_next_send(
    account: SessionModel, field: MessageField, window: MainWindow, tmp_path: Path
) -> None:
    QGuiApplication.clipboard().setMimeData(_files(tmp_path, "a.txt", "b.txt"))
    field.paste()
    await until(lambda: len(account.chat.composer.files) == 2)
    assert field.toPlainText() == ""
    assert window.chat_view.composer.files.isVisible()
    remove = window.findChild(QToolButton, "removeFile0")
    assert remove is not None
    assert "a.txt" in remove.accessibleName()
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert len(account.chat.composer.files) == 1
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: [message.text for message in _own(account)] == ["b.txt"])
    assert not window.chat_view.composer.files.isVisible()


async def test_files_can_be_dropped_anywhere_on_the_conversation(
    account: SessionModel, field: MessageField, window: MainWindow, tmp_path: Path
) -> None:
    data = _files(tmp_path, "a.txt")
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    enter = QDragEnterEvent(QPoint(50, 200), actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window.chat_view, enter)
    assert enter.isAccepted()
    assert enter.dropAction() is Qt.DropAction.CopyAction
    drop = QDropEvent(QPointF(50, 200), actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window.chat_view, drop)
    await until(lambda: len(account.chat.composer.files) == 1)


async def test_text_that_is_dragged_is_not_taken_by_the_view(field: MessageField, window: MainWindow) -> None:
    data = QMimeData()
    data.setText("words")
    enter = QDragEnterEvent(
        QPoint(50, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()
    QApplication.sendEvent(window.chat_view, enter)
    assert not enter.isAccepted()


async def test_pasted_text_loses_its_looks(field: MessageField) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    QGuiApplication.clipboard().setMimeData(data)
    field.paste()
    assert field.toPlainText() == "bold"
    assert not field.textCursor().charFormat().font().bold()


async def test_attach_asks_for_several_files(
    account: SessionModel, field: MessageField, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("content")
    button = window.findChild(QToolButton, "attachButton")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = window.findChild(QMenu, "attachMenu")
    assert menu is not None and menu.isVisible()
    names = [action.text().replace("&", "") for action in menu.actions() if action.isVisible() and action.text()]
    assert names == ["Pictures and files…", "Location…", "Voice message", "Keep as private note", "More"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    dialog = window.findChild(QFileDialog, "attachDialog")
    assert dialog is not None
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(tmp_path / "a.txt")])
    dialog.reject()
    await until(lambda: len(account.chat.composer.files) == 1)


async def test_an_encrypted_conversation_says_why_there_is_no_field(
    account: SessionModel, field: MessageField, window: MainWindow
) -> None:
    window.open_conversation(group_id("!vault"))
    await until(lambda: not field.isVisible())
    notice = window.chat_view.composer._why
    assert notice.isVisible()
    assert notice.text() == "chatdesk cannot encrypt yet, so nothing is sent into this conversation."
    window.open_conversation(LUNCH)
    await until(field.isVisible)
    assert not notice.isVisible()


async def test_switching_brings_each_draft_back(
    session: Session, account: SessionModel, field: MessageField, window: MainWindow
) -> None:
    await receive(session, group("!trip", "Trip"))
    QTest.keyClicks(field, "for lunch")
    window.open_conversation(group_id("!trip"))
    assert field.toPlainText() == ""
    window.open_conversation(LUNCH)
    assert field.toPlainText() == "for lunch"
    assert field.textCursor().atEnd()
