"""Invites people into the conversation of the members pane. Main thread only."""

from PySide6.QtWidgets import QWidget

from chatdesk.models.members import MembersModel
from chatdesk.models.people import PeopleSearch
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.people_picker import PeoplePicker
from chatdesk.views.theme import Theme


class InviteDialog(FormDialog):
    def __init__(
        self, theme: Theme, search: PeopleSearch, members: MembersModel, parent: QWidget | None = None
    ) -> None:
        super().__init__("invite", self.tr("Invite people"), self.tr("Invite"), parent)
        self.action_button.setObjectName("sendInvitationsButton")
        self._members = members
        self.people = PeoplePicker(theme, search, is_several=True)
        self.people.changed.connect(self._show_ready)
        self.body.addWidget(self.people, 1)
        members.invited.connect(self._done)
        members.failed.connect(self._fail)
        self._show_ready()
        self.people.field.setFocus()

    def submit(self) -> None:
        self.show_error("")
        self.show_busy(True)
        self._members.invite(self.people.user_ids)

    def _done(self, _: int) -> None:
        self.accept()

    def _fail(self, sentence: str) -> None:
        self.show_busy(False)
        self.show_error(sentence)
        self._show_ready()

    def _show_ready(self) -> None:
        self.action_button.setEnabled(bool(self.people.user_ids))
