"""The pictures, in the order in which they are taken: what is done in the window before each. Main thread only."""

import asyncio

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QMenu, QWidget

from chatdesk.domain.elements import Image
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import MessageState
from chatdesk.models.conversation_list import ConversationListModel, ListFilter
from chatdesk.views.conversation_list_view import ConversationListView
from chatdesk.views.conversation_menu import Wish
from chatdesk.views.login_dialog import LoginDialog
from tests.app.live_window import type_into, until
from tests.filmstrip import media_scenes, operation_scenes, window_scenes
from tests.filmstrip.cast import GROUP, LONG_GROUP
from tests.filmstrip.stage import LARGE, SMALL, USUAL, Scene, Stage

_WAITING = (MessageState.QUEUED, MessageState.UPLOADING)


async def logging_in(stage: Stage) -> None:
    await until(lambda: [d for d in stage.window.findChildren(LoginDialog) if d.isVisible()], "the login")
    dialog = next(d for d in stage.window.findChildren(LoginDialog) if d.isVisible())
    await until(lambda: dialog.server.isEnabled(), "a form to type into")
    await stage.shoot("login-light")
    account = stage.cast.accounts["ann"]
    for password in ("wrong", account.password):
        for field, text in ((dialog.server, account.url), (dialog.user, "ann"), (dialog.password, password)):
            type_into(field, text)
        QTest.keyClick(dialog.password, Qt.Key.Key_Return)
        if password == "wrong":
            await until(lambda: [x for x in dialog.findChildren(QLabel, "loginError") if x.text()], "the refusal")
            stage.window.settings.change(scheme="dark")
            await stage.shoot("login-refused-dark")
            stage.window.settings.change(scheme="light")
            await until(lambda: dialog.server.isEnabled(), "a form to type into")
    await until(lambda: stage.window.status_line.text == "Connected", "connected")


async def nothing_yet(stage: Stage) -> None:
    await stage.both("empty")
    await stage.cast.talk()
    await until(lambda: LONG_GROUP in stage.rows(), "everything that was said")
    await stage.shoot("nothing-open")


async def conversations(stage: Stage) -> None:
    await stage.open("Ben", "Looking forward")
    await stage.both("conversation")
    await stage.open(GROUP, "Meeting point")
    await stage.both("group")
    stage.pane.show_message(stage.message("Who is in").key)
    await stage.shoot("reactions-and-replies")
    await stage.open("ليلى الحسن", "Mixed")
    await stage.shoot("arabic")
    await stage.open("王伟", "港口")
    await stage.shoot("chinese")
    await stage.open("山田ゆき", "👏")
    await stage.both("emoji")
    await stage.open(LONG_GROUP, "Thursday")
    await stage.shoot("long-name")
    await stage.open(next(name for name in stage.rows() if name.startswith("Carla")), "St. Stephen")
    await stage.shoot("tall-and-wide-pictures")
    stage.pane.show_message(stage.message("Three lines").key)
    await stage.shoot("three-lines-and-three-hundred")
    stage.pane.show_message(stage.message("A long word").key)
    await stage.shoot("long-word")


async def invited(stage: Stage) -> None:
    await until(lambda: "读书会" in stage.rows(), "the invitation")
    stage.window.open_conversation(stage.rows()["读书会"])
    await until(lambda: stage.window.windowTitle().startswith(("读书会", "(")), "the invitation")
    await stage.both("invitation")


