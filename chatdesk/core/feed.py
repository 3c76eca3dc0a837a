"""A list of listeners. Everything happens on the loop's thread; a failing listener is logged and hurts nobody else."""

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Feed(Generic[T]):
    def __init__(self) -> None:
        self._listeners: list[Callable[[T], None]] = []

    def subscribe(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Call `listener` with everything published from now on; returns the call that ends it."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def publish(self, item: T) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(item)
            except Exception:
                _log.exception("A listener failed")
