"""What a video file is, looked at before it leaves: how long, how large, and a picture of it.

Main thread; Qt decodes in threads of its own, into a sink that nobody sees. Makes nothing where there is no multimedia.
"""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QImage

from chatdesk.models.multimedia import media_player, qt_multimedia

POSTER_SIDE = 800
"""Longer side of a poster, in pixels."""
_PLACES = (0.0, 0.1, 0.3, 0.6)
"""Of the whole, where a frame is looked at until one is worth showing: many films begin in the dark."""
_PATIENCE_MS = 8000
_GRID = 24
_LIVELY = 14.0
"""How far the brightness of a frame must spread from its mean, of 255."""


class Film(NamedTuple):
    duration_ms: int = 0
    width: int = 0
    height: int = 0
    poster: QImage | None = None


async def look_at(path: str) -> Film:
    """Empty where nothing here can read it."""
    if qt_multimedia() is None:
        return Film()
    found: asyncio.Future[Film] = asyncio.get_running_loop().create_future()
    look = _Look(path, found)
    try:
        return await found
    finally:
        look.end()


class _Look(QObject):
    """A player without a loudspeaker that stands still at one place after the other."""

    def __init__(self, path: str, found: asyncio.Future[Film]) -> None:
        super().__init__()
        qt: Any = qt_multimedia()
        self._found = found
        self._statuses = qt.QMediaPlayer.MediaStatus
        self._best: tuple[float, QImage] | None = None
        self._place = 0
        self._seen_us = -1
        self._sink = qt.QVideoSink(self)
        self._player = player = media_player(self)
        player.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._on_frame)
        player.mediaStatusChanged.connect(self._on_status)
        player.errorOccurred.connect(lambda *_: self._tell())
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._tell)
        self._patience.start(_PATIENCE_MS)
        player.setSource(QUrl.fromLocalFile(path))
        player.pause()

    def end(self) -> None:
        self._patience.stop()
        self._player.stop()
        self._player.setSource(QUrl())
        self.deleteLater()

    def _on_status(self, status: Any) -> None:
        is_over = status in (self._statuses.EndOfMedia, self._statuses.InvalidMedia)
        is_read = status in (self._statuses.LoadedMedia, self._statuses.BufferedMedia)
        if is_over or (is_read and not self._player.hasVideo()):
            self._tell()

    def _on_frame(self, frame: Any) -> None:
        if self._found.done() or not frame.isValid() or frame.startTime() == self._seen_us:
            return
        self._seen_us = frame.startTime()
        image = frame.toImage()
        if not image.isNull():
            life = liveliness(image)
            if self._best is None or life > self._best[0]:
                self._best = (life, image)
            if life >= _LIVELY:
                self._tell()
                return
        self._place += 1
        if self._place < len(_PLACES) and self._player.isSeekable():
            self._player.setPosition(round(self._player.duration() * _PLACES[self._place]))
        else:
            self._tell()

    def _tell(self) -> None:
        if self._found.done():
            return
        duration_ms = max(0, int(self._player.duration()))
        if self._best is None:
            self._found.set_result(Film(duration_ms))
            return
        image = self._best[1]
        self._found.set_result(Film(duration_ms, image.width(), image.height(), _small(image)))


def liveliness(image: QImage) -> float:
    """How much there is to see: how far the brightness spreads; 0 for one colour all over."""
    ignored, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    small = image.scaled(_GRID, _GRID, ignored, smooth).convertToFormat(QImage.Format.Format_Grayscale8)
    line = small.bytesPerLine()
    data = bytes(small.constBits())
    levels = b"".join(data[y * line : y * line + _GRID] for y in range(_GRID))
    mean = sum(levels) / len(levels)
    return float((sum((level - mean) ** 2 for level in levels) / len(levels)) ** 0.5)


def _small(image: QImage) -> QImage:
    if max(image.width(), image.height()) <= POSTER_SIDE:
        return image.convertToFormat(QImage.Format.Format_RGB32)
    kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(POSTER_SIDE, POSTER_SIDE, kept, smooth).convertToFormat(QImage.Format.Format_RGB32)
