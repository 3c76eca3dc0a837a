"""Files of messages: a JSON array, taken apart without being in memory as a whole. Blocking; for worker threads.

The file is read a piece at a time. A piece ends behind the last message in it that is complete, which a strict reader
decides: what it takes as a list of values can have ended nowhere else. A small file that is not quite correct is read
leniently as a whole, as the SDK's interface does.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from chatdesk.domain.errors import InputError
from chatdesk.domain.wording import Sentence, because
from chatdesk.interchange import reading

_PIECE_BYTES = 1 << 17
_MOST_BYTES = 64 << 20
"""Of one message."""
_MOST_TRIES = 200
_NEAR_BYTES = 1 << 14
_MARK = b"\xef\xbb\xbf"
_START = re.compile(rb"\s*\[\s*")
_BORDER = re.compile(rb"\}\s*,\s*(?=\{)")
_END = re.compile(rb"\s*\]\s*\Z")
_decode = msgspec.json.Decoder(list[msgspec.Raw]).decode


class NoMessages(InputError):
    """This file holds no messages that could be read."""


def items_of(path: Path) -> Iterator[Any]:
    """The items of the array, unread (`reading.read_item` reads one). Raises NoMessages or another InputError."""
    try:
        yield from _pieces(path)
    except _NotStrict:
        yield from _lenient(path)
    except OSError as error:
        raise InputError(
            Sentence("“{name}” cannot be read: {reason}.", name=path.name, reason=because(error))
        ) from error


class _NotStrict(Exception):
    """This is no correct array; nothing of it was handed out yet."""


def _pieces(path: Path) -> Iterator[msgspec.Raw]:
    given = 0
    with path.open("rb") as file:
        rest = file.read(_PIECE_BYTES).removeprefix(_MARK)
        start = _START.match(rest)
        if start is None:
            raise _NotStrict
        rest = rest[start.end() :]
        while True:
            more = file.read(max(_PIECE_BYTES, len(rest)))
            if not more:
                break
            rest += more
            items, rest = _whole_items(rest)
            for item in items:
                given += 1
                yield item
            if len(rest) > _MOST_BYTES:
                raise NoMessages(Sentence("“{name}” is no list of messages.", name=path.name))
        end = _END.search(rest)
        try:
            if end is None:
                raise msgspec.DecodeError
            last = _decode(b"[" + rest[: end.start()] + b"]")
        except (msgspec.DecodeError, RecursionError):
            if given:
                raise NoMessages(
                    Sentence("“{name}” is damaged: it cannot be read to its end.", name=path.name)
                ) from None
            raise _NotStrict from None
        yield from last


def _whole_items(data: bytes) -> tuple[list[msgspec.Raw], bytes]:
    """The complete items at the beginning, as far as a border between two of them can be found, and the rest."""
    for start in (max(0, len(data) - _NEAR_BYTES), 0):  # nearly always there is one near the end
        borders = list(_BORDER.finditer(data, start))
        for border in borders[: -_MOST_TRIES - 1 : -1]:
            try:
                return _decode(b"[" + data[: border.start() + 1] + b"]"), data[border.end() :]
            except (msgspec.DecodeError, RecursionError):
                continue
    return [], data


def _lenient(path: Path) -> Iterator[Any]:
    if path.stat().st_size > reading.MAX_REPAIR_CHARS:
        raise NoMessages(Sentence("“{name}” is no list of messages.", name=path.name))
    try:
        found = reading.read_items(reading.text_of(path.read_bytes().removeprefix(_MARK)))
    except reading.NotJson as error:
        raise NoMessages(Sentence("“{name}” is no list of messages.", name=path.name)) from error
    yield from found
