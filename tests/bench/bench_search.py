"""The full-text index: how fast it grows and answers, against reading every message. Needs no Qt."""

import asyncio
import json
import random
import statistics
import tempfile
import time
from pathlib import Path

import apsw

from chatdesk.domain.elements import Image, Media, Text
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import LocalMessage, MessageOrigin
from chatdesk.domain.search import PICTURES, VIDEOS, SearchQuery
from chatdesk.store import local, search, settings
from chatdesk.store.database import Database

COUNT, AT_ONCE, ROUNDS = 100_000, 1000, 20
TALK = ConversationId(ConversationType.C2C, "@ben:example.org")
GOAL_MS = 5.0
CJK = "今天气很好我们去公园吃饭看书明东京学校工作朋友"


def line(name: str, value: float, unit: str, **more: float | bool | None) -> None:
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit} | more), flush=True)


def contents(count: int) -> list[str]:
    """Words as common as in a language, every fourth message Chinese, one rare word."""
    chance = random.Random(7)
    words = [f"w{n}" for n in range(20_000)]
    made = []
    for number in range(count):
        if number % 4 == 0:
            made.append("".join(chance.choices(CJK, k=20)))
        else:
            made.append(" ".join(words[int(20_000 * chance.random() ** 3)] for _ in range(12)))
    made[count // 2] += " needle"
    return made


def scan(connection: apsw.Connection, text: str) -> int:
    """What finding is without an index."""
    return len(connection.execute("SELECT key FROM message WHERE instr(elements, ?)", (text.encode(),)).fetchall())


async def run() -> None:
    with tempfile.TemporaryDirectory(prefix="cd-") as folder:
        path = Path(folder) / "store.db"
        database = await Database.open(path, bytes(range(32)))
        texts = contents(COUNT)
        for start in range(0, COUNT, AT_ONCE):
            items = [
                LocalMessage(
                    "@ben:example.org",
                    (Text(text),) if n % 100 else (Image(Media(f"mxc://a/{start + n}", f"photo {start + n}.png")),),
                    server_time_s=1_600_000_000 + start + n,
                    message_id=f"{start + n}",
                )
                for n, text in enumerate(texts[start : start + AT_ONCE])
            ]
            ids = [item.message_id for item in items]
            await database.write(local.add, TALK, items, ids, MessageOrigin.IMPORTED, "@ann:example.org", 1)

        def unindex(connection: apsw.Connection) -> None:
            connection.execute("DELETE FROM search WHERE rowid > 0")
            connection.execute("INSERT INTO search(search) VALUES ('optimize')")
            settings.put(connection, search.BACKLOG, COUNT)

        await database.write(unindex)
        began = time.perf_counter()
        while await database.write(search.index_older, AT_ONCE):
            pass
        line(f"indexing {COUNT} messages", COUNT / (time.perf_counter() - began), "messages/s")
        size = await database.read(lambda c: c.execute("SELECT sum(length(block)) FROM search_data").fetchall()[0][0])
        line(f"index of {COUNT} messages", int(str(size)) / 1e6, "MB")
        baseline = []
        for _ in range(3):
            began = time.perf_counter()
            await database.read(scan, "needle")
            baseline.append((time.perf_counter() - began) * 1000)
        for name, query in {
            "one rare word": SearchQuery("needle"),
            "a common word, as typed": SearchQuery("w12"),
            "three words": SearchQuery("w1 w2 w3"),
            "two Chinese characters": SearchQuery("今天"),
            "one Chinese character": SearchQuery("东"),
            "a common word of one conversation": SearchQuery("w12", conversation=TALK),
            "the pictures of one conversation": SearchQuery(conversation=TALK, kinds=frozenset((PICTURES, VIDEOS))),
            "its pictures by name": SearchQuery("photo", TALK, kinds=frozenset((PICTURES, VIDEOS))),
        }.items():
            took = []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                found = await database.read(search.find, query, "@ann:example.org", 50, None)
                took.append((time.perf_counter() - began) * 1000)
            median = statistics.median(took)
            line(
                f"search: {name} ({len(found)} shown)",
                median,
                "ms",
                ratio=round(median / statistics.median(baseline), 4),
                goal=GOAL_MS,
                met=median <= GOAL_MS,
            )
        line("reading every message instead", statistics.median(baseline), "ms")
        await database.close()


def main() -> None:
    asyncio.run(run())


if __name__ == "__main__":
    main()
