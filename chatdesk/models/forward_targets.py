"""The conversations a message can be forwarded to, with a tick on each chosen one. Main thread.

Owns the choice, by conversation; the rows are the conversation list's, in its order.
"""

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal

from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId
from chatdesk.models.conversation_list import ConversationListModel

AnyIndex = QModelIndex | QPersistentModelIndex


class ForwardTargets(QSortFilterProxyModel):
    choice_changed = Signal()

    def __init__(self, source: ConversationListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._chosen: dict[ConversationId, str] = {}
        self.setSourceModel(source)

    @property
    def chosen(self) -> tuple[ConversationId, ...]:
        """In the order in which they were chosen."""
        return tuple(self._chosen)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._chosen.values())

    def set_text(self, text: str) -> None:
        self._words = tuple(text.casefold().split())
        self.setFilterFixedString(text)  # for its effect: every row is asked again

    def filterAcceptsRow(self, row: int, parent: AnyIndex) -> bool:
        source = self.sourceModel()
        conversation: Conversation = source.data(source.index(row, 0, parent), ConversationListModel.CONVERSATION)
        if conversation.membership is not Membership.JOINED or conversation.is_encrypted:
            return False
        hay = f"{conversation.name} {conversation.id.id}".casefold()
        return all(word in hay for word in self._words)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.NoItemFlags
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsUserCheckable | flag.ItemNeverHasChildren

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.CheckStateRole:
            is_chosen = self._of(index).id in self._chosen
            return Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._of(index).name
        return super().data(index, role)

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        conversation = self._of(index)
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._chosen[conversation.id] = conversation.name
        else:
            self._chosen.pop(conversation.id, None)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.choice_changed.emit()
        return True

    def toggle(self, index: AnyIndex) -> None:
        is_chosen = self._of(index).id in self._chosen
        state = Qt.CheckState.Unchecked if is_chosen else Qt.CheckState.Checked
        self.setData(index, state, Qt.ItemDataRole.CheckStateRole)

    def _of(self, index: AnyIndex) -> Conversation:
        conversation: Conversation = super().data(index, ConversationListModel.CONVERSATION)
        return conversation
