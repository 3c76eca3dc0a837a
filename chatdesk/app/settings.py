"""What a window remembers between starts and may lie in clear: place, size and the user's choices. Main thread only.

Who the account talks to does not belong here: that is in the encrypted store.
"""

import logging
from pathlib import Path

import msgspec

from chatdesk.models.settings import Preferences, mended

_log = logging.getLogger(__name__)


class WindowSettings(Preferences, frozen=True):
    """`geometry` and `panes` are Qt's own bytes; the rest is the user's choice."""

    geometry: bytes = b""
    panes: bytes = b""

    @classmethod
    def of(cls, preferences: Preferences, geometry: bytes, panes: bytes) -> "WindowSettings":
        return cls(**{**msgspec.structs.asdict(preferences), "geometry": geometry, "panes": panes})

    @property
    def preferences(self) -> Preferences:
        chosen = {field: getattr(self, field) for field in Preferences.__struct_fields__}
        return mended(Preferences(**chosen))


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
