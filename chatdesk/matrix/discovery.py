"""From what a person types as their server to the address of its API. Runs on the event loop.

A domain may keep its homeserver elsewhere and say so in /.well-known/matrix/client. What that file says is believed
only when it leads to another https address that really answers as a homeserver.
"""

import httpx

from chatdesk.domain.account import Proxy
from chatdesk.domain.errors import CertificateError, InputError, LoginError, NetworkError, ServerError
from chatdesk.domain.ids import server_name
from chatdesk.domain.wording import Sentence
from chatdesk.matrix.client import SYSTEM_PROXY, Client, is_loopback
from chatdesk.matrix.homeserver import Homeserver
from chatdesk.matrix.lenient import mapping, text
from chatdesk.matrix.wire import object_of

WELL_KNOWN = "/.well-known/matrix/client"
MAX_WELL_KNOWN = 64 * 1024


async def discover(server_text: str, proxy: Proxy = SYSTEM_PROXY) -> str:
    """The base URL of the homeserver meant by `server_text`: a name, an address, or a whole user id.

    Raises LoginError, ServerError or NetworkError with a sentence for the user.
    """
    asked = asked_url(server_text)
    told = "" if asked.startswith("unix:") else await _well_known(asked, proxy)
    base = told or asked
    server = Homeserver(base, proxy=proxy)
    try:
        await server.check()
    except (ServerError, NetworkError) as error:
        if told and told != asked and not isinstance(error, CertificateError):
            raise LoginError(
                Sentence(
                    "{asked} names {told} as its Matrix homeserver, but none answers there. Try again later, or "
                    "ask whoever runs it.",
                    asked=_host(asked),
                    told=_host(told),
                )
            ) from error
        raise
    finally:
        await server.close()
    return base


def asked_url(server_text: str) -> str:
    """The address a person means, before the domain was asked whether its homeserver is elsewhere."""
    name = server_text.strip()
    if name.startswith("@") and ":" in name:
        name = server_name(name)
    if not name:
        raise LoginError("Type the name of your server, for example matrix.org")
    otherwise = Sentence("“{text}” is not the name of a server. It looks like matrix.org", text=server_text.strip())
    if "@" in name:
        raise LoginError(otherwise)
    if "://" not in name:
        host = name.partition("]")[0].removeprefix("[") if name.startswith("[") else name.partition(":")[0]
        name = f"{'http' if is_loopback(host) else 'https'}://{name}"
    return _checked(name, otherwise)


def _checked(url: str, otherwise: str) -> str:
    """The URL when chatdesk can use it as a base. Plain http off this machine gets its own sentence."""
    try:
        usable = Client(url).url
    except InputError as error:
        is_plain = url.startswith("http://") and bool(_host(url))
        raise LoginError(str(error) if is_plain else otherwise) from error
    parts = httpx.URL(usable) if not usable.startswith("unix:") else None
    if parts is not None and (parts.query or parts.fragment or any(c.isspace() for c in url)):
        raise LoginError(otherwise)
    return usable


async def _well_known(asked: str, proxy: Proxy) -> str:
    """The base URL the domain names, or empty when it names none."""
    url = httpx.URL(asked)
    client = Client(f"{url.scheme}://{url.netloc.decode()}", proxy)
    try:
        raw = await client.request("GET", WELL_KNOWN, authorized=False, most=MAX_WELL_KNOWN)
    except ServerError:
        return ""  # the usual case: the name is the homeserver itself
    finally:
        await client.close()
    told = text(mapping(mapping(object_of(raw)).get("m.homeserver")).get("base_url")).strip().rstrip("/")
    if not told:
        return ""  # somebody's web page; whether this is a homeserver all the same, the check will tell
    broken = Sentence("{host} names a homeserver chatdesk cannot use: {told}", host=url.host, told=told[:100])
    checked = _checked(told, broken)
    is_near = url.scheme == "http" and is_loopback(url.host)
    if checked.startswith("unix:") or (checked.startswith("http:") and not is_near):
        raise LoginError(broken)
    return checked


def _host(url: str) -> str:
    try:
        return httpx.URL(url).host
    except httpx.InvalidURL:
        return ""
