"""The one door for coroutines started by slots: nothing that runs behind a gesture can fail silently.

Owns the running tasks and a reference to each until it ends. Main thread (the loop's) only. It must not retry and must
not show anything: who runs a coroutine says what happens with its end, everybody else hears `failed`.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.errors import ChatdeskError, TransferCancelled
from chatdesk.models.sentences import translated

log = logging.getLogger(__name__)
T = TypeVar("T")


class Run(Protocol):
    """`Tasks.run` as others take it; a test may hand over anything of this shape."""

    def __call__(
        self,
        coroutine: Coroutine[Any, Any, T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[str], None] | None = None,
    ) -> None: ...


class Tasks(QObject):
    """Runs coroutines for slots. `failed` carries a sentence for the user, unless `on_error` took it."""

    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[asyncio.Task[None]] = set()
        try:
            self._loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None  # made before the loop runs: whichever runs at the first use

    def run(
        self,
        coroutine: Coroutine[Any, Any, T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[str], None] | None = None,
    ) -> None:
        """Start `coroutine` on the loop. `on_done` gets its result; `on_error` gets the sentence instead of
        `failed`. A cancelled transfer is nobody's error."""
        self._loop = self._loop or asyncio.get_running_loop()
        task = self._loop.create_task(self._guard(coroutine, on_done, on_error))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(lambda _: coroutine.close())  # cancelled before its first step: say it is not wanted

    async def close(self) -> None:
        """Cancel what still runs and wait for its end."""
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _guard(
        self,
        coroutine: Coroutine[Any, Any, T],
        on_done: Callable[[T], None] | None,
        on_error: Callable[[str], None] | None,
    ) -> None:
        try:
            result = await coroutine
            if on_done is not None:
                on_done(result)
        except TransferCancelled:
            log.debug("transfer cancelled by the user")
        except ChatdeskError as error:
            log.info("%s: %s", type(error).__name__, error)
            (on_error or self.failed.emit)(translated(str(error)))
        except Exception:
            log.exception("a task started by a slot failed")
            sentence = self.tr("Something went wrong. The log file has the details; please try again.")
            (on_error or self.failed.emit)(sentence)
