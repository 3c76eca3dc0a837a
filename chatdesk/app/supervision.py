"""What a window of `chatdesk try` hears from the process that started it, line by line on its standard input.

Main thread only. The end of the pipe means that nobody supervises any more: the window closes. Sentences are handed on
as they were packed: who shows them translates them.
"""

import asyncio
import json
import os
from collections.abc import Callable
from typing import Any

from chatdesk.domain.wording import unpack

_STDIN = 0
_CHUNK = 65536


class Supervision:
    def __init__(
        self, on_status: Callable[[str], None], on_failure: Callable[[str], None], on_end: Callable[[], None]
    ) -> None:
        self._on_status = on_status
        self._on_failure = on_failure
        self._on_end = on_end
        self._buffer = b""
        self.login: asyncio.Future[dict[str, str]] = asyncio.get_running_loop().create_future()

    def start(self) -> None:
        os.set_blocking(_STDIN, False)
        asyncio.get_running_loop().add_reader(_STDIN, self._read)

    def stop(self) -> None:
        asyncio.get_running_loop().remove_reader(_STDIN)

    def _read(self) -> None:
        try:
            data = os.read(_STDIN, _CHUNK)
        except BlockingIOError:
            return
        if not data:
            self.stop()
            self._on_end()
            return
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        for line in lines:
            self._heed(json.loads(line))

    def _heed(self, message: dict[str, Any]) -> None:
        if "status" in message:
            self._on_status(unpack(message["status"]))
        if "failure" in message:
            self._on_failure(unpack(message["failure"]))
        if "login" in message and not self.login.done():
            self.login.set_result(message["login"])
