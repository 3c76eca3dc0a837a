"""A conversation in a window of its own with, on demand, what was sent in it: beside it, or in its place where there is
no room for both. Main thread only. Owns the pane and its model, both made when they are first asked for.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from chatdesk.domain.ids import ConversationId
from chatdesk.models.session import SessionModel
from chatdesk.views.chat_view import ChatView
from chatdesk.views.media_pane import MediaPane
from chatdesk.views.theme import Theme

_BOTH_LETTERS = 78
"""So many letters wide a window must be to show both."""
_SIDE_LETTERS = 38


class MediaSide(QWidget):
    show_asked = Signal(object, int)
    """A message and the number of its picture that is to be shown large."""
    open_asked = Signal(object, int)
    save_asked = Signal(object, int)

    def __init__(self, theme: Theme, session: SessionModel, view: ChatView) -> None:
        super().__init__()
        self._theme = theme
        self._session = session
        self._view = view
        self._pane: MediaPane | None = None
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(view)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)

    @property
    def is_open(self) -> bool:
        return self._pane is not None and not self._pane.isHidden()

    def toggle(self) -> None:
        chat = self._view.model
        if self.is_open:
            self.close_pane()
        elif chat is not None and chat.conversation is not None and not chat.is_invitation:
            pane = self._pane = self._pane or self._new_pane(chat.conversation.id)
            pane.show()
            self._arrange()
            pane.enter()

    def close_pane(self) -> None:
        if self._pane is not None:
            self._pane.hide()
            self._arrange()
            self._view.focus_composer()

    def _new_pane(self, conversation: ConversationId) -> MediaPane:
        pane = MediaPane(self._theme)
        model = self._session.new_shared_media(pane)
        model.show(conversation)
        pane.set_model(model, self._session.thumbnails)
        pane.closed.connect(self.close_pane)
        pane.message_asked.connect(self._go_to)
        pane.show_asked.connect(self.show_asked)
        pane.open_asked.connect(self.open_asked)
        pane.save_asked.connect(self.save_asked)
        self._splitter.addWidget(pane)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        letter = self.fontMetrics().averageCharWidth()
        self._splitter.setSizes([self.width() - _SIDE_LETTERS * letter, _SIDE_LETTERS * letter])
        return pane

    def _go_to(self, conversation: ConversationId, key: int) -> None:
        if not self._has_room:
            self.close_pane()
        if self._view.model is not None:
            self._view.model.go_to(conversation, key)

    @property
    def _has_room(self) -> bool:
        return self.width() >= _BOTH_LETTERS * self.fontMetrics().averageCharWidth()

    def _arrange(self) -> None:
        self._view.setVisible(self._has_room or not self.is_open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._arrange()
