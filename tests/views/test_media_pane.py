"""Pictures, files and links of a conversation: newest first, by pages, found by name, all by keyboard."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from chatdesk.core.session import Session
from chatdesk.domain.elements import Element, File, Image, Media, Sound, Text, Video
from chatdesk.models.session import SessionModel
from chatdesk.models.shared_media import PAGE
from chatdesk.views.main_window import MainWindow
from chatdesk.views.media_pane import MediaPane
from chatdesk.views.picture_viewer import PictureViewer
from chatdesk.views.theme import Theme
from tests.models.offline import BEN, c2c_id, direct, incoming, receive_direct
from tests.models.waiting import turn, until

BENS = c2c_id(BEN)
START_MS = 1_700_000_000_000
SENT: tuple[Element | tuple[Element, ...], ...] = (
    Image(Media("mxc://a/1", "harbour.png", "image/png", 900), 30, 20),
    File(Media("mxc://a/2", "Route plan.pdf", "application/pdf", 4000)),
    Text("see https://example.org/one and https://example.org/two."),
    Text("no link here"),
    (Image(Media("mxc://a/3", "first.jpg")), Text("two at once"), Image(Media("mxc://a/4", "second.jpg"))),
    Sound(Media("mxc://a/5", "hello.ogg"), 3000),
    Video(Media("mxc://a/6", "waves.mp4"), 9000),
)


@pytest.fixture
async def pane(account: SessionModel, window: MainWindow, session: Session) -> MediaPane:
    messages = [incoming(content, time_ms=START_MS + 60_000 * n) for n, content in enumerate(SENT)]
    await receive_direct(session, direct(BEN, messages, "Ben"))
    account.load(BENS)
    await until(lambda: account.chat.timeline is not None and len(account.chat.timeline.items) >= len(SENT))
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    found = window.side_pane.media
    await until(lambda: found.list.isVisible() and account.shared_media.is_answered)
    return found


def titles(pane: MediaPane) -> list[str]:
    model = pane.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


async def choose(pane: MediaPane, name: str, expected: list[str]) -> None:
    tab = pane.findChild(QPushButton, name)
    assert tab is not None
    QTest.mouseClick(tab, Qt.MouseButton.LeftButton)
    await until(lambda: titles(pane) == expected)


async def test_newest_first_by_kind(pane: MediaPane) -> None:
    assert titles(pane) == ["waves.mp4", "second.jpg", "first.jpg", "harbour.png"]
    await choose(pane, "mediaFiles", ["hello.ogg", "Route plan.pdf"])
    await choose(pane, "mediaLinks", ["https://example.org/two", "https://example.org/one"])
    await choose(pane, "mediaPictures", ["waves.mp4", "second.jpg", "first.jpg", "harbour.png"])


async def test_found_by_a_part_of_the_name(pane: MediaPane) -> None:
    assert pane.field.hasFocus()
    QTest.keyClicks(pane.field, "harb")
    await until(lambda: titles(pane) == ["harbour.png"])
    QTest.keyClicks(pane.field, "x")
    await until(lambda: not pane.list.isVisible())
    QTest.keyClick(pane.field, Qt.Key.Key_Escape)
    await until(lambda: len(titles(pane)) == 4)


async def test_all_by_keyboard(pane: MediaPane, account: SessionModel) -> None:
    asked: list[tuple[str, Any, Any]] = []
    pane.open_asked.disconnect()
    pane.save_asked.disconnect()
    pane.open_asked.connect(lambda message, element: asked.append(("open", message.key, element)))
    pane.save_asked.connect(lambda message, element: asked.append(("save", message.key, element)))
    account.chat.landing.connect(lambda key: asked.append(("go", key, 0)))
    await choose(pane, "mediaFiles", ["hello.ogg", "Route plan.pdf"])
    key = account.shared_media.items[1].message.key
    pane.field.setFocus()
    QTest.keyClick(pane.field, Qt.Key.Key_Down)
    assert pane.list.hasFocus()
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    QTest.keyClick(pane.list, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(pane.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked == [("open", key, 0), ("save", key, 0), ("go", key, 0)]


async def test_a_picture_opens_in_the_viewer(pane: MediaPane, window: MainWindow) -> None:
    pane._enter_list()
    QTest.keyClick(pane.list, Qt.Key.Key_End)
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    viewer = window.findChild(PictureViewer)
    assert viewer is not None
    assert viewer._title.full_text() == "harbour.png"
    viewer.leave()


async def test_the_menu(pane: MediaPane) -> None:
    pane._open_menu(pane.list.visualRect(pane.list.model().index(0, 0)).center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.objectName() for action in menu.actions()] == ["mediaGoToMessage", "mediaOpen", "mediaSave"]
    menu.close()


async def test_what_comes_in_appears(pane: MediaPane, session: Session) -> None:
    await receive_direct(session, direct(BEN, [incoming(Image(Media("mxc://a/9", "new.png")))], "Ben"))
    await until(lambda: titles(pane)[0] == "new.png")


async def test_by_pages(pane: MediaPane, session: Session, account: SessionModel) -> None:
    many = [incoming(Image(Media(f"mxc://a/p{n}", f"{n}.png")), time_ms=START_MS + 10**9 + n) for n in range(PAGE + 9)]
    await receive_direct(session, direct(BEN, many, "Ben"))
    await until(lambda: len(titles(pane)) >= PAGE)
    pane.list.scrollToBottom()
    await until(lambda: len(titles(pane)) == PAGE + 9 + 4)
    assert len(set(titles(pane))) == PAGE + 9 + 4


async def test_ends_with_the_session(pane: MediaPane, window: MainWindow, account: SessionModel) -> None:
    window.detach()
    assert not window.panes.is_side_shown


@pytest.mark.parametrize("percent", [100, 200])
async def test_pictures_fill_the_width(pane: MediaPane, theme: Theme, percent: int) -> None:
    theme.set_text_percent(percent)
    view = pane.list
    for width in (300, 371, 420):
        view.resize(width, 400)
        view.fit()
        await turn()
        rects = [view.visualRect(view.model().index(row, 0)) for row in range(view.model().rowCount())]
        first_line = [rect for rect in rects if rect.top() == rects[0].top()]
        step = rects[1].left() - rects[0].left()
        columns = (view.viewport().width() - rects[0].left()) // step
        assert columns >= 2
        assert len(first_line) == min(columns, len(rects))
        assert view.viewport().width() - columns * step < 30
