"""Send to many: written by keyboard, looked at, sent, a table of results that outlives the dialog."""

import asyncio
import csv
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from chatdesk.core.session import Session
from chatdesk.domain.changes import Connection, ConnectionKind
from chatdesk.domain.conversations import UserProfile
from chatdesk.domain.elements import Text
from chatdesk.domain.errors import Interrupted
from chatdesk.domain.mailings import Copy, CopyState
from chatdesk.models.mailing import MailingModel
from chatdesk.models.session import SessionModel
from chatdesk.store import mailings as store
from chatdesk.views.mailing_dialog import MailingDialog
from chatdesk.views.main_window import MainWindow
from tests.models.offline import BEN, CARLA, direct, incoming, receive_direct
from tests.models.waiting import until


def _opened(window: MainWindow) -> MailingDialog:
    window.list_pane.mailing_asked.emit()
    dialogs = [dialog for dialog in window.findChildren(MailingDialog) if dialog.isVisible()]
    assert len(dialogs) == 1
    return dialogs[0]


def _rows(dialog: MailingDialog) -> list[tuple[str, str, bool]]:
    items = [dialog.results.table.topLevelItem(row) for row in range(dialog.results.table.topLevelItemCount())]
    return [(_bare(item.text(0)), item.text(1), bool(item.text(2))) for item in items if item is not None]


def _bare(text: str) -> str:
    """Without the marks around what reads from left to right."""
    return text.replace("\u2066", "").replace("\u2069", "")


async def test_from_writing_to_the_table(
    window: MainWindow, account: SessionModel, session: Session, tmp_path: Path
) -> None:
    await receive_direct(session, direct(BEN, [incoming("hello")], "Ben"))
    account.load()
    await until(lambda: account.is_loaded)
    dialog = _opened(window)
    await until(dialog.isActiveWindow)
    assert not dialog.action_button.isEnabled()
    assert dialog.people.hits.height() < 2 * dialog.people.hits.minimumHeight()  # an empty list keeps no page's room
    dialog.people.field.setText(f"{BEN}, {CARLA} {BEN}")
    QTest.keyClick(dialog.people.field, Qt.Key.Key_Return)
    assert [profile.user_id for profile in dialog.people.chosen.profiles] == [BEN, CARLA]
    assert not dialog.action_button.isEnabled()  # nothing written yet
    QTest.keyClicks(dialog.text, "To you *all*")
    assert dialog.action_button.isEnabled()
    dialog.action_button.click()
    assert dialog.pages.currentWidget() is dialog.preview
    assert dialog.preview.to.text() == "To: Ben, carla"
    assert dialog.preview.invited.text().startswith("1 of them has no conversation")
    assert dialog.action_button.text() == "Send to 2 people"
    dialog.back_button.click()
    assert dialog.text.toPlainText() == "To you *all*"
    dialog.action_button.click()
    dialog.action_button.click()

    mailings = session.mailings
    await until(lambda: [c.state for c in mailings.copies] == [CopyState.SENDING, CopyState.FAILED])
    assert dialog.pages.currentWidget() is dialog.results
    await until(lambda: _rows(dialog)[1][1] == "Failed")
    assert _rows(dialog) == [(f"Ben ({BEN})", "Sending…", False), (CARLA, "Failed", True)]
    assert dialog.results.sum.text() == "0 sent · 1 failed · 1 waiting"
    assert dialog.stop_button.isVisible()
    assert not dialog.action_button.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()

    again = _opened(window)  # it went on, and can be looked at again
    assert again.pages.currentWidget() is again.results
    assert mailings.is_running
    QTest.keyClick(again, Qt.Key.Key_Escape)
    await until(lambda: bool(mailings.copies[0].keys))
    await session.outbox.discard(mailings.copies[0].keys[0])
    await until(lambda: not mailings.is_running)
    assert "2 failed" in window.notice.text
    third = _opened(window)
    assert third.action_button.text() == "Try 2 again"
    path = tmp_path / "results.csv"
    account.mailing.save_table(path)
    await until(lambda: str(path) in third.results.sum.text())
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file))
    assert table[0] == ["user", "name", "state", "reason", "time"]
    assert [(row[0], row[1], row[2]) for row in table[1:]] == [(BEN, "Ben", "failed"), (CARLA, "carla", "failed")]
    third.another_button.click()
    assert third.pages.currentWidget() is not third.results
    assert not mailings.copies
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # the dialogs closed before are gone
    third.text.setPlainText("One more thing")
    third.people.field.setText(CARLA)
    third.action_button.click()
    third.action_button.click()
    await until(lambda: third.pages.currentWidget() is third.results)
    await until(lambda: not mailings.is_running)
    assert [row[1] for row in _rows(third)] == ["Failed"]


