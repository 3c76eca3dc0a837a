"""Forwarding messages: what is forwarded, and to whom. Main thread only; owns the choice while it is open."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QWidget,
)

from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.forward_targets import ForwardTargets
from chatdesk.models.sentences import listed
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.forward_row import ForwardRow
from chatdesk.views.theme import Theme
from chatdesk.views.widgets import ElidedLabel

_MOST_LINES = 3


class ForwardDialog(FormDialog):
    chosen = Signal(object)
    """The conversations, as a tuple."""

    def __init__(
        self,
        theme: Theme,
        conversations: ConversationListModel,
        lines: Sequence[str],
        parent: QWidget | None = None,
        thumbnails: Thumbnails | None = None,
    ) -> None:
        count = len(lines)
        super().__init__("forward", self.tr("Forward"), self.tr("Forward"), parent)
        self.targets = ForwardTargets(conversations, self)
        self.targets.choice_changed.connect(self._show_choice)
        shown = list(lines[:_MOST_LINES])
        if count > _MOST_LINES:
            shown.append(self.tr("and %n more", "", count - _MOST_LINES))
        self.preview = [ElidedLabel(line) for line in shown]
        for number, line in enumerate(self.preview):
            line.setObjectName(f"forwardPreview{number}")
            line.setProperty("kind", "muted")
            self.body.addWidget(line)
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self.field.setPlaceholderText(self.tr("Search conversations"))
        self.field.textChanged.connect(self.targets.set_text)
        self.field.installEventFilter(self)
        self.add_field(self.tr("To"), self.field, "forwardSearch")
        self.list = QListView()
        self.list.setObjectName("forwardTargets")
        self.list.setAccessibleName(self.tr("Conversations"))
        self.list.setModel(self.targets)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(10 * self.fontMetrics().height())
        self.list.setItemDelegate(ForwardRow(theme, self.list, thumbnails))
        self.body.addWidget(self.list, 1)
        self.choice = ElidedLabel()
        self.choice.setObjectName("forwardChoice")
        self.body.addWidget(self.choice)
        self._show_choice()
        self.field.setFocus()

    def submit(self) -> None:
        if self.targets.chosen:
            self.chosen.emit(self.targets.chosen)
            self.accept()

    def _show_choice(self) -> None:
        names = self.targets.names
        self.choice.setText(self.tr("To: {0}").format(listed(names)) if names else self.tr("Nobody chosen yet"))
        self.action_button.setEnabled(bool(names))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down walks from the field to the list; Enter in the field ticks the only hit."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and self.targets.rowCount():
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                self.list.setCurrentIndex(self.targets.index(0, 0))
                return True
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and self.targets.rowCount() == 1 and not self.targets.chosen:
                self.targets.toggle(self.targets.index(0, 0))
                return True
        return super().eventFilter(watched, event)
