"""The round button that leads back to the newest message, and the count of what came meanwhile. Main thread.

`NewMessages` owns the keys of messages that came in below what is visible; the button owns nothing but its looks.
"""

from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRadialGradient
from PySide6.QtWidgets import QAbstractButton, QWidget

from chatdesk.domain.messages import Message
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_glyphs import Glyph, draw_glyph
from chatdesk.views.message_style import Style

_MOST_SHOWN = 999


class NewMessages:
    def __init__(self) -> None:
        self._keys: set[int] = set()

    def add(self, messages: Iterable[Message]) -> None:
        """Only what others wrote counts."""
        self._keys.update(message.key for message in messages if not message.is_self and not message.is_tip)

    def clear(self) -> None:
        self._keys.clear()

    def count(self, model: TimelineModel, last_visible_row: int) -> int:
        """What is still below the last visible row."""
        if self._keys:
            self._keys = {key for key in self._keys if model.row_of(key) > last_visible_row}
        return len(self._keys)


class JumpButton(QAbstractButton):
    def __init__(self, style: Style, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self._count = -1
        self.setObjectName("jumpToNewest")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_count(0)
        self.set_style(style)

    @property
    def count(self) -> int:
        return self._count

    def set_style(self, style: Style) -> None:
        self._style = style
        self.resize(self.sizeHint())
        self.update()

    def set_count(self, count: int) -> None:
        if count == self._count:
            return
        self._count = count
        text = self.tr("Jump to newest")
        if count:
            text = self.tr("Jump to newest, %n new messages", "", count)
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        side = self._disc_side() + 2 * self._shadow()
        return QSize(side, side + self._badge_height() // 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        style = self._style
        colors = style.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shadow = self._shadow()
        disc = QRectF(shadow, self._badge_height() // 2, self._disc_side(), self._disc_side())
        center = disc.center() + QPointF(0, shadow * 0.3)
        glow = QRadialGradient(center, disc.width() / 2 + shadow)
        glow.setColorAt(disc.width() / (disc.width() + 2 * shadow) * 0.9, QColor(0, 0, 0, 70))
        glow.setColorAt(1, QColor(0, 0, 0, 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(glow)
        painter.drawEllipse(center, disc.width() / 2 + shadow, disc.width() / 2 + shadow)
        painter.setPen(QPen(colors.color("accent" if self.hasFocus() else "border"), 2 if self.hasFocus() else 1))
        painter.setBrush(colors.color("hover" if self.underMouse() or self.isDown() else "raised"))
        painter.drawEllipse(disc)
        edge = disc.width() * 0.27
        draw_glyph(painter, Glyph.DOWN, disc.adjusted(edge, edge, -edge, -edge), colors.color("text"))
        if self._count:
            self._paint_badge(painter, disc)

    def _paint_badge(self, painter: QPainter, disc: QRectF) -> None:
        style = self._style
        text = str(self._count) if self._count <= _MOST_SHOWN else f"{_MOST_SHOWN}+"
        height = self._badge_height()
        width = max(height, ceil(style.day_metrics.horizontalAdvance(text)) + height // 2)
        badge = QRectF(disc.center().x() - width / 2, 0, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colors.color("accent"))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(style.colors.color("on_accent"))
        painter.setFont(style.day_font)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _disc_side(self) -> int:
        return max(self._style.px(40), self._style.line * 2)

    def _shadow(self) -> int:
        return self._style.px(6)

    def _badge_height(self) -> int:
        return ceil(self._style.day_metrics.height()) + 4
