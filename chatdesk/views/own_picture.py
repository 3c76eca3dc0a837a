"""The account's picture in a circle, its letters while there is none. Main thread only; fetching is the thumbnails'."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent

from chatdesk.domain.elements import Media
from chatdesk.models.thumbnails import Thumbnails
from chatdesk.views.theme import Theme
from chatdesk.views.widgets import Avatar

_LINES = 4.4


class OwnPicture(Avatar):
    def __init__(self, theme: Theme, thumbnails: Thumbnails | None) -> None:
        super().__init__(theme, _LINES)
        self.setObjectName("ownPicture")
        self._thumbnails = thumbnails
        self._uri = ""
        if thumbnails is not None:
            thumbnails.ready.connect(self._on_ready)

    def show_for(self, name: str, key: str, uri: str = "") -> None:  # type: ignore[override]  # a person's, never a group's
        self._uri = uri
        self.setAccessibleName(self.tr("Your picture") if uri else self.tr("No picture yet"))
        super().show_for(name, key)

    def paintEvent(self, event: QPaintEvent) -> None:
        picture = None
        if self._uri and self._thumbnails is not None:
            side = self._side()
            picture = self._thumbnails.get(Media(self._uri, mime="image/png"), side, side)
        if picture is None:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        circle = QPainterPath()
        circle.addEllipse(QRectF(self.rect()))
        painter.setClipPath(circle)
        painter.drawImage(QRectF(self.rect()), picture)
        painter.end()

    def _side(self) -> int:
        size: QSize = self.sizeHint()
        return round(size.width() * self.devicePixelRatioF())

    def _on_ready(self, uri: str) -> None:
        if uri == self._uri:
            self.update()
