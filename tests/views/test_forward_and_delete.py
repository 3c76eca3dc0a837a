"""The dialogs behind Forward and Delete, clicked and typed into."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.domain.conversation_list import ConversationList
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.deletion import Scope
from chatdesk.models.forward_targets import ForwardTargets
from chatdesk.views.delete_dialog import DeleteDialog
from chatdesk.views.forward_dialog import ForwardDialog
from chatdesk.views.theme import SPACING, Theme

LEFT = Qt.MouseButton.LeftButton


def _conversation(number: int, name: str, **more: object) -> Conversation:
    identifier = ConversationId(ConversationType.GROUP, f"!{number}")
    facts: dict[str, object] = {"membership": Membership.JOINED, "sort_time_ms": 1000 - number} | more
    return Conversation(id=identifier, name=name, **facts)  # type: ignore[arg-type]


def _list() -> ConversationListModel:
    model = ConversationListModel()
    model.show(
        ConversationList.of(
            [
                _conversation(1, "Harbour"),
                _conversation(2, "Garden"),
                _conversation(3, "Invited", membership=Membership.INVITED),
                _conversation(4, "Secret", is_encrypted=True),
                _conversation(5, "Harvest"),
            ]
        )
    )
    return model


def _forward(qtbot: QtBot, theme: Theme, model: ConversationListModel) -> tuple[ForwardDialog, list[object]]:
    dialog = ForwardDialog(theme, model, ["Ben, 10:00: hello"] * 5)
    sent: list[object] = []
    dialog.chosen.connect(sent.append)
    with qtbot.waitExposed(dialog):
        dialog.open()
    return dialog, sent


def _row(dialog: ForwardDialog, row: int) -> QPoint:
    return dialog.list.visualRect(dialog.targets.index(row, 0)).center()


def test_several_are_chosen_by_clicks(qtbot: QtBot, theme: Theme) -> None:
    model = _list()
    dialog, sent = _forward(qtbot, theme, model)
    names = [dialog.targets.index(row, 0).data() for row in range(dialog.targets.rowCount())]
    assert names == ["Harbour", "Garden", "Harvest"]
    assert not dialog.action_button.isEnabled()
    for row in (0, 2, 1, 1):
        QTest.mouseClick(dialog.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, _row(dialog, row))
    assert dialog.choice.full_text() == "To: Harbour, Harvest"
    QTest.mouseClick(dialog.action_button, LEFT)
    assert sent == [(ConversationId(ConversationType.GROUP, "!1"), ConversationId(ConversationType.GROUP, "!5"))]


def test_what_may_be_several_has_boxes(qtbot: QtBot, theme: Theme) -> None:
    """Circles are for one of several: near its corner a box has its colour, a circle the ground's."""
    dialog, _ = _forward(qtbot, theme, _list())
    dialog.targets.toggle(dialog.targets.index(0, 0))
    row = dialog.list.visualRect(dialog.targets.index(0, 0))
    line = QFontMetrics(dialog.list.font()).height()
    picture = dialog.list.viewport().grab().toImage()
    left, top = row.right() - 2 * SPACING - line, row.center().y() - line // 2
    assert picture.pixelColor(left + 2, top + 2) == theme.colors.color("accent")


def test_all_by_keys(qtbot: QtBot, theme: Theme) -> None:
    model = _list()
    dialog, sent = _forward(qtbot, theme, model)
    dialog.activateWindow()
    QTest.keyClicks(dialog.field, "har")
    assert dialog.targets.rowCount() == 2
    QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    dialog.field.clear()
    assert dialog.targets.chosen == (ConversationId(ConversationType.GROUP, "!5"),)
    dialog.submit()
    assert len(sent) == 1


def test_enter_takes_the_only_hit_then_sends(qtbot: QtBot, theme: Theme) -> None:
    model = _list()
    dialog, sent = _forward(qtbot, theme, model)
    QTest.keyClicks(dialog.field, "gard")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert sent == []
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert sent == [(ConversationId(ConversationType.GROUP, "!2"),)]


def test_a_choice_stays_while_the_list_changes(qtbot: QtBot, theme: Theme) -> None:
    model = _list()
    targets = ForwardTargets(model)
    targets.toggle(targets.index(1, 0))
    model.show(ConversationList.of([_conversation(2, "Garden", sort_time_ms=5000), _conversation(1, "Harbour")]))
    assert targets.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert targets.names == ("Garden",)


def test_the_preview_shows_the_first_lines(qtbot: QtBot, theme: Theme) -> None:
    dialog, _ = _forward(qtbot, theme, _list())
    assert [line.full_text() for line in dialog.preview] == ["Ben, 10:00: hello"] * 3 + ["and 2 more"]
    dialog.reject()


def _delete(qtbot: QtBot, theme: Theme, can_recall: bool) -> tuple[DeleteDialog, list[object]]:
    dialog = DeleteDialog(3, can_recall)
    chosen: list[object] = []
    dialog.chosen.connect(chosen.append)
    with qtbot.waitExposed(dialog):
        dialog.open()
    return dialog, chosen


def test_deleting_asks_from_where(qtbot: QtBot, theme: Theme) -> None:
    for scope in Scope:
        dialog, chosen = _delete(qtbot, theme, can_recall=True)
        assert dialog.windowTitle() == "Delete 3 messages?"
        dialog.choices[scope].click()
        QTest.mouseClick(dialog.action_button, LEFT)
        assert chosen == [scope]


def test_one_message_is_it(qtbot: QtBot, theme: Theme) -> None:
    dialog = DeleteDialog(1, can_be_recalled=True)
    qtbot.addWidget(dialog)
    said = [choice.accessibleDescription() for choice in dialog.choices.values()]
    assert [words.split()[0] for words in said] == ["It", "Wherever", "It"]
    assert said[1].endswith("Others still see it.")


def test_here_is_the_first_choice_and_everyone_only_where_allowed(qtbot: QtBot, theme: Theme) -> None:
    dialog, chosen = _delete(qtbot, theme, can_recall=False)
    assert set(dialog.choices) == {Scope.HERE, Scope.DEVICES}
    QTest.mouseClick(dialog.cancel_button, LEFT)
    assert chosen == []
    dialog, chosen = _delete(qtbot, theme, can_recall=False)
    dialog.submit()
    assert chosen == [Scope.HERE]
    QApplication.processEvents()
