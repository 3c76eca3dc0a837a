"""Pins, mutes, marks, filters, invitations and clearing, by real clicks and keys in the left pane."""

import asyncio
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QMessageBox, QPushButton, QRadioButton, QToolButton

from chatdesk.core.session import Session
from chatdesk.domain.changes import IncomingReceipt, SyncBatch
from chatdesk.domain.conversations import Conversation, Membership, Sign
from chatdesk.models.conversation_filter import ConversationFilter
from chatdesk.models.conversation_list import ConversationListModel, ListFilter
from chatdesk.models.session import SessionModel
from chatdesk.store import messages, signs
from chatdesk.store.sync import apply_sync
from chatdesk.views.conversation_list_view import ConversationListView
from chatdesk.views.conversation_menu import Wish
from chatdesk.views.main_window import MainWindow
from tests.models.offline import (
    ANN,
    BEN,
    CARLA,
    c2c_id,
    direct,
    group,
    group_id,
    incoming,
    member,
    now_ms,
    receive,
    receive_direct,
)
from tests.models.waiting import turn, until

_MINUTE_MS = 60_000
LUNCH = group_id("!Lunch")


@pytest.fixture
async def rows(session: Session, account: SessionModel, window: MainWindow) -> ConversationListView:
    """Ben, Lunch (one message for Ann among three unread), Trip: from new to old."""
    hello = incoming("hello", time_ms=now_ms() - _MINUTE_MS)
    await receive_direct(session, direct(BEN, [hello], receipts=(IncomingReceipt(ANN, hello.message_id, now_ms()),)))
    for age, name in enumerate(("Lunch", "Trip"), start=2):
        is_busy = name == "Lunch"
        said = [incoming(f"in {name}", time_ms=now_ms() - age * _MINUTE_MS) for _ in range(3)]
        await receive(session, group(f"!{name}", name, said, unread=3 * is_busy, mentions=1 * is_busy))
    account.load()
    await until(lambda: account.is_loaded)
    return window.list_pane.list


def _conversation(index: QModelIndex) -> Conversation:
    found: Conversation = index.data(ConversationListModel.CONVERSATION)
    return found


def _shown(rows: ConversationListView) -> list[str]:
    model = rows.model()
    return [_conversation(model.index(row, 0)).name for row in range(model.rowCount())]


def _spoken(rows: ConversationListView, row: int) -> str:
    spoken: str = rows.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    return spoken


def _choose(rows: ConversationListView, row: int, action: str) -> None:
    """Right click on a row, then a click on the entry."""
    place = rows.visualRect(rows.model().index(row, 0)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, rows.viewport().mapToGlobal(place))
    QApplication.sendEvent(rows.viewport(), event)
    menu = rows.window().findChild(QMenu, "conversationMenu")
    assert menu is not None
    entry = next(found for found in menu.actions() if found.objectName() == action)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def test_a_pin_holds_its_row_on_top_until_it_is_taken_off(rows: ConversationListView, session: Session) -> None:
    assert _shown(rows) == ["Ben", "Lunch", "Trip"]
    _choose(rows, 2, "pinAction")
    await until(lambda: _shown(rows) == ["Trip", "Ben", "Lunch"])
    assert "pinned" in _spoken(rows, 0)
    await receive(session, group("!Lunch", None, [incoming("news")]))
    await until(lambda: _shown(rows) == ["Trip", "Lunch", "Ben"])
    assert [wish[:3] for wish in await session._database.read(signs.unreported)] == [
        (group_id("!Trip"), Sign.PINNED, True)
    ]
    _choose(rows, 0, "unpinAction")
    await until(lambda: _shown(rows) == ["Lunch", "Ben", "Trip"])


async def test_muting_by_keyboard(rows: ConversationListView, window: MainWindow) -> None:
    assert window.windowTitle().startswith("(3)")
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(-1, -1), QPoint(-1, -1))
    QApplication.sendEvent(rows.viewport(), asked)
    menu = window.findChild(QMenu, "conversationMenu")
    assert menu is not None
    while menu.activeAction() is None or menu.activeAction().objectName() != "muteMenuAction":
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    under = menu.findChild(QMenu, "muteMenu")
    assert under is not None
    QTest.keyClick(under, Qt.Key.Key_Up)  # round to the last one: for good
    QTest.keyClick(under, Qt.Key.Key_Return)
    await until(lambda: "muted" in _spoken(rows, 1))
    assert window.windowTitle().startswith("(1)")  # what addresses Ann still counts


