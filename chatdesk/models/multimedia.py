"""Qt's multimedia, where it is installed (the extra `media`) and the system has what it needs. Main thread.

The only module that loads it, by name and for the first sound: no start pays for it, and all else works without it.
"""

import importlib
import logging
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl, Signal
from PySide6.QtGui import QImage

log = logging.getLogger(__name__)


@cache
def qt_multimedia() -> ModuleType | None:
    """None where it cannot be had."""
    try:
        return importlib.import_module("PySide6.QtMultimedia")
    except ImportError as error:  # not installed, or a library of the system is missing
        log.info("No multimedia: %s", error)
        return None


def can_play() -> bool:
    """Whether there is something to play with, and a device to hear it on."""
    qt = qt_multimedia()
    return qt is not None and bool(qt.QMediaDevices.audioOutputs())


class Output(QObject):
    """One sound or video under a needle: `open`, then `play`, `pause`, `seek`, at any rate."""

    moved = Signal()
    """Position, length or state are others."""
    ended = Signal()
    failed = Signal()
    frame = Signal(QImage)
    """Of a video."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        qt = qt_multimedia()
        if qt is None:
            raise RuntimeError("no multimedia")
        self._qt = qt
        self._buffer = QBuffer(self)
        self._player = qt.QMediaPlayer(self)
        self._player.setAudioOutput(qt.QAudioOutput(self))
        self._sink = qt.QVideoSink(self)
        self._sink.videoFrameChanged.connect(self._show_frame)
        self._player.setVideoSink(self._sink)
        self._player.positionChanged.connect(lambda _: self.moved.emit())
        self._player.durationChanged.connect(lambda _: self.moved.emit())
        self._player.playbackStateChanged.connect(lambda _: self.moved.emit())
        self._player.errorOccurred.connect(lambda *_: self.failed.emit())
        self._player.mediaStatusChanged.connect(self._on_status)

    def open(self, data: bytes, name: str) -> None:
        self.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._player.setSourceDevice(self._buffer, QUrl.fromLocalFile(f"/{name}"))

    def close(self) -> None:
        self._player.stop()
        self._player.setSource(QUrl())
        self._buffer.close()

    def play(self) -> None:
        self._player.play()

    def pause(self) -> None:
        self._player.pause()

    def seek(self, position_ms: int) -> None:
        self._player.setPosition(position_ms)

    def set_rate(self, rate: float) -> None:
        self._player.setPlaybackRate(rate)

    @property
    def position_ms(self) -> int:
        return int(self._player.position())

    @property
    def duration_ms(self) -> int:
        return int(self._player.duration())

    @property
    def is_playing(self) -> bool:
        return bool(self._player.playbackState() == self._qt.QMediaPlayer.PlaybackState.PlayingState)

    def _show_frame(self, frame: Any) -> None:
        if frame.isValid():
            self.frame.emit(frame.toImage())

    def _on_status(self, status: object) -> None:
        statuses = self._qt.QMediaPlayer.MediaStatus
        if status == statuses.EndOfMedia:
            self.ended.emit()
        elif status == statuses.InvalidMedia:
            self.failed.emit()


MakeOutput = Callable[[QObject], Output]
