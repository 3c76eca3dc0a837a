"""The message that a reply answers, in two lines above the reply: who, and what. Main thread; owns its elided words.

Its height never depends on what is known of that message, so that nothing moves when it is found.
"""

from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from chatdesk.domain.messages import Quote
from chatdesk.views.message_relation_words import RelationWords
from chatdesk.views.message_style import Style
from chatdesk.views.message_text_look import is_rtl


class QuoteBlock:
    def __init__(self, quote: Quote, style: Style, words: RelationWords, room: int) -> None:
        self._quote = quote
        self._style = style
        self.name = words.quoted_name(quote)
        self.text = words.quoted_text(quote)
        self._edge = style.px(3)
        inset = self._edge + 2 * style.gap
        font_width = max(
            style.small_name_metrics.horizontalAdvance(self.name), style.small_metrics.horizontalAdvance(self.text)
        )
        self.width = min(room, max(style.px(110), ceil(font_width) + inset + 1))
        self.height = ceil(style.small_name_metrics.height()) + style.small_line + 2 * style.small_gap

    def paint(self, painter: QPainter, x: int, y: int, width: int, ground: str) -> None:
        style, colors = self._style, self._style.colors
        rect = QRectF(x, y, width, self.height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.code_ground)
        painter.drawRoundedRect(rect, style.small_radius, style.small_radius)
        color = style.name_color(self._quote.sender, ground) if self._quote.sender else colors.color("muted")
        painter.setBrush(color)
        edge = QRectF(rect.right() - self._edge if style.is_rtl else x, y, self._edge, self.height)
        painter.drawRoundedRect(edge, self._edge / 2, self._edge / 2)
        left = x + style.gap if style.is_rtl else x + self._edge + style.gap
        room = width - self._edge - 2 * style.gap
        top = y + style.small_gap
        painter.setPen(color)
        painter.setFont(style.small_name_font)
        self._line(painter, self.name, left, top, room, is_name=True)
        painter.setPen(colors.color("muted"))
        painter.setFont(style.small_italic_font if self._quote.is_revoked else style.small_font)
        self._line(painter, self.text, left, top + style.small_name_metrics.height(), room)

    def _line(self, painter: QPainter, text: str, left: float, top: float, room: float, is_name: bool = False) -> None:
        style = self._style
        metrics = style.small_name_metrics if is_name else style.small_metrics
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        if style.is_rtl or (is_rtl(text) and not is_name):
            left += max(0.0, room - metrics.horizontalAdvance(shown))
        painter.drawText(QPointF(left, top + metrics.ascent()), shown)
