"""For tests against the session's real Synapse: two people on it."""

import pytest

from tests.servers.accounts import Account, NewAccount


@pytest.fixture
async def ann(new_account: NewAccount) -> Account:
    return await new_account("ann")


@pytest.fixture
async def ben(new_account: NewAccount) -> Account:
    return await new_account("ben")
