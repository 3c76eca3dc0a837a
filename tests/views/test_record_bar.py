"""Recording by keyboard: a key begins, the bar says so, Return keeps and Escape discards."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from chatdesk.core.session import Session
from chatdesk.domain.elements import Media, Sound
from chatdesk.models.recorder import Recorder
from chatdesk.models.session import SessionModel
from chatdesk.views import voice as voice_module
from chatdesk.views.main_window import MainWindow
from chatdesk.views.record_bar import RecordBar
from tests.models.offline import BEN, c2c_id, direct, incoming, receive_direct
from tests.models.waiting import until


class Microphone:
    """Stands for the device, which no test machine has, under the real recorder."""

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self.kept: list[bool] = []

    def duration(self) -> int:
        return 65_000

    def stop(self) -> None:
        self.kept.append(self.recorder._is_kept)
        self.recorder._end()

    def deleteLater(self) -> None: ...


@pytest.fixture
async def standing_by(
    account: SessionModel, window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> Microphone:
    await receive_direct(session, direct(BEN, [incoming("hello")], "Ben"))
    account.load(c2c_id(BEN))
    await until(lambda: account.chat.timeline is not None and window.chat_view.composer.field.isVisible())
    recorder = account.chat.composer.recorder
    monkeypatch.setattr(voice_module, "HELD_MS", 0)
    made = Microphone(recorder)

    def start(_: Recorder) -> None:
        recorder._recorder = made
        recorder.changed.emit()

    monkeypatch.setattr(Recorder, "start", start)
    monkeypatch.setattr(Recorder, "microphones", lambda _: [("a", "Headset"), ("b", "Built in")])
    window.chat_view.composer.field.setFocus()
    return made


@pytest.fixture
async def microphone(standing_by: Microphone, window: MainWindow) -> Microphone:
    """It records."""
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.chat_view.composer.field, Qt.Key.Key_R, keys)
    await until(lambda: standing_by.recorder.is_recording)
    return standing_by


async def test_the_bar(microphone: Microphone, window: MainWindow) -> None:
    bar = window.findChild(RecordBar)
    assert bar is not None
    assert bar.isVisible()
    time = bar.findChild(QLabel, "recordTime")
    assert time is not None
    assert "1:05" in time.text()
    assert [bar.devices.itemText(n) for n in range(bar.devices.count())][1:] == ["Headset", "Built in"]
    bar.devices.setFocus()
    QTest.keyClick(bar.devices, Qt.Key.Key_Down)
    assert window.settings.preferences.microphone == "a"
    done = bar.findChild(QPushButton, "recordDone")
    assert done is not None
    done.setFocus()
    QTest.keyClick(done, Qt.Key.Key_Space)
    assert microphone.kept == [True]
    assert not bar.isVisible()


async def test_escape_discards(microphone: Microphone, window: MainWindow) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "recordDone"
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert microphone.kept == [False]


async def test_listen_before_sending(microphone: Microphone, window: MainWindow, account: SessionModel) -> None:
    microphone.stop()
    heard: list[tuple[int, int]] = []
    sound = Sound(Media(name="v.m4a", mime="audio/mp4", size=9, path="/nowhere/v.m4a"), 900, is_voice=True)
    account.chat.composer.recorder.recorded.emit(sound)
    account.sounds.unplayable.connect(lambda key, element: heard.append((key, element)))
    account.sounds.is_able = lambda: False
    button = window.findChild(QToolButton, "listenFile0")
    assert button is not None
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert heard == [(0, 0)]


async def test_a_key_on_the_button_begins_and_ends(standing_by: Microphone, window: MainWindow) -> None:
    button = window.chat_view.composer.voice.button
    assert "Record" in button.accessibleName()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert standing_by.recorder.is_recording
    assert "End" in button.accessibleName()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert standing_by.kept == [True]


async def test_a_click_begins_another_one_ends(
    standing_by: Microphone, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_module, "HELD_MS", 60_000)
    button = window.chat_view.composer.voice.button
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert standing_by.recorder.is_recording
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "recordDone"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert standing_by.kept == [True]


@pytest.mark.parametrize(("end", "kept"), [(QPoint(10, 10), True), (QPoint(-300, -300), False)])
async def test_held_it_records_until_it_is_let_go(
    standing_by: Microphone, window: MainWindow, end: QPoint, kept: bool
) -> None:
    button = window.chat_view.composer.voice.button
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert standing_by.recorder.is_recording
    QTest.mouseMove(button, end)
    hint = window.findChild(QLabel, "recordHint")
    assert hint is not None
    await until(hint.isVisible)
    assert ("discard" in hint.text()) is not kept
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert standing_by.kept == [kept]


async def test_escape_in_the_field_discards(microphone: Microphone, window: MainWindow) -> None:
    field = window.chat_view.composer.field
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert microphone.kept == [False]


async def test_the_button_gives_way_to_send(standing_by: Microphone, window: MainWindow) -> None:
    composer = window.chat_view.composer
    assert (composer.voice.button.isVisible(), composer.send_button.isVisible()) == (True, False)
    QTest.keyClicks(composer.field, "words")
    assert (composer.voice.button.isVisible(), composer.send_button.isVisible()) == (False, True)
