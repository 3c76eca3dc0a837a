"""Every example of the SDK's message documents, verbatim, through `Tim` on a real Synapse, with two more users watching
through a client nobody here wrote (matrix-nio). The JSON below is the documents' own text."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import nio
import pytest

from chatdesk.localserver import LocalServer
from chatdesk.localserver.address import free_port
from chatdesk.tim import Tim
from tests.conftest import OwnServer
from tests.integration.watcher import Watcher
from tests.unit.tim.answers import Answers, ask, ask_well, begin

C2C, GROUP = 1, 2
KEY = bytes(range(32))
# The documents' users. Matrix registers no capitals: their "Windows-02" is windows-02 here.
USERS = ("user1", "user2", "user3", "test_win_03", "windows-02")

SEND = """{
   "message_client_time" : 1551446728,
   "message_elem_array" : [
      {
         "elem_type" : 0,
         "text_elem_content" : "send text"
      }
   ],
   "message_sender" : "user1",
   "message_server_time" : 1551446728
}"""
SEND_AND_REVOKE = """{
   "message_elem_array" : [
      {
         "elem_type" : 0,
         "text_elem_content" : "send text"
      }
   ]
}"""
LOCATORS = """[
   {
      "message_locator_is_revoked" : false,
      "message_locator_is_self" : false,
      "message_locator_rand" : 12345678,
      "message_locator_seq" : 1,
      "message_locator_time" : 123
   }
]"""
IMPORT = """[
   {
      "message_client_time" : 1551446728,
      "message_elem_array" : [
         {
            "elem_type" : 0,
            "text_elem_content" : "this is import msg"
         }
      ],
      "message_sender" : "user1",
      "message_server_time" : 1551446728
   }
]"""
GET_LIST = """{
   "msg_getmsglist_param_count" : 100,
   "msg_getmsglist_param_is_forward" : true,
   "msg_getmsglist_param_is_remble" : false,
   "msg_getmsglist_param_last_msg" : {}
}"""
DELETE = """{
  "msg_delete_param_is_remble" : false,
  "msg_delete_param_msg" : {}
}"""
BATCH = """{
   "msg_batch_send_param_identifier_array" : [ "user2", "user3" ],
   "msg_batch_send_param_msg" : {
      "message_client_time" : 1551340614,
      "message_elem_array" : [
         {
            "elem_type" : 0,
            "text_elem_content" : "this is batch send msg"
         }
      ],
      "message_sender" : "user1",
      "message_server_time" : 1551340614
   }
}"""


@pytest.fixture
async def server(own_server: OwnServer) -> LocalServer:
    server = await own_server(listen=("127.0.0.1", free_port()))
    for user in USERS:
        await server.register(user, server.password_for(user), user.capitalize())
    return server


@pytest.fixture
async def tim(server: LocalServer, tmp_path: Path) -> AsyncIterator[Tim]:
    tim = Tim(tmp_path / "tim", KEY)
    await tim.login(server.url, "user1", server.password_for("user1"))
    yield tim
    await tim.close()


@pytest.fixture
async def user2(server: LocalServer) -> AsyncIterator[Watcher]:
    async with Watcher(server, "user2") as watcher:
        yield watcher


@pytest.fixture
async def user3(server: LocalServer) -> AsyncIterator[Watcher]:
    async with Watcher(server, "user3") as watcher:
        yield watcher


async def test_send(tim: Tim, user2: Watcher) -> None:
    data = object()
    answer = await ask(tim.TIMMsgSendNewMsg, "user2", C2C, SEND, user_data=data)
    assert (answer.code, answer.desc, answer.user_data) == (0, "", data)
    sent = answer.value
    assert sent["message_elem_array"] == [{"elem_type": 0, "text_elem_content": "send text"}]
    assert (sent["message_sender"], sent["message_conv_id"]) == (tim.user_id, user2.user_id)
    assert (sent["message_status"], sent["message_is_from_self"]) == (2, True)
    assert sent["message_server_time"] > 1_700_000_000
    assert sent["message_seq"] > 0
    assert sent["message_rand"] > 0
    assert sent["message_unique_id"] == sent["message_server_time"] << 32 | sent["message_rand"]
    event = await user2.sees(nio.RoomMessageText, "send text")
    assert (event.sender, event.event_id) == (tim.user_id, sent["message_msg_id"])


async def test_send_to_a_group(tim: Tim, server: LocalServer, user2: Watcher, user3: Watcher) -> None:
    group = await user2.make_group("Trip", [tim.user_id, user3.user_id])
    await user3.joins(group)
    async with Watcher(server, "user1") as same_user_elsewhere:
        await same_user_elsewhere.joins(group)
    while (answer := await ask(tim.TIMMsgSendNewMsg, group, GROUP, SEND)).code == 10007:
        await asyncio.sleep(0.05)  # this device has not heard of the group yet
    assert answer.code == 0
    for watcher in (user2, user3):
        assert (await watcher.sees(nio.RoomMessageText, "send text")).sender == tim.user_id


async def test_report_read(tim: Tim, user2: Watcher) -> None:
    """The documents have no example: NULL, "" and a message from the new-message callback are what they describe."""
    received = Answers()
    tim.TIMAddRecvNewMsgCallback(lambda array, data: received(0, "", array, data))
    await ask_well(tim.TIMMsgSendNewMsg, "user2", C2C, SEND)
    room = (await user2.sees(nio.RoomMessageText, "send text")).room
    first = await user2.say(room, "first")
    for report in (None, "", json.dumps(await _received(received, "first"))):
        await ask_well(tim.TIMMsgReportReaded, "user2", C2C, report)
        await user2.sees_receipt(first, tim.user_id)


async def test_revoke_what_was_sent(tim: Tim, user2: Watcher) -> None:
    """As in the documents: the callback of the send hands its JSON to the revocation."""
    revoked = Answers()
    sent: list[str] = []

    def on_sent(code: int, desc: str, json_param: str, user_data: object) -> None:
        assert code == 0
        sent.append(json_param)
        assert tim.TIMMsgRevoke("test_win_03", C2C, json_param, revoked, user_data) == 0

    assert tim.TIMMsgSendNewMsg("test_win_03", C2C, SEND_AND_REVOKE, on_sent, "data") == 0
    answer = await revoked.result()
    assert (answer.code, answer.desc, answer.json, answer.user_data) == (0, "", "", "data")
    (found,) = (await ask_well(tim.TIMMsgFindByMsgLocatorList, "test_win_03", C2C, _locator_of(sent[0]))).value
    assert (found["message_status"], found["message_revoker_user_id"]) == (6, tim.user_id)
    assert found["message_elem_array"] == []


async def test_revoked_in_the_eyes_of_others(tim: Tim, user2: Watcher) -> None:
    answer = await ask_well(tim.TIMMsgSendNewMsg, "user2", C2C, SEND_AND_REVOKE)
    await user2.sees(nio.RoomMessageText, "send text")
    await ask_well(tim.TIMMsgRevoke, "user2", C2C, answer.json)
    redaction = await user2.sees(nio.RedactionEvent)
    assert redaction.source["redacts"] == answer.value["message_msg_id"]


async def test_find_by_locator(tim: Tim, user2: Watcher) -> None:
    """The documents' locator names nothing here; one made of a sent message names that one."""
    answer = await ask_well(tim.TIMMsgFindByMsgLocatorList, "user2", C2C, LOCATORS)
    assert answer.value == []
    sent = await ask_well(tim.TIMMsgSendNewMsg, "user2", C2C, SEND)
    found = await ask_well(tim.TIMMsgFindByMsgLocatorList, "user2", C2C, _locator_of(sent.json))
    assert [message["message_msg_id"] for message in found.value] == [sent.value["message_msg_id"]]
    # And one that names exactly the documents' message, once it is there.
    imported = json.loads(IMPORT)[0] | {"message_rand": 12345678, "message_server_time": 123, "message_sender": "user2"}
    await ask_well(tim.TIMMsgImportMsgList, "user2", C2C, json.dumps([imported]))
    found = await ask_well(tim.TIMMsgFindByMsgLocatorList, "user2", C2C, LOCATORS)
    assert [message["message_rand"] for message in found.value] == [12345678]


