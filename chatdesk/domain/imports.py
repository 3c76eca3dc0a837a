"""Bringing in messages from a file: what is in it, what was brought in. Pure, any thread."""

from pathlib import Path

from msgspec import Struct

from chatdesk.domain.ids import ConversationId


class ImportPreview(Struct, frozen=True):
    """What a file holds. `people`: how many messages each sender has, the one with the most first; `names`: what the
    file calls them, where it does; times in seconds.

    `skipped` cannot be brought in: `tips` are lines of the system, `broken` no messages, `empty` messages with nothing
    in them. `conversations`: how many different ones the messages say they come from.
    """

    path: Path
    count: int
    people: tuple[tuple[str, int], ...] = ()
    first_s: int = 0
    last_s: int = 0
    tips: int = 0
    broken: int = 0
    empty: int = 0
    conversations: int = 1
    names: dict[str, str] = {}

    @property
    def skipped(self) -> int:
        return self.tips + self.broken + self.empty


class ImportBatch(Struct, frozen=True):
    """One import, to be undone as a whole. `count`: the messages it added."""

    id: int
    conversation: ConversationId
    source: str
    time_ms: int
    count: int
