"""What people may do in a group, as its power levels say. Pure, any thread."""

from enum import IntEnum

from msgspec import Struct, structs

OWNER_POWER = 1 << 53
"""More than any level a server can name: of those who made a group and can never lose it."""
ADMIN_POWER = 100
MODERATOR_POWER = 50


class Role(IntEnum):
    MEMBER = 0
    MODERATOR = 1
    ADMIN = 2
    OWNER = 3


class Powers(Struct, frozen=True):
    """`users` have a level of their own, everybody else `default`; the other numbers are the least level for a deed.

    The defaults are those of a group that never said anything, as the specification gives them.
    """

    users: dict[str, int] = {}
    default: int = 0
    invite: int = 0
    remove: int = 50
    recall: int = 50
    """To take back what others wrote."""
    name: int = 50
    topic: int = 50
    avatar: int = 50
    pin: int = 50
    """To pin messages, for everybody."""
    creators: tuple[str, ...] = ()
    """Those above every level."""

    def of(self, user_id: str) -> int:
        return OWNER_POWER if user_id in self.creators else self.users.get(user_id, self.default)

    def with_creators(self, creators: tuple[str, ...]) -> "Powers":
        return structs.replace(self, creators=creators)


def role_of(power: int) -> Role:
    if power >= OWNER_POWER:
        return Role.OWNER
    if power >= ADMIN_POWER:
        return Role.ADMIN
    return Role.MODERATOR if power >= MODERATOR_POWER else Role.MEMBER
