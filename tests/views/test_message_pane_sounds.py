"""Sounds in the pane: pressed at the disc they play, at the waveform they go there, at the speed they hurry."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from chatdesk.domain.elements import Media, Sound
from chatdesk.models.sounds import Sounds
from chatdesk.models.tasks import Tasks
from chatdesk.views.message_sound import SoundBlock
from tests.models.test_sounds import Setting as Player
from tests.models.waiting import until
from tests.views.message_pane_setting import Setting
from tests.views.message_samples import message

VOICE = Sound(Media("mxc://a/1", "Voice message.m4a", "audio/mp4", 9), 8000, tuple(range(0, 1024, 10)), True)
FILE = Sound(Media("mxc://a/2", "song.ogg", "audio/ogg", 9), 8000)


def block(setting: Setting, key: int) -> SoundBlock:
    item = setting.layout(key).item_of(0)
    assert item is not None
    assert isinstance(item.block, SoundBlock)
    return item.block


async def test_each_part_does_its_own(qtbot: QtBot) -> None:
    setting = Setting(qtbot, (message(VOICE, key=1), message(FILE, key=2)))
    asked: list[tuple[int, int, float, bool]] = []
    setting.pane.requests.sound_requested.connect(lambda *arguments: asked.append(arguments))
    corner = setting.item_rect(1).topLeft()
    wave = block(setting, 1)._wave.toRect()
    setting.click(corner + QPoint(10, 15))
    setting.click(corner + wave.center())
    setting.click(corner + block(setting, 1)._speed.toRect().center())
    setting.click(setting.item_rect(2).center())
    assert asked[0] == (1, 0, -1.0, False)
    assert asked[1][2] == pytest.approx(0.5, abs=0.02)
    assert asked[2] == (1, 0, -1.0, True)
    assert asked[3] == (2, 0, -1.0, False)
    setting.pane.setCurrentIndex(setting.model.index(0))
    setting.pane._gestures.activate_row(0)  # what Return does
    assert asked[4] == (1, 0, -1.0, False)


async def test_what_is_heard_is_seen(qtbot: QtBot) -> None:
    player = Player()
    setting = Setting(qtbot, (message(VOICE, key=1), message(FILE, key=2)))
    setting.pane.set_sounds(player.sounds)
    rect = setting.item_rect(1)
    still = setting.pane.viewport().grab(rect).toImage()
    device = await player.play(1, VOICE.media)
    player.sounds.seek(0.5)
    device.moved.emit()
    half = setting.pane.viewport().grab(rect).toImage()
    player.sounds.seek(1.0)
    assert setting.pane.viewport().grab(rect).toImage() != half != still
    assert setting.item_rect(1) == rect
    player.sounds.stop()
    assert setting.pane.viewport().grab(rect).toImage() == still


async def test_without_multimedia_the_system_plays(qtbot: QtBot) -> None:
    tasks = Tasks()

    async def fetch(media: Media) -> bytes:
        raise AssertionError("not needed")

    sounds = Sounds(fetch, tasks.run, None, lambda: False)
    left: list[int] = []
    sounds.unplayable.connect(lambda key, _: left.append(key))
    sounds.toggle(7, 0, FILE.media)
    await until(lambda: left == [7])


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
async def test_keys_steer_what_is_heard(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    player = Player()
    setting = Setting(qtbot, (message(VOICE, key=1), message(FILE, key=2)))
    pane = setting.pane
    pane.setLayoutDirection(direction)
    pane.set_sounds(player.sounds)
    pane.requests.sound_requested.connect(
        lambda key, element, share, is_speed: player.sounds.next_speed() if is_speed else player.sounds.seek(share)
    )
    on, back = Qt.Key.Key_Right, Qt.Key.Key_Left
    if direction is Qt.LayoutDirection.RightToLeft:
        on, back = back, on
    QTest.keyClick(pane, on)  # nothing is heard
    device = await player.play(1, VOICE.media)
    QTest.keyClick(pane, on)
    assert device.position_ms == 5000
    QTest.keyClick(pane, on)
    assert device.position_ms == 8000
    QTest.keyClick(pane, back)
    assert device.position_ms == 3000
    QTest.keyClick(pane, back)
    assert device.position_ms == 0
    QTest.keyClick(pane, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert device.rate == 1.5
    player.sounds.stop()
