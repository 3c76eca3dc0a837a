"""Tolerant readers for JSON that strangers wrote: whatever is odd becomes empty, nothing raises.

Pure, any thread. Must not know what the values mean.
"""

import json
import re
from typing import Any

import msgspec

MAX_INT = 2**53 - 1
"""Canonical JSON's largest integer; larger ones, negative ones and floats read as 0."""
MAX_DEPTH = 100
"""Deeper nesting is cut out: a sender could otherwise exhaust the decoder's recursion for the whole sync."""

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPES = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[dD][89a-fA-F][0-9a-fA-F]{2}|.)", re.S
)
_LONE_ESCAPE_BYTES = 6
_TOKENS = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.S)


def clean(value: str) -> str:
    """The string with pairs of surrogates joined and lone ones replaced: what can be sent and stored as UTF-8."""
    if _LONE_SURROGATES.search(value) is None:
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def clean_tree(value: Any) -> Any:
    """A JSON value whose every string and key is clean."""
    match value:
        case str():
            return clean(value)
        case dict():
            return {clean(str(key)): clean_tree(item) for key, item in value.items()}
        case list() | tuple():
            return [clean_tree(item) for item in value]
        case _:
            return value


def text(value: object) -> str:
    return value if isinstance(value, str) else ""


def number(value: object, most: int = MAX_INT) -> int:
    """A count or size between 0 and `most`, else 0."""
    return value if type(value) is int and 0 <= value <= most else 0


def mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def strings(value: object) -> list[str]:
    return [item for item in sequence(value) if isinstance(item, str) and item]


def repair(raw: bytes) -> bytes:
    """JSON made decodable: bad UTF-8 and lone surrogate escapes replaced, very deep values cut out.

    Only for answers the strict decoder refused: one hostile message must not make the whole sync unreadable.
    """
    return _prune(_ESCAPES.sub(_whole_escape, raw.decode("utf-8", "replace").encode()))


def loose_object(raw: bytes) -> dict[str, Any]:
    """An object as the lax standard decoder sees it, strings cleaned; empty when even that one gives up."""
    try:
        value = json.loads(_prune(raw.decode("utf-8", "replace").encode()), parse_int=_small_int)
    except (ValueError, RecursionError):
        return {}
    return mapping(clean_tree(value))


def json_bytes(value: object) -> bytes:
    """What may leave: clean strings only."""
    return msgspec.json.encode(clean_tree(value))


def _small_int(digits: str) -> int:
    return int(digits) if len(digits) <= len(str(MAX_INT)) else 0


def _whole_escape(match: re.Match[bytes]) -> bytes:
    escape = match[0]
    return rb"\ufffd" if len(escape) == _LONE_ESCAPE_BYTES and escape[1:2] == b"u" else escape


def _prune(raw: bytes) -> bytes:
    depth = 0
    kept: list[bytes] = []
    start = 0
    for token in _TOKENS.finditer(raw):
        if token[0] in b"[{":
            depth += 1
            if depth == MAX_DEPTH + 1:
                kept.append(raw[start : token.start()])
        elif token[0] in b"]}":
            if depth == MAX_DEPTH + 1:
                kept.append(b"null")
                start = token.end()
            depth -= 1
    if not kept:
        return raw
    kept.append(raw[start:])
    return b"".join(kept)
