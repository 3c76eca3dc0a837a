"""Every wrong way to call the ten operations, as a table: what each returns, and that the callback comes once or not.

Nobody is logged in here, so what is accepted is answered with 6014; what happens after a login is tested elsewhere.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from chatdesk.tim import Tim
from tests.unit.tim.answers import begin

OK, JSON, PARAM = 0, -3, -4
NOT_LOGGED_IN = 6014
SEND, REPORT, REVOKE, FIND = "TIMMsgSendNewMsg", "TIMMsgReportReaded", "TIMMsgRevoke", "TIMMsgFindByMsgLocatorList"
IMPORT, SAVE, LIST, DELETE = "TIMMsgImportMsgList", "TIMMsgSaveMsg", "TIMMsgGetMsgList", "TIMMsgDelete"
DOWNLOAD, BATCH = "TIMMsgDownloadElemToPath", "TIMMsgBatchSend"
IN_CONVERSATION = (SEND, REPORT, REVOKE, FIND, IMPORT, SAVE, LIST, DELETE)
ALL = (*IN_CONVERSATION, DOWNLOAD, BATCH)
TAKES_MESSAGE = (SEND, REVOKE, SAVE)
MESSAGE = '{"message_elem_array":[{"elem_type":0,"text_elem_content":"hello"}]}'
GOOD = {
    SEND: MESSAGE,
    REPORT: MESSAGE,
    REVOKE: MESSAGE,
    SAVE: MESSAGE,
    FIND: '[{"message_locator_time":1,"message_locator_rand":2}]',
    IMPORT: f"[{MESSAGE}]",
    LIST: '{"msg_getmsglist_param_count":1}',
    DELETE: f'{{"msg_delete_param_msg":{MESSAGE}}}',
    DOWNLOAD: '{"msg_download_elem_param_url":"mxc://example.org/x"}',
    BATCH: f'{{"msg_batch_send_param_identifier_array":["ben"],"msg_batch_send_param_msg":{MESSAGE}}}',
}


@dataclass(frozen=True)
class Case:
    name: str
    function: str
    arguments: tuple[object, ...]
    returns: int


def with_json(function: str, json: object) -> tuple[object, ...]:
    match function:
        case "TIMMsgDownloadElemToPath":
            return (json, "/tmp/x")
        case "TIMMsgBatchSend":
            return (json,)
    return ("ben", 1, json)


NOTHING: tuple[object, ...] = (None, "", b"", 5, [], {})

# What is no JSON for anybody. ReportReaded accepts everything, as the vendor's library does.
NO_JSON: dict[str, str | bytes] = {
    "blank": "  ",
    "line end": "\n",
    "number": "1",
    "text": '"text"',
    "true": "true",
    "null": "null",
    "byte order mark": "\ufeff" + MESSAGE,
    "comment": "{/* here */}",
    "line comment": "{} // here",
    "single quotes": "{'message_sender':'a'}",
    "key without quotes": '{message_sender:"a"}',
    "NaN alone": "NaN",
    "NaN inside": '{"message_client_time":NaN}',
    "infinity": '{"message_client_time":-Infinity}',
    "number too large": '{"message_client_time":1e400}',
    "number far too long": '{"message_client_time":' + "9" * 5000 + "}",
    "leading zero": '{"message_client_time":01}',
    "lone minus": '{"message_client_time":-}',
    "hexadecimal": '{"message_client_time":0x10}',
    "text after": MESSAGE + " more",
    "two objects": MESSAGE + MESSAGE,
    "cut off": MESSAGE[:-1],
    "cut off in text": MESSAGE[:-8],
    "comma at the end of an object": '{"message_sender":"a",}',
    "comma only": "[,]",
    "two commas": "[1,,2]",
    "no colon": '{"message_sender" "a"}',
    "no comma": '{"a":1 "b":2}',
    "wrong bracket": '{"message_elem_array":[}',
    "control character": '{"message_sender":"a\tb"}',
    "word": "undefined",
    "python": "{'a': None}",
    "binary": b"\x00\xff\xfe\x01",
    "UTF-16": MESSAGE.encode("utf-16"),
    "far too deep": "[" * 200_000 + "]" * 200_000,
    "deep and open": '{"a":' * 50_000,
}

# JSON that says strange things, and what each kind of function returns.
OBJECTS: dict[str, str | bytes] = {
    "unknown keys": '{"unknown":1,"message_sender":"a"}',
    "duplicate keys": '{"message_sender":"a","message_sender":"b"}',
    "bytes": MESSAGE.encode(),
    "blanks around": f" \n\t{MESSAGE}\r\n ",
    "comma at the end of an array": '{"message_elem_array":[{"elem_type":0,"text_elem_content":"a"},]}',
    "not UTF-8": b'{"message_sender":"\xff\xfe","message_elem_array":[{"text_elem_content":"\xc3("}]}',
    "lone surrogate escape": '{"message_elem_array":[{"elem_type":0,"text_elem_content":"\\ud83d"}]}',
    "surrogate pair escape": '{"message_elem_array":[{"elem_type":0,"text_elem_content":"\\ud83d\\ude00"}]}',
    "lone surrogate": '{"message_elem_array":[{"elem_type":0,"text_elem_content":"\ud83d"}]}',
    "surrogate pair": '{"message_elem_array":[{"elem_type":0,"text_elem_content":"\ud83d\ude00"}]}',
    "unknown escape": '{"message_elem_array":[{"elem_type":0,"text_elem_content":"C:\\q"}]}',
    "zero character": '{"message_elem_array":[{"elem_type":0,"text_elem_content":"\\u0000"}]}',
    "a thousand levels": '{"unknown":' + "[" * 1000 + "]" * 1000 + "}",
    "long text": '{"message_elem_array":[{"elem_type":0,"text_elem_content":"' + "x" * 200_000 + '"}]}',
    "many elements": '{"message_elem_array":[' + ",".join(['{"elem_type":0}'] * 5000) + "]}",
    "no elements": '{"message_elem_array":[]}',
    "elements are a text": '{"message_elem_array":"hello"}',
    "elements are null": '{"message_elem_array":null}',
    "elements are an object": '{"message_elem_array":{"elem_type":0}}',
    "element is a number": '{"message_elem_array":[1,null,"x",[],true]}',
    "unknown element": '{"message_elem_array":[{"elem_type":99}]}',
    "element type is a text": '{"message_elem_array":[{"elem_type":"0"}]}',
    "element type is negative": '{"message_elem_array":[{"elem_type":-1}]}',
    "element type is huge": '{"message_elem_array":[{"elem_type":1e30}]}',
    "element type is missing": '{"message_elem_array":[{"text_elem_content":"a"}]}',
    "element type is null": '{"message_elem_array":[{"elem_type":null,"text_elem_content":"a"}]}',
    "text is a number": '{"message_elem_array":[{"elem_type":0,"text_elem_content":5}]}',
    "text is null": '{"message_elem_array":[{"elem_type":0,"text_elem_content":null}]}',
    "only the server's element": '{"message_elem_array":[{"elem_type":5}]}',
    "time is a text": '{"message_client_time":"1551446728"}',
    "time is a float": '{"message_client_time":1.5e9}',
    "time is negative": '{"message_server_time":-1}',
    "time is huge": '{"message_server_time":99999999999999999999999}',
    "rand is huge": '{"message_rand":18446744073709551615}',
    "priority is unknown": '{"message_priority":99}',
    "sender is a number": '{"message_sender":7}',
    "sender is long": '{"message_sender":"' + "a" * 5000 + '"}',
    "flag is a number": '{"message_is_from_self":1}',
    "mentions are a text": '{"message_group_at_user_array":"ben"}',
    "mentions are numbers": '{"message_group_at_user_array":[1,null,{}]}',
    "location is no number": '{"message_elem_array":[{"elem_type":7,"location_elem_latitude":"north"}]}',
    "location is far away": '{"message_elem_array":[{"elem_type":7,"location_elem_latitude":1e308}]}',
    "face is huge": '{"message_elem_array":[{"elem_type":6,"face_elem_index":99999999999999}]}',
    "path is a number": '{"message_elem_array":[{"elem_type":4,"file_elem_file_path":1}]}',
}


def conversations() -> Iterator[Case]:
    wrong_types: tuple[object, ...] = (0, 3, 4, 99, -1, None, "1", 1.0, True, 2**70, [], b"1")
    wrong_ids: tuple[object, ...] = (None, "", b"", 5, 1.5, [], {}, object())
    for function in IN_CONVERSATION:
        for type_ in wrong_types:
            yield Case(f"type {type_!r}", function, ("ben", type_, GOOD[function]), PARAM)
        for id_ in wrong_ids:
            returns = OK if function == REPORT else PARAM
            yield Case(f"id {type(id_).__name__} {id_ or ''!r:.4}", function, (id_, 1, GOOD[function]), returns)
        for id_ in (" ", "x" * 300, "\ud800", "\u4eca", "@", ":", "a\x00b", "Windows-02"):
            yield Case(f"id {id_[:12]!r} is for later", function, (id_, 1, GOOD[function]), OK)
        if function != REPORT:
            yield Case("type before JSON", function, ("ben", 9, "no json"), PARAM)
            yield Case("id before JSON", function, ("", 1, "no json"), PARAM)
            yield Case("empty id, empty JSON", function, ("", 1, ""), PARAM)
        yield Case("a group", function, ("!group:example.org", 2, GOOD[function]), OK)


def documents() -> Iterator[Case]:
    for function in ALL:
        for nothing in NOTHING:
            returns = OK if function == REPORT else PARAM
            yield Case(f"JSON {nothing!r}", function, with_json(function, nothing), returns)
        for name, text in NO_JSON.items():
            yield Case(name, function, with_json(function, text), OK if function == REPORT else JSON)
        yield Case("good", function, with_json(function, GOOD[function]), OK)
    for name, text in OBJECTS.items():
        for function in (*TAKES_MESSAGE, REPORT, LIST, DOWNLOAD):
            yield Case(name, function, with_json(function, text), OK)
        yield Case(name, FIND, with_json(FIND, text), JSON)
        yield Case(name, IMPORT, with_json(IMPORT, text), JSON)
        yield Case(name, BATCH, with_json(BATCH, text), JSON)
        plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
        yield Case(f"a list: {name}", IMPORT, with_json(IMPORT, f"[{plain}]"), OK)
        yield Case(f"inside: {name}", DELETE, with_json(DELETE, f'{{"msg_delete_param_msg":{plain}}}'), OK)


def shapes() -> Iterator[Case]:
    rows: tuple[tuple[str, str, str, int], ...] = (
        ("empty object", SEND, "{}", JSON),
        ("empty object", REVOKE, "{ }", JSON),
        ("empty object", SAVE, "{\n}", JSON),
        ("empty object", REPORT, "{}", OK),
        ("empty object", LIST, "{}", OK),
        ("empty object", DOWNLOAD, "{}", OK),
        ("empty object means all", DELETE, "{}", OK),
        ("empty object", FIND, "{}", JSON),
        ("empty object", IMPORT, "{}", JSON),
        ("empty object", BATCH, "{}", JSON),
        ("array", SEND, f"[{MESSAGE}]", JSON),
        ("array", REVOKE, "[]", JSON),
        ("array", SAVE, "[]", JSON),
        ("array", LIST, "[]", JSON),
        ("array", DELETE, "[]", JSON),
        ("array", DOWNLOAD, "[]", JSON),
        ("array", BATCH, "[]", JSON),
        ("array", REPORT, "[]", OK),
        ("empty array", FIND, "[]", OK),
        ("empty array", IMPORT, "[]", JSON),
        ("no locators", FIND, "[{}]", OK),
        ("numbers", FIND, '[1,"x",null]', OK),
        ("locator of wrong types", FIND, '[{"message_locator_time":"1","message_locator_is_self":1}]', OK),
        ("comma at the end", FIND, "[{},]", OK),
        ("comma at the end", IMPORT, f"[{MESSAGE},]", OK),
        ("an empty message", IMPORT, "[{}]", JSON),
        ("an empty message, second", IMPORT, f"[{MESSAGE},{{ }}]", JSON),
        ("an empty message and a comma", IMPORT, "[{},]", JSON),
        ("a number", IMPORT, "[1]", JSON),
        ("null", IMPORT, "[null]", JSON),
        ("a text among messages", IMPORT, f'[{MESSAGE},"x"]', JSON),
        ("a list among messages", IMPORT, f"[{MESSAGE},[]]", JSON),
        ("unknown key only", IMPORT, '[{"x":1}]', OK),
        ("last message null", LIST, '{"msg_getmsglist_param_last_msg":null}', OK),
        ("last message empty", LIST, '{"msg_getmsglist_param_last_msg":{}}', OK),
        ("last message a text", LIST, '{"msg_getmsglist_param_last_msg":"x"}', OK),
        ("count 0", LIST, '{"msg_getmsglist_param_count":0}', OK),
        ("count -1", LIST, '{"msg_getmsglist_param_count":-1}', OK),
        ("count a text", LIST, '{"msg_getmsglist_param_count":"5"}', OK),
        ("types of nonsense", LIST, '{"msg_getmsglist_param_message_type_array":[null,"0",99,-5]}', OK),
        ("numbers of nonsense", LIST, '{"msg_getmsglist_param_message_seq_array":[null,"0",-5,1e30]}', OK),
        ("both spellings", LIST, '{"msg_getmsglist_param_is_ramble":true,"msg_getmsglist_param_is_remble":false}', OK),
        ("message empty", DELETE, '{"msg_delete_param_msg":{}}', OK),
        ("message null", DELETE, '{"msg_delete_param_msg":null}', JSON),
        ("message a text", DELETE, '{"msg_delete_param_msg":"x"}', JSON),
        ("message a number", DELETE, '{"msg_delete_param_msg":0}', JSON),
        ("message false", DELETE, '{"msg_delete_param_msg":false}', JSON),
        ("message a list", DELETE, '{"msg_delete_param_msg":[]}', JSON),
        ("only remble", DELETE, '{"msg_delete_param_is_remble":true}', OK),
        ("only ramble", DELETE, '{"msg_delete_param_is_ramble":false}', OK),
        ("flag a text", DELETE, '{"msg_delete_param_is_ramble":"true"}', OK),
        ("type unknown", DOWNLOAD, '{"msg_download_elem_param_type":99}', OK),
        ("type negative", DOWNLOAD, '{"msg_download_elem_param_type":-1}', OK),
        ("url a number", DOWNLOAD, '{"msg_download_elem_param_url":1}', OK),
        ("url elsewhere", DOWNLOAD, '{"msg_download_elem_param_url":"https://example.org/x"}', OK),
        ("nobody", BATCH, f'{{"msg_batch_send_param_msg":{MESSAGE}}}', JSON),
        ("nobody in the list", BATCH, '{"msg_batch_send_param_identifier_array":[]}', JSON),
        ("list is a text", BATCH, '{"msg_batch_send_param_identifier_array":"ben"}', JSON),
        ("list is null", BATCH, '{"msg_batch_send_param_identifier_array":null}', JSON),
        ("no message", BATCH, '{"msg_batch_send_param_identifier_array":["ben"]}', OK),
        (
            "message null",
            BATCH,
            '{"msg_batch_send_param_identifier_array":["ben"],"msg_batch_send_param_msg":null}',
            OK,
        ),
        (
            "message empty",
            BATCH,
            '{"msg_batch_send_param_identifier_array":["ben"],"msg_batch_send_param_msg":{}}',
            JSON,
        ),
        (
            "users are numbers",
            BATCH,
            f'{{"msg_batch_send_param_identifier_array":[1,null],"msg_batch_send_param_msg":{MESSAGE}}}',
            OK,
        ),
        (
            "501 users",
            BATCH,
            '{"msg_batch_send_param_identifier_array":[' + ",".join(['"ben"'] * 501) + "]}",
            OK,
        ),
    )
    for name, function, json, returns in rows:
        yield Case(name, function, with_json(function, json), returns)


def others() -> Iterator[Case]:
    for path in NOTHING:
        yield Case(f"path {path!r}", DOWNLOAD, (GOOD[DOWNLOAD], path), PARAM)
        yield Case(f"path {path!r} before JSON", DOWNLOAD, ("no json", path), PARAM)
    for later in ("/no/such/folder/x", "x" * 5000, "\x00", "\ud800", ".", "/"):
        yield Case(f"path {later[:20]!r} is for later", DOWNLOAD, (GOOD[DOWNLOAD], later), OK)


CASES = (*conversations(), *documents(), *shapes(), *others())


@pytest.fixture
async def tim(tmp_path: Path) -> Tim:
    return Tim(tmp_path / "data", bytes(32))


def test_the_table_is_large() -> None:
    assert len(CASES) >= 300
    assert {case.function for case in CASES} == set(ALL)


@pytest.mark.parametrize("function", ALL)
async def test_misuse(tim: Tim, function: str) -> None:
    wrong: list[str] = []
    for case in CASES:
        if case.function != function:
            continue
        returned, answers = begin(getattr(tim, case.function), *case.arguments, user_data=case)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        codes = [answer.code for answer in answers.results]
        expected = [NOT_LOGGED_IN] if case.returns == OK else []
        if returned != case.returns or codes != expected or any(a.user_data is not case for a in answers.results):
            wrong.append(f"{case.name}: returned {returned} not {case.returns}, called back {codes}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("function", ALL)
async def test_a_callback_that_cannot_be_called(tim: Tim, function: str) -> None:
    for cb in (5, "text", object()):
        assert getattr(tim, function)(*with_json(function, GOOD[function]), cb, None) == PARAM


@pytest.mark.parametrize("function", ALL)
async def test_no_callback_at_all(tim: Tim, function: str) -> None:
    assert getattr(tim, function)(*with_json(function, GOOD[function])) == OK
    assert getattr(tim, function)(*with_json(function, GOOD[function]), None, None) == OK
    await asyncio.sleep(0)


@pytest.mark.parametrize("function", ALL)
async def test_after_close(tim: Tim, function: str) -> None:
    await tim.close()
    returned, answers = begin(getattr(tim, function), *with_json(function, GOOD[function]))
    assert returned == OK
    assert (await answers.result()).code == 6013


@pytest.mark.parametrize("function", ALL)
def test_without_a_loop(tmp_path: Path, function: str) -> None:
    called: list[object] = []
    tim = Tim(tmp_path, bytes(32))
    assert getattr(tim, function)(*with_json(function, GOOD[function]), lambda *a: called.append(a), None) == -1
    assert not called


async def test_a_callback_that_fails_is_called_once(tim: Tim, caplog: pytest.LogCaptureFixture) -> None:
    calls: list[int] = []

    def fails(code: int, desc: str, json_param: str, user_data: object) -> None:
        calls.append(code)
        raise RuntimeError("the program's mistake")

    assert tim.TIMMsgSendNewMsg("ben", 1, MESSAGE, fails) == OK
    await asyncio.sleep(0.01)
    assert calls == [NOT_LOGGED_IN]
    assert "the program's mistake" in caplog.text


async def test_what_a_refused_call_brings(tim: Tim) -> None:
    """The JSON of a failure: the message of a send, an empty list of a search, one result per user of a batch."""
    expected = {FIND: "[]", LIST: "[]", REVOKE: "", REPORT: "", IMPORT: "", SAVE: "", DELETE: "", DOWNLOAD: ""}
    for function, json in expected.items():
        _, answers = begin(getattr(tim, function), *with_json(function, GOOD[function]))
        assert (await answers.result()).json == json, function
    _, answers = begin(tim.TIMMsgSendNewMsg, "ben", 1, MESSAGE)
    sent = (await answers.result()).value
    assert (sent["message_conv_id"], sent["message_conv_type"], sent["message_status"]) == ("ben", 1, 3)
    assert sent["message_elem_array"] == [{"elem_type": 0, "text_elem_content": "hello"}]
    _, answers = begin(tim.TIMMsgBatchSend, GOOD[BATCH])
    (row,) = (await answers.result()).value
    assert (row["msg_batch_send_result_identifier"], row["msg_batch_send_result_code"]) == ("ben", 6014)
