"""The lines above the field: what is answered or changed, and what still waits to be sent. Main thread only.

They own their looks; what they say is the ComposerModel's.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from chatdesk.models.composer_mode import Mode, ModeKind
from chatdesk.models.hold import Outgoing
from chatdesk.models.preview import preview_of
from chatdesk.views.icons import pixmap
from chatdesk.views.theme import SMALL, SPACING, Theme
from chatdesk.views.widgets import ElidedLabel, IconButton, button


class ModeBar(QWidget):
    """Whom the text answers, or that it changes a message; a stripe at its side, as quotes have."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sign_name = "reply"
        self.setObjectName("composerMode")
        self._sign = QLabel()
        self._title = ElidedLabel("", SMALL, bold=True)
        self._line = ElidedLabel("", SMALL)
        self._line.setProperty("kind", "muted")
        self._close = IconButton(theme, "close", self.tr("Do not reply"), "composerModeClose")
        self._close.clicked.connect(self.closed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, SPACING // 2, 0, 2)
        row.setSpacing(SPACING)
        row.addSpacing(SPACING // 2 + 2)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()
        theme.changed.connect(self._refresh)

    def show_mode(self, mode: Mode | None) -> None:
        self.setVisible(mode is not None)
        if mode is None:
            return
        if mode.kind is ModeKind.EDIT:
            self._sign_name = "edit"
            is_note = mode.message.is_note
            self._title.setText(self.tr("Change your private note") if is_note else self.tr("Change your message"))
            self._close.set_name(self.tr("Do not change it"))
        else:
            self._sign_name = "reply"
            message = mode.message
            name = self.tr("yourself") if message.is_self else message.sender_name or message.sender
            self._title.setText(self.tr("Reply to {0}").format(name))
            self._close.set_name(self.tr("Do not reply"))
        self._line.setText(preview_of(mode.message))
        self.setAccessibleName(f"{self._title.full_text()}: {self._line.full_text()}")
        self._refresh()

    def _refresh(self) -> None:
        side = round(self.fontMetrics().height() * 1.1)
        ratio, is_rtl = self.devicePixelRatioF(), self.isRightToLeft()
        self._sign.setPixmap(pixmap(self._sign_name, self._theme.colors.accent, side, ratio, is_rtl))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = self.width() - 7 if is_rtl else 4
        painter.fillRect(x, 6, 3, self.height() - 8, self._theme.colors.color("accent"))
        painter.end()


class HoldBar(QWidget):
    """A message that leaves in a few seconds, and the button that takes it back."""

    undone = Signal()
    hurried = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composerHold")
        self._words = ElidedLabel("", SMALL)
        self._words.setProperty("kind", "muted")
        self._undo = button(self.tr("Undo"), "undoSend", "flat")
        self._undo.clicked.connect(self.undone)
        self._now = button(self.tr("Send now"), "sendNow", "flat")
        self._now.clicked.connect(self.hurried)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACING, 2, SPACING, 2)
        row.addWidget(self._words, 1)
        row.addWidget(self._undo)
        row.addWidget(self._now)
        self.hide()

    def show_held(self, outgoing: Outgoing | None, seconds: int) -> None:
        self.setVisible(outgoing is not None)
        if outgoing is not None:
            text = " ".join(outgoing.text.split()) or self.tr("%n file(s)", "", len(outgoing.files))
            self._words.setText(self.tr("Sending in {0} s: {1}").format(seconds, text))
            self.setAccessibleName(self.tr("Sending soon: {0}").format(text))