async def the_list(stage: Stage) -> None:
    pane, rows = stage.window.list_pane, stage.rows()
    for wish, name in ((Wish.PIN, GROUP), (Wish.MUTE, LONG_GROUP), (Wish.UNREAD, "王伟")):
        pane.wished.emit(wish, rows[name])
    await stage.open("Ben", "Looking forward")
    menu = await menu_of(stage, rows[GROUP])
    await stage.both("conversation-menu")
    menu.close()
    QTest.mouseClick(pane.filters.chips[ListFilter.PEOPLE], Qt.MouseButton.LeftButton)
    await stage.shoot("people-only")
    QTest.mouseClick(pane.filters.chips[ListFilter.MENTIONS], Qt.MouseButton.LeftButton)
    stage.window.chat_view.model.open(None)  # type: ignore[union-attr]  # what is open is always listed
    await stage.shoot("no-mentions")
    QTest.mouseClick(pane.filters.chips[ListFilter.ALL], Qt.MouseButton.LeftButton)
    for wish, name in ((Wish.DETAILS, "group-details"), (Wish.CLEAR, "clear-history")):
        pane.wished.emit(wish, rows[GROUP])
        await stage.dialog()
        await stage.shoot(name)
        await stage.close_dialogs()
    pane.wished.emit(Wish.WINDOW, rows[GROUP])
    windows = stage.window.own_windows
    assert windows is not None
    await until(lambda: bool(windows.windows) and windows.windows[0].isActiveWindow(), "its own window")
    await stage.both("own-window")
    windows.windows[0].close()


def _indexes(view: ConversationListView) -> list[QModelIndex]:
    model = view.model()
    if model is None:
        return []
    return [model.index(row, 0) for row in range(model.rowCount())]


async def menu_of(stage: Stage, identifier: ConversationId) -> QMenu:
    view = stage.window.list_pane.list
    index = next(i for i in _indexes(view) if i.data(ConversationListModel.CONVERSATION).id == identifier)
    place = view.visualRect(index).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    await until(lambda: stage.window.findChildren(QMenu, "conversationMenu"), "the menu")
    return stage.find(QMenu, "conversationMenu")


