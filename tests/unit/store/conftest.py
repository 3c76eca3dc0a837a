from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatdesk.store.database import Database

KEY = bytes(range(32))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "store.db", KEY)
    yield opened
    await opened.close()
