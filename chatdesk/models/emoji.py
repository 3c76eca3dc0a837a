"""The emoji one can choose: their names, codes, groups, and finding them. Any thread.

Read from the disk when first used (4 ms). The data is emojibase's (resources/emoji, made by packaging/emoji-data.py).
Names are English and Chinese; the search looks in both, whatever language the window speaks.
"""

from enum import IntEnum
from functools import cache
from typing import NamedTuple

import msgspec

from chatdesk.resources import resources


class EmojiGroup(IntEnum):
    SMILEYS = 0
    PEOPLE = 1
    NATURE = 2
    FOOD = 3
    TRAVEL = 4
    ACTIVITIES = 5
    OBJECTS = 6
    SYMBOLS = 7
    FLAGS = 8


class Emoji(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """`codes` are what stands between colons, the usual one first. `skins`: light to dark, or nothing."""

    symbol: str
    group: EmojiGroup
    english: str
    english_words: str
    chinese: str
    chinese_words: str
    codes: tuple[str, ...]
    skins: tuple[str, ...]

    @property
    def code(self) -> str:
        """For one to read and type, with its colons."""
        return f":{self.codes[0]}:" if self.codes else ""

    def name(self, is_chinese: bool = False) -> str:
        return (self.chinese if is_chinese else "") or self.english

    def toned(self, tone: int) -> str:
        """In a skin tone, 1 to 5; 0 is the yellow one."""
        return self.skins[tone - 1] if 0 < tone <= len(self.skins) else self.symbol


class _Searched(NamedTuple):
    emoji: Emoji
    codes: tuple[str, ...]
    names: tuple[str, ...]
    """Words of both names."""
    words: tuple[str, ...]
    chinese: str


@cache
def all_emoji() -> tuple[Emoji, ...]:
    """In Unicode's order."""
    raw = (resources() / "emoji" / "emoji.json").read_bytes()
    return msgspec.json.decode(raw, type=tuple[Emoji, ...])


@cache
def _by_symbol() -> dict[str, Emoji]:
    known = {}
    for emoji in all_emoji():
        for symbol in (emoji.symbol, *emoji.skins):
            known[symbol] = emoji
            known.setdefault(symbol.replace("\ufe0f", ""), emoji)  # as other programs write it
    return known


@cache
def _by_code() -> dict[str, Emoji]:
    return {code: emoji for emoji in reversed(all_emoji()) for code in emoji.codes}


def find(symbol: str) -> Emoji | None:
    """What is known about a symbol, in whatever skin tone."""
    return _by_symbol().get(symbol) or _by_symbol().get(symbol.replace("\ufe0f", ""))


def by_code(code: str) -> Emoji | None:
    """The emoji that `code`, without colons, stands for."""
    return _by_code().get(code.lower())


def of_group(group: EmojiGroup) -> tuple[Emoji, ...]:
    return tuple(emoji for emoji in all_emoji() if emoji.group is group)


def search(term: str, limit: int = 0) -> tuple[Emoji, ...]:
    """Whatever has all words of `term` in its names, codes or keywords; the closest first."""
    words = term.casefold().replace("_", " ").replace(":", " ").split()
    if not words:
        return ()
    ranked = []
    for order, entry in enumerate(_index()):
        ranks = [_rank(entry, word, len(words) == 1) for word in words]
        if None not in ranks:
            ranked.append((max(rank for rank in ranks if rank is not None), order, entry.emoji))
    ranked.sort(key=lambda hit: hit[:2])
    hits = tuple(emoji for _, _, emoji in ranked)
    return hits[:limit] if limit else hits


def complete(start: str, limit: int) -> tuple[tuple[str, Emoji], ...]:
    """Codes for what was typed behind a colon, each with its emoji; an emoji once."""
    start = start.lower()
    hits: dict[str, tuple[tuple[bool, bool, int, int], str, Emoji]] = {}
    for order, emoji in enumerate(all_emoji()):
        for code in emoji.codes:
            place = code.find(start)
            if place == 0 or (place > 0 and code[place - 1] in "_-"):
                rank = (place > 0, emoji.group is EmojiGroup.FLAGS, len(code), order)
                if emoji.symbol not in hits or rank < hits[emoji.symbol][0]:
                    hits[emoji.symbol] = (rank, code, emoji)
    ordered = sorted(hits.values(), key=lambda hit: hit[0])
    return tuple((code, emoji) for _, code, emoji in ordered[:limit])


@cache
def _index() -> tuple[_Searched, ...]:
    return tuple(
        _Searched(
            emoji,
            emoji.codes,
            tuple(_words(emoji.english)),
            tuple(word for code in emoji.codes for word in code.split("_")) + tuple(_words(emoji.english_words)),
            f"{emoji.chinese} {emoji.chinese_words}",
        )
        for emoji in all_emoji()
    )


def _words(text: str) -> list[str]:
    return text.casefold().replace("-", " ").replace(":", " ").replace(",", " ").replace("“", "").split()


def _rank(entry: _Searched, word: str, is_only: bool) -> int | None:
    if is_only and word in entry.codes:
        return 0
    if any(code.startswith(word) for code in entry.codes):
        return 1
    if word in entry.names or word in entry.chinese.split(" ", 1)[0]:
        return 2
    if any(known.startswith(word) for known in entry.names + entry.words):
        return 3
    return 4 if not word.isascii() and word in entry.chinese else None
