"""The whole past of a conversation comes here: on demand, always, over a broken line, and beside whoever scrolls up."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from chatdesk.core.catch_up import CatchUp
from chatdesk.core.line import Line
from chatdesk.domain.changes import Connection, ConnectionKind, LoadState
from chatdesk.domain.errors import ServerError
from chatdesk.domain.holdings import Bottom, Fetch, Hole
from chatdesk.store import holdings, messages
from tests.unit.core.test_timeline import World, world
from tests.unit.store.server_log import GROUP


class Fetching:
    def __init__(self, here: World) -> None:
        self.here = here
        self.line = Line()
        self.catch_up = CatchUp(here.ledger, here.past, None, self.line, here.tasks)  # type: ignore[arg-type]
        self.told: list[Fetch] = []
        self.catch_up.states.subscribe(self.told.append)

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                await asyncio.sleep(0.002)

    async def ended(self) -> Fetch:
        await self.until(lambda: self.told and not self.told[-1].is_running)
        return self.told[-1]


@asynccontextmanager
async def fetching(directory: Path) -> AsyncIterator[Fetching]:
    async with world(directory) as here:
        yield Fetching(here)


async def test_everything_is_fetched_and_told(tmp_path: Path) -> None:
    async with fetching(tmp_path) as fetch:
        await fetch.here.say(450, limit=20)
        before = await fetch.catch_up.holdings(GROUP)
        assert (before.count, before.holes, before.bottom) == (20, (Hole(0, 1_000_430),), Bottom.MORE)
        assert (before.oldest_ms, before.newest_ms, before.since_ms) == (1_000_430, 1_000_449, 1_000_430)
        fetch.catch_up.fetch_all(GROUP)
        assert (await fetch.ended()).fetched == 430
        assert [state.fetched for state in fetch.told] == sorted(state.fetched for state in fetch.told)
        assert {state.is_background for state in fetch.told} == {False}
        after = await fetch.catch_up.holdings(GROUP)
        assert (after.count, after.holes, after.since_ms, after.oldest_ms) == (450, (), 0, 1_000_000)
        assert fetch.catch_up.state_of(GROUP) == fetch.told[-1]


async def test_it_waits_for_the_line_and_goes_on(tmp_path: Path) -> None:
    async with fetching(tmp_path) as fetch:
        await fetch.here.say(300, limit=20)
        fetch.here.past.is_down = True
        fetch.catch_up.fetch_all(GROUP)
        await fetch.until(lambda: fetch.told and fetch.told[-1].is_waiting)
        fetch.here.past.is_down = False
        fetch.line.set(Connection(ConnectionKind.ONLINE))
        assert (await fetch.ended()).fetched == 280
        assert not fetch.told[-1].is_waiting


async def test_stopping_ends_it_also_while_it_waits(tmp_path: Path) -> None:
    async with fetching(tmp_path) as fetch:
        await fetch.here.say(300, limit=20)
        fetch.here.past.is_down = True
        fetch.catch_up.fetch_all(GROUP)
        await fetch.until(lambda: fetch.told and fetch.told[-1].is_waiting)
        fetch.catch_up.stop(GROUP)
        assert (await fetch.ended()).failure == ""
        fetch.here.past.is_down = False
        fetch.catch_up.fetch_all(GROUP)
        await fetch.until(lambda: fetch.told[-1].fetched)
        fetch.catch_up.stop(GROUP)
        assert (await fetch.ended()).fetched < 280
        assert (await fetch.catch_up.holdings(GROUP)).holes


async def test_what_is_kept_is_fetched_without_asking(tmp_path: Path) -> None:
    async with fetching(tmp_path) as fetch:
        await fetch.here.say(120, limit=20)
        fetch.here.tasks.spawn(fetch.catch_up.run(), "keeping")
        await fetch.catch_up.keep(GROUP, True)
        assert (await fetch.ended()).is_background
        assert (await fetch.catch_up.holdings(GROUP)).count == 120
        fetch.told.clear()
        await fetch.here.say(90, limit=10)
        assert (await fetch.ended()).fetched == 80
        held = await fetch.catch_up.holdings(GROUP)
        assert (held.count, held.is_kept, held.holes) == (210, True, ())
        await fetch.catch_up.keep(GROUP, False)
        assert not (await fetch.catch_up.holdings(GROUP)).is_kept
        await fetch.here.say(40, limit=10)
        await asyncio.sleep(0.05)
        assert (await fetch.catch_up.holdings(GROUP)).holes


async def test_what_is_kept_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with fetching(tmp_path) as fetch:
        await fetch.here.say(120, limit=20)
        await fetch.catch_up.keep(GROUP, True)  # and the program ends before anything was fetched
        again = Fetching(fetch.here)
        fetch.here.tasks.spawn(again.catch_up.run(), "keeping")
        assert (await again.ended()).fetched == 100


async def test_a_fetch_beside_an_open_window_leaves_it_whole(tmp_path: Path) -> None:
    async with fetching(tmp_path) as fetch:
        here = fetch.here
        await here.say(330, limit=20)
        await here.timeline.open()
        fetch.catch_up.fetch_all(GROUP)
        while here.timeline.load_state is not LoadState.START_REACHED:
            await here.timeline.page_older()
        await fetch.ended()
        assert here.numbers() == list(range(330))


async def test_a_failure_is_a_sentence_and_another_try_is_possible(tmp_path: Path) -> None:
    async with fetching(tmp_path) as fetch:
        await fetch.here.say(300, limit=20)
        broken = fetch.here.log.history

        def refuse(token: str, limit: int) -> object:
            raise ServerError("The server does not like this.")

        fetch.here.log.history = refuse  # type: ignore[method-assign, assignment]
        fetch.catch_up.fetch_all(GROUP)
        assert (await fetch.ended()).failure == "The server does not like this."
        fetch.here.log.history = broken  # type: ignore[method-assign]
        fetch.told.clear()
        fetch.catch_up.fetch_all(GROUP)
        assert (await fetch.ended()).fetched == 280


async def test_a_refused_gap_is_missing_until_the_account_is_in_again(tmp_path: Path) -> None:
    async with fetching(tmp_path) as fetch:
        here = fetch.here
        await here.say(60, limit=20)
        database = here.ledger.database
        gap = await database.read(messages.gap_between, GROUP, 0, messages.TOP, newest=True)
        assert gap is not None
        await database.write(holdings.refuse, gap.id)
        held = await fetch.catch_up.holdings(GROUP)
        assert (held.holes, held.bottom, held.since_ms) == ((Hole(0, 1_000_040, True),), Bottom.HIDDEN, 0)
        await here.timeline.open()
        assert here.timeline.load_state is LoadState.START_REACHED  # nothing more is to be had for now
        fetch.catch_up.fetch_all(GROUP)  # the account is a member: worth asking again
        assert (await fetch.ended()).fetched == 40
        await fetch.until(lambda: len(here.shown) == 60)
        assert here.numbers() == list(range(60))
