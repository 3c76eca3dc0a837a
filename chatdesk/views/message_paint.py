"""Paints rows that message_layout has laid out. Main thread; owns nothing but the style it paints with.

What changes without a new layout comes in `RowState`, asked for while painting.
"""

import unicodedata
from collections.abc import Callable, Mapping

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from chatdesk.domain.messages import MessageState
from chatdesk.views.avatars import paint_avatar
from chatdesk.views.message_glyphs import Glyph, draw_glyph
from chatdesk.views.message_media import Facts, paint_shaded_text
from chatdesk.views.message_picture import ImageBlock
from chatdesk.views.message_reactions import paint_chip
from chatdesk.views.message_row import Ground, Item, RowLayout
from chatdesk.views.message_style import Style
from chatdesk.views.message_text import TextBlock
from chatdesk.views.row_painting import plain_text

_FADED = 0.5
_GLOW = 0.28
_BAND = 0.13
"""How much of the accent colour lies behind chosen messages."""


class RowState(Struct, frozen=True):
    facts: Callable[[int], Facts]
    """By the number of the element."""
    is_read: bool = False
    has_ring: bool = False
    glow: float = 0.0
    """How strongly it is highlighted, 0 to 1."""
    is_chosen: bool = False
    is_choosing: bool = False
    """Messages are being chosen, this one or others."""
    hovered_chip: int = -1
    is_hovered: bool = False
    picture: QImage | None = None
    """Of the sender; None for letters."""
    read_mark: tuple[str, QRect] = ("", QRect())
    marked: Mapping[int, tuple[int, int]] = {}
    """The marked part of each element's text."""


