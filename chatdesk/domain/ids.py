"""Names of things: conversations and users. Pure, any thread."""

from enum import IntEnum
from typing import NamedTuple


class ConversationType(IntEnum):
    """Kind of a conversation, numbered as the SDK's TIMConvType."""

    C2C = 1
    GROUP = 2

    __hash__ = int.__hash__  # of Enum it is a function in Python, called for every look-up of a conversation


class ConversationId(NamedTuple):
    """One conversation of the account.

    `id` is the peer's user id (C2C) or the id of the group's channel (GROUP). The server-side streams that
    carry a conversation are called channels here: a group has exactly one, a C2C one or more.
    """

    type: ConversationType
    id: str


def server_name(user_id: str) -> str:
    """The server part of `@name:server[:port]`; an empty string when there is none."""
    return user_id.partition(":")[2]


def localpart(user_id: str) -> str:
    """The name part of `@name:server`."""
    return user_id.partition(":")[0].removeprefix("@")


def qualify_user_id(text: str, own_user_id: str) -> str:
    """The full user id a person meant: `bob`, `@bob` and `@bob:server` all work.

    A short form belongs to the server of `own_user_id` and is folded to lower case, as servers register names today.
    Raises ValueError with words for the user.
    """
    name = text.strip().removeprefix("@")
    if not name:
        raise ValueError("Type a user name, for example @ben:example.org")
    user, colon, server = name.partition(":")
    if not user or any(c.isspace() for c in name) or (colon and not server):
        raise ValueError(f"“{text.strip()}” is not a user name. It looks like @ben:example.org")
    return f"@{name}" if colon else f"@{user.lower()}:{server_name(own_user_id)}"
