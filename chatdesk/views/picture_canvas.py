"""One picture in all its pixels: fitted, enlarged at the pointer, dragged about. Main thread; owns zoom and place."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from chatdesk.views.theme import Theme

_STEP = 1.25
_LEAST, _MOST = 0.02, 16.0
_NOTCH = 120
_PAN = 60


class PictureCanvas(QWidget):
    zoomed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._levels: Sequence[QImage] = ()
        self._nominal = QSizeF()
        """How large the whole picture is; what is here may be smaller, or still a small one."""
        self._zoom = 0.0
        """Widget pixels for one of the picture; 0: as much as fits."""
        self._middle = QPointF(0.5, 0.5)
        """Which part of the picture is in the middle, as a share of its width and height."""
        self._grip: QPointF | None = None
        self.moving: Callable[[], QImage | None] = lambda: None
        """The frame of a picture that moves."""
        self.setObjectName("pictureCanvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 120)
        self._has_ring = False
        theme.changed.connect(self.update)

    def show_image(self, levels: Sequence[QImage], nominal: QSizeF, keeps_view: bool = False) -> None:
        """The same picture in several sizes, the largest first; none: nothing."""
        self._levels = levels
        self._nominal = nominal if nominal.isValid() else QSizeF(levels[0].size()) if levels else QSizeF()
        if not keeps_view:
            self._zoom, self._middle = 0.0, QPointF(0.5, 0.5)
        self._settle()

    @property
    def zoom(self) -> float:
        return self._zoom or self._fitting

    @property
    def is_fitted(self) -> bool:
        return not self._zoom

    @property
    def _fitting(self) -> float:
        """Small pictures are not enlarged."""
        if self._nominal.isEmpty():
            return 1.0
        return min(1.0, self.width() / self._nominal.width(), self.height() / self._nominal.height())

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        self.zoom_to(self.zoom * _STEP**steps, at)

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """What is at `at` (in the middle, if not said) stays there; 0: as much as fits."""
        if self._nominal.isEmpty():
            return
        at = at or QRectF(self.rect()).center()
        target = self._target()
        share = QPointF((at.x() - target.x()) / target.width(), (at.y() - target.y()) / target.height())
        self._zoom = max(_LEAST, min(zoom, _MOST)) if zoom else 0.0
        size = self._nominal * self.zoom
        off = at - QRectF(self.rect()).center()
        self._middle = QPointF(share.x() - off.x() / size.width(), share.y() - off.y() / size.height())
        self._settle()

    def pan(self, x: int, y: int) -> None:
        """By steps."""
        self._move(QPointF(-x * _PAN, -y * _PAN))

    def _move(self, by: QPointF) -> None:
        size = self._nominal * self.zoom
        if not size.isEmpty():
            self._middle -= QPointF(by.x() / size.width(), by.y() / size.height())
            self._settle()

    def _settle(self) -> None:
        """No edge comes inside as long as the picture is larger than the window."""
        size = self._nominal * self.zoom
        if not size.isEmpty():
            half_x, half_y = self.width() / size.width() / 2, self.height() / size.height() / 2
            x = 0.5 if half_x >= 0.5 else max(half_x, min(self._middle.x(), 1 - half_x))
            y = 0.5 if half_y >= 0.5 else max(half_y, min(self._middle.y(), 1 - half_y))
            self._middle = QPointF(x, y)
        can_move = size.width() > self.width() + 1 or size.height() > self.height() + 1
        self.setCursor(Qt.CursorShape.OpenHandCursor if can_move else Qt.CursorShape.ArrowCursor)
        self.update()
        self.zoomed.emit()

    def _target(self) -> QRectF:
        """Where the picture stands in the widget."""
        size = self._nominal * self.zoom
        centre = QRectF(self.rect()).center()
        return QRectF(
            centre.x() - self._middle.x() * size.width(),
            centre.y() - self._middle.y() * size.height(),
            size.width(),
            size.height(),
        )

    def _level(self, width: float) -> QImage | None:
        """The smallest that need not be enlarged: scaling down by more than half would look coarse."""
        fitting = [image for image in self._levels if image.width() >= width]
        return fitting[-1] if fitting else self._levels[0] if self._levels else None

    # -- events ------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        target = self._target()
        image = self.moving() or self._level(target.width() * self.devicePixelRatioF())
        if image is not None:
            # Only what is in sight is scaled, however large the whole is.
            shown = target.intersected(QRectF(self.rect()))
            by_x, by_y = image.width() / target.width(), image.height() / target.height()
            source = QRectF(
                (shown.x() - target.x()) * by_x,
                (shown.y() - target.y()) * by_y,
                shown.width() * by_x,
                shown.height() * by_y,
            )
            smooth = self.zoom * self.devicePixelRatioF() < 4  # beyond, pixels are to be seen
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(shown, image, source)
        if self.hasFocus() and self._has_ring:
            painter.setPen(self._theme.colors.color("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring for who came by the keyboard; it would only disturb the picture at its opening."""
        self._has_ring = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _NOTCH
        if notches:
            self.zoom_by(notches, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip = event.position()
            if self.cursor().shape() is Qt.CursorShape.OpenHandCursor:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._move(event.position() - self._grip)
            self._grip = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self._settle()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.zoom_to(1.0 if self.is_fitted else 0.0, event.position())
