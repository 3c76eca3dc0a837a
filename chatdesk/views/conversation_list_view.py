"""The list of conversations: the selected row is the open conversation, the current row is where the keyboard is.

Main thread only. The two are kept apart so that walking through the list opens nothing and marks nothing as read, and
so that a row which leaves and comes back because a message arrived changes neither.
"""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QCursor, QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from chatdesk.domain.conversations import Conversation
from chatdesk.domain.ids import ConversationId
from chatdesk.models.conversation_filter import ConversationFilter
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.conversation_delegate import ConversationDelegate
from chatdesk.views.message_field import WritesElsewhere, is_letter
from chatdesk.views.own_viewport import give_viewport
from chatdesk.views.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ConversationListView(WritesElsewhere, QListView):
    chosen = Signal(QModelIndex)
    menu_asked = Signal(QModelIndex, QPoint)

    def __init__(self, theme: Theme, object_name: str = "conversationList", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        give_viewport(self)
        self._rows: ConversationFilter | None = None
        self._open: ConversationId | None = None
        self._walked_to: ConversationId | None = None
        self.setObjectName(object_name)
        self.setAccessibleName(self.tr("Conversations"))
        self._delegate = ConversationDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # selecting is `set_open`'s
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(self.chosen)
        theme.changed.connect(self.viewport().update)

    def prepare(self) -> None:
        """Nothing is shown yet: do what the first rows would have to wait for."""
        self.ensurePolished()
        self._delegate.prepare(self.font(), self.devicePixelRatioF())

    def set_rows(self, rows: ConversationFilter | None) -> None:
        self._rows = self._delegate.rows = rows
        self._open = self._walked_to = None
        self.setModel(rows)

    def set_thumbnails(self, thumbnails: Thumbnails | None) -> None:
        """Where the pictures of people and groups come from."""
        self._delegate.thumbnails = thumbnails
        if thumbnails is not None:
            thumbnails.ready.connect(self.viewport().update)

    def paintEvent(self, event: QPaintEvent) -> None:
        selected = self.selectedIndexes()
        under_mouse = QModelIndex()
        if self.viewport().underMouse():
            under_mouse = self.indexAt(self.viewport().mapFromGlobal(QCursor.pos()))
        self._delegate.marked = (
            selected[0].row() if selected else -1,
            under_mouse.row(),
            self.currentIndex().row() if self.hasFocus() else -1,
        )
        super().paintEvent(event)

    def set_open(self, identifier: ConversationId | None) -> None:
        self._open = identifier
        self.settle()

    def dataChanged(self, top_left: AnyIndex, bottom_right: AnyIndex, roles: Sequence[int] = ()) -> None:
        if self._rows is not None:
            for row in range(top_left.row(), bottom_right.row() + 1):
                self._delegate.forget(self._rows.conversation_at(row))
        super().dataChanged(top_left, bottom_right, list(roles))

    def remember(self) -> None:
        """Rows are about to move: note where the keyboard is."""
        conversation: Conversation | None = self.currentIndex().data(ConversationListModel.CONVERSATION)
        self._walked_to = None if conversation is None else conversation.id

    def settle(self) -> None:
        """Rows have moved: the open conversation is selected again, the keyboard is where it was."""
        if self._rows is None:
            return
        flag = QItemSelectionModel.SelectionFlag
        open_row = QModelIndex() if self._open is None else self._rows.index_of(self._open)
        walked = QModelIndex() if self._walked_to is None else self._rows.index_of(self._walked_to)
        if walked.isValid() and walked != self.currentIndex():
            # Without scrolling: nothing may move under the eye because a message came.
            self.setAutoScroll(False)
            self.selectionModel().setCurrentIndex(walked, flag.NoUpdate)
            self.setAutoScroll(True)
        if self.selectionModel().selectedIndexes() != ([open_row] if open_row.isValid() else []):
            if open_row.isValid():
                self.selectionModel().select(open_row, flag.ClearAndSelect)
            else:
                self.selectionModel().clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
            return
        if is_letter(event):
            event.ignore()  # it belongs to the message that is written
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Searching every row for one letter would help nobody."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._rows is not None and self._rows.rowCount():
            selected = self.selectionModel().selectedIndexes()
            start = selected[0] if selected else self._rows.index(0, 0)
            self.selectionModel().setCurrentIndex(start, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            if not by_mouse:
                self.scrollTo(index)  # the menu opens beside its row, so that must be in sight
            below = self.visualRect(index).bottomLeft() + QPoint(24, -8)
            position = event.globalPos() if by_mouse else self.viewport().mapToGlobal(below)
            self.menu_asked.emit(index, position)
