"""A message to many people whose sender is killed again and again: everybody gets it, and nobody twice."""

import asyncio
import os
import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from chatdesk.domain.ids import ConversationType
from chatdesk.domain.mailings import CopyState
from tests.faults.mailer import ATTACHMENT
from tests.servers.accounts import NewAccount
from tests.servers.people import Person
from tests.servers.proxy import DroppingProxy

PEOPLE = 6
TRIALS = int(os.environ.get("CHATDESK_TRIALS", "1"))
WANTED = Counter({"To you all": 1, ATTACHMENT: 1})


async def _received(ann: Person) -> dict[str, Counter[str]]:
    """What lies in each of the account's conversations, of whatever kind."""
    found: dict[str, Counter[str]] = {}
    for conversation in await ann.session.conversations.list():
        texts = [m.text for m in await ann.messages(conversation.id) if not m.is_tip]
        kind = "" if conversation.id.type is ConversationType.C2C else "group "
        found[f"{kind}{conversation.id.id}"] = Counter(texts)
    return found


async def _goes_through(directory: Path, users: list[str], dice: random.Random) -> bool:
    """Let it send until it has done some steps and a moment more; whether it came to its end before."""
    command = (sys.executable, "-m", "tests.faults.mailer", str(directory), *users)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    steps = dice.randint(2, 30)
    while (said := await process.stdout.readline()) == b"step\n" and steps:
        steps -= 1
    if said == b"step\n":
        await asyncio.sleep(dice.uniform(0, 0.1))  # the random moment itself, not a wait for something
        process.kill()
        await process.communicate()
        return False
    assert said == b"done\n"
    assert await process.wait() == 0
    return True


@pytest.mark.timeout(300)
@pytest.mark.parametrize("trial", range(TRIALS))
async def test_killing_it_at_random_moments(
    trial: int, proxy: DroppingProxy, new_account: NewAccount, tmp_path: Path
) -> None:
    dice = random.Random(trial)
    ann = await Person(await new_account("ann"), tmp_path / "ann", proxy.url).log_in()
    await ann.session.close()
    (ann.directory / ATTACHMENT).write_text("The same for everybody.")
    people = [(await new_account(f"p{number}")).user_id for number in range(PEOPLE)]
    nobody = f"@nobody-{ann.account.name}:{ann.user_id.partition(':')[2]}"
    kills = 0
    while not await _goes_through(ann.directory, [*people, nobody], dice):
        kills += 1
    assert kills >= 1
    await ann.restore()
    copies = ann.session.mailings.copies
    assert [copy.user for copy in copies] == [*people, nobody]
    assert [copy.state for copy in copies] == [CopyState.SENT] * PEOPLE + [CopyState.FAILED]
    assert await _received(ann) == dict.fromkeys(people, WANTED)
    assert len([e for e in proxy.exchanges if "/upload" in e.path]) == 1
    assert ann.session.mailings.retry() == 1
    await ann.close()