async def test_a_muting_ends_by_itself(
    rows: ConversationListView, account: SessionModel, session: Session, window: MainWindow
) -> None:
    ending = asyncio.create_task(session.signs.end_mutings())
    before = rows.model().index(1, 0).data(ConversationListModel.CONVERSATION)
    window.list_pane.wished.emit(Wish.MUTE_HOUR, before.id)
    await until(lambda: "muted until" in _spoken(rows, 1))
    shown = rows.model().index(1, 0).data(ConversationListModel.CONVERSATION)
    assert 3590 < shown.muted_until_ms / 1000 - time.time() <= 3601
    assert "muted until" in rows.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    _choose(rows, 1, "unmuteAction")
    await until(lambda: "muted" not in _spoken(rows, 1))
    assert await session._database.read(signs.next_unmuted) is None
    account.actions.mute(shown.id, int(time.time() * 1000) + 300)
    await until(lambda: "muted until" in _spoken(rows, 1))
    await until(lambda: "muted" not in _spoken(rows, 1))
    unreported = await session._database.read(signs.unreported)
    assert [(wish, is_set) for _, wish, is_set, _ in unreported] == [(Sign.MUTED, False)]
    ending.cancel()


async def test_read_and_unread_by_hand(rows: ConversationListView, account: SessionModel, session: Session) -> None:
    _choose(rows, 1, "markReadAction")
    await until(lambda: "unread" not in _spoken(rows, 1))
    assert await session._database.read(messages.unreported)
    _choose(rows, 1, "markUnreadAction")
    await until(lambda: "marked as unread" in _spoken(rows, 1))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.model().index(1, 0)).center())
    await until(lambda: "marked as unread" not in _spoken(rows, 1))
    assert account.chat.conversation is not None


async def test_the_filters_by_mouse_and_keyboard(rows: ConversationListView, window: MainWindow) -> None:
    bar = window.list_pane.filters
    expected = {
        ListFilter.PEOPLE: ["Ben"],
        ListFilter.GROUPS: ["Lunch", "Trip"],
        ListFilter.UNREAD: ["Lunch"],
        ListFilter.MENTIONS: ["Lunch"],
        ListFilter.ALL: ["Ben", "Lunch", "Trip"],
    }
    for kind, names in expected.items():
        QTest.mouseClick(bar.chips[kind], Qt.MouseButton.LeftButton)
        assert _shown(rows) == names
        assert window.settings.preferences.list_filter == kind.value
    QTest.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert _shown(rows) == ["Lunch", "Trip"]
    bar.chips[ListFilter.GROUPS].setFocus()
    QTest.keyClick(bar.chips[ListFilter.GROUPS], Qt.Key.Key_Left)
    assert bar.chips[ListFilter.PEOPLE].hasFocus()
    assert _shown(rows) == ["Ben"]
    QTest.keyClicks(window.list_pane.filter_field, "lunch")
    assert _shown(rows) == []
    button = window.findChild(QPushButton, "showAllConversations")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert _shown(rows) == ["Ben", "Lunch", "Trip"]
    assert window.list_pane.filter_field.text() == ""


async def test_what_is_being_read_stays_among_the_unread(
    rows: ConversationListView, account: SessionModel, window: MainWindow
) -> None:
    window.list_pane.filters.choose(ListFilter.UNREAD)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.model().index(0, 0)).center())
    await until(lambda: not _conversation(rows.model().index(0, 0)).is_unread)
    assert _shown(rows) == ["Lunch"]
    account.chat.open(c2c_id(BEN))
    assert _shown(rows) == ["Ben"]
    account.chat.open(None)
    assert window.list_pane._nothing.isVisible()


async def test_the_filter_of_the_last_time_is_there_again(account: SessionModel, window: MainWindow) -> None:
    window.settings.change(list_filter="groups")
    other = MainWindow(window._theme, window.settings)
    assert other.list_pane.filters.kind is ListFilter.GROUPS
    assert other.list_pane.filters.chips[ListFilter.GROUPS].isChecked()
    other.deleteLater()


async def test_clearing_asks_where_from(rows: ConversationListView, window: MainWindow, session: Session) -> None:
    _choose(rows, 1, "clearAction")
    here = window.findChild(QRadioButton, "clearHere")
    clear = window.findChild(QPushButton, "clearButton")
    assert here is not None
    assert clear is not None
    assert here.isChecked()
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    await until(lambda: _conversation(rows.model().index(1, 0)).last_message is None)
    assert _shown(rows) == ["Ben", "Lunch", "Trip"]
    conversation = await session.conversations.get(LUNCH)
    assert conversation is not None
    assert conversation.last_message is None
    await until(lambda: "Lunch" in window.notice.text)


async def test_an_invitation_is_declined_and_blocked_after_a_question(
    rows: ConversationListView, session: Session, account: SessionModel, window: MainWindow
) -> None:
    await receive(session, group("!Book", "Book club", membership=Membership.INVITED, inviter=CARLA))
    section = window.list_pane.invitations
    await until(section.isVisible)
    heading = next(label.text() for label in section.findChildren(QLabel))
    assert heading == "Invitations · 1"
    _choose(section.list, 0, "declineAndBlockAction")
    box = window.findChild(QMessageBox, "blockQuestion")
    assert box is not None
    assert CARLA in box.text()
    problems: list[str] = []
    account.failed.connect(problems.append)
    yes = box.findChild(QPushButton, "confirmButton")
    assert yes is not None
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    await until(lambda: problems)  # there is no server here: nothing was done by half
    assert section.isVisible()


