"""The endpoints: what is asked for, what becomes of the answer, where the token goes."""

import ssl
from pathlib import Path

import pytest

from chatdesk.domain.conversations import Member, Membership, UserProfile
from chatdesk.domain.errors import CertificateError, InputError, NotFound, ServerError, TemporaryServerError
from chatdesk.matrix.client import Client, path
from chatdesk.matrix.homeserver import Homeserver
from tests.unit.matrix.conftest import OWN, Connect, StartServer
from tests.unit.matrix.scripted import Reply, ScriptedServer, json_reply, redirect

BEARER = "Bearer secret-token"


async def test_send(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: json_reply({"event_id": "$e"})
    assert await home.send("!no/server part?", "t 1", b'{"body":"x"}') == "$e"
    (request,) = server.requests
    assert request.method == "PUT"
    assert request.target == "/_matrix/client/v3/rooms/%21no%2Fserver%20part%3F/send/m.room.message/t%201"
    assert request.body == b'{"body":"x"}'
    assert request.headers["authorization"] == BEARER


async def test_answer_without_the_id_is_not_success(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: json_reply({"event_id": 5})
    with pytest.raises(TemporaryServerError):
        await home.send("!r", "t", b"{}")


@pytest.mark.parametrize("segment", ["", ".", ".."])
def test_segment_that_would_change_the_path(segment: str) -> None:
    with pytest.raises(InputError):
        path("rooms", segment)


async def test_lone_surrogates_do_not_leave(server: ScriptedServer, home: Homeserver) -> None:
    await home.set_display_name("A\ud800\ud83d\ude00")
    assert server.requests[0].json() == {"displayname": "A\ufffd😀"}
    await home.search_users("x\udfff")
    assert server.requests[1].json()["search_term"] == "x\ufffd"
    await home.mark_read("!\ud800", "$e")
    assert "%EF%BF%BD" in server.requests[2].target


async def test_login(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: json_reply({"user_id": "@ben:x", "device_id": "D", "access_token": "new"})
    login = await home.login("ben", "pässword", "chatdesk")
    assert (login.user_id, login.device_id, login.token) == ("@ben:x", "D", "new")
    assert "new" not in repr(login)
    assert home.own_user_id == "@ben:x"
    await home.set_display_name("Ben")
    first, second = server.requests
    assert "authorization" not in first.headers
    assert first.json()["identifier"] == {"type": "m.id.user", "user": "ben"}
    assert second.headers["authorization"] == "Bearer new"


async def test_logout_of_a_session_already_over(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: json_reply({"errcode": "M_UNKNOWN_TOKEN", "error": ""}, 401)
    await home.logout()
    assert server.requests[0].target.endswith("/logout")


async def test_direct_channels(server: ScriptedServer, home: Homeserver) -> None:
    content = {"@b:x": ["!2", 5, "!1"], "@a:x": ["!1"], "not a user": ["!3"], "@c:x": "!4"}
    server.script = lambda _: json_reply(content)
    assert await home.direct_channels() == {"!1": "@a:x", "!2": "@b:x"}
    server.script = lambda _: json_reply({"errcode": "M_NOT_FOUND", "error": ""}, 404)
    assert await home.direct_channels() == {}
    server.script = lambda _: Reply()
    await home.set_direct({"!1": "@a:x", "!2": "@b:x", "!3": "@a:x"})
    assert server.requests[-1].json() == {"@a:x": ["!1", "!3"], "@b:x": ["!2"]}
    assert server.requests[-1].target == "/_matrix/client/v3/user/%40ann%3Aexample.org/account_data/m.direct"


async def test_profile(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: json_reply({"displayname": None, "avatar_url": "http://tracker/"})
    assert await home.profile("@ben:x") == UserProfile("@ben:x", "ben", "")
    server.script = lambda _: json_reply({"errcode": "M_NOT_FOUND", "error": ""}, 404)
    with pytest.raises(NotFound, match="@ben:x"):
        await home.profile("@ben:x")


async def test_search_users(server: ScriptedServer, home: Homeserver) -> None:
    results = [{"user_id": "@ben:x", "display_name": "Ben", "avatar_url": "mxc://x/a"}, {"user_id": 5}, "odd"]
    server.script = lambda _: json_reply({"results": results, "limited": False})
    assert await home.search_users("b") == (UserProfile("@ben:x", "Ben", "mxc://x/a"),)


async def test_members(server: ScriptedServer, home: Homeserver) -> None:
    chunk = [
        {"type": "m.room.member", "state_key": "@b:x", "content": {"membership": "invite"}},
        {"type": "m.room.member", "state_key": "@c:x", "content": {"membership": ["join"], "displayname": 5}},
        {"type": "m.room.member", "state_key": 7, "content": {}},
        "odd",
    ]
    server.script = lambda _: json_reply({"chunk": chunk})
    assert await home.members("!r") == (
        Member("@b:x", "b", membership=Membership.INVITED),
        Member("@c:x", "c", membership=Membership.NONE),
    )


async def test_sync_query(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: Reply(200, b'{"next_batch": "s2"}')
    assert await home.sync("", 0, "7") == b'{"next_batch": "s2"}'
    await home.sync("s&1", 30_000, "7")
    assert server.requests[0].target == "/_matrix/client/v3/sync?timeout=0&filter=7"
    assert server.requests[1].target == "/_matrix/client/v3/sync?timeout=30000&filter=7&since=s%261"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, b"<html>"),
        Reply(404, b"<html>"),
        json_reply({"versions": "all"}),
        json_reply({"versions": []}),
        json_reply({"errcode": "M_UNRECOGNIZED"}, 404),
        redirect("/sign-in", 302),
    ],
)
async def test_not_a_homeserver(server: ScriptedServer, home: Homeserver, reply: Reply) -> None:
    server.script = lambda _: reply
    with pytest.raises(ServerError, match="not a Matrix homeserver"):
        await home.check()


@pytest.mark.parametrize(
    ("versions", "is_fine"),
    [(["r0.6.1"], False), (["r0.6.1", "v1.0"], False), (["r0.6.1", "v1.1"], True), (["v2.0"], True), (["vx"], False)],
)
async def test_a_server_too_old_is_told_apart(
    server: ScriptedServer, home: Homeserver, versions: list[str], is_fine: bool
) -> None:
    server.script = lambda _: json_reply({"versions": versions})
    if is_fine:
        await home.check()
    else:
        with pytest.raises(ServerError, match="old form of Matrix"):
            await home.check()


async def test_homeserver_in_trouble_is_still_one(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: Reply(503, b"starting")
    with pytest.raises(TemporaryServerError):
        await home.check()


async def test_unix_socket(tmp_path: Path, connect: Connect) -> None:
    server = ScriptedServer(lambda _: json_reply({"versions": ["v1.12"]}))
    await server.start_unix(tmp_path / "hs.sock")
    await connect(server.url).check()
    assert server.requests[0].headers["x-forwarded-for"] == "127.0.0.1"
    await server.stop()


@pytest.mark.parametrize(
    "url",
    ["http://example.org", "http://192.168.1.5:8008", "ftp://example.org", "unix://relative", "https://", "nonsense",
     "https://user:pw@example.org", "http://127.0.0.1.example.org", "http://localhost.evil.org"],
)  # fmt: skip
def test_url_refused(url: str) -> None:
    with pytest.raises(InputError):
        Homeserver(url)


async def test_prefix_of_the_base_url_is_kept(server: ScriptedServer) -> None:
    client = Client(server.url + "/prefix/")
    await client.call("GET", "/_matrix/x")
    await client.close()
    assert server.requests[0].target == "/prefix/_matrix/x"


async def test_untrusted_certificate(
    start_server: StartServer, untrusted_tls: ssl.SSLContext, connect: Connect
) -> None:
    server = await start_server(untrusted_tls)
    with pytest.raises(CertificateError, match="localhost"):
        await connect(server.url).check()
    assert not server.requests


async def test_redirect_at_home_keeps_the_token(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda r: redirect("/new") if r.target.startswith("/_matrix") else json_reply({})
    await home.direct_channels()
    assert server.requests[1].target == "/new"
    assert server.requests[1].headers["authorization"] == BEARER


async def test_redirect_elsewhere_loses_the_token_for_good(
    start_server: StartServer, tls: ssl.SSLContext, connect: Connect
) -> None:
    server, other = await start_server(tls), await start_server(tls)
    server.script = lambda r: redirect(other.url + "/cdn") if "direct" in r.target else json_reply({"@a:x": ["!1"]})
    other.script = lambda _: redirect(f"https://u:p@{server.url.removeprefix('https://')}/back")
    assert await connect(server.url).direct_channels() == {"!1": "@a:x"}
    asked = [(r.target, r.headers.get("authorization")) for r in (*server.requests, *other.requests)]
    assert asked[1:] == [("/back", None), ("/cdn", None)]
    assert asked[0][1] == BEARER


async def test_other_host_cannot_end_the_session(
    start_server: StartServer, tls: ssl.SSLContext, connect: Connect
) -> None:
    server, other = await start_server(tls), await start_server(tls)
    server.script = lambda _: redirect(other.url + "/cdn")
    other.script = lambda _: json_reply({"errcode": "M_UNKNOWN_TOKEN", "error": ""}, 401)
    with pytest.raises(ServerError) as caught:
        await connect(server.url).direct_channels()
    assert caught.value.code == ""


@pytest.mark.parametrize("is_home_tls", [True, False])
async def test_redirect_to_somewhere_unsafe(
    start_server: StartServer, tls: ssl.SSLContext, connect: Connect, is_home_tls: bool
) -> None:
    """Neither down from https to http, nor from this machine's server to another place."""
    server, other = await start_server(tls if is_home_tls else None), await start_server()
    server.script = lambda _: redirect(other.url + "/x")
    with pytest.raises(ServerError, match="not safe"):
        await connect(server.url).direct_channels()
    assert not other.requests


async def test_redirects_in_circles(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: redirect("/again")
    with pytest.raises(ServerError, match="circles"):
        await home.direct_channels()
    assert len(server.requests) == 6


async def test_filter(server: ScriptedServer, home: Homeserver) -> None:
    server.script = lambda _: json_reply({"filter_id": "9"})
    assert await home.create_filter(20) == "9"
    wanted = server.requests[0].json()
    assert wanted["account_data"] == {"types": ["m.direct", "m.push_rules", "m.ignored_user_list"]}
    room = wanted["room"]
    assert isinstance(room, dict)
    assert room["timeline"] == {"limit": 20, "lazy_load_members": True}
    assert room["state"]["lazy_load_members"] is True
    assert OWN.replace("@", "%40").replace(":", "%3A") in server.requests[0].target
