"""What a screen reader finds in the message pane: visible messages, each one item, and no crash whatever it asks."""

import gc

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from chatdesk.domain.changes import Insert, Remove, Reset, Update
from chatdesk.domain.elements import File, Media, Text
from chatdesk.domain.messages import MessageState, Quote, Reaction
from chatdesk.views import accessibility, message_accessibility, message_accessible_base
from tests.views.message_pane_setting import Setting, names_of
from tests.views.message_samples import BEN, OWN, message, talk


@pytest.fixture(autouse=True)
def active(qtbot: QtBot) -> None:
    """Events are only sent when somebody listens."""
    QAccessible.setActive(True)


def _interface(setting: Setting) -> QAccessibleInterface:
    interface = QAccessible.queryAccessibleInterface(setting.pane)
    assert interface is not None
    return interface


def _names(interface: QAccessibleInterface) -> list[str]:
    return [interface.child(index).text(QAccessible.Text.Name) for index in range(interface.childCount())]


def _row(setting: Setting, key: int) -> QAccessibleInterface:
    return _interface(setting).child(setting.visible_keys().index(key))


def test_visible_messages_are_the_children(qtbot: QtBot) -> None:
    messages = (*talk(100_000), message("Bye", key=200_000, sender=OWN, position=5))
    setting = Setting(qtbot, messages)
    setting.model.set_read_positions({BEN: 5})
    interface = _interface(setting)
    assert interface.role() is QAccessible.Role.List
    assert interface.text(QAccessible.Text.Name) == "Messages"
    assert interface.childCount() == len(setting.visible_keys()) < 40
    names = _names(interface)
    assert names[-1] == f"You, Bye, {setting.layout(200_000).time}, read by Ben"
    assert setting.pane.rows.built < 60


def test_an_item_has_place_role_and_parent(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(30))
    interface = _interface(setting)
    for index in range(interface.childCount()):
        row = interface.child(index)
        assert row.role() is QAccessible.Role.ListItem
        assert row.parent() is interface
        assert interface.indexOfChild(row) == index
        assert row.childCount() == 0
        assert row.child(0) is None
        assert row.isValid()
        center = row.rect().center()
        assert interface.rect().contains(row.rect())
        assert interface.childAt(center.x(), center.y()) is row
    assert interface.child(999) is None
    assert interface.childAt(-50, -50) is None


def test_the_jump_button_is_a_child_while_it_is_there(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(60))
    interface = _interface(setting)
    setting.pane.scroll_by(-900)
    button = interface.child(interface.childCount() - 1)
    assert button.object() is setting.pane._jump
    assert button.text(QAccessible.Text.Name) == "Jump to newest"
    assert interface.indexOfChild(button) == interface.childCount() - 1
    setting.pane.jump_to_newest()
    assert interface.childCount() == len(setting.visible_keys())


def test_focus_follows_the_current_message(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(30))
    setting.focus_by_tab()
    QTest.keyClick(setting.pane, Qt.Key.Key_Up)
    interface = _interface(setting)
    focused = interface.focusChild()
    assert focused is _row(setting, 29)
    assert focused.state().focused
    assert not _row(setting, 30).state().focused


def test_items_follow_their_message_and_scrolled_away_ones_are_let_go(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(200))
    row = _row(setting, 200)
    _names(_interface(setting))
    setting.model.apply(Update(199, message("edited", key=200)))
    assert "edited" in row.text(QAccessible.Text.Name)
    assert _row(setting, 200) is row
    setting.pane.scroll_by(-3000)
    assert not row.isValid()
    assert row.text(QAccessible.Text.Name)
    qtbot.waitUntil(lambda: not Shiboken.isValid(row))
    for _ in range(60):
        setting.pane.scroll_by(-150)
        _names(_interface(setting))
        setting.show_now()
    alive = [kept for kept in message_accessible_base.kept if Shiboken.isValid(kept)]
    rows = [kept for kept in alive if isinstance(kept, message_accessibility.RowInterface)]
    assert len(rows) <= len(setting.visible_keys()) + 20  # and what other tests have left to Qt's cache


def test_press_and_menu_actions(qtbot: QtBot) -> None:
    file = File(Media("mxc://a/b", "a.pdf"))
    setting = Setting(qtbot, (message("mine", key=1, sender=OWN), message(file, key=2)))
    actions = _row(setting, 2).actionInterface()
    press, menu = QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.showMenuAction()
    assert {press, menu} <= set(actions.actionNames())
    actions.doAction(press)
    assert setting.told == [("download_requested", 2, 0)]
    actions.doAction("nonsense")
    _row(setting, 1).actionInterface().doAction(QAccessibleActionInterface.setFocusAction())
    assert setting.pane.currentIndex().row() == 0


