"""One download of the downloads pane: name, state, progress, and what can be done with it. Main thread only."""

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLabel, QMenu, QProgressBar, QWidget

from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.models.downloads import detail, percent, shown_name
from chatdesk.views.icons import pixmap
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font
from chatdesk.views.widgets import ElidedLabel, IconButton, PlainLabel

_ACTIVE = (DownloadState.WAITING, DownloadState.RUNNING)
_ENDED = (DownloadState.FAILED, DownloadState.CANCELLED)
_DONE = (DownloadState.DONE,)


_ROOMY = 34
"""In letters."""
_SHORT = 24


class Action(NamedTuple):
    sign: str
    states: tuple[DownloadState, ...]


ACTIONS = {
    "open": Action("open", _DONE),
    "folder": Action("folder", _DONE),
    "copy": Action("file", _DONE),
    "check": Action("check", _DONE),
    "message": Action("chat", tuple(DownloadState)),
    "pause": Action("pause", _ACTIVE),
    "resume": Action("resume", (DownloadState.PAUSED,)),
    "retry": Action("retry", _ENDED),
    "fetch": Action("download", (DownloadState.MISSING,)),
    "cancel": Action("close", (*_ACTIVE, DownloadState.PAUSED)),
    "remove": Action("unlist", (*_DONE, *_ENDED, DownloadState.MISSING)),
}
"""What can be done in which state."""
BUTTONS = ("open", "folder", "pause", "resume", "retry", "fetch", "cancel", "remove")
"""The rest is in the context menu."""


class DownloadRow(QWidget):
    asked = Signal(str, int)
    """What to do (a key of ACTIONS) with which download."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._download: Download | None = None
        self.setObjectName("downloadRow")
        self._sign = QLabel()
        self._name = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)  # the end says what kind of file it is
        self._state = PlainLabel()
        self._state.setFont(scaled_font(self.font(), SMALL))
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setWordWrap(True)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Progress"))
        self._buttons = {action: self._button(action) for action in BUTTONS}
        tools = QHBoxLayout()
        tools.setSpacing(0)
        tools.addStretch()
        for widget in self._buttons.values():
            tools.addWidget(widget)
        self._second = second = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        second.setSpacing(0)
        second.addWidget(self._state, 1)
        second.addLayout(tools)
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACING, SPACING // 2, 2, SPACING // 2)
        grid.setHorizontalSpacing(SPACING)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._sign, 0, 0)
        grid.addWidget(self._name, 0, 1)
        grid.addWidget(self._progress, 1, 1)
        grid.addLayout(second, 2, 1)
        theme.changed.connect(self._refresh)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large letters in a narrow pane: the buttons under the words."""
        super().resizeEvent(event)
        is_narrow = self.width() < _ROOMY * self.fontMetrics().averageCharWidth()
        directions = QBoxLayout.Direction
        self._second.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)

    def _button(self, action: str) -> IconButton:
        result = IconButton(self._theme, ACTIONS[action].sign, self._words(action), f"{action}Download")
        result.clicked.connect(lambda: self._ask(action))
        return result

    def _words(self, action: str) -> str:
        return {
            "open": self.tr("Open"),
            "folder": self.tr("Show in folder"),
            "copy": self.tr("Copy the file"),
            "check": self.tr("Check again"),
            "message": self.tr("Go to message"),
            "pause": self.tr("Pause"),
            "resume": self.tr("Go on"),
            "retry": self.tr("Retry"),
            "fetch": self.tr("Download again"),
            "cancel": self.tr("Cancel"),
            "remove": self.tr("Remove from list"),
        }[action]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._download is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setObjectName("downloadMenu")
        menu.setAccessibleName(self._download.media.name)
        for name, action in ACTIONS.items():
            if self._download.state in action.states:
                entry = menu.addAction(self._words(name))
                entry.setObjectName(f"{name}DownloadEntry")
                entry.triggered.connect(lambda _=False, name=name: self._ask(name))
        menu.popup(event.globalPos())

    def _ask(self, action: str) -> None:
        if self._download is not None:
            self.asked.emit(action, self._download.id)

    def show_download(self, download: Download, state_text: str) -> None:
        is_new = self._download is None or self._download.media.mime != download.media.mime
        self._download = download
        name = shown_name(download)
        self._name.setText(name)
        self._state.setText(_unbroken(state_text))
        kind = "error" if download.state is DownloadState.FAILED else "muted"
        if self._state.property("kind") != kind:  # progress comes ten times a second, and this is dear
            self._state.setProperty("kind", kind)
            self._state.style().unpolish(self._state)
            self._state.style().polish(self._state)
        self.setAccessibleName(f"{name}, {state_text}")
        self._name.setToolTip(detail(download))
        part = percent(download)
        self._progress.setVisible(download.state in (*_ACTIVE, DownloadState.PAUSED, DownloadState.CHECKING))
        is_still = download.state in (DownloadState.WAITING, DownloadState.PAUSED)
        self._progress.setRange(0, 100 if part >= 0 or is_still else 0)
        self._progress.setValue(max(0, part))
        self._show_buttons(download.state)
        for widget in self._buttons.values():
            widget.setAccessibleName(f"{widget.toolTip()}: {name}")
        if is_new:
            self._refresh()

    def _show_buttons(self, state: DownloadState) -> None:
        """The focus of one that leaves goes to the first that stays: from Pause to Go on, never to Cancel by chance."""
        offered = [widget for action, widget in self._buttons.items() if state in ACTIONS[action].states]
        for widget in offered:
            widget.setVisible(True)
        gone = [widget for widget in self._buttons.values() if widget not in offered]
        if offered and any(widget.hasFocus() for widget in gone):
            offered[0].setFocus()
        for widget in gone:
            widget.setVisible(False)

    def _refresh(self) -> None:
        if self._download is None:
            return
        mime = self._download.media.mime
        side = round(self.fontMetrics().height() * 1.15)
        sign = "image" if mime.startswith("image/") else "file"
        self._sign.setPixmap(pixmap(sign, self._theme.colors.muted, side, self.devicePixelRatioF()))


def _unbroken(text: str) -> str:
    """Lines end between facts, not inside: never a number in one line and its unit in the next."""
    facts = text.split(" · ")
    return " · ".join(fact.replace(" ", "\u00a0") if len(fact) < _SHORT else fact for fact in facts)
