"""The longest gap of the window's loop while a 16 MB sync is decoded, stored and published to a real window."""

import asyncio
import json
import os
import shutil
import tempfile
import time
from pathlib import Path

from tests.bench import profiles
from tests.bench.gaps import Gaps
from tests.bench.live import closed, opened
from tests.bench.report import report

SIZE_BYTES = 16_000_000


def big_sync(size: int) -> bytes:
    """A sync answer as a homeserver sends it after a long absence: many channels, 60 messages each."""
    rooms: dict[str, object] = {}
    written = 0
    number = 0
    while written < size:
        events = [
            {
                "type": "m.room.message",
                "event_id": f"$big-{number}-{i}-{'x' * 24}",
                "sender": f"@user{number % 50}-{i % 3}:bench.local",
                "origin_server_ts": 1_795_000_000_000 + number * 1000 + i,
                "content": {
                    "msgtype": "m.text",
                    "body": profiles.sentence(number * 60 + i) * 2,
                    "m.mentions": {},
                    "chatdesk.message": {"rand": i + 1, "client_time": 1_795_000_000_000, "txn": f"t{number}-{i}"},
                },
                "unsigned": {"age": 1234, "membership": "join"},
            }
            for i in range(60)
        ]
        room = {
            "timeline": {"events": events, "limited": True, "prev_batch": f"p{number}"},
            "state": {"events": []},
            "account_data": {"events": []},
            "ephemeral": {"events": []},
            "unread_notifications": {"notification_count": 60, "highlight_count": 0},
            "summary": {"m.joined_member_count": 4},
        }
        rooms[f"!big{number}:bench.local"] = room
        written += len(json.dumps(room))
        number += 1
    return json.dumps({"next_batch": "big", "rooms": {"join": rooms}}).encode()


async def measure(folder: Path, raw: bytes) -> None:
    from chatdesk.store.sync import apply_sync

    session, model, window = await opened(folder)
    gaps = Gaps()
    await asyncio.sleep(1)
    gaps.restart()
    await asyncio.sleep(1)
    idle_ms = gaps.longest_ms
    await session._decoder.sync_batch(raw[:0] + b'{"next_batch":"t"}', profiles.ME)  # load the decoder before measuring
    gaps.restart()
    started = time.perf_counter()
    batch = await session._decoder.sync_batch(raw, profiles.ME)
    decoded = time.perf_counter()
    decode_gap_ms = gaps.longest_ms
    gaps.restart()
    changes = await session._database.write(apply_sync, batch, profiles.ME, 1_795_000_000_000)
    stored = time.perf_counter()
    store_gap_ms = gaps.longest_ms
    gaps.restart()
    session._ledger.publish(changes)
    await asyncio.sleep(0.2)
    publish_gap_ms = gaps.longest_ms
    note = f"{len(batch.channels)} conversations, {len(changes.messages)} messages; baseline: the same window idle"
    longest = max(decode_gap_ms, store_gap_ms, publish_gap_ms)
    report("longest gap of the loop, 16 MB sync", longest, "ms", baseline=idle_ms, goal=60, note=note)
    report("  while decoding", decode_gap_ms, "ms", baseline=idle_ms)
    report("  while storing", store_gap_ms, "ms", baseline=idle_ms)
    report("  while publishing to the window", publish_gap_ms, "ms", baseline=idle_ms)
    start = time.perf_counter()
    json.loads(raw)
    plain_ms = (time.perf_counter() - start) * 1000
    report("decoding", (decoded - started) * 1000, "ms", baseline=plain_ms, note="baseline: json.loads of the same")
    report("storing", (stored - decoded) * 1000, "ms", baseline=plain_ms, note="baseline: json.loads of the same")
    await closed(session, model, window)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import qasync
    from PySide6.QtWidgets import QApplication

    folder = Path(tempfile.mkdtemp(prefix="chatdesk-bench-"))
    try:
        asyncio.run(profiles.make(folder / "profile", 30, 40))
        app = QApplication([])
        app.setQuitOnLastWindowClosed(False)
        loop = qasync.QEventLoop(app)
        with loop:
            loop.run_until_complete(measure(folder / "profile", big_sync(SIZE_BYTES)))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
