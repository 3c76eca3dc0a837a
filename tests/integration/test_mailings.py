"""One message to many people, on a real Synapse: the list of results, trying again, patience, stopping."""

import asyncio
from pathlib import Path

import pytest

from chatdesk.core.mailings import STOPPED, Mailings
from chatdesk.domain.elements import File, Media, Text
from chatdesk.domain.errors import FileMissing, InputError, TooManyRecipients
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.mailings import Copy, CopyState
from chatdesk.domain.messages import MessageState
from tests.servers.accounts import AnyServer, NewAccount
from tests.servers.people import Person
from tests.servers.proxy import DroppingProxy, path_has


async def _ended(mailings: Mailings) -> None:
    ended = asyncio.Event()
    unsubscribe = mailings.updates.subscribe(lambda _: None if mailings.is_running else ended.set())
    if mailings.is_running:
        async with asyncio.timeout(100):
            await ended.wait()
    unsubscribe()


def _states(mailings: Mailings) -> list[CopyState]:
    return [copy.state for copy in mailings.copies]


async def _own_texts(person: Person, user: str) -> list[str]:
    newest = await person.newest(ConversationId(ConversationType.C2C, user))
    assert all(m.state is MessageState.SYNCED for m in newest if m.is_self)
    return [message.text for message in newest if message.is_self and not message.is_tip]


async def test_fifty_people_of_whom_five_fail_and_a_retry_that_reaches_only_those(
    homeserver: AnyServer, proxy: DroppingProxy, new_account: NewAccount, tmp_path: Path
) -> None:
    ann = await Person(await new_account("ann"), tmp_path / "ann", proxy.url).log_in()
    there = [(await new_account(f"p{number}")).user_id for number in range(45)]
    missing_names = [f"late-{number}-{ann.account.name}" for number in range(5)]
    server = ann.user_id.partition(":")[2]
    missing = [f"@{name}:{server}" for name in missing_names]
    people = [*there[:20], *missing, *there[20:]]
    patience = proxy.refuse(
        path_has("createRoom"), 429, b'{"errcode": "M_LIMIT_EXCEEDED", "error": "wait", "retry_after_ms": 100}', 2
    )
    mailings = ann.session.mailings
    most_at_once = 0

    def watch(_: int) -> None:
        nonlocal most_at_once
        most_at_once = max(most_at_once, _states(mailings).count(CopyState.SENDING))

    unsubscribe = mailings.updates.subscribe(watch)
    await mailings.start([*people, people[0]], [(Text("To you all"),)])
    with pytest.raises(InputError, match="Wait until"):
        await mailings.start(people, [(Text("again"),)])
    await _ended(mailings)
    unsubscribe()
    assert patience.hits == 2
    assert 1 < most_at_once <= 8
    assert [copy.user for copy in mailings.copies] == people
    assert _states(mailings) == [CopyState.SENT] * 20 + [CopyState.FAILED] * 5 + [CopyState.SENT] * 25
    failed: list[Copy] = mailings.copies[20:25]
    assert all("There is no user @late-" in copy.failure for copy in failed)
    assert all(copy.conversation is not None and copy.time_ms for copy in mailings.copies if copy not in failed)

    for name in missing_names:
        await homeserver.register(name, "secret", name)
    before = len([e for e in proxy.exchanges if "/send/m.room.message/" in e.path])
    assert before == 45
    assert mailings.retry() == 5
    assert _states(mailings).count(CopyState.WAITING) == 5
    await _ended(mailings)
    assert _states(mailings) == [CopyState.SENT] * 50
    assert len([e for e in proxy.exchanges if "/send/m.room.message/" in e.path]) == before + 5
    assert mailings.retry() == 0
    for user in people:
        assert await _own_texts(ann, user) == ["To you all"], user
    await ann.close()


async def test_a_copy_the_server_refused_is_queued_again_not_sent_beside_itself(
    proxy: DroppingProxy, new_account: NewAccount, tmp_path: Path
) -> None:
    ann = await Person(await new_account("ann"), tmp_path / "ann", proxy.url).log_in()
    ben = (await new_account("ben")).user_id
    proxy.refuse(path_has("/send/m.room.message/"), 403, b'{"errcode": "M_FORBIDDEN", "error": "no"}', 1)
    mailings = ann.session.mailings
    await mailings.start([ben], [(Text("one"),), (Text("two"),)])
    await _ended(mailings)
    assert _states(mailings) == [CopyState.FAILED]
    assert mailings.copies[0].failure
    assert mailings.retry() == 1
    await _ended(mailings)
    assert _states(mailings) == [CopyState.SENT]
    assert sorted(await _own_texts(ann, ben)) == ["one", "two"]
    # What was discarded by hand since is written anew.
    proxy.refuse(path_has("/send/m.room.message/"), 403, b'{"errcode": "M_FORBIDDEN", "error": "no"}', 1)
    await mailings.start([ben], [(Text("three"),)])
    await _ended(mailings)
    await ann.session.outbox.discard(mailings.copies[0].keys[0])
    mailings.retry()
    await _ended(mailings)
    assert _states(mailings) == [CopyState.SENT]
    assert sorted(await _own_texts(ann, ben)) == ["one", "three", "two"]
    await ann.close()


async def test_stopping_keeps_what_was_not_begun_for_a_retry(ann: Person, ben: Person) -> None:
    mailings = ann.session.mailings
    await mailings.start([ben.user_id, *(f"@nobody-{number}:example.org" for number in range(12))], [(Text("x"),)])
    mailings.stop()
    await _ended(mailings)
    assert all(copy.failure == STOPPED for copy in mailings.copies)
    assert not await _own_texts(ann, ben.user_id)
    mailings.forget()
    assert not mailings.copies


async def test_what_cannot_be_sent_to_anybody_begins_nothing(ann: Person, ben: Person) -> None:
    mailings = ann.session.mailings
    with pytest.raises(InputError, match="Choose somebody"):
        await mailings.start([], [(Text("x"),)])
    with pytest.raises(TooManyRecipients):
        await mailings.start([f"@u{number}:x" for number in range(501)], [(Text("x"),)])
    with pytest.raises(FileMissing):
        await mailings.start([ben.user_id], [(File(Media(path="/nowhere/at/all")),)])
    assert not mailings.copies
    assert not mailings.is_running
