"""Whatever is killed and whatever gets lost: the server holds each message exactly once, in order.

CHATDESK_TRIALS sets how often each killing is repeated (default 2, so that the suite stays short).
"""

import asyncio
import os
import random
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Protocol

import pytest

from chatdesk.domain.changes import ConnectionKind
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import MessageState
from chatdesk.localserver import LocalServer
from chatdesk.matrix import decode
from chatdesk.matrix.homeserver import Homeserver
from tests.conftest import OwnServer
from tests.servers.accounts import Account, NewAccount, register_account
from tests.servers.people import Person, is_joined, to_the_start
from tests.servers.proxy import DroppingProxy, path_has

COUNT = 200
TRIALS = int(os.environ.get("CHATDESK_TRIALS", "2"))


class MakePerson(Protocol):
    async def __call__(self, account: Account, url: str = ...) -> Person: ...


@pytest.fixture
async def person(tmp_path: Path) -> AsyncIterator[MakePerson]:
    """`await person(account, url)`: somebody with a running session that is closed in the end."""
    async with AsyncExitStack() as stack:

        async def make(account: Account, url: str = "") -> Person:
            made = await Person(account, tmp_path / account.name, url).log_in()
            stack.push_async_callback(lambda: made.session.close())
            return made

        yield make


async def on_the_server(account: Account, url: str = "") -> list[str]:
    """What a client that knows nothing finds in the account's only conversation, oldest first."""
    server = Homeserver(url or account.url)
    login = await server.login(account.name, account.password, "witness")
    server.authorize(login.token, login.user_id)
    (channel,) = await server.direct_channels()
    found: list[str] = []
    token = ""
    while True:
        page = decode.history_page(await server.history(channel, token, 100), account.user_id)
        found += [e.content for m in page.messages for e in m.elements if hasattr(e, "content")]
        if not page.token:
            break
        token = page.token
    await server.close()
    return found[::-1]


def expected(count: int = COUNT) -> list[str]:
    return [f"message {number}" for number in range(count)]


async def run_sender(
    directory: Path, conversation: ConversationId, count: int, *file: str
) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.faults.sender",
        str(directory),
        str(int(conversation.type)),
        conversation.id,
        str(count),
        *file,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.timeout(300)
@pytest.mark.parametrize("trial", range(TRIALS))
async def test_killing_the_sender_at_random_moments(trial: int, new_account: NewAccount, tmp_path: Path) -> None:
    dice = random.Random(trial)
    ann = Person(await new_account("ann"), tmp_path / "ann")
    ben = await new_account("ben")
    await ann.log_in()
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    await ann.session.close()
    kills = 0
    while True:
        process = await run_sender(ann.directory, talk, COUNT)
        assert process.stdout is not None
        finished = asyncio.ensure_future(process.stdout.readline())
        # Later and later, so that a machine too busy to send anything in a second gets there, too.
        done, _ = await asyncio.wait([finished], timeout=dice.uniform(0.05, 2.5 + kills / 10))
        if done:
            assert finished.result() == b"done\n"
            assert await process.wait() == 0
            break
        process.kill()
        await process.wait()
        await finished
        kills += 1
    assert kills >= 1
    assert await on_the_server(ann.account) == expected()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("trial", range(TRIALS))
async def test_killing_the_server_at_random_moments(trial: int, own_server: OwnServer, person: MakePerson) -> None:
    dice = random.Random(trial)
    server: LocalServer = await own_server()
    ann: Person = await person(await register_account(server, "ann"))
    ben = await register_account(server, "ben")
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    for text in expected():
        await ann.say(talk, text)
    for _ in range(2):
        await asyncio.sleep(dice.uniform(0.1, 3.0))  # the random moment itself, not a wait for something
        assert server.pid is not None
        os.kill(server.pid, 9)
        await server.wait()
        await server.start()
        ann.session.reconnect_now()

    async def all_sent() -> bool:
        return await ann.session.outbox.unsent_count() == 0

    async with asyncio.timeout(120):
        while not await all_sent():
            await asyncio.sleep(0.2)
    assert await on_the_server(ann.account) == expected()
    assert await ann.texts(talk) == expected()


