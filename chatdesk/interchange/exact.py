"""What a message of chatdesk has beyond the SDK's Message: written beside it in an export, read from it by an import.
Pure, any thread.

A reply is told twice: exactly, and in the way the SDK's own user interface tells it (`messageReply` in
`message_cloud_custom_str`), which is read from the exports of others, too. Reactions have the SDK's shape under a key
of chatdesk's own, because the SDK's Message has no place for them. Nothing here is believed to be whole: what does not
fit is left out.
"""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, structs

from chatdesk.domain.elements import Element, Location
from chatdesk.domain.messages import LocalMessage, Message, MessageOrigin, MessageState, Quote, Reaction
from chatdesk.domain.places import is_place
from chatdesk.interchange import reading
from chatdesk.interchange.messages import NameUser, encode, message_object

ELEMENTS_KEY, MESSAGE_KEY, REACTIONS_KEY = "chatdesk_elements", "chatdesk_message", "chatdesk_reactions"
_CUSTOM_KEY = "message_cloud_custom_str"
_MOST_SYMBOLS, _MOST_USERS, _MOST_CHARS = 200, 10_000, 100
_Name = Annotated[str, Meta(max_length=1000)]
_Time = Annotated[int, Meta(ge=0, le=2**53)]
_UIKIT_TYPES = {"text": 1, "custom": 2, "image": 3, "sound": 4, "video": 5, "file": 6, "location": 7, "face": 8}
"""The numbers that the SDK's user interface gives to kinds of elements."""


class _Exact(Struct, frozen=True, omit_defaults=True):
    """`cloud_custom` only where the SDK's field says more than the message did."""

    reply_to: _Name = ""
    thread: _Name = ""
    edited_ms: _Time = 0
    is_note: bool = False
    is_forwarded: bool = False
    cloud_custom: str | None = None


def exact_object(message: Message) -> dict[str, Any]:
    """A message in the SDK's shape with everything that an import needs to make the same one."""
    found: dict[str, Any] = msgspec.to_builtins(message_object(message))
    found[ELEMENTS_KEY] = msgspec.to_builtins(message.elements)
    custom = _with_reply(message.cloud_custom, message.reply_to) if message.reply_to is not None else None
    if custom is not None:
        found[_CUSTOM_KEY] = custom
    found[MESSAGE_KEY] = msgspec.to_builtins(
        _Exact(
            message.reply_to.message_id if message.reply_to is not None else "",
            message.thread,
            message.edited_ms,
            message.origin is MessageOrigin.SAVED,
            message.is_forwarded,
            None if custom is None else message.cloud_custom,
        )
    )
    if message.reactions:
        found[REACTIONS_KEY] = [_reaction_object(reaction) for reaction in message.reactions]
    return found


def completed(values: Mapping[str, Any], item: LocalMessage, own_user_id: str, name_user: NameUser) -> LocalMessage:
    """The message that an import makes, with what an export said beside the SDK's fields."""
    exact = _exact(values)
    is_revoked = item.state is MessageState.REVOKED
    elements = _elements(values)
    revoker = _named(reading.string(values, "message_revoker_user_id"), name_user)
    return structs.replace(
        item,
        elements=() if is_revoked else item.elements if elements is None else elements,
        cloud_custom=item.cloud_custom if exact.cloud_custom is None else exact.cloud_custom,
        reply_to=exact.reply_to or _replied(item.cloud_custom),
        thread=exact.thread,
        edited_ms=exact.edited_ms,
        reactions=_reactions(values, own_user_id, name_user),
        revoked_by=(revoker or item.sender) if is_revoked else "",
        revoke_reason=reading.string(values, "message_revoke_reason") if is_revoked else "",
        is_note=exact.is_note and item.sender == own_user_id,
        is_forwarded=exact.is_forwarded,
    )


def _exact(values: Mapping[str, Any]) -> _Exact:
    try:
        return msgspec.convert(values.get(MESSAGE_KEY, {}), _Exact)
    except msgspec.ValidationError:
        return _Exact()


def _elements(values: Mapping[str, Any]) -> tuple[Element, ...] | None:
    """The elements of a message that chatdesk exported, if they are there and whole."""
    try:
        found = msgspec.convert(values[ELEMENTS_KEY], tuple[Element, ...])
    except (KeyError, msgspec.ValidationError):
        return None
    return found if all(is_place(element) for element in found if isinstance(element, Location)) else None


def _with_reply(cloud_custom: str, quote: Quote) -> str | None:
    """What goes with a message, with the reply in it; None where something else than an object stands there."""
    try:
        known = reading.read(cloud_custom) if cloud_custom else {}
    except reading.NotJson:
        return None
    if not isinstance(known, dict) or "messageReply" in known:
        return None
    reply = {
        "messageAbstract": quote.text,
        "messageID": quote.message_id,
        "messageSender": quote.sender_name,
        "messageType": _UIKIT_TYPES.get(quote.kind, 0),
        "version": 1,
    }
    return encode({**known, "messageReply": reply})


def _replied(cloud_custom: str) -> str:
    """The id of the message that one is a reply to, as the SDK's user interface says it; empty when it is none."""
    if "messageReply" not in cloud_custom:
        return ""
    try:
        known = reading.read(cloud_custom)
    except reading.NotJson:
        return ""
    reply = reading.mapping(known, "messageReply") if isinstance(known, dict) else {}
    return reading.string(reply, "messageID")[:1000]


def _reaction_object(reaction: Reaction) -> dict[str, Any]:
    return {
        "message_reaction_id": reaction.symbol,
        "message_reaction_partial_user_info_array": [{"user_profile_identifier": user} for user in reaction.users],
        "message_reaction_reacted_by_myself": reaction.is_mine,
        "message_reaction_total_user_count": len(reaction.users),
    }


def _reactions(values: Mapping[str, Any], own_user_id: str, name_user: NameUser) -> tuple[Reaction, ...]:
    found: dict[str, tuple[str, ...]] = {}
    for item in reading.sequence(values, REACTIONS_KEY)[:_MOST_SYMBOLS]:
        if not isinstance(item, dict):
            continue
        symbol = reading.string(item, "message_reaction_id")
        people = reading.sequence(item, "message_reaction_partial_user_info_array")[:_MOST_USERS]
        names = (reading.string(person, "user_profile_identifier") for person in people if isinstance(person, dict))
        users = tuple(dict.fromkeys(user for name in names if (user := _named(name, name_user))))
        if users and 0 < len(symbol) <= _MOST_CHARS and symbol not in found:
            found[symbol] = users
    return tuple(Reaction(symbol, users, own_user_id in users) for symbol, users in found.items())


def _named(name: str, name_user: NameUser) -> str:
    """The full id; empty for what nobody can be called."""
    try:
        return name_user(name) if name else ""
    except ValueError:
        return ""
