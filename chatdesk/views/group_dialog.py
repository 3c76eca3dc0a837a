"""Name, topic and picture of a group: to look at, and to change for those who may. Main thread only.

A picture is changed at once, as in the settings of the account; name and topic with the button.
"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.domain.ids import ConversationId
from chatdesk.models.session import SessionModel
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import Avatar, PlainLabel, button

_TOPIC_LINES = 4


class GroupDialog(FormDialog):
    def __init__(
        self, theme: Theme, session: SessionModel, identifier: ConversationId, parent: QWidget | None = None
    ) -> None:
        super().__init__("groupDetails", self.tr("Group details"), self.tr("Save"), parent)
        self._model = model = session.group(identifier, self)
        self._key = identifier.id
        self.picture = Avatar(theme, 4.4)
        self.picture.set_thumbnails(session.thumbnails)
        self.choose_button = button(self.tr("Choose a picture…"), "chooseGroupPicture")
        self.choose_button.clicked.connect(self._choose)
        self.remove_button = button(self.tr("Remove the picture"), "removeGroupPicture", "flat")
        self.remove_button.clicked.connect(model.remove_picture)
        buttons = QVBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addStretch()
        buttons.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeft)
        buttons.addStretch()
        head = QHBoxLayout()
        head.setSpacing(2 * SPACING)
        head.addWidget(self.picture)
        head.addLayout(buttons, 1)
        self.body.addLayout(head)
        self.name = QLineEdit()
        self.name.setMaxLength(250)
        self.add_field(self.tr("&Name"), self.name, "groupDetailsName")
        self.topic = QPlainTextEdit()
        self.topic.setProperty("kind", "field")
        self.topic.setTabChangesFocus(True)
        self.topic.setFixedHeight(_TOPIC_LINES * self.topic.fontMetrics().lineSpacing() + 2 * SPACING)
        self.add_field(self.tr("&Topic"), self.topic, "groupDetailsTopic")
        self._remark = PlainLabel(self.tr("Only people with a role in this group can change what is grey."))
        self._remark.setProperty("kind", "muted")
        self._remark.setWordWrap(True)
        self.body.addWidget(self._remark)
        self._is_saving = False
        model.changed.connect(self._show)
        model.failed.connect(self._fail)
        model.done.connect(self._finish)
        model.busy_changed.connect(self.show_busy)
        self._fill()
        self._show()
        (self.name if model.may_rename else self.cancel_button).setFocus()

    def _fill(self) -> None:
        conversation = self._model.conversation
        if conversation is not None:
            self.name.setText(conversation.name)
            self.name.setCursorPosition(0)
            self.topic.setPlainText(conversation.topic)

    def _show(self) -> None:
        """The picture, and what may be changed; what is being typed stays."""
        model, conversation = self._model, self._model.conversation
        if conversation is None:
            self.reject()
            return
        self.picture.show_for(conversation.name, self._key, True, conversation.avatar_uri)
        self.name.setReadOnly(not model.may_rename)
        self.topic.setReadOnly(not model.may_set_topic)
        for field, may in ((self.name, model.may_rename), (self.topic, model.may_set_topic)):
            field.setEnabled(may)
        self.choose_button.setVisible(model.may_set_picture)
        self.remove_button.setVisible(model.may_set_picture and bool(conversation.avatar_uri))
        may_all = model.may_rename and model.may_set_topic and model.may_set_picture
        self._remark.setVisible(not may_all)
        may_any = model.may_rename or model.may_set_topic
        self.action_button.setVisible(may_any)
        self.cancel_button.setText(self.tr("Cancel") if may_any else self.tr("Close"))
        self.cancel_button.setAccessibleName(self.cancel_button.text())

    def submit(self) -> None:
        self.show_error("")
        self._is_saving = True
        self._model.save(self.name.text(), self.topic.toPlainText())

    def _finish(self) -> None:
        if self._is_saving:
            self.accept()

    def _fail(self, sentence: str) -> None:
        self._is_saving = False
        self.show_error(sentence)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a picture"))
        dialog.setObjectName("groupPictureDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Pictures") + " (*.png *.jpg *.jpeg *.webp *.gif *.bmp)")
        dialog.fileSelected.connect(self.take_picture)
        dialog.open()

    def take_picture(self, path: str) -> None:
        self.show_error("")
        if path:
            self._model.set_picture(Path(path))
