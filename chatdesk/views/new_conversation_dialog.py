"""Starts a conversation with one person. Main thread only; searching and starting are the models'."""

from PySide6.QtWidgets import QWidget

from chatdesk.models.new_conversation import NewConversation
from chatdesk.models.people import PeopleSearch
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.people_picker import PeoplePicker
from chatdesk.views.theme import Theme


class NewConversationDialog(FormDialog):
    def __init__(
        self, theme: Theme, search: PeopleSearch, starter: NewConversation, parent: QWidget | None = None
    ) -> None:
        super().__init__("newConversation", self.tr("New conversation"), self.tr("Start"), parent)
        self.action_button.setObjectName("startConversationButton")
        self._starter = starter
        self.people = PeoplePicker(theme, search, is_several=False)
        self.people.changed.connect(self._show_ready)
        self.people.submitted.connect(self.submit)
        self.body.addWidget(self.people, 1)
        starter.busy_changed.connect(self.show_busy)
        starter.failed.connect(self.show_error)
        starter.started.connect(self.accept)
        self._show_ready()
        self.people.field.setFocus()

    def submit(self) -> None:
        self.show_error("")
        self._starter.start_c2c("".join(self.people.user_ids))

    def _show_ready(self) -> None:
        self.action_button.setEnabled(bool(self.people.user_ids) and not self._starter.is_busy)

    def show_busy(self, is_busy: bool) -> None:
        super().show_busy(is_busy)
        if not is_busy:
            self._show_ready()
