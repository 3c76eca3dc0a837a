"""The pane at the right on demand: downloads or members, one at a time. Main thread only."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from chatdesk.views.downloads_pane import DownloadsPane
from chatdesk.views.members_pane import MembersPane
from chatdesk.views.theme import Theme


class SidePane(QWidget):
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePane")
        self.setMinimumWidth(220)
        self.downloads = DownloadsPane(theme)
        self.members = MembersPane(theme)
        self._stack = QStackedLayout(self)
        for pane in (self.downloads, self.members):
            self._stack.addWidget(pane)
            pane.closed.connect(self.closed)
        self.hide()

    def show_page(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)

    @property
    def page(self) -> QWidget | None:
        return self._stack.currentWidget()
