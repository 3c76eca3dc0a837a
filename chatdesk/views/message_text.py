"""A piece of text inside a message: laid out once per width, painted often, hit and selected by character.

Owns QTextLayouts; main thread. Positions are UTF-16 units, as Qt counts; `slice_text` gives Python text back. A text
with right-to-left letters gets one layout per paragraph, because each paragraph has its own direction.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, QTextBoundaryFinder
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from chatdesk.views.message_code import CodeText
from chatdesk.views.message_links import Link

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


class _Part(NamedTuple):
    start: int
    length: int
    layout: QTextLayout
    top: float
    height: float


class CodeLook(NamedTuple):
    """How code is shown."""

    families: list[str]
    ground: QColor
    radius: int


class TextBlock:
    """`width` is what the text really takes; it never exceeds the width it was made for."""

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
        code: CodeText | None = None,
        code_look: CodeLook | None = None,
    ) -> None:
        self.text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
        self._color = color
        self._units = self.text.encode("utf-16-le", "surrogatepass")
        self._is_plain = len(self._units) == 2 * len(self.text)
        self.links = tuple(Link(self._unit(link.start), self._unit(link.end), link.address) for link in links)
        self._finder: QTextBoundaryFinder | None = None
        self._code_look = code_look
        self._blocks = self._unit_ranges(code.blocks if code is not None else ())
        inline = self._unit_ranges(code.inline if code is not None else ())
        has_rtl = _RTL.search(self.text) is not None
        pieces = self.text.split("\n") if has_rtl else [self.text.replace("\n", "\u2028")]
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        if is_centred:
            option.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layouts = [QTextLayout(piece, font) for piece in pieces]
        natural = 0.0
        start = 0
        for layout in layouts:
            layout.setTextOption(option)
            layout.setCacheEnabled(True)
            length = _units(layout.text())
            formats = self._link_formats(start, length, link_color or color)
            if code_look is not None:
                formats += _code_formats(start, length, inline, code_look.families, code_look.ground)
                formats += _code_formats(start, length, self._blocks, code_look.families, None)
            if formats:
                layout.setFormats(formats)
            natural = max(natural, _wrap(layout, width, line_gap))
            start += length + 1
        self.width = min(width, ceil(natural))
        self._parts: list[_Part] = []
        top = 0.0
        start = 0
        for layout in layouts:
            if has_rtl or is_centred:
                _wrap(layout, self.width, line_gap)  # aligned to the side the widest line ends at
            last = layout.lineAt(layout.lineCount() - 1)
            height = last.y() + last.height()
            length = _units(layout.text())
            self._parts.append(_Part(start, length, layout, top, height))
            top += height + line_gap
            start += length + 1
        self.height = ceil(top - line_gap)
        last = self._last_line()
        self.last_line_width = ceil(last.naturalTextWidth())
        self.line_count = sum(part.layout.lineCount() for part in self._parts)
        # The time may stand behind the last line when that one begins at the left.
        ends_in_block = bool(self._blocks) and self._blocks[-1][1] >= self.length
        self.is_open_ended = not ends_in_block and (self.line_count == 1 or not _is_rtl(self._parts[-1].layout.text()))
        self.baseline = self._parts[-1].top + last.y() + last.ascent()

    @property
    def length(self) -> int:
        return len(self._units) // 2

    def paint(
        self,
        painter: QPainter,
        x: int,
        y: int,
        clip: QRectF,
        selection: tuple[int, int] | None = None,
        selection_colors: tuple[QColor, QColor] | None = None,
    ) -> None:
        self._paint_blocks(painter, x, y)
        painter.setPen(self._color)
        for part in self._parts:
            top = y + part.top
            if top > clip.bottom() or top + part.height < clip.top():
                continue
            ranges = []
            if selection is not None and selection_colors is not None:
                start = max(0, selection[0] - part.start)
                end = min(part.length, selection[1] - part.start)
                if start < end:
                    ranges.append(_selection(start, end - start, *selection_colors))
            part.layout.draw(painter, QPointF(x, top), ranges, clip)

    def _paint_blocks(self, painter: QPainter, x: int, y: int) -> None:
        """The ground of code blocks."""
        look = self._code_look
        if look is None:
            return
        for start, end in self._blocks:
            tops: list[float] = []
            bottoms: list[float] = []
            for part in self._parts:
                for number in range(part.layout.lineCount()):
                    line = part.layout.lineAt(number)
                    if start <= part.start + line.textStart() < max(end, start + 1):
                        tops.append(part.top + line.y())
                        bottoms.append(part.top + line.y() + line.height())
            if tops:
                ground = QRectF(
                    x - look.radius, y + min(tops) - 1, self.width + 2 * look.radius, max(bottoms) - min(tops)
                )
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.ground)
                painter.drawRoundedRect(ground.adjusted(0, 0, 0, 2), look.radius, look.radius)

    def position_at(self, x: float, y: float) -> int:
        """The nearest place between two characters."""
        part = self._parts[0]
        for candidate in self._parts:
            if y >= candidate.top:
                part = candidate
        line = _line_at(part.layout, y - part.top)
        return part.start + line.xToCursor(x)

    def covers(self, x: float, y: float) -> bool:
        """Whether there is a glyph at this point, or close to one."""
        for part in self._parts:
            if part.top <= y < part.top + part.height:
                line = _line_at(part.layout, y - part.top)
                return line.naturalTextRect().adjusted(-2, -2, 2, 2).contains(x, y - part.top)
        return False

    def link_at(self, x: float, y: float) -> str:
        """The address of the link under this point, or an empty string."""
        if not self.links or not self.covers(x, y):
            return ""
        for part in self._parts:
            if part.top <= y < part.top + part.height:
                line = _line_at(part.layout, y - part.top)
                unit = part.start + line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
                return next((link.address for link in self.links if link.start <= unit < link.end), "")
        return ""

    def word_at(self, position: int) -> tuple[int, int]:
        if self._finder is None:
            self._finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, self.text)
        finder = self._finder
        finder.setPosition(min(position, max(0, self.length - 1)))
        start = finder.position() if finder.isAtBoundary() else finder.toPreviousBoundary()
        end = finder.toNextBoundary()
        return max(0, start), end if end >= 0 else self.length

    def slice_text(self, start: int, end: int) -> str:
        return self._units[2 * start : 2 * end].decode("utf-16-le", "replace")

    def _unit(self, index: int) -> int:
        return index if self._is_plain else len(self.text[:index].encode("utf-16-le", "surrogatepass")) // 2

    def _unit_ranges(self, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(self._unit(start), self._unit(end)) for start, end in ranges]

    def _last_line(self) -> QTextLine:
        layout = self._parts[-1].layout
        return layout.lineAt(layout.lineCount() - 1)

    def _link_formats(self, start: int, length: int, color: QColor) -> list[QTextLayout.FormatRange]:
        formats = []
        for link in self.links:
            if start <= link.start < start + length:
                format_ = QTextCharFormat()
                format_.setForeground(QBrush(color))
                format_.setFontUnderline(True)
                formats.append(_range(link.start - start, link.end - link.start, format_))
        return formats


def _code_formats(
    start: int, length: int, ranges: Sequence[tuple[int, int]], families: list[str], ground: QColor | None
) -> list[QTextLayout.FormatRange]:
    formats = []
    for first, end in ranges:
        first, end = max(first, start), min(end, start + length)
        if first < end:
            format_ = QTextCharFormat()
            format_.setFontFamilies(families)
            format_.setFontFixedPitch(True)
            if ground is not None:
                format_.setBackground(QBrush(ground))
            formats.append(_range(first - start, end - first, format_))
    return formats


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


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _is_rtl(text: str) -> bool:
    """By the first letter that has a direction, as Qt decides."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _range(start: int, length: int, format_: QTextCharFormat) -> QTextLayout.FormatRange:
    result = QTextLayout.FormatRange()
    result.start = start
    result.length = length
    result.format = format_
    return result


def _selection(start: int, length: int, ground: QColor, text: QColor) -> QTextLayout.FormatRange:
    format_ = QTextCharFormat()
    format_.setBackground(QBrush(ground))
    format_.setForeground(QBrush(text))
    return _range(start, length, format_)
