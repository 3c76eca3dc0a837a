"""Profiles to measure on: a key, a store, an account whose server is not there."""

from pathlib import Path

from chatdesk.core.credentials import Credentials
from chatdesk.core.session import STORE_FILE, Account
from chatdesk.domain.changes import ChannelBatch, SyncBatch
from chatdesk.domain.conversations import Member, Membership
from chatdesk.domain.elements import Text
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import IncomingMessage
from chatdesk.store import settings
from chatdesk.store.database import Database
from chatdesk.store.sync import apply_sync

ME = "@me:bench.local"
NOWHERE = "http://127.0.0.1:9"
_WORDS = (
    "the harbour was quiet this morning and nobody had taken the early boat so we walked along the pier talking about "
    "the weekend the tent the food and who would bring the map for once without forgetting half of it at home"
).split()


def sentence(number: int) -> str:
    length = 3 + number * 7 % 23
    return " ".join(_WORDS[(number + i * (1 + number % 3)) % len(_WORDS)] for i in range(length)).capitalize() + "."


def channel(number: int, messages: int) -> ChannelBatch:
    people = tuple(Member(f"@user{number}-{i}:bench.local", f"Person {number}.{i}") for i in range(3))
    return ChannelBatch(
        channel=f"!channel{number}:bench.local",
        membership=Membership.JOINED,
        name=f"Conversation {number}",
        members=(*people, Member(ME, "Me")),
        has_start=True,
        joined_count=4,
        unread=number % 4,
        messages=tuple(
            IncomingMessage(
                message_id=f"$m{number}-{i}",
                sender=ME if i % 4 == 3 else people[i % 3].user_id,
                time_ms=1_790_000_000_000 + number * 60_000 + i * 90_000,
                elements=(Text(sentence(number * 31 + i)),),
                raw=b"{}",
            )
            for i in range(messages)
        ),
    )


async def make(directory: Path, conversations: int, messages: int, server: str = NOWHERE) -> None:
    """A profile with so many conversations, the last of them open with so many messages (the others have 3)."""
    directory.mkdir(mode=0o700, parents=True)
    key = await Credentials(directory, "bench").load(use_file=True)
    database = await Database.open(directory / STORE_FILE, key)
    await database.write(settings.put, "account", Account(server, ME, "BENCH", "no-token", "Me"))
    last = conversations - 1
    batch = SyncBatch("t", tuple(channel(n, messages if n == last else 3) for n in range(conversations)))
    await database.write(apply_sync, batch, ME, 1_790_000_000_000)
    opened = ConversationId(ConversationType.GROUP, f"!channel{last}:bench.local")
    await database.write(settings.put, "last_open", opened)
    await database.close()
