"""The last look at a message to many people: what will be sent to whom. Main thread only; owns nothing."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from chatdesk.domain.elements import Element, media_of
from chatdesk.models.sentences import listed
from chatdesk.models.when import size_text
from chatdesk.views.theme import SPACING
from chatdesk.views.widgets import PlainLabel

_MOST_NAMES = 40
_LINES = 7


class MailingPreview(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.to = PlainLabel(name="mailingTo")
        self.invited = PlainLabel(name="mailingInvited", kind="muted")
        self.text = QPlainTextEdit()
        self.text.setObjectName("mailingPreview")
        self.text.setAccessibleName(self.tr("The message"))
        self.text.setProperty("kind", "field")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())
        self.files = PlainLabel(name="mailingPreviewFiles")
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(SPACING)
        column.addWidget(self.to)
        column.addWidget(self.invited)
        column.addWidget(self.text)
        column.addWidget(self.files)
        column.addStretch()

    def show_mailing(self, names: Sequence[str], text: str, files: Sequence[Element], new_people: int) -> None:
        shown = listed(names[:_MOST_NAMES])
        if len(names) > _MOST_NAMES:
            shown = self.tr("{0} and %n more", "", len(names) - _MOST_NAMES).format(shown)
        self.to.setText(self.tr("To: {0}").format(shown))
        self.invited.setText(
            self.tr("1 of them has no conversation with you yet and is invited to one.")
            if new_people == 1
            else self.tr("%n of them have no conversation with you yet and are invited to one.", "", new_people)
        )
        self.invited.setVisible(new_people > 0)
        self.text.setPlainText(text)
        self.text.setVisible(bool(text.strip()))
        media = [media for media in map(media_of, files) if media is not None]
        lines = [self.tr("{0} ({1})").format(each.name, size_text(each.size)) for each in media]
        self.files.setText("\n".join(lines))
        self.files.setVisible(bool(lines))
