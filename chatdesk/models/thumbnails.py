"""Small pictures for the views: asked for while painting, fetched and decoded elsewhere, kept in memory.

Runs on the main thread; decoding happens in one worker thread. `get` never blocks. Owns a memory cache of decoded
images with a byte limit, and why others are not there; what is kept on disk is the core's business.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QImageReader

from chatdesk.domain.elements import Media
from chatdesk.domain.errors import ChatdeskError, TooLarge
from chatdesk.domain.worker import Worker
from chatdesk.models.animations import Animations
from chatdesk.models.decoding import ALLOCATION_LIMIT_MB, BrokenPicture, Fault, decode, source_of

MEMORY_LIMIT_BYTES = 64 << 20
FILE_LIMIT_BYTES = 32 << 20
FAULTS_KEPT = 1000
RUNNING_LIMIT = 4
WAITING_LIMIT = 64
RETRY_AFTER_S = 30.0

Fetch = Callable[[Media, int, int], Awaitable[bytes]]
Run = Callable[[Coroutine[Any, Any, None]], None]
Key = tuple[str, int, int]

log = logging.getLogger(__name__)


class Thumbnails(QObject):
    """`ready` and `failed` carry what `source_of(media)` says; `run` is the door coroutines leave through."""

    ready = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        fetch: Fetch,
        run: Run,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
    ) -> None:
        super().__init__(parent)
        QImageReader.setAllocationLimit(ALLOCATION_LIMIT_MB)
        self._fetch = fetch
        self._run = run
        self._clock = clock
        self._memory_limit_bytes = memory_limit_bytes
        self._images: OrderedDict[Key, QImage] = OrderedDict()
        self._bytes = 0
        self._waiting: OrderedDict[Key, Media] = OrderedDict()
        self._running: set[Key] = set()
        self._faults: OrderedDict[str, tuple[Fault, float]] = OrderedDict()
        """Why there is no picture, and since when."""
        self._decoder = decoder = Worker("thumbnails")
        self.destroyed.connect(lambda: decoder.stop())  # no method of this object: it is gone by then
        self.animations: Animations | None = None
        """What moves, for whoever shows that."""

    def get(self, media: Media, width: int, height: int) -> QImage | None:
        """The picture fitted into width x height device pixels, or None while it is not here (or has failed)."""
        key = (source_of(media), width, height)
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
            return image
        if key not in self._running and key[0] and not self.has_failed(media):
            self._waiting[key] = media
            # What was asked for last is what is on screen now: it goes first, and the longest waiting is dropped.
            self._waiting.move_to_end(key)
            if len(self._waiting) > WAITING_LIMIT:
                self._waiting.popitem(last=False)
            self._start_next()
        return None

    def has_failed(self, media: Media) -> bool:
        """Whether it cannot be shown: for good, or because it could not be fetched a short while ago."""
        return self.fault(media) is not None

    def fault(self, media: Media) -> Fault | None:
        """Why it cannot be shown. What was merely out of reach is tried again by the next `get` after a while."""
        known = self._faults.get(source_of(media))
        if known is None or (known[0] is Fault.UNREACHABLE and self._clock() - known[1] >= RETRY_AFTER_S):
            return None
        return known[0]

    def _start_next(self) -> None:
        while self._waiting and len(self._running) < RUNNING_LIMIT:
            key, media = self._waiting.popitem(last=True)
            self._running.add(key)
            self._run(self._load(key, media))

    async def _load(self, key: Key, media: Media) -> None:
        source, width, height = key
        image, fault = QImage(), Fault.UNREACHABLE
        try:
            data = b"" if _is_local(media) else await self._fetch(media, width, height)
            path = media.path if not data else ""
            image = await self._decoder.call(_decode, path, data, width, height)
        except asyncio.CancelledError:
            self._waiting.clear()  # the program is closing: start nothing more
            raise
        except BrokenPicture as error:
            fault = error.fault
        except TooLarge:
            fault = Fault.TOO_LARGE
        except ChatdeskError as error:
            log.info("No thumbnail: %s", type(error).__name__)
        finally:
            self._running.discard(key)
            if image.isNull():
                self._faults[source] = (fault, self._clock())
                if len(self._faults) > FAULTS_KEPT:
                    self._faults.popitem(last=False)
            else:
                self._keep(key, image)
            self._start_next()
        (self.failed if image.isNull() else self.ready).emit(source)

    def _keep(self, key: Key, image: QImage) -> None:
        self._faults.pop(key[0], None)
        self._images[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > self._memory_limit_bytes and len(self._images) > 1:
            self._bytes -= self._images.popitem(last=False)[1].sizeInBytes()


def _is_local(media: Media) -> bool:
    return not media.uri and bool(media.path)


def _decode(path: str, data: bytes, width: int, height: int) -> QImage:
    """Runs in the worker thread. Raises BrokenPicture."""
    if path:
        file = Path(path)
        try:
            if file.stat().st_size > FILE_LIMIT_BYTES:
                raise BrokenPicture(Fault.TOO_LARGE)
            data = file.read_bytes()
        except OSError as error:
            raise BrokenPicture(Fault.UNREACHABLE) from error
    return decode(data, width, height)


__all__ = ["RUNNING_LIMIT", "WAITING_LIMIT", "Thumbnails", "source_of"]
