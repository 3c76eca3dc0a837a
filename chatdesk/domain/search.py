"""What can be searched for, and how text becomes words to find. Pure, any thread.

Languages that write without spaces (Chinese, Japanese, Thai …) and Korean are cut into overlapping pairs of characters,
so that any part of a sentence is found; everything else goes by words and their beginnings, without accents and case.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from chatdesk.domain.elements import Custom, Element, Face, File, Image, Location, Sound, Text, Video
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message

PICTURES, FILES, LINKS, SOUNDS, VIDEOS, TEXTS = "image", "file", "link", "sound", "video", "text"
"""Kinds a search can be narrowed to."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese, Japanese, Korean
)
_SIGNS = "\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"


@cache
def _piece() -> re.Pattern[str]:
    """Compiled when first needed: at the import it would cost the window's first paint 3 ms."""
    return re.compile(f"([{_UNSPACED}]+)|([{_SIGNS}])|([^{_UNSPACED}{_SIGNS}]+)")


_LINK = re.compile(r"https?://", re.IGNORECASE)
_SNIPPET_CHARS = 120
_LEAD_CHARS = 30


class SearchQuery(Struct, frozen=True):
    """`text`: words that must all be there, in any order; may be empty when something else narrows the search.

    `conversation` None: all. `sender`: a user id. `kinds`: any of them. `from_ms` <= time < `until_ms`, 0 for no limit.
    """

    text: str = ""
    conversation: ConversationId | None = None
    sender: str = ""
    kinds: frozenset[str] = frozenset()
    from_ms: int = 0
    until_ms: int = 0
    mentions_me: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing was asked for."""
        return not (self.kinds or self.sender or self.from_ms or self.until_ms or self.mentions_me or match_of(self))


class SearchHit(Struct, frozen=True):
    """A message that was found. `marks` are (start, length) of what matched in `snippet`, one line of its text."""

    message: Message
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()


class Reach(Struct, frozen=True):
    """How far back the messages of a search reach: `since_ms` is 0 when everything there ever was is here."""

    since_ms: int = 0

    @property
    def is_complete(self) -> bool:
        return self.since_ms == 0


def words_of(elements: Sequence[Element]) -> str:
    """The text of a message as the index takes it, empty when there is nothing to find."""
    return indexed("\n".join(_texts(elements)))


def kinds_of(elements: Sequence[Element]) -> str:
    """The kinds of a message, separated by spaces."""
    kinds: dict[str, None] = {}
    for element in elements:
        match element:
            case Text(content=content):
                kinds[TEXTS] = None
                if _LINK.search(content):
                    kinds[LINKS] = None
            case Image():
                kinds[PICTURES] = None
            case File():
                kinds[FILES] = None
            case Sound():
                kinds[SOUNDS] = None
            case Video():
                kinds[VIDEOS] = None
    return " ".join(kinds)


def indexed(text: str) -> str:
    """Words separated by spaces: pairs of characters where a language has no spaces, a name for each sign."""
    words: list[str] = []
    for unspaced, sign, other in _pieces(text):
        if unspaced:
            words += (unspaced[i : i + 2] for i in range(len(unspaced)))  # the last character stands alone
        elif sign:
            words.append(_sign_word(sign))
        else:
            words.append(other)
    return " ".join(words)


def match_of(query: SearchQuery) -> str:
    """The words of a query in the language of the index (FTS5); empty when there are none."""
    terms: list[str] = []
    for unspaced, sign, other in _pieces(query.text):
        if sign:
            terms.append(f'"{_sign_word(sign)}"')
        elif len(unspaced) > 1:
            pairs = " ".join(unspaced[i : i + 2] for i in range(len(unspaced) - 1))
            terms.append(f'"{pairs}"')
        elif unspaced:
            terms.append(f'"{unspaced}"*')
        else:
            for word in other.split():
                if any(character.isalnum() for character in word):
                    quoted = word.replace('"', " ")
                    terms.append(f'"{quoted}"*')
    return " AND ".join(f"body : {term}" for term in terms)


def snippet_of(message: Message, text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """One line around the first match, and where in it the words of `text` are."""
    line = " ".join(" ".join(_texts(message.elements)).split())
    folded, places = _folded(line)
    marks: list[tuple[int, int]] = []
    for term in _terms(text):
        start = folded.find(term)
        while start >= 0:
            first, last = places[start], places[start + len(term) - 1]
            marks.append((first, last - first + 1))
            start = folded.find(term, start + len(term))
    marks = _joined(sorted(marks))
    begin = max(0, marks[0][0] - _LEAD_CHARS) if marks and len(line) > _SNIPPET_CHARS else 0
    end = begin + _SNIPPET_CHARS
    shown = ("…" if begin else "") + line[begin:end] + ("…" if end < len(line) else "")
    shift = begin - (1 if begin else 0)
    return shown, tuple((start - shift, length) for start, length in marks if start + length <= end)


def _texts(elements: Sequence[Element]) -> Iterator[str]:
    for element in elements:
        match element:
            case Text(content=content):
                yield content
            case Image(media=media) | Sound(media=media) | Video(media=media) | File(media=media):
                yield media.name
            case Location(description=description) | Face(description=description) | Custom(description=description):
                yield description


def _pieces(text: str) -> list[tuple[str, str, str]]:
    return _piece().findall(unicodedata.normalize("NFKC", text))


def _sign_word(sign: str) -> str:
    return f"sign{ord(sign):x}"


def _terms(text: str) -> list[str]:
    terms: list[str] = []
    for unspaced, sign, other in _pieces(text):
        terms += [unspaced or sign] if unspaced or sign else other.split()
    return [term for term in (_folded(term)[0].strip("\"'.,;:!?()") for term in terms) if term]


def _folded(text: str) -> tuple[str, list[int]]:
    """Without case and accents, and for each character where it was."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for plain in unicodedata.normalize("NFKD", character.casefold()):
            if not unicodedata.combining(plain):
                folded.append(plain)
                places.append(place)
    return "".join(folded), places


def _joined(marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without overlaps."""
    found: list[tuple[int, int]] = []
    for start, length in marks:
        if found and start <= found[-1][0] + found[-1][1]:
            before, known = found[-1]
            found[-1] = (before, max(known, start + length - before))
        else:
            found.append((start, length))
    return found
