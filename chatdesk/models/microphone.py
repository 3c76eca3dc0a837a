"""The microphones there are, and how loud it is at one of them while somebody speaks.

Main thread; Qt listens in threads of its own. Keeps nothing of what is said.
"""

from __future__ import annotations

from array import array
from math import log10
from typing import Any

from PySide6.QtCore import QObject, Signal

from chatdesk.models.multimedia import qt_multimedia

_RATE = 16_000
_QUIETEST_DB = -50.0


def microphones() -> list[tuple[str, str]]:
    """Their own names and what people call them."""
    qt = qt_multimedia()
    return [] if qt is None else [(_name_of(device), device.description()) for device in qt.QMediaDevices.audioInputs()]


def device_named(name: str) -> Any:
    """The microphone of this name, else the system's choice; None where there is none."""
    qt: Any = qt_multimedia()
    inputs = [] if qt is None else qt.QMediaDevices.audioInputs()
    wanted = [device for device in inputs if _name_of(device) == name]
    return wanted[0] if wanted else qt.QMediaDevices.defaultAudioInput() if inputs else None


class Listening(QObject):
    """Tells how loud it is, a few times a second, from `start` to `stop`."""

    heard = Signal(float)
    """From 0 (silence) to 1 (as loud as it can be), as ears count."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: Any = None
        self._stream: Any = None
        self._code = "h"

    def start(self, device: Any) -> None:
        self.stop()
        qt: Any = qt_multimedia()
        form = qt.QAudioFormat()
        form.setSampleRate(_RATE)
        form.setChannelCount(1)
        form.setSampleFormat(qt.QAudioFormat.SampleFormat.Int16)
        if not device.isFormatSupported(form):
            form = device.preferredFormat()
        self._code = {
            qt.QAudioFormat.SampleFormat.Int16: "h",
            qt.QAudioFormat.SampleFormat.Int32: "i",
            qt.QAudioFormat.SampleFormat.Float: "f",
        }.get(form.sampleFormat(), "B")
        self._source = qt.QAudioSource(device, form, self)
        self._stream = self._source.start()
        if self._stream is not None:
            self._stream.readyRead.connect(self._read)

    def stop(self) -> None:
        if self._source is not None:
            self._source.stop()
            self._source.deleteLater()
            self._source = self._stream = None

    def _read(self) -> None:
        if self._stream is not None:
            self.heard.emit(loudness(bytes(self._stream.readAll().data()), self._code))


def loudness(data: bytes, code: str) -> float:
    """Of raw samples, whose kind an `array` code names: h, i, f, or B, whose silence is 128."""
    samples = array(code)
    samples.frombytes(data[: len(data) // samples.itemsize * samples.itemsize])
    if not samples:
        return 0.0
    if code == "B":
        peak = max(max(samples) - 128, 128 - min(samples)) / 128
    else:
        most = 1.0 if code == "f" else float(1 << (8 * samples.itemsize - 1))
        peak = max(max(samples), -min(samples)) / most
    if peak <= 0:
        return 0.0
    return max(0.0, min(1.0, 1 - 20 * log10(peak) / _QUIETEST_DB))


def _name_of(device: Any) -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")
