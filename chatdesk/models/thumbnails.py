"""Small pictures for the views: asked for while painting, fetched and decoded elsewhere, kept in memory.

Runs on the main thread; decoding (QImageReader) happens in one worker thread. `get` never blocks. Owns a memory cache
of decoded images with a byte limit; what is kept on disk is the core's business.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from chatdesk.domain.elements import Media
from chatdesk.domain.errors import ChatdeskError

ALLOCATION_LIMIT_MB = 64
MEMORY_LIMIT_BYTES = 64 << 20
FILE_LIMIT_BYTES = 32 << 20
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
        self._failed_at: dict[str, float] = {}
        self._decoder = ThreadPoolExecutor(max_workers=1, thread_name_prefix="thumbnails")
        self.destroyed.connect(_stopper(self._decoder))

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
        """Whether it failed a short while ago; after that the next `get` tries again."""
        failed_at = self._failed_at.get(source_of(media))
        return failed_at is not None and self._clock() - failed_at < RETRY_AFTER_S

    def _start_next(self) -> None:
        while self._waiting and len(self._running) < RUNNING_LIMIT:
            key, media = self._waiting.popitem(last=True)
            self._running.add(key)
            self._run(self._load(key, media))

    async def _load(self, key: Key, media: Media) -> None:
        source, width, height = key
        image = QImage()
        try:
            data = b"" if _is_local(media) else await self._fetch(media, width, height)
            decode = asyncio.get_running_loop().run_in_executor(
                self._decoder, _decode, media.path if not data else "", data, width, height
            )
            image = await decode
        except asyncio.CancelledError:
            self._waiting.clear()  # the program is closing: start nothing more
            raise
        except ChatdeskError as error:
            log.info("No thumbnail: %s", type(error).__name__)
        finally:
            self._running.discard(key)
            if image.isNull():
                self._failed_at[source] = self._clock()
            else:
                self._keep(key, image)
            self._start_next()
        (self.failed if image.isNull() else self.ready).emit(source)

    def _keep(self, key: Key, image: QImage) -> None:
        self._failed_at.pop(key[0], None)
        self._images[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > self._memory_limit_bytes and len(self._images) > 1:
            self._bytes -= self._images.popitem(last=False)[1].sizeInBytes()


def source_of(media: Media) -> str:
    """What names a picture: its place on the server, or the local file an own message is sent from."""
    return media.uri or media.path


def _is_local(media: Media) -> bool:
    return not media.uri and bool(media.path)


def _stopper(decoder: ThreadPoolExecutor) -> Callable[[], None]:
    # A closure, not a bound method: when `destroyed` comes the object is no longer there to be called.
    return lambda: decoder.shutdown(wait=False, cancel_futures=True)


def _decode(path: str, data: bytes, width: int, height: int) -> QImage:
    """Runs in the worker thread. Never enlarges; an image that cannot be read, or is too big to, gives a null one."""
    if path:
        file = Path(path)
        try:
            data = file.read_bytes() if file.stat().st_size <= FILE_LIMIT_BYTES else b""
        except OSError:
            data = b""
    if not data:
        return QImage()
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() * 4 > ALLOCATION_LIMIT_MB << 20:
        return QImage()
    turned = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
    box = QSize(height, width) if turned else QSize(width, height)
    if size.width() > box.width() or size.height() > box.height():
        scaled = size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(scaled.expandedTo(QSize(1, 1)))
    image = reader.read()
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied) if not image.isNull() else image
