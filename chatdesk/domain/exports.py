"""Writing a conversation into a file. Pure, any thread."""

from enum import StrEnum

from msgspec import Struct

ALWAYS_MS = 1 << 62


class ExportFormat(StrEnum):
    JSON = "json"
    HTML = "html"
    TEXT = "txt"


class ExportWish(Struct, frozen=True):
    """`from_ms` <= time < `until_ms`. `is_complete`: what is missing here is fetched from the server first."""

    format: ExportFormat
    title: str
    from_ms: int = 0
    until_ms: int = ALWAYS_MS
    is_complete: bool = False
    is_mirrored: bool = False
    """The user reads from right to left."""


class Line(Struct, frozen=True):
    """A message as people read it: `day` and `time` in words, `name` empty for lines of the system. `pictures` are
    encoded, as their bytes begin so are they shown."""

    day: str
    time: str
    name: str
    text: str
    is_self: bool = False
    mark: str = ""
    pictures: tuple[bytes, ...] = ()
