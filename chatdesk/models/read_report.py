"""When a message counts as read: it was shown in an active window for half a second.

Runs on the main thread. Owns the timing only: which message is the newest in sight is told by the pane, what a report
does is the core's business. Steady traffic must not put a report off for ever, so a newer message does not restart
the wait of the one before it.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from chatdesk.domain.ids import ConversationId

SHOWN_MS = 500


class ReadReport(QObject):
    def __init__(self, report: Callable[[ConversationId, int], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self._conversation: ConversationId | None = None
        self._is_active = False
        self._newest: int | None = None
        self._waiting: int | None = None
        self._reported: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._finish)

    def set_conversation(self, conversation: ConversationId | None) -> None:
        """Another conversation is in sight; nothing of it has been shown yet."""
        self._timer.stop()
        self._conversation = conversation
        self._newest = self._waiting = self._reported = None

    def set_window_active(self, is_active: bool) -> None:
        self._is_active = is_active
        if is_active:
            self._wait()
        else:
            self._timer.stop()

    def shown(self, key: int) -> None:
        """`key` is the newest message in sight."""
        self._newest = key
        self._wait()

    def _wait(self) -> None:
        if self._is_active and not self._timer.isActive() and self._newest not in (None, self._reported):
            self._waiting = self._newest
            self._timer.start()

    def _finish(self) -> None:
        if self._conversation is not None and self._waiting is not None:
            self._reported = self._waiting
            self._report(self._conversation, self._waiting)
        self._wait()
