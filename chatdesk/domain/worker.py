"""A thread of its own for one kind of work, which would hold up the loop."""

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

P = ParamSpec("P")
T = TypeVar("T")


class Worker:
    """One call after the other, in the order they came. The thread starts with the first."""

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def _thread(self) -> "ThreadPoolExecutor":
        from concurrent.futures import ThreadPoolExecutor  # the first picture does without

        return ThreadPoolExecutor(1, self._name)

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `function` returns or raises. Cancelled while it waits it never runs; while it runs it ends unheard."""
        return await asyncio.wrap_future(self._thread.submit(function, *args, **kwargs))

    def stop(self) -> None:
        """What waits is not done any more; what runs ends by itself."""
        if "_thread" in self.__dict__:
            self._thread.shutdown(wait=False, cancel_futures=True)
