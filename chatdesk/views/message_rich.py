"""A text with its looks: paragraphs, and marked stretches of characters. Plain data and pure functions, any thread.

Made from a plain message here and from another client's HTML in message_html; laid out by message_text. `text` holds
the paragraphs one below the other, separated by one line break each; what only decorates (list signs, quote bars) is
not in it.
"""

from enum import Enum, auto

from msgspec import Struct, structs

from chatdesk.views.message_code import find_code
from chatdesk.views.message_links import Link, find_links

MOST_SHOWN = 12_000
"""Characters of a message that are laid out; the rest is shown on its own when asked for."""
MOST_PARAGRAPHS = 400
WHOLE = "action:whole"
"""As an address: show the whole text."""
SPOILER = "action:spoiler:"
HAIR = "\u200a"
"""The thinnest space: on both sides of a person's name, inside its ground. Never copied."""


class Mark(Enum):
    BOLD = auto()
    ITALIC = auto()
    STRIKE = auto()
    UNDERLINE = auto()
    CODE = auto()
    LINK = auto()
    """`value` is the address."""
    MENTION = auto()
    """`value` is a user id, or EVERYONE."""
    SPOILER = auto()


class Span(Struct, frozen=True):
    start: int
    end: int
    mark: Mark
    value: str = ""


class Kind(Enum):
    TEXT = auto()
    CODE = auto()
    HEADING = auto()


class Paragraph(Struct, frozen=True):
    """`level` is a heading's, 1 to 6. `lists` and `quotes` tell how deep it is inside of them. `sign` stands before
    it, in a list. `has_gap`: room is left above it."""

    start: int
    end: int
    kind: Kind = Kind.TEXT
    level: int = 0
    lists: int = 0
    quotes: int = 0
    sign: str = ""
    has_gap: bool = False


class RichText(Struct, frozen=True):
    text: str
    paragraphs: tuple[Paragraph, ...]
    spans: tuple[Span, ...] = ()
    is_cut: bool = False

    @property
    def links(self) -> tuple[Link, ...]:
        """What leads somewhere, people included."""
        return tuple(
            Link(span.start, span.end, span.value if span.mark is Mark.LINK else person_address(span.value))
            for span in self.spans
            if span.mark is Mark.LINK or (span.mark is Mark.MENTION and span.value.startswith("@"))
        )

    @property
    def spoilers(self) -> tuple[Span, ...]:
        return tuple(span for span in self.spans if span.mark is Mark.SPOILER)

    def plain(self, start: int = 0, end: int | None = None, hidden: str = "") -> str:
        """What is copied: with list signs and quote marks. `hidden` stands in place of spoilers, if given."""
        end = len(self.text) if end is None else end
        found = []
        for paragraph in self.paragraphs:
            first, last = max(start, paragraph.start), min(end, paragraph.end)
            if first < last or paragraph.start == paragraph.end == first == last:
                found.append((paragraph, first, last))
        lines = []
        for paragraph, first, last in found:
            # A stretch inside one paragraph is taken as it is.
            is_whole = first == paragraph.start and (len(found) > 1 or (start, end) == (0, len(self.text)))
            prefix = "> " * paragraph.quotes if is_whole else ""
            if is_whole and paragraph.sign:
                prefix += "  " * (paragraph.lists - 1) + paragraph.sign + " "
            lines.append(prefix + self._cover(first, last, hidden))
        return "\n".join(lines).replace(HAIR, "")

    def _cover(self, start: int, end: int, hidden: str) -> str:
        text = ""
        for span in self.spoilers if hidden else ():
            if span.start < end and span.end > start:
                text += self.text[start : max(start, span.start)] + hidden
                start = min(end, span.end)
        return text + self.text[start:end]


def person_address(user_id: str) -> str:
    return f"https://matrix.to/#/{user_id}"


def from_plain(text: str) -> RichText:
    """Links, ``` fences and `inline` code."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    code = find_code(text)
    spans = [Span(start, end, Mark.CODE) for start, end in code.inline]
    in_code = (*code.inline, *code.blocks)
    spans += [
        Span(link.start, link.end, Mark.LINK, link.address)
        for link in find_links(code.text)
        if not any(start <= link.start < end for start, end in in_code)
    ]
    paragraphs = []
    at = 0
    for start, end in code.blocks:
        if start > at:
            paragraphs.append(Paragraph(at, start - 1, has_gap=at > 0))
        paragraphs.append(Paragraph(start, end, Kind.CODE, has_gap=start > 0))
        at = end + 1
    if at <= len(code.text) or not paragraphs:
        paragraphs.append(Paragraph(at, len(code.text), has_gap=at > 0))
    return RichText(code.text, tuple(paragraphs), tuple(spans))


def cut(rich: RichText, more: str) -> RichText:
    """At most as much as can be laid out without a pause. `more` are the words that lead to the rest."""
    limit = MOST_SHOWN
    if len(rich.paragraphs) > MOST_PARAGRAPHS:
        limit = min(limit, rich.paragraphs[MOST_PARAGRAPHS].start - 1)
    if len(rich.text) <= limit and not rich.is_cut:
        return rich
    text = rich.text[:limit]
    paragraphs = [structs.replace(part, end=min(part.end, limit)) for part in rich.paragraphs if part.start <= limit]
    spans = [structs.replace(span, end=min(span.end, limit)) for span in rich.spans if span.start < limit]
    start = len(text) + 1
    text = f"{text}\n{more}"
    paragraphs.append(Paragraph(start, len(text), has_gap=True))
    spans.append(Span(start, len(text), Mark.LINK, WHOLE))
    return RichText(text, tuple(paragraphs), tuple(spans))
