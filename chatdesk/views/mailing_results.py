"""What became of each copy of a message to many people: a table, a bar, a line that sums it up. Main thread only."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QMenu,
    QProgressBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from chatdesk.domain.ids import ConversationId, localpart
from chatdesk.domain.mailings import Copy, CopyState
from chatdesk.models.mailing import MailingModel
from chatdesk.views.accessibility import announce
from chatdesk.views.icons import icon
from chatdesk.views.theme import SPACING, Theme

_LINES = 14
_PERSON, _STATE, _REASON = range(3)


class MailingResults(QWidget):
    conversation_asked = Signal(object)

    def __init__(self, theme: Theme, model: MailingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self.sum = QLabel()
        self.sum.setObjectName("mailingSum")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setObjectName("mailingProgress")
        self.bar.setAccessibleName(self.tr("Progress"))
        self.table = QTreeWidget()
        self.table.setObjectName("mailingTable")
        self.table.setAccessibleName(self.tr("Results"))
        self.table.setHeaderLabels([self.tr("Person"), self.tr("State"), self.tr("Reason")])
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.table.itemActivated.connect(self._open)
        self.table.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing())
        header = self.table.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(_PERSON, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_STATE, QHeaderView.ResizeMode.ResizeToContents)
        header.resizeSection(_PERSON, 34 * self.fontMetrics().averageCharWidth())
        self.reason = QLabel()
        self.reason.setObjectName("mailingReason")
        self.reason.setProperty("kind", "error")
        self.reason.setWordWrap(True)
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.table.currentItemChanged.connect(self._show_reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(SPACING)
        column.addWidget(self.sum)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.reason)
        model.reset.connect(self._rebuild)
        model.row_changed.connect(self._refresh_row)
        model.ended.connect(self._announce)
        theme.changed.connect(self._rebuild)
        self._rebuild()

    def say_saved(self, path: str) -> None:
        self.sum.setText(self.tr("The table is in {0}").format(path))

    def _rebuild(self) -> None:
        """The rows stay while the people are the same ones, and with them what is chosen."""
        copies = self._model.copies
        shown = [self._item(row).data(0, Qt.ItemDataRole.UserRole) for row in range(self.table.topLevelItemCount())]
        if shown != [copy.user for copy in copies]:
            self.table.clear()
            items = []
            for copy in copies:
                item = QTreeWidgetItem()
                item.setData(0, Qt.ItemDataRole.UserRole, copy.user)
                items.append(item)
            self.table.addTopLevelItems(items)
            if items:
                self.table.setCurrentItem(items[0])
        for row, copy in enumerate(copies):
            self._fill(row, copy)
        self._show_sum()

    def _refresh_row(self, row: int) -> None:
        self._fill(row, self._model.copies[row])
        self._show_sum()

    def _fill(self, row: int, copy: Copy) -> None:
        item = self._item(row)
        name = self._model.name(copy.user)
        user = f"\u2066{copy.user}\u2069"  # an id reads from left to right everywhere
        person = user if name == localpart(copy.user) else f"{name} ({user})"
        reason = self._model.failure_text(copy)
        item.setText(_PERSON, person)
        item.setText(_STATE, self._model.state_text(copy))
        item.setText(_REASON, reason)
        item.setToolTip(_PERSON, copy.user)
        item.setToolTip(_REASON, reason)
        item.setIcon(_STATE, self._sign(copy.state))

    def _sign(self, state: CopyState) -> QIcon:
        colors = self._theme.colors
        name, color = {
            CopyState.FAILED: ("alert", colors.error),
            CopyState.SENT: ("check", colors.ok),
            CopyState.SENDING: ("send", colors.accent),
        }.get(state, ("clock", colors.muted))
        return icon(name, color, self.fontMetrics().height(), self.devicePixelRatioF())

    def _show_sum(self) -> None:
        counts = self._model.counts
        self.bar.setMaximum(max(1, counts.total))
        self.bar.setValue(counts.sent + counts.failed)
        self.sum.setText(self._model.summary())
        self._show_reason()

    def _show_reason(self, *_: object) -> None:
        """In full, what a narrow table cuts off."""
        item = self.table.currentItem()
        self.reason.setText("" if item is None else item.text(_REASON))
        self.reason.setVisible(bool(self.reason.text()))

    def _announce(self) -> None:
        announce(self.table, self._model.summary())

    def _item(self, row: int) -> QTreeWidgetItem:
        item = self.table.topLevelItem(row)
        assert item is not None  # noqa: S101 - rows and copies are kept in step
        return item

    def _open(self, item: QTreeWidgetItem) -> None:
        conversation = self._conversation(item)
        if conversation is not None:
            self.conversation_asked.emit(conversation)

    def _conversation(self, item: QTreeWidgetItem | None) -> ConversationId | None:
        row = -1 if item is None else self.table.indexOfTopLevelItem(item)
        return self._model.copies[row].conversation if 0 <= row < len(self._model.copies) else None

    def _show_menu(self, position: QPoint) -> None:
        item = self.table.itemAt(position) or self.table.currentItem()
        conversation = self._conversation(item)
        if item is None or conversation is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("mailingMenu")
        menu.setAccessibleName(item.text(_PERSON))
        go = menu.addAction(self.tr("Open the conversation"), lambda: self.conversation_asked.emit(conversation))
        go.setObjectName("mailingOpen")
        menu.popup(self.table.viewport().mapToGlobal(position))
