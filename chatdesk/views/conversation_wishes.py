"""Carries out what was chosen in a conversation's menu: at once, or after a question. Main thread only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.domain.ids import ConversationId
from chatdesk.models.deletion import Scope
from chatdesk.models.session import SessionModel
from chatdesk.models.when import in_hours, tomorrow_morning
from chatdesk.views.conversation_menu import Wish
from chatdesk.views.theme import Theme


class ConversationWishes(QObject):
    """For one session; questions stand over `window`."""

    open_asked = Signal(object)
    window_asked = Signal(object)
    leave_asked = Signal(object)
    told = Signal(str)
    """A sentence about what was done."""

    def __init__(self, theme: Theme, session: SessionModel, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._session = session
        self._window = window
        session.actions.cleared.connect(self._tell_cleared)
        session.actions.blocked.connect(self._tell_blocked)

    def carry_out(self, wish: Wish, identifier: ConversationId) -> None:
        actions, chat = self._session.actions, self._session.chat
        work: dict[Wish, Callable[[], object]] = {
            Wish.OPEN: lambda: self.open_asked.emit(identifier),
            Wish.WINDOW: lambda: self.window_asked.emit(identifier),
            Wish.READ: lambda: actions.mark_read(identifier),
            Wish.UNREAD: lambda: actions.mark_unread(identifier),
            Wish.PIN: lambda: actions.pin(identifier, True),
            Wish.UNPIN: lambda: actions.pin(identifier, False),
            Wish.MUTE_HOUR: lambda: actions.mute(identifier, in_hours(1)),
            Wish.MUTE_HOURS: lambda: actions.mute(identifier, in_hours(8)),
            Wish.MUTE_TOMORROW: lambda: actions.mute(identifier, tomorrow_morning()),
            Wish.MUTE: lambda: actions.mute(identifier),
            Wish.UNMUTE: lambda: actions.unmute(identifier),
            Wish.DETAILS: lambda: self._show_group(identifier),
            Wish.CLEAR: lambda: self._ask_clear(identifier),
            Wish.BLOCK: lambda: self._ask_block(identifier),
            Wish.UNBLOCK: lambda: actions.unblock(identifier),
            Wish.LEAVE: lambda: self.leave_asked.emit(identifier),
            Wish.ACCEPT: lambda: chat.accept(identifier),
            Wish.DECLINE: lambda: chat.decline(identifier),
            Wish.DECLINE_AND_BLOCK: lambda: self._ask_decline_and_block(identifier),
        }
        work[wish]()

    def _show_group(self, identifier: ConversationId) -> None:
        from chatdesk.views.group_dialog import GroupDialog  # nor this

        GroupDialog(self._theme, self._session, identifier, self._window).open()

    def _ask_clear(self, identifier: ConversationId) -> None:
        from chatdesk.views.clear_dialog import ClearDialog  # no start needs it

        conversation = self._session.conversations.conversation(identifier)
        if conversation is not None:
            dialog = ClearDialog(conversation.name, self._window)
            dialog.chosen.connect(lambda scope: self._session.actions.clear(identifier, scope is Scope.DEVICES))
            dialog.open()

    def _ask_block(self, identifier: ConversationId) -> None:
        self._confirm_block(identifier.id, lambda: self._session.actions.block(identifier), self.tr("Block"))

    def _ask_decline_and_block(self, identifier: ConversationId) -> None:
        conversation = self._session.conversations.conversation(identifier)
        if conversation is not None:
            decline = self._session.actions.decline_and_block
            self._confirm_block(conversation.inviter, lambda: decline(identifier), self.tr("Decline and block"))

    def _confirm_block(self, user_id: str, on_yes: Callable[[], None], action: str) -> None:
        from chatdesk.views.confirm import confirm  # nor this

        confirm(
            self._window,
            "blockQuestion",
            self.tr("Block {0}?").format(user_id),
            self.tr(
                "Their messages and invitations no longer reach you, in groups neither. They are not told. You can "
                "unblock them in Settings > Privacy; what they write until then will not come."
            ),
            action,
            self.tr("Cancel"),
            on_yes,
        )

    def _tell_cleared(self, identifier: ConversationId) -> None:
        conversation = self._session.conversations.conversation(identifier)
        if conversation is not None:
            self.told.emit(self.tr("The history of {0} was cleared.").format(conversation.name))

    def _tell_blocked(self, user_id: str) -> None:
        self.told.emit(self.tr("{0} is blocked.").format(user_id))
