"""A real session on a real store, filled as a sync fills it, that never reaches a server."""

import asyncio
import itertools
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from chatdesk.core.credentials import Credentials
from chatdesk.core.session import Account, Session
from chatdesk.domain.changes import ChannelBatch, SyncBatch
from chatdesk.domain.conversation_list import ConversationList
from chatdesk.domain.conversations import Member, Membership
from chatdesk.domain.elements import Element, Text
from chatdesk.domain.ids import ConversationId, ConversationType, localpart
from chatdesk.domain.messages import IncomingMessage
from chatdesk.store import settings
from chatdesk.store.database import Database
from chatdesk.store.sync import apply_sync

ANN = "@ann:example.org"
BEN = "@ben:example.org"
CARLA = "@carla:example.org"
KEY = bytes(range(32))
UNREACHABLE = "http://127.0.0.1:9"
_ids = itertools.count(1)


async def open_session(directory: Path, name: str = "Ann") -> Session:
    """Ann's session. Not started, so it does not try to connect."""
    database = await Database.open(directory / "store.db", KEY)
    await database.write(settings.put, "account", Account(UNREACHABLE, ANN, "DEVICE", "token", name))
    await database.close()
    downloads = directory / "downloads"
    downloads.mkdir(exist_ok=True)

    async def key() -> bytes:
        return KEY

    session = await Session.restore(directory, Credentials(directory, "test"), key, downloads)
    assert session is not None
    return session


async def receive(session: Session, *channels: ChannelBatch) -> None:
    """Apply these as one sync and tell everybody, as the sync loop does."""
    ledger = session._ledger
    batch = SyncBatch(f"token-{next(_ids)}", channels)
    ledger.publish(await ledger.database.write(apply_sync, batch, session.own_user_id, now_ms()))


def hold_rest_of_list(session: Session) -> asyncio.Event:
    """What is below the first rows of a long list is not read before this is set."""
    event, read = asyncio.Event(), session.conversations.whole_list

    async def held(begun: ConversationList) -> ConversationList:
        await event.wait()
        return await read(begun)

    session.conversations.whole_list = held  # type: ignore[method-assign]
    return event


def incoming(
    content: str | Element | tuple[Element, ...], sender: str = BEN, time_ms: int = 0, **more: str
) -> IncomingMessage:
    if isinstance(content, str):
        elements: tuple[Element, ...] = (Text(content),)
    else:
        elements = content if isinstance(content, tuple) else (content,)
    number = next(_ids)
    return IncomingMessage(
        message_id=f"$message-{number}",
        sender=sender,
        time_ms=time_ms or now_ms(),
        elements=elements,
        raw=b"{}",
        txn_id=more.get("txn_id", ""),
        revoked_by=more.get("revoked_by", ""),
    )


def group(
    channel: str,
    name: str | None,
    messages: Iterable[IncomingMessage] = (),
    members: Sequence[Member] = (),
    membership: Membership = Membership.JOINED,
    **facts: Any,
) -> ChannelBatch:
    """What a sync says about a group. Everybody who writes is a member."""
    messages = tuple(messages)
    people = {person.user_id: person for person in (member(ANN), *members)}
    for message in messages:
        people.setdefault(message.sender, member(message.sender))
    values: dict[str, object] = {
        "channel": channel,
        "membership": membership,
        "messages": messages,
        "name": name,
        "members": tuple(people.values()),
        "joined_count": len(people),
        "has_start": True,
    }
    return ChannelBatch(**(values | facts))  # type: ignore[arg-type]


def direct(
    peer: str, messages: Iterable[IncomingMessage] = (), name: str = "", **facts: Any
) -> tuple[ChannelBatch, dict[str, str]]:
    """What a sync says about a one-to-one conversation, and its entry of the account's list."""
    channel = f"!direct-{localpart(peer)}"
    batch = group(channel, None, messages, (member(peer, name),), heroes=(peer,), **facts)
    return batch, {channel: peer}


async def receive_direct(session: Session, *pairs: tuple[ChannelBatch, dict[str, str]]) -> None:
    ledger = session._ledger
    mapping = {channel: peer for _, known in pairs for channel, peer in known.items()}
    batch = SyncBatch(f"token-{next(_ids)}", tuple(batch for batch, _ in pairs), mapping)
    ledger.publish(await ledger.database.write(apply_sync, batch, session.own_user_id, now_ms()))


def member(user_id: str, name: str = "", **more: object) -> Member:
    return Member(user_id, name or localpart(user_id).capitalize(), **more)  # type: ignore[arg-type]


def group_id(channel: str) -> ConversationId:
    return ConversationId(ConversationType.GROUP, channel)


def c2c_id(peer: str) -> ConversationId:
    return ConversationId(ConversationType.C2C, peer)


def now_ms() -> int:
    return time.time_ns() // 1_000_000