def test_the_menu_action_opens_the_menu(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message("mine", key=1, sender=OWN),))
    _row(setting, 1).actionInterface().doAction(QAccessibleActionInterface.showMenuAction())
    menu = setting.open_menu()
    assert names_of(menu) == ["editMessage", "copyText", "recallMessage", "deleteMessage"]
    assert menu is not None
    menu.close()


def test_links_quotes_and_reactions_are_children_that_can_be_pressed(qtbot: QtBot) -> None:
    quote = Quote("$9", 9, OWN, "Ann", "the words", "text")
    text = Text("x", 'see <a href="https://example.org/a">this</a> <span data-mx-spoiler>secret</span>')
    mine = Reaction("👍", (OWN,), is_mine=True)
    rich = replace(message(text, key=1), reply_to=quote, reactions=(mine,))
    setting = Setting(qtbot, (rich, message("broken", key=2, sender=OWN, state=MessageState.FAILED)))
    row = _row(setting, 1)
    children = [row.child(number) for number in range(row.childCount())]
    assert [child.text(QAccessible.Text.Name) for child in children] == [
        "reply to You: the words",
        "Show the hidden text",
        "this",
        "You reacted with 👍",
        "Add a reaction",
    ]
    link, button = QAccessible.Role.Link, QAccessible.Role.Button
    assert [child.role() for child in children] == [link, button, link, button, button]
    assert [child.state().checked for child in children] == [False, False, False, True, False]
    assert all(row.rect().adjusted(-1, -1, 40, 40).contains(child.rect()) for child in children)
    assert all(child.rect().width() > 5 for child in children)
    assert row.childAt(children[2].rect().center().x(), children[2].rect().center().y()) is children[2]
    press = QAccessibleActionInterface.pressAction()
    for number in (0, 2, 3):
        children[number].actionInterface().doAction(press)
    failed = _row(setting, 2)
    assert [failed.child(number).text(QAccessible.Text.Name) for number in range(2)] == ["Retry", "Delete"]
    failed.child(0).actionInterface().doAction(press)
    assert setting.told == [
        ("message_wanted", 9),
        ("link_activated", "https://example.org/a"),
        ("react_requested", 1, "👍"),
        ("retry_requested", 2),
    ]
    children[1].actionInterface().doAction(press)
    assert row.childCount() == 4
    assert "secret" in row.text(QAccessible.Text.Name)
    assert not children[4].isValid()


def test_what_cannot_be_sent_is_said_once(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(accessibility, "announce", lambda _, text: said.append(text))
    setting = Setting(qtbot, (message("Hello", key=1, sender=OWN, state=MessageState.QUEUED),))
    failed = replace(setting.model.items[0], state=MessageState.FAILED, failure="The server refuses it.")
    for _ in range(2):
        setting.model.apply(Update(0, failed))
    assert len(said) == 1 and "Hello" in said[0] and "The server refuses it." in said[0]
    setting.model.apply(Update(0, replace(failed, state=MessageState.QUEUED)))
    setting.model.apply(Update(0, failed))
    assert len(said) == 2


def test_casts_that_offer_nothing_do_not_crash(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(3))
    for interface in (_interface(setting), _row(setting, 3)):
        assert interface.textInterface() is None
        assert interface.tableCellInterface() is None
        assert interface.editableTextInterface() is None
        assert interface.attributesInterface() is None
        assert interface.valueInterface() is None
        assert interface.selectionInterface() is None


def test_asking_through_every_change_and_end_does_not_crash(qtbot: QtBot) -> None:
    for _ in range(5):
        setting = Setting(qtbot, talk(60), closes_pane=False)
        interface = _interface(setting)
        for diff in (
            Insert(60, (message("new", key=900),)),
            Insert(0, talk(50, 2000)),
            Remove(100, 11),
            Update(0, message("", key=2000, state=MessageState.REVOKED)),
            Reset(talk(7)),
            Reset(()),
            Reset(talk(9)),
        ):
            setting.model.apply(diff)
            _names(interface)
            setting.pane.scroll_by(-120)
            setting.show_now()
            _names(interface)
        setting.pane.set_model(None)
        assert interface.childCount() == 0
        rows = [interface]
        setting.pane.close()
        setting.pane.deleteLater()
        QCoreApplication.sendPostedEvents(setting.pane, QEvent.Type.DeferredDelete.value)
        gc.collect()
        assert not any(Shiboken.isValid(row) for row in rows)
