"""Imports and exports through the window, and private notes: marked, never sent, taken out again."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from chatdesk.core.session import Session
from chatdesk.domain.elements import Text, Tip, TipKind
from chatdesk.domain.messages import LocalMessage, MessageOrigin
from chatdesk.domain.search import SearchQuery
from chatdesk.models.deletion import Scope
from chatdesk.models.session import SessionModel
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.composer_bars import ModeBar
from chatdesk.views.delete_dialog import DeleteDialog
from chatdesk.views.export_dialog import ExportDialog
from chatdesk.views.import_dialog import ImportDialog
from chatdesk.views.main_window import MainWindow
from chatdesk.views.message_menu import Action, Target, actions_for
from chatdesk.views.message_pane import MessagePane
from chatdesk.views.message_words import Words
from chatdesk.views.widgets import ElidedLabel
from tests.models.offline import ANN, BEN, c2c_id, direct, group, group_id, incoming, receive, receive_direct
from tests.models.waiting import until


def _file(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for number in range(count):
            item = {
                "message_elem_array": [{"elem_type": 0, "text_elem_content": f"old {number}"}],
                "message_sender": ("ben", "ann")[number % 2],
                "message_client_time": 1_600_000_000 + number,
                "message_rand": number + 1,
            }
            file.write(("," if number else "") + json.dumps(item))
        file.write("]")
    return path


@pytest.fixture
async def talk(window: MainWindow, account: SessionModel, session: Session) -> SessionModel:
    await receive_direct(session, direct(BEN, [incoming("hello")], "Ben"))
    account.load(c2c_id(BEN))
    await until(lambda: account.chat.conversation is not None and _timeline(account).rowCount() == 1)
    return account


def _timeline(talk: SessionModel) -> TimelineModel:
    assert talk.chat.timeline is not None
    return talk.chat.timeline


def _words(window: MainWindow) -> Words:
    pane = window.findChild(MessagePane)
    assert pane is not None
    return pane._words


def _opened(window: MainWindow) -> ImportDialog:
    window.list_pane.import_asked.emit()
    dialogs = [dialog for dialog in window.findChildren(ImportDialog) if dialog.isVisible()]
    assert len(dialogs) == 1
    return dialogs[0]


async def test_an_import_is_looked_at_brought_in_and_undone(
    window: MainWindow, talk: SessionModel, session: Session, tmp_path: Path
) -> None:
    dialog = _opened(window)
    assert not dialog.action_button.isEnabled()
    assert dialog.target.currentText() == "Ben"
    QTest.keyClick(dialog.choose_button, Qt.Key.Key_Return)
    chooser = dialog.findChild(QFileDialog, "importChooser")
    assert chooser is not None
    chooser.reject()
    dialog.take_file(tmp_path / "nowhere.json")
    await until(lambda: "cannot be read" in dialog.error.text())
    dialog.take_file(_file(tmp_path / "old.json", 120))
    await until(dialog.action_button.isEnabled)
    assert dialog.error.text() == ""
    assert dialog.facts.text().splitlines()[0] == "120 messages"
    assert "by ben (60), ann (60)" in dialog.facts.text()
    dialog.action_button.click()
    await until(lambda: "120 messages imported." in dialog.said.text())
    timeline = _timeline(talk)
    await until(lambda: timeline.rowCount() > 20)
    shown = timeline.items[0]
    assert shown.origin is MessageOrigin.IMPORTED
    assert _words(window).spoken(shown).endswith("imported")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)

    again = _opened(window)
    await until(lambda: "Earlier imports" in again.earlier.text() and again.earlier.isVisible())
    (row,) = again._earlier_rows
    assert not row.findChildren(ElidedLabel)  # where it went and when would be cut off
    again.undo_button.click()
    await until(lambda: "has been undone" in again.said.text())
    await until(lambda: timeline.rowCount() == 1)
    await until(lambda: not again.earlier.isVisible())
    assert not await session.imports.list()


async def test_an_import_calls_strangers_what_its_file_calls_them(
    window: MainWindow, talk: SessionModel, tmp_path: Path
) -> None:
    """Whoever is known here keeps the name they have, and nobody becomes a member."""
    people = (("u-99", "Old\n Friend"), (BEN, "Somebody else"), ("u-98", ""))
    items = [
        {
            "message_elem_array": [{"elem_type": 0, "text_elem_content": f"old {number}"}],
            "message_sender": user,
            "message_sender_profile": {"user_profile_nick_name": name},
            "message_server_time": 1_600_000_000 + number,
        }
        for number, (user, name) in enumerate(people)
    ]
    path = tmp_path / "old.json"
    path.write_text(json.dumps(items))
    dialog = _opened(window)
    dialog.take_file(path)
    await until(dialog.action_button.isEnabled)
    assert "by Old Friend (1), Somebody else (1), u-98 (1)" in dialog.facts.text()
    dialog.action_button.click()
    timeline = _timeline(talk)
    await until(lambda: timeline.rowCount() == 4)
    assert [message.sender_name for message in timeline.items[:3]] == ["Old Friend", "Ben", "u-98"]
    assert talk.chat.conversation is not None
    assert talk.chat.conversation.name == "Ben"
    dialog.close()


async def test_a_stopped_import_leaves_nothing(
    window: MainWindow, talk: SessionModel, session: Session, tmp_path: Path
) -> None:
    dialog = _opened(window)
    dialog.take_file(_file(tmp_path / "old.json", 3000))
    await until(dialog.action_button.isEnabled)
    talk.imports.progressed.connect(dialog.stop_button.click)
    dialog.action_button.click()
    await until(lambda: "stopped" in dialog.said.text())
    assert not await session.imports.list()
    assert [message.text for message in _timeline(talk).items] == ["hello"]


async def test_a_private_note_stands_in_the_conversation_and_is_never_sent(
    window: MainWindow, talk: SessionModel, session: Session
) -> None:
    field = window.chat_view.composer.field
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert _timeline(talk).rowCount() == 1  # nothing written: nothing kept
    QTest.keyClicks(field, "ask about the tent")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    await until(lambda: _timeline(talk).rowCount() == 2)
    note = _timeline(talk).items[1]
    assert (note.text, note.origin, note.is_self) == ("ask about the tent", MessageOrigin.SAVED, True)
    assert field.toPlainText() == ""
    assert await session.outbox.unsent_count() == 0
    words = _words(window)
    assert words.spoken(note).endswith("private note")
    assert words.state(note) == "private note"


async def test_a_private_note_is_changed_and_deleted(window: MainWindow, talk: SessionModel, session: Session) -> None:
    await session.local.save(c2c_id(BEN), LocalMessage(ANN, (Text("ask about the tent"),)))
    await until(lambda: _timeline(talk).rowCount() == 2)
    note = _timeline(talk).items[1]
    assert Action.EDIT in actions_for(Target(note))
    field = window.chat_view.composer.field
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Up)  # as with a message
    await until(lambda: field.toPlainText() == "ask about the tent")
    bar = window.chat_view.composer.findChild(ModeBar)
    assert bar is not None
    assert bar.accessibleName().startswith("Change your private note")
    field.setPlainText("ask about the *boat*")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: _timeline(talk).items[1].text == "ask about the *boat*")
    changed = _timeline(talk).items[1]
    assert (changed.key, changed.origin, changed.edited_ms) == (note.key, MessageOrigin.SAVED, 0)
    assert await session.outbox.unsent_count() == 0
    assert [hit.message.key for hit in await session.search.find(SearchQuery("boat"))] == [note.key]
    pane = window.findChild(MessagePane)
    assert pane is not None
    pane.requests.delete_requested.emit((note.key,))
    await until(lambda: bool(window.findChildren(DeleteDialog)))
    dialog = window.findChildren(DeleteDialog)[0]
    assert list(dialog.choices) == [Scope.HERE]
    assert "Nobody else" in dialog.choices[Scope.HERE].accessibleDescription()
    dialog.submit()
    await until(lambda: _timeline(talk).rowCount() == 1)
    await until(pane._overlay.undo.isVisible)
    QTest.keyClick(pane, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: _timeline(talk).rowCount() == 2)
    assert pane._overlay.undo.isHidden()
    talk.chat.deletion.start((note.key,), everywhere=False)
    talk.chat.deletion.finish()
    await until(lambda: _timeline(talk).rowCount() == 1)


async def test_an_export_counts_as_the_history_does(
    window: MainWindow, account: SessionModel, session: Session, tmp_path: Path
) -> None:
    said = [incoming(Tip(TipKind.CREATED)), incoming("hello"), incoming("there"), incoming(Tip(TipKind.JOINED, (BEN,)))]
    await receive(session, group("!trip", "Trip", said))
    account.load(group_id("!trip"))
    past = account.past(group_id("!trip"))
    await until(lambda: past.count_text() == "2 messages are on this computer.")
    window.chat_view.header.export_asked.emit()
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    dialog.write(tmp_path / "trip.txt")
    await until(lambda: dialog.said.text().startswith("2 messages are in"))
    dialog.close()


async def test_a_conversation_is_exported_with_the_words_of_the_window(
    window: MainWindow, talk: SessionModel, session: Session, tmp_path: Path
) -> None:
    await session.local.save(c2c_id(BEN), LocalMessage(ANN, (Text("ask <b>Ben</b>"),)))
    rich = "<ul><li>tea <code>x</code></ul><script>y</script>"
    await session.local.save(c2c_id(BEN), LocalMessage(ANN, (Text("* tea", rich),)))
    window.chat_view.header.export_asked.emit()
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    path = tmp_path / "talk.html"
    dialog.write(path)
    await until(lambda: str(path) in dialog.said.text())
    assert dialog.open_button.isVisible() and dialog.folder_button.isVisible()
    page = path.read_text(encoding="utf-8")
    assert "Ben</bdi></div>" in page
    assert "hello" in page
    assert "You</bdi></div>" in page
    assert "ask &lt;b&gt;Ben&lt;/b&gt;" in page
    assert '<div class="rich" dir="auto"><ul><li>tea <code>x</code></li></ul></div>' in page
    assert "private note" in page
    dialog.range.setChecked(True)
    assert dialog.first.isEnabled()
    dialog.first.setDate(dialog.last.date().addDays(-3))
    dialog.last.setDate(dialog.last.date().addDays(-2))
    dialog.format.setCurrentIndex(1)
    dialog.write(tmp_path / "talk.txt")
    await until(lambda: dialog.said.text().startswith("0 messages"))
    dialog.write(tmp_path / "no" / "where.txt")
    await until(lambda: "cannot be written" in dialog.error.text())
    assert not dialog.open_button.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
