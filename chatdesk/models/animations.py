"""Pictures that move: their frames, one ahead, decoded in a worker thread; one timer for all of them.

Main thread. `frame` is called while painting, and that is how a picture is known to be in sight: one that was not
painted since its last step makes no other. Owns the bytes and the decoder of the few it plays.
"""

import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from chatdesk.domain.elements import Media
from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.worker import Worker
from chatdesk.models.decoding import BrokenPicture, Source, source_of

MOVING_KINDS = frozenset({"image/gif", "image/webp"})
_LIMIT_BYTES = 8 << 20
_LIMIT_PIXELS = 4 << 20
_PLAYERS = 8
_LEAST_DELAY_MS = 20
_USUAL_DELAY_MS = 100
"""What browsers take for a picture that asks for next to no delay."""
Fetch = Callable[[Media], Awaitable[bytes]]
Run = Callable[[Coroutine[Any, Any, None]], None]
Key = tuple[str, int, int]

log = logging.getLogger(__name__)


def may_move(media: Media) -> bool:
    return media.mime in MOVING_KINDS and media.size <= _LIMIT_BYTES


class _Film:
    """One moving picture. `read` runs in the worker thread, all else on the main thread."""

    def __init__(self) -> None:
        self.shown: QImage | None = None
        self.coming: QImage | None = None
        self.due_s = 0.0
        self.delay_s = 0.0
        self.is_seen = True
        self.is_busy = True
        self.is_over = False
        self._source: Source | None = None
        self._data = b""
        self._size = (0, 0)
        self._rounds = 0

    def open(self, data: bytes, width: int, height: int) -> bool:
        """Whether there is anything that moves. Raises BrokenPicture."""
        self._data, self._size = data, (width, height)
        source = Source(data, width, height)
        if not source.reader.supportsAnimation() or source.size.width() * source.size.height() > _LIMIT_PIXELS:
            return False
        self._source = source
        self._rounds = source.reader.loopCount()
        first, second = self.read(), self.read()
        self.shown, self.coming = first, second
        return first is not None and second is not None

    def read(self) -> QImage | None:
        """The next frame; after the last one the first again, as often as the picture says."""
        if self._source is None:
            return None
        image = self._source.next()
        if image.isNull() and self._rounds:
            self._rounds -= 1
            self._source = Source(self._data, *self._size)
            image = self._source.next()
        if image.isNull():
            return None
        delay_ms = self._source.reader.nextImageDelay()
        self.delay_s = (delay_ms if delay_ms >= _LEAST_DELAY_MS else _USUAL_DELAY_MS) / 1000
        return image


class Animations(QObject):
    changed = Signal(str)
    """A picture has made a step; what `source_of` says of it."""

    def __init__(
        self, fetch: Fetch, run: Run, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._run = run
        self._clock = clock
        self._films: OrderedDict[Key, _Film | None] = OrderedDict()
        """None: does not move, or cannot be played."""
        self._worker = worker = Worker("animations")
        self.destroyed.connect(lambda: worker.stop())  # no method of this object: it is gone by then
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)

    def frame(self, media: Media, width: int, height: int) -> QImage | None:
        """What a moving picture shows now; None while nothing moves. Asked for again and again, it plays."""
        if not may_move(media):
            return None
        key = (source_of(media), width, height)
        if key in self._films:
            self._films.move_to_end(key)
            film = self._films[key]
            if film is None:
                return None
            if not film.is_seen:
                film.is_seen = True
                self._arm()
            return film.shown
        self._films[key] = film = _Film()
        if len(self._films) > _PLAYERS:
            self._films.popitem(last=False)
        self._run(self._open(key, film, media))
        return None

    def close(self) -> None:
        """Nothing moves any more."""
        self._timer.stop()
        self._films.clear()

    async def _open(self, key: Key, film: _Film, media: Media) -> None:
        moves = False
        try:
            data = await self._fetch(media)
            moves = await self._worker.call(film.open, data, *key[1:])
        except (ChatdeskError, BrokenPicture) as error:
            log.info("Nothing moves: %s", type(error).__name__)
        if self._films.get(key) is not film:
            return
        if not moves:
            self._films[key] = None
            return
        film.is_busy = False
        film.due_s = self._clock() + film.delay_s
        self.changed.emit(key[0])
        self._arm()

    def _playing(self) -> list[tuple[Key, _Film]]:
        return [
            (key, film)
            for key, film in self._films.items()
            if film is not None and film.is_seen and not film.is_busy and not film.is_over
        ]

    def _arm(self) -> None:
        due = [film.due_s for _, film in self._playing()]
        if due:
            self._timer.start(max(1, round((min(due) - self._clock()) * 1000)))
        else:
            self._timer.stop()

    def _step(self) -> None:
        now = self._clock()
        for key, film in self._playing():
            if film.due_s <= now + 0.001:
                film.shown, film.is_seen, film.is_busy = film.coming, False, True
                film.due_s = now + film.delay_s
                self._run(self._read_next(key, film))
                self.changed.emit(key[0])
        self._arm()

    async def _read_next(self, key: Key, film: _Film) -> None:
        try:
            film.coming = await self._worker.call(film.read)
        except BrokenPicture:
            film.coming = None
        if self._films.get(key) is not film:
            return
        film.is_busy, film.is_over = False, film.coming is None
        self._arm()
