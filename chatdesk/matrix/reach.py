"""Whether a server can be reached by a proxy, and if not, what exactly is in the way. Runs on the event loop."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Awaitable, Callable

import httpx

from chatdesk.domain.account import Proxy, ProxyKind
from chatdesk.domain.errors import ChatdeskError, InputError, NetworkError, ServerError
from chatdesk.domain.wording import Sentence
from chatdesk.matrix import socks
from chatdesk.matrix.client import MAX_PORT
from chatdesk.matrix.discovery import asked_url, discover
from chatdesk.matrix.homeserver import Homeserver

_PATIENCE_S = 10.0
_LOGIN_WANTED = 407


def check_proxy(proxy: Proxy) -> None:
    """Raises InputError with what is missing or cannot be right."""
    if not proxy.is_own:
        return
    if not proxy.host:
        raise InputError("Type the address of the proxy.")
    if any(c.isspace() or c in "/@?#" for c in proxy.host):
        raise InputError(Sentence("“{host}” is not the address of a proxy: only a name or a number.", host=proxy.host))
    if not 0 < proxy.port <= MAX_PORT:
        raise InputError("Type the port of the proxy, a number from 1 to 65535.")
    try:
        httpx.Proxy(f"{proxy.kind.value}://{proxy.host if ':' not in proxy.host else f'[{proxy.host}]'}:{proxy.port}")
    except (httpx.InvalidURL, ValueError) as error:
        raise InputError(
            Sentence("“{host}” is not the address of a proxy: only a name or a number.", host=proxy.host)
        ) from error


async def reach(url: str, proxy: Proxy) -> int:
    """Milliseconds the homeserver took to answer this way. Raises InputError or NetworkError naming the obstacle."""
    server = Homeserver(url, proxy=proxy)
    try:
        return await _timed(url, proxy, server.check)
    finally:
        await server.close()


async def reach_named(server_text: str, proxy: Proxy) -> int:
    """The same for a server as a person types it. Raises LoginError too."""
    return await _timed(asked_url(server_text), proxy, lambda: discover(server_text, proxy))


async def _timed(url: str, proxy: Proxy, ask: Callable[[], Awaitable[object]]) -> int:
    check_proxy(proxy)
    if proxy.is_own and not url.startswith("unix:"):
        await _knock(proxy, httpx.URL(url))
    began = time.monotonic()
    try:
        await ask()
    except ChatdeskError as error:
        raise _explained(error, proxy) from error
    return round((time.monotonic() - began) * 1000)


async def _knock(proxy: Proxy, target: httpx.URL) -> None:
    """Is anybody there, and does it speak what was chosen?"""
    where: dict[str, str | int] = {"host": proxy.host, "port": proxy.port}
    try:
        async with asyncio.timeout(_PATIENCE_S):
            reader, writer = await asyncio.open_connection(proxy.host, proxy.port)
            try:
                if proxy.kind is ProxyKind.SOCKS5:
                    await socks.ask(reader, writer, proxy, target.host, target.port or 443)
            finally:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
    except (socket.gaierror, UnicodeError) as error:  # the second one: no computer can have such a name
        raise NetworkError(
            Sentence("There is no computer named {host}. Check the address of the proxy.", host=proxy.host)
        ) from error
    except ConnectionRefusedError as error:
        raise NetworkError(
            Sentence("{host} refuses port {port}: no proxy runs there. Check the port.", **where)
        ) from error
    except TimeoutError as error:
        raise NetworkError(
            Sentence("{host} does not answer at port {port}. Check the address, the port and the network.", **where)
        ) from error
    except OSError as error:
        raise NetworkError(Sentence("The proxy {host} cannot be reached at port {port}.", **where)) from error


def _status(error: BaseException | None) -> int:
    """The HTTP status of the answer behind an error; check() may have put its own words around it."""
    while error is not None:
        if isinstance(error, ServerError) and error.status:
            return error.status
        error = error.__cause__
    return 0


def _explained(error: ChatdeskError, proxy: Proxy) -> ChatdeskError:
    """What the proxy said, in words; what has nothing to do with it stays as it is."""
    cause = error.__cause__
    while isinstance(cause, ChatdeskError):
        cause = cause.__cause__
    if not proxy.is_own:
        return error
    if _status(error) == _LOGIN_WANTED:
        return socks.login_refused(proxy)
    said = str(cause)
    where: dict[str, str | int] = {"host": proxy.host, "port": proxy.port}
    if isinstance(cause, httpx.ProxyError):
        if "407" in said or "uthenticat" in said or "username" in said.lower():
            return socks.login_refused(proxy)
        reason = said.removeprefix("Proxy Server could not connect: ").rstrip(".")
        return NetworkError(
            Sentence("The proxy {host} cannot reach the server: {reason}.", host=proxy.host, reason=reason)
        )
    if isinstance(cause, httpx.RemoteProtocolError) and proxy.kind is ProxyKind.HTTP:
        return NetworkError(Sentence("What answers at {host}:{port} is not an HTTP proxy.", **where))
    return error
