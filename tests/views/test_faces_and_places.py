"""Faces from a folder of pictures, and places that open on a map only when they are clicked."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chatdesk.core.session import Session
from chatdesk.domain.elements import Element, Face, Location
from chatdesk.domain.places import map_address
from chatdesk.models.faces import face_sets, faces_in
from chatdesk.models.session import SessionModel
from chatdesk.models.settings import SettingsModel
from chatdesk.views.emoji_picker import EmojiPicker
from chatdesk.views.main_window import MainWindow
from chatdesk.views.message_pane import MessagePane
from chatdesk.views.theme import Theme
from tests.models.offline import BEN, c2c_id, direct, incoming, receive_direct
from tests.models.waiting import until


def _pictures(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        picture = QImage(20, 20, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.yellow)
        assert picture.save(str(folder / name))
    return folder


def test_a_face_has_the_number_and_the_name_of_its_file(tmp_path: Path, theme: Theme) -> None:
    folder = _pictures(tmp_path / "faces", "12_smile.png", "sad.png", "7.png")
    (folder / "readme.txt").write_text("no face")
    faces = [face for face, _ in faces_in(folder)]
    assert faces == [Face(12, "[smile]", "smile"), Face(7, "[7]", "7"), Face(3, "[sad]", "sad")]
    assert faces_in(tmp_path / "nowhere") == ()


def test_each_folder_in_the_folder_is_a_set(tmp_path: Path, theme: Theme) -> None:
    folder = _pictures(tmp_path / "faces", "1_wave.png")
    _pictures(folder / "Cats", "a.png", "b.png")
    (folder / "empty").mkdir()
    _pictures(folder / ".hidden", "x.png")
    assert [(each.name, len(each.faces)) for each in face_sets(folder)] == [("faces", 1), ("Cats", 2)]
    assert face_sets(tmp_path / "nowhere") == ()


async def test_a_face_is_chosen_in_the_emoji_picker_by_keyboard(tmp_path: Path, theme: Theme, qtbot: QtBot) -> None:
    settings = SettingsModel()
    picker = EmojiPicker(theme, settings=settings, with_faces=True)
    qtbot.addWidget(picker)
    picker.resize(picker.sizeHint())
    picker.show()
    picker.activateWindow()
    await until(picker.isActiveWindow)
    asked, sent = [], list[Element]()
    picker.folder_asked.connect(lambda: asked.append(True))
    picker.face_picked.connect(sent.append)
    picker.show_faces()
    assert picker.tabs.faces.folder.hasFocus()
    assert not picker.tabs.faces.isVisible()  # a quiet button is all there is
    QTest.keyClick(picker.tabs.faces.folder, Qt.Key.Key_Space)
    assert asked
    folder = _pictures(tmp_path / "faces", "1_wave.png", "2_heart.png", "3_cat.png")
    _pictures(folder / "Cats", "9_paw.png").joinpath("broken.png").write_text("no picture")
    settings.change(faces_folder=str(folder))
    picker.restart()
    assert [tab.accessibleName() for tab in picker.tabs.faces.tabs] == ["Stickers: faces", "Stickers: Cats"]
    picker.show_faces()
    await until(lambda: picker.faces.isVisible() and not picker.faces.item(2).icon().isNull())
    assert picker.faces.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "wave"
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    assert picker.faces.hasFocus()
    QTest.keyClick(picker.faces, Qt.Key.Key_Right)
    assert picker._name.text() == "heart"
    QTest.keyClick(picker.faces, Qt.Key.Key_Return)
    assert sent == [Face(2, "[heart]", "heart")]
    QTest.keyClick(picker.faces, Qt.Key.Key_Up)
    assert picker.field.hasFocus()
    QTest.keyClicks(picker.field, "cat")
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert sent[1:] == [Face(3, "[cat]", "cat")]
    QTest.keyClicks(picker.field, "zzz")
    assert picker._nothing.isVisible()
    picker.field.clear()
    QTest.mouseClick(picker.tabs.faces.tabs[1], Qt.MouseButton.LeftButton)
    assert [picker.faces.face(row).index for row in range(picker.faces.count())] == [9, 2]
    await until(lambda: picker.faces.item(1).text() == "broken")
    picker.restart()
    assert picker.grid.isVisible()  # emoji are in front again


async def test_a_face_leaves_from_the_window(
    window: MainWindow, account: SessionModel, session: Session, tmp_path: Path
) -> None:
    await receive_direct(session, direct(BEN, [incoming("hello")], "Ben"))
    account.load(c2c_id(BEN))
    await until(lambda: account.chat.timeline is not None and account.chat.timeline.rowCount() == 1)
    tools = window.chat_view.composer.tools
    tools.take_face_folder(str(_pictures(tmp_path / "faces", "12_smile.png")))
    assert window.settings.preferences.faces_folder == str(tmp_path / "faces")
    popup = tools._popup()
    await until(lambda: popup.picker.faces.count() == 1)
    popup.picker.faces.enter_first()
    QTest.keyClick(popup.picker.faces, Qt.Key.Key_Return)
    assert not popup.isVisible()
    timeline = account.chat.timeline
    assert timeline is not None
    await until(lambda: timeline.rowCount() == 2)
    assert timeline.items[1].elements == (Face(12, "[smile]", "smile"),)


@pytest.mark.parametrize("strange", [Location("x", "1"), Location("91", "0"), Location("1", "nan")])
def test_what_is_no_place_opens_no_map(strange: Location) -> None:
    assert map_address(strange) == ""


async def test_a_place_opens_on_a_map_when_it_is_activated(
    window: MainWindow, account: SessionModel, session: Session
) -> None:
    await receive_direct(session, direct(BEN, [incoming(Location("52.5163", "13.3777", "gate"))], "Ben"))
    account.load(c2c_id(BEN))
    await until(lambda: account.chat.timeline is not None and account.chat.timeline.rowCount() == 1)
    pane = window.findChild(MessagePane)
    assert pane is not None
    asked: list[str] = []
    pane.requests.link_activated.disconnect()  # no browser is started here
    pane.requests.link_activated.connect(asked.append)
    await until(lambda: pane.model() is not None and pane.model().rowCount() == 1)
    pane._gestures.activate_row(0)
    assert asked == ["https://www.openstreetmap.org/?mlat=52.516300&mlon=13.377700#map=16/52.516300/13.377700"]
