"""Another client's HTML as a RichText: only what is known to be harmless stays. Pure functions, any thread.

`domain/harmless_html.py` decides what is kept; what it leaves is well-formed and read here. Nothing is ever fetched:
pictures become their words. What is refused there is shown as its plain text instead.
"""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import unquote

from msgspec import structs

from chatdesk.domain.harmless_html import SCHEMES, VOID, harmless
from chatdesk.views.message_rich import HAIR, MOST_SHOWN, Kind, Mark, Paragraph, RichText, Span

_MOST_INDENT = 5
_PIECE = 4096
_INLINE = {
    "b": Mark.BOLD,
    "strong": Mark.BOLD,
    "th": Mark.BOLD,
    "summary": Mark.BOLD,
    "i": Mark.ITALIC,
    "em": Mark.ITALIC,
    "s": Mark.STRIKE,
    "del": Mark.STRIKE,
    "strike": Mark.STRIKE,
    "u": Mark.UNDERLINE,
    "ins": Mark.UNDERLINE,
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACED = {"p", "pre", "blockquote", "table", "details", *_HEADINGS}
_BROKEN = {"div", "tr", "caption", "summary"}
_PERSON = re.compile(r"https?://matrix\.to/#/(@[^/?#]+:[^/?#]+)", re.IGNORECASE)
_PERSON_URI = re.compile(r"matrix:u/([^/?#]+:[^/?#]+)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")

NameOf = Callable[[str], str]
"""The words for a user id."""


def from_html(html: str, name_of: NameOf) -> RichText | None:
    """None where the plain text must do: nothing to see, too long, or nested too deeply."""
    clean = harmless(html)
    reader = _Reader(name_of)
    for start in range(0, len(clean), _PIECE):
        reader.feed(clean[start : start + _PIECE])
        if reader.length > MOST_SHOWN:
            return reader.result(is_cut=True)
    reader.close()
    return reader.result()


def person_of(address: str) -> str:
    """The user id a link leads to, or an empty string."""
    found = _PERSON.match(unquote(address))
    if found is not None:
        return found[1]
    found = _PERSON_URI.match(unquote(address))
    return f"@{found[1]}" if found is not None else ""


class _Reader(HTMLParser):
    def __init__(self, name_of: NameOf) -> None:
        super().__init__(convert_charrefs=True)
        self._name_of = name_of
        self._text: list[str] = []
        self._length = 0
        self._paragraphs: list[Paragraph] = []
        self._spans: list[Span] = []
        self._open: list[tuple[str, int, Mark | None, str]] = []
        """Tag, where it began, what it marks."""
        self._start = 0
        self._lists: list[int | None] = []
        """The next number of each open list, None for one without numbers."""
        self._sign = ""
        self._quotes = 0
        self._pre = 0
        self._heading = 0
        self._has_gap = False
        self._ends_blank = True

    @property
    def length(self) -> int:
        return self._length

    def result(self, is_cut: bool = False) -> RichText | None:
        self._break()
        text = "".join(self._text)
        if text.endswith("\n"):
            text = text[:-1]
        if not text.strip():
            return None
        spans = tuple(
            structs.replace(span, end=min(span.end, len(text)))
            for span in self._spans
            if span.start < min(span.end, len(text))
        )
        return RichText(
            text, tuple(self._paragraphs), tuple(sorted(spans, key=lambda span: (span.start, span.end))), is_cut
        )

    # -- paragraphs --------------------------------------------------------------------------------------------------

    def _break(self, has_gap: bool = False) -> None:
        """The paragraph ends here, if there is one; the next may stand a little apart."""
        if self._length > self._start:
            self._trim()
        if self._length > self._start:
            self._paragraphs.append(
                Paragraph(
                    self._start,
                    self._length,
                    Kind.CODE if self._pre else Kind.HEADING if self._heading else Kind.TEXT,
                    self._heading,
                    min(len(self._lists), _MOST_INDENT),
                    min(self._quotes, _MOST_INDENT),
                    self._sign,
                    self._has_gap and bool(self._paragraphs),
                )
            )
            self._sign = ""
            self._has_gap = False
            self._add("\n")
        self._start = self._length
        self._has_gap = self._has_gap or has_gap
        self._ends_blank = True

    def _trim(self) -> None:
        """No blanks, and in code no line breaks, at the end of a paragraph."""
        while self._text and self._length > self._start:
            last = self._text.pop()
            kept = last.rstrip("\n" if self._pre else " \n")
            self._length -= len(last) - len(kept)
            if kept:
                self._text.append(kept)
                return

    def _add(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)

    # -- what the parser tells ---------------------------------------------------------------------------------------

    def handle_data(self, data: str) -> None:
        data = data.replace("\0", "\ufffd")
        if self._pre:
            if self._length == self._start:
                data = data.lstrip("\n")
            self._add(data.replace("\r", ""))
            return
        data = _SPACE.sub(" ", data)
        if self._ends_blank:
            data = data.lstrip(" ")
        if data:
            self._add(data)
            self._ends_blank = data.endswith(" ")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in VOID:
            self._void(tag, values)
            return
        mark, value = _INLINE.get(tag), ""
        if tag in _SPACED or tag in _BROKEN:
            self._break(tag in _SPACED)
        match tag:
            case "blockquote":
                self._quotes += 1
            case "pre":
                self._pre += 1
            case "ol" | "ul":
                self._break(not self._lists)
                self._lists.append(_number(values.get("start", "")) if tag == "ol" else None)
            case "li":
                self._begin_item()
            case "td" | "th" if self._length > self._start:
                self.handle_data(" | ")
            case "code" if not self._pre:
                mark = Mark.CODE
            case "span" if "data-mx-spoiler" in values:
                mark = Mark.SPOILER
                if values["data-mx-spoiler"].strip():
                    self.handle_data(f"({values['data-mx-spoiler'].strip()}) ")
            case "a" if values.get("href", "").partition(":")[0].lower() in SCHEMES:
                value = values["href"]
                mark = Mark.MENTION if person_of(value) else Mark.LINK
            case _ if tag in _HEADINGS:
                self._heading = _HEADINGS[tag]
        self._open.append((tag, self._length, mark, value))

    def _begin_item(self) -> None:
        self._break()
        number = self._lists[-1] if self._lists else None
        self._sign = "•" if number is None else f"{number}."
        if number is not None:
            self._lists[-1] = number + 1

    def _void(self, tag: str, values: dict[str, str]) -> None:
        match tag:
            case "br":
                self._add("\n")
                self._ends_blank = True
            case "hr":
                self._break(True)
                self._add("⁂")
                self._break(True)
            case "img":
                self.handle_data(values.get("alt") or values.get("title") or "")

    def handle_endtag(self, tag: str) -> None:
        place = next((i for i in range(len(self._open) - 1, -1, -1) if self._open[i][0] == tag), -1)
        if place < 0:
            return
        _, start, mark, value = self._open.pop(place)
        if tag in _SPACED or tag in _BROKEN or tag in ("li", "ol", "ul"):
            self._break(tag in _SPACED or (tag in ("ol", "ul") and len(self._lists) == 1))
        match tag:
            case "blockquote":
                self._quotes -= 1
            case "pre":
                self._pre -= 1
            case "ol" | "ul":
                self._lists.pop()
                self._sign = ""
            case _ if tag in _HEADINGS:
                self._heading = 0
        if mark is Mark.MENTION:
            self._add_person(start, value)
        elif mark is not None and self._length > start:
            self._spans.append(Span(start, self._length, mark, value))

    def _add_person(self, start: int, address: str) -> None:
        """People are called by their names where another client wrote an id or an address."""
        user_id = person_of(address)
        whole = "".join(self._text)
        before, shown = whole[:start], whole[start:]
        if "\n" in shown:
            self._spans.append(Span(start, self._length, Mark.LINK, address))
            return
        if shown.strip() in ("", user_id, address, unquote(address)):
            shown = " ".join(self._name_of(user_id).split()) or user_id
        self._text, self._length = [before], len(before)
        self._add(f"{HAIR}{shown}{HAIR}")
        self._ends_blank = False
        self._spans.append(Span(start, self._length, Mark.MENTION, user_id))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 1
