"""What a window remembers between starts and may lie in clear: its place, its size, its palette. Main thread only.

Who the account talks to does not belong here: that is in the encrypted store.
"""

import logging
from pathlib import Path

import msgspec

_log = logging.getLogger(__name__)


class WindowSettings(msgspec.Struct, frozen=True):
    """`geometry` and `panes` are Qt's own bytes."""

    geometry: bytes = b""
    panes: bytes = b""
    scheme: str = "system"


def load(path: Path) -> WindowSettings:
    """What was saved; the defaults when there is nothing or it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=WindowSettings)
    except FileNotFoundError:
        return WindowSettings()
    except (OSError, msgspec.DecodeError) as error:
        _log.warning("The window's settings cannot be read and start anew: %s", error)
        return WindowSettings()


def save(path: Path, settings: WindowSettings) -> None:
    temporary = path.with_name(path.name + ".new")
    try:
        temporary.write_bytes(msgspec.json.encode(settings))
        temporary.replace(path)
    except OSError as error:
        _log.warning("The window's settings cannot be saved: %s", error)
