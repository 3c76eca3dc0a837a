"""Faces from a folder of pictures, and places that open on a map only when they are clicked."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget

from chatdesk.core.session import Session
from chatdesk.domain.elements import Element, Face, Location
from chatdesk.domain.places import map_address
from chatdesk.models.faces import faces_in
from chatdesk.models.session import SessionModel
from chatdesk.models.settings import SettingsModel
from chatdesk.views.face_dialog import FaceDialog
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


async def test_a_face_is_chosen_by_keyboard_and_its_folder_kept(tmp_path: Path, theme: Theme) -> None:
    settings = SettingsModel()
    dialog = FaceDialog(settings)
    dialog.open()
    assert not dialog.action_button.isEnabled()
    assert "Choose a folder" in dialog.hint.text()
    dialog.show_folder(_pictures(tmp_path / "faces", "1_wave.png", "2_heart.png"))
    assert settings.preferences.faces_folder == str(tmp_path / "faces")
    assert dialog.list.count() == 2
    await until(lambda: not dialog.list.item(1).icon().isNull())
    sent: list[Element] = []
    dialog.chosen.connect(sent.append)
    QTest.keyClick(dialog.list, Qt.Key.Key_Right)
    dialog.action_button.click()
    assert sent == [Face(2, "[heart]", "heart")]
    assert not dialog.isVisible()
    assert isinstance(dialog.list, QListWidget)


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
