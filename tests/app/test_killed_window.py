"""A window is killed at random moments while messages leave: the server ends with each of them once, in order.

CHATDESK_TRIALS sets how often (default 1, so that the suite stays short).
"""

import asyncio
import os
import random
import sys
from pathlib import Path

import pytest

from chatdesk.core.credentials import Credentials
from chatdesk.core.session import STORE_FILE
from chatdesk.store import outbox
from chatdesk.store.database import Database
from tests.faults.test_exactly_once import COUNT, expected, on_the_server
from tests.servers.accounts import NewAccount
from tests.servers.people import Person

TRIALS = int(os.environ.get("CHATDESK_TRIALS", "1"))


async def unsent(directory: Path) -> int:
    """What the profile still has to send, read beside the window that sends it."""
    key = await Credentials(directory, "").load()
    database = await Database.open(directory / STORE_FILE, key)
    try:
        return await database.read(outbox.unsent_count)
    finally:
        await database.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("trial", range(TRIALS))
async def test_killing_the_window_at_random_moments(trial: int, new_account: NewAccount, tmp_path: Path) -> None:
    dice = random.Random(trial)
    ann = await Person(await new_account("ann"), tmp_path / "ann").log_in()
    talk = await ann.session.conversations.start_c2c((await new_account("ben")).user_id)
    await ann.restart(start=False)
    for text in expected():
        await ann.say(talk, text)
    await ann.session.close()
    command = (sys.executable, "-m", "chatdesk", "person", "--directory", str(ann.directory), "--name", "Ann")
    kills, left = 0, COUNT
    while left:
        window = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.PIPE, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        )
        try:
            ends = asyncio.get_running_loop().time() + dice.uniform(1.5, 4.0)  # the random moment
            while left and asyncio.get_running_loop().time() < ends:
                await asyncio.sleep(0.1)
                left = await unsent(ann.directory)
                assert window.returncode is None
        finally:
            window.kill()
            await window.communicate()
        kills += 1
    assert kills >= 2
    assert await on_the_server(ann.account) == expected()
