"""Locators as the SDK writes them, in a text somebody pasted. Pure, any thread."""

from typing import Any

from msgspec import Struct

from chatdesk.domain.ids import ConversationId, ConversationType, qualify_user_id
from chatdesk.domain.locators import Locator
from chatdesk.interchange import reading
from chatdesk.interchange.messages import read_locators

_TYPES = {int(type_): type_ for type_ in ConversationType}


class Pointer(Struct, frozen=True):
    """One message by its locator; `conversation` None: the one that is open."""

    locator: Locator
    conversation: ConversationId | None = None


def read_pointers(text: str, own_user_id: str) -> tuple[Pointer, ...]:
    """The locators in a JSON object or array; empty when the text is anything else."""
    if not text.startswith(("{", "[")):
        return ()
    try:
        found = reading.read(text)
    except reading.NotJson:
        return ()
    items = found if isinstance(found, list) else [found]
    if not items or not all(isinstance(item, dict) and _has_place(item) for item in items):
        return ()
    pairs = zip(items, read_locators(items), strict=True)
    return tuple(Pointer(locator, _conversation(item, own_user_id)) for item, locator in pairs)


def _has_place(values: dict[str, Any]) -> bool:
    return "message_locator_time" in values or "message_locator_unique_id" in values


def _conversation(values: dict[str, Any], own_user_id: str) -> ConversationId | None:
    type_ = _TYPES.get(reading.number(values, "message_locator_conv_type"))
    name = reading.string(values, "message_locator_conv_id")
    if type_ is None or not name:
        return None
    try:
        return ConversationId(type_, qualify_user_id(name, own_user_id) if type_ is ConversationType.C2C else name)
    except ValueError:
        return None
