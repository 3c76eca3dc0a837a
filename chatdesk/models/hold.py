"""A message waits a few seconds before it is queued, so that it can be taken back. Main thread only.

Owns the one that waits; a second one lets the first go at once, so that they leave in the order they were written.
"""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.domain.elements import Element
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message


class Outgoing(Struct, frozen=True):
    """What a person wants to send: a text, files, whom it names (word in the text -> user id) and what it answers."""

    conversation: ConversationId
    text: str = ""
    files: tuple[Element, ...] = ()
    mentions: tuple[tuple[str, str], ...] = ()
    answers: Message | None = None


class Hold(QObject):
    changed = Signal()
    """Something begins or ends to wait, or a second has passed."""

    def __init__(self, release: Callable[[Outgoing], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._release = release
        self._outgoing: Outgoing | None = None
        self._seconds = 0
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)

    @property
    def outgoing(self) -> Outgoing | None:
        return self._outgoing

    @property
    def seconds_left(self) -> int:
        return self._seconds

    def begin(self, outgoing: Outgoing, seconds: int) -> None:
        self.let_go()
        self._outgoing, self._seconds = outgoing, seconds
        self._clock.start()
        self.changed.emit()

    def let_go(self) -> None:
        """Send it now."""
        outgoing = self.take()
        if outgoing is not None:
            self._release(outgoing)

    def take(self) -> Outgoing | None:
        """It does not wait any more, and is not sent."""
        outgoing, self._outgoing = self._outgoing, None
        self._clock.stop()
        if outgoing is not None:
            self.changed.emit()
        return outgoing

    def _tick(self) -> None:
        self._seconds -= 1
        if self._seconds <= 0:
            self.let_go()
        else:
            self.changed.emit()
