"""The date that stays at the top of the messages while somebody scrolls. Main thread.

Owns its place and the time it stays. It shows the day of the topmost message while that day's own line is out of sight,
and lets the next day's line push it up.
"""

from math import ceil

from PySide6.QtCore import QDate, QDateTime, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from chatdesk.views.message_rowview import RowView
from chatdesk.views.message_style import Style

STAYS_MS = 1500
_LEAST_PX = 24


class StickyDate(QAbstractButton):
    def __init__(self, style: Style, view: RowView) -> None:
        super().__init__(view)
        self._view = view
        self._style = style
        self._seen: tuple[int, int] | None = None
        self.date = QDate()
        self.setObjectName("stickyDate")
        self.setAccessibleName(self.tr("Jump to a date"))
        self.setToolTip(self.tr("Jump to a date"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it comes and goes; Ctrl+G does the same
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self._go)
        self.hide()

    def set_style(self, style: Style) -> None:
        self._style = style
        self.update()

    def forget(self) -> None:
        """Another conversation."""
        self._seen = None
        self._timer.stop()
        self.hide()

    def follow(self, top: int) -> None:
        """After a layout. `top` is where it stands when nothing pushes it."""
        placed = self._view.placement.placed
        if not placed:
            self.forget()
            return
        first = placed[0]
        message = self._view.timeline.message(first.row)
        seen = (message.key, first.top)
        has_scrolled = self._seen is not None and seen != self._seen and not self._view.is_at_bottom
        self._seen = seen
        if has_scrolled:
            self._timer.start()
        elif self._view.is_at_bottom:
            self._timer.stop()
        if not self._timer.isActive() and (self._view.is_at_bottom or not self.underMouse()):
            self.hide()
            return
        height = self.sizeHint().height()
        y = top
        for row in placed:
            layout = self._view.rows.row_layout(row.row)
            line = row.top + layout.day_rect.top()
            if layout.heading.day and (row.row != first.row or line + layout.day_rect.height() > top):
                if row.row == first.row:
                    self.hide()  # the day's own line is in sight, and nothing above it
                    return
                y = min(y, line - height - self._style.small_gap)
                break
            if row.top > top + 2 * height:
                break
        self._show_day(QDateTime.fromMSecsSinceEpoch(message.time_ms).date(), y)

    def _show_day(self, date: QDate, y: int) -> None:
        if date != self.date:
            self.date = date
            text = self._view.rows.builder.words.day(date)
            self.setText(text)
            self.setAccessibleName(self.tr("{0}. Jump to a date").format(text))
        size = self.sizeHint()
        area = self._view.viewport().geometry()
        x = area.left() + (area.width() - size.width()) // 2
        self.setGeometry(x, area.top() + y, size.width(), size.height())
        self.show()
        self.raise_()

    def _go(self) -> None:
        if self.underMouse():
            self._timer.start()
        else:
            self.hide()

    def sizeHint(self) -> QSize:
        style = self._style
        width = ceil(style.day_metrics.horizontalAdvance(self.text())) + 3 * style.gap
        return QSize(width, max(_LEAST_PX, ceil(style.day_metrics.height()) + style.gap))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colors = self._style.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colors.color("border"), 1))
        painter.setBrush(colors.color("hover" if self.underMouse() else "sidebar"))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setFont(self._style.day_font)
        painter.setPen(colors.color("muted"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
