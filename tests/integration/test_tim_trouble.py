"""`Tim` when the server, the disk or another device gets in the way; and what a second device of the account hears."""

import asyncio
import json
import resource
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message, MessageState
from chatdesk.matrix.client import path
from tests.integration.test_tim import C2C, GROUP, User, text, texts
from tests.servers.accounts import Account, NewAccount
from tests.servers.proxy import DroppingProxy, path_has
from tests.unit.tim.answers import ask, ask_well, begin

SOFT = b'{"errcode":"M_UNKNOWN_TOKEN","error":"expired","soft_logout":true}'


@pytest.fixture
async def ben_account(new_account: NewAccount) -> Account:
    return await new_account("ben")


@pytest.fixture
async def ann(new_account: NewAccount, proxy: DroppingProxy, tmp_path: Path) -> AsyncIterator[User]:
    """Ann speaks to the server through the proxy."""
    account = await new_account("ann")
    behind = Account(proxy.url, account.user_id, account.name, account.password, "Ann")
    user = await User(behind, tmp_path / "a").log_in()
    yield user
    await user.tim.close()


@pytest.fixture
async def ben(ben_account: Account, tmp_path: Path) -> AsyncIterator[User]:
    user = await User(ben_account, tmp_path / "b").log_in()
    yield user
    await user.tim.close()


async def sent_file(sender: User, receiver: User, file: Path) -> dict[str, Any]:
    message = json.dumps({"message_elem_array": [{"elem_type": 4, "file_elem_file_path": str(file)}]})
    answer = await ask_well(sender.tim.TIMMsgSendNewMsg, receiver.account.user_id, C2C, message)
    assert isinstance(answer.value, dict)
    return answer.value


def download_param(message: dict[str, Any]) -> str:
    return json.dumps({"msg_download_elem_param_url": message["message_elem_array"][0]["file_elem_url"]})


async def test_a_login_that_expires_is_told_apart_and_loses_nothing(ann: User, ben: User, proxy: DroppingProxy) -> None:
    peer = ben.account.user_id
    await ask_well(ann.tim.TIMMsgSendNewMsg, peer, C2C, text("before"))
    proxy.refuse(path_has("/_matrix/"), 401, SOFT, times=1000)
    returned, waiting = begin(ann.tim.TIMMsgSendNewMsg, peer, C2C, text("meanwhile"))
    assert returned == 0
    await ann.hears("expired")
    assert not [told for told, _ in ann.told if told == "kicked"]
    assert (await waiting.result()).code == 6206
    proxy.drop_rules()
    await ann.tim.login("", ann.account.name, ann.account.password)
    await ben.hears_text("meanwhile")
    assert texts(await ann.list(peer)) == ["meanwhile", "before"]


async def test_a_download_whose_message_is_taken_back(
    ann: User, ben: User, proxy: DroppingProxy, tmp_path: Path
) -> None:
    source = tmp_path / "data.bin"
    source.write_bytes(bytes(50_000))
    theirs = await sent_file(ben, ann, source)
    (array,) = await ann.hears("new", lambda array: array[0]["message_elem_array"][0]["elem_type"] == 4)
    proxy.delay(path_has("/media/download"), 30, times=100)
    folder = tmp_path / "out"
    folder.mkdir()
    _, answers = begin(ann.tim.TIMMsgDownloadElemToPath, download_param(array[0]), str(folder / "x"))
    await ask_well(ben.tim.TIMMsgRevoke, ann.account.user_id, C2C, json.dumps(theirs))
    assert (await answers.result()).code == 114003
    assert list(folder.iterdir()) == []


