"""A window on a conversation: at its newest messages, or somewhere in the middle, with gaps and while things arrive."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from chatdesk.core.history import History
from chatdesk.core.ledger import Ledger
from chatdesk.core.task_set import TaskSet
from chatdesk.core.timeline import PAGE, Timeline
from chatdesk.domain.changes import Changes, Gap, LoadState, apply_diff
from chatdesk.domain.elements import Text
from chatdesk.domain.errors import NetworkError
from chatdesk.domain.messages import Message, SendOptions
from chatdesk.store import messages, outbox
from chatdesk.store.database import Database
from chatdesk.store.sync import apply_history, apply_sync
from tests.unit.store.server_log import GROUP, ME, ServerLog

KEY = bytes(range(32))


class Past(History):
    """History whose server is a list; `is_down`: it cannot be reached."""

    def __init__(self, ledger: Ledger, log: ServerLog) -> None:
        super().__init__(ledger, None, None)  # type: ignore[arg-type]
        self.log = log
        self.is_down = False
        self.asked = 0

    async def _fill(self, gap: Gap, limit: int) -> int:
        self.asked += 1
        await asyncio.sleep(0)
        if self.is_down:
            raise NetworkError("no line")
        page = self.log.history(gap.token, limit)
        changes = await self._ledger.database.write(apply_history, gap, page, ME)
        self._ledger.publish(
            Changes(conversations=changes.conversations, messages=changes.messages, resets=changes.resets)
        )
        return len(changes.messages)


class World:
    def __init__(self, database: Database) -> None:
        self.log = ServerLog()
        self.ledger = Ledger(database, ME)
        self.past = Past(self.ledger, self.log)
        self.tasks = TaskSet()
        self.timeline = Timeline(GROUP, self.ledger, self.past, self.tasks)
        self.shown: list[Message] = []
        self.timeline.diffs.subscribe(lambda diff: apply_diff(self.shown, diff))

    async def say(self, count: int, limit: int = 1000) -> None:
        for _ in range(count):
            self.log.say(f"{len(self.log.messages)}")
        self.ledger.publish(await self.ledger.database.write(apply_sync, self.log.sync(limit), ME, 1))

    async def key_of(self, number: int) -> int:
        found = await self.ledger.database.read(messages.by_message_id, self.log.messages[number].message_id)
        return found.key if found is not None else 0

    def numbers(self) -> list[int]:
        assert self.shown == self.timeline.items
        return [int(message.text) for message in self.shown]

    async def settle(self, condition: Callable[[], object] = lambda: True) -> None:
        for _ in range(200):
            await asyncio.sleep(0.005)
            if condition() and not self.tasks._tasks:
                return
        raise AssertionError("it did not happen")


@asynccontextmanager
async def world(directory: Path) -> AsyncIterator[World]:
    database = await Database.open(directory / "store.db", KEY)
    made = World(database)
    try:
        yield made
    finally:
        made.timeline.close()
        await made.tasks.close()
        await database.close()


async def test_around_a_message_and_back_to_the_newest(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.say(300)
        timeline = here.timeline
        await timeline.open()
        assert here.numbers() == list(range(250, 300))
        assert await timeline.open_around(await here.key_of(100))
        assert here.numbers() == list(range(51, 151))
        assert not timeline.is_at_newest
        await here.say(3)
        assert len(timeline.missed) == 3
        assert here.numbers()[-1] == 150
        await timeline.page_newer()
        await timeline.page_older()
        assert here.numbers() == list(range(1, 201))
        while not timeline.is_at_newest:
            await timeline.page_newer()
        assert here.numbers()[-1] == 302
        assert not timeline.missed
        await here.say(1)
        assert here.numbers()[-1] == 303


async def test_a_gap_above_is_filled_from_the_server_and_a_failure_can_be_retried(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.say(60)
        await here.say(450, limit=20)
        timeline = here.timeline
        assert await timeline.open_around(await here.key_of(50))
        assert here.numbers()[-1] == 59
        assert not timeline.is_at_newest
        here.past.is_down = True
        await timeline.page_newer()
        assert (timeline.newer_state, timeline.newer_failure) == (LoadState.FAILED, "no line")
        here.past.is_down = False
        await timeline.page_newer()
        assert here.numbers() == list(range(1, 60 + PAGE))
        assert timeline.newer_state == LoadState.IDLE


async def test_a_date_is_found_on_the_server_too(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.say(500, limit=20)
        timeline = here.timeline
        await timeline.open()
        wanted = here.log.messages[140]
        key = await timeline.open_at(wanted.time_ms)
        assert key == await here.key_of(140) != 0
        assert key in {message.key for message in timeline.items}
        assert here.past.asked == 4
        assert await timeline.open_at(here.log.messages[-1].time_ms + 1) is None
        assert await timeline.open_at(0) == await here.key_of(0)


async def test_a_search_for_a_date_can_be_stopped(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.say(1000, limit=20)
        timeline = here.timeline
        await timeline.open()
        before = here.numbers()
        search = asyncio.ensure_future(timeline.open_at(here.log.messages[0].time_ms))
        while not here.past.asked:
            await asyncio.sleep(0)
        timeline.stop_searching()
        assert await search is None
        assert here.past.asked <= 2
        assert here.numbers() == before


async def test_what_is_not_here_cannot_be_opened_around(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.say(10)
        await here.timeline.open()
        assert not await here.timeline.open_around(12345)
        key = await here.key_of(3)
        await here.ledger.database.write(messages.delete_here, [key])
        assert not await here.timeline.open_around(key)
        assert here.timeline.is_at_newest


async def test_who_writes_while_far_up_is_told_of_it(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.say(300)
        await here.timeline.open_around(await here.key_of(10))
        told: list[None] = []
        here.timeline.written.subscribe(told.append)
        await here.ledger.message(outbox.add_echo, GROUP, ME, (Text("mine"),), "t1", 7, 5, SendOptions())
        assert told == [None]
        assert not here.timeline.missed
        await here.timeline.open()
        assert here.shown[-1].text == "mine"


async def test_messages_that_arrive_while_the_page_is_read_are_in_it(tmp_path: Path) -> None:
    async with world(tmp_path) as here:
        await here.say(5)
        opening = asyncio.ensure_future(here.timeline.open())
        await asyncio.sleep(0)
        for _ in range(20):
            await here.say(1)
        await opening
        await here.settle()
        assert here.numbers() == list(range(25))


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("say"), st.integers(1, 90), st.integers(1, 60)),
            st.tuples(st.just("around"), st.integers(0, 10_000), st.just(0)),
            st.tuples(st.just("at"), st.integers(0, 10_000), st.just(0)),
            st.tuples(st.sampled_from(["older", "newer", "open", "both"]), st.just(0), st.just(0)),
        ),
        min_size=1,
        max_size=25,
    )
)
def test_whatever_is_done_the_window_is_a_piece_of_the_servers_list(steps: list[tuple[str, int, int]]) -> None:
    async def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with world(Path(folder)) as here:
                await here.say(120, limit=30)
                timeline = here.timeline
                await timeline.open()
                for what, number, limit in steps:
                    match what:
                        case "say":
                            await here.say(number, limit)
                        case "around":
                            await timeline.open_around(await here.key_of(number % len(here.log.messages)))
                        case "at":
                            wanted = number % len(here.log.messages)
                            assert await timeline.open_at(here.log.messages[wanted].time_ms) == await here.key_of(
                                wanted
                            )
                        case "older":
                            await timeline.page_older()
                        case "newer":
                            await timeline.page_newer()
                        case "both":
                            await asyncio.gather(timeline.page_older(), timeline.page_newer(), timeline.open())
                        case _:
                            await timeline.open()
                    await here.settle()
                    numbers = here.numbers()
                    assert numbers == list(range(numbers[0], numbers[-1] + 1))
                    if timeline.is_at_newest:
                        assert numbers[-1] == len(here.log.messages) - 1

    asyncio.run(run())
