"""Waiting in tests where Qt's events and asyncio's both have to move on."""

import asyncio
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop

PATIENCE_S = 10.0


async def until(condition: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Turn both loops until the condition holds; fails when it does not in time."""
    end = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        await turn()


async def turn(seconds: float = 0.0) -> None:
    """Let both loops run for a while, at least one turn."""
    end = time.monotonic() + seconds
    while True:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        await asyncio.sleep(0.002)
        if time.monotonic() >= end:
            return
