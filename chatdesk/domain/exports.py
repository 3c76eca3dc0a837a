"""Writing a conversation into a file. Pure, any thread."""

from enum import StrEnum

from msgspec import Struct

ALWAYS_MS = 1 << 62


class ExportFormat(StrEnum):
    JSON = "json"
    HTML = "html"
    TEXT = "txt"


class ExportWish(Struct, frozen=True):
    """`from_ms` <= time < `until_ms`. `is_complete`: what is missing here is fetched from the server first.

    `with_files`: a page gets a folder beside it with every file. `missing` and `unlinked` are the words for a file that
    could not be had, and for one that could run something in the browser.
    """

    format: ExportFormat
    title: str
    from_ms: int = 0
    until_ms: int = ALWAYS_MS
    is_complete: bool = False
    is_mirrored: bool = False
    """The user reads from right to left."""
    with_files: bool = False
    missing: str = ""
    unlinked: str = ""


class Exported(Struct, frozen=True):
    """How far an export is: messages written, files beside them, files that could not be had.

    What the system writes between the messages (joined, left) is written too, but not counted, here as in the history.
    """

    messages: int = 0
    files: int = 0
    missing: int = 0


class LineFile(Struct, frozen=True):
    """A file of a message in a page: of which element it is, its name, its size in words. `href` leads to it beside the
    page; `picture` is shown in its place, `poster` above its name (each encoded as its bytes begin); `note` says why
    there is neither."""

    element: int
    name: str
    facts: str = ""
    href: str = ""
    picture: bytes = b""
    poster: bytes = b""
    note: str = ""


class Line(Struct, frozen=True):
    """A message as people read it: `day` and `time` in words, `name` empty for lines of the system. `quote`: who is
    answered, and what. `html`: the text as its sender formatted it, as it came, where it came so."""

    day: str
    time: str
    name: str
    text: str
    is_self: bool = False
    mark: str = ""
    quote: tuple[str, str] | None = None
    reactions: tuple[str, ...] = ()
    files: tuple[LineFile, ...] = ()
    html: str = ""
