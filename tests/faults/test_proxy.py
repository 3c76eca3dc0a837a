"""The dropping proxy itself, in front of the real server: it must lose what it is told to, and nothing else."""

import asyncio
import http.client
import json
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from chatdesk.localserver import LocalServer
from tests.servers.accounts import NewAccount
from tests.servers.proxy import DroppingProxy, path_has

VERSIONS = "/_matrix/client/versions"
BROKEN = (ConnectionError, http.client.BadStatusLine, http.client.IncompleteRead)


def _ask(url: str, method: str, path: str, content: object = None) -> tuple[int, dict[str, object]]:
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
    try:
        connection.request(method, path, None if content is None else json.dumps(content))
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


async def _call(url: str, method: str, path: str, content: object = None) -> tuple[int, dict[str, object]]:
    return await asyncio.to_thread(_ask, url, method, path, content)


async def test_it_forwards(proxy: DroppingProxy, new_account: NewAccount) -> None:
    ann = await new_account("ann")
    assert proxy.url.startswith("http://127.0.0.1:")
    assert (await _call(proxy.url, "GET", VERSIONS))[0] == 200
    login = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": ann.name},
        "password": ann.password,
    }
    status, answer = await _call(proxy.url, "POST", "/_matrix/client/v3/login", login)
    assert (status, answer["user_id"]) == (200, ann.user_id)
    assert [exchange.status for exchange in proxy.exchanges] == [200, 200]
    assert not any(exchange.is_lost for exchange in proxy.exchanges)


async def test_one_connection_carries_many_requests(proxy: DroppingProxy) -> None:
    def ask_thrice() -> list[int]:
        address = urlsplit(proxy.url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
        statuses = []
        for _ in range(3):
            connection.request("GET", VERSIONS)
            response = connection.getresponse()
            response.read()
            statuses.append(response.status)
        connection.close()
        return statuses

    assert await asyncio.to_thread(ask_thrice) == [200, 200, 200]


async def test_lost_response_has_reached_the_server(proxy: DroppingProxy, new_account: NewAccount) -> None:
    ann = await new_account("ann")
    login = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": ann.name},
        "password": ann.password,
    }
    rule = proxy.lose_response(path_has("/login", method="POST"), times=2)
    for _ in range(2):
        with pytest.raises(BROKEN):
            await _call(proxy.url, "POST", "/_matrix/client/v3/login", login)
    assert (await _call(proxy.url, "GET", VERSIONS))[0] == 200, "other requests are left alone"
    assert (await _call(proxy.url, "POST", "/_matrix/client/v3/login", login))[0] == 200, "and so is the third"
    assert rule.hits == 2
    assert [(e.status, e.is_lost) for e in proxy.answered(path_has("/login"))] == [
        (200, True),
        (200, True),
        (200, False),
    ]


async def test_response_cut_in_the_middle(proxy: DroppingProxy) -> None:
    proxy.lose_response(path_has(VERSIONS), response_bytes=400)
    with pytest.raises(BROKEN):
        await _call(proxy.url, "GET", VERSIONS)
    assert (await _call(proxy.url, "GET", VERSIONS))[0] == 200


async def test_lost_request_never_reaches_the_server(proxy: DroppingProxy) -> None:
    rule = proxy.lose_request(path_has("/login"))
    with pytest.raises(BROKEN):
        await _call(proxy.url, "POST", "/_matrix/client/v3/login", {"type": "m.login.password"})
    assert rule.hit.is_set()
    assert proxy.exchanges == []


async def test_delay(proxy: DroppingProxy) -> None:
    proxy.delay(path_has(VERSIONS), 0.5)
    started = time.monotonic()
    assert (await _call(proxy.url, "GET", VERSIONS))[0] == 200
    assert time.monotonic() - started >= 0.5
    proxy.delay(path_has(VERSIONS), 30)
    proxy.drop_rules()
    assert (await asyncio.wait_for(_call(proxy.url, "GET", VERSIONS), 10))[0] == 200


async def test_going_away_and_coming_back(proxy: DroppingProxy) -> None:
    url = proxy.url
    proxy.delay(path_has(VERSIONS), 60)
    waiting = asyncio.create_task(_call(url, "GET", VERSIONS))
    while not proxy.exchanges and not waiting.done():
        # The delay starts when the server has answered; a moment later the connection is broken in its middle.
        if proxy._rules[0].hits:
            break
        await asyncio.sleep(0.01)
    await proxy.go_away()
    with pytest.raises(BROKEN):
        await waiting
    with pytest.raises(ConnectionRefusedError):
        await _call(url, "GET", VERSIONS)
    await proxy.come_back()
    assert proxy.url == url
    assert (await _call(url, "GET", VERSIONS))[0] == 200


async def test_it_also_listens_on_a_unix_socket(homeserver: LocalServer, short_tmp: Path) -> None:
    async with DroppingProxy(homeserver.url, short_tmp / "proxy.sock") as proxy:
        for _ in range(2):
            reader, writer = await asyncio.open_unix_connection(proxy.url.removeprefix("unix://"))
            writer.write(f"GET {VERSIONS} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            assert (await asyncio.wait_for(reader.readline(), 10)).startswith(b"HTTP/1.1 200")
            writer.close()
            await writer.wait_closed()
            await proxy.go_away()
            with pytest.raises(FileNotFoundError):
                await asyncio.open_unix_connection(proxy.url.removeprefix("unix://"))
            await proxy.come_back()


async def test_a_server_that_is_down_looks_like_a_broken_line(short_tmp: Path) -> None:
    async with DroppingProxy(f"unix://{short_tmp}/nobody.sock") as proxy:
        with pytest.raises(BROKEN):
            await _call(proxy.url, "GET", VERSIONS)


async def test_it_refuses_before_the_server_sees_anything(proxy: DroppingProxy) -> None:
    rule = proxy.refuse(path_has("/versions"), 429, b'{"retry_after_ms":5}', times=2)
    for _ in range(2):
        assert await _call(proxy.url, "GET", VERSIONS) == (429, {"retry_after_ms": 5})
    assert rule.hits == 2
    assert proxy.answered(path_has("/versions")) == []
    assert (await _call(proxy.url, "GET", VERSIONS))[0] == 200


async def test_it_spoils_the_answer_after_the_work(proxy: DroppingProxy) -> None:
    proxy.spoil(path_has("/versions"), 502, b"{}")
    assert await _call(proxy.url, "GET", VERSIONS) == (502, {})
    (exchange,) = proxy.answered(path_has("/versions"))
    assert (exchange.status, exchange.is_lost) == (200, True)


async def test_it_falls_silent(proxy: DroppingProxy) -> None:
    proxy.fall_silent(path_has("/versions"), 0.4)
    began = time.monotonic()
    with pytest.raises(BROKEN):
        await _call(proxy.url, "GET", VERSIONS)
    assert time.monotonic() - began >= 0.4
    assert proxy.answered(path_has("/versions")) == []