async def test_an_answer_that_gets_lost(proxy: DroppingProxy, new_account: NewAccount, person: MakePerson) -> None:
    ann: Person = await person(await new_account("ann"), proxy.url)
    ben = await new_account("ben")
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    rule = proxy.lose_response(path_has("/send/", method="PUT"), times=3)
    for text in expected(6):
        await ann.say(talk, text)
    await ann.synced(talk)
    assert rule.hits == 3
    lost = [exchange for exchange in proxy.exchanges if exchange.is_lost]
    assert [exchange.status for exchange in lost] == [200, 200, 200]
    assert await on_the_server(ann.account, ann.account.url) == expected(6)
    found = [m for m in await ann.messages(talk) if not m.is_tip]
    assert [m.text for m in found] == expected(6)
    assert {m.state for m in found} == {MessageState.SYNCED}


async def test_an_answer_to_a_recall_that_gets_lost(
    proxy: DroppingProxy, new_account: NewAccount, person: MakePerson
) -> None:
    ann: Person = await person(await new_account("ann"), proxy.url)
    ben = await new_account("ben")
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    echo = await ann.say(talk, "regretted")
    await ann.synced(talk)
    rule = proxy.lose_response(path_has("/redact/"))
    await ann.session.outbox.revoke(echo.key)
    await ann.synced(talk)
    assert rule.hits == 1
    assert await ann.session.outbox.unsent_count() == 0
    (message,) = [m for m in await ann.messages(talk) if not m.is_tip]
    assert message.state is MessageState.REVOKED


async def test_without_a_line_everything_waits_and_then_leaves_in_order(
    proxy: DroppingProxy, new_account: NewAccount, person: MakePerson
) -> None:
    ann: Person = await person(await new_account("ann"), proxy.url)
    ben: Person = await person(await new_account("ben"))
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    await ann.say(talk, "message 0")
    await ann.synced(talk)
    await ben.conversation(ben.c2c(ann), is_joined)
    await proxy.go_away()

    async def offline() -> bool:
        return ann.session.connection.kind is ConnectionKind.OFFLINE

    await ann.until(offline)
    for text in expected(10)[1:]:
        await ann.say(talk, text)
    assert await ann.session.outbox.unsent_count() == 9
    await ben.say(ben.c2c(ann), "meanwhile")
    await ben.synced(ben.c2c(ann))
    assert [m.text for m in await ann.newest(talk) if not m.is_tip] == expected(10)
    await proxy.come_back()
    ann.session.reconnect_now()
    await ann.sees(talk, "meanwhile")
    await ben.sees(ben.c2c(ann), "message 9")
    await ann.synced(talk)
    on_server = await on_the_server(ann.account, ann.account.url)
    assert sorted(on_server) == sorted([*expected(10), "meanwhile"])
    assert [text for text in on_server if text != "meanwhile"] == expected(10)
    assert await ann.texts(talk) == on_server


async def test_paging_without_a_line_says_so_and_goes_on_later(
    proxy: DroppingProxy, new_account: NewAccount, person: MakePerson
) -> None:
    account = await new_account("ann")
    ann: Person = await person(account, account.url)
    ben = await new_account("ben")
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    for text in expected(40):
        await ann.say(talk, text)
    await ann.synced(talk)
    await ann.session.close()
    ann.directory = ann.directory.with_name("second device")
    ann.url = proxy.url
    await ann.log_in()
    await ann.sees(talk, "message 39")
    await proxy.go_away()
    timeline = ann.session.timeline(talk)
    await timeline.open()
    while timeline.load_state.name == "IDLE":
        await timeline.page_older()
    assert timeline.load_state.name == "FAILED"
    assert timeline.load_failure
    known = len(timeline.items)
    await proxy.come_back()
    await timeline.page_older()
    assert len(timeline.items) > known
    await to_the_start(timeline)
    assert [m.text for m in timeline.items if not m.is_tip] == expected(40)
    timeline.close()
