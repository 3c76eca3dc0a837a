"""Finding people: the search behind the dialogs that start a conversation or invite somebody.

Runs on the main thread. Owns the typed term, its pause before asking, and the hits that belong to it: an answer to an
older term is dropped. It asks the core only, and never for an empty term.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from chatdesk.domain.changes import Reset
from chatdesk.domain.conversations import UserProfile
from chatdesk.models.diff_adapter import AnyIndex, DiffListModel
from chatdesk.models.tasks import Tasks
from chatdesk.models.thumbnails import Thumbnails

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.conversations import Conversations

PAUSE_MS = 250
"""So long nobody types before the server is asked."""

_USER_ROLE = int(Qt.ItemDataRole.UserRole)


class PeopleSearch(DiffListModel[UserProfile]):
    """Hits of the user directory for the last term."""

    PROFILE = _USER_ROLE + 1

    searching_changed = Signal(bool)
    failed = Signal(str)
    """The search failed; empty when the next one began."""

    def __init__(self, conversations: Conversations, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._conversations = conversations
        self._tasks = tasks
        self.thumbnails: Thumbnails | None = None
        """Where the pictures of those found come from."""
        self._term = ""
        self._failure = ""
        self._is_searching = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    @property
    def term(self) -> str:
        return self._term

    @property
    def failure(self) -> str:
        """Why the last search failed, as a sentence."""
        return self._failure

    @property
    def is_searching(self) -> bool:
        """True from the first key until the answer for the last one is here."""
        return self._is_searching

    def set_term(self, term: str) -> None:
        term = term.strip()
        if term == self._term:
            return
        self._term = term
        self._set_failure("")
        if term:
            self._set_searching(True)
            self._pause.start()
        else:
            self._pause.stop()
            self._set_searching(False)
            self.apply(Reset(()))

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        profile = self._items[index.row()]
        if role == self.PROFILE:
            return profile
        if role == Qt.ItemDataRole.DisplayRole:
            return profile.name or profile.user_id
        if role == Qt.ItemDataRole.ToolTipRole:
            return profile.user_id
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{profile.name}, {profile.user_id}"
        return None

    def _ask(self) -> None:
        term = self._term

        def show(hits: tuple[UserProfile, ...]) -> None:
            if term == self._term:
                self._set_searching(False)
                self.apply(Reset(hits))

        def fail(sentence: str) -> None:
            if term == self._term:
                self._set_searching(False)
                self.apply(Reset(()))
                self._set_failure(sentence)

        self._tasks.run(self._conversations.search_users(term), show, fail)

    def _set_failure(self, sentence: str) -> None:
        self._failure = sentence
        self.failed.emit(sentence)

    def _set_searching(self, is_searching: bool) -> None:
        if is_searching != self._is_searching:
            self._is_searching = is_searching
            self.searching_changed.emit(is_searching)
