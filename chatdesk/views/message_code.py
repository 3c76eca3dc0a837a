"""Code in plain messages: ``` fences and `inline` code, without their marks. Pure functions, any thread."""

import re

from msgspec import Struct

_FENCE = r"(?ms)^```[^\n`]*\n(.*?)\n?^```[ \t]*(?:\n|\Z)"
_INLINE = r"(?<!`)`(?!\s*`)([^`\n]+)`(?!`)"


class CodeText(Struct, frozen=True):
    """`text` is what is shown; the ranges (start, end) in it are code."""

    text: str
    inline: tuple[tuple[int, int], ...] = ()
    blocks: tuple[tuple[int, int], ...] = ()


def find_code(text: str) -> CodeText:
    if "`" not in text:
        return CodeText(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = ""
    inline: list[tuple[int, int]] = []
    blocks: list[tuple[int, int]] = []
    end = 0
    for fence in re.finditer(_FENCE, text):
        code = fence.group(1)
        if not code.strip():
            continue
        shown = _add_inline(shown, text[end : fence.start()], inline)
        blocks.append((len(shown), len(shown) + len(code)))
        shown += code
        end = fence.end()
        if end < len(text):
            shown += "\n"
    shown = _add_inline(shown, text[end:], inline)
    return CodeText(shown, tuple(inline), tuple(blocks))


def _add_inline(shown: str, text: str, inline: list[tuple[int, int]]) -> str:
    end = 0
    for match in re.finditer(_INLINE, text):
        shown += text[end : match.start()]
        inline.append((len(shown), len(shown) + len(match.group(1))))
        shown += match.group(1)
        end = match.end()
    return shown + text[end:]
