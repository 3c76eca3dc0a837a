"""A conversation in a window of its own: the same session, one place at a time, nothing typed is lost."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from chatdesk.core.session import Session
from chatdesk.domain.changes import ChannelBatch
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.elements import File, Image, Media
from chatdesk.models.session import SessionModel
from chatdesk.views.conversation_menu import Wish
from chatdesk.views.conversation_window import ConversationWindow
from chatdesk.views.main_window import MainWindow
from chatdesk.views.media_pane import MediaPane
from chatdesk.views.picture_viewer import PictureViewer
from tests.models.offline import group, group_id, incoming, now_ms, receive
from tests.models.waiting import until

LUNCH, TRIP = group_id("!Lunch"), group_id("!Trip")


@pytest.fixture
async def own(session: Session, account: SessionModel, window: MainWindow) -> ConversationWindow:
    """Lunch, in which something was being written, in its own window; Trip stays in the list."""
    for age, name in enumerate(("Lunch", "Trip"), start=1):
        await receive(session, group(f"!{name}", name, [incoming(f"in {name}", time_ms=now_ms() - age * 60_000)]))
    account.load(LUNCH)
    await until(lambda: account.chat.conversation is not None)
    QTest.keyClicks(window.chat_view.composer.field, "half a sen")
    return await _opened(window)


async def _opened(window: MainWindow) -> ConversationWindow:
    window.list_pane.wished.emit(Wish.WINDOW, LUNCH)
    assert window.own_windows is not None
    windows = window.own_windows
    await until(lambda: bool(windows.windows) and windows.windows[0].isActiveWindow())
    return windows.windows[0]


async def test_it_takes_the_conversation_along_with_what_is_typed(
    own: ConversationWindow, account: SessionModel
) -> None:
    assert account.chat.conversation is None
    assert own.windowTitle() == "Lunch – Ann – chatdesk"
    assert own.view.composer.field.toPlainText() == "half a sen"
    assert own.view.composer.field.hasFocus()
    assert not own.view.header.members_button.isVisible()


async def test_both_windows_are_in_step(
    own: ConversationWindow, account: SessionModel, window: MainWindow, session: Session
) -> None:
    def lunch() -> Conversation:
        found = account.conversations.conversation(LUNCH)
        assert found is not None
        return found

    timeline = own.chat.timeline
    assert timeline is not None
    window.activateWindow()
    await until(window.isActiveWindow)
    await receive(session, group("!Lunch", None, [incoming("news")], unread=1))
    await until(lambda: timeline.items[-1].text == "news")
    assert lunch().unread == 1  # nobody looks at it
    own.come_forward()
    await until(lambda: lunch().unread == 0)
    QTest.keyClicks(own.view.composer.field, "tence")
    QTest.keyClick(own.view.composer.field, Qt.Key.Key_Return)
    await until(lambda: (last := lunch().last_message) is not None and last.text == "half a sentence")
    await until(lambda: timeline.items[-1].text == "half a sentence")


async def test_the_list_brings_it_forward_and_walking_passes_it(
    own: ConversationWindow, account: SessionModel, window: MainWindow
) -> None:
    window.activateWindow()
    await until(window.isActiveWindow)
    rows = window.list_pane.list
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.model().index(0, 0)).center())
    await until(own.isActiveWindow)
    assert account.chat.conversation is None
    for _ in range(2):
        window.list_pane.step(1)
        assert account.chat.conversation is not None
        assert account.chat.conversation.id == TRIP


async def test_closing_gives_it_back_and_remembers_the_place(
    own: ConversationWindow, account: SessionModel, window: MainWindow, session: Session
) -> None:
    own.resize(500, 450)
    QTest.keyClick(own, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert window.own_windows is not None
    assert LUNCH not in window.own_windows
    assert account.chats == [account.chat]
    window.open_conversation(LUNCH)
    assert window.chat_view.composer.field.toPlainText() == "half a sen"
    assert session.window_places.get(LUNCH)
    again = await _opened(window)
    assert (again.width(), again.height()) == (500, 450)


async def _files(own: ConversationWindow, session: Session) -> MediaPane:
    """What was sent in Lunch, in its own window."""
    plan = File(Media("mxc://a/1", "Menu.pdf", "application/pdf", 4000))
    picture = Image(Media("mxc://a/2", "table.png", "image/png", 900), 30, 20)
    await receive(session, group("!Lunch", None, [incoming(plan), incoming(picture)]))
    QTest.keyClick(own, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    pane = own.findChild(MediaPane)
    assert pane is not None
    await until(lambda: pane.list.isVisible() and pane.list.model().rowCount() == 1)
    return pane


async def test_what_was_sent_there_is_found_there(
    own: ConversationWindow, window: MainWindow, session: Session
) -> None:
    pane = await _files(own, session)
    assert pane.field.hasFocus()
    assert own.view.isVisible()
    assert not window.panes.is_side_shown
    QTest.keyClick(pane.field, Qt.Key.Key_Down)
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    viewer = own.findChild(PictureViewer)
    assert viewer is not None
    assert viewer.size() == own.size()
    QTest.keyClick(viewer, Qt.Key.Key_Escape)
    tab = pane.findChild(QPushButton, "mediaFiles")
    assert tab is not None
    QTest.mouseClick(tab, Qt.MouseButton.LeftButton)
    await until(lambda: pane.list.model().index(0, 0).data() == "Menu.pdf")
    landed: list[int] = []
    own.chat.landing.connect(landed.append)
    pane.field.setFocus()
    QTest.keyClick(pane.field, Qt.Key.Key_Down)
    QTest.keyClick(pane.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: landed)
    QTest.keyClick(own, Qt.Key.Key_Escape)
    assert not own.media.is_open
    assert own.view.composer.field.hasFocus()


async def test_a_narrow_window_shows_one_of_both(own: ConversationWindow, session: Session) -> None:
    own.resize(380, 600)
    pane = await _files(own, session)
    assert not own.view.isVisible()
    own.resize(900, 600)
    assert own.view.isVisible()
    own.resize(380, 600)
    pane._go_to_message(pane.list.model().index(0, 0))
    assert own.view.isVisible()
    assert not own.media.is_open


async def test_the_switcher_opens_from_there(own: ConversationWindow, window: MainWindow) -> None:
    QTest.keyClick(own, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: any(widget.objectName() == "switcher" for widget in window.findChildren(QWidget)))


async def test_it_ends_with_its_conversation(own: ConversationWindow, window: MainWindow, session: Session) -> None:
    await receive(session, ChannelBatch("!Lunch", Membership.LEFT))
    assert window.own_windows is not None
    windows = window.own_windows
    await until(lambda: not windows.windows)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def test_it_ends_with_the_session(own: ConversationWindow, window: MainWindow, account: SessionModel) -> None:
    closed: list[bool] = []
    own.closed.connect(lambda: closed.append(True))
    window.detach()
    assert closed == [True]
    assert window.own_windows is None
