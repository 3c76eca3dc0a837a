"""Files to be heard and seen, made here: tones, and films by Qt's own recorder."""

import math
import wave
from array import array
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QColor, QImage, QPainter

from chatdesk.models.multimedia import qt_multimedia
from tests.models.waiting import until

RATE = 16_000
FRAMES_PER_S = 10


def tone(path: Path, seconds: float, volume: float = 0.5) -> Path:
    """A sound of 440 Hz."""
    count = int(seconds * RATE)
    samples = array("h", (int(volume * 32767 * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(count)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path


async def film(path: Path, dark: int, light: int, size: QSize) -> Path:
    """So many black frames, then so many that show something."""
    qt: Any = qt_multimedia()
    session, recorder, frames = qt.QMediaCaptureSession(), qt.QMediaRecorder(), qt.QVideoFrameInput()
    kind = qt.QMediaFormat(qt.QMediaFormat.FileFormat.MPEG4)
    kind.setVideoCodec(qt.QMediaFormat.VideoCodec.MPEG4)
    recorder.setMediaFormat(kind)
    recorder.setVideoResolution(size)
    recorder.setVideoFrameRate(FRAMES_PER_S)
    recorder.setQuality(qt.QMediaRecorder.Quality.HighQuality)
    recorder.setOutputLocation(QUrl.fromLocalFile(str(path)))
    recorder.setAutoStop(True)
    session.setVideoFrameInput(frames)
    session.setRecorder(recorder)
    errors: list[str] = []
    recorder.errorOccurred.connect(lambda _, words: errors.append(words))
    recorder.record()
    for number in range(dark + light):
        frame = qt.QVideoFrame(_picture(size, number, is_dark=number < dark))
        frame.setStreamFrameRate(FRAMES_PER_S)
        frame.setStartTime(number * 1_000_000 // FRAMES_PER_S)
        frame.setEndTime((number + 1) * 1_000_000 // FRAMES_PER_S)
        await until(partial(frames.sendVideoFrame, frame))
    await until(lambda: frames.sendVideoFrame(qt.QVideoFrame()))  # the end
    stopped = qt.QMediaRecorder.RecorderState.StoppedState
    await until(lambda: recorder.recorderState() == stopped or errors)
    assert not errors, errors
    return path


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
