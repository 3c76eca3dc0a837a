"""Arbitrary calls in arbitrary order, logged in and not: no exception escapes, no callback comes early or twice."""

import asyncio
import tempfile
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatdesk.core.session import Account
from chatdesk.store import settings as store_settings
from chatdesk.store.database import Database
from chatdesk.tim import Tim
from tests.unit.tim.answers import Answers
from tests.unit.tim.test_misuse import ALL, BATCH, DOWNLOAD, GOOD, NO_JSON, OBJECTS

KEY = bytes(range(32))
UNREACHABLE = "http://127.0.0.1:9"
_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)
keys = st.sampled_from(
    [
        "message_elem_array",
        "message_sender",
        "message_client_time",
        "message_server_time",
        "message_rand",
        "message_seq",
        "message_msg_id",
        "message_unique_id",
        "message_is_from_self",
        "message_status",
        "message_priority",
        "message_group_at_user_array",
        "message_cloud_custom_str",
        "elem_type",
        "text_elem_content",
        "file_elem_file_path",
        "image_elem_orig_path",
        "image_elem_orig_url",
        "location_elem_latitude",
        "face_elem_index",
        "group_tips_elem_tip_type",
        "group_tips_elem_user_array",
        "msg_getmsglist_param_last_msg",
        "msg_getmsglist_param_count",
        "msg_getmsglist_param_is_ramble",
        "msg_getmsglist_param_is_forward",
        "msg_getmsglist_param_last_msg_seq",
        "msg_getmsglist_param_time_begin",
        "msg_getmsglist_param_time_period",
        "msg_getmsglist_param_message_type_array",
        "msg_getmsglist_param_message_seq_array",
        "msg_delete_param_msg",
        "msg_delete_param_is_remble",
        "message_locator_time",
        "message_locator_rand",
        "message_locator_seq",
        "message_locator_unique_id",
        "msg_download_elem_param_url",
        "msg_download_elem_param_id",
        "msg_batch_send_param_identifier_array",
        "msg_batch_send_param_msg",
        "unknown",
    ]
)
numbers = st.integers(-(2**65), 2**65) | st.integers(-2, 12) | st.floats(allow_nan=False, allow_infinity=False)
leaves = st.none() | st.booleans() | numbers | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(leaves, lambda v: st.lists(v, max_size=4) | st.dictionaries(keys, v, max_size=5), max_leaves=20)
encoded = values.map(msgspec.json.encode)
jsons = st.one_of(
    encoded.map(bytes.decode),
    encoded,
    st.text(max_size=30),
    st.binary(max_size=30),
    st.none(),
    st.integers(),
    st.sampled_from(sorted(GOOD.values())),
    st.sampled_from([text for name, text in NO_JSON.items() if "deep" not in name]),
    st.sampled_from(list(OBJECTS.values())),
)
names = st.sampled_from(["ben", "@ben:example.org", "@ann:example.org", "!g:example.org", "", " ", "\ud800", None, 5])
types = st.sampled_from([1, 2, 1, 2, 0, 3, -1, None, "1", True])
paths = st.sampled_from(["/no/such/folder/x", "", None, "\x00", 7])
wild = st.tuples(st.sampled_from(ALL), names, types, jsons, paths)
element = st.dictionaries(keys, leaves, max_size=3).flatmap(
    lambda more: st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 99]).map(lambda type_: more | {"elem_type": type_})
)
message = st.fixed_dictionaries({"message_elem_array": st.lists(element, max_size=3)}).flatmap(
    lambda base: st.dictionaries(keys, leaves, max_size=4).map(lambda more: more | base)
)
objects = st.dictionaries(keys, leaves | message, min_size=1, max_size=6)
sensible = {
    "TIMMsgFindByMsgLocatorList": st.lists(objects, max_size=3),
    "TIMMsgImportMsgList": st.lists(message, min_size=1, max_size=5),
    "TIMMsgDelete": st.fixed_dictionaries({"msg_delete_param_msg": message}),
    "TIMMsgGetMsgList": objects,
    "TIMMsgDownloadElemToPath": objects,
    "TIMMsgBatchSend": st.fixed_dictionaries(
        {"msg_batch_send_param_identifier_array": st.lists(leaves, min_size=1, max_size=4)},
        optional={"msg_batch_send_param_msg": message},
    ),
}


def tame_call(function: str) -> st.SearchStrategy[tuple[str, object, object, object, object]]:
    """One that is accepted."""
    json = sensible.get(function, message).map(msgspec.json.encode).map(bytes.decode)
    return st.tuples(
        st.just(function), st.sampled_from(["ben", "!g:example.org"]), st.sampled_from([1, 2]), json, st.just("/no/x")
    )


calls = wild | st.sampled_from(ALL).flatmap(tame_call)


def arguments(call: tuple[str, object, object, object, object]) -> tuple[object, ...]:
    function, conv_id, conv_type, json, path = call
    if function == DOWNLOAD:
        return (json, path)
    return (json,) if function == BATCH else (conv_id, conv_type, json)


def make(tim: Tim, some: list[tuple[str, object, object, object, object]]) -> list[tuple[int, Answers]]:
    made = []
    for call in some:
        answers = Answers(has_returned=False)
        made.append((getattr(tim, call[0])(*arguments(call), answers, None), answers))
        answers.has_returned = True
    return made


def check(made: list[tuple[int, Answers]]) -> None:
    for returned, answers in made:
        assert returned in (0, -3, -4)
        assert len(answers.results) == (1 if returned == 0 else 0)
        for answer in answers.results:
            assert answer.code != 7012, answer  # an error nobody thought of
            assert isinstance(answer.json, str)
            if answer.json:
                msgspec.json.decode(answer.json)


@settings(deadline=None, suppress_health_check=_SLOW)
@given(st.lists(calls, max_size=8))
def test_not_logged_in(some: list[tuple[str, object, object, object, object]]) -> None:
    async def run() -> None:
        made = make(Tim("/tmp/never-made", KEY), some)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        check(made)

    asyncio.run(run())


@settings(deadline=None, max_examples=60, suppress_health_check=_SLOW)
@given(st.lists(calls, min_size=1, max_size=25))
def test_logged_in_without_a_server(some: list[tuple[str, object, object, object, object]]) -> None:
    """The session of an earlier run, on a real store. What waits for the server is answered when it all ends."""

    async def run(directory: Path) -> None:
        database = await Database.open(directory / "store.db", KEY)
        account = Account(UNREACHABLE, "@ann:example.org", "DEVICE", "token", "Ann")
        await database.write(store_settings.put, "account", account)
        await database.close()
        tim = Tim(directory, KEY)
        await tim.login()
        made = make(tim, some)
        async with asyncio.timeout(60):
            for _ in range(50):
                await asyncio.sleep(0.002)
                if all(answers.results or returned for returned, answers in made):
                    break
            await tim.close()
        check(made)

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder)))
