"""Simulated people on chatdesk's own core: they log in, sync, write, read, recall, page and download at human rates.

`python -m tests.scale.load --people N --seconds S`, the homeserver named as tests.servers.external says. One process,
one loop, a session for each person; who does what when comes from the seed. Prints one JSON object.
"""

import argparse
import asyncio
import collections
import itertools
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chatdesk.core.attachments import file_element
from chatdesk.domain.changes import Changes
from chatdesk.domain.elements import File
from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.messages import MessageState
from tests.scale.processes import cpu_s, memory_mb
from tests.servers.accounts import register_account
from tests.servers.external import ExternalServer
from tests.servers.people import Person, is_invited, is_joined, to_the_start

GROUP_SIZE = 10
EACH_S = 20.0
"""A person does something every so many seconds in the mean: a busy hour of a busy team."""
ACTIONS = {"write": 80, "page": 8, "revoke": 5, "file": 4, "download": 3}
READ_AFTER_S = (1.0, 4.0)
FILE_BYTES = 50_000
AT_ONCE = 8
SETTLE_S = 120.0


@dataclass
class Board:
    """What everybody did and saw. `expected`: how many others each text must reach."""

    sent_at: dict[str, float] = field(default_factory=dict)
    taken_back: set[str] = field(default_factory=set)
    where: dict[str, str] = field(default_factory=dict)
    latencies_s: list[float] = field(default_factory=list)
    seen: collections.Counter[tuple[int, str]] = field(default_factory=collections.Counter)
    did: collections.Counter[str] = field(default_factory=collections.Counter)
    errors: collections.Counter[str] = field(default_factory=collections.Counter)


class Player:
    def __init__(self, number: int, person: Person, board: Board, seed: int) -> None:
        self.number = number
        self.person = person
        self.board = board
        self.rng = random.Random(f"{seed}/{number}")
        self.places: list[tuple[ConversationId, str]] = []
        self.mine: list[tuple[int, str]] = []
        self.files: list[int] = []
        self.count = itertools.count()
        self.reading: dict[ConversationId, asyncio.Task[None]] = {}
        person.session.changes.subscribe(self._on_changes)

    async def live(self, end: float) -> None:
        while (pause_s := self.rng.expovariate(1 / EACH_S)) + time.monotonic() < end:
            await asyncio.sleep(pause_s)
            (action,) = self.rng.choices(list(ACTIONS), list(ACTIONS.values()))
            try:
                await getattr(self, f"_{action}")()
                self.board.did[action] += 1
            except (ChatdeskError, OSError) as error:
                self.board.errors[f"{action}: {type(error).__name__}"] += 1

    async def _write(self) -> None:
        place, group = self.rng.choice(self.places)
        text = f"m{self.number}-{next(self.count)} " + "lorem ipsum " * self.rng.randrange(1, 12)
        text = text.strip()
        self.board.sent_at[text] = time.monotonic()
        self.board.where[text] = group
        message = await self.person.say(place, text)
        self.mine.append((message.key, text))

    async def _file(self) -> None:
        place, _ = self.rng.choice(self.places)
        path = self.person.directory / f"file-{next(self.count)}.bin"
        path.write_bytes(self.rng.randbytes(FILE_BYTES))
        await self.person.session.outbox.send(place, [file_element(path)])

    async def _revoke(self) -> None:
        if self.mine:
            key, text = self.mine.pop()
            self.board.taken_back.add(text)
            await self.person.session.outbox.revoke(key)

    async def _page(self) -> None:
        timeline = self.person.session.timeline(self.rng.choice(self.places)[0])
        await timeline.open()
        await timeline.page_older()
        timeline.close()

    async def _download(self) -> None:
        if self.files:
            await self.person.session.downloads.start(self.files.pop(), 0)

    def _on_changes(self, changes: Changes) -> None:
        arrived = set(changes.arrived)
        for message in changes.messages:
            if message.key not in arrived or message.is_self:
                continue
            if any(isinstance(element, File) for element in message.elements):
                self.files.append(message.key)
            if (sent_at := self.board.sent_at.get(message.text)) is not None:
                self.board.latencies_s.append(time.monotonic() - sent_at)
                self.board.seen[self.number, message.text] += 1
            if message.conversation not in self.reading:
                later = self._read(message.conversation, self.rng.uniform(*READ_AFTER_S))
                self.reading[message.conversation] = asyncio.create_task(later)

    async def _read(self, place: ConversationId, after_s: float) -> None:
        await asyncio.sleep(after_s)
        del self.reading[place]
        await self.person.session.receipts.mark_all_read(place)
        self.board.did["read"] += 1

    async def is_settled(self) -> bool:
        return not await self.person.session.outbox.unsent_count()

    async def found(self) -> dict[str, list[str]]:
        """Every text of each conversation, read to its start."""
        texts: dict[str, list[str]] = {}
        for place, group in self.places:
            timeline = self.person.session.timeline(place)
            await timeline.open()
            await to_the_start(timeline)
            timeline.close()
            texts[group] = [m.text for m in timeline.items if m.text and m.state is not MessageState.REVOKED]
        return texts

    async def end(self) -> None:
        for task in self.reading.values():
            task.cancel()
        await self.person.close()


