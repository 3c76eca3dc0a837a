"""Recording by keyboard: a key begins, the bar says so, Return keeps and Escape discards."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from chatdesk.core.session import Session
from chatdesk.domain.elements import Media, Sound
from chatdesk.models.recorder import Recorder
from chatdesk.models.session import SessionModel
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
async def microphone(
    account: SessionModel, window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> Microphone:
    await receive_direct(session, direct(BEN, [incoming("hello")], "Ben"))
    account.load(c2c_id(BEN))
    await until(lambda: account.chat.timeline is not None and window.chat_view.composer.field.isVisible())
    recorder = account.chat.composer.recorder
    made = Microphone(recorder)

    def start(_: Recorder) -> None:
        recorder._recorder = made
        recorder.changed.emit()

    monkeypatch.setattr(Recorder, "start", start)
    monkeypatch.setattr(Recorder, "microphones", lambda _: [("a", "Headset"), ("b", "Built in")])
    window.chat_view.composer.field.setFocus()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.chat_view.composer.field, Qt.Key.Key_R, keys)
    await until(lambda: recorder.is_recording)
    return made


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
