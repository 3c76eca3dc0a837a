"""Whatever is killed and whatever gets lost: the server holds each edit and reaction exactly once, and taken back ones
not at all.

CHATDESK_TRIALS sets how often the killing is repeated (default 2, so that the suite stays short).
"""

import asyncio
import collections
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatdesk.domain.elements import Text
from chatdesk.domain.errors import Forbidden
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import Message, MessageState
from chatdesk.matrix import decode
from chatdesk.matrix.homeserver import Homeserver
from tests.faults.test_exactly_once import TRIALS, run_sender
from tests.servers.accounts import Account, NewAccount
from tests.servers.people import Person
from tests.servers.proxy import DroppingProxy, path_has

COUNT = 40


@pytest.fixture
async def ann(new_account: NewAccount, tmp_path: Path) -> AsyncIterator[Person]:
    person = Person(await new_account("ann"), tmp_path / "ann")
    yield person
    await person.session.close()


class OnServer:
    """What a client that knows nothing finds in the account's only conversation."""

    def __init__(self) -> None:
        self.edits: collections.Counter[tuple[str, str]] = collections.Counter()
        self.reactions: collections.Counter[tuple[str, str]] = collections.Counter()

    @classmethod
    async def read(cls, account: Account) -> "OnServer":
        server = Homeserver(account.url)
        login = await server.login(account.name, account.password, "witness")
        server.authorize(login.token, login.user_id)
        (channel,) = await server.direct_channels()
        found = cls()
        token = ""
        seen: set[str] = set()
        while True:
            page = decode.history_page(await server.history(channel, token, 100), account.user_id)
            for edit in page.edits:
                if edit.edit_id not in seen:  # a message also carries its newest edit
                    seen.add(edit.edit_id)
                    text = " ".join(e.content for e in edit.elements if isinstance(e, Text))
                    found.edits[edit.target_id, text] += 1
            found.reactions.update((reaction.target_id, reaction.symbol) for reaction in page.reactions)
            if not page.token:
                break
            token = page.token
        await server.close()
        return found


async def said(ann: Person, talk: ConversationId) -> list[Message]:
    for number in range(COUNT):
        await ann.say(talk, f"message {number}")

    async def there() -> bool:
        found = [m for m in await ann.newest(talk) if not m.is_tip]
        return len(found) == COUNT and all(m.state is MessageState.SYNCED for m in found)

    await ann.until(there)
    return [m for m in await ann.newest(talk) if not m.is_tip]


async def queue(ann: Person, messages: list[Message]) -> None:
    """An edit of each message, two reactions to each, and one that the server has taken back."""
    for message in messages:
        await ann.session.outbox.edit(message.key, [Text(f"edit of {message.message_id}")])
        await ann.session.outbox.react(message.key, "👍")
        await ann.session.outbox.react(message.key, "🎉")
        await ann.session.outbox.unreact(message.key, "👀")


def expected(messages: list[Message]) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    edits = {(m.message_id, f"edit of {m.message_id}"): 1 for m in messages}
    reactions = {(m.message_id, symbol): 1 for m in messages for symbol in ("👍", "🎉")}
    return edits, reactions


@pytest.mark.timeout(300)
@pytest.mark.parametrize("trial", range(TRIALS))
async def test_killing_at_random_moments(trial: int, ann: Person, new_account: NewAccount) -> None:
    dice = random.Random(trial)
    await ann.log_in()
    talk = await ann.session.conversations.start_c2c((await new_account("ben")).user_id)
    messages = await said(ann, talk)
    for message in messages:
        await ann.session.outbox.react(message.key, "👀")

    async def all_sent() -> bool:
        return await ann.session.outbox.unsent_count() == 0

    await ann.until(all_sent)
    await ann.restart(start=False)
    await queue(ann, messages)
    await ann.session.close()
    kills = 0
    while True:
        process = await run_sender(ann.directory, talk, 0)
        assert process.stdout is not None
        finished = asyncio.ensure_future(process.stdout.readline())
        # Later and later, so that a machine too busy to send anything in a second gets there, too.
        done, _ = await asyncio.wait([finished], timeout=dice.uniform(0.05, 1.0 + kills / 10))
        if done:
            assert finished.result() == b"done\n"
            assert await process.wait() == 0
            break
        process.kill()
        await process.wait()
        await finished
        kills += 1
    assert kills >= 1
    on_server = await OnServer.read(ann.account)
    assert (dict(on_server.edits), dict(on_server.reactions)) == expected(messages)
    await ann.restore()
    assert [m.text for m in await ann.messages(talk) if not m.is_tip] == [f"edit of {m.message_id}" for m in messages]


async def test_answers_that_get_lost(proxy: DroppingProxy, ann: Person, new_account: NewAccount) -> None:
    ann.url = proxy.url
    await ann.log_in()
    talk = await ann.session.conversations.start_c2c((await new_account("ben")).user_id)
    messages = (await said(ann, talk))[:4]
    rule = proxy.lose_response(path_has("/send/", method="PUT"), times=6)
    taken_back = proxy.lose_response(path_has("/redact/"), times=2)
    await queue(ann, messages)

    async def all_sent() -> bool:
        found = [m for m in await ann.newest(talk) if m.key in {message.key for message in messages}]
        is_shown = not any(m.is_edit_pending or any(r.is_pending for r in m.reactions) for m in found)
        return is_shown and await ann.session.outbox.unsent_count() == 0

    await ann.until(all_sent)
    for message in messages:
        await ann.session.outbox.unreact(message.key, "👍")
    await ann.until(all_sent)
    assert (rule.hits, taken_back.hits) == (6, 2)
    edits, reactions = expected(messages)
    on_server = await OnServer.read(ann.account)
    assert dict(on_server.edits) == edits
    assert dict(on_server.reactions) == {name: 1 for name in reactions if name[1] == "🎉"}


