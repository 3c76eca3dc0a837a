"""The parameter and result objects of single calls: pages, deletion, downloads, batches. Pure, any thread.

Where the spelling changed over the years (remble, ramble), both are read; the new one is written.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from chatdesk.interchange import reading
from chatdesk.interchange.codes import ElemType
from chatdesk.interchange.messages import ELEM_KINDS, MAX_TIME_S, MessageInput, MessageObject, read_message

DEFAULT_COUNT = 20
MAX_COUNT = 100_000
_RAMBLE = ("is_ramble", "is_remble")

Object = dict[str, Any]


class PageInput(Struct, frozen=True):
    """`last`: the message the page begins next to, None for the newest. `last_seq` is a beginning that is included."""

    last: MessageInput | None = None
    count: int = DEFAULT_COUNT
    is_ramble: bool = False
    is_forward: bool = False
    last_seq: int = 0
    time_begin_s: int = 0
    time_period_s: int = 0
    kinds: tuple[str, ...] = ()
    seqs: tuple[int, ...] = ()


class DeleteInput(Struct, frozen=True):
    """`message` None: all of the conversation."""

    message: MessageInput | None
    is_ramble: bool


class DownloadInput(Struct, frozen=True):
    type: int
    id: str
    url: str


class BatchInput(Struct, frozen=True):
    users: tuple[str, ...]
    message: MessageInput


def _is_ramble(values: Mapping[str, Any], prefix: str) -> bool:
    """The new spelling counts when both are there."""
    for name in _RAMBLE:
        if f"{prefix}_{name}" in values:
            return reading.boolean(values, f"{prefix}_{name}")
    return False


def read_page(values: Mapping[str, Any]) -> PageInput:
    prefix = "msg_getmsglist_param"
    last = reading.mapping(values, f"{prefix}_last_msg")
    types = reading.sequence(values, f"{prefix}_message_type_array")
    seqs = reading.sequence(values, f"{prefix}_message_seq_array")
    return PageInput(
        last=read_message(last) if last else None,
        count=reading.number(values, f"{prefix}_count", limit=MAX_COUNT) or DEFAULT_COUNT,
        is_ramble=_is_ramble(values, prefix),
        is_forward=reading.boolean(values, f"{prefix}_is_forward"),
        last_seq=reading.number(values, f"{prefix}_last_msg_seq"),
        time_begin_s=reading.number(values, f"{prefix}_time_begin", limit=MAX_TIME_S),
        time_period_s=reading.number(values, f"{prefix}_time_period", limit=MAX_TIME_S),
        kinds=tuple(dict.fromkeys(_kind(type_) for type_ in types)),
        seqs=tuple(seq for seq in seqs if type(seq) is int and 0 < seq <= reading.MAX_INT),
    )


def _kind(type_: object) -> str:
    """The domain's word for an element type; a type that is never stored finds nothing."""
    return ELEM_KINDS.get(ElemType(type_), "none") if type(type_) is int and type_ in set(ElemType) else "none"


def read_delete(values: Mapping[str, Any]) -> DeleteInput:
    message = reading.mapping(values, "msg_delete_param_msg")
    return DeleteInput(read_message(message) if message else None, _is_ramble(values, "msg_delete_param"))


def read_download(values: Mapping[str, Any]) -> DownloadInput:
    return DownloadInput(
        reading.signed(values, "msg_download_elem_param_type"),
        reading.string(values, "msg_download_elem_param_id"),
        reading.string(values, "msg_download_elem_param_url"),
    )


def progress_object(received: int, total: int) -> Object:
    return {"msg_download_elem_result_current_size": received, "msg_download_elem_result_total_size": total}


def read_batch(values: Mapping[str, Any]) -> BatchInput:
    users = reading.sequence(values, "msg_batch_send_param_identifier_array")
    return BatchInput(
        tuple(user if isinstance(user, str) else "" for user in users),
        read_message(reading.mapping(values, "msg_batch_send_param_msg")),
    )


def batch_result(user: str, code: int, description: str, message: MessageObject) -> Object:
    return {
        "msg_batch_send_result_code": code,
        "msg_batch_send_result_desc": description,
        "msg_batch_send_result_identifier": user,
        "msg_batch_send_result_msg": message,
    }
