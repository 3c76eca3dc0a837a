"""The files that go out with the next message, per conversation: taken in, put in order, looked at.

Runs on the main thread; files are read and pictures made small in worker threads.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.elements import Element, Image, media_of
from chatdesk.domain.errors import InputError
from chatdesk.domain.ids import ConversationId
from chatdesk.models.tasks import Tasks

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from PySide6.QtGui import QImage

    from chatdesk.core.session import Session

PREVIEW = 320
"""Longer side of the pictures shown before sending, in pixels."""
_MOST_MIB = 64


class Attachments(QObject):
    changed = Signal()
    limit_known = Signal()

    def __init__(self, session: Session, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._conversation: ConversationId | None = None
        self._files: dict[ConversationId, tuple[Element, ...]] = {}
        self._previews: dict[str, QImage] = {}
        self._limit: int | None = None

    @property
    def files(self) -> tuple[Element, ...]:
        return () if self._conversation is None else self._files.get(self._conversation, ())

    @property
    def total_bytes(self) -> int:
        return sum(_size(element) for element in self.files)

    @property
    def limit_bytes(self) -> int:
        """The most a single file may have; 0 while the server has not said."""
        return self._limit or 0

    def is_too_large(self, element: Element) -> bool:
        return bool(self._limit) and _size(element) > self.limit_bytes

    def preview(self, element: Element) -> QImage | None:
        return self._previews.get(_path(element))

    def show(self, conversation: ConversationId | None) -> None:
        self._conversation = conversation
        self.changed.emit()

    def add(self, paths: Iterable[Path]) -> None:
        """Take files. One that cannot be read is told and left out; the others stay."""
        if self._conversation is not None:
            self._tasks.run(self._take(self._conversation, tuple(paths)))

    def add_image(self, image: QImage) -> None:
        """Take a picture that has no file, as a clipboard holds it."""
        if self._conversation is not None and not image.isNull():
            self._tasks.run(self._take_image(self._conversation, image))

    def remove(self, index: int) -> None:
        if self._conversation is not None and 0 <= index < len(self.files):
            self._session.pasted.forget(_path(self.files[index]))
            self._set(self._conversation, self.files[:index] + self.files[index + 1 :])

    def move(self, index: int, to: int) -> None:
        """Put one at another place; they are sent in this order."""
        files = list(self.files)
        if self._conversation is not None and 0 <= index < len(files) and 0 <= to < len(files) and index != to:
            files.insert(to, files.pop(index))
            self._set(self._conversation, tuple(files))

    def take(self) -> tuple[Element, ...]:
        """The files, which leave now."""
        files = self.files
        if self._conversation is not None:
            self._set(self._conversation, ())
        return files

    def give_back(self, conversation: ConversationId, files: tuple[Element, ...]) -> None:
        """What was not sent returns, before what was chosen since."""
        self._set(conversation, files + self._files.get(conversation, ()))

    def abandon(self) -> None:
        self._files.clear()
        self._previews.clear()

    async def _take(self, conversation: ConversationId, paths: tuple[Path, ...]) -> None:
        from chatdesk.core.attachments import file_element  # with the first file, not with the first paint

        refused: list[str] = []
        for path in paths:
            try:
                element = await asyncio.to_thread(file_element, path)
            except InputError as error:
                refused.append(str(error))
                continue
            await self._add(conversation, element)
        if refused:
            raise InputError(" ".join(refused))

    async def _take_image(self, conversation: ConversationId, image: QImage) -> None:
        from chatdesk.core.attachments import file_element

        path = await asyncio.to_thread(self._session.pasted.keep, await asyncio.to_thread(_png, image))
        await self._add(conversation, await asyncio.to_thread(file_element, path))

    async def _add(self, conversation: ConversationId, element: Element) -> None:
        if _path(element) in map(_path, self._files.get(conversation, ())):
            return
        if isinstance(element, Image):
            preview = await asyncio.to_thread(_small, element.media.path)
            if not preview.isNull():
                self._previews[element.media.path] = preview
        self._set(conversation, (*self._files.get(conversation, ()), element))
        if self._limit is None:
            self._tasks.run(self._session.outbox.upload_limit(), self._note_limit, _ignore)

    def _note_limit(self, limit: int) -> None:
        self._limit = limit
        self.limit_known.emit()

    def _set(self, conversation: ConversationId, files: tuple[Element, ...]) -> None:
        self._files[conversation] = files
        kept = {_path(element) for chosen in self._files.values() for element in chosen}
        self._previews = {path: preview for path, preview in self._previews.items() if path in kept}
        if conversation == self._conversation:
            self.changed.emit()


def _small(path: str) -> QImage:
    """A picture of at most PREVIEW pixels a side, upright; a null one when it cannot be read."""
    from PySide6.QtCore import QSize, Qt  # with the first picture, not with the first paint
    from PySide6.QtGui import QImageReader

    reader = QImageReader(path)
    reader.setAllocationLimit(_MOST_MIB)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > PREVIEW:
        reader.setScaledSize(size.scaled(QSize(PREVIEW, PREVIEW), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _png(image: QImage) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice  # with the first picture, not with the first paint
    from PySide6.QtGui import QImageWriter

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _path(element: Element) -> str:
    media = media_of(element)
    return media.path if media is not None else ""


def _size(element: Element) -> int:
    media = media_of(element)
    return media.size if media is not None else 0


def _ignore(_: str) -> None:
    """The limit is a courtesy: the upload itself knows it too."""