async def test_a_download_onto_a_full_disk_or_from_a_server_that_is_gone(
    ann: User, ben: User, proxy: DroppingProxy, tmp_path: Path
) -> None:
    source = tmp_path / "data.bin"
    source.write_bytes(bytes(3_000_000))
    message = await sent_file(ann, ben, source)
    folder = tmp_path / "out"
    folder.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 20, hard))  # what a full disk does, without filling one
    try:
        answer = await ask(ann.tim.TIMMsgDownloadElemToPath, download_param(message), str(folder / "x"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert answer.code == 6022, answer
    await proxy.go_away()
    answer = await ask(ann.tim.TIMMsgDownloadElemToPath, download_param(message), str(folder / "x"))
    assert answer.code == 9508, answer
    assert list(folder.iterdir()) == []


async def test_a_second_device_hears_what_the_first_does(ben: User, new_account: NewAccount, tmp_path: Path) -> None:
    account = await new_account("ann")
    first = await User(account, tmp_path / "first").log_in()
    second = await User(account, tmp_path / "second").log_in()
    peer, me = ben.account.user_id, account.user_id
    try:
        sent = (await ask_well(first.tim.TIMMsgSendNewMsg, peer, C2C, text("from the first"))).value
        there = await second.hears_text("from the first")
        for key in ("message_msg_id", "message_unique_id", "message_rand", "message_sender", "message_is_from_self"):
            assert there[key] == sent[key]
        await ask_well(ben.tim.TIMMsgReportReaded, me, C2C, json.dumps(await ben.hears_text("from the first")))
        await ask_well(ben.tim.TIMMsgSendNewMsg, me, C2C, text("answer"))
        await second.hears("unread", lambda number: number == 1)
        await ask_well(first.tim.TIMMsgReportReaded, peer, C2C, json.dumps(await first.hears_text("answer")))
        await second.hears("unread", lambda number: number == 0)
        await ask_well(first.tim.TIMMsgRevoke, peer, C2C, json.dumps(sent))
        (revoked,) = await second.hears("revoke")
        assert [row["message_locator_unique_id"] for row in revoked] == [sent["message_unique_id"]]
        await ask_well(first.tim.TIMMsgDelete, peer, C2C, json.dumps({"msg_delete_param_is_ramble": True}))
        async with asyncio.timeout(20):
            while await second.list(peer):
                await asyncio.sleep(0.05)
        assert texts(await ben.list(me)) == ["answer"]
    finally:
        await first.tim.close()
        await second.tim.close()


async def test_a_group_by_its_address(ann: User, ben: User) -> None:
    session = ben.tim._runner.session
    assert session is not None
    group = await session.conversations.create_group("Trip", [ann.account.user_id])
    alias = f"#{ben.account.name}:{ben.account.user_id.partition(':')[2]}"
    await session._server._client.call(
        "PUT", f"/_matrix/client/v3/directory{path('room', alias)}", {"room_id": group.id}
    )
    await accept(ann, group)
    answer = await ask(ann.tim.TIMMsgSendNewMsg, alias, GROUP, text("to the address"))
    assert answer.code == 0, answer
    assert (answer.value["message_conv_id"], answer.value["message_conv_type"]) == (group.id, GROUP)
    assert texts(await ann.list(alias, GROUP)) == ["to the address"]
    assert (await ask(ann.tim.TIMMsgSendNewMsg, "#nowhere:chatdesk.local", GROUP, text("x"))).code == 10010


async def accept(user: User, group: ConversationId) -> None:
    """The invitation, once this device has heard of it."""
    session = user.tim._runner.session
    assert session is not None
    while await session.conversations.get(group) is None:
        await asyncio.sleep(0.01)
    await session.conversations.accept(group)


async def test_an_upload_that_is_cancelled_does_not_hold_up_what_follows(
    ann: User, ben: User, proxy: DroppingProxy, tmp_path: Path
) -> None:
    peer = ben.account.user_id
    await ask_well(ann.tim.TIMMsgSendNewMsg, peer, C2C, text("before"))
    source = tmp_path / "data.bin"
    source.write_bytes(bytes(500_000))
    proxy.delay(path_has("/media/v3/upload"), 300, times=100)  # a second try, too, waits
    message = json.dumps({"message_elem_array": [{"elem_type": 4, "file_elem_file_path": str(source)}]})
    _, cancelled = begin(ann.tim.TIMMsgSendNewMsg, peer, C2C, message)
    session = ann.tim._runner.session
    assert session is not None
    uploading: list[Message] = []
    async with asyncio.timeout(60):
        while not uploading:
            await asyncio.sleep(0.02)
            page = await session.history.page(ConversationId(ConversationType.C2C, peer), count=10)
            uploading = [message for message in page if message.state is MessageState.UPLOADING]
        _, after = begin(ann.tim.TIMMsgSendNewMsg, peer, C2C, text("after"))
        await session.outbox.revoke(uploading[0].key)
        assert (await after.result()).code == 0
        assert (await cancelled.result()).code != 0
    await ben.hears_text("after")
    assert texts(await ann.list(peer)) == ["after", "before"]