async def test_what_has_ended_well_makes_room_for_the_next(
    window: MainWindow, account: SessionModel, session: Session
) -> None:
    session.mailings.copies = [Copy(BEN, CopyState.SENT)]
    dialog = _opened(window)
    assert dialog.pages.currentWidget() is not dialog.results
    dialog.people.chosen.add(UserProfile(CARLA, "Carla B."))
    dialog.text.setPlainText("Hello")
    assert dialog.last_button.isVisible()
    dialog.last_button.click()
    assert dialog.pages.currentWidget() is dialog.results
    assert [row[1] for row in _rows(dialog)] == ["Sent"]
    dialog.another_button.click()
    assert not dialog.last_button.isVisible()
    dialog.action_button.click()
    assert dialog.preview.to.text() == "To: Carla B."


async def test_the_table_is_there_again_after_a_restart(
    window: MainWindow, account: SessionModel, session: Session
) -> None:
    await receive_direct(session, direct(BEN, [incoming("hello")], "Ben"))
    account.load()
    await until(lambda: account.is_loaded)
    mailings = session.mailings
    await mailings.start([BEN, CARLA], [(Text("To you all"),)])
    await until(lambda: [c.state for c in mailings.copies] == [CopyState.SENDING, CopyState.FAILED])
    await until(lambda: bool(mailings.copies[0].keys))
    session.outbox.end(Interrupted("chatdesk ends."))
    await until(lambda: [c.state for c in mailings.copies] == [CopyState.WAITING, CopyState.FAILED])
    before = list(mailings.copies)
    mailings.copies, mailings.contents = [], ()
    await mailings.open()  # as the next start does
    assert mailings.copies == before
    session._line.set(Connection(ConnectionKind.CATCHING_UP))
    assert window.notice.text == "A message to many people is still being sent: 0 sent · 1 failed · 1 waiting"
    dialog = _opened(window)
    assert dialog.pages.currentWidget() is dialog.results
    assert [(row[1], row[2]) for row in _rows(dialog)] == [("Waiting", False), ("Failed", True)]
    assert dialog.stop_button.isVisible()
    assert dialog.another_button.isHidden()
    dialog.stop_button.click()  # it is in the outbox: too late for that
    assert mailings.copies[0].state is CopyState.WAITING
    session.outbox._waiting.resume()
    mailings.resume()  # as the next connection does
    await until(lambda: _rows(dialog)[0][1] == "Sending…")
    await session.outbox.discard(before[0].keys[0])
    await until(lambda: not mailings.is_running)
    assert [copy.keys for copy in mailings.copies] == [copy.keys for copy in before]
    await until(lambda: dialog.another_button.isVisible())
    dialog.another_button.click()
    await asyncio.sleep(0)
    await session._database.write(lambda _: None)  # behind what forgets it
    assert await session._database.read(store.last) is None


async def test_what_cannot_be_sent_is_said_and_stays_written(
    window: MainWindow, account: SessionModel, session: Session, tmp_path: Path
) -> None:
    account.load()
    await until(lambda: account.is_loaded)
    dialog = _opened(window)
    gone = tmp_path / "gone.txt"
    gone.write_text("x")
    account.mailing.attachments.add([gone])
    await until(lambda: dialog.files.isVisible())
    gone.unlink()
    dialog.people.field.setText(BEN)
    dialog.action_button.click()
    dialog.action_button.click()
    await until(lambda: "gone.txt" in dialog.error.text())
    assert dialog.pages.currentWidget() is dialog.preview
    assert account.mailing.attachments.files
    assert not session.mailings.copies


async def test_no_name_becomes_a_formula_in_a_spreadsheet(account: SessionModel, session: Session) -> None:
    model: MailingModel = account.mailing
    await session.mailings.start(["@=cmd|x:example.org", BEN], [])
    await until(lambda: not model.is_running)
    rows = list(csv.reader(model.table().splitlines()))
    assert rows[1][0] == "'@=cmd|x:example.org"
    assert rows[1][1] == "'=cmd|x"
    assert rows[2][0] == BEN
