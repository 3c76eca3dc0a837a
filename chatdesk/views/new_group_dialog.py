"""Creates a group with a name and people. Main thread only; searching and creating are the models'."""

from PySide6.QtWidgets import QLineEdit, QWidget

from chatdesk.models.new_conversation import NewConversation
from chatdesk.models.people import PeopleSearch
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.people_picker import PeoplePicker
from chatdesk.views.theme import Theme
from chatdesk.views.widgets import PlainLabel


class NewGroupDialog(FormDialog):
    def __init__(
        self, theme: Theme, search: PeopleSearch, starter: NewConversation, parent: QWidget | None = None
    ) -> None:
        super().__init__("newGroup", self.tr("New group"), self.tr("Create"), parent)
        self.action_button.setObjectName("createGroupButton")
        self._starter = starter
        self.name = QLineEdit()
        self.name.setMaxLength(255)
        self.name.textChanged.connect(self._show_ready)
        self.add_field(self.tr("&Name"), self.name, "groupName")
        self.people = PeoplePicker(theme, search, is_several=True)
        label = PlainLabel(self.tr("P&eople"))
        label.setBuddy(self.people.field)
        self.body.addWidget(label)
        self.body.addWidget(self.people, 1)
        starter.busy_changed.connect(self.show_busy)
        starter.failed.connect(self.show_error)
        starter.started.connect(self.accept)
        self._show_ready()
        self.name.setFocus()

    def submit(self) -> None:
        self.show_error("")
        self._starter.create_group(self.name.text(), self.people.user_ids)

    def _show_ready(self) -> None:
        self.action_button.setEnabled(bool(self.name.text().strip()) and not self._starter.is_busy)

    def show_busy(self, is_busy: bool) -> None:
        super().show_busy(is_busy)
        if not is_busy:
            self._show_ready()
