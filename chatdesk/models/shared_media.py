"""What was sent in one conversation, newest first: its pictures and videos, its files and sounds, or its links.

Main thread. Owns the question (conversation, kind, words) and the pages read so far; the store's index answers it.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from chatdesk.domain.changes import Changes, Insert, Reset
from chatdesk.domain.elements import File, Image, Media, Sound, Text, Video, media_of
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message
from chatdesk.domain.search import FILES, LINKS, PICTURES, SOUNDS, VIDEOS, SearchHit, SearchQuery, kinds_of
from chatdesk.domain.web_links import find_links
from chatdesk.models.diff_adapter import AnyIndex, DiffListModel
from chatdesk.models.tasks import Tasks
from chatdesk.models.when import short_when, size_text

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.search import Search

PAGE = 60
_PAUSE_MS = 200
_USER_ROLE = int(Qt.ItemDataRole.UserRole)


class Shelf(Enum):
    """The value: the kinds of messages on it."""

    PICTURES = frozenset((PICTURES, VIDEOS))
    FILES = frozenset((FILES, SOUNDS))
    LINKS = frozenset((LINKS,))


class Shared(Struct, frozen=True):
    """One thing that was sent. `address` is set for links."""

    message: Message
    element: int
    address: str = ""

    @property
    def media(self) -> Media | None:
        return media_of(self.message.elements[self.element])

    @property
    def title(self) -> str:
        return self.address or (self.media.name if self.media is not None else "")


class SharedMediaModel(DiffListModel[Shared]):
    SHARED = _USER_ROLE + 1
    DETAIL = _USER_ROLE + 2
    """Who sent it, when, how large."""

    answered = Signal()
    """The rows belong to the question now."""
    failed = Signal(str)

    def __init__(self, search: Search, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._tasks = tasks
        self.shelf = Shelf.PICTURES
        self.conversation: ConversationId | None = None
        self.words = ""
        self.is_answered = False
        self._number = 0
        self._last: Message | None = None
        self._has_more = self._is_loading = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    def show(self, conversation: ConversationId) -> None:
        if conversation != self.conversation:
            self.conversation, self.words = conversation, ""
            self.apply(Reset(()))
        self._ask()

    def choose(self, shelf: Shelf) -> None:
        if shelf is not self.shelf:
            self.shelf = shelf
            self.apply(Reset(()))
            self._ask()

    def search(self, words: str) -> None:
        """Names and words; asked when nothing changed for a moment."""
        if words != self.words:
            self.words = words
            self._pause.start()

    def note(self, changes: Changes) -> None:
        """Something came, or was taken away: ask again."""
        known = {shared.message.key for shared in self._items}
        touched = any(
            message.conversation == self.conversation
            and (message.key in known or self.shelf.value & set(kinds_of(message.elements).split()))
            for message in changes.messages
        )
        if self.conversation is not None and (touched or any(key in known for _, key in changes.deleted)):
            self._pause.start()

    # -- rows --------------------------------------------------------------------------------------------------------

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        shared = self._items[index.row()]
        if role == self.SHARED:
            return shared
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return shared.title
        if role == self.DETAIL:
            return self._detail(shared)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{shared.title}, {self._detail(shared)}"
        return None

    def _detail(self, shared: Shared) -> str:
        message, media = shared.message, shared.media
        who = self.tr("You") if message.is_self else " ".join(message.sender_name.split())
        size = size_text(media.size) if media is not None and media.size else ""
        return " · ".join(part for part in (who, short_when(message.time_ms), size) if part)

    # -- pages -------------------------------------------------------------------------------------------------------

    def canFetchMore(self, _parent: AnyIndex) -> bool:
        return self._has_more and not self._is_loading

    def fetchMore(self, _parent: AnyIndex) -> None:
        if self.canFetchMore(_parent):
            self._read(self._last)

    def _ask(self) -> None:
        self._pause.stop()
        self._number += 1
        self.is_answered = False
        self._read(None)

    def _read(self, after: Message | None) -> None:
        if self.conversation is None:
            return
        self._is_loading = True
        number, shelf = self._number, self.shelf
        query = SearchQuery(self.words, self.conversation, kinds=shelf.value)

        def show(hits: tuple[SearchHit, ...]) -> None:
            if number != self._number:
                return
            self._is_loading = False
            self._has_more = len(hits) == PAGE
            self._last = hits[-1].message if hits else None
            rows = tuple(shared for hit in hits for shared in _shared(hit.message, shelf))
            self.is_answered = True
            if after is None:
                if rows != tuple(self._items):
                    self.apply(Reset(rows))
            else:
                self.apply(Insert(len(self._items), rows))
            self.answered.emit()

        def fail(sentence: str) -> None:
            if number == self._number:
                self._is_loading, self.is_answered = False, True
                self.failed.emit(sentence)

        self._tasks.run(self._search.find(query, PAGE, after), show, fail)


def _shared(message: Message, shelf: Shelf) -> list[Shared]:
    """The newest last in a message comes first here, too."""
    found: list[Shared] = []
    for number, part in enumerate(message.elements):
        match part:
            case Image() | Video() if shelf is Shelf.PICTURES:
                found.append(Shared(message, number))
            case File() | Sound() if shelf is Shelf.FILES:
                found.append(Shared(message, number))
            case Text(content=content) if shelf is Shelf.LINKS:
                addresses = dict.fromkeys(link.address for link in find_links(content))
                found += [Shared(message, number, address) for address in addresses]
    return found[::-1]
