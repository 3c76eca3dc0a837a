"""From what people type to the address of a homeserver."""

import ssl

import pytest

from chatdesk.domain.errors import CertificateError, LoginError, NetworkError, ServerError
from chatdesk.matrix.discovery import discover
from tests.unit.matrix.conftest import StartServer
from tests.unit.matrix.scripted import Reply, ScriptedServer, json_reply, redirect

VERSIONS = json_reply({"versions": ["v1.12"]})


def naming(url: object) -> Reply:
    return json_reply({"m.homeserver": {"base_url": url}})


@pytest.mark.parametrize(
    "well_known",
    [
        Reply(404, b"none"),
        Reply(200, b"<html>A web page"),
        Reply(500, b""),
        Reply(200, b"x" * 100_000),
        json_reply({"m.homeserver": {"base_url": 5}}),
        json_reply({"m.homeserver": "odd"}),
        json_reply({}),
        json_reply([]),
    ],
)
async def test_without_a_usable_well_known_the_name_itself_counts(server: ScriptedServer, well_known: Reply) -> None:
    server.script = lambda r: well_known if r.target.startswith("/.well-known") else VERSIONS
    host = server.url.removeprefix("http://")
    for text in (host, f"  {host}/ ", server.url, f"@ann:{host}"):
        assert await discover(text) == server.url


async def test_well_known_leads_elsewhere(start_server: StartServer, tls: ssl.SSLContext) -> None:
    domain, real = await start_server(tls), await start_server(tls)
    domain.script = lambda r: naming(real.url + "/") if r.target.startswith("/.well-known") else Reply(404)
    real.script = lambda _: VERSIONS
    assert await discover(domain.url) == real.url


async def test_well_known_may_be_redirected(start_server: StartServer, tls: ssl.SSLContext) -> None:
    domain, real = await start_server(tls), await start_server(tls)
    domain.script = lambda _: redirect(real.url + "/moved")
    real.script = lambda r: naming(real.url) if r.target == "/moved" else VERSIONS
    assert await discover(domain.url) == real.url


async def test_well_known_leads_to_no_homeserver(start_server: StartServer, tls: ssl.SSLContext) -> None:
    domain, other = await start_server(tls), await start_server(tls)
    domain.script = lambda _: naming(other.url)
    other.script = lambda _: Reply(200, b"<html>")
    with pytest.raises(LoginError, match="none answers there"):
        await discover(domain.url)


async def test_well_known_leads_to_nobody(start_server: StartServer, tls: ssl.SSLContext) -> None:
    domain, other = await start_server(tls), await start_server(tls)
    domain.script = lambda _: naming(other.url)
    await other.stop()
    with pytest.raises(LoginError, match=r"names .* none answers there"):
        await discover(domain.url)


@pytest.mark.parametrize(
    "told", ["http://evil.example", "http://127.0.0.1:8008", "ftp://x", "unix:///etc/x", "no url", "https://u:p@x.org"]
)
async def test_well_known_leads_astray(start_server: StartServer, tls: ssl.SSLContext, told: str) -> None:
    domain = await start_server(tls)
    domain.script = lambda r: naming(told) if r.target.startswith("/.well-known") else VERSIONS
    with pytest.raises(LoginError):
        await discover(domain.url)


async def test_well_known_of_this_machine_may_name_this_machine(start_server: StartServer) -> None:
    domain, real = await start_server(), await start_server()
    domain.script = lambda _: naming(real.url)
    real.script = lambda _: VERSIONS
    assert await discover(domain.url) == real.url


async def test_not_a_homeserver(server: ScriptedServer) -> None:
    server.script = lambda _: Reply(200, b"<html>")
    with pytest.raises(ServerError, match="not a Matrix homeserver"):
        await discover(server.url)


async def test_nobody_there(server: ScriptedServer) -> None:
    await server.stop()
    with pytest.raises(NetworkError):
        await discover(server.url)


async def test_untrusted_certificate(start_server: StartServer, untrusted_tls: ssl.SSLContext) -> None:
    with pytest.raises(CertificateError):
        await discover((await start_server(untrusted_tls)).url)


@pytest.mark.parametrize("text", ["http://example.org", "http://10.0.0.1:8008", "http://[2001:db8::1]"])
async def test_plain_http_is_for_this_machine_only(text: str) -> None:
    with pytest.raises(LoginError, match="https"):
        await discover(text)


@pytest.mark.parametrize(
    "text",
    ["", "  ", "@ann", "exa mple.org", "ftp://example.org", "https://", "https://a:b@example.org", "https://x.org?y",
     "x.org#y", "::1", "a:b:c", "unix://x", "x.org:99999999"],
)  # fmt: skip
async def test_no_name_of_a_server(text: str) -> None:
    with pytest.raises(LoginError):
        await discover(text)
