"""A recording before it is sent: played, paused, and gone to another place by mouse and key; in either direction."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.domain.elements import Media, Sound
from chatdesk.views.sound_row import SoundRow
from chatdesk.views.theme import Theme
from tests.models.test_sounds import Setting
from tests.models.waiting import until

SOUND = Sound(Media("mxc://a/1", "Voice message.m4a", "audio/mp4", 52_600), 8000, (1, 90, 30), is_voice=True)


@pytest.fixture(params=[Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def row(request: pytest.FixtureRequest, theme: Theme, qtbot: QtBot) -> SoundRow:
    made = SoundRow(theme, SOUND, 0, SOUND.media.name)
    made.setLayoutDirection(request.param)
    qtbot.addWidget(made)
    made.resize(400, 40)
    made.show()
    return made


def _words(row: SoundRow) -> str:
    return next(label.text() for label in row.findChildren(QLabel))


async def test_listen_pause_and_go_elsewhere(row: SoundRow) -> None:
    setting = Setting()
    sounds = setting.sounds
    sounds.changed.connect(lambda: row.show_state(sounds))
    row.listened.connect(lambda: sounds.toggle(0, 0, SOUND.media))
    row.sought.connect(sounds.seek)
    assert _words(row) == "0:08 · 52.6 kB"
    assert row.button.accessibleName() == "Listen to Voice message.m4a"
    QTest.keyClick(row.button, Qt.Key.Key_Space)
    await until(lambda: sounds.is_playing)
    device = setting.devices[-1]
    assert row.button.accessibleName() == "Pause Voice message.m4a"
    strip = row.findChild(QWidget, "soundPlace0")
    assert strip is not None
    is_rtl = row.layoutDirection() is Qt.LayoutDirection.RightToLeft
    at = strip.width() // 4 if is_rtl else strip.width() * 3 // 4
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(at, strip.height() // 2))
    assert abs(device.position_ms - 6000) < 200
    device.moved.emit()
    assert _words(row) == "0:06 / 0:08"
    before = device.position_ms
    QTest.keyClick(strip, Qt.Key.Key_Right if is_rtl else Qt.Key.Key_Left)
    assert device.position_ms == before - 400
    before = device.position_ms
    middle, none = QPointF(strip.rect().center()), Qt.MouseButton.NoButton
    turned = QWheelEvent(
        middle,
        middle,
        QPoint(),
        QPoint(0, 120),
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(strip, turned)
    assert device.position_ms == before
    spoken = QAccessible.queryAccessibleInterface(strip)
    assert spoken.role() is QAccessible.Role.Slider
    assert spoken.valueInterface().currentValue() == round(100 * device.position_ms / 8000)
    sounds.stop()
    assert _words(row) == "0:08 · 52.6 kB"
    assert strip.focusPolicy() is Qt.FocusPolicy.NoFocus
