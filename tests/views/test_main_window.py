"""The window as a whole: start, narrow and wide, side pane, status line, going away."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListView,
    QMessageBox,
    QPushButton,
    QTextEdit,
    QToolButton,
    QWidget,
)

from chatdesk.core.session import Session
from chatdesk.domain.changes import Connection, ConnectionKind
from chatdesk.domain.elements import Media
from chatdesk.domain.messages import MessageState
from chatdesk.domain.powers import OWNER_POWER, Powers
from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.models.session import SessionModel
from chatdesk.views.main_window import MainWindow
from chatdesk.views.message_calendar import CalendarPopup
from chatdesk.views.message_pane import MessagePane
from chatdesk.views.theme import Theme
from chatdesk.views.window_layout import CROWDED_PX, NARROW_PX
from tests.models.offline import ANN, group, group_id, incoming, open_session, receive
from tests.models.waiting import turn, until

LUNCH = group_id("!lunch")


@pytest.fixture
async def open_lunch(session: Session, account: SessionModel) -> SessionModel:
    await receive(session, group("!lunch", "Lunch", [incoming("hi")]), group("!trip", "Trip"))
    account.load(LUNCH)
    await until(lambda: account.chat.conversation is not None)
    return account


def _button(window: QWidget, name: str) -> QAbstractButton:
    found = window.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def _focus(window: QWidget) -> str:
    return window.focusWidget().objectName()


def _press(window: QWidget, name: str) -> None:
    QTest.mouseClick(_button(window, name), Qt.MouseButton.LeftButton)


async def test_before_a_session_the_window_says_what_goes_on(window: MainWindow) -> None:
    window.set_startup_message("Starting the private server…")
    assert window.status_line.text == "Starting the private server…"
    assert window.chat_view._starting.isVisible()
    assert window.list_pane._skeleton.isVisible()
    assert not _button(window, "newConversationButton").isEnabled()
    for keys in (Qt.Key.Key_N, Qt.Key.Key_J, Qt.Key.Key_Tab, Qt.Key.Key_K):
        QTest.keyClick(window, keys, Qt.KeyboardModifier.ControlModifier)
    assert window.findChild(QWidget, "newConversationDialog") is None


async def test_attach_shows_the_account(open_lunch: SessionModel, window: MainWindow) -> None:
    assert window.windowTitle() == "Lunch – Ann – chatdesk"
    assert window.list_pane._name.full_text() == "Ann"
    assert window.list_pane._user_id.full_text() == "@ann:example.org"
    assert window.chat_view.header._name.full_text() == "Lunch"
    assert window.chat_view.composer.field.hasFocus()


async def test_what_was_forwarded_is_told_with_where_it_went(open_lunch: SessionModel, window: MainWindow) -> None:
    open_lunch.chat.forwarded.emit(3, 2)
    assert window.notice.text == "3 messages forwarded to 2 conversations."


async def test_the_status_line_has_its_room_and_moves_nothing(
    session: Session, open_lunch: SessionModel, window: MainWindow
) -> None:
    session._line.set(Connection(ConnectionKind.ONLINE))
    before = window.chat_view.geometry(), window.status_line.geometry()
    retry = _button(window, "retryConnection")
    assert not retry.isVisible()
    session._line.set(Connection(ConnectionKind.OFFLINE, "Connection refused"))
    assert window.status_line.text == "Offline — messages are kept and sent when the connection is back."
    assert window.status_line.accessibleDescription() == "Connection refused"
    assert retry.isVisible()
    await turn(0.02)
    assert (window.chat_view.geometry(), window.status_line.geometry()) == before
    assert retry.height() <= window.status_line.height()
    session._line.set(Connection(ConnectionKind.CATCHING_UP))
    assert window.status_line.text == "Catching up…"
    assert not retry.isVisible()


async def test_retry_now_ends_the_wait(session: Session, open_lunch: SessionModel, window: MainWindow) -> None:
    session._line.set(Connection(ConnectionKind.OFFLINE))
    woken: list[bool] = []

    async def wait() -> None:
        await session._line.pause(60)
        woken.append(True)

    open_lunch.tasks.run(wait())
    await turn(0.02)
    _press(window, "retryConnection")
    await until(lambda: woken)


async def test_narrow_shows_the_list_or_the_chat(open_lunch: SessionModel, window: MainWindow) -> None:
    back = _button(window, "backButton")
    assert not back.isVisible()
    window.resize(NARROW_PX - 80, 700)
    await until(lambda: window.panes.is_narrow)
    assert window.list_pane.isVisible()
    assert not window.chat_view.isVisible()
    rows = window.list_pane.list
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.model().index(0, 0)).center())
    assert window.chat_view.isVisible()
    assert not window.list_pane.isVisible()
    assert back.isVisible()
    _press(window, "backButton")
    assert window.list_pane.isVisible()
    assert rows.hasFocus()
    window.resize(1100, 700)
    await until(lambda: not window.panes.is_narrow)
    assert window.list_pane.isVisible()
    assert window.chat_view.isVisible()
    assert not back.isVisible()


async def test_the_list_keeps_between_240_and_360(open_lunch: SessionModel, window: MainWindow) -> None:
    splitter = window.panes._splitter
    splitter.setSizes([50, 1000, 0])
    assert window.list_pane.width() >= 240
    splitter.setSizes([900, 100, 0])
    assert window.list_pane.width() <= 360
    state = window.panes.state()
    splitter.setSizes([250, 800, 0])
    window.panes.restore(state)
    assert window.list_pane.width() >= 350


async def test_downloads_open_by_key_and_close_by_esc(open_lunch: SessionModel, window: MainWindow) -> None:
    assert not window.side_pane.isVisible()
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert window.side_pane.downloads.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.side_pane.isVisible()
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert not window.side_pane.isVisible()


async def test_a_download_that_starts_shows_the_pane_and_the_status_line_tells(
    session: Session, open_lunch: SessionModel, window: MainWindow
) -> None:
    media = Media("mxc://h/1", "plan.pdf", "application/pdf", 100)
    session.downloads.updates.publish(
        Download(1, 1, 0, media, "/tmp/plan.pdf", DownloadState.RUNNING, received=50, total=100)
    )
    assert window.side_pane.downloads.isVisible()
    activity = _button(window, "downloadActivity")
    assert activity.text() == "Downloading plan.pdf · 50 %"
    window.close_side_pane()
    QTest.mouseClick(activity, Qt.MouseButton.LeftButton)
    assert window.side_pane.downloads.isVisible()
    session.downloads.updates.publish(Download(1, 1, 0, media, "/tmp/plan.pdf", DownloadState.DONE, received=100))
    assert not activity.isVisible()
    assert not window.notice.isVisible()  # the pane shows it


@pytest.mark.parametrize("width", [NARROW_PX - 80, CROWDED_PX - 20])
async def test_a_download_that_starts_hides_nothing(
    session: Session, open_lunch: SessionModel, window: MainWindow, width: int
) -> None:
    window.resize(width, 700)
    await until(lambda: window.panes.width() == width)
    window.panes.show_chat()
    is_listed = window.list_pane.isVisible()
    media = Media("mxc://h/1", "plan.pdf", "application/pdf", 100)
    session.downloads.updates.publish(Download(1, 1, 0, media, "/tmp/plan.pdf", DownloadState.RUNNING, total=100))
    assert window.chat_view.isVisible()
    assert window.list_pane.isVisible() == is_listed
    assert not window.side_pane.isVisible()
    assert _button(window, "downloadActivity").isVisible()
    session.downloads.updates.publish(Download(1, 1, 0, media, "/tmp/plan.pdf", DownloadState.DONE, received=100))
    assert (window.notice.isVisible(), window.notice.text) == (True, "plan.pdf is downloaded")
    session.downloads.updates.publish(Download(2, 1, 0, media, "/tmp/plan.pdf", DownloadState.RUNNING, total=100))
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert window.side_pane.downloads.isVisible()  # when asked for, though the menu with this key is hidden
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert window.chat_view.isVisible()


async def test_an_open_side_pane_takes_the_lists_place_when_it_is_crowded(
    open_lunch: SessionModel, window: MainWindow
) -> None:
    window.resize(800, 600)
    window.show_downloads()
    await turn(0.02)
    assert window.chat_view.isVisible()
    assert not window.list_pane.isVisible()
    window.close_side_pane()
    assert window.list_pane.isVisible()


async def test_members_of_the_open_conversation(session: Session, open_lunch: SessionModel, window: MainWindow) -> None:
    _press(window, "membersButton")
    assert window.side_pane.members.isVisible()
    await until(lambda: window.side_pane.members.list.model().rowCount() == 2)
    assert window.side_pane.members._header.title.full_text() == "Members · 2"
    window.open_conversation(group_id("!trip"))
    await until(lambda: window.side_pane.members.list.model().rowCount() == 1)
    _press(window, "inviteButton")
    assert window.findChild(QWidget, "inviteDialog") is not None


async def test_a_recall_says_what_it_is_worth(open_lunch: SessionModel, window: MainWindow, session: Session) -> None:
    await receive(session, group("!lunch", None, [incoming("too early", sender=ANN)]))
    timeline, pane = open_lunch.chat.timeline, window.findChild(MessagePane)
    assert timeline is not None and pane is not None
    await until(lambda: timeline.items and timeline.items[-1].text == "too early")
    pane.requests.revoke_requested.emit(timeline.items[-1].key)
    assert "People may have read it already" in window.notice.text
    await until(lambda: timeline.items[-1].state is MessageState.REVOKING)


async def test_what_somebody_else_wrote_is_removed_after_a_question(
    open_lunch: SessionModel, window: MainWindow, session: Session
) -> None:
    powers = Powers({ANN: OWNER_POWER})
    await receive(session, group("!lunch", None, powers=powers))
    timeline, pane = open_lunch.chat.timeline, window.findChild(MessagePane)
    assert timeline is not None and pane is not None
    await until(lambda: timeline.may_recall_others and timeline.items)
    theirs = timeline.items[-1]
    assert theirs.text == "hi"

    async def answer(name: str) -> None:
        pane.requests.revoke_requested.emit(theirs.key)
        await until(lambda: window.findChild(QMessageBox, "removeQuestion"))
        box = window.findChild(QMessageBox, "removeQuestion")
        assert box is not None and "ben" in box.text().lower()
        _press(box, name)
        await until(lambda: window.findChild(QMessageBox, "removeQuestion") is None)

    await answer("cancelButton")
    await turn(0.02)
    assert timeline.items[timeline.row_of(theirs.key)].state is MessageState.SYNCED
    await answer("confirmButton")
    await until(lambda: timeline.items[timeline.row_of(theirs.key)].state is MessageState.REVOKING)


def _on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


async def test_failures_float_over_the_oldest_messages_and_move_nothing(
    open_lunch: SessionModel, window: MainWindow
) -> None:
    before = window.chat_view.composer.geometry()
    open_lunch.failed.emit("“holiday.mov” is too large.")
    assert window.notice.isVisible()
    assert window.notice.text == "“holiday.mov” is too large."
    await turn(0.02)
    assert window.chat_view.composer.geometry() == before
    assert window.rect().contains(window.notice.geometry())
    assert not _on_screen(window.notice).intersects(_on_screen(window.chat_view.header))
    assert _on_screen(window.notice).bottom() < _on_screen(window.chat_view).center().y()
    middle = window.chat_view.mapTo(window, window.chat_view.rect().center()).x()
    assert abs(window.notice.mapTo(window, window.notice.rect().center()).x() - middle) <= 1
    window.resize(NARROW_PX - 80, 700)
    await until(lambda: window.panes.is_narrow)
    window.panes.show_list()
    await turn(0.02)
    assert not _on_screen(window.notice).intersects(_on_screen(window.list_pane.filter_field))
    _press(window, "closeNotice")
    assert not window.notice.isVisible()


async def test_logging_out_asks_and_says_what_is_lost(
    session: Session, open_lunch: SessionModel, window: MainWindow, tmp_path: Path
) -> None:
    field = window.chat_view.composer.field
    QTest.keyClicks(field, "not sent yet")
    QTest.keyClick(field, Qt.Key.Key_Return)
    timeline = open_lunch.chat.timeline
    assert timeline is not None
    await until(lambda: timeline.items and timeline.items[-1].is_self)
    window.list_pane._log_out.trigger()
    await until(lambda: window.findChild(QMessageBox, "logOutQuestion"))
    box = window.findChild(QMessageBox, "logOutQuestion")
    assert box is not None
    assert "@ann:example.org" in box.text()
    assert _button(box, "cancelButton").x() < _button(box, "confirmButton").x()  # as in every other dialog
    assert box.informativeText().startswith("1 message has not been sent yet and will be lost.")
    assert (tmp_path / "store.db").exists()
    done: list[bool] = []
    open_lunch.logged_out.connect(lambda: done.append(True))
    _press(box, "confirmButton")
    await until(lambda: done)
    assert not (tmp_path / "store.db").exists()
    assert open_lunch.chat.conversation is None


async def test_a_closed_session_leaves_a_window_that_lives_on(
    open_lunch: SessionModel, window: MainWindow, tmp_path: Path
) -> None:
    window.show_downloads()
    window.list_pane.new_conversation_asked.emit()
    await open_lunch.close()
    await turn(0.05)
    assert window.windowTitle() == "chatdesk"
    assert window.list_pane._skeleton.isVisible()
    assert not window.side_pane.isVisible()
    assert window.findChild(QWidget, "newConversationDialog") is None
    QTest.keyClick(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    (tmp_path / "second").mkdir()
    second = await open_session(tmp_path / "second", "Anna")
    model = SessionModel(second)
    window.attach(model)
    model.load()
    await until(lambda: model.is_loaded)
    assert window.list_pane._name.full_text() == "Anna"
    assert window.list_pane._empty.isVisible()
    await model.close()
    await second.close()


async def test_only_an_active_window_counts_as_reading(open_lunch: SessionModel, window: MainWindow) -> None:
    report = open_lunch.chat._read_report
    assert report._is_active
    other = QWidget()
    other.show()
    other.activateWindow()
    await until(other.isActiveWindow)
    assert not report._is_active
    window.activateWindow()
    await until(window.isActiveWindow)
    assert report._is_active
    other.close()


async def test_everything_one_can_act_on_has_a_name_and_a_size(open_lunch: SessionModel, window: MainWindow) -> None:
    window.show_downloads()
    window.side_pane.show_page(window.side_pane.members)
    kinds = (QAbstractButton, QLineEdit, QTextEdit, QListView)
    actionable = [widget for widget in window.findChildren(QWidget) if isinstance(widget, kinds)]
    own = [widget for widget in actionable if not widget.objectName().startswith("qt_")]
    inner = [widget for widget in own if isinstance(widget.parent(), QLineEdit)]  # the clear button of a line edit
    own = [widget for widget in own if widget not in inner and type(widget).__name__ != "QLineEditIconButton"]
    assert {"conversationList", "composer", "sendButton", "attachButton", "newConversationButton"} <= {
        widget.objectName() for widget in own
    }
    assert window.findChild(QWidget, "messagePane") is not None
    assert window.findChild(QWidget, "downloadsPane") is not None
    assert window.findChild(QWidget, "statusLine") is not None
    for widget in own:
        assert widget.objectName(), widget
        if widget.objectName() != "downloadActivity":
            assert widget.accessibleName(), widget.objectName()
        if isinstance(widget, QToolButton):
            assert widget.minimumSizeHint().height() >= 24, widget.objectName()
            assert widget.minimumWidth() >= 24, widget.objectName()
            assert widget.toolTip(), widget.objectName()
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.objectName()


async def test_a_letter_typed_among_the_messages_goes_on_in_the_message(
    open_lunch: SessionModel, window: MainWindow
) -> None:
    pane, field = window.findChild(MessagePane), window.chat_view.composer.field
    assert pane is not None
    QTest.keyClicks(field, "so ")
    field.moveCursor(field.textCursor().MoveOperation.Start)
    QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton)
    assert pane.hasFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(pane, key)
    assert pane.hasFocus()
    QTest.keyClicks(pane, "É")
    assert field.hasFocus()
    assert field.toPlainText() == "so É"
    window.list_pane.filter_field.setFocus()
    QTest.keyClicks(window.list_pane.filter_field, "x")
    assert field.toPlainText() == "so É"


async def test_ctrl_g_asks_for_a_date_wherever_the_keyboard_is(open_lunch: SessionModel, window: MainWindow) -> None:
    await until(lambda: open_lunch.chat.timeline is not None and open_lunch.chat.timeline.items)
    for widget in (window.chat_view.composer.field, window.list_pane.list, window.list_pane.filter_field):
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, CalendarPopup)
        popup.close()
        await until(lambda: QApplication.activePopupWidget() is None)


async def test_tab_leads_from_writing_to_the_messages_and_back(
    session: Session, open_lunch: SessionModel, window: MainWindow
) -> None:
    field = window.chat_view.composer.field
    for _ in range(2):
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert _focus(window) == "messagePane"
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert _focus(window) == "composer"
        assert window.chat_view.pinned.isHidden()  # there now, and in nobody's way


async def test_a_notice_covers_nothing_that_can_be_pressed(open_lunch: SessionModel, window: MainWindow) -> None:
    pane = window.findChild(MessagePane)
    assert pane is not None
    await until(lambda: pane.timeline.rowCount())
    window.tell("Something failed.")
    before = window.notice.y()
    pane.offer_undo(1)
    bar = pane._overlay.undo
    notice = QRect(window.notice.mapToGlobal(QPoint()), window.notice.size())
    assert not notice.intersects(QRect(bar.mapToGlobal(QPoint()), bar.size()))
    pane.offer_undo(0)
    assert window.notice.y() == before


async def test_esc_leaves_the_choice_of_messages_before_it_closes_a_pane(
    session: Session, open_lunch: SessionModel, window: MainWindow
) -> None:
    """The window's own key would be first, and there may be nothing to close."""
    window.show_downloads()
    pane = window.findChild(MessagePane)
    assert pane is not None
    await until(lambda: pane.timeline.rowCount())
    pane._choice.toggle(pane.timeline.rowCount() - 1)
    assert pane._choice
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not pane._choice
    assert window.panes.is_side_shown
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.panes.is_side_shown


