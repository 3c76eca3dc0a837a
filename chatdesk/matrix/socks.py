"""What a SOCKS5 proxy says to a connection that is wanted (RFC 1928, RFC 1929), step by step. Runs on the event loop.

For telling the user what is in the way; the connections that are used are httpx's.
"""

import asyncio

from chatdesk.domain.account import Proxy
from chatdesk.domain.errors import NetworkError
from chatdesk.domain.wording import Sentence

_NO_LOGIN, _PASSWORD = 0, 2
_NOT_ALLOWED = 2
_LONGEST = 255


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, proxy: Proxy, host: str, port: int) -> None:
    """Greet the proxy, log in if it wants that, and ask for a connection. Raises NetworkError with the obstacle."""
    try:
        await _greet(reader, writer, proxy)
        name = host.encode("idna")[:_LONGEST]
        writer.write(b"\x05\x01\x00\x03" + bytes([len(name)]) + name + port.to_bytes(2, "big"))
        head = await reader.readexactly(4)
    except (asyncio.IncompleteReadError, ConnectionError, UnicodeError) as error:
        raise _no_proxy(proxy) from error
    if head[0] != 5:
        raise _no_proxy(proxy)
    if head[1]:
        raise _refused(proxy, head[1], host)


async def _greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, proxy: Proxy) -> None:
    ways = bytes([_NO_LOGIN, _PASSWORD] if proxy.user else [_NO_LOGIN])
    writer.write(bytes([5, len(ways)]) + ways)
    version, way = await reader.readexactly(2)
    if version != 5:
        raise _no_proxy(proxy)
    if way == _PASSWORD and proxy.user:
        user, password = (text.encode()[:_LONGEST] for text in (proxy.user, proxy.password))
        writer.write(bytes([1, len(user)]) + user + bytes([len(password)]) + password)
        _, answer = await reader.readexactly(2)
        if answer:
            raise login_refused(proxy)
    elif way != _NO_LOGIN:
        raise login_refused(proxy)


def login_refused(proxy: Proxy) -> NetworkError:
    if proxy.user:
        return NetworkError(Sentence("The proxy {host} refuses this user name or password.", host=proxy.host))
    return NetworkError(Sentence("The proxy {host} wants a user name and a password.", host=proxy.host))


def _no_proxy(proxy: Proxy) -> NetworkError:
    return NetworkError(
        Sentence("What answers at {host}:{port} is not a SOCKS5 proxy.", host=proxy.host, port=proxy.port)
    )


def _refused(proxy: Proxy, code: int, server: str) -> NetworkError:
    if code == _NOT_ALLOWED:
        return NetworkError(
            Sentence("The proxy {host} does not allow connections to {server}.", host=proxy.host, server=server)
        )
    return NetworkError(
        Sentence(
            "The proxy {host} cannot reach {server} (SOCKS error {code}).", host=proxy.host, server=server, code=code
        )
    )
