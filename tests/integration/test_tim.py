"""`Tim` after a login, on a real Synapse: what goes wrong and its codes, listeners, pages, downloads, its end."""

import asyncio
import json
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from chatdesk.core.profile import ProfileInUse
from chatdesk.domain.elements import Text
from chatdesk.domain.errors import ChatdeskError, LoginError
from chatdesk.matrix.encode import edit_content
from chatdesk.matrix.homeserver import Homeserver
from chatdesk.tim import Tim
from tests.integration.test_tim_cli import TEXT
from tests.servers.accounts import Account, NewAccount
from tests.unit.tim.answers import PATIENCE_S, Answers, ask, ask_well, begin

KEY = bytes(range(32))
C2C, GROUP = 1, 2


class User:
    """Somebody with a `Tim` that notes everything it is told."""

    def __init__(self, account: Account, directory: Path) -> None:
        self.account = account
        self.directory = directory
        self.tim: Tim
        self.told: list[tuple[str, tuple[Any, ...]]] = []

    async def log_in(self) -> "User":
        self.tim = tim = Tim(self.directory, KEY)
        tim.TIMAddRecvNewMsgCallback(self._note("new"), "data")
        tim.TIMSetMsgReadedReceiptCallback(self._note("receipt"), "data")
        tim.TIMSetMsgRevokeCallback(self._note("revoke"), "data")
        tim.TIMSetMsgUpdateCallback(self._note("update"), "data")
        tim.TIMSetMsgElemUploadProgressCallback(self._note("upload"), "data")
        tim.TIMSetConvEventCallback(self._note("conversation"), "data")
        tim.TIMSetConvTotalUnreadMessageCountChangedCallback(self._note("unread"), "data")
        tim.TIMSetNetworkStatusListenerCallback(self._note("network"), "data")
        tim.TIMSetGroupTipsEventCallback(self._note("tips"), "data")
        tim.TIMSetKickedOfflineCallback(self._note("kicked"), "data")
        tim.TIMSetUserSigExpiredCallback(self._note("expired"), "data")
        await tim.login(self.account.url, self.account.name, self.account.password)
        return self

    def _note(self, name: str) -> Any:
        def note(*arguments: Any) -> None:
            assert arguments[-1] == "data"
            self.told.append((name, arguments[:-1]))

        return note

    async def hears(self, name: str, fits: Any = lambda *_: True) -> tuple[Any, ...]:
        """Wait to be told something; texts that are JSON come as values."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for told, arguments in self.told:
                    values = tuple(json.loads(a) if str(a).startswith(("[", "{")) else a for a in arguments)
                    if told == name and fits(*values):
                        return values
                await asyncio.sleep(0.01)

    async def hears_text(self, text: str) -> dict[str, Any]:
        def has(messages: list[dict[str, Any]]) -> bool:
            return any(text == e.get("text_elem_content") for m in messages for e in m["message_elem_array"])

        (messages,) = await self.hears("new", has)
        return next(m for m in messages if has([m]))

    async def list(self, conv_id: str, conv_type: int = C2C, **params: object) -> list[dict[str, Any]]:
        wanted = {f"msg_getmsglist_param_{key}": value for key, value in params.items()}
        found = (await ask_well(self.tim.TIMMsgGetMsgList, conv_id, conv_type, json.dumps(wanted))).value
        assert isinstance(found, list)
        return found


@pytest.fixture
async def ann(new_account: NewAccount, tmp_path: Path) -> AsyncIterator[User]:
    user = await User(await new_account("ann"), tmp_path / "ann").log_in()
    yield user
    await user.tim.close()


@pytest.fixture
async def ben(new_account: NewAccount, tmp_path: Path) -> AsyncIterator[User]:
    user = await User(await new_account("ben"), tmp_path / "ben").log_in()
    yield user
    await user.tim.close()


def text(content: str, **more: object) -> str:
    elements = [{"elem_type": 0, "text_elem_content": content}]
    return json.dumps({"message_elem_array": elements} | {f"message_{key}": value for key, value in more.items()})


def texts(messages: list[dict[str, Any]]) -> list[str]:
    return [e["text_elem_content"] for m in messages for e in m["message_elem_array"] if e["elem_type"] == 0]


# What goes wrong


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ('{"message_elem_array":[]}', 6016),
        ('{"message_elem_array":[{"elem_type":99}]}', 6016),
        ('{"message_sender":"x"}', 6016),
        ('{"message_elem_array":[{"elem_type":0,"text_elem_content":"  "}]}', 6016),
        ('{"message_elem_array":[{"elem_type":5,"group_tips_elem_tip_type":1}]}', 6017),
        ('{"message_elem_array":[{"elem_type":0,"text_elem_content":"x"},{"elem_type":8}]}', 6017),
        (text("x" * 13_000), 8001),
        (text("x", is_online_msg=True), 7013),
        ('{"message_elem_array":[{"elem_type":7,"location_elem_latitude":999}]}', 6016),
        ('{"message_elem_array":[{"elem_type":4,"file_elem_file_path":"/no/such/file"}]}', 7004),
        ('{"message_elem_array":[{"elem_type":4,"file_elem_file_path":"/"}]}', 7004),
        ('{"message_elem_array":[{"elem_type":4,"file_elem_file_path":"/dev/null"}]}', 7004),
        ('{"message_elem_array":[{"elem_type":4,"file_elem_file_path":"a\\u0000b"}]}', 7004),
        ('{"message_elem_array":[{"elem_type":4}]}', 7004),
    ],
)
async def test_what_cannot_be_sent(ann: User, ben: User, message: str, code: int) -> None:
    answer = await ask(ann.tim.TIMMsgSendNewMsg, ben.account.user_id, C2C, message)
    assert answer.code == code, answer
    assert answer.desc
    assert answer.value["message_status"] == 3


async def test_names_of_nobody(ann: User) -> None:
    tim = ann.tim
    assert (await ask(tim.TIMMsgSendNewMsg, "nobody-here", C2C, TEXT)).code == 20003
    assert (await ask(tim.TIMMsgSendNewMsg, " ", C2C, TEXT)).code == 7003
    assert (await ask(tim.TIMMsgSendNewMsg, "a b", C2C, TEXT)).code == 7003
    assert (await ask(tim.TIMMsgSendNewMsg, "!nothing:here", GROUP, TEXT)).code in (10007, 10010)
    assert (await ask(tim.TIMMsgReportReaded, "nobody-here", C2C, None)).code == 6004
    assert (await ask(tim.TIMMsgReportReaded, "!nothing:here", GROUP, "{}")).code == 10010
    assert (await ask(tim.TIMMsgReportReaded, "nobody-here", C2C, "no json")).code == 6027
    assert (await ask(tim.TIMMsgReportReaded, "nobody-here", C2C, '{"message_sender":"x"}')).code == 6017
    assert (await ask(tim.TIMMsgRevoke, "nobody-here", C2C, TEXT)).code == 10030
    assert (await ask(tim.TIMMsgRevoke, "nobody-here", C2C, '{"message_msg_id":"$nothing"}')).code == 10030
    assert (await ask(tim.TIMMsgFindByMsgLocatorList, "nobody-here", C2C, "[{}]")).value == []
    assert (await ask(tim.TIMMsgDelete, "nobody-here", C2C, "{}")).code == 6004
    assert (await ask(tim.TIMMsgImportMsgList, "!nothing:here", GROUP, f"[{TEXT}]")).code == 10010
    lost = {"msg_getmsglist_param_last_msg": {"message_msg_id": "$nothing"}}
    assert (await ask(tim.TIMMsgGetMsgList, "nobody-here", C2C, json.dumps(lost))).code == 7011
    everybody = {"msg_batch_send_param_identifier_array": ["x"] * 501, "msg_batch_send_param_msg": json.loads(TEXT)}
    answer = await ask(tim.TIMMsgBatchSend, json.dumps(everybody))
    assert answer.code == 90011
    assert len(answer.value) == 501


async def test_a_batch_that_reaches_nobody(ann: User) -> None:
    batch = {"msg_batch_send_param_identifier_array": ["nobody-1", "", 5], "msg_batch_send_param_msg": json.loads(TEXT)}
    answer = await ask(ann.tim.TIMMsgBatchSend, json.dumps(batch))
    assert answer.code == 6003
    assert [row["msg_batch_send_result_identifier"] for row in answer.value] == ["nobody-1", "", ""]
    assert all(row["msg_batch_send_result_code"] for row in answer.value)


async def test_batch_keeps_order_and_duplicates(ann: User, ben: User) -> None:
    users = [ben.account.user_id, "nobody-here", ben.account.user_id]
    batch = {"msg_batch_send_param_identifier_array": users, "msg_batch_send_param_msg": json.loads(TEXT)}
    rows = (await ask_well(ann.tim.TIMMsgBatchSend, json.dumps(batch))).value
    assert [row["msg_batch_send_result_identifier"] for row in rows] == users
    assert [row["msg_batch_send_result_code"] for row in rows] == [0, 20003, 0]
    first, _, last = (row["msg_batch_send_result_msg"] for row in rows)
    assert first["message_msg_id"] != last["message_msg_id"]


async def test_recall_too_late_and_not_allowed(ann: User, ben: User) -> None:
    ann.tim.revoke_limit_s = 0
    sent = await ask_well(ann.tim.TIMMsgSendNewMsg, ben.account.user_id, C2C, TEXT)
    await asyncio.sleep(1.1)
    assert (await ask(ann.tim.TIMMsgRevoke, ben.account.user_id, C2C, sent.json)).code == 20016
    theirs = await ben.hears_text("grüße 🙂")
    answer = await ask(ben.tim.TIMMsgRevoke, ann.account.user_id, C2C, json.dumps(theirs))
    assert answer.code == 10007
    ann.tim.revoke_limit_s = None
    await ask_well(ann.tim.TIMMsgRevoke, ben.account.user_id, C2C, sent.json)
    await ask_well(ann.tim.TIMMsgRevoke, ben.account.user_id, C2C, sent.json)  # once more: nothing to do, no complaint


# What is kept


async def test_everything_a_message_carries(ann: User, ben: User) -> None:
    peer = ben.account.user_id
    message = text(
        "for Ben",
        cloud_custom_str="cloud",
        custom_int=7,
        custom_str="mine",
        priority=0,
        group_at_user_array=[ben.account.name, "__kImSDK_MessageAtALL__"],
    )
    sent = (await ask_well(ann.tim.TIMMsgSendNewMsg, peer, C2C, message)).value
    assert (sent["message_custom_int"], sent["message_custom_str"]) == (7, "mine")
    there = await ben.hears_text("for Ben")
    assert (there["message_custom_int"], there["message_custom_str"]) == (0, "")
    for found in (sent, there):
        assert (found["message_cloud_custom_str"], found["message_priority"]) == ("cloud", 0)
        assert sorted(found["message_group_at_user_array"]) == sorted([peer, "__kImSDK_MessageAtALL__"])
    for key in ("message_rand", "message_server_time", "message_client_time", "message_unique_id", "message_msg_id"):
        assert sent[key] == there[key]


async def test_several_elements_stay_together(ann: User, ben: User) -> None:
    elements = [
        {"elem_type": 6, "face_elem_index": 3, "face_elem_buf": "data"},
        {"elem_type": 0, "text_elem_content": "in the middle"},
        {
            "elem_type": 3,
            "custom_elem_data": "d",
            "custom_elem_desc": "e",
            "custom_elem_ext": "x",
            "custom_elem_sound": "s",
        },
        {
            "elem_type": 7,
            "location_elem_desc": "here",
            "location_elem_latitude": 52.5163,
            "location_elem_longitude": -13.3777,
        },
    ]
    await ask_well(ann.tim.TIMMsgSendNewMsg, ben.account.user_id, C2C, json.dumps({"message_elem_array": elements}))
    assert (await ben.hears_text("in the middle"))["message_elem_array"] == elements


async def test_pages_meet(ann: User, ben: User) -> None:
    """Backward pages are newest first, forward ones oldest first; last_msg is excluded."""
    peer = ben.account.user_id
    for number in range(10):
        await ask_well(ann.tim.TIMMsgSendNewMsg, peer, C2C, text(str(number)))
    old = [json.loads(text(f"old {n}", server_time=1000 + n, rand=n + 1)) for n in range(5)]
    await ask_well(ann.tim.TIMMsgImportMsgList, peer, C2C, json.dumps(old))
    back: list[dict[str, Any]] = []
    while page := await ann.list(peer, count=4, is_ramble=True, last_msg=back[-1] if back else None):
        back += page
    expected = [f"old {n}" for n in range(5)] + [str(n) for n in range(10)]
    assert texts(back) == expected[::-1]
    forward = back[-1:]
    while page := await ann.list(peer, count=4, is_forward=True, last_msg=forward[-1]):
        forward += page
    assert forward == back[::-1]
    assert texts(await ann.list(peer, time_begin=1003, time_period=2, count=9)) == ["old 3", "old 2", "old 1"]
    assert await ann.list(peer, message_type_array=[7]) == []
    seqs = [message["message_seq"] for message in back[2:4]]
    assert sorted(m["message_seq"] for m in await ann.list(peer, message_seq_array=seqs)) == sorted(seqs)
    with_first = await ann.list(peer, last_msg_seq=back[2]["message_seq"], count=2)
    assert with_first == back[2:4]


async def test_deleting_one(ann: User, ben: User) -> None:
    peer = ben.account.user_id
    sent = [(await ask_well(ann.tim.TIMMsgSendNewMsg, peer, C2C, text(t))).value for t in ("one", "two")]
    await ask_well(ann.tim.TIMMsgDelete, peer, C2C, json.dumps({"msg_delete_param_msg": sent[0]}))
    assert texts(await ann.list(peer)) == ["two"]
    locator = {"message_locator_unique_id": sent[0]["message_unique_id"], "message_locator_is_self": True}
    (found,) = (await ask_well(ann.tim.TIMMsgFindByMsgLocatorList, peer, C2C, json.dumps([locator]))).value
    assert found["message_status"] == 4


# Listeners


async def test_what_listeners_hear(ann: User, ben: User) -> None:
    me, peer = ann.account.user_id, ben.account.user_id
    # The server counts nothing for somebody who has not joined yet: let the conversation be there first.
    await ask_well(ann.tim.TIMMsgSendNewMsg, peer, C2C, text("first"))
    await ask_well(ben.tim.TIMMsgReportReaded, me, C2C, json.dumps(await ben.hears_text("first")))
    sent = (await ask_well(ann.tim.TIMMsgSendNewMsg, peer, C2C, text("hello"))).value
    there = await ben.hears_text("hello")
    assert (there["message_is_from_self"], there["message_sender"], there["message_conv_id"]) == (False, me, me)
    await ben.hears("conversation", lambda event, array: event == 0 and array[0]["conv_id"] == me)
    await ben.hears("unread", lambda total: total == 1)
    await ben.hears("network", lambda status, code, desc: status == 0)
    await ask_well(ben.tim.TIMMsgReportReaded, me, C2C, json.dumps(there))
    await ben.hears("unread", lambda total: total == 0)
    (receipts,) = await ann.hears("receipt", lambda some: some[-1]["msg_receipt_msg_id"] == sent["message_msg_id"])
    assert [(r["msg_receipt_conv_id"], r["msg_receipt_conv_type"]) for r in receipts] == [(peer, C2C)]
    assert receipts[-1]["msg_receipt_time_stamp"] == sent["message_server_time"]
    assert (await ann.list(peer))[0]["message_is_peer_read"]
    await ask_well(ann.tim.TIMMsgRevoke, peer, C2C, json.dumps(sent))
    ((locator,),) = await ben.hears("revoke")
    assert (locator["message_locator_rand"], locator["message_locator_time"]) == (
        sent["message_rand"],
        sent["message_server_time"],
    )
    assert locator["message_revoker_user_id"] == me
    ((updated,),) = await ben.hears("update")
    assert updated["message_status"] == 6


async def test_an_edit_from_another_client(ann: User, ben: User) -> None:
    me, peer = ann.account.user_id, ben.account.user_id
    sent = (await ask_well(ann.tim.TIMMsgSendNewMsg, peer, C2C, text("helo"))).value
    there = await ben.hears_text("helo")
    server = Homeserver(ann.account.url)
    await server.login(ann.account.name, ann.account.password, "another client")
    (channel,) = await server.direct_channels()
    await server.send(channel, "t1", edit_content((Text("hello"),), sent["message_msg_id"], "t1"))
    await server.close()
    ((updated,),) = await ben.hears("update")
    changed = {"message_elem_array"}
    assert updated["message_elem_array"][0]["text_elem_content"] == "hello"
    assert {k: v for k, v in updated.items() if k not in changed} == {
        k: v for k, v in there.items() if k not in changed
    }
    assert (await ben.list(me))[0] == updated


async def test_upload_progress(ann: User, ben: User, tmp_path: Path) -> None:
    path = tmp_path / "data.bin"
    path.write_bytes(bytes(2_000_000))
    elements = [
        {"elem_type": 0, "text_elem_content": "take this"},
        {"elem_type": 4, "file_elem_file_path": str(path), "file_elem_file_name": "data.bin"},
    ]
    await ask_well(ann.tim.TIMMsgSendNewMsg, ben.account.user_id, C2C, json.dumps({"message_elem_array": elements}))
    message, index, _, total = await ann.hears("upload", lambda message, index, done, total: done == total)
    assert (index, total, len(message["message_elem_array"])) == (1, 2_000_000, 2)


async def test_group_tips_and_a_removed_listener(ann: User, ben: User, tmp_path: Path) -> None:
    session = ann.tim._runner.session
    assert session is not None
    group = await session.conversations.create_group("Trip", [ben.account.user_id])
    (tip,) = await ann.hears("tips", lambda tip: tip["group_tips_elem_user_array"] == [ben.account.user_id])
    assert (tip["group_tips_elem_group_id"], tip["group_tips_elem_tip_type"]) == (group.id, 1)
    sent = await ask_well(ann.tim.TIMMsgSendNewMsg, group.id, GROUP, text("to all"))
    ann.tim.revoke_limit_s = -1
    assert (await ask(ann.tim.TIMMsgRevoke, group.id, GROUP, sent.json)).code == 10031
    heard: list[str] = []

    def listener(array: str, user_data: object) -> None:
        heard.append(array)

    ben.tim.TIMAddRecvNewMsgCallback(listener)
    ben.tim.TIMRemoveRecvNewMsgCallback(listener)
    await ask_well(ann.tim.TIMMsgSendNewMsg, ben.account.user_id, C2C, text("hello"))
    await ben.hears_text("hello")
    assert heard == []


# Downloads


async def test_downloads(ann: User, ben: User, tmp_path: Path) -> None:
    """Every way a target can be wrong has its code, and nothing half is left."""
    path = tmp_path / "data.bin"
    path.write_bytes(bytes(range(256)) * 1000)
    elements = [{"elem_type": 4, "file_elem_file_path": str(path)}]
    message = json.dumps({"message_elem_array": elements})
    sent = (await ask_well(ann.tim.TIMMsgSendNewMsg, ben.account.user_id, C2C, message)).value
    element = sent["message_elem_array"][0]
    by_url = json.dumps({"msg_download_elem_param_url": element["file_elem_url"]})
    by_id = json.dumps({"msg_download_elem_param_id": element["file_elem_file_id"]})
    folder = tmp_path / "out"
    folder.mkdir()
    download = ann.tim.TIMMsgDownloadElemToPath
    await ask_well(download, by_url, str(folder / "one"))
    await ask_well(download, by_id, str(folder / "two"))
    assert (folder / "one").read_bytes() == (folder / "two").read_bytes() == path.read_bytes()
    assert (await ask(download, by_url, str(folder / "one"))).code == 7014
    assert (await ask(download, by_url, str(folder / "no" / "x"))).code == 7004
    assert (await ask(download, by_url, str(path / "x"))).code in (7004, 7007)
    assert (await ask(download, by_url, "a\0b")).code == 7007
    assert (await ask(download, by_url, "/sys/kernel/x")).code == 7007  # takes no files, not even from root
    assert (await ask(download, "{}", str(folder / "x"))).code == 6017
    elsewhere = json.dumps({"msg_download_elem_param_url": "https://example.org/x"})
    assert (await ask(download, elsewhere, str(folder / "x"))).code == 6017
    gone = json.dumps({"msg_download_elem_param_url": element["file_elem_url"] + "gone"})
    assert (await ask(download, gone, str(folder / "x"))).code == 114000
    assert sorted(p.name for p in folder.iterdir()) == ["one", "two"]


async def test_renditions_of_a_picture(ann: User, ben: User, tmp_path: Path) -> None:
    sample = Path(__file__).resolve().parents[2] / "resources" / "samples" / "harbour.png"
    message = json.dumps({"message_elem_array": [{"elem_type": 1, "image_elem_orig_path": str(sample)}]})
    await ask_well(ann.tim.TIMMsgSendNewMsg, ben.account.user_id, C2C, message)
    ((there,),) = await ben.hears("new", lambda array: array[0]["message_elem_array"][0]["elem_type"] == 1)
    (image,) = there["message_elem_array"]
    assert (image["image_elem_orig_pic_width"], image["image_elem_orig_pic_height"]) == (960, 640)
    assert image["image_elem_format"] == 3
    data = {}
    for rendition in ("orig", "large", "thumb"):
        target = tmp_path / rendition
        param = {"msg_download_elem_param_url": image[f"image_elem_{rendition}_url"]}
        await ask_well(ben.tim.TIMMsgDownloadElemToPath, json.dumps(param), str(target))
        data[rendition] = target.read_bytes()
    assert data["orig"] == data["large"] == sample.read_bytes()  # 640 pixels: it is its own large one
    assert 0 < len(data["thumb"]) < len(data["orig"])


# Beginning and end


async def test_login_is_kept_and_its_directory_is_private(ann: User, new_account: NewAccount) -> None:
    assert stat.S_IMODE(ann.directory.stat().st_mode) == 0o700
    with pytest.raises(ProfileInUse):
        await Tim(ann.directory, KEY).login()
    await ann.tim.login()  # already logged in: nothing to do
    with pytest.raises(LoginError, match="belongs to"):
        await ann.tim.login("", "somebody-else", "x")
    await ann.tim.close()
    again = Tim(ann.directory, KEY)
    await again.login()
    assert again.user_id == ann.account.user_id
    await again.logout()
    assert again.user_id == ""
    assert (await ask(again.TIMConvGetConvList)).code == 6014
    with pytest.raises(LoginError, match="Nobody is logged in"):
        await again.login()
    await again.login(ann.account.url, ann.account.name, ann.account.password)
    await again.close()
    assert (await ask(again.TIMConvGetConvList)).code == 6013


async def test_a_login_that_fails_frees_the_directory(new_account: NewAccount, tmp_path: Path) -> None:
    account = await new_account("ann")
    with pytest.raises(ChatdeskError):
        await Tim(tmp_path / "t", KEY).login(account.url, account.name, "wrong")
    tim = Tim(tmp_path / "t", KEY)
    await tim.login(account.url, account.name, account.password)
    await tim.close()


async def test_calls_that_run_when_it_ends_are_answered_once(ann: User, ben: User) -> None:
    every: list[Answers] = []
    for number in range(20):
        returned, answers = begin(ann.tim.TIMMsgSendNewMsg, ben.account.user_id, C2C, text(str(number)))
        assert returned == 0
        every.append(answers)
    await ann.tim.close()
    assert [len(answers.results) for answers in every] == [1] * 20
    assert {answers.results[0].code for answers in every} <= {0, 7009}
    await asyncio.sleep(0.1)
    assert [len(answers.results) for answers in every] == [1] * 20


async def test_kicked(ann: User, new_account: NewAccount) -> None:
    """Another device of the account ends this one's session."""
    session = ann.tim._runner.session
    assert session is not None
    await session._server.logout()
    await ann.hears("kicked")
    await ann.hears("network", lambda status, code, desc: (status, code) == (1, 6014))
    await ann.tim.login("", ann.account.name, ann.account.password)
    await ann.hears("conversation", lambda event, array: event == 4)
