"""Finding messages: what is asked for, its pause while somebody types, and the hits that belong to it.

Runs on the main thread. An answer to an older question is dropped. It asks the core's index only, and the server just
when older messages are wanted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from chatdesk.domain.changes import Insert, Reset
from chatdesk.domain.conversations import Conversation
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.search import Reach, SearchHit, SearchQuery
from chatdesk.models.diff_adapter import AnyIndex, DiffListModel
from chatdesk.models.tasks import Tasks
from chatdesk.models.when import short_when

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.search import Search

PAUSE_MS = 120
"""So long nobody types before the index is asked."""
PAGE = 50

_USER_ROLE = int(Qt.ItemDataRole.UserRole)


class SearchModel(DiffListModel[SearchHit]):
    HIT = _USER_ROLE + 1
    SENDER = _USER_ROLE + 2
    """Who wrote it, by name."""
    WHERE = _USER_ROLE + 3
    """The name of the conversation; empty when only one is searched."""
    WHEN = _USER_ROLE + 4

    answered = Signal()
    """The hits belong to the question now."""
    asked_anew = Signal()
    """The question is another one; its answer is on the way."""
    reach_changed = Signal()
    failed = Signal(str)

    def __init__(
        self,
        search: Callable[[], Search],
        conversation_of: Callable[[ConversationId], Conversation | None],
        own_user_id: str,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._search = search
        self._conversation_of = conversation_of
        self._own_user_id = own_user_id
        self._tasks = tasks
        self._query = SearchQuery()
        self._number = 0
        self._has_more = False
        self._is_loading = False
        self.is_answered = True
        self.reach = Reach()
        self.is_fetching = False
        """Older messages are on their way from the server."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    @property
    def query(self) -> SearchQuery:
        return self._query

    def ask(self, **changed: Any) -> None:
        """Change the question: fields of `SearchQuery`. The answer comes when nothing changed for a moment."""
        query = replace(self._query, **changed)
        if query == self._query:
            return
        is_elsewhere = query.conversation != self._query.conversation
        self._query = query
        self._number += 1
        self.is_answered = False
        self.asked_anew.emit()
        self._pause.start()
        if is_elsewhere:
            self.look_how_far()

    def look_how_far(self) -> None:
        """Find out how far back the index reaches."""
        conversation = self._query.conversation

        def show(reach: Reach) -> None:
            if conversation == self._query.conversation:
                self.reach = reach
                self.reach_changed.emit()

        self._tasks.run(self._search().reach(conversation), show)

    def fetch_older(self) -> None:
        """Load some more of the conversation that is searched, and ask again."""
        conversation = self._query.conversation
        if conversation is None or self.is_fetching:
            return
        self.is_fetching = True
        self.reach_changed.emit()

        def show(reach: Reach) -> None:
            self.is_fetching = False
            if conversation == self._query.conversation:
                self.reach = reach
                self._ask()
            self.reach_changed.emit()

        def fail(sentence: str) -> None:
            self.is_fetching = False
            self.reach_changed.emit()
            self.failed.emit(sentence)

        self._tasks.run(self._search().fetch_older(conversation), show, fail)

    def canFetchMore(self, _parent: AnyIndex) -> bool:
        return self._has_more and not self._is_loading and self.is_answered

    def fetchMore(self, _parent: AnyIndex) -> None:
        if self._items and self._has_more and not self._is_loading:
            self._is_loading = True
            number = self._number

            def add(hits: tuple[SearchHit, ...]) -> None:
                self._is_loading = False
                if number == self._number:
                    self._has_more = len(hits) == PAGE
                    self.apply(Insert(len(self._items), hits))

            self._tasks.run(self._search().find(self._query, PAGE, self._items[-1].message), add, self._fail)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        hit = self._items[index.row()]
        if role == self.HIT:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.snippet
        if role == self.SENDER:
            return self.tr("You") if hit.message.is_self else hit.message.sender_name
        if role == self.WHERE:
            return self._where(hit)
        if role == self.WHEN:
            return short_when(hit.message.time_ms)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (index.data(self.SENDER), self._where(hit), index.data(self.WHEN), hit.snippet)
            return ", ".join(part for part in parts if part)
        return None

    def _where(self, hit: SearchHit) -> str:
        if self._query.conversation is not None:
            return ""
        conversation = self._conversation_of(hit.message.conversation)
        return conversation.name if conversation is not None else hit.message.conversation.id

    def _ask(self) -> None:
        self._number += 1
        number = self._number

        def show(hits: tuple[SearchHit, ...]) -> None:
            if number == self._number:
                self._has_more = len(hits) == PAGE
                self._is_loading = False
                self.is_answered = True
                self.apply(Reset(hits))
                self.answered.emit()

        self._tasks.run(self._search().find(self._query, PAGE), show, self._fail)

    def _fail(self, sentence: str) -> None:
        self._is_loading = False
        self.is_answered = True
        self.failed.emit(sentence)
        self.answered.emit()
