"""The message interface: paging, importing, sending, idling. One JSON object per line; needs no Qt.

`python -m tests.bench.bench_tim`. Sending is measured against bare HTTP requests of the same content to the same
server, in turns.
"""

import asyncio
import contextlib
import json
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from chatdesk.core.session import Account
from chatdesk.domain.elements import Text
from chatdesk.localserver import LocalServer
from chatdesk.localserver.address import SOCKET_HEADERS
from chatdesk.matrix.encode import message_content
from chatdesk.store import settings
from chatdesk.store.database import Database
from chatdesk.tim import Tim
from tests.unit.tim.answers import Answers

KEY = bytes(range(32))
PEER = "@ben:example.org"
HISTORY, IMPORTED, PAGE = 10_000, 100_000, 100
SENT, ROUNDS = 200, 7
IDLE_S = 60.0
MEMORY_GOAL_MB = 64.0
SEND_GOAL = 0.9


def line(
    name: str,
    value: float,
    unit: str,
    *,
    baseline: float | None = None,
    goal: float | None = None,
    at_least: bool = False,
) -> None:
    """`goal` is for the ratio when there is a baseline, else for the value: the most, or with `at_least` the least."""
    ratio = None if baseline is None else value / baseline
    measured = value if ratio is None else ratio
    met = None if goal is None else (measured >= goal if at_least else measured <= goal)
    found = {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "baseline": None if baseline is None else round(baseline, 3),
        "ratio": None if ratio is None else round(ratio, 3),
        "goal": goal,
        "met": met,
    }
    print(json.dumps(found), flush=True)


def texts(count: int) -> str:
    """So many messages of about a hundred characters, as an import takes them."""
    return json.dumps(
        [
            {
                "message_sender": PEER if number % 2 else "@ann:example.org",
                "message_client_time": 1_600_000_000 + number,
                "message_server_time": 1_600_000_000 + number,
                "message_rand": number + 1,
                "message_elem_array": [{"elem_type": 0, "text_elem_content": f"{number}: " + "lorem ipsum " * 8}],
            }
            for number in range(count)
        ]
    )


async def offline(directory: Path) -> Tim:
    """Somebody who was logged in once and has no network now."""
    database = await Database.open(directory / "store.db", KEY)
    account = Account("http://127.0.0.1:9", "@ann:example.org", "DEVICE", "token", "Ann")
    await database.write(settings.put, "account", account)
    await database.close()
    tim = Tim(directory, KEY)
    await tim.login()
    return tim


async def answered(answers: Answers) -> Any:
    while not answers.results:
        await asyncio.sleep(0.001)
    (answer,) = answers.results
    assert answer.code == 0, answer
    return answer


async def paging(directory: Path) -> None:
    tim = await offline(directory)
    imported = Answers()
    tim.TIMMsgImportMsgList(PEER, 1, texts(HISTORY), imported)
    await answered(imported)
    seen, last, pages_s = 0, None, []
    began = time.perf_counter()
    while True:
        wanted: dict[str, Any] = {"msg_getmsglist_param_count": PAGE}
        if last is not None:
            wanted["msg_getmsglist_param_last_msg"] = last
        page_began = time.perf_counter()
        answers = Answers()
        tim.TIMMsgGetMsgList(PEER, 1, json.dumps(wanted), answers)
        page = (await answered(answers)).value
        pages_s.append(time.perf_counter() - page_began)
        if not page:
            break
        seen += len(page)
        last = page[-1]
    took_s = time.perf_counter() - began
    await tim.close()
    assert seen == HISTORY, seen
    line(f"GetMsgList, {HISTORY} messages in pages of {PAGE}", seen / took_s, "messages/s")
    line(f"GetMsgList, one page of {PAGE}, median", statistics.median(pages_s) * 1000, "ms")


def import_probe(directory: Path, file: Path, pipe: Connection) -> None:
    """In a process of its own, so that the peak is this import's: the JSON was made elsewhere."""

    async def run() -> tuple[float, float, float, float, float]:
        tim = await offline(directory)
        given = file.read_text()
        before_mb = most_mb = memory_mb()
        longest_s = 0.0
        answers = Answers()
        began = time.perf_counter()
        tim.TIMMsgImportMsgList(PEER, 1, given, answers)
        last = time.perf_counter()
        call_s = last - began
        while not answers.results:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            longest_s, last = max(longest_s, now - last), now
            most_mb = max(most_mb, memory_mb())
        took_s = time.perf_counter() - began
        assert answers.results[0].code == 0, answers.results
        await tim.close()
        return took_s, most_mb - before_mb, len(given) / 1e6, call_s, longest_s

    pipe.send(asyncio.run(run()))


