"""What the arguments of a call must be: the checks whose answer a call returns at once. Pure, any thread.

The order is the vendor's: first every argument (-4), then the JSON (-3). What only the server or the store can know
comes by callback.
"""

from typing import Any, NamedTuple

from chatdesk.domain.ids import ConversationType
from chatdesk.interchange import reading
from chatdesk.tim.codes import Result

Object = dict[str, Any]
_TYPES = {int(type_): type_ for type_ in ConversationType}


class Refused(Exception):
    """The call is not accepted; `result` is what it returns."""

    def __init__(self, result: Result) -> None:
        super().__init__(result.name)
        self.result = result


class Address(NamedTuple):
    """The conversation a call names, as it named it."""

    type: ConversationType
    id: str

    @property
    def is_group(self) -> bool:
        return self.type is ConversationType.GROUP


def callback(cb: object) -> None:
    if cb is not None and not callable(cb):
        raise Refused(Result.PARAM)


def address(conv_id: object, conv_type: object) -> Address:
    return Address(conversation_type(conv_type), filled(conv_id))


def conversation_type(conv_type: object) -> ConversationType:
    if not isinstance(conv_type, int) or isinstance(conv_type, bool) or conv_type not in _TYPES:
        raise Refused(Result.PARAM)
    return _TYPES[conv_type]


def filled(argument: object) -> str:
    """A text argument that must not be NULL or empty."""
    if not isinstance(argument, str | bytes) or not argument:
        raise Refused(Result.PARAM)
    return reading.text_of(argument)


def filled_object(json: str) -> Object:
    found = any_object(json)
    if not found:
        raise Refused(Result.JSON)
    return found


def any_object(json: str) -> Object:
    found = _read(json)
    if not isinstance(found, dict):
        raise Refused(Result.JSON)
    return found


def array(json: str) -> list[Any]:
    found = _read(json)
    if not isinstance(found, list):
        raise Refused(Result.JSON)
    return found


def import_items(json: str) -> list[Any]:
    """The messages of an import, unread. An empty object among them is refused: there the vendor's library crashes."""
    try:
        items: list[Any] = reading.read_items(json)
    except reading.NotJson:
        raise Refused(Result.JSON) from None
    if not items or not all(map(reading.is_filled_object, items)):
        raise Refused(Result.JSON)
    return items


def delete_object(json: str) -> Object:
    """Without a message, or with `{}`, everything is meant; anything else that is no message is refused."""
    found = any_object(json)
    if not isinstance(found.get("msg_delete_param_msg", {}), dict):
        raise Refused(Result.JSON)
    return found


def batch_object(json: str) -> Object:
    """Without recipients the vendor's library never calls back; here that is refused."""
    found = any_object(json)
    users = found.get("msg_batch_send_param_identifier_array")
    if found.get("msg_batch_send_param_msg") == {} or not isinstance(users, list) or not users:
        raise Refused(Result.JSON)
    return found


def lenient_object(argument: object) -> Object | None:
    """The message of a read report: NULL, "" and `{}` are empty, None is what cannot be read. Never refused."""
    if argument is None or argument in ("", b""):
        return {}
    if not isinstance(argument, str | bytes):
        return None
    try:
        found = reading.read(reading.text_of(argument))
    except reading.NotJson:
        return None
    return found if isinstance(found, dict) else None


def _read(json: str) -> Any:
    try:
        return reading.read(json)
    except reading.NotJson:
        raise Refused(Result.JSON) from None
