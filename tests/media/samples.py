"""Files to be heard and seen, made here: tones, and films by Qt's own recorder."""

from __future__ import annotations

import math
import wave
from array import array
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QColor, QImage, QPainter

from chatdesk.models.multimedia import qt_multimedia
from tests.models.waiting import until

RATE = 16_000
FRAMES_PER_S = 10
Wait = Callable[[Callable[[], object]], Awaitable[None]]


def tone(path: Path, seconds: float, volume: float = 0.5) -> Path:
    """A sound of 440 Hz."""
    count = int(seconds * RATE)
    wave_of = (int(volume * 32767 * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(count))
    return _write(path, array("h", wave_of))


def speech(path: Path, seconds: float) -> Path:
    """A sound that swells and fades as words do."""
    count = int(seconds * RATE)

    def sample(n: int) -> int:
        at = n / RATE
        word = max(0.0, math.sin(2 * math.pi * 1.7 * at)) * (0.55 + 0.45 * math.sin(2 * math.pi * 0.31 * at + 1))
        return int(22000 * word * math.sin(2 * math.pi * (190 + 40 * math.sin(at * 3)) * at))

    return _write(path, array("h", map(sample, range(count))))


async def film(path: Path, pictures: Sequence[QImage], wait: Wait = until) -> Path:
    """One after the other, FRAMES_PER_S of them."""
    qt: Any = qt_multimedia()
    session, recorder, frames = qt.QMediaCaptureSession(), qt.QMediaRecorder(), qt.QVideoFrameInput()
    kind = qt.QMediaFormat(qt.QMediaFormat.FileFormat.MPEG4)
    kind.setVideoCodec(qt.QMediaFormat.VideoCodec.MPEG4)
    recorder.setMediaFormat(kind)
    recorder.setVideoResolution(pictures[0].size())
    recorder.setVideoFrameRate(FRAMES_PER_S)
    recorder.setQuality(qt.QMediaRecorder.Quality.VeryHighQuality)
    recorder.setOutputLocation(QUrl.fromLocalFile(str(path)))
    recorder.setAutoStop(True)
    session.setVideoFrameInput(frames)
    session.setRecorder(recorder)
    errors: list[str] = []
    recorder.errorOccurred.connect(lambda _, words: errors.append(words))
    recorder.record()
    for number, picture in enumerate(pictures):
        frame = qt.QVideoFrame(picture)
        frame.setStreamFrameRate(FRAMES_PER_S)
        frame.setStartTime(number * 1_000_000 // FRAMES_PER_S)
        frame.setEndTime((number + 1) * 1_000_000 // FRAMES_PER_S)
        await wait(partial(frames.sendVideoFrame, frame))
    await wait(lambda: frames.sendVideoFrame(qt.QVideoFrame()))  # the end
    stopped = qt.QMediaRecorder.RecorderState.StoppedState
    await wait(lambda: recorder.recorderState() == stopped or errors)
    assert not errors, errors
    return path


def pictures(dark: int, light: int, width: int, height: int) -> list[QImage]:
    """So many black ones, then so many that show something."""
    return [_picture(QSize(width, height), number, is_dark=number < dark) for number in range(dark + light)]


def _picture(size: QSize, number: int, is_dark: bool) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    if not is_dark:
        painter = QPainter(image)
        for column in range(8):
            hue = (column * 45 + number * 5) % 360
            left = column * size.width() // 8
            painter.fillRect(left, 0, size.width() // 8, size.height(), QColor.fromHsv(hue, 200, 255 - 20 * column))
        painter.end()
    return image


def _write(path: Path, samples: array[int]) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path
