"""Rows to domain objects and back. Pure; runs in whichever store thread calls it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import apsw
import msgspec

from chatdesk.domain.elements import Element, kind_of, media_of, summary
from chatdesk.domain.ids import ConversationId, ConversationType, localpart
from chatdesk.domain.messages import Message, MessageOrigin, MessageState, Quote, Reaction
from chatdesk.domain.wording import unpack

_encoder = msgspec.json.Encoder()
_elements = msgspec.json.Decoder(tuple[Element, ...])
_names = msgspec.json.Decoder(tuple[str, ...])
_imported = msgspec.json.Decoder(tuple[Reaction, ...])

# Calling an enumeration costs as much as the rest of its row.
_STATES = {int(state): state for state in MessageState}
_ORIGINS = {int(origin): origin for origin in MessageOrigin}

MESSAGE_QUERY = """
SELECT m.key, c.type, c.id, m.position, m.sender, p.name, m.is_self, m.time_ms, m.state, m.elements,
       m.message_id, m.txn_id, m.rand, m.client_time_ms, m.failure, m.revoked_by, m.revoke_reason,
       m.priority, m.cloud_custom, m.mentions, m.custom_int, m.custom_str, m.origin, m.is_deleted, m.local_id,
       m.reply_to, m.thread, m.edited_ms, m.is_edit_pending, m.is_forwarded
FROM message m
JOIN conversation c ON c.pk = m.conversation
LEFT JOIN member p ON p.channel = m.channel AND p.user_id = m.sender
"""
"""Select this, with a WHERE of your own, and give the rows to `messages_of` (or one to `message_of`)."""


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


def decode_names(data: str) -> tuple[str, ...]:
    return () if data == "[]" else _names.decode(data)


@lru_cache(16)  # messages come by the page, of one conversation
def _conversation(type_: int, id_: str) -> ConversationId:
    return ConversationId(ConversationType(type_), id_)


def message_of(row: Sequence[Any]) -> Message:
    """A message without what others say about it; its quote is only named."""
    (key, type_, id_, position, sender, name, is_self, time_ms, state, elements, *rest) = row
    message_id, txn_id, rand, client_time_ms, failure, revoked_by, revoke_reason, *extras = rest
    priority, cloud_custom, mentions, custom_int, custom_str, origin, is_deleted, local_id, *related = extras
    reply_to, thread, edited_ms, is_edit_pending, is_forwarded = related
    return Message(
        key=key,
        conversation=_conversation(type_, id_),
        position=position,
        sender=sender,
        sender_name=name or localpart(sender),
        is_self=bool(is_self),
        time_ms=time_ms,
        state=_STATES[state],
        elements=_elements.decode(elements),
        message_id=message_id or "",
        txn_id=txn_id or "",
        rand=rand,
        client_time_ms=client_time_ms,
        failure=unpack(failure),
        revoked_by=revoked_by,
        revoke_reason=revoke_reason,
        priority=priority,
        cloud_custom=cloud_custom,
        mentions=decode_names(mentions),
        custom_int=custom_int,
        custom_str=custom_str,
        origin=_ORIGINS[origin],
        is_deleted=bool(is_deleted),
        local_id=local_id or "",
        reply_to=Quote(reply_to) if reply_to else None,
        edited_ms=edited_ms,
        is_edit_pending=bool(is_edit_pending),
        thread=thread,
        is_forwarded=bool(is_forwarded),
    )


def messages_of(connection: apsw.Connection, found: Iterable[Sequence[Any]]) -> list[Message]:
    """Whole messages, in the order of their rows: one statement for all reactions, one for all quotes."""
    messages = [message_of(row) for row in found]
    reactions = _reactions(connection, messages)
    quotes = _quotes(connection, messages)
    if not reactions and not quotes:
        return messages
    return [
        msgspec.structs.replace(
            message,
            reactions=reactions.get(message.key, ()),
            reply_to=quotes.get((message.conversation, message.reply_to.message_id), message.reply_to)
            if message.reply_to is not None
            else None,
        )
        for message in messages
    ]


def one_message(connection: apsw.Connection, query: str, bindings: Sequence[Any]) -> Message | None:
    """The whole message that a query with MESSAGE_QUERY finds, if any."""
    return next(iter(messages_of(connection, rows(connection, query, bindings)[:1])), None)


def messages_by_key(connection: apsw.Connection, keys: Iterable[int]) -> list[Message]:
    """The messages with these keys that are not deleted here, in the order of the keys."""
    query = MESSAGE_QUERY + "WHERE m.key = ? AND m.is_deleted = 0"
    return messages_of(connection, (row for key in keys for row in rows(connection, query, (key,))))


def _reactions(connection: apsw.Connection, messages: Sequence[Message]) -> dict[int, tuple[Reaction, ...]]:
    """By the key of the message: who put which symbol there, in the order of the first ones."""
    names = {name: message.key for message in messages if (name := message.message_id or message.txn_id)}
    imported = [message.key for message in messages if message.is_local]
    return (_known_reactions(connection, names) if names else {}) | (
        _imported_reactions(connection, imported) if imported else {}
    )


def _imported_reactions(connection: apsw.Connection, keys: Sequence[int]) -> dict[int, tuple[Reaction, ...]]:
    found = rows(
        connection,
        "SELECT key, reactions FROM imported_reactions WHERE key IN (SELECT value FROM json_each(?))",
        (_encoder.encode(keys).decode(),),
    )
    return {key: _imported.decode(reactions) for key, reactions in found}


def _known_reactions(connection: apsw.Connection, names: dict[str, int]) -> dict[int, tuple[Reaction, ...]]:
    found: dict[str, dict[str, dict[str, tuple[bool, bool]]]] = {}
    for target, symbol, sender, is_self, is_pending in rows(
        connection,
        "SELECT target_id, symbol, sender, is_self, is_pending = 1 FROM reaction "
        "WHERE target_id IN (SELECT value FROM json_each(?)) AND is_leaving = 0 "
        "ORDER BY is_pending = 1, time_ms, own_id, id",
        (_encoder.encode(list(names)).decode(),),
    ):
        # A second one of the same person is the same; the first row is one the server has, if any is.
        found.setdefault(target, {}).setdefault(symbol, {}).setdefault(sender, (bool(is_self), bool(is_pending)))
    return {
        names[target]: tuple(
            Reaction(
                symbol,
                tuple(users),
                any(is_self for is_self, _ in users.values()),
                any(is_self and is_pending for is_self, is_pending in users.values()),
            )
            for symbol, users in symbols.items()
        )
        for target, symbols in found.items()
    }


def _quotes(connection: apsw.Connection, messages: Sequence[Message]) -> dict[tuple[ConversationId, str], Quote]:
    """What is known of the messages that these answer, each only within its own conversation."""
    wanted = {(m.conversation, m.reply_to.message_id) for m in messages if m.reply_to is not None}
    if not wanted:
        return {}
    by_id = _encoder.encode(sorted({name for _, name in wanted})).decode()
    by_place = _encoder.encode([(int(place.type), place.id, name) for place, name in wanted]).decode()
    found = {
        (ConversationId(ConversationType(row[0]), row[1]), row[2]): _quote(*row[2:])
        for row in rows(connection, _QUOTE_QUERY, (by_id, int(MessageState.REVOKED), by_place))
    }
    return {name: quote for name, quote in found.items() if quote.sender}


_QUOTE_QUERY = """
SELECT c.type, c.id, q.message_id, iif(q.is_deleted, 0, q.key), q.sender, p.name, q.state = ?2, q.is_deleted, q.elements
FROM message q
JOIN conversation c ON c.pk = q.conversation
LEFT JOIN member p ON p.channel = q.channel AND p.user_id = q.sender
WHERE q.message_id IN (SELECT value FROM json_each(?1))
UNION ALL
SELECT c.type, c.id, q.message_id, 0, q.sender, p.name, q.is_revoked, 0,
       coalesce((SELECT e.elements FROM edit e WHERE e.target_id = q.message_id AND e.channel = q.channel
                 AND e.sender = q.sender AND NOT q.is_revoked ORDER BY e.time_ms DESC, e.own_id DESC LIMIT 1),
                q.elements)
