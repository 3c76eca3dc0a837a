"""Group details: what may be changed is open, the rest is grey; a refusal is said and nothing typed is lost."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from chatdesk.core.session import Session
from chatdesk.domain.powers import Powers
from chatdesk.models.session import SessionModel
from chatdesk.views.conversation_menu import Wish
from chatdesk.views.group_dialog import GroupDialog
from chatdesk.views.main_window import MainWindow
from tests.models.offline import ANN, group, group_id, incoming, receive
from tests.models.waiting import until

LUNCH = group_id("!Lunch")


async def _opened(session: Session, account: SessionModel, window: MainWindow, powers: Powers) -> GroupDialog:
    facts = {"topic": "Where and when", "powers": powers, "avatar_uri": "mxc://example.org/a"}
    await receive(session, group("!Lunch", "Lunch", [incoming("hi")], **facts))  # type: ignore[arg-type]
    account.load()
    await until(lambda: account.is_loaded)
    window.list_pane.wished.emit(Wish.DETAILS, LUNCH)
    dialog = window.findChild(GroupDialog)
    assert dialog is not None
    await until(dialog.isVisible)
    assert (dialog.name.text(), dialog.topic.toPlainText()) == ("Lunch", "Where and when")
    return dialog


async def test_a_member_looks_only(session: Session, account: SessionModel, window: MainWindow) -> None:
    dialog = await _opened(session, account, window, Powers())
    assert not dialog.name.isEnabled()
    assert not dialog.topic.isEnabled()
    assert not dialog.choose_button.isVisible()
    assert not dialog.action_button.isVisible()
    assert any("role" in label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
    # A role given meanwhile opens it.
    await receive(session, group("!Lunch", None, powers=Powers({ANN: 50})))
    await until(dialog.name.isEnabled)
    assert dialog.action_button.isVisible()
    dialog.reject()


async def test_a_refusal_is_said_and_what_was_typed_stays(
    session: Session, account: SessionModel, window: MainWindow
) -> None:
    dialog = await _opened(session, account, window, Powers({ANN: 100}))
    assert dialog.remove_button.isVisible()
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, "Late lunch")
    save = dialog.findChild(QPushButton, "groupDetailsButton")
    assert save is not None
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    await until(lambda: bool(dialog.error.text()))  # there is no server here
    assert dialog.isVisible()
    assert dialog.name.text() == "Late lunch"
    assert save.isEnabled()
    # Nothing changed: nothing to ask the server for, and done.
    dialog.name.setText("Lunch")
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    await until(lambda: not dialog.isVisible())
