"""How to name a message without its id. Pure, any thread."""

from msgspec import Struct

from chatdesk.domain.messages import Message

_RAND_BITS = 32
_RAND_MASK = (1 << _RAND_BITS) - 1


class Locator(Struct, frozen=True, gc=False):
    """Names one message of a conversation by its second and random number (or both in `unique_id`).

    `seq` decides only where nothing else does: the server has no such number, so every device counts its own.
    `is_revoked` tells what the message was when it was named and does not narrow the search.
    """

    time_s: int = 0
    seq: int = 0
    rand: int = 0
    is_self: bool = False
    unique_id: int = 0
    is_revoked: bool = False

    @property
    def second(self) -> int:
        return self.time_s or self.unique_id >> _RAND_BITS

    @property
    def number(self) -> int:
        """The random number, 0 when the locator has none."""
        return self.rand or self.unique_id & _RAND_MASK

    def fits(self, message: Message) -> bool:
        """Whether this names `message`: second, sender and random number, or the seq where there is no number."""
        if message.is_self != self.is_self or message.time_ms // 1000 != self.second:
            return False
        if self.number:
            return message.rand == self.number
        return bool(self.seq) and message.seq == self.seq


def locator_of(message: Message) -> Locator:
    return Locator(
        message.time_ms // 1000,
        message.seq,
        message.rand,
        message.is_self,
        message.unique_id,
        bool(message.revoked_by),
    )