FROM quoted q
JOIN channel h ON h.id = q.channel
JOIN conversation c ON c.pk = h.conversation
LEFT JOIN member p ON p.channel = q.channel AND p.user_id = q.sender
WHERE q.message_id IN (SELECT value FROM json_each(?1))
AND NOT EXISTS (SELECT 1 FROM message m WHERE m.message_id = q.message_id)
UNION ALL
SELECT c.type, c.id, q.local_id, q.key, q.sender, p.name, q.state = ?2, q.is_deleted, q.elements
FROM json_each(?3) w
JOIN conversation c ON c.type = w.value ->> 0 AND c.id = w.value ->> 1
JOIN message q ON q.conversation = c.pk AND q.local_id = w.value ->> 2
LEFT JOIN member p ON p.channel = q.channel AND p.user_id = q.sender
WHERE q.local_id IS NOT NULL
"""
_QUOTE_LENGTH = 500


def _quote(
    message_id: str, key: int, sender: str, name: str | None, is_revoked: int, is_deleted: int, elements: bytes
) -> Quote:
    parts = () if is_revoked or is_deleted else _elements.decode(elements)
    text = " ".join(part for part in map(summary, parts) if part)[:_QUOTE_LENGTH]
    kind = kind_of(parts[0]) if parts else ""
    return Quote(message_id, key, sender, name or localpart(sender), text, kind, bool(is_revoked))


def keep_paths(new: Sequence[Element], old: Sequence[Element]) -> tuple[Element, ...]:
    """The new elements, still knowing where the own files among them lie on this machine."""
    if len(new) != len(old):
        return tuple(new)
    return tuple(_keep_path(element, known) for element, known in zip(new, old, strict=True))


def _keep_path(new: Element, old: Element) -> Element:
    new_media, old_media = media_of(new), media_of(old)
    if new_media is None or old_media is None or not old_media.path or type(new) is not type(old):
        return new
    if old_media.uri and old_media.uri != new_media.uri:
        return new
    return msgspec.structs.replace(new, media=msgspec.structs.replace(new_media, path=old_media.path))
