"""Invitations that wait for an answer, above the conversations. Main thread only; there only while there are some."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.domain.ids import ConversationId
from chatdesk.models.conversation_filter import ConversationFilter
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.conversation_list_view import ConversationListView
from chatdesk.views.theme import SMALL, SPACING, Theme
from chatdesk.views.widgets import ElidedLabel, Line

_MOST_ROWS = 3
"""In sight at once; further ones scroll."""
_MOST_OF_PANE = 0.3
"""So much of the pane's height, when that is less: the conversations are what the pane is for."""


class InvitationSection(QWidget):
    chosen = Signal(QModelIndex)
    menu_asked = Signal(QModelIndex, QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: ConversationFilter | None = None
        self._pane_height = 0
        self.setObjectName("invitationSection")
        self._heading = ElidedLabel(factor=SMALL, bold=True)
        self._heading.setProperty("kind", "muted")
        self._heading.setContentsMargins(SPACING + 6, SPACING // 2, SPACING + 6, SPACING // 2)
        self.list = ConversationListView(theme, "invitationList")
        self.list.setAccessibleName(self.tr("Invitations"))
        self.list.chosen.connect(self.chosen)
        self.list.menu_asked.connect(self.menu_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(self.list)
        column.addSpacing(SPACING // 2)
        column.addWidget(Line(theme))
        column.addSpacing(SPACING // 2)
        self.hide()

    def set_model(self, source: ConversationListModel | None) -> None:
        previous = self._rows
        self._rows = None if source is None else ConversationFilter(source, self, invitations=True)
        if source is not None:
            source.update_started.connect(self.list.remember)
        self.list.set_rows(self._rows)
        if previous is not None:
            previous.deleteLater()
        self.settle()

    def set_thumbnails(self, thumbnails: Thumbnails | None) -> None:
        self.list.set_thumbnails(thumbnails)

    def set_text(self, text: str) -> None:
        if self._rows is not None:
            self.list.remember()
            self._rows.set_text(text)
            self.settle()

    def set_open(self, identifier: ConversationId | None) -> None:
        self.list.set_open(identifier)

    def set_pane_height(self, height: int) -> None:
        """How high the whole pane is."""
        if height != self._pane_height:
            self._pane_height = height
            self.settle()

    def settle(self) -> None:
        """Rows came or went, or have another height."""
        count = 0 if self._rows is None else self._rows.rowCount()
        if count:
            self._heading.setText(self.tr("Invitations · %n", "", count))
            row = self.list.sizeHintForRow(0)
            room = max(1, int(self._pane_height * _MOST_OF_PANE) // row)
            self.list.setFixedHeight(min(count, _MOST_ROWS, room) * row)
        self.setVisible(count > 0)
        self.list.settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.settle()
