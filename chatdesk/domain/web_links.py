"""Finds links in plain text. Pure, any thread."""

import re
from typing import NamedTuple

_LINK = r"(?i)https?://[^\s<>\"“”«»\u0000-\u0020\u200b-\u200f\u2028-\u202e\u2066-\u2069]+"
_TRAILING = ".,;:!?'’…*_~`|。，、；：！？）】》"
_PAIRS = {")": "(", "]": "[", "}": "{"}


class Link(NamedTuple):
    start: int
    end: int
    address: str


def find_links(text: str) -> tuple[Link, ...]:
    """The http and https links of a text, without the punctuation that ends a sentence after them."""
    if "://" not in text:
        return ()
    links = []
    for match in re.finditer(_LINK, text):
        address = _without_punctuation(match.group())
        if len(address.partition("://")[2]) > 0:
            links.append(Link(match.start(), match.start() + len(address), address))
    return tuple(links)


def _without_punctuation(address: str) -> str:
    """Cuts what ends the sentence; a closing bracket stays when its opening one is inside."""
    unpaired = {close: address.count(close) - address.count(opened) for close, opened in _PAIRS.items()}
    end = len(address)
    while end:
        last = address[end - 1]
        if last in _PAIRS and unpaired[last] > 0:
            unpaired[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]
