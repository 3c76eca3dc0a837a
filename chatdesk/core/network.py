"""The way to the server: by which proxy, and whether that works. Loop thread only.

The choice lies in the encrypted store, because it may hold a password; before a login nothing is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatdesk.core import server as homeservers
from chatdesk.core.ledger import Ledger
from chatdesk.core.line import Line
from chatdesk.domain.account import Proxy
from chatdesk.store import settings

if TYPE_CHECKING:  # the network layer loads after the first paint
    from chatdesk.matrix.homeserver import Homeserver

PROXY = "proxy"


class Network:
    def __init__(self, ledger: Ledger, server: Homeserver, line: Line, url: str, proxy: Proxy) -> None:
        self.proxy = proxy
        self._ledger = ledger
        self._server = server
        self._line = line
        self._url = url

    async def set_proxy(self, proxy: Proxy) -> None:
        """Go this way from now on. Raises InputError when it cannot be one; then the old one stays."""
        await check(proxy)
        await self._ledger.database.write(settings.put, PROXY, proxy)
        self.proxy = proxy
        await self._server.set_proxy(proxy)
        self._line.hurry()

    async def test(self, proxy: Proxy) -> int:
        """Milliseconds of an answer by this proxy. Raises InputError or NetworkError that says what is in the way."""
        await homeservers.load()
        from chatdesk.matrix.reach import reach  # loaded when it is needed, see `load`

        return await reach(self._url, proxy)


class NetworkBeforeLogin:
    """The same while there is no session; `server` is what the user typed as the server so far."""

    def __init__(self) -> None:
        self.proxy = Proxy()
        self.server = ""

    async def set_proxy(self, proxy: Proxy) -> None:
        await check(proxy)
        self.proxy = proxy

    async def test(self, proxy: Proxy) -> int:
        await homeservers.load()
        from chatdesk.matrix.reach import reach_named  # loaded when it is needed, see `load`

        return await reach_named(self.server, proxy)


async def check(proxy: Proxy) -> None:
    await homeservers.load()
    from chatdesk.matrix.reach import check_proxy  # loaded when it is needed, see `load`

    check_proxy(proxy)
