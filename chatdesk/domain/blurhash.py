"""Blurhash: a picture's colours in some thirty characters, shown until the picture is here (https://blurha.sh).

Pure, any thread. A hash comes from strangers: `is_blurhash` first. Both directions are separable cosine transforms, so
the cost is bounded whatever the hash says.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import copysign, cos, pi

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_BASE = len(_DIGITS)
_LEAST = 6
_MOST_PARTS = 9
_PARTS_X, _PARTS_Y = 4, 3
Color = tuple[float, float, float]


def is_blurhash(text: str) -> bool:
    """Whether every character and the length are right; anything that passes can be decoded."""
    if len(text) < _LEAST or not all(character in _VALUES for character in text):
        return False
    columns, rows = _parts(text)
    return rows <= _MOST_PARTS and len(text) == 4 + 2 * columns * rows


def decode(text: str, width: int, height: int) -> bytes:
    """Red, green, blue of each pixel, row by row. `text` must be a blurhash."""
    columns, rows = _parts(text)
    largest = (_VALUES[text[1]] + 1) / 166
    colors = [_average(_number(text[2:6]))]
    for at in range(6, len(text), 2):
        colors.append(_detail(_number(text[at : at + 2]), largest))
    across, down = _waves(columns, width), _waves(rows, height)
    pixels = bytearray()
    for y in range(height):
        line = [
            tuple(sum(colors[row * columns + column][part] * down[row][y] for row in range(rows)) for part in range(3))
            for column in range(columns)
        ]
        for x in range(width):
            for part in range(3):
                pixels.append(_to_srgb(sum(line[column][part] * across[column][x] for column in range(columns))))
    return bytes(pixels)


def encode(pixels: Sequence[int], width: int, height: int) -> str:
    """The hash of red, green, blue of each pixel, row by row. Give a small picture: 32 pixels a side are plenty."""
    linear = [_TO_LINEAR[value] for value in pixels]
    across, down = _waves(_PARTS_X, width), _waves(_PARTS_Y, height)
    lines = [
        [
            tuple(sum(linear[3 * (y * width + x) + part] * wave[x] for x in range(width)) / width for part in range(3))
            for y in range(height)
        ]
        for wave in across
    ]
    colors: list[Color] = []
    for row in range(_PARTS_Y):
        for column in range(_PARTS_X):
            scale = (1 if row == column == 0 else 2) / height
            red, green, blue = (
                scale * sum(lines[column][y][part] * down[row][y] for y in range(height)) for part in range(3)
            )
            colors.append((red, green, blue))
    largest = max(abs(part) for color in colors[1:] for part in color)
    step = max(0, min(82, int(largest * 166 - 0.5)))
    text = _digits((_PARTS_X - 1) + (_PARTS_Y - 1) * 9, 1) + _digits(step, 1)
    red, green, blue = (_to_srgb(part) for part in colors[0])
    text += _digits((red << 16) + (green << 8) + blue, 4)
    for color in colors[1:]:
        value = 0
        for part in color:
            share = part / ((step + 1) / 166)
            value = value * 19 + max(0, min(18, int(copysign(abs(share) ** 0.5, share) * 9 + 9.5)))
        text += _digits(value, 2)
    return text


def _parts(text: str) -> tuple[int, int]:
    value = _VALUES[text[0]]
    return value % 9 + 1, value // 9 + 1


def _number(digits: str) -> int:
    value = 0
    for digit in digits:
        value = value * _BASE + _VALUES[digit]
    return value


def _digits(value: int, length: int) -> str:
    return "".join(_DIGITS[value // _BASE ** (length - place) % _BASE] for place in range(1, length + 1))


def _average(value: int) -> Color:
    return _TO_LINEAR[value >> 16 & 255], _TO_LINEAR[value >> 8 & 255], _TO_LINEAR[value & 255]


def _detail(value: int, largest: float) -> Color:
    def part(number: int) -> float:
        share = (number - 9) / 9
        return copysign(share * share, share) * largest

    return part(value // 361), part(value // 19 % 19), part(value % 19)


@lru_cache(maxsize=64)
def _waves(count: int, length: int) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(cos(pi * number * place / length) for place in range(length)) for number in range(count))


def _to_srgb(value: float) -> int:
    value = max(0.0, min(1.0, value))
    shown = value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return int(shown * 255 + 0.5)


_TO_LINEAR = tuple(
    value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in range(256)
)
