"""The long fault run: `make faults`, or `python -m tests.faults_run [--faults N] [--seed N]`. Not part of the tests.

Somebody sends, revokes and downloads in a process of its own, through a proxy, to a real Synapse. Again and again
something happens: the process or the server is killed with -9, an answer or a request is lost, 429 or 5xx come in
bursts, the line is slow, half open or away. In the end what the server holds (as a client that knows nothing reads it),
what the sender's store holds and what the receiver's store holds are compared. Prints counts; exit code 0 only when
nothing was lost, doubled, out of order, half or left unrevoked.
"""

import argparse
import asyncio
import collections
import contextlib
import itertools
import json
import os
import random
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

from chatdesk.domain.elements import File, Media, Text
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message, MessageState
from chatdesk.localserver import LocalServer
from chatdesk.matrix import decode
from chatdesk.matrix.homeserver import Homeserver
from tests.faults.worker import is_to_be_revoked, whole
from tests.servers.accounts import register_account
from tests.servers.people import Person, is_joined
from tests.servers.proxy import DroppingProxy, Rule, path_has

TOO_OFTEN = json.dumps({"errcode": "M_LIMIT_EXCEEDED", "error": "slow down", "retry_after_ms": 150}).encode()
WEIGHTS = {
    "kill client": 30,
    "kill server": 7,
    "lost answer": 15,
    "lost request": 8,
    "429 burst": 10,
    "5xx burst": 8,
    "5xx after the work": 6,
    "slow line": 6,
    "half open": 6,
    "line away": 4,
}
WRITES = ("/send/", "/redact/", "/upload", "/download/", "/sync")


