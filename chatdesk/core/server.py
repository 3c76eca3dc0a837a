"""The homeserver of a session, loaded and made when it is first used: the network layer takes longer to load than the
whole first paint needs. Loop thread only."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from chatdesk.domain.account import Proxy

if TYPE_CHECKING:
    from chatdesk.matrix.homeserver import Homeserver

_MODULE = "chatdesk.matrix.homeserver"


async def load() -> None:
    """Load the network layer in a worker thread, so that its first use does not stop the loop."""
    await asyncio.to_thread(import_module, _MODULE)


def homeserver(url: str, token: str = "", own_user_id: str = "", proxy: Proxy | None = None) -> Homeserver:
    """A Homeserver for these arguments that exists from its first use on."""
    return cast("Homeserver", _Deferred(url, token, own_user_id, proxy or Proxy()))


class _Deferred:
    def __init__(self, *arguments: str | Proxy) -> None:
        self._arguments = arguments
        self._made: Homeserver | None = None

    def __getattr__(self, name: str) -> Any:
        if self._made is None:
            self._made = import_module(_MODULE).Homeserver(*self._arguments)
        return getattr(self._made, name)