class RowPainter:
    def __init__(self, style: Style, unread_text: str) -> None:
        self.style = style
        self.unread_text = unread_text

    def paint(self, painter: QPainter, row: RowLayout, top: int, state: RowState, clip: QRectF) -> None:
        painter.save()
        painter.translate(0, top)
        clip = clip.translated(0, -top)
        if row.heading.day:
            self._paint_day(painter, row)
        if row.unread_rect.isValid():
            self._paint_unread(painter, row)
        if state.glow:
            self._paint_band(painter, row, _GLOW * state.glow)
        if state.is_choosing and not row.message.is_tip:
            self._paint_choice(painter, row, state.is_chosen)
        if row.avatar.isValid():
            self._paint_avatar(painter, row, state.picture)
        is_fading = row.message.state is MessageState.REVOKING
        if is_fading:
            painter.setOpacity(_FADED)
        self._paint_ground(painter, row)
        if state.is_chosen and row.ground is not Ground.NONE:
            painter.strokePath(
                self._shape(row, QRectF(row.bubble).adjusted(0.5, 0.5, -0.5, -0.5)),
                QPen(self.style.colors.color("accent"), 1.5),
            )
        if row.name:
            self._paint_name(painter, row)
        if row.quote is not None:
            self._paint_quote(painter, row)
        for item in row.items:
            self._paint_item(painter, row, item, state, clip)
        if row.time:
            self._paint_meta(painter, row, state.is_read)
        painter.setOpacity(1)
        if state.read_mark[0] and not state.is_choosing:
            self._paint_read_mark(painter, *state.read_mark)
        if row.failure is not None and isinstance(row.failure.block, TextBlock):
            row.failure.block.paint(painter, row.failure.x, row.failure.y, clip)
        for number, chip in enumerate(row.chips):
            if chip.reaction is not None or state.is_hovered:
                paint_chip(painter, chip, style=self.style, is_hovered=number == state.hovered_chip)
        if state.has_ring:
            self._paint_ring(painter, row)
        painter.restore()

    def _paint_day(self, painter: QPainter, row: RowLayout) -> None:
        style = self.style
        rect = QRectF(row.day_rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.colors.color("sidebar"))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setFont(style.day_font)
        painter.setPen(style.colors.color("muted"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, row.heading.day)

    def _paint_unread(self, painter: QPainter, row: RowLayout) -> None:
        """A thin line with its words in the middle."""
        style = self.style
        rect = QRectF(row.unread_rect)
        accent = style.colors.color("accent")
        text = style.day_metrics.elidedText(self.unread_text, Qt.TextElideMode.ElideRight, rect.width())
        half = style.day_metrics.horizontalAdvance(text) / 2 + style.gap
        y = round(rect.center().y()) + 0.5
        painter.setPen(QPen(accent, 1))
        if half < rect.width() / 2:
            painter.drawLine(QPointF(rect.left(), y), QPointF(rect.center().x() - half, y))
            painter.drawLine(QPointF(rect.center().x() + half, y), QPointF(rect.right(), y))
        painter.setFont(style.day_font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_avatar(self, painter: QPainter, row: RowLayout, picture: QImage | None) -> None:
        style = self.style
        if picture is not None:
            sender = row.message.sender
            paint_avatar(painter, QRectF(row.avatar), row.sender, sender, False, style.colors, picture)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(style.avatar_color(row.message.sender)))
        painter.drawEllipse(row.avatar)
        painter.setPen(QColor("#ffffff"))
        painter.setFont(style.avatar_font)
        painter.drawText(row.avatar, Qt.AlignmentFlag.AlignCenter, initial(row.sender))

    def _paint_ground(self, painter: QPainter, row: RowLayout) -> None:
        colors = self.style.colors
        if row.ground is Ground.NONE:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.ground in (Ground.OUTLINE, Ground.NOTE):
            is_note = row.ground is Ground.NOTE
            line = Qt.PenStyle.DashLine if is_note else Qt.PenStyle.SolidLine
            painter.setPen(QPen(colors.color("muted" if is_note else "border"), 1, line))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._shape(row, QRectF(row.bubble).adjusted(0.5, 0.5, -0.5, -0.5)))
        else:
            shape = row.outline
            if shape is None:
                shape = row.outline = self._shape(row, QRectF(row.bubble))
            painter.fillPath(shape, colors.color(self._ground(row)))
            if row.ground is Ground.FOR_ME:
                self._paint_edge(painter, row, shape)

    def _paint_edge(self, painter: QPainter, row: RowLayout, shape: QPainterPath) -> None:
        """The coloured edge of a message that mentions the reader, at the side it begins."""
        width = self.style.px(3)
        edge = QRectF(row.bubble)
        if row.is_mirrored:
            edge.setLeft(edge.right() - width)
        else:
            edge.setWidth(width)
        painter.save()
        painter.setClipRect(edge)
        painter.fillPath(shape, self.style.colors.color("accent"))
        painter.restore()

    def _ground(self, row: RowLayout) -> str:
        match row.ground:
            case Ground.OWN:
                return "own_bubble"
            case Ground.OTHER:
                return "other_bubble"
            case Ground.FOR_ME:
                return "for_me_bubble"
            case Ground.OUTLINE | Ground.NOTE | Ground.NONE:
                return "window"

    def _shape(self, row: RowLayout, rect: QRectF) -> QPainterPath:
        """Round, but tight where it continues the bubble above."""
        style = self.style
        radius = min(style.radius, rect.height() / 2)
        tight = radius if row.heading.starts_group else min(radius, style.small_radius)
        top_left, top_right = (radius, tight) if row.is_at_right else (tight, radius)
        path = QPainterPath(QPointF(rect.left() + top_left, rect.top()))
        path.lineTo(rect.right() - top_right, rect.top())
        path.arcTo(rect.right() - 2 * top_right, rect.top(), 2 * top_right, 2 * top_right, 90, -90)
        path.lineTo(rect.right(), rect.bottom() - radius)
        path.arcTo(rect.right() - 2 * radius, rect.bottom() - 2 * radius, 2 * radius, 2 * radius, 0, -90)
        path.lineTo(rect.left() + radius, rect.bottom())
        path.arcTo(rect.left(), rect.bottom() - 2 * radius, 2 * radius, 2 * radius, 270, -90)
        path.lineTo(rect.left(), rect.top() + top_left)
        path.arcTo(rect.left(), rect.top(), 2 * top_left, 2 * top_left, 180, -90)
        path.closeSubpath()
        return path

    def _paint_band(self, painter: QPainter, row: RowLayout, strength: float) -> None:
        """From edge to edge behind a message."""
        style = self.style
        body = row.body
        top = body.top() - style.row_gap
        band = style.colors.color("accent")
        band.setAlphaF(strength)
        painter.fillRect(0, top, row.width, body.bottom() + 1 + style.row_gap - top, band)

    def _paint_choice(self, painter: QPainter, row: RowLayout, is_chosen: bool) -> None:
        """A band behind what is chosen, and a disc on the side where the bubble leaves room."""
        style = self.style
        colors = style.colors
        body = row.body
        if is_chosen:
            self._paint_band(painter, row, _BAND)
        side = style.line
        x = body.left() - style.gap - side if row.is_at_right else body.right() + 1 + style.gap
        disc = QRectF(x, row.bubble.center().y() - side / 2, side, side).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colors.color("accent" if is_chosen else "field_border"), 1.5))
        painter.setBrush(colors.color("accent" if is_chosen else "window"))
        painter.drawEllipse(disc)
        if is_chosen:
            edge = side * 0.18
            draw_glyph(painter, Glyph.TICK, disc.adjusted(edge, edge, -edge, -edge), colors.color("on_accent"))

    def _paint_name(self, painter: QPainter, row: RowLayout) -> None:
        style = self.style
        painter.setFont(style.name_font)
        painter.setPen(style.name_color(row.message.sender, getattr(style.colors, self._ground(row))))
        name = style.name_metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, row.name_rect.width() + 1)
        painter.drawText(QPointF(row.name_rect.x(), row.name_rect.y() + style.name_metrics.ascent()), name)

    def _paint_quote(self, painter: QPainter, row: RowLayout) -> None:
        rect = row.quote_rect
        if row.quote is not None:
            ground: str = getattr(self.style.colors, self._ground(row))
            row.quote.paint(painter, rect.x(), rect.y(), rect.width(), ground)

    def _paint_item(self, painter: QPainter, row: RowLayout, item: Item, state: RowState, clip: QRectF) -> None:
        style = self.style
        block = item.block
        if isinstance(block, TextBlock):
            if item.glyph is not None:
                x = item.x - style.line - style.small_gap
                if row.is_mirrored:
                    x = item.x + block.width + style.small_gap
                sign = QRectF(x, item.y, style.line, style.line)
                edge = style.line * 0.08
                draw_glyph(painter, item.glyph, sign.adjusted(edge, edge, -edge, -edge), style.colors.color("muted"))
            selection = state.marked.get(item.element)
            colors = (style.colors.color("accent"), style.colors.color("on_accent"))
            block.paint(painter, item.x, item.y, clip, selection, colors)
        elif isinstance(block, ImageBlock):
            block.paint(painter, item.x, item.y, state.facts(item.element))
        else:
            shares_line = row.meta.top() < item.rect.bottom() and item is row.items[-1]
            room = row.meta.width() + style.gap if shares_line else 0
            block.paint(painter, item.x, item.y, state.facts(item.element), room)

    def _paint_meta(self, painter: QPainter, row: RowLayout, is_read: bool) -> None:
        style = self.style
        colors = style.colors
        ink = colors.color("muted")
        if row.is_meta_on_picture:
            ink = paint_shaded_text(painter, QRectF(row.meta).adjusted(-style.gap, -1, style.gap, 1))
        painter.setFont(style.small_font)
        painter.setPen(ink)
        message = row.message
        has_mark = message.is_self and not message.is_local and message.state is not MessageState.REVOKED
        x = row.meta.x() + (style.mark + style.small_gap if has_mark and row.is_mirrored else 0)
        if row.stamp is None:
            row.stamp = plain_text(row.time, style.small_font)
        painter.drawStaticText(QPointF(x, row.meta.y()), row.stamp)
        if not has_mark:
            return
        x = row.meta.x() if row.is_mirrored else row.meta.right() + 1 - style.mark
        mark = QRectF(QRect(x, row.meta.y(), style.mark, row.meta.height()))
        match message.state:
            case MessageState.FAILED:
                glyph, ink = Glyph.ALERT, (ink if row.is_meta_on_picture else colors.color("error"))
            case MessageState.SENT | MessageState.SYNCED if message.is_edit_pending:
                glyph = Glyph.CLOCK
            case MessageState.SENT | MessageState.SYNCED if is_read:
                glyph, ink = Glyph.TICKS, (ink if row.is_meta_on_picture else colors.color("accent"))
            case MessageState.SENT | MessageState.SYNCED:
                glyph = Glyph.TICK
            case _:
                glyph = Glyph.CLOCK
        draw_glyph(painter, glyph, mark, ink)

    def _paint_read_mark(self, painter: QPainter, text: str, rect: QRect) -> None:
        style = self.style
        painter.setFont(style.small_font)
        painter.setPen(style.colors.color("muted"))
        painter.drawText(QPointF(rect.x(), rect.y() + style.small_metrics.ascent()), text)

    def _paint_ring(self, painter: QPainter, row: RowLayout) -> None:
        style = self.style
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(style.colors.color("accent"), 2))
        rect = QRectF(row.body).adjusted(-2, -2, 2, 2)
        if row.ground is Ground.NONE:
            rect.adjust(-4, -2, 4, 2)
        painter.drawRoundedRect(rect, style.radius + 2, style.radius + 2)


def initial(name: str) -> str:
    """The letter on an avatar: the first letter or digit, else the first visible character."""
    letters = [letter for letter in name if unicodedata.category(letter)[0] in "LN"]
    visible = [letter for letter in name if unicodedata.category(letter)[0] not in "CZM"]
    return (letters or visible or ["?"])[0].upper()[:1]
