"""Events that say something about another one: edits, reactions, replies, threads. Pure, any thread; hostile content is
ignored, it never raises. encode.py is the other direction.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from chatdesk.domain.messages import IncomingEdit, IncomingReaction
from chatdesk.matrix import wire
from chatdesk.matrix.content import elements_of, mentions_of, own_data
from chatdesk.matrix.lenient import mapping, number, strings, text
from chatdesk.matrix.wire import Event

REACTION = "m.reaction"
ANNOTATION = "m.annotation"
REPLACE = "m.replace"
THREAD = "m.thread"
HIDDEN = "chatdesk.hidden"
"""Room account data: messages the account wants hidden on all its devices, newest last."""
MOST_HIDDEN = 1000
MAX_SYMBOL = 100
"""Longer ones are no symbols."""
_MAX_ID = 255


class Related:
    """Collects the edits and reactions among events."""

    def __init__(self) -> None:
        self.edits: list[IncomingEdit] = []
        self.reactions: list[IncomingReaction] = []

    def add(self, event: Event, raw: bytes) -> None:
        """An event that `is_relation`; what is malformed shows nothing."""
        relation = _relation(wire.content_of(event))
        target = _id(relation.get("event_id"))
        if not target:
            return
        if event.type == REACTION:
            self._add_reaction(event, target, text(relation.get("key")))
        elif relation.get("rel_type") == REPLACE:
            self._add_edit(event, target, raw)

    def add_bundled(self, event: Event) -> None:
        """The newest edit of a message, where the server tells it together with the message."""
        bundled = mapping(mapping(mapping(event.unsigned).get("m.relations")).get(REPLACE))
        if not (_id(bundled.get("event_id")) and text(bundled.get("sender")) and mapping(bundled.get("content"))):
            return  # nothing, or the summary without content of older servers
        try:
            raw = msgspec.json.encode(bundled)
        except (TypeError, ValueError, RecursionError):
            return
        edit = wire.event_of(msgspec.Raw(raw))
        if is_relation(edit) and _relation(wire.content_of(edit)).get("event_id") == event.event_id:
            self.add(edit, raw)

    def _add_reaction(self, event: Event, target: str, symbol: str) -> None:
        if symbol.strip() and len(symbol) <= MAX_SYMBOL:
            self.reactions.append(
                IncomingReaction(
                    event.event_id, target, event.sender, number(event.origin_server_ts), symbol, _txn_id(event)
                )
            )

    def _add_edit(self, event: Event, target: str, raw: bytes) -> None:
        content = mapping(wire.content_of(event).get("m.new_content"))
        elements = elements_of("m.room.message", content, event.sender) if content else ()
        if event.type == "m.room.message" and elements:
            self.edits.append(
                IncomingEdit(
                    event.event_id,
                    target,
                    event.sender,
                    number(event.origin_server_ts),
                    elements,
                    raw,
                    _txn_id(event),
                    mentions_of(content),
                )
            )


def is_relation(event: Event) -> bool:
    """Whether an event belongs to another message instead of being one."""
    if event.state_key is not None:
        return False
    if event.type == REACTION:
        return True
    return text(_relation(wire.content_of(event)).get("rel_type")) in (REPLACE, ANNOTATION)


def reply_of(content: dict[str, Any]) -> str:
    """The id of the message that this one answers, or empty."""
    return _id(mapping(_relation(content).get("m.in_reply_to")).get("event_id"))


def thread_of(content: dict[str, Any]) -> str:
    """The id of the first message of the thread this one belongs to, or empty."""
    relation = _relation(content)
    return _id(relation.get("event_id")) if relation.get("rel_type") == THREAD else ""


def hidden_ids(content: dict[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for id_ in strings(content.get("event_ids")) if _id(id_)))[-MOST_HIDDEN:]


def hidden_content(known: Sequence[str], added: Sequence[str]) -> dict[str, Any]:
    """The list with some more at its end, as long as it may get."""
    kept = [id_ for id_ in known if id_ not in set(added)]
    return {"event_ids": [*kept, *dict.fromkeys(added)][-MOST_HIDDEN:]}


def _relation(content: dict[str, Any]) -> dict[str, Any]:
    return mapping(content.get("m.relates_to"))


def _id(value: object) -> str:
    """An id of the server; nothing longer than those are (Matrix specification, "Size limits")."""
    said = text(value)
    return said if len(said) <= _MAX_ID else ""


def _txn_id(event: Event) -> str:
    """Told by the server to the device that sent it, else by chatdesk's own marking."""
    return text(mapping(event.unsigned).get("transaction_id")) or text(own_data(wire.content_of(event)).get("txn"))
