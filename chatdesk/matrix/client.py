"""The HTTP connection to one homeserver: owns httpx.AsyncClient, the access token and the mapping of all failures.

Runs on any loop, on several too: a connection belongs to the loop that opened it. Retries nothing. The token goes to
the homeserver's own origin only: redirects are followed by hand (GET only), lose the token for good when they leave
it, and never step down from https to http.
"""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import Any
from urllib.parse import quote, unquote, urlencode

import httpx

import chatdesk
from chatdesk.domain.account import Proxy, ProxyKind
from chatdesk.domain.errors import InputError, NetworkError, ServerError, TemporaryServerError
from chatdesk.domain.wording import Sentence
from chatdesk.matrix.failures import from_answer, not_understood, translated
from chatdesk.matrix.handshake import Handshake
from chatdesk.matrix.lenient import clean, json_bytes
from chatdesk.matrix.wire import object_of

MIB = 1 << 20
DEFAULT_READ_S = 60.0
CONNECT_S = 15.0
MAX_ANSWER = 512 * MIB
MAX_ERROR = 64 * 1024
MAX_REDIRECTS = 5
MAX_PORT = 65535
JSON = "application/json"
SYSTEM_PROXY = Proxy()
_UNIX = "unix://"
_LATE_IMPORTS = ("anyio._backends._asyncio", "httpcore._backends.anyio")
"""What httpx loads at its first request. Missing ones do no harm: it will load what it needs, a little later."""
READ_BYTES = 256 * 1024
"""What one read may take from a connection. httpcore's own 64 KiB cost a big download half of its speed: each read is
a round of the loop."""


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def path(*segments: str) -> str:
    """`/a/b%2Fc`: every segment percent-encoded whole. Raises InputError for one that would change the path."""
    for segment in segments:
        if not segment.strip("."):
            raise InputError("A name is missing.")
    return "".join(f"/{quote(clean(segment), safe='')}" for segment in segments)


