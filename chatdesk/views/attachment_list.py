"""The files that go out with the next message: name, size, and a button to take each out again. Main thread only."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from chatdesk.domain.elements import Element, Image, media_of
from chatdesk.models.when import size_text
from chatdesk.views.icons import pixmap
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font
from chatdesk.views.widgets import ElidedLabel, IconButton

_ROWS = 3.5


class AttachmentList(QScrollArea):
    removed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._files: Sequence[Element] = ()
        self.setObjectName("attachmentList")
        self.setAccessibleName(self.tr("Files to send"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()
        theme.changed.connect(self._refresh)

    def _refresh(self) -> None:
        self.show_files(self._files)

    def show_files(self, files: Sequence[Element]) -> None:
        self._files = files
        self.setVisible(bool(files))
        if not files:
            return
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(SPACING, SPACING // 2, SPACING // 2, 0)
        column.setSpacing(2)
        for index, element in enumerate(files):
            column.addWidget(self._row(index, element))
        column.addStretch()
        self.setWidget(box)
        for ground in (box, self.viewport()):
            ground.setAutoFillBackground(False)
        row = IconButton(self._theme, "close", "", "").minimumHeight() + 2
        self.setFixedHeight(round(min(len(files), _ROWS) * row) + SPACING)

    def _row(self, index: int, element: Element) -> QWidget:
        media = media_of(element)
        name, size = ("", 0) if media is None else (media.name, media.size)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        sign = QLabel()
        side = round(self.fontMetrics().height() * 1.1)
        sign.setPixmap(
            pixmap(
                "image" if isinstance(element, Image) else "file",
                self._theme.colors.muted,
                side,
                self.devicePixelRatioF(),
            )
        )
        line.addWidget(sign)
        line.addWidget(ElidedLabel(name), 1)
        text = QLabel(size_text(size))
        text.setFont(scaled_font(self.font(), SMALL))
        text.setProperty("kind", "muted")
        line.addWidget(text)
        remove = IconButton(self._theme, "close", self.tr("Do not send {0}").format(name), f"removeFile{index}")
        remove.clicked.connect(lambda: self.removed.emit(index))
        line.addWidget(remove)
        return row

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 0)

    def viewportSizeHint(self) -> QSize:
        return QSize(200, 0)