async def gathered(jobs: Sequence[object], work: object) -> None:
    """`work(job)` for all, a few at once."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(job: object) -> None:
        async with gate:
            await work(job)  # type: ignore[operator]

    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(one(job))


async def make_places(players: Sequence[Player]) -> None:
    """Groups of ten, and each with the next one by one."""

    async def gather_group(members: Sequence[Player]) -> None:
        first, *others = members
        place = await first.person.session.conversations.create_group("Team", [p.person.user_id for p in others])
        for player in others:
            await player.person.conversation(place, is_invited)
            await player.person.session.conversations.accept(place)
        for player in members:
            await player.person.conversation(place, is_joined)
            player.places.append((place, place.id))

    async def pair(two: tuple[Player, Player]) -> None:
        one, other = two
        place = await one.person.session.conversations.start_c2c(other.person.user_id)
        there = await other.person.conversation(other.person.c2c(one.person))
        if is_invited(there):
            await other.person.session.conversations.accept(there.id)
        await other.person.conversation(there.id, is_joined)
        name = f"{one.number}+{other.number}"
        one.places.append((place, name))
        other.places.append((there.id, name))

    await gathered([players[at : at + GROUP_SIZE] for at in range(0, len(players), GROUP_SIZE)], gather_group)
    await gathered(list(zip(players[::2], players[1::2], strict=False)), pair)


async def run(people: int, seconds: float, seed: int, directory: Path) -> dict[str, object]:
    server = ExternalServer.named()
    assert server is not None, "name the homeserver in the environment"
    board = Board()
    players: list[Player] = []
    own = os.getpid()
    before_mb = memory_mb([own])
    began = time.monotonic()

    async def enter(number: int) -> None:
        person = Person(await register_account(server, f"p{number}"), directory / str(number))
        players.append(Player(number, await person.log_in(), board, seed))

    await gathered(list(range(people)), enter)
    players.sort(key=lambda player: player.number)
    await make_places(players)
    logged_in_s = time.monotonic() - began
    print(f"{people} people are in after {logged_in_s:.0f} s", flush=True, file=sys.stderr)

    cpu_before, start = cpu_s([own]), time.monotonic()
    print("BEGIN", flush=True)
    await asyncio.gather(*(player.live(start + seconds) for player in players))
    used_s = cpu_s([own]) - cpu_before
    memory = memory_mb([own]) - before_mb
    delivered = len(board.latencies_s)
    print("END", flush=True)
    lost, doubled = await compare(players, board)
    latencies = sorted(board.latencies_s) or [0.0]
    for player in players:
        await player.end()
    return {
        "people": people,
        "seconds": seconds,
        "login_s": round(logged_in_s, 1),
        "written": board.did["write"],
        "delivered_per_s": round(delivered / seconds, 1),
        "p50_ms": round(1000 * statistics.median(latencies)),
        "p95_ms": round(1000 * latencies[int(len(latencies) * 0.95)]),
        "p99_ms": round(1000 * latencies[int(len(latencies) * 0.99)]),
        "max_ms": round(1000 * latencies[-1]),
        "did": dict(board.did),
        "errors": dict(board.errors),
        "lost": lost,
        "doubled": doubled,
        "session_mb": round(memory / people, 2),
        "session_cpu_ms_per_s": round(1000 * used_s / seconds / people, 2),
    }


async def compare(players: Sequence[Player], board: Board) -> tuple[int, int]:
    """(lost, doubled): everything that was written against what each member of its conversation finds in the end."""
    deadline = time.monotonic() + SETTLE_S
    members: dict[str, list[Player]] = collections.defaultdict(list)
    for player in players:
        for _, group in player.places:
            members[group].append(player)
    wanted: dict[str, set[str]] = collections.defaultdict(set)
    for text, group in board.where.items():
        if text not in board.taken_back:
            wanted[group].add(text)
    while True:
        is_settled = all([await player.is_settled() for player in players])
        found = [await player.found() for player in players]
        lost = doubled = 0
        for player, texts in zip(players, found, strict=True):
            for _, group in player.places:
                ours = [text for text in texts[group] if text in board.sent_at]
                lost += len(wanted[group] - set(ours))
                doubled += len(ours) - len(set(ours))
        if (is_settled and not lost) or time.monotonic() > deadline:
            return lost, doubled + sum(count - 1 for count in board.seen.values())
        await asyncio.sleep(1)


def main() -> None:
    parser = argparse.ArgumentParser(description="Simulated people on chatdesk's core; prints one JSON object.")
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cd-load-") as directory:
        result = asyncio.run(run(arguments.people, arguments.seconds, arguments.seed, Path(directory)))
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