class Client:
    """`url`: https://host[:port][/prefix], http:// for this machine only, or unix:///path/of.sock."""

    def __init__(self, url: str, proxy: Proxy = SYSTEM_PROXY) -> None:
        self.proxy = proxy
        self.url = url.rstrip("/")
        self._socket = unquote(url.removeprefix(_UNIX)) if url.startswith(_UNIX) else ""
        if url.startswith(_UNIX) and not self._socket.startswith("/"):
            raise InputError(Sentence("“{url}” is not the address of a server.", url=url))
        try:
            self._base = httpx.URL("http://localhost" if self._socket else self.url)
        except httpx.InvalidURL as error:
            raise InputError(Sentence("“{url}” is not the address of a server.", url=url)) from error
        is_usable = self._base.scheme in ("http", "https") and self._base.host and not self._base.userinfo
        if not is_usable or (self._base.port or 0) > MAX_PORT:
            raise InputError(Sentence("“{url}” is not the address of a server.", url=url))
        if self._base.scheme == "http" and not is_loopback(self._base.host):
            raise InputError(
                Sentence("chatdesk talks to {host} over https:// only: anybody could read along.", host=self._base.host)
            )
        self.label = self._base.host
        self._token = ""
        self._http: dict[asyncio.AbstractEventLoop, httpx.AsyncClient] = {}
        self._trust: ssl.SSLContext | None = None
        self._is_closed = False

    def authorize(self, token: str) -> None:
        """Use this token from now on; empty: none."""
        if not (token.isascii() and token.isprintable()):
            raise InputError("This is not an access token.")
        self._token = token

    async def set_proxy(self, proxy: Proxy) -> None:
        """Go another way from now on; what is under way breaks with NetworkError."""
        if proxy != self.proxy:
            self.proxy = proxy
            await self._disconnect()

    async def close(self) -> None:
        self._is_closed = True
        await self._disconnect()

    async def _disconnect(self) -> None:
        here = asyncio.get_running_loop()
        opened, self._http = self._http, {}
        for loop, http in opened.items():
            if loop is here:
                await http.aclose()
            elif loop.is_running():
                await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(http.aclose(), loop))

    async def call(
        self,
        method: str,
        where: str,
        body: Mapping[str, object] | bytes | None = None,
        *,
        query: Mapping[str, str] | None = None,
        read_s: float = DEFAULT_READ_S,
        authorized: bool = True,
    ) -> dict[str, Any]:
        """One API call whose answer is a JSON object."""
        raw = await self.request(method, where, body, query=query, read_s=read_s, authorized=authorized)
        answer = object_of(raw)
        if answer is None:
            raise not_understood(self.label)
        return answer

    async def request(
        self,
        method: str,
        where: str,
        body: Mapping[str, object] | bytes | None = None,
        *,
        query: Mapping[str, str] | None = None,
        read_s: float = DEFAULT_READ_S,
        authorized: bool = True,
        most: int = MAX_ANSWER,
    ) -> bytes:
        """One request, its whole answer."""
        content = body if isinstance(body, bytes | None) else json_bytes(body)
        headers = {} if content is None else {"Content-Type": JSON}
        async with self.stream(
            method, where, query=query, headers=headers, content=content, read_s=read_s, authorized=authorized
        ) as response:
            return await self._read(response, most)

    @asynccontextmanager
    async def stream(
        self,
        method: str,
        where: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | AsyncIterable[bytes] | None = None,
        read_s: float = DEFAULT_READ_S,
        authorized: bool = True,
    ) -> AsyncIterator[httpx.Response]:
        """A successful answer, not read yet. Whatever else comes back is raised."""
        target = httpx.URL(str(self._base).rstrip("/") + where)
        if query:
            target = target.copy_with(
                query=urlencode({k: clean(v) for k, v in query.items()}, quote_via=quote).encode()
            )
        timeout = httpx.Timeout(connect=CONNECT_S, read=read_s, write=DEFAULT_READ_S, pool=DEFAULT_READ_S)
        with translated(self.label):
            response, is_home = await self._open(method, target, dict(headers or {}), content, timeout, authorized)
            try:
                if not response.is_success:
                    body = await self._read(response, MAX_ERROR, is_cut=True)
                    raise from_answer(response.status_code, response.headers, body, self.label, is_home)
                yield response
            finally:
                await response.aclose()

    async def _open(
        self,
        method: str,
        target: httpx.URL,
        headers: dict[str, str],
        content: bytes | AsyncIterable[bytes] | None,
        timeout: httpx.Timeout,
        authorized: bool,
    ) -> tuple[httpx.Response, bool]:
        http = await self._connected()
        is_home = True
        for _ in range(MAX_REDIRECTS + 1):
            token = {"Authorization": f"Bearer {self._token}"} if authorized and is_home and self._token else {}
            request = http.build_request(
                method,
                target,
                headers=headers | token,
                content=content,
                timeout=timeout,
                extensions={"trace": Handshake()} if target.scheme == "https" else None,
            )
            response = await http.send(request, stream=True)
            if method != "GET" or not response.has_redirect_location:
                return response, is_home
            await response.aclose()
            target = self._next_hop(target, response.headers["Location"])
            is_home = is_home and _origin(target) == _origin(self._base)
        raise TemporaryServerError(Sentence("{server} sends chatdesk round in circles.", server=self.label))

    def _next_hop(self, current: httpx.URL, location: str) -> httpx.URL:
        try:
            target = current.join(location).copy_with(userinfo=b"")
        except httpx.InvalidURL as error:
            raise not_understood(self.label) from error
        # A server on this machine has no business sending the client elsewhere, and its transport could not.
        is_safe = self._base.scheme == "https" and target.scheme == "https"
        if _origin(target) != _origin(self._base) and not is_safe:
            raise ServerError(Sentence("{server} points to a place that is not safe to follow.", server=self.label))
        return target

    async def _connected(self) -> httpx.AsyncClient:
        here = asyncio.get_running_loop()
        is_local = self._base.scheme == "http"
        if self._trust is None:
            self._trust = await asyncio.to_thread(_prepare, is_local)
        if self._is_closed:
            raise NetworkError("The connection to the server is closed.")
        http = self._http.get(here)
        if http is None:
            http = self._http[here] = self._make(self._trust, is_local)
        return http

    def _make(self, trust: ssl.SSLContext, is_local: bool) -> httpx.AsyncClient:
        headers = {"User-Agent": f"chatdesk/{chatdesk.__version__}", "Accept": JSON}
        if is_local:
            headers["Accept-Encoding"] = "identity"  # packing for a loopback only costs time
        if self._socket:
            # Synapse takes whoever comes by socket for a proxy and fails (500 at login) without the client's address.
            headers["X-Forwarded-For"] = "127.0.0.1"
        limits = httpx.Limits(max_connections=32, max_keepalive_connections=8, keepalive_expiry=30.0)
        try:
            return httpx.AsyncClient(
                headers=headers,
                limits=limits,
                verify=trust,
                proxy=self._own_proxy(),
                # A proxy for the world is none for this machine.
                trust_env=self.proxy.kind is ProxyKind.SYSTEM and not is_loopback(self._base.host),
                transport=httpx.AsyncHTTPTransport(uds=self._socket, verify=trust, limits=limits)
                if self._socket
                else None,
            )
        except (ImportError, ValueError) as error:
            raise NetworkError("The proxy cannot be used by chatdesk: it must be an HTTP or a SOCKS5 proxy.") from error

    def _own_proxy(self) -> httpx.Proxy | None:
        """The one chosen in chatdesk. Plain http never leaves this machine, so only a proxy on it may carry that."""
        proxy = self.proxy
        is_plain = self._base.scheme == "http"
        if not proxy.is_own or self._socket or (is_plain and not is_loopback(proxy.host)):
            return None
        host = f"[{proxy.host}]" if ":" in proxy.host else proxy.host
        login = (proxy.user, proxy.password) if proxy.user else None
        return httpx.Proxy(f"{proxy.kind.value}://{host}:{proxy.port}", auth=login)

    async def _read(self, response: httpx.Response, most: int, is_cut: bool = False) -> bytes:
        chunks: list[bytes] = []
        size = 0
        async for chunk in response.aiter_bytes():
            chunks.append(chunk)
            size += len(chunk)
            if size > most:
                if is_cut:
                    break
                raise ServerError(
                    Sentence(
                        "{server} sent more than chatdesk accepts ({most} MB).", server=self.label, most=most // MIB
                    )
                )
        return b"".join(chunks)


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)


def _prepare(is_local: bool) -> ssl.SSLContext:
    """What the first request would otherwise do on the loop (measured: 300 ms). Runs in a worker thread.

    Trusted are Mozilla's list (it comes with httpx) and whatever this computer trusts beyond it.
    """
    for name in _LATE_IMPORTS:
        with suppress(ImportError):
            import_module(name)
    with suppress(ImportError, AttributeError):
        import_module("httpcore").AsyncHTTP11Connection.READ_NUM_BYTES = READ_BYTES
    if is_local:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # plain http only: trusts nobody
    trust = httpx.create_ssl_context()
    trust.load_default_certs(ssl.Purpose.SERVER_AUTH)
    return trust
