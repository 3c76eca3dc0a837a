"""What belongs to the account itself: its devices, and how it reaches the server. Pure, any thread."""

from enum import StrEnum

from msgspec import Struct


class Device(Struct, frozen=True, gc=False):
    """One login of the account. `seen_ms` is 0 when the server does not say; `is_current`: the one that runs now."""

    id: str
    name: str
    seen_ms: int = 0
    seen_from: str = ""
    is_current: bool = False


class ProxyKind(StrEnum):
    SYSTEM = "system"
    """Whatever this computer is set to."""
    NONE = "none"
    HTTP = "http"
    SOCKS5 = "socks5"


class Proxy(Struct, frozen=True):
    """The way to the server. Host, port, user and password count for HTTP and SOCKS5 only."""

    kind: ProxyKind = ProxyKind.SYSTEM
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""

    @property
    def is_own(self) -> bool:
        """Chosen in chatdesk, not by the system."""
        return self.kind in (ProxyKind.HTTP, ProxyKind.SOCKS5)

    def __repr__(self) -> str:
        return f"Proxy({self.kind.value} {self.host}:{self.port})"  # a log must not hold the password
