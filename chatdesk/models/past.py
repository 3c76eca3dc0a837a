"""How much of a conversation's past is on this computer, and fetching what is not. Main thread; belongs to its dialog.

Owns nothing but what it was told last: what is here is counted by the store, and a fetch goes on in the core when the
dialog is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import Shiboken

from chatdesk.domain.clock import now_ms
from chatdesk.domain.holdings import Bottom, Fetch, Holdings, Part, Span
from chatdesk.domain.ids import ConversationId
from chatdesk.models.sentences import translated
from chatdesk.models.tasks import Tasks
from chatdesk.models.when import long_date

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.catch_up import CatchUp


class PastModel(QObject):
    changed = Signal()

    def __init__(
        self, catch_up: CatchUp, conversation: ConversationId, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._catch_up = catch_up
        self._conversation = conversation
        self._tasks = tasks
        self._holdings: Holdings | None = None
        self._started_ms = 0
        unsubscribe = catch_up.states.subscribe(self._on_state)
        self.destroyed.connect(lambda: unsubscribe())
        self._count()
        tasks.run(catch_up.started_ms(conversation), self._on_started)

    @property
    def holdings(self) -> Holdings | None:
        """None until they are counted."""
        return self._holdings

    @property
    def fetch(self) -> Fetch:
        return self._catch_up.state_of(self._conversation)

    @property
    def can_fetch(self) -> bool:
        return self._holdings is not None and self._holdings.can_fetch and not self.fetch.is_running

    def spans(self) -> tuple[Span, ...]:
        return () if self._holdings is None else self._holdings.spans(self._started_ms, now_ms())

    def fetch_all(self) -> None:
        self._catch_up.fetch_all(self._conversation)

    def stop(self) -> None:
        self._catch_up.stop(self._conversation)

    def keep(self, is_kept: bool) -> None:
        """All of it on this computer from now on, without being asked for."""
        self._tasks.run(self._catch_up.keep(self._conversation, is_kept), lambda _: self._count())

    # -- words -------------------------------------------------------------------------------------------------------

    def count_text(self) -> str:
        here = self._holdings
        if here is None:
            return self.tr("Counting…")
        if not here.count:
            return self.tr("No messages are on this computer yet.")
        text = self.tr("%n messages are on this computer.", "", here.count)
        if here.local_count:
            text += " " + self.tr("%n of them are nowhere else.", "", here.local_count)
        return text

    def state_text(self) -> str:
        """What goes on, or what is missing."""
        here, fetch = self._holdings, self.fetch
        if fetch.is_waiting:
            return self.tr("Waiting for the server…")
        if fetch.is_running:
            return self.tr("Fetching… %n messages so far", "", fetch.fetched)
        if fetch.failure:
            return translated(fetch.failure)
        if here is None:
            return ""
        if here.since_ms:
            return self.tr("Everything since {0} is here. What is older is on the server.").format(
                long_date(here.since_ms)
            )
        if here.bottom is Bottom.HIDDEN and here.oldest_ms:
            return self.tr("The server does not show this account what was before {0}.").format(
                long_date(here.oldest_ms)
            )
        if here.bottom is Bottom.CLEARED and here.oldest_ms:
            return self.tr("What was before {0} has been cleared.").format(long_date(here.oldest_ms))
        if any(hole.is_refused for hole in here.holes):
            return self.tr("The server does not give some of it to this account.")
        return self.tr("Everything ever said here is on this computer.")

    def part_text(self, part: Part) -> str:
        match part:
            case Part.HERE:
                return self.tr("On this computer")
            case Part.SERVER:
                return self.tr("On the server")
            case Part.MISSING:
                return self.tr("Not to be had")

    # -- what the core tells -----------------------------------------------------------------------------------------

    def _on_state(self, state: Fetch) -> None:
        if state.conversation == self._conversation:
            self.changed.emit()
            self._count()

    def _count(self) -> None:
        self._tasks.run(self._catch_up.holdings(self._conversation), self._on_counted)

    def _on_counted(self, holdings: Holdings) -> None:
        if Shiboken.isValid(self) and holdings != self._holdings:  # the dialog may be gone
            self._holdings = holdings
            self.changed.emit()

    def _on_started(self, started_ms: int) -> None:
        self._started_ms = started_ms
        if Shiboken.isValid(self):
            self.changed.emit()
