"""How marked text looks: formats, fonts, and the grounds and bars painted under it. Main thread; owns nothing.

A ground has round corners, which a text format cannot have: so code, people and closed spoilers are rectangles of their
own, worked out once when the text is laid out.
"""

import unicodedata
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QFont, QTextCharFormat, QTextLayout, QTextLine

from chatdesk.domain.messages import EVERYONE
from chatdesk.views.message_rich import Kind, Mark, Paragraph, Span

_CLEAR = QColor(0, 0, 0, 0)
_HEADING_SIZES = (1.45, 1.25, 1.12, 1.0, 1.0, 1.0)


class Part(Struct):
    """A paragraph, or one line of it, in its place. `inset` is what its text cannot use of the width."""

    start: int
    length: int
    layout: QTextLayout
    paragraph: Paragraph
    is_rtl: bool
    indent: int = 0
    inset: int = 0
    left: int = 0
    top: float = 0.0
    height: float = 0.0
    is_first: bool = True
    is_last: bool = True


class Decor(Struct, frozen=True):
    rect: QRectF
    color: QColor
    radius: float


class TextLook(Struct, frozen=True):
    """Colours and measures for one style."""

    families: list[str]
    code_ground: QColor
    person_ground: QColor
    me_ground: QColor
    me_ink: QColor
    spoiler: QColor
    bar: QColor
    radius: int
    pad: int
    code_pad: int
    gap: int
    list_indent: int
    quote_indent: int

    def indent_of(self, paragraph: Paragraph) -> int:
        return paragraph.lists * self.list_indent + paragraph.quotes * self.quote_indent

    def font_of(self, paragraph: Paragraph, font: QFont) -> QFont:
        result = QFont(font)
        if paragraph.kind is Kind.CODE:
            result.setFamilies(self.families)
            result.setFixedPitch(True)
        elif paragraph.kind is Kind.HEADING:
            result.setWeight(QFont.Weight.Bold)
            factor = _HEADING_SIZES[paragraph.level - 1]
            if font.pointSizeF() > 0:
                result.setPointSizeF(font.pointSizeF() * factor)
            else:
                result.setPixelSize(round(font.pixelSize() * factor))
        else:
            return font
        return result


def format_of(span: Span, look: TextLook | None, link_color: QColor, person: str) -> QTextCharFormat:
    """`person` is who reads: a mention of them stands out."""
    format_ = QTextCharFormat()
    match span.mark:
        case Mark.BOLD:
            format_.setFontWeight(QFont.Weight.Bold)
        case Mark.ITALIC:
            format_.setFontItalic(True)
        case Mark.STRIKE:
            format_.setFontStrikeOut(True)
        case Mark.UNDERLINE:
            format_.setFontUnderline(True)
        case Mark.LINK:
            format_.setForeground(QBrush(link_color))
            format_.setFontUnderline(True)
        case Mark.CODE if look is not None:
            format_.setFontFamilies(look.families)
            format_.setFontFixedPitch(True)
        case Mark.MENTION if look is not None:
            format_.setFontWeight(QFont.Weight.DemiBold)
            format_.setForeground(QBrush(look.me_ink if is_me(span, person) else link_color))
        case Mark.SPOILER:
            format_.setForeground(QBrush(_CLEAR))
            format_.setFontUnderline(False)
            format_.setFontStrikeOut(False)
    return format_


def is_me(span: Span, person: str) -> bool:
    return span.value in (person, EVERYONE)


def decorations(
    parts: Sequence[Part], spans: Sequence[Span], hidden: Sequence[Span], width: int, look: TextLook, person: str
) -> list[Decor]:
    found = _blocks(parts, width, look)
    for span in spans:
        match span.mark:
            case Mark.CODE:
                color, radius = look.code_ground, look.radius
            case Mark.MENTION:
                color, radius = (look.me_ground if is_me(span, person) else look.person_ground), 2 * look.radius
            case Mark.SPOILER if span in hidden:
                color, radius = look.spoiler, look.radius
            case _:
                continue
        if span.mark is not Mark.SPOILER and any(one.start <= span.start < one.end for one in hidden):
            continue
        found += [Decor(rect, color, radius) for rect in rects_of(parts, span)]
    return found


def _blocks(parts: Sequence[Part], width: int, look: TextLook) -> list[Decor]:
    """Grounds of code blocks and bars of quotes, each over all lines that belong together."""
    found: list[Decor] = []
    bars: dict[tuple[int, bool], QRectF] = {}
    code = QRectF()
    for part in parts:
        for depth in range(look_depth(bars), part.paragraph.quotes, -1):
            for side in (False, True):
                bar = bars.pop((depth, side), None)
                if bar is not None:
                    found.append(Decor(bar, look.bar, bar.width() / 2))
        bottom = part.top + part.height
        thickness = max(2, look.radius // 2 + 1)
        for depth in range(1, part.paragraph.quotes + 1):
            x = (depth - 1) * look.quote_indent
            left = width - x - thickness if part.is_rtl else x
            rect = QRectF(left, part.top, thickness, bottom - part.top)
            key = (depth, part.is_rtl)
            bars[key] = bars[key].united(rect) if key in bars else rect
        if part.paragraph.kind is Kind.CODE:
            left = 0 if part.is_rtl else part.indent
            room = QRectF(left, part.top - look.code_pad, width - part.indent, bottom - part.top + 2 * look.code_pad)
            code = room if part.is_first else code.united(room)
            if part.is_last:
                found.append(Decor(code, look.code_ground, look.radius))
    return found + [Decor(bar, look.bar, bar.width() / 2) for bar in bars.values()]


def look_depth(bars: dict[tuple[int, bool], QRectF]) -> int:
    return max((depth for depth, _ in bars), default=0)


def rects_of(parts: Sequence[Part], span: Span) -> list[QRectF]:
    """Where a stretch of characters stands, one rectangle per line."""
    found = []
    for part in parts:
        if span.start >= part.start + part.length or span.end <= part.start:
            continue
        for number in range(part.layout.lineCount()):
            line = part.layout.lineAt(number)
            first = max(span.start - part.start, line.textStart())
            last = min(span.end - part.start, line.textStart() + line.textLength())
            if first < last:
                one, other = _ends(part, line, first, last)
                rect = QRectF(one, line.y(), other - one, line.height())
                found.append(rect.translated(part.left, part.top).adjusted(-1, 0, 1, 0))
    return found


def _ends(part: Part, line: QTextLine, first: int, last: int) -> tuple[float, float]:
    """The leftmost and rightmost x. Among letters of both directions a stretch does not lie between its ends."""
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in part.layout.text()):
        boxes = [run.boundingRect() for run in line.glyphRuns(first, last - first)]
        if boxes:
            return min(box.left() for box in boxes), max(box.right() for box in boxes)
    one, other = sorted((_x(line.cursorToX(first)), _x(line.cursorToX(last))))
    return one, other


def _x(place: object) -> float:
    """PySide gives the x alone, or with the position it belongs to."""
    return float(place[0]) if isinstance(place, tuple) else float(place)  # type: ignore[arg-type]


def is_rtl(text: str) -> bool:
    """By the first letter that has a direction, as Qt decides."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def make_range(start: int, length: int, format_: QTextCharFormat) -> QTextLayout.FormatRange:
    result = QTextLayout.FormatRange()
    result.start = start
    result.length = length
    result.format = format_
    return result
