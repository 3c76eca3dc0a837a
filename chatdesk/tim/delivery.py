"""How a call's answer comes back: once, on the loop, after the call has returned. Loop thread only.

A callback that raises is logged and hurts nobody; it is not called again.
"""

import logging
from collections.abc import Callable

Callback = Callable[[int, str, str, object], object]
"""`cb(code, desc, json_param, user_data)`."""

_log = logging.getLogger(__name__)


class Delivery:
    def __init__(self, callback: Callback | None, user_data: object) -> None:
        self._callback = callback
        self._user_data = user_data
        self.is_done = False

    def tell(self, code: int, description: str, json: str) -> None:
        """On the way: a download's progress. Nothing comes after the result."""
        if not self.is_done:
            self._call(code, description, json)

    def finish(self, code: int, description: str, json: str) -> None:
        """The result; a second one is dropped."""
        if not self.is_done:
            self.is_done = True
            self._call(code, description, json)

    def _call(self, code: int, description: str, json: str) -> None:
        if self._callback is not None:
            guarded(self._callback, int(code), description, json, self._user_data)


def guarded(callback: Callable[..., object], *arguments: object) -> None:
    """Call a program's function; what it raises is the program's mistake and ends here."""
    try:
        callback(*arguments)
    except Exception:
        _log.exception("A callback failed")
