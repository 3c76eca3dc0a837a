"""A window is killed half-way through a download and opened again: it goes on at the byte, or begins anew and says so.

CHATDESK_DOWNLOAD_MB sets how large the file is (default 16, so that the suite stays short).
"""

import asyncio
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from chatdesk.core.credentials import Credentials
from chatdesk.core.session import STORE_FILE
from chatdesk.domain.changes import ChannelBatch, SyncBatch
from chatdesk.domain.conversations import Membership
from chatdesk.domain.elements import File, Media
from chatdesk.domain.messages import IncomingMessage
from chatdesk.store.database import Database
from chatdesk.store.sync import apply_sync
from tests.bench import profiles
from tests.servers.big_file import BLOCK

MIB = 1 << 20
URI = "mxc://bench.local/big"
TIME_MS = 1_790_100_000_000


async def make(directory: Path, url: str, size: int) -> None:
    """A profile whose last conversation ends with a file, and the server it lies on."""
    await profiles.make(directory, 3, 5, url)
    database = await Database.open(directory / STORE_FILE, await Credentials(directory, "").load())
    item = IncomingMessage("$big", "@user2-0:bench.local", TIME_MS, (File(Media(URI, "film.bin", size=size)),), b"{}")
    batch = ChannelBatch(channel="!channel2:bench.local", membership=Membership.JOINED, messages=(item,))
    await database.write(apply_sync, SyncBatch("t", (batch,)), profiles.ME, TIME_MS)
    await database.close()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("can_go_on", [True, False])
async def test_killing_the_window_half_way(can_go_on: bool, home: Path, tmp_path: Path) -> None:
    size = int(os.environ.get("CHATDESK_DOWNLOAD_MB", "16")) * MIB
    half = size // 2
    command = [sys.executable, "-m", "tests.servers.big_file", str(size), str(half), *([] if can_go_on else ["whole"])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        profile = tmp_path / "profile"
        await make(profile, f"http://127.0.0.1:{int(server.stdout.readline())}", size)
        window = [sys.executable, "-m", "tests.app.download_window", str(profile)]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        killed = subprocess.Popen([*window, "start"], env=environment)
        part = home / "Downloads" / "film.bin.part"
        try:
            async with asyncio.timeout(300):
                while not part.exists() or part.stat().st_size < half:
                    assert killed.poll() is None
                    await asyncio.sleep(0.01)
        finally:
            killed.kill()
            killed.wait()
        assert [path.name for path in part.parent.iterdir()] == [part.name]
        assert part.stat().st_size == half  # nothing that came is lost
        again = await asyncio.create_subprocess_exec(*window, env=environment, stdout=asyncio.subprocess.PIPE)
        said, _ = await again.communicate()
        assert again.returncode == 0
        server.stdin.close()
        assert [int(line) for line in server.stdout] == [0, half if can_go_on else 0]
    words = json.loads(said)
    assert words[0] == "film.bin"
    assert ("This server cannot continue a download; it began again" in words[1]) is not can_go_on
    expected = hashlib.sha256()
    for _ in range(size // MIB):
        expected.update(BLOCK)
    (path,) = part.parent.iterdir()
    assert path.name == "film.bin"
    with path.open("rb") as file:
        assert hashlib.file_digest(file, "sha256").digest() == expected.digest()
