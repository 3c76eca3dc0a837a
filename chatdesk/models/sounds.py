"""The sound or video that plays: one at a time, from this computer's disk or fetched as a whole, with place and speed.

Main thread. Owns which sound it is and how fast it goes; the playing is Qt's (multimedia.py), the file the core's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from chatdesk.domain.elements import Media
from chatdesk.domain.errors import TooLarge
from chatdesk.models.multimedia import MakeOutput, Output, can_play
from chatdesk.models.tasks import Run

SPEEDS = (1.0, 1.5, 2.0)
Place = tuple[int, int]
"""Message key and number of the element."""
Fetch = Callable[[Media], Awaitable[bytes]]
FindLocal = Callable[[int, int, Media], str]


class Sounds(QObject):
    changed = Signal()
    """Another sound, place, state or speed."""
    unplayable = Signal(object, int)
    """Message key and element of a sound that nothing here can play: let the system try."""
    failed = Signal(str)
    frame = Signal(QImage)
    """Of the video that plays."""

    def __init__(
        self,
        fetch: Fetch,
        run: Run,
        parent: QObject | None = None,
        is_able: Callable[[], bool] = can_play,
        make_output: MakeOutput = Output,
        find_local: FindLocal = lambda *_: "",
    ) -> None:
        """`find_local`: the file on this computer, where there is one."""
        super().__init__(parent)
        self._find_local = find_local
        self._fetch = fetch
        self._run = run
        self.is_able = is_able
        self._make_output = make_output
        self._output: Output | None = None
        self._number = 0
        self.place: Place | None = None
        self.is_loading = False
        self.speed = SPEEDS[0]

    def is_current(self, key: int, element: int) -> bool:
        return self.place == (key, element)

    @property
    def is_playing(self) -> bool:
        return self._output is not None and not self.is_loading and self._output.is_playing

    @property
    def share(self) -> float:
        """How much of it was heard."""
        output = self._output
        if output is None or self.is_loading or output.duration_ms <= 0:
            return 0.0
        return min(1.0, output.position_ms / output.duration_ms)

    @property
    def duration_ms(self) -> int:
        return 0 if self._output is None or self.is_loading else self._output.duration_ms

    @property
    def position_ms(self) -> int:
        return 0 if self._output is None or self.is_loading else self._output.position_ms

    def toggle(self, key: int, element: int, media: Media) -> None:
        """Play it, or pause where it plays already; whatever else plays ends."""
        if self.is_current(key, element):
            if self._output is not None and not self.is_loading:
                (self._output.pause if self._output.is_playing else self._output.play)()
            return
        if not self.is_able():
            self.unplayable.emit(key, element)
            return
        self.stop()
        self.place, self.is_loading = (key, element), True
        self._number += 1
        number = self._number

        if path := self._find_local(key, element, media):
            self._start(path, media.name)
            return

        def start(data: bytes) -> None:
            if number != self._number:
                return
            if data:
                self._start(data, media.name)
            else:
                self._give_up()

        def fail(sentence: str) -> None:
            if number == self._number:
                self.stop()
                self.failed.emit(sentence)

        async def fetch() -> bytes:
            try:
                return await self._fetch(media)
            except TooLarge:
                return b""  # to be held in memory: a program of the system reads it from the disk

        self._run(fetch(), start, fail)
        self.changed.emit()

    def _start(self, source: bytes | str, name: str) -> None:
        self.is_loading = False
        if self._output is None:
            self._output = self._make_output(self)
            self._output.moved.connect(self.changed)
            self._output.ended.connect(self.stop)
            self._output.failed.connect(self._give_up)
            self._output.frame.connect(self.frame)
        self._output.open(source, name)
        self._output.set_rate(self.speed)
        self._output.play()
        self.changed.emit()

    def seek(self, share: float) -> None:
        """To this part of the sound."""
        if self._output is not None and not self.is_loading:
            self._output.seek(round(max(0.0, min(share, 1.0)) * self._output.duration_ms))

    def next_speed(self) -> None:
        self.speed = SPEEDS[(SPEEDS.index(self.speed) + 1) % len(SPEEDS)]
        if self._output is not None:
            self._output.set_rate(self.speed)
        self.changed.emit()

    def stop(self) -> None:
        self._number += 1
        was, self.place, self.is_loading = self.place, None, False
        if self._output is not None and was is not None:
            self._output.close()
        self.changed.emit()

    def _give_up(self) -> None:
        """No decoder here knows this file."""
        place = self.place
        self.stop()
        if place is not None:
            self.unplayable.emit(*place)
