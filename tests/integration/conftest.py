"""For tests against the session's real Synapse: two people on it, each with a running session."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.servers.accounts import AnyServer, NewAccount
from tests.servers.people import Person
from tests.servers.proxy import DroppingProxy


@pytest.fixture
async def people(new_account: NewAccount, tmp_path: Path) -> AsyncIterator[tuple[Person, Person]]:
    async with AsyncExitStack() as stack:
        made = []
        for nick in ("ann", "ben"):
            person = await Person(await new_account(nick), tmp_path / nick).log_in()
            stack.push_async_callback(person.close)
            made.append(person)
        yield made[0], made[1]


@pytest.fixture
def ann(people: tuple[Person, Person]) -> Person:
    return people[0]


@pytest.fixture
def ben(people: tuple[Person, Person]) -> Person:
    return people[1]


@pytest.fixture
async def proxy(homeserver: AnyServer) -> AsyncIterator[DroppingProxy]:
    """`proxy.url` leads to the session's server until the test says otherwise."""
    async with DroppingProxy(homeserver.url) as proxy:
        yield proxy