async def test_a_blocked_person_is_silent_and_can_be_unblocked(
    rows: ConversationListView, session: Session, account: SessionModel, window: MainWindow
) -> None:
    account.chat.open(c2c_id(BEN))
    ledger = session._ledger
    batch = SyncBatch("blocked", blocked=frozenset({BEN}))
    ledger.publish(await ledger.database.write(apply_sync, batch, session.own_user_id, now_ms()))
    await until(lambda: "You have blocked this person" in _spoken(rows, 0))
    assert _shown(rows) == ["Ben", "Lunch", "Trip"]  # although nothing he wrote is to be seen
    assert window.chat_view.composer.is_blocked
    problems: list[str] = []
    account.failed.connect(problems.append)
    _choose(rows, 0, "unblockAction")
    await until(lambda: problems)  # there is no server here


async def test_invitations_follow_the_filter_field(
    rows: ConversationListView, session: Session, window: MainWindow
) -> None:
    for name in ("Book club", "Chess", "Choir", "Cooking"):
        await receive(session, group(f"!{name}", name, membership=Membership.INVITED, inviter=CARLA))
    section = window.list_pane.invitations
    await until(lambda: section.isVisible() and len(_shown(section.list)) == 4)
    height = section.list.sizeHintForRow(0)
    assert section.list.height() == 3 * height
    QTest.keyClicks(window.list_pane.filter_field, "ch")
    assert _shown(section.list) == ["Chess", "Choir"] or _shown(section.list) == ["Choir", "Chess"]
    assert section.list.height() == 2 * height


async def test_the_header_offers_the_same(
    rows: ConversationListView, account: SessionModel, window: MainWindow
) -> None:
    account.chat.open(LUNCH)
    button = window.findChild(QToolButton, "chatMenuButton")
    assert button is not None
    button.menu().aboutToShow.emit()
    names = [action.objectName() for action in button.menu().actions() if action.text()]
    wanted = {"inviteAction", "ownWindowAction", "pinAction", "muteMenuAction", "clearAction", "leaveAction"}
    assert wanted <= set(names)
    next(action for action in button.menu().actions() if action.objectName() == "pinAction").trigger()
    await until(lambda: _shown(rows)[0] == "Lunch")


async def test_pictures_stand_in_for_letters_when_they_are_there(
    rows: ConversationListView, session: Session, account: SessionModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = QImage(80, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    asked: list[str] = []

    def get(media: object, width: int, height: int) -> QImage | None:
        asked.append(media.uri)  # type: ignore[attr-defined]
        return picture

    monkeypatch.setattr(account.thumbnails, "get", get)
    await receive(session, group("!Trip", None, avatar_uri="mxc://example.org/trip"))
    await until(lambda: bool(_conversation(rows.model().index(2, 0)).avatar_uri))
    image = rows.grab(rows.visualRect(rows.model().index(2, 0))).toImage()
    assert asked == ["mxc://example.org/trip"]
    assert any(image.pixelColor(x, image.height() // 2).name() == "#ff0000" for x in range(image.width() // 3))


@pytest.mark.parametrize("change", [lambda rows: rows.set_kind(ListFilter.UNREAD), lambda rows: rows.set_text("l")])
async def test_the_filtered_rows_are_a_sound_model(
    account: SessionModel, session: Session, change: Callable[[ConversationFilter], None]
) -> None:
    filtered = ConversationFilter(account.conversations)
    account.load()
    await until(lambda: account.is_loaded)
    change(filtered)
    for number in range(3):
        await receive(session, group("!Lunch", "Lunch", [incoming(f"{number}")], unread=number % 2))
        await turn(0.01)
    assert filtered.rowCount() == (0 if filtered.kind is ListFilter.UNREAD else 1)
    filtered.deleteLater()


async def test_the_picture_of_who_wrote_stands_beside_the_message(
    rows: ConversationListView,
    session: Session,
    account: SessionModel,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    picture = QImage(80, 80, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    monkeypatch.setattr(
        account.thumbnails, "get", lambda media, *_: picture if media.uri == "mxc://example.org/ben" else None
    )
    await receive(session, group("!Trip", None, members=(member(BEN, "Ben", avatar_uri="mxc://example.org/ben"),)))
    account.chat.open(group_id("!Trip"))
    await until(lambda: account.chat.timeline is not None and account.chat.timeline.avatar_of(BEN))
    pane = window.chat_view._pane
    assert pane is not None
    await until(lambda: _has_red(pane.grab().toImage()))


def _has_red(image: QImage) -> bool:
    columns = range(0, min(80, image.width()), 4)
    return any(image.pixelColor(x, y).name() == "#ff0000" for x in columns for y in range(0, image.height(), 4))
