"""What the outside wants to know of a message pane: which message is the newest seen, when older ones are wanted, what
came in below. Main thread.

Owns the keys of messages that came in unseen and the key last told. Tells after layouts, outside of any model change.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from chatdesk.domain.changes import LoadState
from chatdesk.domain.messages import Message, MessageState
from chatdesk.views import accessibility
from chatdesk.views.message_jump_button import JumpButton, NewMessages
from chatdesk.views.message_opening import Opening
from chatdesk.views.message_rowview import RowView
from chatdesk.views.message_words import Words

_REACH = 1.5
"""So many viewport heights before the top the page above is asked for."""
_REST_MS = 3000
_ANNOUNCED = 3
"""More new messages at once are not read aloud one by one."""


class Watch(QObject):
    older_wanted = Signal()
    newest_shown = Signal(object)
    settled = Signal()
    """After a layout, once the event loop is reached."""

    def __init__(self, view: RowView, opening: Opening) -> None:
        super().__init__(view)
        self._view = view
        self._opening = opening
        self._new = NewMessages()
        self._shown_key = 0
        self._failed: set[int] = set()
        self._after = QTimer(self)
        self._after.setSingleShot(True)
        self._after.setInterval(0)
        self._after.timeout.connect(self._tell)

        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)

    def forget(self) -> None:
        """Another conversation."""
        self._new.clear()
        self._failed.clear()
        self._shown_key = 0

    def forget_shown(self) -> None:
        """Shown again means seen again."""
        self._shown_key = 0

    def note_new(self, messages: Sequence[Message]) -> None:
        """These came in below what can be seen."""
        self._new.add(messages)

    def announce(self, messages: Sequence[Message], words: Words) -> None:
        if len(messages) <= _ANNOUNCED and self._view.isVisible():
            for message in messages:
                if not message.is_self and not message.is_tip:
                    accessibility.announce(self._view, words.spoken(message))

    def announce_failures(self, messages: Sequence[Message], words: Words) -> None:
        """What was to be sent and now cannot; once each, also after a retry."""
        for message in messages:
            if message.state is not MessageState.FAILED:
                self._failed.discard(message.key)
            elif message.key not in self._failed and self._view.isVisible():
                self._failed.add(message.key)
                accessibility.announce(self._view, words.spoken(message))

    def note_layout(self, jump: JumpButton) -> None:
        placed = self._view.placement.placed
        model = self._view.timeline
        if self._view.is_at_bottom or not placed:
            self._new.clear()
            jump.hide()
        else:
            jump.set_count(self._new.count(model, placed[-1].row, model.missed))
            jump.show()
        self._after.start()

    def ask_older(self) -> None:
        self.older_wanted.emit()
        self._view.timeline.request_older()

    def _tell(self) -> None:
        self.settled.emit()
        view = self._view
        if not view.timeline.own_user_id or not view.isVisible():
            return  # no conversation
        placed = view.placement.placed
        above = view.placement.heights.top_of(placed[0].row) - placed[0].top if placed else 0
        is_near = above < _REACH * view.viewport().height() or self._opening.wants_older
        if view.timeline.load_state is LoadState.IDLE and is_near:
            self.ask_older()
        below = view.placement.heights.total - view.placement.heights.top_of(placed[-1].row) if placed else 0
        is_near_end = below < (1 + _REACH) * view.viewport().height()
        if is_near_end and (view.timeline.can_load_newer or self._may_try_again()):
            view.timeline.request_newer()
        newest = self._newest_visible()
        if newest is not None and newest.key != self._shown_key:
            self._shown_key = newest.key
            self.newest_shown.emit(newest.key)

    def _may_try_again(self) -> bool:
        """Loading towards the newest failed: who goes on scrolling asks for it again, but not with every pixel."""
        if not self._view.timeline.has_newer_failed or self._rest.isActive():
            return False
        self._rest.start()
        return True

    def _newest_visible(self) -> Message | None:
        """The newest message the server knows of which at least half, or half a viewport, can be seen."""
        view = self._view
        height = view.viewport().height()
        for placed in reversed(view.placement.placed):
            message = view.timeline.message(view.rows.last_told_of(placed.row))
            shown = min(placed.bottom, height) - max(placed.content_y, 0)
            if not message.is_echo and shown >= min(placed.height - placed.content_top, height) / 2:
                return message
        return None