async def test_import(tim: Tim, user2: Watcher) -> None:
    sent = await ask_well(tim.TIMMsgSendNewMsg, "user2", C2C, SEND)
    for _ in range(2):  # the second time adds nothing
        answer = await ask_well(tim.TIMMsgImportMsgList, "user2", C2C, IMPORT)
        assert answer.json == ""
    listed = (await ask_well(tim.TIMMsgGetMsgList, "user2", C2C, GET_LIST)).value
    texts = [
        m["message_elem_array"][0]["text_elem_content"] for m in listed if m["message_elem_array"][0]["elem_type"] == 0
    ]
    assert texts == ["this is import msg", "send text"]
    (imported,) = [m for m in listed if m["message_status"] == 5]
    assert (imported["message_server_time"], imported["message_is_from_self"]) == (1551446728, True)
    assert sent.value["message_msg_id"] in [m["message_msg_id"] for m in listed]


async def test_save(tim: Tim) -> None:
    await ask_well(tim.TIMMsgSaveMsg, "user2", C2C, SEND)
    (saved,) = (await ask_well(tim.TIMMsgGetMsgList, "user2", C2C, GET_LIST)).value
    assert (saved["message_client_time"], saved["message_status"]) == (1551446728, 2)


async def test_get_list(tim: Tim) -> None:
    answer = await ask_well(tim.TIMMsgGetMsgList, "Windows-02", C2C, GET_LIST)
    assert answer.value == []
    sent = await ask_well(tim.TIMMsgSendNewMsg, "Windows-02", C2C, SEND)
    listed = (await ask_well(tim.TIMMsgGetMsgList, "Windows-02", C2C, GET_LIST)).value
    assert listed[-1]["message_msg_id"] == sent.value["message_msg_id"]


