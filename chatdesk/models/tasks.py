"""The one door for coroutines started by slots: nothing that runs behind a gesture can fail silently.

Owns the running tasks and a reference to each until it ends. Main thread (the loop's) only. It must not retry and must
not show anything: who runs a coroutine says what happens with its end, everybody else hears `failed`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.at_once import finish
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
    """Runs coroutines for slots. `failed` carries a sentence for the user, unless `on_error` took it.

    `is_early`: made before there is a loop. Then what only reads the store ends with `finish_reads`, and everything
    else waits for `begin`.
    """

    failed = Signal(str)

    def __init__(self, parent: QObject | None = None, *, is_early: bool = False) -> None:
        super().__init__(parent)
        self._running: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_early = is_early
        self._reads: deque[Coroutine[Any, Any, None]] = deque()
        self._early: list[tuple[Coroutine[Any, Any, None], Coroutine[Any, Any, Any]]] = []
        if not is_early:
            with contextlib.suppress(RuntimeError):  # made before the loop runs: whichever runs at the first use
                self._loop = asyncio.get_running_loop()

    def run(
        self,
        coroutine: Coroutine[Any, Any, T],
        on_done: Callable[[T], None] | None = None,
        on_error: Callable[[str], None] | None = None,
        *,
        only_reads: bool = False,
    ) -> None:
        """Start `coroutine` on the loop. `on_done` gets its result; `on_error` gets the sentence instead of
        `failed`. A cancelled transfer is nobody's error. `only_reads`: it waits for the store and nothing else."""
        guarded = self._guard(coroutine, on_done, on_error)
        if not self._is_early:
            self._start(guarded, coroutine)
        elif only_reads:
            self._reads.append(guarded)
        else:
            self._early.append((guarded, coroutine))

    def finish_reads(self) -> None:
        """Before there is a loop: all that only reads the store, also what comes of it."""
        while self._reads:
            finish(self._reads.popleft())

    def begin(self) -> None:
        """There is a loop: what was started before runs now."""
        self.finish_reads()
        self._is_early = False
        for guarded, coroutine in self._early:
            self._start(guarded, coroutine)
        self._early.clear()

    def _start(self, guarded: Coroutine[Any, Any, None], coroutine: Coroutine[Any, Any, Any]) -> None:
        self._loop = self._loop or asyncio.get_running_loop()
        task = self._loop.create_task(guarded)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(lambda _: coroutine.close())  # cancelled before its first step: say it is not wanted

    async def close(self) -> None:
        """Cancel what still runs and wait for its end."""
        for unwanted in (*self._reads, *(one for pair in self._early for one in pair)):
            unwanted.close()
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
