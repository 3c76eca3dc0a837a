"""How much of a conversation is on this device, what only the server has, and what nobody gives. Pure, any thread."""

from enum import IntEnum

from msgspec import Struct

from chatdesk.domain.ids import ConversationId


class Bottom(IntEnum):
    """What lies below the oldest message here."""

    START = 1
    """Nothing: it is the first one there ever was."""
    MORE = 2
    """More, on the server."""
    HIDDEN = 3
    """More, but the server does not show it to this account."""
    CLEARED = 4
    """What the account has cleared away."""


class Part(IntEnum):
    HERE = 1
    SERVER = 2
    MISSING = 3


class Hole(Struct, frozen=True, gc=False):
    """Messages between two times are not here. `from_ms` 0: from the very start; `until_ms` 0: up to now.
    `is_refused`: the server does not give them to this account."""

    from_ms: int
    until_ms: int
    is_refused: bool = False


class Span(Struct, frozen=True, gc=False):
    part: Part
    from_ms: int
    until_ms: int


class Holdings(Struct, frozen=True):
    """`count` messages are here (lines of the system are not counted), `local_count` of them only on this computer.
    The server's reach from `oldest_ms` to `newest_ms` (0: none). `holes` come oldest first. `is_kept`: the past is
    fetched without being asked for."""

    count: int = 0
    local_count: int = 0
    oldest_ms: int = 0
    newest_ms: int = 0
    holes: tuple[Hole, ...] = ()
    bottom: Bottom = Bottom.START
    is_kept: bool = False

    @property
    def can_fetch(self) -> bool:
        """The server may have more."""
        return bool(self.holes)

    @property
    def since_ms(self) -> int:
        """From when on nothing is left on the server; 0: nothing is."""
        return next((hole.until_ms or self.newest_ms for hole in reversed(self.holes) if not hole.is_refused), 0)

    def spans(self, started_ms: int, now_ms: int) -> tuple[Span, ...]:
        """The time from the conversation's start (0: not known) to now, without overlaps and without holes; oldest
        first. Clocks that disagree make a part short, never negative."""
        start = min(started_ms or self.oldest_ms or now_ms, self.oldest_ms or now_ms, now_ms)
        spans: list[Span] = []

        def add(part: Part, until_ms: int) -> None:
            last = spans[-1].until_ms if spans else start
            until_ms = min(max(until_ms, last), now_ms)
            if spans and spans[-1].part is part:
                spans[-1] = Span(part, spans[-1].from_ms, until_ms)
            elif until_ms > last or part is not Part.HERE:
                spans.append(Span(part, last, until_ms))

        if self.bottom in (Bottom.HIDDEN, Bottom.CLEARED) and self.oldest_ms > start:
            add(Part.MISSING, self.oldest_ms)
        for hole in self.holes:
            add(Part.HERE, hole.from_ms)
            add(Part.MISSING if hole.is_refused else Part.SERVER, hole.until_ms or now_ms)
        add(Part.HERE, now_ms)
        return tuple(spans)


class Fetch(Struct, frozen=True, gc=False):
    """How fetching a conversation's past goes. `fetched` messages came so far; `is_waiting`: the server cannot be
    reached, it goes on by itself; `failure`: a sentence, and it ended; `is_background`: nobody asked for it now."""

    conversation: ConversationId
    is_running: bool = False
    is_waiting: bool = False
    is_background: bool = False
    fetched: int = 0
    failure: str = ""
