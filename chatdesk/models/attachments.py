"""The files that go out with the next message, per conversation: taken in, put in order, looked at.

Runs on the main thread; files are read and pictures made small in worker threads.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from chatdesk.domain.elements import Element, Image, Media, Sound, Video, media_of
from chatdesk.domain.errors import InputError
from chatdesk.domain.ids import ConversationId
from chatdesk.models.sentences import translated
from chatdesk.models.tasks import Tasks

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from PySide6.QtGui import QImage

    from chatdesk.core.session import Session

PREVIEW = 320
"""Longer side of the pictures shown before sending, in pixels."""
_MOST_MIB = 64


class Choice(Struct, frozen=True):
    """What is done with pictures before they leave."""

    longest: int = 0
    """Pixels of the longer side at most; 0: the original."""
    strips: bool = True
    """Without what they tell of place and camera."""


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
        self._choices: dict[ConversationId, Choice] = {}
        self._originals: dict[str, Element] = {}
        """Of each prepared picture, by the path of what leaves in its place."""
        self._preparing = 0
        self._when_ready: Callable[[], None] | None = None

    @property
    def choice(self) -> Choice:
        return Choice() if self._conversation is None else self._choices.get(self._conversation, Choice())

    @property
    def has_pictures(self) -> bool:
        return any(isinstance(element, Image) for element in self.files)

    def is_without_facts(self, element: Element) -> bool:
        """Whether something of what this picture told stays at home."""
        return self.choice.strips and _path(element) in self._originals

    def choose(self, choice: Choice) -> None:
        """Prepare the pictures of this conversation anew."""
        if self._conversation is not None and choice != self.choice:
            self._choices[self._conversation] = choice
            self._tasks.run(self._prepare_all(self._conversation))

    @property
    def is_preparing(self) -> bool:
        return self._preparing > 0

    def when_ready(self, then: Callable[[], None]) -> None:
        """Call this, instead of what was asked for before, as soon as nothing is being prepared."""
        self._when_ready = then

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

    def add_sound(self, conversation: ConversationId | None, sound: Sound) -> None:
        """Take what was recorded for this conversation."""
        if conversation is not None:
            self._set(conversation, (*self._files.get(conversation, ()), sound))

    def remove(self, index: int) -> None:
        if self._conversation is not None and 0 <= index < len(self.files):
            self._forget(self.files[index])
            self._set(self._conversation, self.files[:index] + self.files[index + 1 :])

    def move(self, index: int, to: int) -> None:
        """Put one at another place; they are sent in this order."""
        files = list(self.files)
        if self._conversation is not None and 0 <= index < len(files) and 0 <= to < len(files) and index != to:
            files.insert(to, files.pop(index))
            self._set(self._conversation, tuple(files))

    def take(self) -> tuple[Element, ...]:
        """The files, which leave now; how they look is known a little longer, should they be given back."""
        files, previews = self.files, self._previews
        if self._conversation is not None:
            self._set(self._conversation, ())
            self._previews = previews
        return files

    def give_back(self, conversation: ConversationId, files: tuple[Element, ...]) -> None:
        """What was not sent returns, before what was chosen since."""
        self._set(conversation, files + self._files.get(conversation, ()))

    def abandon(self) -> None:
        self._files.clear()
        self._previews.clear()
        self._originals.clear()

    async def _take(self, conversation: ConversationId, paths: tuple[Path, ...]) -> None:
        from chatdesk.core.attachments import file_element  # with the first file, not with the first paint

        refused: list[str] = []
        for path in paths:
            try:
                element = await asyncio.to_thread(file_element, path)
            except InputError as error:
                refused.append(translated(str(error)))
                continue
            await self._add(conversation, element)
        if refused:
            raise InputError(" ".join(refused))

    async def _take_image(self, conversation: ConversationId, image: QImage) -> None:
        from chatdesk.core.attachments import file_element

        path = await asyncio.to_thread(self._session.pasted.keep, await asyncio.to_thread(_encoded, image, b"png"))
        await self._add(conversation, await asyncio.to_thread(file_element, path))

    async def _add(self, conversation: ConversationId, element: Element) -> None:
        if _path(element) in map(_path, self._files.get(conversation, ())):
            return
        if _path(element) in (_path(original) for original in self._originals.values()):
            return
        if isinstance(element, Image):
            self._preparing += 1
            try:
                element = await self._prepared(element, self._choices.get(conversation, Choice()))
                preview = await asyncio.to_thread(_small, element.media.path)
            finally:
                self._preparing -= 1
            if not preview.isNull():
                self._previews[element.media.path] = preview
        self._set(conversation, (*self._files.get(conversation, ()), element))
        if isinstance(element, Sound | Video):
            self._preparing += 1
            self._tasks.run(self._look_at(conversation, element))
        if self._limit is None:
            self._tasks.run(self._session.outbox.upload_limit(), self._note_limit, _ignore)

    async def _look_at(self, conversation: ConversationId, moving: Sound | Video) -> None:
        """Give it its length, and a video its poster and size, where something here can read it; it is listed
        meanwhile."""
        from chatdesk.models.films import look_at  # with the first one, not with the first paint

        try:
            film = await look_at(moving.media.path)
            seen: Sound | Video = replace(moving, duration_ms=film.duration_ms)
            if isinstance(seen, Video):
                seen = replace(seen, width=film.width, height=film.height)
                if film.poster is not None:
                    seen = replace(seen, thumbnail=await self._kept(film.poster))
                    self._previews[moving.media.path] = film.poster
        finally:
            self._preparing -= 1
        files = self._files.get(conversation, ())
        if moving not in files and isinstance(seen, Video) and seen.thumbnail is not None:  # taken out meanwhile
            self._session.pasted.forget(seen.thumbnail.path)
        self._set(conversation, tuple(seen if element == moving else element for element in files))

    async def _kept(self, poster: QImage) -> Media:
        data = await asyncio.to_thread(_encoded, poster, b"jpeg")
        path = await asyncio.to_thread(self._session.pasted.keep, data, ".jpg")
        size = poster.size()
        return Media("", "poster.jpg", "image/jpeg", len(data), str(path), "", size.width(), size.height())

    async def _prepare_all(self, conversation: ConversationId) -> None:
        self._preparing += 1
        self.changed.emit()
        made: dict[str, Element] = {}
        try:
            for element in self._files.get(conversation, ()):
                if isinstance(element, Image):
                    original = self._originals.get(_path(element), element)
                    assert isinstance(original, Image)  # noqa: S101  # only pictures are prepared
                    made[_path(element)] = await self._prepared(original, self._choices[conversation])
        finally:
            self._preparing -= 1
        files = self._files.get(conversation, ())  # some may have come, gone or moved meanwhile
        for old, new in made.items():
            if old in self._previews:
                self._previews[_path(new)] = self._previews[old]
        self._set(conversation, tuple(made.get(_path(element), element) for element in files))
        for old, new in made.items():
            if old in self._originals and old != _path(new):
                self._originals.pop(old)
                self._session.pasted.forget(old)

    def _note_limit(self, limit: int) -> None:
        self._limit = limit
        self.limit_known.emit()

    async def _prepared(self, original: Image, choice: Choice) -> Image:
        """The picture that leaves in place of this one; itself where nothing is to be done."""
        from chatdesk.core.attachments import file_element  # with the first file, not with the first paint
        from chatdesk.core.pictures import prepared

        made = await asyncio.to_thread(prepared, Path(original.media.path), choice.longest, choice.strips)
        if made is None:
            return original
        data, suffix = made
        path = await asyncio.to_thread(self._session.pasted.keep, data, suffix)
        element = await asyncio.to_thread(file_element, path)
        if not isinstance(element, Image):
            return original
        name = original.media.name if suffix in original.media.name.lower() else Path(original.media.name).stem + suffix
        self._originals[str(path)] = original
        return replace(element, media=replace(element.media, name=name))

    def _forget(self, element: Element) -> None:
        """It will not be sent: remove the files that were made for it."""
        self._session.pasted.forget(_path(element))
        if isinstance(element, Video) and element.thumbnail is not None:
            self._session.pasted.forget(element.thumbnail.path)
        original = self._originals.pop(_path(element), None)
        if original is not None:
            self._session.pasted.forget(_path(original))

    def _set(self, conversation: ConversationId, files: tuple[Element, ...]) -> None:
        self._files[conversation] = files
        then, self._when_ready = (None, self._when_ready) if self.is_preparing else (self._when_ready, None)
        kept = {_path(element) for chosen in self._files.values() for element in chosen}
        self._previews = {path: preview for path, preview in self._previews.items() if path in kept}
        if conversation == self._conversation:
            self.changed.emit()
        if then is not None:
            then()


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


def _encoded(image: QImage, kind: bytes) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice  # with the first picture, not with the first paint
    from PySide6.QtGui import QImageWriter

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(kind)).write(image)
    return bytes(buffer.data().data())


def _path(element: Element) -> str:
    media = media_of(element)
    return media.path if media is not None else ""


def _size(element: Element) -> int:
    media = media_of(element)
    return media.size if media is not None else 0


def _ignore(_: str) -> None:
    """The limit is a courtesy: the upload itself knows it too."""
