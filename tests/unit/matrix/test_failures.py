"""Whatever the line or the server does becomes one of chatdesk's errors, with the facts core needs."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from chatdesk.domain.errors import (
    ChatdeskError,
    Forbidden,
    InputError,
    LoginError,
    NetworkError,
    NotFound,
    RateLimited,
    ServerError,
    SessionEnded,
    TemporaryServerError,
    TooLarge,
)
from chatdesk.matrix.client import Client
from chatdesk.matrix.homeserver import Homeserver
from tests.unit.matrix.conftest import Connect
from tests.unit.matrix.scripted import Reply, ScriptedServer, json_reply, redirect


def matrix_error(status: int, code: str, error: str = "", **more: object) -> Reply:
    return json_reply({"errcode": code, "error": error, **more}, status)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (matrix_error(401, "M_UNKNOWN_TOKEN"), SessionEnded),
        (matrix_error(401, "M_MISSING_TOKEN"), SessionEnded),
        (matrix_error(403, "M_USER_DEACTIVATED"), SessionEnded),
        (matrix_error(403, "M_FORBIDDEN"), Forbidden),
        (matrix_error(403, "M_USER_SUSPENDED"), Forbidden),
        (matrix_error(404, "M_NOT_FOUND"), NotFound),
        (matrix_error(413, "M_TOO_LARGE"), TooLarge),
        (Reply(413, b"<h1>nginx"), TooLarge),
        (matrix_error(500, "M_UNKNOWN"), TemporaryServerError),
        (Reply(502, b"<h1>Bad Gateway"), TemporaryServerError),
        (Reply(200, b"<h1>Welcome to Airport WiFi"), TemporaryServerError),
        (Reply(200, b'["no", "object"]'), TemporaryServerError),
        (Reply(200, b""), TemporaryServerError),
    ],
)
async def test_kind(server: ScriptedServer, home: Homeserver, reply: Reply, kind: type[ChatdeskError]) -> None:
    server.script = lambda _: reply
    with pytest.raises(ChatdeskError) as caught:
        await home.send("!r", "t", b"{}")
    assert type(caught.value) is kind
    assert str(caught.value).endswith(".")
    assert "secret-token" not in str(caught.value)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (matrix_error(404, "M_UNRECOGNIZED"), "M_UNRECOGNIZED"),
        (matrix_error(400, "M_BAD_JSON", "no\nsuch \u202e thing"), "M_BAD_JSON"),
        (Reply(404, b"not here"), ""),
        (Reply(401, b"<h1>proxy login"), ""),
    ],
)
async def test_permanent_refusals_do_not_end_the_session(
    server: ScriptedServer, home: Homeserver, reply: Reply, code: str
) -> None:
    server.script = lambda _: reply
    with pytest.raises(ServerError) as caught:
        await home.send("!r", "t", b"{}")
    assert not isinstance(caught.value, SessionEnded | TemporaryServerError | NotFound)
    assert (caught.value.status, caught.value.code) == (reply.status, code)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("body", "header", "wait_s"),
    [
        ({"retry_after_ms": 1500}, "60", 1.5),
        ({"retry_after_ms": 0}, "60", 0.0),
        ({}, "7", 7.0),
        ({"retry_after_ms": "soon"}, "7", 7.0),
        ({"retry_after_ms": -5}, "7", 7.0),
        ({"retry_after_ms": True}, "7", 7.0),
        ({"retry_after_ms": 2**70}, "7", 3600.0),
        ({}, "99999999999999", 5.0),
        ({}, "soon", 5.0),
        ({}, "99999999", 3600.0),
    ],
)
async def test_rate_limit(
    server: ScriptedServer, home: Homeserver, body: dict[str, object], header: str, wait_s: float
) -> None:
    server.script = lambda _: json_reply({"errcode": "M_LIMIT_EXCEEDED", **body}, 429, Retry_After=header)
    with pytest.raises(RateLimited) as caught:
        await home.send("!r", "t", b"{}")
    assert caught.value.retry_after_s == wait_s


async def test_rate_limit_until_a_date(server: ScriptedServer, home: Homeserver) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    server.script = lambda _: Reply(429, b"slow", {"Retry-After": date})
    with pytest.raises(RateLimited) as caught:
        await home.send("!r", "t", b"{}")
    assert 80 < caught.value.retry_after_s <= 100


@pytest.mark.parametrize(
    ("reply", "is_soft"),
    [
        (matrix_error(401, "M_UNKNOWN_TOKEN", soft_logout=True), True),
        (matrix_error(401, "M_UNKNOWN_TOKEN", soft_logout=False), False),
        (matrix_error(401, "M_UNKNOWN_TOKEN", soft_logout="yes"), False),
        (matrix_error(401, "M_UNKNOWN_TOKEN"), False),
        (matrix_error(401, "M_USER_LOCKED"), True),
        (matrix_error(403, "M_USER_DEACTIVATED"), False),
    ],
)
async def test_soft_logout(server: ScriptedServer, home: Homeserver, reply: Reply, is_soft: bool) -> None:
    server.script = lambda _: reply
    with pytest.raises(SessionEnded) as caught:
        await home.sync("s", 0, "f")
    assert caught.value.is_soft is is_soft


async def test_nobody_listens(server: ScriptedServer, home: Homeserver) -> None:
    await server.stop()
    with pytest.raises(NetworkError, match="cannot be reached"):
        await home.send("!r", "t", b"{}")


async def test_no_answer_in_time(server: ScriptedServer) -> None:
    server.script = lambda _: Reply(is_mute=True)
    client = Client(server.url)
    with pytest.raises(NetworkError, match="in time"):
        await client.call("GET", "/x", read_s=0.05)
    await client.close()


async def test_answer_breaks_off(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: Reply(200, b'{"event_id": "$e"}', cut_after=5)
    with pytest.raises(NetworkError, match="broke"):
        await home.send("!r", "t", b"{}")


async def test_answer_larger_than_accepted(server: ScriptedServer) -> None:
    server.script = lambda _: Reply(200, b"x" * 4096)
    client = Client(server.url)
    with pytest.raises(ServerError, match="more than chatdesk accepts"):
        await client.request("GET", "/x", most=1024)
    await client.close()


async def test_damaged_packing(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: Reply(200, b"no gzip at all", {"Content-Encoding": "gzip"})
    with pytest.raises(TemporaryServerError):
        await home.send("!r", "t", b"{}")


async def test_closed(home: Homeserver) -> None:
    await home.close()
    with pytest.raises(NetworkError):
        await home.send("!r", "t", b"{}")


async def test_unknown_host(connect: Connect) -> None:
    with pytest.raises(NetworkError):
        await connect("https://no-such-host.invalid").check()


async def test_redirected_write_is_not_followed(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: redirect("/elsewhere")
    with pytest.raises(TemporaryServerError):
        await home.send("!r", "t", b"{}")
    assert len(server.requests) == 1


@pytest.mark.parametrize("token", ["line\nbreak", "tab\t", "é"])
async def test_token_that_is_none(server: ScriptedServer, home: Homeserver, token: str) -> None:
    with pytest.raises(InputError):
        home.authorize(token, "@ann:example.org")
    server.script = lambda _: json_reply({"user_id": "@a:x", "access_token": token})
    with pytest.raises(TemporaryServerError):
        await home.login("ann", "pw", "chatdesk")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (matrix_error(403, "M_FORBIDDEN"), "is wrong"),
        (matrix_error(403, "M_USER_DEACTIVATED"), "deactivated"),
        (matrix_error(401, "M_USER_LOCKED"), "locked"),
        (matrix_error(400, "M_UNKNOWN"), "does not allow logging in with a password"),
        (matrix_error(400, "M_INVALID_USERNAME"), "not a user name"),
    ],
)
async def test_login_refused(server: ScriptedServer, home: Homeserver, reply: Reply, words: str) -> None:
    server.script = lambda _: reply
    with pytest.raises(LoginError, match=words):
        await home.login("ann", "pw", "chatdesk")


async def test_login_rate_limited_says_the_seconds(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: matrix_error(429, "M_LIMIT_EXCEEDED", retry_after_ms=11_200)
    with pytest.raises(RateLimited, match="12 seconds"):
        await home.login("ann", "pw", "chatdesk")
