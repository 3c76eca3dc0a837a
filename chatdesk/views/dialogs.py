"""Opens the window's dialogs and questions and carries their answers to the view models. Main thread only; no state.

Each dialog is loaded when it is first opened, not when the program starts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.domain.ids import ConversationId
from chatdesk.domain.links import Link
from chatdesk.models.chat import ChatModel
from chatdesk.models.session import SessionModel
from chatdesk.views.theme import Theme

if TYPE_CHECKING:
    from chatdesk.views.mailing_dialog import MailingDialog


class Dialogs(QObject):
    """For one session; `open_conversation` is called with what was started."""

    told = Signal(str, bool)
    """A sentence for the user, and whether it is about something that failed."""

    def __init__(
        self,
        theme: Theme,
        session: SessionModel,
        open_conversation: Callable[[ConversationId], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._session = session
        self._window = window
        self._open_conversation = open_conversation
        self._mailing: MailingDialog | None = None
        self._tells_mailings = False
        self._tells_imports = False
        self._shows_import = False
        session.unsent_counted.connect(self._confirm_log_out)
        session.starter.started.connect(open_conversation)
        session.connection_changed.connect(self._follow_mailing)

    def start_conversation(self) -> None:
        from chatdesk.views.new_conversation_dialog import NewConversationDialog

        self._session.people.set_term("")
        NewConversationDialog(self._theme, self._session.people, self._session.starter, self._window).open()

    def start_group(self) -> None:
        from chatdesk.views.new_group_dialog import NewGroupDialog

        self._session.people.set_term("")
        NewGroupDialog(self._theme, self._session.people, self._session.starter, self._window).open()

    def send_to_many(self) -> None:
        """Write to many, or see what became of the last one; its end is told when nobody looks."""
        from chatdesk.views.mailing_dialog import MailingDialog

        model = self._session.mailing
        self._tell_its_end()
        self._session.people.set_term("")
        self._mailing = dialog = MailingDialog(self._theme, model, self._session.people, self._window)
        dialog.conversation_asked.connect(self._open_conversation)
        dialog.finished.connect(self._forget_mailing)
        dialog.open()

    def _tell_its_end(self) -> None:
        if not self._tells_mailings:
            self._tells_mailings = True
            self._session.mailing.ended.connect(self._tell_mailing)

    def _follow_mailing(self) -> None:
        """One that the end of the program interrupted is known before the first connection: it is said, its end too."""
        if not self._tells_mailings and self._session.has_open_mailing:
            self._tell_its_end()
            words = self.tr("A message to many people is still being sent: {0}")
            self.told.emit(words.format(self._session.mailing.summary()), False)

    def import_messages(self) -> None:
        """From a file; the end is told when nobody looks."""
        from chatdesk.views.import_dialog import ImportDialog

        model = self._session.imports
        if not self._tells_imports:
            self._tells_imports = True
            model.done.connect(self._tell_import)
            model.failed.connect(self._tell_import)
        current = self._session.chat.conversation
        open_now = None if current is None else current.id
        dialog = ImportDialog(model, self._session.conversations, open_now, self._window)
        self._shows_import = True
        dialog.finished.connect(self._forget_import)
        dialog.open()

    def export_conversation(self, chat: ChatModel | None = None) -> None:
        """The one that is open there; in the main window if nothing else is said."""
        from chatdesk.views.export_dialog import ExportDialog

        chat = chat or self._session.chat
        if chat.conversation is not None:
            ExportDialog(self._session.exports, chat, self._session.own_user_id, self._window).open()

    def show_past(self, chat: ChatModel | None = None) -> None:
        """How much of the conversation is here that is open there; in the main window if nothing else is said."""
        from chatdesk.views.past_dialog import PastDialog

        conversation = (chat or self._session.chat).conversation
        if conversation is not None:
            PastDialog(self._theme, conversation.name, self._session.past(conversation.id), self._window).open()

    def _forget_import(self) -> None:
        self._shows_import = False

    def _tell_import(self, sentence: str) -> None:
        if not self._shows_import:
            self.told.emit(sentence, False)

    def _forget_mailing(self) -> None:
        self._mailing = None

    def _tell_mailing(self) -> None:
        if self._mailing is None:
            model = self._session.mailing
            self.told.emit(self.tr("Send to many: {0}").format(model.summary()), model.counts.failed > 0)

    def invite_people(self, chat: ChatModel | None = None) -> None:
        """Into the conversation that is open there; in the main window if nothing else is said."""
        from chatdesk.views.invite_dialog import InviteDialog

        conversation = (chat or self._session.chat).conversation
        if conversation is not None:
            self._session.members.show(conversation)
            self._session.people.set_term("")
            InviteDialog(self._theme, self._session.people, self._session.members, self._window).open()

    def offer_person(self, user_id: str) -> None:
        """Somebody was linked to whom this account has not written yet."""
        from chatdesk.views.confirm import confirm

        confirm(
            self._window,
            "personQuestion",
            self.tr("Write to {0}?").format(user_id),
            self.tr("There is no conversation with them yet. They are invited to one."),
            self.tr("Start a conversation"),
            self.tr("Cancel"),
            lambda: self._session.starter.start_c2c(user_id),
            is_dangerous=False,
        )

    def offer_group(self, link: Link) -> None:
        """A group was linked that this account is not in."""
        from chatdesk.views.confirm import confirm

        confirm(
            self._window,
            "groupQuestion",
            self.tr("Join {0}?").format(link.target),
            self.tr("You are not in this group. Its members will see that you joined."),
            self.tr("Join"),
            self.tr("Cancel"),
            lambda: self._session.links.join(link),
            is_dangerous=False,
        )

    def ask_leave(self, identifier: ConversationId) -> None:
        from chatdesk.views.confirm import confirm

        conversation = self._session.conversations.conversation(identifier)
        if conversation is not None:
            confirm(
                self._window,
                "leaveQuestion",
                self.tr("Leave {0}?").format(conversation.name),
                self.tr("The conversation disappears from your list. To come back you need a new invitation."),
                self.tr("Leave"),
                self.tr("Cancel"),
                lambda: self._session.chat.leave(identifier),
            )

    def ask_log_out(self) -> None:
        """Counts first what would be lost; the question follows."""
        self._session.ask_unsent()

    def _confirm_log_out(self, unsent: int) -> None:
        from chatdesk.views.confirm import confirm

        detail = self.tr("What chatdesk stored on this computer is removed. Downloaded files stay.")
        if unsent == 1:
            detail = self.tr("1 message has not been sent yet and will be lost.") + " " + detail
        elif unsent:
            detail = self.tr("%n messages have not been sent yet and will be lost.", "", unsent) + " " + detail
        confirm(
            self._window,
            "logOutQuestion",
            self.tr("Log out of {0}?").format(self._session.own_user_id),
            detail,
            self.tr("Log out"),
            self.tr("Cancel"),
            self._session.log_out,
        )