def memory_mb() -> float:
    """What this process holds now; where the system does not tell, the most it ever held."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def importing(folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    found = {}
    for count in (IMPORTED // 10, IMPORTED):
        directory = folder / f"import-{count}"
        directory.mkdir()
        file = folder / f"{count}.json"
        file.write_text(texts(count))
        ours, theirs = context.Pipe()
        process = context.Process(target=import_probe, args=(directory, file, theirs))
        process.start()
        found[count] = ours.recv()
        process.join()
    took_s, grown_mb, json_mb, call_s, longest_s = found[IMPORTED]
    line(f"import of {IMPORTED} messages", IMPORTED / took_s, "messages/s")
    line(
        f"import of {IMPORTED}, memory it takes beside its {json_mb:.0f} MB of JSON",
        grown_mb,
        "MB",
        goal=MEMORY_GOAL_MB,
    )
    line(f"the same for {IMPORTED // 10}", found[IMPORTED // 10][1], "MB")
    line(f"import of {IMPORTED}, the call until it returns", call_s * 1000, "ms")
    line(f"import of {IMPORTED}, longest stall of the loop", longest_s * 1000, "ms")


async def sending(folder: Path) -> None:
    server = LocalServer(folder / "s")
    await server.start()
    try:
        for user in ("ann", "ben"):
            await server.register(user, server.password_for(user), user.capitalize())
        tim = Tim(folder / "ann", KEY)
        await tim.login(server.url, "ann", server.password_for("ann"))
        first = Answers()
        tim.TIMMsgSendNewMsg("ben", 1, message("first"), first)
        await answered(first)
        async with bare(server) as client:
            login = await client.post(
                "/_matrix/client/v3/login",
                json={
                    "type": "m.login.password",
                    "identifier": {"type": "m.id.user", "user": "ann"},
                    "password": server.password_for("ann"),
                },
            )
            client.headers["Authorization"] = f"Bearer {login.json()['access_token']}"
            joined = await client.get("/_matrix/client/v3/joined_rooms")
            (room,) = joined.json()["joined_rooms"]
            ours, theirs = [], []
            for number in range(ROUNDS + 1):
                theirs.append(await bare_rate(client, room, number))
                ours.append(await tim_rate(tim, number))
        # The first round warms both up.
        line(
            f"sending {SENT} messages to one person, until each is answered",
            statistics.median(ours[1:]),
            "messages/s",
            baseline=statistics.median(theirs[1:]),
            goal=SEND_GOAL,
            at_least=True,
        )
        await asyncio.sleep(2)
        cpu_s, began = time.process_time(), time.perf_counter()
        await asyncio.sleep(IDLE_S)
        line(
            f"CPU of a connected core that idles for {IDLE_S:.0f} s",
            (time.process_time() - cpu_s) / (time.perf_counter() - began) * 100,
            "%",
        )
        await tim.close()
    finally:
        await server.stop()


def bare(server: LocalServer) -> httpx.AsyncClient:
    if not server.url.startswith("unix://"):
        return httpx.AsyncClient(base_url=server.url, timeout=60)
    transport = httpx.AsyncHTTPTransport(uds=server.url.removeprefix("unix://"))
    return httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=SOCKET_HEADERS, timeout=60)


def message(content: str) -> str:
    return json.dumps({"message_elem_array": [{"elem_type": 0, "text_elem_content": content}]})


async def bare_rate(client: httpx.AsyncClient, room: str, round_: int) -> float:
    """Messages per second, one request after the other, as order demands, of the same content as chatdesk's own."""
    began = time.perf_counter()
    for number in range(SENT):
        txn = f"bare-{round_}-{number}"
        path = f"/_matrix/client/v3/rooms/{quote(room)}/send/m.room.message/{txn}"
        content = message_content([Text(f"bare {round_} {number}")], number + 1, time.time_ns() // 1_000_000, txn)
        answer = await client.put(path, content=content, headers={"Content-Type": "application/json"})
        answer.raise_for_status()
    return SENT / (time.perf_counter() - began)


async def tim_rate(tim: Tim, round_: int) -> float:
    codes: list[int] = []
    done = asyncio.Event()

    def sent(code: int, desc: str, json_param: str, user_data: object) -> None:
        codes.append(code)
        if len(codes) == SENT:
            done.set()

    began = time.perf_counter()
    for number in range(SENT):
        tim.TIMMsgSendNewMsg("ben", 1, message(f"tim {round_} {number}"), sent)
    await done.wait()
    took_s = time.perf_counter() - began
    assert codes == [0] * SENT, codes
    return SENT / took_s


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cd-") as folder:
        yield Path(folder)


def main() -> None:
    with scratch() as folder:
        (folder / "history").mkdir()
        asyncio.run(paging(folder / "history"))
        importing(folder)
        asyncio.run(sending(folder))


if __name__ == "__main__":
    main()
