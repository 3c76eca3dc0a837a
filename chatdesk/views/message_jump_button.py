"""The button that leads back to the newest message, and the count of what came meanwhile. Main thread.

`NewMessages` owns the keys of messages that came in below what is visible; the button owns nothing but its looks.
"""

from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from chatdesk.domain.messages import Message
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_glyphs import Glyph, draw_glyph
from chatdesk.views.message_style import Style

_MOST_SHOWN = 999
_LEAST_PX = 24
"""As small as a target may be."""


class NewMessages:
    def __init__(self) -> None:
        self._keys: set[int] = set()

    def add(self, messages: Iterable[Message]) -> None:
        """Only what others wrote counts."""
        self._keys.update(message.key for message in messages if not message.is_self and not message.is_tip)

    def clear(self) -> None:
        self._keys.clear()

    def count(self, model: TimelineModel, last_visible_row: int, missed: frozenset[int] = frozenset()) -> int:
        """What is still below the last visible row; `missed` is not loaded yet."""
        if self._keys:
            self._keys = {key for key in self._keys if model.row_of(key) > last_visible_row}
        return len(self._keys | missed)


class JumpButton(QAbstractButton):
    """Stands under the messages, beside who is typing: over them it would cover the time of the lowest one."""

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
        name = self.tr("Jump to newest")
        self._text = self.tr("Newest")
        if count:
            name = self.tr("Jump to newest, %n new messages", "", count)
            shown = str(count) if count <= _MOST_SHOWN else f"{_MOST_SHOWN}+"
            self._text = self.tr("{0} new").format(shown)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        style = self._style
        height = button_height(style)
        width = ceil(style.day_metrics.horizontalAdvance(self._text)) + self._arrow() + 2 * style.gap + style.small_gap
        return QSize(width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        style, colors = self._style, self._style.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_near = self.underMouse() or self.isDown()
        if self._count:
            ground, ink, edge = "accent", "on_accent", "text" if self.hasFocus() else "accent"
        else:
            ground, ink, edge = "hover" if is_near else "raised", "text", "accent" if self.hasFocus() else "border"
        width = 2 if self.hasFocus() else 1
        body = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(colors.color(edge), width))
        painter.setBrush(colors.color(ground))
        painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
        side = self._arrow()
        arrow = QRectF(style.gap, (self.height() - side) / 2, side, side)
        words = QRectF(self.rect()).adjusted(style.gap + side + style.small_gap, 0, -style.gap, 0)
        if style.is_rtl:
            arrow.moveRight(self.width() - style.gap)
            words.moveRight(self.width() - style.gap - side - style.small_gap)
        draw_glyph(painter, Glyph.DOWN, arrow, colors.color(ink))
        painter.setPen(colors.color(ink))
        painter.setFont(style.day_font)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._text)

    def _arrow(self) -> int:
        return round(self._style.small_line * 0.8)


def button_height(style: Style) -> int:
    return max(_LEAST_PX, style.small_line + style.px(6))
