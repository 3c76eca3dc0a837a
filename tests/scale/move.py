"""A small team on the private server, before and after its move: what there is, seen through the client's core."""

import hashlib
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from chatdesk.core.attachments import file_element
from chatdesk.domain.conversations import Sign
from chatdesk.domain.elements import File
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.transfers import DownloadState
from tests.servers.accounts import AnyServer, register_account
from tests.servers.people import Person, is_invited, is_joined

NAMES = ("ann", "ben", "carla", "dora", "emil")
TALK = 130
FILES = 3


@dataclass
class Team:
    """`people` sit at their windows all the time; `group` they have in common."""

    people: list[Person]
    group: ConversationId

    @classmethod
    async def made(cls, server: AnyServer, directory: Path) -> Self:
        """People, one-to-one and group conversations, files, recalls, pins, read marks."""
        people = [await Person(await register_account(server, n), directory / n).log_in() for n in NAMES]
        ann, *others = people
        group = await ann.session.conversations.create_group("The team", [p.user_id for p in others])
        for person in others:
            await person.conversation(group, is_invited)
            await person.session.conversations.accept(group)
            await person.conversation(group, is_joined)
        team = cls(people, group)
        for number in range(TALK):
            await people[number % 3].say(group, f"group {number}")
        for one, other in itertools.combinations(people, 2):
            talk = await one.session.conversations.start_c2c(other.user_id)
            there = await other.conversation(other.c2c(one))
            if is_invited(there):
                await other.session.conversations.accept(there.id)
            await other.conversation(there.id, is_joined)
            await one.say(talk, f"hello from {one.account.name}")
            hello = await other.sees(there.id, f"hello from {one.account.name}")
            await _read(other, there.id, hello.key, one, talk)
            await one.say(talk, "and something new")
            await other.sees(there.id, "and something new")
        for number in range(FILES):
            path = directory / f"plan-{number}.bin"
            path.write_bytes(bytes(range(256)) * 100 * (number + 1))
            await ann.session.outbox.send(group, [file_element(path)])
        regretted = await ann.say(group, "said too early")
        await ann.synced(group)
        await ann.session.outbox.revoke(regretted.key)
        await ann.synced(group)
        await ann.session.signs.set(group, Sign.PINNED, True)
        for person in people:
            await person.synced(group)
        await ann.say(group, "the last word")
        for reader in others[:2]:
            last = await reader.sees(group, "the last word")
            await _read(reader, group, last.key, ann, group)
        return team

    async def seen(self, directory: Path) -> dict[str, object]:
        """Everything each account has on the server, as a device finds it that knows nothing."""
        found: dict[str, object] = {}
        for person in self.people:
            device = await Person(person.account, directory / person.account.name).log_in()
            own = found[person.user_id] = {}
            for place in sorted((c.id for c in await person.session.conversations.list()), key=str):
                conversation = await device.conversation(place, is_joined)
                await device.sees(place, (await person.newest(place))[-1].text)
                messages = await device.messages(place)
                ids = {message.position: message.message_id for message in messages}
                marks = await device.session.receipts.read_positions(place)
                own[str(place)] = {
                    "name": conversation.name,
                    "is pinned": conversation.is_pinned,
                    "unread": conversation.unread,
                    "members": sorted(m.user_id for m in await device.session.conversations.members(place)),
                    "messages": [(m.message_id, m.sender, m.text, m.time_ms, int(m.state)) for m in messages],
                    "files": [await _hash(device, m.key) for m in messages if _has_file(m.elements)],
                    "read": {user: ids.get(position, "?") for user, position in marks.items()},
                }
            await device.session.log_out()
        return found

    async def goes_on(self) -> None:
        """The windows that were open all the time write and read, under the tokens they had."""
        for number, person in enumerate(self.people):
            text = f"after the move {number}"
            await person.say(self.group, text)
            for other in self.people:
                await other.sees(self.group, text)

    def tokens(self) -> list[str]:
        return [person.session._account.token for person in self.people]

    async def close(self) -> None:
        for person in self.people:
            await person.close()


async def _read(reader: Person, place: ConversationId, key: int, writer: Person, there: ConversationId) -> None:
    """`reader` reads up to a message, and `writer` hears of it."""
    await reader.session.receipts.mark_read(place, key)

    async def is_told() -> bool:
        return reader.user_id in await writer.session.receipts.read_positions(there)

    await writer.until(is_told)


def _has_file(elements: tuple[object, ...]) -> bool:
    return any(isinstance(element, File) for element in elements)


async def _hash(device: Person, key: int) -> str:
    download = await device.session.downloads.start(key, 0)

    async def is_done() -> bool:
        return any(d.id == download.id and d.state is DownloadState.DONE for d in device.session.downloads.list())

    await device.until(is_done)
    (row,) = (d for d in device.session.downloads.list() if d.id == download.id)
    return hashlib.sha256(Path(row.path).read_bytes()).hexdigest()


def counts(seen: dict[str, object]) -> dict[str, int]:
    """How much was compared."""
    rows = [row for own in seen.values() for row in own.values()]  # type: ignore[attr-defined]
    return {
        "accounts": len(seen),
        "conversations": len(rows),
        **{name: sum(len(row[name]) for row in rows) for name in ("messages", "files", "read")},
    }
