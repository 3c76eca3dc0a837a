"""Starts accepted calls and sees to it that each is answered exactly once, also when the session or the program ends.

Loop thread only. Owns the tasks of calls that still run.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from chatdesk.core.session import Session
from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.wording import plain
from chatdesk.tim.codes import SUCCESS, Code, Result
from chatdesk.tim.delivery import Callback, Delivery
from chatdesk.tim.failures import Doing, code_of
from chatdesk.tim.operations import Refusal

_INTERRUPTED = "The session ended before this was answered."
_BROKEN = "Something went wrong in chatdesk; its log says more."
_log = logging.getLogger(__name__)

Operation = Callable[[Session, Delivery], Awaitable[str]]
Failed = Callable[[int, str], str]
"""The JSON that a failed call brings, from its code and description."""


def nothing(code: int, description: str) -> str:
    return ""


def empty_list(code: int, description: str) -> str:
    return "[]"


class Runner:
    def __init__(self) -> None:
        self.session: Session | None = None
        self.is_closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    def run(
        self,
        cb: Callback | None,
        user_data: object,
        operation: Operation,
        *,
        doing: Doing = Doing.OTHER,
        is_group: bool = False,
        failed: Failed = nothing,
    ) -> int:
        """Begin; what the call returns."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no loop to call back on
            return int(Result.SDKUNINIT)
        delivery = Delivery(cb, user_data)
        session = self.session
        if session is None:
            code = Code.NOT_INITIALIZED if self.is_closed else Code.NOT_LOGGED_IN
            said = "not initialized" if self.is_closed else "not login"
            loop.call_soon(delivery.finish, code, said, failed(code, said))
            return int(Result.SUCC)
        work = self._work(delivery, partial(operation, session, delivery), doing, is_group, failed)
        task = loop.create_task(work, name=f"tim {doing.name.lower()}")
        self._tasks.add(task)
        task.add_done_callback(partial(self._settle, delivery, failed))
        return int(Result.SUCC)

    async def stop(self) -> None:
        """End what runs; each call is answered before this returns."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(
        self, delivery: Delivery, operation: Callable[[], Awaitable[str]], doing: Doing, is_group: bool, failed: Failed
    ) -> None:
        try:
            json = await operation()
        except Refusal as refusal:
            code = refusal.code or code_of(refusal.error, doing, is_group)
            delivery.finish(code, plain(str(refusal.error)), refusal.json)
        except ChatdeskError as error:
            code = code_of(error, doing, is_group)
            words = plain(str(error))
            delivery.finish(code, words, failed(code, words))
        except Exception:
            _log.exception("An operation failed")
            delivery.finish(Code.INTERNAL_ERROR, _BROKEN, failed(Code.INTERNAL_ERROR, _BROKEN))
        else:
            delivery.finish(SUCCESS, "", json)

    def _settle(self, delivery: Delivery, failed: Failed, task: asyncio.Task[None]) -> None:
        """A cancelled task may never have begun: the answer is given here."""
        self._tasks.discard(task)
        if not delivery.is_done:
            delivery.finish(Code.INTERRUPT, _INTERRUPTED, failed(Code.INTERRUPT, _INTERRUPTED))
