"""The real microphone of a sound server that hears what is played: recorded, looked at, listened to."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton

from chatdesk.core.session import Session
from chatdesk.domain.elements import LOUDEST, Sound
from chatdesk.models.microphone import Listening, device_named, microphones
from chatdesk.models.multimedia import Output
from chatdesk.models.session import SessionModel
from chatdesk.views.main_window import MainWindow
from chatdesk.views.record_bar import RecordBar
from tests.media.pulse import MICROPHONE
from tests.media.samples import tone
from tests.models.offline import BEN, c2c_id, direct, incoming, receive_direct
from tests.models.waiting import until


async def _opened(session: Session, account: SessionModel, window: MainWindow) -> QToolButton:
    await receive_direct(session, direct(BEN, [incoming("hello")], "Ben"))
    account.load(c2c_id(BEN))
    await until(lambda: account.chat.timeline is not None and window.chat_view.composer.field.isVisible())
    button = window.findChild(QToolButton, "recordButton")
    assert button is not None
    assert button.isVisible()
    return button


async def test_what_is_said_is_recorded_listened_to_and_kept(
    session: Session, account: SessionModel, window: MainWindow, tmp_path: Path
) -> None:
    button = await _opened(session, account, window)
    composer = account.chat.composer
    levels: list[float] = []
    composer.recorder.heard.connect(levels.append)
    speaker = Output(window)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await until(lambda: composer.recorder.is_recording)
    speaker.open(tone(tmp_path / "tone.wav", 20.0).read_bytes(), "tone.wav")
    speaker.play()
    await until(lambda: any(level > 0.5 for level in levels))
    start = composer.recorder.elapsed_ms
    await until(lambda: composer.recorder.elapsed_ms > start + 1500)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await until(lambda: composer.files)
    speaker.close()
    (sound,) = composer.files
    assert isinstance(sound, Sound)
    assert sound.is_voice
    assert sound.duration_ms >= 1400
    assert sound.media.mime == "audio/mp4"
    assert len(sound.waveform) > 20
    assert sum(level > LOUDEST // 2 for level in sound.waveform) > len(sound.waveform) // 3
    assert Path(sound.media.path).stat().st_size == sound.media.size > 1000
    await _listen(account, window)


async def _listen(account: SessionModel, window: MainWindow) -> None:
    heard: list[int] = []
    account.sounds.changed.connect(lambda: heard.append(account.sounds.position_ms))
    listen = window.findChild(QToolButton, "listenFile0")
    assert listen is not None
    QTest.keyClick(listen, Qt.Key.Key_Space)
    await until(lambda: account.sounds.is_playing)
    await until(lambda: account.sounds.place is None)
    assert max(heard) >= 1000


async def test_silence_is_told(session: Session, account: SessionModel, window: MainWindow) -> None:
    button = await _opened(session, account, window)
    recorder = account.chat.composer.recorder
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await until(lambda: recorder.is_recording)
    bar = window.findChild(RecordBar)
    assert bar is not None
    hint = bar.findChild(QLabel, "recordHint")
    assert hint is not None
    await until(lambda: hint.isVisible() and "microphone" in hint.text() and bar.meter.isHidden())
    QTest.keyClick(bar.done, Qt.Key.Key_Escape)
    await until(lambda: not recorder.is_recording)
    assert account.chat.composer.files == ()
    assert list(session.pasted._folder.iterdir()) == []


async def test_the_chosen_microphone_is_listened_to(window: MainWindow, tmp_path: Path) -> None:
    ((name, words),) = microphones()
    assert words == MICROPHONE
    listening = Listening(window)
    levels: list[float] = []
    listening.heard.connect(levels.append)
    listening.start(device_named(name))
    await until(lambda: len(levels) > 3)
    assert max(levels) == 0
    speaker = Output(window)
    speaker.open(tone(tmp_path / "tone.wav", 20.0).read_bytes(), "tone.wav")
    speaker.play()
    await until(lambda: max(levels) > 0.5)
    speaker.close()
    listening.stop()
