"""A piece of text inside a message: laid out once per width, painted often, hit and selected by character.

Owns QTextLayouts, one per paragraph; main thread. Positions are UTF-16 units, as Qt counts; `slice_text` gives Python
text back. A paragraph with right-to-left letters gets one layout per line, because each has its own direction.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import ceil

from msgspec import structs
from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTextBoundaryFinder
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from chatdesk.views.message_links import Link
from chatdesk.views.message_rich import HAIR, SPOILER, Kind, Mark, Paragraph, RichText, Span
from chatdesk.views.message_text_look import Decor, Part, TextLook, decorations, format_of, is_rtl, make_range, rects_of

_RTL = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_NOTHING: frozenset[int] = frozenset()


class TextBlock:
    """`width` is what the text really takes; it never exceeds the width it was made for.

    `rich` and `look` go together: with them `text` is the rich text's. `shown` are the numbers of open spoilers.
    """

    def __init__(
        self,
        text: str,
        font: QFont,
        width: int,
        color: QColor,
        line_gap: int = 0,
        links: Sequence[Link] = (),
        link_color: QColor | None = None,
        is_centred: bool = False,
        rich: RichText | None = None,
        look: TextLook | None = None,
        shown: frozenset[int] = _NOTHING,
        person: str = "",
    ) -> None:
        self.text = (
            text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd") if rich is None else rich.text
        )
        self.rich = rich
        self._color = color
        self._units = self.text.encode("utf-16-le", "surrogatepass")
        self._offsets = _offsets(self.text) if len(self._units) != 2 * len(self.text) else None
        self._finder: QTextBoundaryFinder | None = None
        self._look = look
        spans = (
            rich.spans
            if rich is not None
            else tuple(Span(link.start, link.end, Mark.LINK, link.address) for link in links)
        )
        spans = tuple(structs.replace(span, start=self._unit(span.start), end=self._unit(span.end)) for span in spans)
        spoilers = [span for span in spans if span.mark is Mark.SPOILER]
        self._hidden = [(number, span) for number, span in enumerate(spoilers) if number not in shown]
        sources = rich.links if rich is not None else links
        self.links = tuple(Link(self._unit(link.start), self._unit(link.end), link.address) for link in sources)
        paragraphs = rich.paragraphs if rich is not None else (Paragraph(0, len(self.text)),)
        option = _option(Qt.AlignmentFlag.AlignHCenter if is_centred else Qt.AlignmentFlag.AlignLeft)
        from_right = _option(Qt.AlignmentFlag.AlignHCenter if is_centred else Qt.AlignmentFlag.AlignRight)
        self._parts: list[Part] = []
        natural = 0.0
        for paragraph in paragraphs:
            for part in self._split(paragraph, font):
                part.layout.setTextOption(from_right if part.is_rtl else option)
                part.layout.setCacheEnabled(True)
                if spans:
                    part.layout.setFormats(self._formats(part, spans, link_color or color, person))
                own = _wrap(part.layout, max(1, width - part.inset), line_gap)
                natural = max(natural, own + part.inset)
                self._parts.append(part)
        self.width = min(width, ceil(natural))
        self._stack(line_gap, is_centred)
        last_part = self._parts[-1]
        last = last_part.layout.lineAt(last_part.layout.lineCount() - 1)
        self.last_line_width = ceil(last.naturalTextWidth()) + last_part.left
        self.line_count = sum(part.layout.lineCount() for part in self._parts)
        self.ends_rtl = last_part.is_rtl
        self.ends_in_block = last_part.paragraph.kind is Kind.CODE
        self.baseline = last_part.top + last.y() + last.ascent()
        hidden = [span for _, span in self._hidden]
        self._decor: list[Decor] = []
        if look is not None:
            self._decor = decorations(self._parts, spans, hidden, self.width, look, person)

    @property
    def length(self) -> int:
        return len(self._units) // 2

    @property
    def is_open_ended(self) -> bool:
        """The time may stand behind the last line: that one begins at the left, or is the only one."""
        return not self.ends_in_block and (self.line_count == 1 or not self.ends_rtl)

    @property
    def is_open_to_the_left(self) -> bool:
        """The same, mirrored."""
        return not self.ends_in_block and (self.line_count == 1 or self.ends_rtl)

    # -- laying out --------------------------------------------------------------------------------------------------

    def _split(self, paragraph: Paragraph, font: QFont) -> list[Part]:
        text = self.text[paragraph.start : paragraph.end]
        has_rtl = not text.isascii() and re.search(_RTL, text) is not None
        pieces = text.split("\n") if has_rtl else [text.replace("\n", "\u2028")]
        look = self._look
        if look is not None:
            font = look.font_of(paragraph, font)
        parts = []
        start = self._unit(paragraph.start)
        for number, piece in enumerate(pieces):
            shown = paragraph if number == 0 else structs.replace(paragraph, sign="", has_gap=False)
            length = len(piece.encode("utf-16-le", "surrogatepass")) // 2
            indent = look.indent_of(paragraph) if look is not None else 0
            inset = indent + (look.pad if look is not None and paragraph.kind is Kind.CODE else 0)
            part = Part(start, length, QTextLayout(piece, font), shown, is_rtl(piece), indent, inset)
            part.is_first, part.is_last = number == 0, number == len(pieces) - 1
            parts.append(part)
            start += length + 1
        return parts

    def _stack(self, line_gap: int, is_centred: bool) -> None:
        """Put the paragraphs below one another, each at the side its text begins at."""
        look = self._look
        needs_side = is_centred or any(part.is_rtl for part in self._parts)
        top = 0.0
        for number, part in enumerate(self._parts):
            code_pad = look.code_pad if look is not None and part.paragraph.kind is Kind.CODE else 0
            if number and part.paragraph.has_gap and look is not None:
                top += look.gap
            if part.is_first:
                top += code_pad
            if needs_side:
                _wrap(part.layout, max(1, self.width - part.inset), line_gap)  # to the side the widest line ends at
            part.left = part.inset - part.indent if part.is_rtl else part.inset
            if part.paragraph.kind is Kind.CODE and look is not None:
                part.left = look.pad if part.is_rtl else part.indent + look.pad // 2
            part.top = top
            last = part.layout.lineAt(part.layout.lineCount() - 1)
            part.height = last.y() + last.height()
            top += part.height + line_gap
            if part.is_last:
                top += code_pad
        self.height = ceil(top - line_gap)

    def _formats(
        self, part: Part, spans: Sequence[Span], link_color: QColor, person: str
    ) -> list[QTextLayout.FormatRange]:
        formats = []
        hidden = [span for _, span in self._hidden]
        for span in sorted(spans, key=lambda span: span.mark is Mark.SPOILER):
            start, end = max(span.start, part.start), min(span.end, part.start + part.length)
            if start >= end or (span.mark is Mark.SPOILER and span not in hidden):
                continue
            formats.append(make_range(start - part.start, end - start, format_of(span, self._look, link_color, person)))
        return formats

    # -- painting ----------------------------------------------------------------------------------------------------

    def paint(
        self,
        painter: QPainter,
        x: int,
        y: int,
        clip: QRectF,
        selection: tuple[int, int] | None = None,
        selection_colors: tuple[QColor, QColor] | None = None,
    ) -> None:
        if self._decor:
            self._paint_decor(painter, x, y, clip)
        painter.setPen(self._color)
        for part in self._parts:
            top = y + part.top
            if top > clip.bottom() or top + part.height < clip.top():
                continue
            if part.paragraph.sign:
                self._paint_sign(painter, part, x, top)
            ranges = []
            if selection is not None and selection_colors is not None:
                start = max(0, selection[0] - part.start)
                end = min(part.length, selection[1] - part.start)
                if start < end:
                    ranges.append(_selection(start, end - start, *selection_colors))
            part.layout.draw(painter, QPointF(x + part.left, top), ranges, clip)

    def _paint_decor(self, painter: QPainter, x: int, y: int, clip: QRectF) -> None:
        """The grounds of code, people and spoilers, and the bars beside quotes."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for decor in self._decor:
            placed = decor.rect.translated(x, y)
            if placed.bottom() >= clip.top() and placed.top() <= clip.bottom():
                painter.setBrush(decor.color)
                painter.drawRoundedRect(placed, decor.radius, decor.radius)

    def _paint_sign(self, painter: QPainter, part: Part, x: int, top: float) -> None:
        """What stands before a line of a list."""
        look = self._look
        if look is None:
            return
        painter.setFont(part.layout.font())
        width = look.list_indent - look.pad
        left = x + self.width - part.indent + look.pad if part.is_rtl else x + part.indent - look.list_indent
        side = Qt.AlignmentFlag.AlignLeft if part.is_rtl else Qt.AlignmentFlag.AlignRight
        line = part.layout.lineAt(0)
        room = QRectF(left - look.list_indent, top, width + 2 * look.list_indent, line.height())
        room = room.adjusted(look.list_indent, 0, 0, 0) if part.is_rtl else room.adjusted(0, 0, -look.list_indent, 0)
        painter.drawText(room, side | Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignAbsolute, part.paragraph.sign)

    # -- what is where -----------------------------------------------------------------------------------------------

    def position_at(self, x: float, y: float) -> int:
        """The nearest place between two characters."""
        part = self._parts[0]
        for candidate in self._parts:
            if y >= candidate.top:
                part = candidate
        line = _line_at(part.layout, y - part.top)
        return part.start + line.xToCursor(x - part.left)

    def covers(self, x: float, y: float) -> bool:
        """Whether there is a glyph at this point, or close to one."""
        for part in self._parts:
            if part.top <= y < part.top + part.height:
                line = _line_at(part.layout, y - part.top)
                near = line.naturalTextRect().adjusted(-2, -2, 2, 2)
                return near.contains(x - part.left, y - part.top)
        return False

    def link_at(self, x: float, y: float) -> str:
        """The address of the link under this point, of a closed spoiler before all, or an empty string."""
        if not (self.links or self._hidden) or not self.covers(x, y):
            return ""
        for part in self._parts:
            if part.top <= y < part.top + part.height:
                line = _line_at(part.layout, y - part.top)
                unit = part.start + line.xToCursor(x - part.left, QTextLine.CursorPosition.CursorOnCharacter)
                for number, span in self._hidden:
                    if span.start <= unit < span.end:
                        return f"{SPOILER}{number}"
                return next((link.address for link in self.links if link.start <= unit < link.end), "")
        return ""

    def rect_of(self, start: int, end: int) -> QRect:
        """Around a stretch of characters, over all its lines."""
        whole = QRectF()
        for rect in rects_of(self._parts, Span(start, end, Mark.LINK)):
            whole = whole.united(rect)
        return whole.toAlignedRect()

    def spoiler_rect(self, number: int) -> QRect:
        span = next((span for one, span in self._hidden if one == number), None)
        return self.rect_of(span.start, span.end) if span is not None else QRect()

    @property
    def closed_spoilers(self) -> list[int]:
        return [number for number, _ in self._hidden]

    def word_at(self, position: int) -> tuple[int, int]:
        if self._finder is None:
            self._finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, self.text)
        finder = self._finder
        finder.setPosition(min(position, max(0, self.length - 1)))
        start = finder.position() if finder.isAtBoundary() else finder.toPreviousBoundary()
        end = finder.toNextBoundary()
        return max(0, start), end if end >= 0 else self.length

    def slice_text(self, start: int, end: int) -> str:
        if self.rich is not None and len(self.rich.paragraphs) > 1:
            return self.rich.plain(self._index(start), self._index(end))
        return self._units[2 * start : 2 * end].decode("utf-16-le", "replace").replace(HAIR, "")

    def _unit(self, index: int) -> int:
        return index if self._offsets is None else self._offsets[min(index, len(self._offsets) - 1)]

    def _index(self, unit: int) -> int:
        return unit if self._offsets is None else max(0, bisect_right(self._offsets, unit) - 1)


def _offsets(text: str) -> list[int]:
    """Where each character begins, in UTF-16 units."""
    return list(accumulate((1 if letter < "\U00010000" else 2 for letter in text), initial=0))


def _option(alignment: Qt.AlignmentFlag) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setAlignment(alignment)
    return option


def _wrap(layout: QTextLayout, width: float, line_gap: int) -> float:
    """Break into lines; returns the widest one's own width."""
    natural = 0.0
    y = 0.0
    layout.beginLayout()
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += line.height() + line_gap
        natural = max(natural, line.naturalTextWidth())
    layout.endLayout()
    return natural


def _line_at(layout: QTextLayout, y: float) -> QTextLine:
    tops = [layout.lineAt(number).y() for number in range(layout.lineCount())]
    return layout.lineAt(max(0, bisect_right(tops, y) - 1))


def _selection(start: int, length: int, ground: QColor, text: QColor) -> QTextLayout.FormatRange:
    format_ = QTextCharFormat()
    format_.setBackground(QBrush(ground))
    format_.setForeground(QBrush(text))
    return make_range(start, length, format_)
