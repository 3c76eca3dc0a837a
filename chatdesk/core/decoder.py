"""One worker thread that turns the server's bytes into domain objects, so that a big answer never stops the loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Decoder:
    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "decoder")

    async def run(self, decode: Callable[[bytes, str], T], raw: bytes, own_user_id: str) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, decode, raw, own_user_id)

    def close(self) -> None:
        self._thread.shutdown(wait=False)