async def with_a_message(stage: Stage) -> None:
    await stage.open(GROUP, "Meeting point")
    menu = await stage.open_menu(stage.message("Meeting point"))
    await stage.both("message-menu")
    menu.close()
    stage.pane.open_picker(stage.message("Meeting point").key)
    await stage.shoot("react")
    stage.find(QWidget, "reactionPopup").close()
    await stage.choose(stage.message("Meeting point"), "messageDetails")
    await stage.dialog()
    await stage.shoot("details")
    await stage.close_dialogs()
    await stage.choose(stage.message("Meeting point"), "forwardMessage")
    await stage.dialog()
    await stage.both("forward")
    await stage.close_dialogs()
    await stage.choose(stage.message("Meeting point"), "deleteMessage")
    await stage.dialog()
    await stage.shoot("delete")
    await stage.close_dialogs()
    await stage.choose(stage.message("I can bring"), "selectMessage")
    QTest.keyClick(stage.pane, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    await stage.shoot("several-messages")
    QTest.keyClick(stage.pane, Qt.Key.Key_Escape)


async def writing(stage: Stage) -> None:
    await stage.open(GROUP, "Meeting point")
    await stage.choose(stage.message("late on Saturdays"), "replyMessage")
    stage.type("Ten is fine with me, @B")
    await stage.shoot("reply-and-completion")
    composer = stage.window.chat_view.composer
    composer.field.clear()
    stage.writing.cancel_mode()
    await stage.open("Ben", "Looking forward")
    samples = [stage.folder / "harbour.png", stage.folder / "Walking route.txt"]
    composer.add_files(samples)
    stage.type("The picture again, and the way there")
    await until(lambda: len(stage.writing.files) == len(samples), "the files to send")
    await stage.both("files-to-send")
    for _ in samples:
        stage.writing.remove_file(0)
    composer.field.clear()


async def side_panes(stage: Stage) -> None:
    await stage.open(GROUP, "Meeting point")
    stage.window.toggle_members()
    await stage.shoot("members")
    stage.window.search_everywhere()
    type_into(stage.find(QLineEdit, "searchField"), "saturday")
    await stage.both("search")
    await stage.open("Ben", "Looking forward")
    stage.window.show_downloads()
    await stage.shoot("downloads-empty")
    await stage.choose(stage.message("Walking route"), "downloadFile")
    await until(lambda: (stage.window.settings.downloads_folder() / "Walking route.txt").exists(), "the file")
    await stage.both("downloads")
    stage.window.close_side_pane()


async def dialogs(stage: Stage) -> None:
    stage.window.open_switcher()
    dialog = await stage.dialog()
    QTest.keyClicks(stage.find(QLineEdit, "switcherField"), "be")
    await stage.both("switcher")
    dialog.close()
    stage.window.list_pane.new_group_asked.emit()
    await stage.dialog()
    await stage.shoot("new-group")
    await stage.close_dialogs()
    stage.window.open_shortcuts()
    await stage.dialog()
    await stage.shoot("keys")
    await stage.close_dialogs()
    stage.window.open_settings()
    await stage.dialog()
    sections = stage.find(QListWidget, "settingsSections")
    for row in range(sections.count()):
        sections.setCurrentRow(row)
        await stage.shoot(f"settings-{row + 1}")
    await stage.both("settings")
    await stage.close_dialogs()


async def sizes(stage: Stage) -> None:
    await stage.open(GROUP, "Meeting point")
    await stage.resize(SMALL)
    await stage.both("small")
    stage.window.settings.change(text_percent=200)
    await stage.shoot("small-200-percent")
    await stage.resize(USUAL)
    await stage.shoot("200-percent")
    stage.window.open_settings()
    await stage.dialog()
    await stage.shoot("settings-200-percent")
    await stage.close_dialogs()
    stage.window.settings.change(text_percent=100)
    await stage.resize(LARGE)
    await stage.both("large")
    await stage.resize(USUAL)


async def trouble(stage: Stage) -> None:
    """Without the server; and a file that is gone when its turn comes."""
    await stage.open("Ben", "Looking forward")
    await stage.server.stop()
    await until(lambda: stage.window.status_line.text != "Connected", "no connection")
    lost = stage.folder / "Notes of today.txt"
    lost.write_text("Saturday at nine, by the harbour.\n")
    composer = stage.window.chat_view.composer
    composer.add_files([lost])
    await until(lambda: stage.writing.files, "the file to send")
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    await until(lambda: stage.messages()[-1].state in _WAITING, "the message waits")
    stage.type("And see you on Saturday!")
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    await until(lambda: "Saturday" in stage.messages()[-1].text, "the second one waits, too")
    await stage.both("offline")
    lost.unlink()
    await stage.server.start()
    await until(lambda: stage.window.status_line.text == "Connected", "connected")
    await until(lambda: any(m.state is MessageState.FAILED for m in stage.messages()), "what cannot be sent")
    await stage.both("failed-send")


async def organizing(stage: Stage) -> None:
    """A message to many; a picture over the window."""
    await stage.open(GROUP, "Meeting point")
    window = stage.window
    window.list_pane.mailing_asked.emit()
    await stage.dialog()
    await stage.both("send-to-many")
    await stage.close_dialogs()
    await stage.open("Ben", "Looking forward")
    picture = next(m for m in stage.messages() if any(isinstance(e, Image) for e in m.elements))
    window.chat_view.view_asked.emit(picture, 0)
    await asyncio.sleep(1)
    await stage.both("picture")
    QTest.keyClick(stage.find(QWidget, "pictureViewer"), Qt.Key.Key_Escape)


FIRST_RUN: tuple[Scene, ...] = (
    logging_in,
    nothing_yet,
    conversations,
    invited,
    the_list,
    with_a_message,
    writing,
    side_panes,
    organizing,
    *media_scenes.SCENES,
    *operation_scenes.SCENES,
    *window_scenes.FIRST,
    dialogs,
    sizes,
    trouble,
)


async def in_chinese(stage: Stage) -> None:
    await stage.open(GROUP, "Meeting point")
    await stage.both("in-chinese")
    stage.window.open_settings()
    await stage.dialog()
    await stage.shoot("settings-in-chinese")
    await stage.close_dialogs()


SECOND_RUN: tuple[Scene, ...] = (in_chinese, window_scenes.every_dialog_in_chinese)
"""In a window that was started in Chinese."""
NEEDED = (logging_in, nothing_yet)
"""By all others."""
