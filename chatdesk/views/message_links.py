"""Tells messages of emoji only; links in plain text come from the domain. Pure functions, any thread."""

import re

from chatdesk.domain.web_links import Link, find_links

__all__ = ["Link", "emoji_count", "find_links", "is_emoji_only"]

_EMOJI_IN_BMP = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd\u26be"
    "\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757"
    "\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55"
)
_EMOJI_BEYOND = "\U0001f300-\U0001faff\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a"
_PICTURE = f"(?:[{_EMOJI_BEYOND}{_EMOJI_IN_BMP}]|[\u203c-\u3299](?=\ufe0f))"
_TAIL = "\ufe0f?[\U0001f3fb-\U0001f3ff]?[\U000e0020-\U000e007f]*"
_ONE = f"(?:[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3|{_PICTURE}{_TAIL}(?:\u200d{_PICTURE}{_TAIL})*)"
_ONLY_EMOJI = rf"\s*(?:{_ONE}\s*){{1,10}}"
_EMOJI_ONLY_LENGTH = 160


def is_emoji_only(text: str) -> bool:
    """One to ten emoji and nothing else."""
    return len(text) <= _EMOJI_ONLY_LENGTH and not text.isascii() and re.fullmatch(_ONLY_EMOJI, text) is not None


def emoji_count(text: str) -> int:
    """How many, in a text of nothing else."""
    return len(re.findall(_ONE, text))
