"""The left pane by mouse and keyboard: opening, filtering, and what stays put when messages come."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMessageBox, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.core.session import Session
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.session import SessionModel
from chatdesk.views.conversation_list_view import ConversationListView
from chatdesk.views.main_window import MainWindow
from chatdesk.views.theme import Theme
from chatdesk.views.widgets import EmptyState
from tests.models.offline import CARLA, group, group_id, hold_rest_of_list, incoming, now_ms, receive
from tests.models.waiting import turn, until

_MINUTE_MS = 60_000


@pytest.fixture
async def rows(session: Session, account: SessionModel, window: MainWindow) -> ConversationListView:
    """Lunch, Trip, Work, from new to old."""
    for age, name in enumerate(("Lunch", "Trip", "Work"), start=1):
        await receive(session, group(f"!{name}", name, [incoming(f"in {name}", time_ms=now_ms() - age * _MINUTE_MS)]))
    account.load()
    await until(lambda: account.is_loaded)
    return window.list_pane.list


def _conversation(index: QModelIndex) -> str:
    conversation: Conversation | None = index.data(ConversationListModel.CONVERSATION)
    return "" if conversation is None else conversation.name


def _shown(rows: ConversationListView) -> list[str]:
    model = rows.model()
    return [_conversation(model.index(row, 0)) for row in range(model.rowCount())]


def _selected(rows: ConversationListView) -> str:
    indexes = rows.selectionModel().selectedIndexes()
    return _conversation(indexes[0]) if indexes else ""


def _open(account: SessionModel) -> str:
    return "" if account.chat.conversation is None else account.chat.conversation.name


def _click(rows: ConversationListView, row: int, key: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    QTest.mouseClick(rows.viewport(), key, pos=rows.visualRect(rows.model().index(row, 0)).center())


async def test_the_rows_of_a_long_list_come_in_below_and_move_nothing(
    session: Session, account: SessionModel, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatdesk.core.conversations._SHORT_LIST", 40)
    monkeypatch.setattr("chatdesk.core.conversations._AT_ONCE", 30)
    said = [incoming("hi", time_ms=now_ms() - age * _MINUTE_MS) for age in range(60)]
    await receive(session, *(group(f"!{age}", f"Group {age}", [one], unread=1) for age, one in enumerate(said)))
    rest = hold_rest_of_list(session)
    await account.close()
    again = SessionModel(session)
    window.attach(again)
    rows = window.list_pane.list
    again.load()
    await until(lambda: again.has_begun and rows.verticalScrollBar().maximum() > 0)
    assert rows.model().rowCount() == 30
    assert not again.is_loaded
    assert "(" not in window.windowTitle()
    rows.setFocus()
    rows.setCurrentIndex(rows.model().index(25, 0))
    place = rows.verticalScrollBar().value()
    rest.set()
    await until(lambda: again.is_loaded)
    assert rows.model().rowCount() == 60
    assert rows.verticalScrollBar().value() == place > 0
    assert _conversation(rows.currentIndex()) == "Group 25"
    assert window.windowTitle().startswith("(60)")
    await again.close()


async def test_a_click_opens_and_the_open_one_is_selected(rows: ConversationListView, account: SessionModel) -> None:
    assert _shown(rows) == ["Lunch", "Trip", "Work"]
    assert _selected(rows) == ""
    _click(rows, 1)
    assert (_open(account), _selected(rows)) == ("Trip", "Trip")


async def test_walking_by_keyboard_opens_nothing_until_enter(rows: ConversationListView, account: SessionModel) -> None:
    _click(rows, 0)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert (_open(account), _selected(rows), _conversation(rows.currentIndex())) == ("Lunch", "Lunch", "Work")
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert (_open(account), _selected(rows)) == ("Work", "Work")


async def test_a_message_moves_the_row_but_neither_selection_nor_keyboard(
    rows: ConversationListView, account: SessionModel, session: Session
) -> None:
    _click(rows, 1)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    opened: list[bool] = []
    account.chat.opened.connect(lambda: opened.append(True))
    await receive(session, group("!Work", None, [incoming("new")]))
    await until(lambda: _shown(rows)[0] == "Work")
    await receive(session, group("!Trip", None, [incoming("newer", time_ms=now_ms() + 1)]))
    await until(lambda: _shown(rows)[0] == "Trip")
    assert (_open(account), _selected(rows), _conversation(rows.currentIndex())) == ("Trip", "Trip", "Work")
    assert opened == []


async def test_the_filter(rows: ConversationListView, account: SessionModel, window: MainWindow) -> None:
    _click(rows, 0)
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    field = window.list_pane.filter_field
    assert field.hasFocus()
    QTest.keyClicks(field, "tri")
    assert _shown(rows) == ["Trip"]
    assert _open(account) == "Lunch"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert _open(account) == "Trip"
    assert _shown(rows) == ["Lunch", "Trip", "Work"]
    assert _selected(rows) == "Trip"


async def test_down_walks_from_the_filter_into_the_list(rows: ConversationListView, window: MainWindow) -> None:
    field = window.list_pane.filter_field
    field.setFocus()
    QTest.keyClicks(field, "r")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert rows.hasFocus()
    assert _conversation(rows.currentIndex()) == "Trip"


async def test_a_filter_without_hits_says_so_and_esc_clears_it(rows: ConversationListView, window: MainWindow) -> None:
    field = window.list_pane.filter_field
    field.setFocus()
    QTest.keyClicks(field, "xyz")
    assert not rows.isVisible()
    assert window.list_pane._nothing.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert rows.isVisible()


async def test_what_is_no_name_is_searched_for_in_the_messages(
    rows: ConversationListView, account: SessionModel, window: MainWindow
) -> None:
    field, pane = window.list_pane.filter_field, window.side_pane.search
    field.setFocus()
    QTest.keyClicks(field, "tr")
    button = window.list_pane.search_button
    assert button.isVisible()  # also where a name fits
    assert button.accessibleName() == "Search messages for “tr”"
    QTest.keyClicks(field, "&" + "x" * 60)
    assert button.accessibleName().endswith("x”")
    assert window.list_pane.width() >= button.mapTo(window.list_pane, button.rect().bottomRight()).x()
    field.clear()
    assert not button.isVisible()
    QTest.keyClicks(field, "xyz")
    show_all = window.findChild(QPushButton, "showAllConversations")
    assert show_all is not None
    await until(lambda: 0 < button.y() - show_all.geometry().bottom() < button.height())
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert button.hasFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pane.isVisible()
    assert pane.field.hasFocus()
    assert (pane.field.text(), pane.scope.currentData()) == ("xyz", None)
    assert not field.text()
    window.close_side_pane()
    field.setFocus()
    QTest.keyClicks(field, "uvw")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (pane.isVisible(), pane.field.text()) == (True, "uvw")


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier, ["Lunch", "Trip", "Work", "Lunch"]),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier, ["Lunch", "Trip", "Work", "Lunch"]),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier, ["Work", "Trip", "Lunch", "Work"]),
    ],
)
async def test_next_and_previous_conversation_from_anywhere(
    rows: ConversationListView,
    account: SessionModel,
    window: MainWindow,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    expected: list[str],
) -> None:
    seen = []
    for _ in expected:
        QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
        seen.append(_open(account))
    assert seen == expected


async def test_typing_in_the_list_searches_nothing_and_goes_on_in_the_message(
    rows: ConversationListView, account: SessionModel, window: MainWindow
) -> None:
    rows.setFocus()
    before = rows.currentIndex()
    QTest.keyClicks(rows, "w")
    assert rows.currentIndex() == before
    field = window.chat_view.composer.field
    assert not field.toPlainText()  # no conversation is open: there is none to write
    _click(rows, 0)
    await until(field.isVisible)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Space)
    QTest.keyClick(rows, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    assert rows.hasFocus()
    QTest.keyClicks(rows, "w")
    assert field.hasFocus()
    QTest.keyClicks(field, "ell")
    assert field.toPlainText() == "well"


async def test_no_conversations_yet_is_a_friendly_page(
    session: Session, account: SessionModel, window: MainWindow
) -> None:
    assert window.list_pane._skeleton.isVisible()
    account.load()
    await until(lambda: account.is_loaded)
    assert window.list_pane._empty.isVisible()
    start = window.findChild(QPushButton, "emptyNewConversation")
    assert start is not None
    QTest.mouseClick(start, Qt.MouseButton.LeftButton)
    assert window.findChild(QWidget, "newConversationDialog") is not None
    await receive(session, group("!Lunch", "Lunch"))
    await until(window.list_pane.list.isVisible)


def _menu(rows: ConversationListView, row: int) -> QMenu:
    index = rows.model().index(row, 0)
    place = rows.visualRect(index).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, rows.viewport().mapToGlobal(place))
    QApplication.sendEvent(rows.viewport(), event)
    menu = rows.window().findChild(QMenu, "conversationMenu")
    assert menu is not None
    return menu


def _act(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


async def test_leaving_by_right_click_asks_first(rows: ConversationListView, window: MainWindow) -> None:
    menu = _menu(rows, 2)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == [
        "Open",
        "Open in own window",
        "Mark as unread",
        "Pin",
        "Mute",
        "Group details…",
        "Clear history…",
        "Leave…",
    ]
    _act(menu, "Leave…")
    box = window.findChild(QMessageBox, "leaveQuestion")
    assert box is not None
    assert "Work" in box.text()
    assert box.defaultButton().text() == "Cancel"
    box.reject()
    await turn(0.05)
    assert _shown(rows) == ["Lunch", "Trip", "Work"]


async def test_the_menu_key_works_on_the_current_row(rows: ConversationListView, account: SessionModel) -> None:
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    place = QPoint(-1, -1)
    QApplication.sendEvent(rows.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, place))
    menu = rows.window().findChild(QMenu, "conversationMenu")
    assert menu is not None
    _act(menu, "Open")
    assert _open(account) == "Trip"


async def test_invitations_stand_on_top_and_are_answered(
    rows: ConversationListView, account: SessionModel, window: MainWindow, session: Session
) -> None:
    await receive(session, group("!Book", "Book club", membership=Membership.INVITED, inviter=CARLA))
    invitations = window.list_pane.invitations
    await until(invitations.isVisible)
    assert (_shown(invitations.list), _shown(rows)) == (["Book club"], ["Lunch", "Trip", "Work"])
    menu = _menu(invitations.list, 0)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == ["Open", "Accept", "Decline", "Decline and block…"]
    menu.close()
    _click(invitations.list, 0)
    assert _selected(invitations.list) == "Book club"
    page = window.chat_view.invitation
    assert page.isVisible()
    assert not window.chat_view.composer.isVisible()
    accept = window.findChild(QPushButton, "acceptInvitation")
    assert accept is not None
    problems: list[str] = []
    account.failed.connect(problems.append)
    QTest.mouseClick(accept, Qt.MouseButton.LeftButton)
    await until(lambda: problems)  # there is no server here
    assert window.notice.isVisible()
    await receive(session, group("!Book", "Book club", [incoming("welcome", CARLA)]))
    await until(window.chat_view.composer.isVisible)
    assert window.focusWidget() is window.chat_view.composer.field
    assert not page.isVisible()
    assert not invitations.isVisible()
    assert (_shown(rows)[0], _selected(rows)) == ("Book club", "Book club")


async def test_rows_have_one_height_that_follows_the_font(rows: ConversationListView) -> None:
    model = rows.model()
    heights = {rows.visualRect(model.index(row, 0)).height() for row in range(3)}
    assert len(heights) == 1
    (height,) = heights
    font = rows.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    rows.setFont(font)
    rows.doItemsLayout()
    grown = rows.visualRect(model.index(0, 0)).height()
    assert grown > height
    assert grown > 2 * rows.fontMetrics().height()  # there are two lines


async def test_every_row_is_told_to_a_screen_reader(rows: ConversationListView) -> None:
    spoken = rows.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Lunch" in spoken
    assert "in Lunch" in spoken


async def test_the_new_button_offers_both_kinds(rows: ConversationListView, window: MainWindow) -> None:
    button = window.findChild(QToolButton, "newConversationButton")
    assert button is not None
    assert [action.text() for action in button.menu().actions()] == ["New conversation…", "New group…"]


async def test_an_unknown_conversation_selects_nothing(rows: ConversationListView, window: MainWindow) -> None:
    window.list_pane.set_open(group_id("!nowhere"))
    assert _selected(rows) == ""
    assert isinstance(group_id("!nowhere"), ConversationId)


async def test_a_button_does_not_look_hovered_after_its_menu(window: MainWindow) -> None:
    menu = window.list_pane.menu_button.menu()
    window.list_pane.menu_button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)  # as Qt leaves it
    menu.aboutToHide.emit()
    assert not window.list_pane.menu_button.underMouse()


async def test_the_menu_of_the_keyboard_opens_beside_its_row(rows: ConversationListView) -> None:
    rows.setFixedHeight(rows.visualRect(rows.model().index(0, 0)).height())
    rows.setCurrentIndex(rows.model().index(2, 0))
    rows.scrollToTop()
    rows.menu_asked.disconnect()
    places: list[QPoint] = []
    rows.menu_asked.connect(lambda _, place: places.append(place))
    QApplication.sendEvent(rows.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    (place,) = places
    assert rows.rect().contains(rows.viewport().mapFromGlobal(place))


async def test_an_empty_page_gives_up_its_picture_then_its_hint(theme: Theme, qtbot: QtBot) -> None:
    page = EmptyState(theme, "chat", "Nothing", "As many words as break into several lines in a narrow pane.")
    qtbot.addWidget(page)
    labels = page.findChildren(QLabel)
    picture, title, hint = labels
    least = None
    for height, shown in ((400, (True, True, True)), (160, (False, True, True)), (80, (False, True, False))):
        page.resize(220, height)
        page.show()
        await turn()
        assert tuple(not label.isHidden() for label in (picture, title, hint)) == shown, height
        for label in (title, hint):
            assert label.isHidden() or label.height() >= label.heightForWidth(label.width())
        assert least in (None, page.minimumSizeHint().height())  # whatever is shown
        least = page.minimumSizeHint().height()
