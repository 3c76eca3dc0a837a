"""Whether chatdesk starts with the computer. The system knows, so nothing is kept here; the app brings the way."""

from typing import Protocol


class Autostart(Protocol):
    def is_on(self) -> bool: ...

    def set_on(self, is_on: bool) -> None:
        """Raises ChatdeskError with a sentence when the system does not let it."""
