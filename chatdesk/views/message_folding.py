"""System lines in a row, told in one: "5 people joined, Ben left". Pure functions, any thread; no words.

Which rows a run has is told by whoever knows the rows; here stands what may be folded and what a run adds up to.
"""

from collections.abc import Iterable

from msgspec import Struct

from chatdesk.domain.elements import Tip, TipKind
from chatdesk.domain.messages import Message

LEAST = 4
"""Fewer in a row stay as they are."""
LEAST_OF_BEGINNING = 2
"""Of the lines with which a one-to-one conversation begins."""
_BY_TARGET = (TipKind.INVITED, TipKind.KICKED, TipKind.BANNED)
_BY_SENDER = (TipKind.JOINED, TipKind.LEFT, TipKind.DECLINED)
_ALONE = (TipKind.CREATED, TipKind.ENCRYPTED)
"""Too important to be folded away."""


class Part(Struct, frozen=True):
    """So many different `people` did, or met with, `kind`. For changes without people `kind` is None and `size` tells
    how many there were."""

    kind: TipKind | None
    people: tuple[tuple[str, str], ...]
    """User id and name, the name maybe empty."""
    size: int


_COMING = (TipKind.CREATED, TipKind.INVITED, TipKind.JOINED)


def can_fold(message: Message) -> bool:
    elements = message.elements
    return bool(elements) and all(isinstance(part, Tip) and part.kind not in _ALONE for part in elements)


def is_beginning(message: Message) -> bool:
    return any(isinstance(part, Tip) and part.kind is TipKind.CREATED for part in message.elements)


def is_coming(message: Message) -> bool:
    """Tells of people who come to the conversation, or of its beginning."""
    return all(isinstance(part, Tip) and part.kind in _COMING for part in message.elements)


def summarise(messages: Iterable[Message]) -> tuple[Part, ...]:
    """What happened, in the order in which it began; other changes last."""
    people: dict[TipKind, dict[str, str]] = {}
    others = 0
    for message in messages:
        for tip in message.elements:
            if not isinstance(tip, Tip):
                continue
            if tip.kind in _BY_SENDER:
                people.setdefault(tip.kind, {})[message.sender] = message.sender_name
            elif tip.kind in _BY_TARGET and tip.targets:
                people.setdefault(tip.kind, {}).update(dict.fromkeys(tip.targets, ""))
            else:
                others += 1
    parts = [Part(kind, tuple(who.items()), len(who)) for kind, who in people.items()]
    return (*parts, Part(None, (), others)) if others else tuple(parts)
