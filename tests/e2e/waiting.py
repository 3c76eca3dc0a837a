"""Waiting for what other processes bring about: a condition is looked at again and again, never a fixed time slept."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 60.0
"""Far more than anything takes: it only decides how long a broken program is given on a loaded machine."""
_POLL_S = 0.05


def until(
    look: Callable[[], T | None], what: str, timeout_s: float = PATIENCE_S, describe: Callable[[], str] = str
) -> T:
    """What `look` finds, as soon as it finds something. `describe` says how things stand when it never does."""
    deadline = time.monotonic() + timeout_s
    while not (found := look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"After {timeout_s:.0f} s still not seen: {what}\n{describe()}")
        time.sleep(_POLL_S)
    return found
