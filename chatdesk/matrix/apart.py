"""A loop of its own for what moves whole files: thousands of reads a second wait for no window, and no window for them.

A plain asyncio loop in one thread, begun with the first file. Owns nothing but that thread: whatever the work has to
say to the rest of the program it must say on the program's own loop.
"""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Apart:
    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._over = asyncio.Event()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What comes of it there. Cancelled, it has ended (and let go of its files) before this does."""
        loop, here = self._begun(), asyncio.get_running_loop()
        ended: asyncio.Future[T] = here.create_future()
        tasks: list[asyncio.Task[T]] = []

        def begin() -> None:
            task = loop.create_task(work)
            tasks.append(task)
            task.add_done_callback(lambda task: here.call_soon_threadsafe(_hand_over, task, ended))

        loop.call_soon_threadsafe(begin)
        try:
            return await asyncio.shield(ended)
        except asyncio.CancelledError:
            if not ended.done():
                loop.call_soon_threadsafe(lambda: tasks[0].cancel())
                await asyncio.wait([ended])
            raise

    async def close(self) -> None:
        """End the thread, and what is still under way there."""
        loop, self._loop = self._loop, None
        if loop is not None and self._thread is not None:
            loop.call_soon_threadsafe(self._over.set)
            await asyncio.to_thread(self._thread.join)

    def _begun(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._over = asyncio.Event()
            runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
            self._loop = runner.get_loop()
            self._thread = threading.Thread(target=_serve, args=(runner, self._over), name="files", daemon=True)
            self._thread.start()
        return self._loop


def _serve(runner: asyncio.Runner, over: asyncio.Event) -> None:
    with runner:
        runner.run(_stay(over))


async def _stay(over: asyncio.Event) -> None:
    await over.wait()


def _hand_over(task: asyncio.Task[T], ended: asyncio.Future[T]) -> None:
    if ended.done():
        return
    if task.cancelled():
        ended.cancel()
    elif (error := task.exception()) is not None:
        ended.set_exception(error)
        ended.exception()  # who was cancelled meanwhile does not ask for it
    else:
        ended.set_result(task.result())
