"""Custom data leaves from the window as it was typed, is shown by its description, and "View data" shows the rest."""

import json

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatdesk.core.session import Session
from chatdesk.domain.elements import Custom, Text
from chatdesk.models.custom_data import json_problem
from chatdesk.models.session import SessionModel
from chatdesk.views.custom_dialog import CustomDialog
from chatdesk.views.main_window import MainWindow
from chatdesk.views.message_details import MessageDetails
from chatdesk.views.message_menu import Action, Target, actions_for
from chatdesk.views.message_pane import MessagePane
from tests.models.offline import BEN, c2c_id, direct, incoming, receive_direct
from tests.models.waiting import until


def test_what_is_no_json_is_told_with_its_place() -> None:
    assert json_problem('{"a": [1, 2.5, null, "é"]}') is None
    assert json_problem('{\n "a": oops}') == (2, 7)
    assert json_problem("") == (1, 1)
    assert json_problem("[NaN]") == (1, 1)
    assert json_problem("[" * 100_000) == (1, 1)


async def test_it_leaves_as_it_was_typed(window: MainWindow, account: SessionModel, session: Session) -> None:
    await receive_direct(session, direct(BEN, [incoming("hello")], "Ben"))
    account.load(c2c_id(BEN))
    await until(lambda: account.chat.timeline is not None and account.chat.timeline.rowCount() == 1)
    window.chat_view.composer.tools.choose_custom()
    dialog = window.findChild(CustomDialog)
    assert dialog is not None
    await until(dialog.isActiveWindow)
    assert dialog.description.hasFocus()
    assert not dialog.action_button.isEnabled()
    QTest.keyClicks(dialog.description, "Order 1234")
    QTest.keyClick(dialog.description, Qt.Key.Key_Tab)
    QTest.keyClick(dialog.kind, Qt.Key.Key_Tab)
    assert dialog.data.hasFocus()
    dialog.data.setPlainText('{"order": 1234')
    assert dialog.found.text() == "Not JSON from line 1, column 15 on."
    dialog.action_button.click()
    assert "line 1, column 15" in dialog.error.text()
    assert dialog.isVisible()
    dialog.data.setPlainText('{"order": "x' + "y" * 50_000 + '"}')
    dialog.action_button.click()
    assert "too long" in dialog.error.text()
    typed = ' {"order":  1234}\n'
    dialog.data.setPlainText(typed)
    assert dialog.found.text() == "This is JSON."
    dialog.extension.setText("ext")
    dialog.sound.setText("ping")
    QTest.keyClick(dialog.sound, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    timeline = account.chat.timeline
    assert timeline is not None
    await until(lambda: timeline.rowCount() == 2)
    message = timeline.items[1]
    assert message.elements == (Custom(typed, "Order 1234", "ext", "ping"),)
    assert Action.VIEW_DATA in actions_for(Target(message))
    assert Action.VIEW_DATA not in actions_for(Target(timeline.items[0]))
    assert isinstance(timeline.items[0].elements[0], Text)
    pane = window.findChild(MessagePane)
    assert pane is not None
    pane.requests.data_requested.emit(message.key)
    details = pane.findChild(MessageDetails)
    assert details is not None
    assert details.data.isVisible()
    assert json.loads(details.data.toPlainText())["elements"][0]["data"] == typed
    details.accept()


async def test_plain_text_is_not_looked_at(window: MainWindow) -> None:
    dialog = CustomDialog(window)
    sent: list[Custom] = []
    dialog.chosen.connect(sent.append)
    dialog.open()
    dialog.description.setText("Note for the robot")
    dialog.kind.setCurrentIndex(1)
    dialog.data.setPlainText("{not json")
    assert dialog.found.text() == "Sent exactly as it stands here."
    dialog.action_button.click()
    assert sent == [Custom("{not json", "Note for the robot")]
