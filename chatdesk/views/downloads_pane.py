"""The downloads pane: one row per download with what can be done about it, newest first.

Main thread only. Rows are widgets, so every button is reached by Tab and told by name; only the newest are shown until
asked for more, which keeps a long history cheap.
"""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from chatdesk.models.downloads import DownloadsModel
from chatdesk.views.download_row import DownloadRow
from chatdesk.views.files import FileOpener
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import EmptyState, PaneHeader, button

_SHOWN = 50


class DownloadsPane(QWidget):
    closed = Signal()
    failed = Signal(str)
    message_asked = Signal(object, object)
    """The conversation and the key of the message a file came with."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model: DownloadsModel | None = None
        self._rows: dict[int, DownloadRow] = {}
        self._limit = _SHOWN
        self.setObjectName("downloadsPane")
        self.setAccessibleName(self.tr("Downloads"))
        self.setProperty("surface", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._opener = FileOpener(self)
        self._opener.failed.connect(self.failed)
        header = PaneHeader(theme, self.tr("Downloads"), self.tr("Close downloads"), "closeDownloads")
        header.closed.connect(self.closed)
        self._empty = EmptyState(
            theme,
            "download",
            self.tr("No downloads yet"),
            self.tr("Files you download from a message are listed here."),
        )
        self._box = QWidget()
        self._column = QVBoxLayout(self._box)
        self._column.setContentsMargins(SPACING, 0, SPACING, SPACING)
        self._column.setSpacing(SPACING)
        self._more = button(self.tr("Show older downloads"), "moreDownloads", "flat")
        self._more.clicked.connect(self._show_more)
        self._column.addWidget(self._more)
        self._column.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab leads to the rows in it, which scroll into sight
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self._box)
        for ground in (self._box, self._scroll.viewport()):
            ground.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self._empty, 1)
        column.addWidget(self._scroll, 1)
        self._show_empty()

    def set_model(self, model: DownloadsModel | None) -> None:
        previous, self._model = self._model, model
        if previous is not None:
            previous.dataChanged.disconnect(self._update)
            for signal in (previous.rowsInserted, previous.rowsRemoved, previous.modelReset):
                signal.disconnect(self._rebuild)
            previous.message_found.disconnect(self.message_asked)
            previous.failed.disconnect(self.failed)
        self._limit = _SHOWN
        if model is not None:
            model.dataChanged.connect(self._update)
            for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
                signal.connect(self._rebuild)
            model.message_found.connect(self.message_asked)
            model.failed.connect(self.failed)
        self._rebuild()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._model is not None:
            self._model.look()

    def _update(self, first: QModelIndex, last: QModelIndex) -> None:
        if self._model is None:
            return
        for download in self._model.items[first.row() : last.row() + 1]:
            row = self._rows.get(download.id)
            if row is not None:
                row.show_download(download, self._model.state_text(download))

    def _rebuild(self) -> None:
        """Bring the rows into the model's order; those that stay keep their widgets, and with them the focus."""
        shown = [] if self._model is None else list(self._model.items[: self._limit])
        wanted = {download.id for download in shown}
        for download_id in [known for known in self._rows if known not in wanted]:
            row = self._rows.pop(download_id)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, download in enumerate(shown):
            known = self._rows.get(download.id)
            if known is None:
                known = self._rows[download.id] = self._new_row()
            if self._column.indexOf(known) != place:
                self._column.removeWidget(known)
                self._column.insertWidget(place, known)
            if self._model is not None:
                known.show_download(download, self._model.state_text(download))
        self._more.setVisible(self._model is not None and len(self._model.items) > self._limit)
        self._show_empty()

    def _new_row(self) -> DownloadRow:
        row = DownloadRow(self._theme)
        row.asked.connect(self._act)
        return row

    def show_in_folder(self, download_id: int) -> None:
        download = self._model.download(download_id) if self._model is not None else None
        if download is not None:
            self._opener.show_in_folder(download)

    def open_own(self, path: str, folder_only: bool) -> None:
        """A file that was sent from here."""
        self._opener.open_own(Path(path), folder_only)

    def copy(self, download_id: int) -> None:
        """Put a finished file on the clipboard."""
        self._act("copy", download_id)

    def open(self, download_id: int) -> None:
        """Open a finished download, from here or from its message."""
        self._act("open", download_id)

    def _act(self, action: str, download_id: int) -> None:
        model = self._model
        download = None if model is None else model.download(download_id)
        if model is None or download is None:
            return
        match action:
            case "open":
                self._opener.open(download)
            case "folder":
                self._opener.show_in_folder(download)
            case "copy":
                self._opener.copy(download)
            case "pause":
                model.pause(download_id)
            case "message":
                model.find_message(download_id)
            case "check":
                model.check(download_id)
            case "cancel":
                model.cancel(download_id)
            case "retry" | "resume" | "fetch":
                model.retry(download_id)
            case "remove":
                model.remove(download_id)

    def _show_more(self) -> None:
        self._limit += _SHOWN
        self._rebuild()

    def _show_empty(self) -> None:
        self._empty.setVisible(not self._rows)
        self._scroll.setVisible(bool(self._rows))