async def test_an_edit_and_a_reaction_whose_transaction_ids_are_forgotten(
    proxy: DroppingProxy, ann: Person, new_account: NewAccount
) -> None:
    ann.url = proxy.url
    await ann.log_in()
    talk = await ann.session.conversations.start_c2c((await new_account("ben")).user_id)
    echo = await ann.say(talk, "before")
    message = await ann.session.outbox.delivered(echo.key)
    edits = proxy.lose_response(path_has("/send/", method="PUT"), times=1)
    proxy.lose_request(path_has("/sync"), times=1000)  # it must not come by itself
    await ann.session.outbox.edit(message.key, [Text("after")])

    async with asyncio.timeout(10):
        while not edits.hits:
            await asyncio.sleep(0.02)
    await ann.restart(start=False)
    proxy.drop_rules()
    await ann.session.outbox.forget_attempts()  # as after a login on a new device
    ann.session.start()
    await ann.session.outbox.react(message.key, "👍")

    async def all_sent() -> bool:
        return await ann.session.outbox.unsent_count() == 0

    await ann.until(all_sent)
    on_server = await OnServer.read(ann.account)
    assert dict(on_server.edits) == {(message.message_id, "after"): 1}
    assert dict(on_server.reactions) == {(message.message_id, "👍"): 1}


async def test_the_same_reaction_from_two_devices_at_once(ann: Person, new_account: NewAccount) -> None:
    await ann.log_in()
    talk = await ann.session.conversations.start_c2c((await new_account("ben")).user_id)
    message = await ann.session.outbox.delivered((await ann.say(talk, "hello")).key)
    await ann.restart(start=False)  # it does not see what the other device does
    await ann.session.outbox.react(message.key, "👍")
    second = await Person(ann.account, ann.directory.with_name("second")).log_in()
    try:
        there = await second.sees(talk, "hello")
        await second.session.outbox.react(there.key, "👍")

        async def sent() -> bool:
            return await second.session.outbox.unsent_count() == 0

        await second.until(sent)
    finally:
        await second.session.close()
    await ann.session.outbox.start()  # sending only: the server refuses it as there already

    async def settled() -> bool:
        (found,) = [m for m in await ann.newest(talk) if m.key == message.key]
        return not any(reaction.is_pending for reaction in found.reactions)

    await ann.until(settled)
    (found,) = [m for m in await ann.newest(talk) if m.key == message.key]
    assert [(r.symbol, r.users) for r in found.reactions] == [("👍", (ann.user_id,))]
    assert found.failure == ""
    on_server = await OnServer.read(ann.account)
    assert dict(on_server.reactions) == {(message.message_id, "👍"): 1}
    await ann.session.outbox.unreact(message.key, "👍")
    await ann.until(settled)
    ann.session.start()

    async def gone() -> bool:
        return await ann.session.outbox.unsent_count() == 0

    await ann.until(gone)
    assert dict((await OnServer.read(ann.account)).reactions) == {}


async def test_what_the_server_refuses_is_taken_back_and_said(
    proxy: DroppingProxy, ann: Person, new_account: NewAccount
) -> None:
    ann.url = proxy.url
    await ann.log_in()
    talk = await ann.session.conversations.start_c2c((await new_account("ben")).user_id)
    echo = await ann.say(talk, "before")
    message = await ann.session.outbox.delivered(echo.key)
    refusal = b'{"errcode": "M_FORBIDDEN", "error": "no"}'
    told: list[str] = []
    ann.session.outbox.refusals.subscribe(told.append)
    proxy.refuse(path_has("/send/", method="PUT"), 403, refusal, times=2)
    await ann.session.outbox.edit(message.key, [Text("after")])

    async def refused() -> bool:
        (found,) = [m for m in await ann.newest(talk) if m.key == message.key]
        return bool(found.failure)

    await ann.until(refused)
    (found,) = [m for m in await ann.newest(talk) if m.key == message.key]
    assert (found.text, found.edited_ms, found.state) == ("before", 0, MessageState.SYNCED)
    assert found.failure.startswith("Your change was not saved")
    shown = await ann.session.outbox.react(message.key, "👍")
    assert (shown.failure, len(shown.reactions)) == ("", 1)
    await ann.until(refused)
    (found,) = [m for m in await ann.newest(talk) if m.key == message.key]
    assert found.reactions == ()
    assert found.failure.startswith("Your reaction was not sent")
    proxy.refuse(path_has("/redact/"), 403, refusal, times=1)
    await ann.session.outbox.revoke(message.key)
    with pytest.raises(Forbidden):
        await ann.session.outbox.revoked(message.key)
    assert [words.partition(":")[0] for words in told] == [
        "Your change was not saved",
        "Your reaction was not sent",
        "The message could not be recalled",
    ]
