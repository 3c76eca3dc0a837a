"""Qt's multimedia, where it is installed (the extra `media`) and the system has what it needs. Main thread.

The only module that loads it, by name and for the first sound: no start pays for it, and all else works without it.
"""

import contextlib
import importlib
import logging
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QUrl, Signal
from PySide6.QtGui import QImage

log = logging.getLogger(__name__)
_EASY_S = 0.008
_MISTAKES = 16
"""FFmpeg's AV_LOG_ERROR."""


@cache
def _loaded() -> ModuleType | ImportError:
    try:
        return importlib.import_module("PySide6.QtMultimedia")
    except ImportError as error:  # not installed, or a library of the system is missing
        log.info("No multimedia: %s", error)
        return error


def qt_multimedia() -> ModuleType | None:
    """None where it cannot be had."""
    found = _loaded()
    return found if isinstance(found, ModuleType) else None


def media_player(parent: QObject) -> Any:
    """A QMediaPlayer. Only where there is multimedia."""
    player = _loaded().QMediaPlayer(parent)  # type: ignore[union-attr]
    _hush()
    return player


@cache
def _hush() -> None:
    """FFmpeg, loaded with the first player, writes about each file it opens on the terminal: mistakes only from now on.

    Qt has no word for that. Linux only: elsewhere windows have no terminal.
    """
    import ctypes  # not for the first picture

    with contextlib.suppress(OSError, AttributeError):
        lines = Path("/proc/self/maps").read_text("utf-8").splitlines()
        for library in {line.split(maxsplit=5)[-1] for line in lines if "/libavutil" in line}:
            ctypes.CDLL(library).av_log_set_level(_MISTAKES)


def missing_library() -> str:
    """What of the system Qt's multimedia waits for, in the loader's words; empty where it is not even installed."""
    found = _loaded()
    return str(found) if isinstance(found, ImportError) and not isinstance(found, ModuleNotFoundError) else ""


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
        self._player = media_player(self)
        self._player.setAudioOutput(qt.QAudioOutput(self))
        self._sink = qt.QVideoSink(self)
        self._sink.videoFrameChanged.connect(self._show_frame)
        self._player.setVideoSink(self._sink)
        self._player.positionChanged.connect(lambda _: self.moved.emit())
        self._player.durationChanged.connect(lambda _: self.moved.emit())
        self._player.playbackStateChanged.connect(lambda _: self.moved.emit())
        self._player.errorOccurred.connect(lambda *_: self.failed.emit())
        self._player.mediaStatusChanged.connect(self._on_status)
        self._has_shown = False
        self._rest_until = 0.0

    def open(self, source: bytes | str, name: str) -> None:
        """The bytes themselves, or the path of a file."""
        self.close()
        if isinstance(source, str):
            self._player.setSource(QUrl.fromLocalFile(source))
            return
        self._buffer.setData(QByteArray(source))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._player.setSourceDevice(self._buffer, QUrl.fromLocalFile(f"/{name}"))

    def close(self) -> None:
        self._has_shown, self._rest_until = False, 0.0
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
        """Making a picture of a frame takes time on this thread, a large one's a lot: at most half of it is given."""
        began = time.monotonic()
        if frame.isValid() and began >= self._rest_until:
            self._has_shown = True
            self.frame.emit(frame.toImage())
            ended = time.monotonic()
            self._rest_until = ended + (ended - began) if ended - began > _EASY_S else 0.0

    def _on_status(self, status: object) -> None:
        statuses = self._qt.QMediaPlayer.MediaStatus
        if status == statuses.EndOfMedia:
            is_blind = self._player.hasVideo() and not self._has_shown  # no decoder knew its frames
            (self.failed if is_blind else self.ended).emit()
        elif status == statuses.InvalidMedia:
            self.failed.emit()


MakeOutput = Callable[[QObject], Output]