class Run:
    def __init__(self, faults: int, seed: int, directory: Path) -> None:
        self.dice = random.Random(seed)
        self.faults = faults
        self.directory = directory
        self.happened: collections.Counter[str] = collections.Counter()
        self.rules: list[tuple[str, Rule]] = []
        self.half_files = 0
        self.server = LocalServer(directory / "s")
        self.proxy = DroppingProxy(self.server.url)
        self.process: asyncio.subprocess.Process | None = None
        self.task: dict[str, str] = {}

    async def go(self) -> int:
        began = time.monotonic()
        await self.server.start()
        async with self.proxy:
            ann, ben = await self._set_up()
            try:
                await self._start_worker()
                told = 0
                while self.struck < self.faults:
                    await asyncio.sleep(self.dice.uniform(0.05, 0.5))
                    await self._one_fault()
                    if self.struck >= told + 25:
                        told = self.struck
                        print(f"{told} faults, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
                highest = await self._finish()
                return await self._compare(ann, ben, highest, time.monotonic() - began)
            finally:
                if self.process is not None and self.process.returncode is None:
                    self.process.kill()
                    await self.process.wait()
                await ben.session.close()
                await self.server.stop()

    @property
    def struck(self) -> int:
        """Faults that met something: a rule of the proxy counts once a request came that it was meant for."""
        return sum(self.happened.values()) + sum(rule.hits > 0 for _, rule in self.rules)

    async def _set_up(self) -> tuple[Person, Person]:
        ann = Person(await register_account(self.server, "ann"), self.directory / "ann", self.proxy.url)
        ben = Person(await register_account(self.server, "ben"), self.directory / "ben")
        await ann.log_in()
        await ben.log_in()
        c2c = await ann.session.conversations.start_c2c(ben.user_id)
        group = await ann.session.conversations.create_group("Faults", [ben.user_id])
        await ben.conversation(group)
        await ben.session.conversations.accept(group)
        for conversation in (ben.c2c(ann), group):
            await ben.conversation(conversation, is_joined)
        big = self.directory / "big.bin"
        big.write_bytes(random.Random(1).randbytes(3 << 20))
        echo = await ben.session.outbox.send(ben.c2c(ann), [Text("to download"), File(Media(path=str(big)))])
        sent = await ben.session.outbox.delivered(echo.key)
        element = sent.elements[1]
        assert isinstance(element, File)
        await ann.sees(c2c, sent.text)
        await ann.session.close()
        (ann.directory / "in").mkdir()
        (ann.directory / "attachment.bin").write_bytes(random.Random(2).randbytes(30_000))
        self.task = {
            "directory": str(ann.directory),
            "peer": ben.user_id,
            "group": group.id,
            "uri": element.media.uri,
            "sha256": element.media.sha256,
            "size": str(element.media.size),
        }
        return ann, ben

    async def _start_worker(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.faults.worker", json.dumps(self.task), stdout=asyncio.subprocess.PIPE
        )
        assert self.process.stdout is not None
        line = await self.process.stdout.readline()
        assert line == b"ready\n", line

    async def _one_fault(self) -> None:
        kind = self.dice.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        where = path_has(self.dice.choice(WRITES))
        rule: Rule | None = None
        match kind:
            case "kill client":
                assert self.process is not None
                self.process.kill()
                await self.process.wait()
                self._look_at_files()
                await self._start_worker()
            case "kill server":
                assert self.server.pid is not None
                os.kill(self.server.pid, 9)
                await self.server.wait()
                await self.server.start()
            case "lost answer":
                rule = self.proxy.lose_response(where, response_bytes=self.dice.choice((0, 0, 40)))
            case "lost request":
                rule = self.proxy.lose_request(where)
            case "429 burst":
                rule = self.proxy.refuse(where, 429, TOO_OFTEN, times=self.dice.randint(2, 6))
            case "5xx burst":
                rule = self.proxy.refuse(
                    where, self.dice.choice((500, 502, 503, 504)), b"oops", times=self.dice.randint(1, 3)
                )
            case "5xx after the work":
                rule = self.proxy.spoil(where, 502, b"<html>", times=1)
            case "slow line":
                rule = self.proxy.delay(where, self.dice.uniform(0.3, 1.5), times=2)
            case "half open":
                rule = self.proxy.fall_silent(where, self.dice.uniform(0.5, 2.0))
            case "line away":
                await self.proxy.go_away()
                await asyncio.sleep(self.dice.uniform(0.1, 1.0))
                await self.proxy.come_back()
        if rule is None:
            self.happened[kind] += 1
        else:
            self.rules.append((kind, rule))

    def _look_at_files(self) -> None:
        """Whenever the process has died: what has its final name is whole."""
        for path in (Path(self.task["directory"]) / "in").iterdir():
            if path.suffix != ".part" and not whole(path, self.task["sha256"]):
                self.half_files += 1

    async def _finish(self) -> dict[str, int]:
        self.proxy.drop_rules()
        assert self.process is not None
        assert self.process.stdout is not None
        (Path(self.task["directory"]) / "stop").touch()
        async with asyncio.timeout(240):
            answer = await self.process.stdout.readline()
            await self.process.wait()
        self._look_at_files()
        found: dict[str, int] = json.loads(answer)
        return found

    async def _compare(self, ann: Person, ben: Person, highest: dict[str, int], took_s: float) -> int:
        counts = collections.Counter(dict.fromkeys(("lost", "doubled", "out of order", "unrevoked"), 0))
        await ann.restore()
        messages = 0
        for conversation, at_ben in (
            (ConversationId(ConversationType.C2C, self.task["peer"]), ben.c2c(ann)),
            (ConversationId(ConversationType.GROUP, self.task["group"]),) * 2,
        ):
            truth = await self._on_the_server(ann, conversation)
            numbers = [number for _, number in truth if number]
            last = highest[conversation.id]
            messages += last
            wanted = [number for number in range(1, last + 1) if not is_to_be_revoked(number)]
            counts["lost"] += len(set(wanted) - set(numbers))
            counts["doubled"] += len(numbers) - len(set(numbers))
            counts["unrevoked"] += sum(map(is_to_be_revoked, numbers))
            counts["out of order"] += sum(b <= a for a, b in itertools.pairwise(numbers))
            ids = [message_id for message_id, _ in truth]
            for person, where in ((ann, conversation), (ben, at_ben)):
                name = "sender" if person is ann else "receiver"
                await self._settled(person, where, ids[-1])
                stored = [m for m in await person.messages(where) if not m.is_tip]
                stored_ids = [m.message_id for m in stored]
                counts[f"{name}: lost"] += len(set(ids) - set(stored_ids))
                counts[f"{name}: doubled"] += len(stored_ids) - len(set(stored_ids))
                counts[f"{name}: out of order"] += stored_ids != ids and set(stored_ids) == set(ids)
                counts[f"{name}: not settled"] += sum(not is_settled(m) for m in stored)
        unsent = await ann.session.outbox.unsent_count()
        await ann.session.close()
        downloads = len(list((ann.directory / "in").glob("file-*")))
        for kind, rule in self.rules:
            self.happened[kind] += rule.hits > 0
        self.rules.clear()
        for kind, count in sorted(self.happened.items()):
            print(f"{count:5}  {kind}")
        print(
            f"{sum(self.happened.values()):5}  faults in {took_s:.0f} s, over {messages} messages sent "
            f"and {downloads} downloads"
        )
        counts["left unsent"] = unsent
        counts["half files"] = self.half_files
        for name, count in counts.items():
            print(f"{count:5}  {name}")
        return int(any(counts.values()))

    async def _settled(self, person: Person, conversation: ConversationId, last_id: str) -> None:
        async def arrived() -> bool:
            return await person.session.locate.by_message_id(last_id) is not None

        person.session.reconnect_now()
        with contextlib.suppress(TimeoutError):
            await person.until(arrived)

    async def _on_the_server(self, ann: Person, conversation: ConversationId) -> list[tuple[str, int]]:
        """(id, number of the message or 0) of all messages, oldest first, as a client sees them that knows nothing."""
        server = Homeserver(self.server.url)
        await server.login(ann.account.name, ann.account.password, "witness")
        direct = {peer: channel for channel, peer in (await server.direct_channels()).items()}
        channel = direct.get(conversation.id, conversation.id)
        found: list[tuple[str, int]] = []
        token = ""
        while True:
            page = decode.history_page(await server.history(channel, token, 100), ann.user_id)
            for message in page.messages:
                if message.revoked_by or any(isinstance(element, Text) for element in message.elements):
                    text = " ".join(e.content for e in message.elements if isinstance(e, Text))
                    match = re.fullmatch(r"message (\d+)", text)
                    found.append((message.message_id, int(match[1]) if match else 0))
            if not page.token:
                break
            token = page.token
        await server.close()
        return found[::-1]


def is_settled(message: Message) -> bool:
    return message.state in (MessageState.SYNCED, MessageState.REVOKED) and not message.is_echo


def main() -> int:
    parser = argparse.ArgumentParser(description="Random faults against a real server; prints counts.")
    parser.add_argument("--faults", type=int, default=220)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    directory = Path(tempfile.mkdtemp(prefix="cd-faults-"))
    try:
        return asyncio.run(Run(arguments.faults, arguments.seed, directory).go())
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
