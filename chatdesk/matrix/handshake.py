"""Closes a connection whose TLS handshake was cancelled, through httpx's `trace` extension. Runs on the event loop.

httpcore 1.0.9 closes it after an error, not after a cancellation: where the other side stays silent the event loop
would keep such a connection for as long as the program runs.
"""

from typing import Any


class Handshake:
    """The trace of one request: `extensions={"trace": Handshake()}`."""

    def __init__(self) -> None:
        self._stream: Any = None

    async def __call__(self, name: str, info: dict[str, Any]) -> None:
        match name.split(".")[1:]:
            case ["connect_tcp", "complete"]:
                self._stream = info["return_value"]
            case ["start_tls", "failed"] if self._stream is not None:
                await self._stream.aclose()
