"""Records a voice message: from the microphone into a file of the profile, then how long and how loud it is.

Main thread; Qt records and decodes in threads of its own. Owns the recording under way; who asked takes the Sound.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, QTimer, QUrl, Signal

from chatdesk.domain.elements import Media, Sound
from chatdesk.domain.waveform import Loudness
from chatdesk.models.microphone import Listening, device_named, microphones
from chatdesk.models.multimedia import missing_library, qt_multimedia
from chatdesk.models.tasks import Run

SAMPLES_PER_S = 8000
_TICK_MS = 200
_LEAST_MS = 300
"""Shorter than that nobody meant to say anything."""
NewFile = Callable[[str], Coroutine[Any, Any, Path]]


class _Kind(NamedTuple):
    """Qt's names of a container and what is in it, and what others call them."""

    container: str
    codec: str
    suffix: str
    mime: str


_KINDS = (
    _Kind("Mpeg4Audio", "AAC", ".m4a", "audio/mp4"),
    _Kind("Ogg", "Opus", ".ogg", "audio/ogg"),
    _Kind("FLAC", "FLAC", ".flac", "audio/flac"),
    _Kind("Wave", "Wave", ".wav", "audio/wav"),
)
"""The first that this system can encode is taken: every client plays AAC."""


def no_multimedia_words() -> str:
    """What to do so that something can be recorded; empty where Qt's multimedia is here."""
    if qt_multimedia() is not None:
        return ""
    library = missing_library()
    if not library and getattr(sys, "frozen", False):  # nothing can be installed into it
        return QCoreApplication.translate(
            "Recorder", "This build of chatdesk comes without Qt Multimedia, which voice messages need."
        )
    if not library:
        return QCoreApplication.translate(
            "Recorder", 'Voice messages need Qt Multimedia. Install it with: pip install "chatdesk[media]"'
        )
    lacks = QCoreApplication.translate("Recorder", "Voice messages need something that your system lacks: {0}.")
    remedy = QCoreApplication.translate("Recorder", "On Debian and Ubuntu: sudo apt install libpulse0")
    return " ".join((lacks.format(library), remedy if "libpulse" in library else "")).strip()