async def test_the_keyboard_reaches_every_part(open_lunch: SessionModel, window: MainWindow) -> None:
    wanted = {
        "newConversationButton", "menuButton", "conversationFilter", "conversationList", "membersButton",
        "chatMenuButton", "messagePane", "attachButton", "composer", "recordButton",
    }  # fmt: skip
    seen = set()
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is not None:
            seen.add(focused.objectName())
    assert wanted <= seen


async def test_twice_the_font_fits(theme: Theme, qapp: QApplication, session: Session) -> None:
    font = qapp.font()
    large = qapp.font()
    large.setPointSizeF(font.pointSizeF() * 2)
    qapp.setFont(large)
    try:
        window = MainWindow(theme)
        window.resize(1280, 800)
        window.show()
        model = SessionModel(session)
        window.attach(model)
        await receive(session, group("!lunch", "Lunch", [incoming("hi")], unread=3))
        model.load(LUNCH)
        await until(lambda: model.chat.conversation is not None)
        await turn(0.02)
        for name in ("sendButton", "attachButton", "membersButton", "menuButton", "composer"):
            widget = window.findChild(QWidget, name)
            assert widget is not None
            assert widget.width() >= widget.minimumSizeHint().width(), name
            assert widget.height() >= widget.minimumSizeHint().height(), name
        for label in window.findChildren(QLabel):
            if label.isVisible() and label.text():
                assert label.height() >= label.fontMetrics().height(), label.text()
        await model.close()
        window.close()
        window.deleteLater()
    finally:
        qapp.setFont(font)


async def test_closing_is_told(window: MainWindow) -> None:
    told: list[bool] = []
    window.closing.connect(lambda: told.append(True))
    window.close()
    assert told == [True]
    assert isinstance(_button(window, "retryConnection"), QPushButton)


async def test_the_menu_leads_to_a_date(window: MainWindow, open_lunch: SessionModel) -> None:
    await until(lambda: window.chat_view.header.isVisible())
    menu = window.chat_view.header.more_button.menu()
    menu.aboutToShow.emit()
    action = next(action for action in menu.actions() if action.objectName() == "dateAction")
    action.trigger()
    await until(lambda: (popup := window.findChild(QWidget, "datePopup")) is not None and popup.isVisible())
    popup = window.findChild(QWidget, "datePopup")
    assert popup is not None
    popup.close()
