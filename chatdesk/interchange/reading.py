"""JSON as programs hand it in: read leniently, the way the vendor's library does. Pure, any thread.

Read strictly first (fast); only what fails is read again, forgiving what the vendor forgives: a comma after an array's
last item, unknown escapes (kept as typed), halves of surrogate pairs and bytes that are no UTF-8 (they become U+FFFD),
deep nesting. Fields of a wrong type count as missing: values are never coerced, except that a float is truncated
where a number belongs and a negative one wraps, as there.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

MAX_DEPTH = 10_000
MAX_REPAIR_CHARS = 8_000_000
"""What is longer must be correct JSON: reading leniently is slow and the caller waits."""
MAX_INT, MAX_UINT = 2**63 - 1, 2**64 - 1
_WRAP = 2**64
_BRACE, _QUOTE = b'{"'

_decode = msgspec.json.Decoder().decode
_decode_items = msgspec.json.Decoder(list[msgspec.Raw]).decode
_SURROGATE = re.compile("[\ud800-\udfff]")
_TOKEN = re.compile(
    r"[ \t\n\r]*(?:"
    r"(?P<mark>[\[\]{}:,])"
    r'|"(?P<string>[^"\\\x00-\x1f]*(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*)*)"'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?P<fraction>\.[0-9]+)?(?P<exponent>[eE][+-]?[0-9]+)?)"
    r"|(?P<word>true|false|null)"
    r")"
)
_BLANK_TO_END = re.compile(r"[ \t\n\r]*\Z")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([\"\\/bfnrt]))")
_PLAIN = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS = {"true": True, "false": False, "null": None}


class NotJson(ValueError):
    """This text is no JSON, even read leniently."""


def text_of(data: str | bytes) -> str:
    """The argument as text that can be encoded as UTF-8 again."""
    if isinstance(data, bytes):
        return data.decode("utf-8", "replace")
    return data if data.isascii() or _SURROGATE.search(data) is None else _joined(data)


def read(text: str) -> Any:
    """The value. Raises NotJson."""
    try:
        return _decode(text)
    except (msgspec.DecodeError, RecursionError):
        return _repair(text)


def read_items(text: str) -> list[msgspec.Raw] | list[Any]:
    """The items of a JSON array, unread where the array is correct, so that a huge one is not in memory twice.

    `read_item` reads one. Raises NotJson, also when it is no array.
    """
    try:
        return _decode_items(text)
    except (msgspec.DecodeError, RecursionError):
        found = _repair(text)
        if not isinstance(found, list):
            raise NotJson("This is no array.") from None
        return found


def read_item(item: Any) -> Any:
    return read(bytes(item).decode()) if isinstance(item, msgspec.Raw) else item


def is_filled_object(item: Any) -> bool:
    """An object with at least one key; for an unread item without reading it."""
    if not isinstance(item, msgspec.Raw):
        return isinstance(item, dict) and bool(item)
    raw = memoryview(item)
    if raw[0] != _BRACE:
        return False
    return raw[1] == _QUOTE or bytes(raw[1:-1]).strip(b" \t\r\n") != b""


def string(values: Mapping[str, Any], key: str) -> str:
    found = values.get(key)
    return found if isinstance(found, str) else ""


def boolean(values: Mapping[str, Any], key: str) -> bool:
    """Only true is true; the number 1 is not."""
    return values.get(key) is True


def number(values: Mapping[str, Any], key: str, default: int = 0, limit: int = MAX_INT) -> int:
    """A whole number from 0 to `limit`."""
    found = values.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return default
    return min(int(found) % _WRAP if found < 0 else int(found), limit)


def signed(values: Mapping[str, Any], key: str, default: int = 0) -> int:
    """A whole number of 32 bits with a sign."""
    found = values.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return default
    return max(-(2**31), min(int(found), 2**31 - 1))


def mapping(values: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = values.get(key)
    return found if isinstance(found, dict) else {}


def sequence(values: Mapping[str, Any], key: str) -> list[Any]:
    found = values.get(key)
    return found if isinstance(found, list) else []


def _joined(text: str) -> str:
    """Halves that belong together become one character, single ones U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _unescaped(body: str) -> str:
    def one(match: re.Match[str]) -> str:
        return chr(int(match[1], 16)) if match[1] else _PLAIN[match[2]]

    if "\\" not in body:
        return body
    found = _ESCAPE.sub(one, body)
    return _joined(found) if _SURROGATE.search(found) else found


def _number(match: re.Match[str]) -> int | float:
    try:
        value: int | float = float(match["number"]) if match["fraction"] or match["exponent"] else int(match["number"])
    except ValueError as error:  # thousands of digits
        raise NotJson("A number is too long.") from error
    if value in (float("inf"), float("-inf")):
        raise NotJson("A number is too large.")
    return value


def _tokens(text: str) -> Iterator[re.Match[str]]:
    position = 0
    while (match := _TOKEN.match(text, position)) is not None:
        yield match
        position = match.end()
    if _BLANK_TO_END.match(text, position) is None:
        raise NotJson(f"This is no JSON (character {position}).")


def _repair(text: str) -> Any:
    """Read leniently, without recursion."""
    if len(text) > MAX_REPAIR_CHARS:
        raise NotJson("This is no JSON.")
    root: list[Any] = []
    stack: list[list[Any] | dict[str, Any]] = [root]
    keys: list[str] = []
    wants = "value"
    for token in _tokens(text):
        mark = token["mark"]
        top = stack[-1]
        if mark in ("]", "}"):
            fits = isinstance(top, list) if mark == "]" else isinstance(top, dict)
            if len(stack) == 1 or not fits or wants not in ("comma", "value or end", "key or end"):
                raise NotJson("A bracket is in the wrong place.")
            stack.pop()
            wants = "comma"
        elif wants == "comma":
            if mark != "," or len(stack) == 1:
                raise NotJson("A comma is missing.")
            # Only arrays may end after a comma.
            wants = "value or end" if isinstance(top, list) else "key"
        elif wants == "colon":
            if mark != ":":
                raise NotJson("A colon is missing.")
            wants = "value"
        elif wants in ("key", "key or end"):
            if token["string"] is None:
                raise NotJson("A key is missing.")
            keys.append(_unescaped(token["string"]))
            wants = "colon"
        else:
            value = _value(token)
            if isinstance(top, list):
                top.append(value)
            else:
                top[keys.pop()] = value
            wants = "comma"
            if isinstance(value, list | dict):
                if len(stack) > MAX_DEPTH:
                    raise NotJson("This is nested too deeply.")
                stack.append(value)
                wants = "value or end" if isinstance(value, list) else "key or end"
    if len(stack) > 1 or not root:
        raise NotJson("The end is missing.")
    return root[0]


def _value(token: re.Match[str]) -> Any:
    match token["mark"]:
        case "[":
            return []
        case "{":
            return {}
        case str():
            raise NotJson("A value is missing.")
    if token["string"] is not None:
        return _unescaped(token["string"])
    return _WORDS[token["word"]] if token["word"] else _number(token)