class Recorder(QObject):
    changed = Signal()
    """Another state, or time went on."""
    recorded = Signal(object)
    """A Sound to be listened to and sent."""
    failed = Signal(str)
    heard = Signal(float)
    """How loud it is just now, from 0 to 1."""

    def __init__(self, new_file: NewFile, forget: Callable[[str], None], run: Run, parent: QObject | None) -> None:
        super().__init__(parent)
        self._new_file = new_file
        self._forget = forget
        self._run = run
        self._path: Path | None = None
        self._capture: Any = None
        self._recorder: Any = None
        self._is_kept = self._is_starting = False
        self._kind = _KINDS[0]
        self._decoder: Any = None
        self._listening = Listening(self)
        self._listening.heard.connect(self.heard)
        self._loudness = Loudness()
        self.microphone = ""
        """The device's own name; empty: the system's choice."""
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.changed)

    @property
    def is_recording(self) -> bool:
        return self._recorder is not None

    @property
    def elapsed_ms(self) -> int:
        return 0 if self._recorder is None else int(self._recorder.duration())

    def microphones(self) -> list[tuple[str, str]]:
        return microphones()

    def start(self) -> None:
        if self.is_recording or self._is_starting:
            return
        qt = qt_multimedia()
        kind = None if qt is None else _encodable(qt)
        if qt is None:
            self.failed.emit(no_multimedia_words())
        elif not qt.QMediaDevices.audioInputs():
            self.failed.emit(self.tr("No microphone was found. Connect one and try again."))
        elif kind is None:
            self.failed.emit(self.tr("Nothing on this computer can turn sound into a file that others can play."))
        else:
            self._kind, self._is_starting = kind, True
            self._run(self._new_file(kind.suffix), self._begin, self._fail)

    def _begin(self, path: Path) -> None:
        qt: Any = qt_multimedia()
        if not self._is_starting:  # taken back meanwhile
            self._forget(str(path))
            return
        self._is_starting = False
        device = device_named(self.microphone)
        if device is None:
            self._forget(str(path))
            self.failed.emit(self.tr("No microphone was found. Connect one and try again."))
            return
        kind = qt.QMediaFormat(qt.QMediaFormat.FileFormat[self._kind.container])
        kind.setAudioCodec(qt.QMediaFormat.AudioCodec[self._kind.codec])
        self._path, self._is_kept = path, False
        self._capture = qt.QMediaCaptureSession(self)
        self._capture.setAudioInput(qt.QAudioInput(device, self._capture))
        self._recorder = recorder = qt.QMediaRecorder(self)
        recorder.setMediaFormat(kind)
        recorder.setAudioChannelCount(1)
        recorder.setAudioBitRate(32_000)
        recorder.setOutputLocation(QUrl.fromLocalFile(str(path)))
        self._capture.setRecorder(recorder)
        recorder.recorderStateChanged.connect(self._on_state)
        recorder.errorOccurred.connect(lambda _, sentence: self._fail(sentence))
        recorder.record()
        if self._recorder is recorder:  # else it failed at once
            self._listening.start(device)
            self._tick.start()
        self.changed.emit()

    def stop(self) -> None:
        """Keep what was said."""
        self._is_starting = False
        if self._recorder is not None:
            self._is_kept = True
            self._recorder.stop()

    def cancel(self) -> None:
        """Keep nothing."""
        self._is_starting = False
        if self._recorder is not None:
            self._is_kept = False
            self._recorder.stop()

    def _on_state(self, state: Any) -> None:
        qt: Any = qt_multimedia()
        if self._recorder is None or state != qt.QMediaRecorder.RecorderState.StoppedState:
            return
        path, duration_ms, is_kept = self._path, self.elapsed_ms, self._is_kept
        self._end()
        if path is None:
            return
        if is_kept and duration_ms >= _LEAST_MS:
            self.measure(path, self.tr("Voice message") + path.suffix, duration_ms)
        else:
            self._forget(str(path))

    def _end(self) -> None:
        self._tick.stop()
        self._listening.stop()
        for thing in (self._recorder, self._capture):
            if thing is not None:
                thing.deleteLater()
        self._recorder = self._capture = None
        self.changed.emit()

    def _fail(self, sentence: str) -> None:
        path, self._path = self._path, None
        self._is_starting = False
        self._end()
        if path is not None:
            self._forget(str(path))
        self.failed.emit(self.tr("Recording failed: {0}").format(sentence))

    def measure(self, path: Path, name: str, duration_ms: int) -> None:
        """Find out how loud it is where, then hand it over; without that where it cannot be decoded."""
        qt: Any = qt_multimedia()
        self._loudness = loudness = Loudness()
        form = qt.QAudioFormat()
        form.setSampleRate(SAMPLES_PER_S)
        form.setChannelCount(1)
        form.setSampleFormat(qt.QAudioFormat.SampleFormat.Int16)
        self._decoder = decoder = qt.QAudioDecoder(self)
        decoder.setAudioFormat(form)
        decoder.setSource(QUrl.fromLocalFile(str(path)))

        def take() -> None:
            while decoder.bufferAvailable():
                loudness.add(bytes(decoder.read().constData()))

        def tell() -> None:
            if self._decoder is not decoder:
                return
            self._decoder = None
            decoder.deleteLater()
            heard_ms = loudness.samples * 1000 // SAMPLES_PER_S or duration_ms
            media = Media(name=name, mime=self._kind.mime, size=path.stat().st_size, path=str(path))
            self.recorded.emit(Sound(media, heard_ms, loudness.waveform(), is_voice=True))

        decoder.bufferReady.connect(take)
        decoder.finished.connect(tell)
        decoder.error.connect(lambda *_: tell())
        decoder.start()


def _encodable(qt: Any) -> _Kind | None:
    """The first kind of file this system can make."""
    able, encoding = qt.QMediaFormat(), qt.QMediaFormat.ConversionMode.Encode
    containers = {each.name for each in able.supportedFileFormats(encoding)}
    codecs = {each.name for each in able.supportedAudioCodecs(encoding)}
    return next((kind for kind in _KINDS if kind.container in containers and kind.codec in codecs), None)


def new_file_in(keep: Callable[[bytes, str], Path]) -> NewFile:
    """An empty file that only this user can read."""

    async def make(suffix: str) -> Path:
        return await asyncio.to_thread(keep, b"", suffix)

    return make
