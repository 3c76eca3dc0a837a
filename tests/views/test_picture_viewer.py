"""The viewer over a real session: what it shows, where it goes, and that the keyboard does everything."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from chatdesk.core.session import Session
from chatdesk.domain.changes import Changes
from chatdesk.domain.elements import Image, Media, Video, media_of
from chatdesk.domain.errors import NetworkError
from chatdesk.models.session import SessionModel
from chatdesk.models.when import size_text
from chatdesk.views.main_window import MainWindow
from chatdesk.views.message_menu import Action, Target, actions_for
from chatdesk.views.message_pane import MessagePane
from chatdesk.views.picture_viewer import PictureViewer
from tests.models.hostile_pictures import encoded
from tests.models.offline import BEN, c2c_id, direct, incoming, receive_direct
from tests.models.test_sounds import Device
from tests.models.waiting import until

BENS = c2c_id(BEN)


class Stream:
    """A file as a server sends it, some of it, then the rest when it is let."""

    etag = mime = ""
    offset = 0

    def __init__(self, data: bytes, gate: asyncio.Event) -> None:
        self.total = len(data)
        self._data = data
        self._gate = gate

    async def chunks(self) -> AsyncIterator[bytes]:
        yield self._data[:10]
        await self._gate.wait()
        yield self._data[10:]


class Files:
    """What the server has, by address; an error for what it cannot give."""

    def __init__(self, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
        self.content: dict[str, bytes | Exception] = {}
        self.gate = asyncio.Event()
        self.gate.set()
        monkeypatch.setattr(session.media._server, "download", self.download)
        monkeypatch.setattr(session.media._server, "thumbnail", self.thumbnail)

    @asynccontextmanager
    async def download(self, uri: str, offset: int = 0) -> AsyncIterator[Stream]:
        content = self.content[uri]
        if isinstance(content, Exception):
            raise content
        yield Stream(content, self.gate)

    async def thumbnail(self, uri: str, width: int, height: int, max_bytes: int = 0) -> bytes:
        content = self.content[uri]
        if isinstance(content, Exception):
            raise content
        return content


@pytest.fixture
def files(session: Session, monkeypatch: pytest.MonkeyPatch) -> Files:
    return Files(session, monkeypatch)


async def show(account: SessionModel, window: MainWindow, session: Session, *pictures: Image | Video) -> PictureViewer:
    """A message for each picture; the last one is clicked."""
    messages = [incoming(picture, time_ms=1_700_000_000_000 + 60_000 * n) for n, picture in enumerate(pictures)]
    await receive_direct(session, direct(BEN, messages, "Ben"))
    account.load(BENS)
    await until(lambda: account.chat.timeline is not None and len(account.chat.timeline.items) >= len(pictures))
    assert account.chat.timeline is not None
    window.chat_view.view_asked.emit(account.chat.timeline.items[-1], 0)
    viewer = window.findChild(PictureViewer)
    assert viewer is not None
    return viewer


def picture(number: int, width: int = 600, height: int = 400) -> Image:
    return Image(Media(f"mxc://a/{number}", f"{number}.png", "image/png", 1000), width, height)


def name_of(viewer: PictureViewer) -> str:
    return viewer._title.full_text()


def child(viewer: PictureViewer, name: str) -> QWidget:
    found = viewer.findChild(QWidget, name)
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


async def test_one_after_the_other(account: SessionModel, window: MainWindow, session: Session, files: Files) -> None:
    files.content = {f"mxc://a/{n}": encoded("PNG", 600, 400) for n in range(3)}
    viewer = await show(account, window, session, *(picture(n) for n in range(3)))
    assert viewer.geometry() == window._centre.rect()
    await until(lambda: bool(viewer.model.levels))
    assert name_of(viewer) == "2.png"
    assert viewer.canvas.hasFocus()
    assert "2.png" in viewer.canvas.accessibleName()
    await until(lambda: viewer.model.has(newer=False))
    assert not child(viewer, "nextPicture").isEnabled()
    press(Qt.Key.Key_Left)
    assert name_of(viewer) == "1.png"
    press(Qt.Key.Key_PageUp)
    assert name_of(viewer) == "0.png"
    press(Qt.Key.Key_Left)
    assert name_of(viewer) == "0.png"
    press(Qt.Key.Key_Right)
    assert name_of(viewer) == "1.png"
    press(Qt.Key.Key_Escape)
    assert viewer.isHidden()
    assert viewer.model.current is None


async def test_a_picture_is_copied_from_its_menu(
    account: SessionModel, window: MainWindow, session: Session, files: Files
) -> None:
    files.content = {"mxc://a/0": encoded("PNG", 600, 400), "mxc://a/1": b"no picture"}
    viewer = await show(account, window, session, picture(0), picture(1))
    press(Qt.Key.Key_Escape)
    assert viewer.isHidden()
    assert account.chat.timeline is not None
    good, broken = account.chat.timeline.items[-2:]
    assert Action.COPY_PICTURE in actions_for(Target(good, 0, media_of(good.elements[0])))
    clipboard = QApplication.clipboard()
    clipboard.clear()
    told: list[str] = []
    window.chat_view.told.connect(told.append)
    pane = window.findChild(MessagePane)
    assert pane is not None
    ask = pane.requests
    ask.copy_picture_requested.emit(broken.key, 0)
    await until(lambda: told == ["This picture cannot be copied."])
    assert clipboard.image().isNull()
    ask.copy_picture_requested.emit(good.key, 0)
    await until(lambda: told[1:] == ["The picture was copied."])
    assert clipboard.image().size().toTuple() == (600, 400)


async def test_zoom_by_keys_wheel_and_drag(
    account: SessionModel, window: MainWindow, session: Session, files: Files
) -> None:
    files.content = {"mxc://a/0": encoded("JPEG", 2000, 1500)}
    viewer = await show(account, window, session, picture(0, 2000, 1500))
    await until(lambda: bool(viewer.model.levels))
    canvas = viewer.canvas
    fitted = canvas.zoom
    assert canvas.is_fitted
    assert fitted == pytest.approx(min(canvas.width() / 2000, canvas.height() / 1500))
    press(Qt.Key.Key_Plus)
    assert canvas.zoom == pytest.approx(fitted * 1.25)
    press(Qt.Key.Key_1)
    assert canvas.zoom == 1.0
    percent = viewer.findChild(QLabel, "pictureZoom")
    assert percent is not None
    assert percent.text() == "100 %"
    point = QPointF(50, 40)
    before = canvas._target()
    share = (point.x() - before.x()) / before.width()
    wheel = QWheelEvent(
        point,
        canvas.mapToGlobal(point),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, wheel)
    after = canvas._target()
    assert (point.x() - after.x()) / after.width() == pytest.approx(share)  # what is under the pointer stays there
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    QTest.mouseMove(canvas, QPoint(150, 180))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(150, 180))
    assert canvas._target().topLeft() == after.topLeft() + QPointF(-50, -20)
    for _ in range(200):
        press(Qt.Key.Key_Down)
    assert canvas._target().bottom() == pytest.approx(canvas.height())  # the edge stays at the edge
    press(Qt.Key.Key_0)
    assert canvas.is_fitted


async def test_progress_then_the_picture(
    account: SessionModel, window: MainWindow, session: Session, files: Files
) -> None:
    files.content = {"mxc://a/0": encoded("PNG")}
    files.gate.clear()
    viewer = await show(account, window, session, picture(0))
    status = viewer.findChild(QLabel, "pictureStatus")
    assert status is not None
    await until(lambda: size_text(10) in status.text())
    assert child(viewer, "pictureProgress").isVisible()
    assert not child(viewer, "copyPicture").isEnabled()
    files.gate.set()
    await until(lambda: bool(viewer.model.levels))
    assert not child(viewer, "pictureProgress").isVisible()
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().image().size() == viewer.model.levels[0].size()


async def test_out_of_reach_can_be_tried_again(
    account: SessionModel, window: MainWindow, session: Session, files: Files
) -> None:
    files.content = {"mxc://a/0": NetworkError("no line")}
    viewer = await show(account, window, session, picture(0))
    await until(lambda: child(viewer, "pictureRetry").isVisible())
    files.content["mxc://a/0"] = encoded("PNG")
    QTest.mouseClick(child(viewer, "pictureRetry"), Qt.MouseButton.LeftButton)
    await until(lambda: bool(viewer.model.levels))
    assert viewer.canvas.isVisible()


async def test_broken_says_so_and_can_be_saved(
    account: SessionModel, window: MainWindow, session: Session, files: Files
) -> None:
    files.content = {"mxc://a/0": b"MZ no picture at all"}
    viewer = await show(account, window, session, picture(0))
    await until(lambda: child(viewer, "pictureSaveBroken").isVisible())
    assert not child(viewer, "pictureRetry").isVisible()
    await until(lambda: QApplication.focusWidget() is child(viewer, "pictureSaveBroken"))
    press(Qt.Key.Key_Space)
    dialog = window.findChild(QFileDialog, "saveAsDialog")
    assert dialog is not None
    dialog.close()
    assert viewer.isVisible()


async def test_keys_stay_inside(account: SessionModel, window: MainWindow, session: Session, files: Files) -> None:
    """Neither Tab nor a shortcut of the window reaches what lies below."""
    files.content = {"mxc://a/0": encoded("PNG")}
    viewer = await show(account, window, session, picture(0))
    await until(lambda: bool(viewer.model.levels))
    seen = set()
    for _ in range(20):
        press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert viewer.isAncestorOf(focused)
        seen.add(focused.objectName())
    assert {"pictureCanvas", "zoomIn", "savePicture", "closePictures"} <= seen
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert not window.panes.is_side_shown


async def test_back_to_the_message(account: SessionModel, window: MainWindow, session: Session, files: Files) -> None:
    files.content = {"mxc://a/0": encoded("PNG")}
    viewer = await show(account, window, session, picture(0))
    landed: list[Any] = []
    account.chat.landing.connect(landed.append)
    key = viewer.model.current
    assert key is not None
    QTest.mouseClick(child(viewer, "showPictureMessage"), Qt.MouseButton.LeftButton)
    assert landed == [key.message.key]
    assert viewer.isHidden()


async def test_a_picture_taken_back_is_not_looked_at_any_longer(
    account: SessionModel, window: MainWindow, session: Session, files: Files
) -> None:
    files.content = {f"mxc://a/{n}": encoded("PNG") for n in range(2)}
    viewer = await show(account, window, session, *(picture(n) for n in range(2)))
    await until(lambda: viewer.model.has(newer=False))
    current = viewer.model.current
    assert current is not None
    account.applied.emit(Changes(messages=(replace(current.message, elements=()),)))
    assert name_of(viewer) == "0.png"
    current = viewer.model.current
    assert current is not None
    account.applied.emit(Changes(messages=(replace(current.message, elements=()),)))
    assert viewer.isHidden()


async def test_ends_with_the_session(account: SessionModel, window: MainWindow, session: Session, files: Files) -> None:
    files.content = {"mxc://a/0": encoded("PNG")}
    viewer = await show(account, window, session, picture(0))
    window.detach()
    assert viewer.isHidden()


VIDEO = Video(Media("mxc://a/v", "waves.mp4", "video/mp4", 5), 9000, 320, 240)


async def test_a_video_plays(account: SessionModel, window: MainWindow, session: Session, files: Files) -> None:
    files.content = {"mxc://a/v": b"sound"}
    devices: list[Device] = []

    def make(parent: QObject) -> Any:
        devices.append(Device(parent))
        return devices[-1]

    account.sounds.is_able = lambda: True
    account.sounds._make_output = make
    viewer = await show(account, window, session, VIDEO)
    await until(lambda: account.sounds.is_playing)
    frame = QImage(320, 240, QImage.Format.Format_RGB32)
    frame.fill(Qt.GlobalColor.red)
    devices[0].frame.emit(frame)
    shown = viewer.canvas.grab().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2).red() == 255
    press(Qt.Key.Key_K)
    assert not account.sounds.is_playing
    place = child(viewer, "filmPlace")
    place.setFocus()
    QTest.keyClick(place, Qt.Key.Key_Right)
    assert devices[0].position_ms == 400
    QTest.mouseClick(child(viewer, "filmSpeed"), Qt.MouseButton.LeftButton)
    assert devices[0].rate == 1.5
    press(Qt.Key.Key_Escape)
    assert viewer.isHidden()
    assert account.sounds.place is None
    assert devices[0].open_name == ""


async def test_without_multimedia_a_video_goes_to_the_system(
    account: SessionModel, window: MainWindow, session: Session, files: Files
) -> None:
    account.sounds.is_able = lambda: False
    asked: list[int] = []
    account.downloads.updated.connect(asked.append)
    await receive_direct(session, direct(BEN, [incoming(VIDEO)], "Ben"))
    account.load(BENS)
    await until(lambda: account.chat.timeline is not None and len(account.chat.timeline.items) > 0)
    assert account.chat.timeline is not None
    window.chat_view.view_asked.emit(account.chat.timeline.items[-1], 0)
    await until(lambda: asked)
    assert window.findChild(PictureViewer) is None
