"""Uploads and downloads as the user sees them. Pure, any thread."""

from enum import IntEnum

from msgspec import Struct

from chatdesk.domain.elements import Media


class DownloadState(IntEnum):
    WAITING = 1
    RUNNING = 2
    DONE = 3
    FAILED = 4
    CANCELLED = 5
    PAUSED = 6
    CHECKING = 7
    """Its bytes are all here and are being compared with what was sent."""
    MISSING = 8
    """It was complete, and is not at its place any more: moved, renamed or deleted by somebody."""


class DownloadNote(IntEnum):
    """What else there is to say about a download."""

    NOTHING = 0
    BEGAN_ANEW = 1
    """The server could not go on where it had stopped."""
    UNCHANGED = 2
    CHANGED = 3
    """What looking at the file again has shown: it is, or is not, what was downloaded."""
    OTHER_VERSION = 4
    """It began anew, for the server had another file than before."""


class Download(Struct, frozen=True, gc=False):
    """One row of the downloads pane.

    `path` is where the file is or will be; `received` and `total` in bytes (`total` 0 when the server did not say);
    `rate` in bytes per second; `failure` a sentence for the user. `etag` is what the
    server called this version of the file, `sha256` (hex) what the finished file has here.
    """

    id: int
    message_key: int
    element_index: int
    media: Media
    path: str
    state: DownloadState
    received: int = 0
    total: int = 0
    rate: float = 0.0
    failure: str = ""
    started_ms: int = 0
    etag: str = ""
    sha256: str = ""
    note: DownloadNote = DownloadNote.NOTHING


class UploadProgress(Struct, frozen=True, gc=False):
    """Bytes of one file of an own message that have left; `message_key` names the message (0: none yet)."""

    message_key: int
    sent: int
    total: int
    element_index: int = 0
