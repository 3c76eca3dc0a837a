"""The row of reactions under a message: where its chips stand, and how they look. Main thread; plain data.

The last place of the row belongs to the chip that adds one; it shows while the mouse is on the message.
"""

from math import ceil

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from chatdesk.domain.messages import Reaction
from chatdesk.views.message_glyphs import Glyph, draw_glyph
from chatdesk.views.message_style import Style

QUICK = ("👍", "❤️", "😂", "😮", "😢", "🎉")
ADD = -2
_MOST_SHOWN = 40
_LONGEST = 16


class Chip(Struct):
    """`reaction` is None on the chip that adds one."""

    rect: QRect
    reaction: Reaction | None = None
    label: str = ""


def place_chips(
    reactions: tuple[Reaction, ...], left: int, right: int, top: int, from_right: bool, style: Style
) -> list[Chip]:
    """One beside the other between `left` and `right`, in as many rows as they need."""
    if not reactions:
        return []
    height = chip_height(style)
    gap = style.small_gap
    rows: list[list[Chip]] = [[]]
    used = 0
    chips = [Chip(QRect(), reaction, label_of(reaction)) for reaction in reactions[:_MOST_SHOWN]]
    for chip in (*chips, Chip(QRect())):
        width = ceil(style.chip_metrics.horizontalAdvance(chip.label)) + 2 * style.gap if chip.reaction else 0
        width = max(width, round(height * 1.3))
        if rows[-1] and used + width > right - left:
            rows.append([])
            used = 0
        chip.rect = QRect(used, top + (len(rows) - 1) * (height + gap), width, height)
        rows[-1].append(chip)
        used += width + gap
    for row in rows:
        # The chip that adds one stands outside, so that the others end where the bubble does.
        solid = [chip for chip in row if chip.reaction is not None] or row
        shift = right - (solid[-1].rect.right() + 1) if from_right else left
        for chip in row:
            chip.rect.translate(shift, 0)
        if from_right and row[-1].reaction is None and len(row) > 1:
            row[-1].rect.moveRight(row[0].rect.left() - gap - 1)
    return [chip for row in rows for chip in row]


def chip_height(style: Style) -> int:
    return max(24, ceil(style.chip_metrics.height()) + style.small_gap)


def label_of(reaction: Reaction) -> str:
    """Symbols may be words; those of other worlds, which are pictures on a server, are never fetched."""
    symbol = " ".join(reaction.symbol.split())
    if symbol.startswith("mxc://"):
        symbol = "🏷"
    if len(symbol) > _LONGEST:
        symbol = symbol[: _LONGEST - 1] + "…"
    return f"{symbol} {len(reaction.users)}"


def chip_at(chips: list[Chip], point: QPoint) -> Chip | None:
    return next((chip for chip in chips if chip.rect.contains(point)), None)


def paint_chip(painter: QPainter, chip: Chip, style: Style, is_hovered: bool) -> None:
    colors = style.colors
    rect = QRectF(chip.rect).adjusted(0.5, 0.5, -0.5, -0.5)
    radius = rect.height() / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    reaction = chip.reaction
    is_mine = reaction is not None and reaction.is_mine
    painter.setPen(QPen(colors.color("accent" if is_mine else "border"), 1.5 if is_mine else 1))
    painter.setBrush(colors.color("hover" if is_hovered else "selected" if is_mine else "raised"))
    painter.drawRoundedRect(rect, radius, radius)
    if reaction is None:
        side = rect.height() * 0.7
        place = QRectF(0, 0, side, side)
        place.moveCenter(rect.center())
        draw_glyph(painter, Glyph.REACT, place, colors.color("muted"))
        return
    painter.setFont(style.chip_font)
    ink = QColor(colors.text)
    if reaction.is_pending:
        ink.setAlphaF(0.6)
    painter.setPen(ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, chip.label)
