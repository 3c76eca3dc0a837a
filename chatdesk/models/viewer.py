"""The pictures and videos of one conversation, one of them looked at: which there are beside it, and the whole file.

Main thread; decoding runs in a worker thread. Owns the decoded picture in sight and nothing of the others; where a file
comes from is the core's business.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from chatdesk.domain.changes import Changes
from chatdesk.domain.elements import Image, Media, Video
from chatdesk.domain.errors import ChatdeskError, TooLarge, TransferError
from chatdesk.domain.messages import Message, MessageState
from chatdesk.domain.search import PICTURES, VIDEOS, SearchHit, SearchQuery
from chatdesk.models.decoding import BrokenPicture, Fault, decode
from chatdesk.models.tasks import Run

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.media import MediaCache
    from chatdesk.core.search import Search

LARGEST_SIDE = 4096
"""Pixels a picture has at most here; larger ones are made smaller while they are decoded."""
_PAGE = 30
_NEAR = 5
_SMALLEST = 300


class View(Struct, frozen=True):
    """One picture or video of a message."""

    message: Message
    element: int

    @property
    def content(self) -> Image | Video:
        content = self.message.elements[self.element]
        assert isinstance(content, Image | Video)  # noqa: S101  # made of nothing else
        return content

    @property
    def place(self) -> tuple[int, int]:
        return self.message.key, self.element


class ViewerModel(QObject):
    turned = Signal()
    """Another one is looked at."""
    neighbours_changed = Signal()
    progressed = Signal(int, int)
    """Bytes here, and in all (0: not said)."""
    loaded = Signal()
    """There is a picture, or a reason why not."""

    def __init__(self, search: Search, media: MediaCache, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._media = media
        self._run = run
        self._views: list[View] = []
        """Oldest first."""
        self._at = 0
        self._ends = {False: False, True: False}
        """Whether there is nothing more in a direction; True: newer."""
        self._paging: set[bool] = set()
        self._series = self._number = 0
        self.levels: tuple[QImage, ...] = ()
        """The picture and it again, each half as large as the one before."""
        self.fault: Fault | None = None
        self.is_loading = False

    @property
    def current(self) -> View | None:
        return self._views[self._at] if self._views else None

    def show(self, message: Message, element: int) -> None:
        """Look at this one."""
        self._views = views_of(message)
        places = [view.place for view in self._views]
        self._at = places.index((message.key, element))
        self._ends = {False: False, True: False}
        self._paging = set()
        self._series += 1
        self._turn()

    def close(self) -> None:
        """Nothing is looked at any more."""
        self._number += 1
        self._series += 1
        self._views, self._at = [], 0
        self.levels, self.fault, self.is_loading = (), None, False

    def has(self, newer: bool) -> bool:
        return self._at + 1 < len(self._views) if newer else self._at > 0

    def step(self, newer: bool) -> None:
        if self.has(newer):
            self._at += 1 if newer else -1
            self._turn()

    def note(self, changes: Changes) -> None:
        """What was taken back or deleted is not looked at any longer."""
        gone = {message.key for message in changes.messages if not views_of(message)}
        gone |= {key for _, key in changes.deleted}
        current = self.current
        if current is None or not gone & {view.message.key for view in self._views}:
            return
        kept = [view for view in self._views if view.message.key not in gone]
        if current in kept:
            self._views, self._at = kept, kept.index(current)
            self.neighbours_changed.emit()
        elif kept:
            self._views, self._at = kept, min(self._at, len(kept) - 1)
            self._turn()
        else:
            self.close()
            self.turned.emit()

    def load(self) -> None:
        """Fetch and decode the one in sight, also when it failed before. Videos are shown by who can."""
        view = self.current
        self._number += 1
        number = self._number
        self.levels, self.fault = (), None
        self.is_loading = view is not None and isinstance(view.content, Image)
        if view is None or not self.is_loading:
            return

        def tell(received: int, total: int) -> None:
            if number == self._number:
                self.progressed.emit(received, total)

        async def load() -> None:
            levels: tuple[QImage, ...] = ()
            fault = None
            try:
                data = await _whole(self._media, view.content.media, tell)
                levels = await asyncio.to_thread(_decoded, data)
            except BrokenPicture as error:
                fault = error.fault
            except TooLarge:
                fault = Fault.TOO_LARGE
            except ChatdeskError:
                fault = Fault.UNREACHABLE
            if number == self._number:
                self.levels, self.fault, self.is_loading = levels, fault, False
                self.loaded.emit()

        self._run(load())

    def _turn(self) -> None:
        self.load()
        self.turned.emit()
        for newer in (False, True):
            rest = len(self._views) - 1 - self._at if newer else self._at
            if rest < _NEAR and not self._ends[newer] and newer not in self._paging:
                self._page(newer)

    def _page(self, newer: bool) -> None:
        end = self._views[-1 if newer else 0].message
        series = self._series
        self._paging.add(newer)
        query = SearchQuery(conversation=end.conversation, kinds=frozenset((PICTURES, VIDEOS)))

        def add(hits: tuple[SearchHit, ...]) -> None:
            if series != self._series:
                return
            self._paging.discard(newer)
            messages = [hit.message for hit in (hits if newer else reversed(hits))]
            found = [view for message in messages for view in views_of(message)]
            self._ends[newer] = len(hits) < _PAGE
            if newer:
                self._views += found
            else:
                self._views[:0] = found
                self._at += len(found)
            self.neighbours_changed.emit()

        self._run(self._search.find(query, _PAGE, end, newer), add, lambda _: None)


async def _whole(files: MediaCache, media: Media, tell: Callable[[int, int], None] | None = None) -> bytes:
    """From this computer where it was sent from here and still is, else from the server."""
    if media.path:
        try:
            return await files.original(Media(path=media.path))
        except TransferError:
            if not media.uri:
                raise
    return await files.original(media, tell)


async def read_picture(files: MediaCache, media: Media) -> QImage:
    """A picture as large as it is looked at; a null image for what is none."""
    try:
        return await asyncio.to_thread(decode, await _whole(files, media), LARGEST_SIDE, LARGEST_SIDE)
    except BrokenPicture:
        return QImage()


def _decoded(data: bytes) -> tuple[QImage, ...]:
    """Runs in a worker thread."""
    levels = [decode(data, LARGEST_SIDE, LARGEST_SIDE)]
    while min(levels[-1].width(), levels[-1].height()) > _SMALLEST:
        size = levels[-1].size() / 2
        mode = Qt.TransformationMode.SmoothTransformation
        levels.append(levels[-1].scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, mode))
    return tuple(levels)


def views_of(message: Message) -> list[View]:
    if message.state is MessageState.REVOKED:
        return []
    return [View(message, number) for number, part in enumerate(message.elements) if isinstance(part, Image | Video)]
