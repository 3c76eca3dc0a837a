"""Rows to domain objects and back. Pure; runs in whichever store thread calls it."""

from collections.abc import Iterable, Sequence
from typing import Any

import apsw
import msgspec

from chatdesk.domain.elements import Element
from chatdesk.domain.ids import ConversationId, ConversationType, localpart
from chatdesk.domain.messages import Message, MessageOrigin, MessageState

_encoder = msgspec.json.Encoder()
_elements = msgspec.json.Decoder(tuple[Element, ...])
_names = msgspec.json.Decoder(tuple[str, ...])

MESSAGE_QUERY = """
SELECT m.key, c.type, c.id, m.position, m.sender, p.name, m.is_self, m.time_ms, m.state, m.elements,
       m.message_id, m.txn_id, m.rand, m.client_time_ms, m.failure, m.revoked_by, m.revoke_reason,
       m.priority, m.cloud_custom, m.mentions, m.custom_int, m.custom_str, m.origin, m.is_deleted, m.local_id
FROM message m
JOIN conversation c ON c.pk = m.conversation
LEFT JOIN member p ON p.channel = m.channel AND p.user_id = m.sender
"""
"""Select this, with a WHERE of your own, and give each row to `message_of`."""


def value(connection: apsw.Connection, sql: str, bindings: Sequence[Any] = ()) -> Any:
    """The first column of the first row, None when there is no row."""
    row = first(connection, sql, bindings)
    return None if row is None else row[0]


def first(connection: apsw.Connection, sql: str, bindings: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    """The first row of a query that yields few. All are fetched: an unfinished cursor would keep its snapshot open."""
    found = rows(connection, sql, bindings)
    return found[0] if found else None


def rows(connection: apsw.Connection, sql: str, bindings: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    return connection.execute(sql, tuple(bindings)).fetchall()


def encode_elements(elements: Sequence[Element]) -> bytes:
    return _encoder.encode(elements)


def encode_names(names: Sequence[str]) -> str:
    return _encoder.encode(names).decode()


def decode_elements(data: bytes) -> tuple[Element, ...]:
    return _elements.decode(data)


def message_of(row: Sequence[Any]) -> Message:
    (key, type_, id_, position, sender, name, is_self, time_ms, state, elements, *rest) = row
    message_id, txn_id, rand, client_time_ms, failure, revoked_by, revoke_reason, *extras = rest
    priority, cloud_custom, mentions, custom_int, custom_str, origin, is_deleted, local_id = extras
    return Message(
        key=key,
        conversation=ConversationId(ConversationType(type_), id_),
        position=position,
        sender=sender,
        sender_name=name or localpart(sender),
        is_self=bool(is_self),
        time_ms=time_ms,
        state=MessageState(state),
        elements=_elements.decode(elements),
        message_id=message_id or "",
        txn_id=txn_id or "",
        rand=rand,
        client_time_ms=client_time_ms,
        failure=failure,
        revoked_by=revoked_by,
        revoke_reason=revoke_reason,
        priority=priority,
        cloud_custom=cloud_custom,
        mentions=() if mentions == "[]" else _names.decode(mentions),
        custom_int=custom_int,
        custom_str=custom_str,
        origin=MessageOrigin(origin),
        is_deleted=bool(is_deleted),
        local_id=local_id or "",
    )


def messages_by_key(connection: apsw.Connection, keys: Iterable[int]) -> list[Message]:
    """The messages with these keys that are not deleted here, in the order of the keys."""
    query = MESSAGE_QUERY + "WHERE m.key = ? AND m.is_deleted = 0"
    return [message_of(row) for key in keys for row in rows(connection, query, (key,))]
