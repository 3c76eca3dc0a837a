"""Killed while a file is on its way to the server: after the next start the message is there once, its file whole.

CHATDESK_UPLOAD_MB sets how large the file is (default 8, so that the suite stays short; the test server takes 100).
"""

import asyncio
import hashlib
import os
from pathlib import Path

import pytest

from chatdesk.domain.elements import File
from chatdesk.matrix import decode
from chatdesk.matrix.homeserver import Homeserver
from tests.faults.test_exactly_once import run_sender
from tests.servers.accounts import NewAccount
from tests.servers.people import Person
from tests.servers.proxy import DroppingProxy, path_has

MB = 1_000_000
SIZE = int(os.environ.get("CHATDESK_UPLOAD_MB", "8")) * MB
UPLOAD = path_has("/media/v3/upload", method="POST")


async def files_on_the_server(person: Person) -> list[tuple[int, str]]:
    """Size and hash of each file in the only conversation, fetched by a client that knows nothing."""
    server = Homeserver(person.account.url)
    login = await server.login(person.account.name, person.account.password, "witness")
    server.authorize(login.token, login.user_id)
    (channel,) = await server.direct_channels()
    page = decode.history_page(await server.history(channel, "", 100), person.user_id)
    found = []
    for element in (e for m in page.messages for e in m.elements if isinstance(e, File)):
        digest, size = hashlib.sha256(), 0
        async with server.download(element.media.uri) as stream:
            async for chunk in stream.chunks():
                digest.update(chunk)
                size += len(chunk)
        found.append((size, digest.hexdigest()))
    await server.close()
    return found


@pytest.mark.timeout(120)
@pytest.mark.parametrize("is_half", [True, False], ids=["half of it has left", "it is there and nobody here knows"])
async def test_killed_while_a_file_is_on_its_way(
    is_half: bool, new_account: NewAccount, proxy: DroppingProxy, tmp_path: Path
) -> None:
    ann = Person(await new_account("ann"), tmp_path / "ann", proxy.url)
    ben = await new_account("ben")
    await ann.log_in()
    talk = await ann.session.conversations.start_c2c(ben.user_id)
    await ann.session.close()
    data = os.urandom(SIZE)
    file = tmp_path / "big.bin"
    file.write_bytes(data)
    rule = proxy.hold(UPLOAD, SIZE // 2) if is_half else proxy.lose_response(UPLOAD)
    process = await run_sender(ann.directory, talk, 1, str(file))
    await asyncio.wait_for(rule.hit.wait(), 60)
    process.kill()
    await process.wait()
    assert await files_on_the_server(ann) == []
    await ann.restore()
    try:
        (echo,) = [m for m in await ann.session.history.page(talk, count=100) if m.is_self and not m.is_tip]
        await asyncio.wait_for(ann.session.outbox.delivered(echo.key), 60)
        assert await ann.session.outbox.unsent_count() == 0
    finally:
        await ann.session.close()
    assert await files_on_the_server(ann) == [(len(data), hashlib.sha256(data).hexdigest())]
