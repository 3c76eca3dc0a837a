"""For tests of a bad line: a proxy in front of the session's real Synapse."""

from collections.abc import AsyncIterator

import pytest

from chatdesk.localserver import LocalServer
from tests.servers.proxy import DroppingProxy


@pytest.fixture
async def proxy(homeserver: LocalServer) -> AsyncIterator[DroppingProxy]:
    """`proxy.url` leads to the session's server until the test says otherwise."""
    async with DroppingProxy(homeserver.url) as proxy:
        yield proxy
