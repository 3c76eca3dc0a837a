"""Running a coroutine without a loop, as long as it waits for nothing.

Before the first picture there is no loop: what only reads the store, which then answers at once, ends at once.
"""

from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def finish(coroutine: Coroutine[Any, Any, T]) -> T:
    """Its result. It must not wait for anything: that is a defect, and an AssertionError."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    coroutine.close()
    raise AssertionError(f"{coroutine!r} waits")