@pytest.mark.parametrize("spelling", ["remble", "ramble"])
async def test_delete(tim: Tim, user2: Watcher, spelling: str) -> None:
    """Without a message all local ones go; the peer keeps theirs, and a later sync brings nothing back."""
    await ask_well(tim.TIMMsgSendNewMsg, "user2", C2C, SEND)
    await ask_well(tim.TIMMsgDelete, "user2", C2C, DELETE.replace("remble", spelling))
    assert (await ask_well(tim.TIMMsgGetMsgList, "user2", C2C, GET_LIST)).value == []
    await user2.sees(nio.RoomMessageText, "send text")
    roaming = DELETE.replace("remble", spelling).replace("false", "true")
    await ask_well(tim.TIMMsgDelete, "user2", C2C, roaming)
    again = GET_LIST.replace("false", "true")
    assert (await ask_well(tim.TIMMsgGetMsgList, "user2", C2C, again)).value == []


async def test_download(tim: Tim, user2: Watcher, tmp_path: Path) -> None:
    """flag, type, id, business id and url come from the element, as in the documents."""
    received = Answers()
    tim.TIMAddRecvNewMsgCallback(lambda array, data: received(0, "", array, data))
    await ask_well(tim.TIMMsgSendNewMsg, "user2", C2C, SEND)
    room = (await user2.sees(nio.RoomMessageText, "send text")).room
    data = bytes(range(256)) * 4000
    await user2.send_file(room, "data.bin", data)
    (element,) = (await _received(received, "data.bin"))["message_elem_array"]
    param = {
        "msg_download_elem_param_flag": 2,
        "msg_download_elem_param_type": 1,
        "msg_download_elem_param_id": element["file_elem_file_id"],
        "msg_download_elem_param_business_id": element["file_elem_business_id"],
        "msg_download_elem_param_url": element["file_elem_url"],
    }
    path = tmp_path / element["file_elem_file_name"]
    returned, answers = begin(tim.TIMMsgDownloadElemToPath, json.dumps(param), str(path))
    assert returned == 0
    result = await answers.result()
    assert result.code == 0
    assert path.read_bytes() == data
    sizes = [a.value["msg_download_elem_result_current_size"] for a in answers.progress]
    assert sizes == sorted(sizes)
    assert sizes[-1] == len(data) == result.value["msg_download_elem_result_total_size"]
    assert len(answers.results) == 1


async def test_batch_send(tim: Tim, user2: Watcher, user3: Watcher) -> None:
    rows = (await ask_well(tim.TIMMsgBatchSend, BATCH)).value
    assert [row["msg_batch_send_result_identifier"] for row in rows] == ["user2", "user3"]
    assert [(row["msg_batch_send_result_code"], row["msg_batch_send_result_desc"]) for row in rows] == [(0, "")] * 2
    for watcher, row in zip((user2, user3), rows, strict=True):
        event = await watcher.sees(nio.RoomMessageText, "this is batch send msg")
        assert event.event_id == row["msg_batch_send_result_msg"]["message_msg_id"]


def _locator_of(message: str) -> str:
    values = json.loads(message)
    keys = ("is_revoked", "rand", "seq", "time", "is_self")
    found = (False, values["message_rand"], values["message_seq"], values["message_server_time"], True)
    return json.dumps([dict(zip((f"message_locator_{key}" for key in keys), found, strict=True))])


async def _received(answers: Answers, name: str) -> dict[str, Any]:
    """The message with this text or file name, when it has come."""
    async with asyncio.timeout(20):
        while True:
            for answer in answers.results:
                for message in answer.value:
                    if any(
                        name in (e.get("text_elem_content"), e.get("file_elem_file_name"))
                        for e in message["message_elem_array"]
                    ):
                        return dict(message)
            await asyncio.sleep(0.01)
