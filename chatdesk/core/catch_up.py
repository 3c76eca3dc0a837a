"""Brings the whole past of a conversation to this device: once when asked, or always for those that are kept offline.

Loop thread only. One page after the other, so that whoever scrolls up meanwhile waits for one page at most; it goes on
by itself when the line comes back. It must not decide what a gap is: that is `History` and the store.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from chatdesk.core.feed import Feed
from chatdesk.core.history import History
from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line, backoff_s
from chatdesk.core.task_set import TaskSet
from chatdesk.domain.changes import Changes
from chatdesk.domain.errors import ChatdeskError, NetworkError, RateLimited, SessionEnded, TemporaryServerError
from chatdesk.domain.holdings import Fetch, Holdings
from chatdesk.domain.ids import ConversationId
from chatdesk.store import conversations, holdings

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

_REST_S = 0.25
"""Between two pages nobody waits for."""

_log = logging.getLogger(__name__)


@dataclass
class _Job:
    conversation: ConversationId
    is_background: bool
    fetched: int = 0
    stopped: asyncio.Event = field(default_factory=lambda: asyncio.Event())


class CatchUp:
    def __init__(self, ledger: Ledger, history: History, server: Homeserver, line: Line, tasks: TaskSet) -> None:
        self.states: Feed[Fetch] = Feed()
        self._ledger = ledger
        self._history = history
        self._server = server
        self._line = line
        self._tasks = tasks
        self._jobs: dict[ConversationId, _Job] = {}
        self._states: dict[ConversationId, Fetch] = {}
        self._kept: set[ConversationId] = set()
        self._due: dict[ConversationId, None] = {}
        self._started: dict[ConversationId, int] = {}
        ledger.changes.subscribe(self._on_changes)

    @cached_property
    def _is_due(self) -> asyncio.Event:
        return asyncio.Event()

    async def run(self) -> None:
        """Fill the gaps of what is kept, one conversation after the other, as long as the session lives."""
        self._kept.update(await self._ledger.database.read(holdings.kept))
        self.wake()
        while True:
            await self._is_due.wait()
            self._is_due.clear()
            while self._due:
                conversation = next(iter(self._due))
                del self._due[conversation]
                if conversation in self._kept and conversation not in self._jobs:
                    await self._work(self._begin(conversation, is_background=True))

    def wake(self) -> None:
        """The line is back, or the session: what failed before is worth another look."""
        for conversation in self._kept:
            self._want(conversation)

    async def holdings(self, conversation: ConversationId) -> Holdings:
        return await self._ledger.database.read(holdings.of, conversation)

    async def started_ms(self, conversation: ConversationId) -> int:
        """When the conversation began, as its server says; 0 when it does not. Raises SessionEnded."""
        if conversation not in self._started:
            found: list[int] = []
            for channel, _, _ in await self._ledger.database.read(conversations.channels, conversation):
                try:
                    found.append(await self._server.first_time_ms(channel))
                except SessionEnded:
                    raise
                except (NetworkError, TemporaryServerError, RateLimited) as error:
                    _log.info("The server cannot be asked for the start of a conversation: %s", error)
                    return 0
                except ChatdeskError as error:  # an older server, or one that does not tell this account
                    _log.info("The server does not say when a conversation began: %s", error)
            self._started[conversation] = min((time_ms for time_ms in found if time_ms > 0), default=0)
        return self._started[conversation]

    def state_of(self, conversation: ConversationId) -> Fetch:
        return self._states.get(conversation) or Fetch(conversation)

    def fetch_all(self, conversation: ConversationId) -> None:
        """Everything the server has of a conversation, from now until it is here, `stop` or a failure; see `states`."""
        job = self._jobs.get(conversation)
        if job is not None:
            job.is_background = False
            self._tell(job)
        else:
            self._tasks.spawn(self._fetch_refused_too(self._begin(conversation, is_background=False)), "fetching all")

    def stop(self, conversation: ConversationId) -> None:
        """End a fetch after the page it is waiting for."""
        job = self._jobs.get(conversation)
        if job is not None:
            job.stopped.set()

    async def keep(self, conversation: ConversationId, is_kept: bool) -> None:
        """Keep the whole past of a conversation on this device from now on, or no longer; what is here stays."""
        await self._ledger.database.write(holdings.set_kept, conversation, is_kept)
        if is_kept:
            self._kept.add(conversation)
            self._want(conversation)
        else:
            self._kept.discard(conversation)
            job = self._jobs.get(conversation)
            if job is not None and job.is_background:
                job.stopped.set()

    def _want(self, conversation: ConversationId) -> None:
        self._due[conversation] = None
        self._is_due.set()

    def _on_changes(self, changes: Changes) -> None:
        for conversation in changes.gapped:
            if conversation in self._kept:
                self._want(conversation)

    def _begin(self, conversation: ConversationId, is_background: bool) -> _Job:
        job = self._jobs[conversation] = _Job(conversation, is_background)
        self._tell(job)
        return job

    async def _fetch_refused_too(self, job: _Job) -> None:
        await self._ledger.database.write(holdings.ask_again, job.conversation)
        await self._work(job)

    async def _work(self, job: _Job) -> None:
        failure = ""
        try:
            await self._fill(job)
        except ChatdeskError as error:
            failure = str(error)
            _log.info("Fetching the past ended: %s", error)
        finally:
            del self._jobs[job.conversation]
            self._tell(job, failure)

    async def _fill(self, job: _Job) -> None:
        attempt = 0
        while not job.stopped.is_set():
            try:
                count = await self._history.fill_newest(job.conversation)
            except RateLimited as error:
                await self._rest(job, error.retry_after_s)
                continue
            except (NetworkError, TemporaryServerError) as error:
                _log.info("Fetching the past waits for the server: %s", error)
                self._tell(job, is_waiting=True)
                await self._await_line(job, backoff_s(attempt))
                attempt += 1
                continue
            if count is None:
                return
            attempt = 0
            job.fetched += count
            self._tell(job)
            if job.is_background:
                await self._rest(job, _REST_S)

    async def _rest(self, job: _Job, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(job.stopped.wait(), seconds)

    async def _await_line(self, job: _Job, seconds: float) -> None:
        pause = asyncio.ensure_future(self._line.pause(seconds))
        stop = asyncio.ensure_future(job.stopped.wait())
        try:
            await asyncio.wait((pause, stop), return_when=asyncio.FIRST_COMPLETED)
        finally:
            pause.cancel()
            stop.cancel()

    def _tell(self, job: _Job, failure: str = "", is_waiting: bool = False) -> None:
        state = Fetch(
            job.conversation,
            is_running=self._jobs.get(job.conversation) is job,
            is_waiting=is_waiting,
            is_background=job.is_background,
            fetched=job.fetched,
            failure=failure,
        )
        self._states[job.conversation] = state
        self.states.publish(state)
