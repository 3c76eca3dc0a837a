"""Run as a process: open an empty window, or chatdesk's on a profile, and tell when it was painted.

Prints one JSON object: {"wall_ms", "cpu_ms", "rss_mb"} until the paint, and for chatdesk {"ready_ms", "ready_cpu_ms"}:
until all that a start leaves for afterwards is done too, except for the network and the desktop. Wall time counts from
the moment given as the first argument (time.monotonic of the parent), CPU time is this process's own.
"""

import gc
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def spent() -> tuple[float, float]:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (time.monotonic() - float(sys.argv[1])) * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def painted() -> dict[str, float]:
    wall_ms, cpu_ms = spent()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {"wall_ms": wall_ms, "cpu_ms": cpu_ms, "rss_mb": pages * os.sysconf("SC_PAGE_SIZE") / 1e6}


def tell(result: dict[str, float]) -> None:
    print(json.dumps(result), flush=True)
    os._exit(0)


def empty() -> None:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            tell(painted())

    app = QApplication([])
    window = Window()
    window.resize(1040, 720)
    window.show()
    app.exec()


def chatdesk(directory: Path) -> None:
    from chatdesk.app import loading

    gc.disable()
    loading.own_modules()
    loading.fonts()
    loading.pyside(directory)
    loading.msgspec()
    loading.later(*loading.NOT_FOR_THE_FIRST_PICTURE)
    from PySide6.QtCore import QObject, Qt, Signal

    class Screen(QObject):
        reached = Signal()

    from chatdesk.app import window

    app = window.application()
    result: dict[str, float] = {}
    screen = Screen()
    missing = {"list", "messages"}

    def note(what: str) -> None:
        """The list's rows, or the messages, are being painted."""
        missing.discard(what)
        if not missing and not result:
            result["wall_ms"] = 0.0
            screen.reached.emit()

    # Behind the event that paints, which also brings it to the screen.
    screen.reached.connect(lambda: result.update(painted()), Qt.ConnectionType.QueuedConnection)

    def finish() -> None:
        result["ready_ms"], result["ready_cpu_ms"] = spent()
        tell(result)

    watch(note, finish)
    window.run(directory, profile="bench")
    del app


def watch(note: Callable[[str], None], finish: Callable[[], None]) -> None:
    """Stands in the painting of a row and of the message pane: an event filter would be asked about every event, and
    make Python objects of widgets that have none (measured: a tenth of the start)."""
    from chatdesk.app.afterwards import Afterwards
    from chatdesk.views.conversation_delegate import ConversationDelegate
    from chatdesk.views.message_pane import MessagePane

    paint_row, paint_pane, next_step = ConversationDelegate.paint, MessagePane.paintEvent, Afterwards._next

    def row(self: ConversationDelegate, *arguments: Any) -> None:
        paint_row(self, *arguments)
        note("list")

    def pane(self: MessagePane, event: Any) -> None:
        paint_pane(self, event)
        if self.placement.placed:
            note("messages")

    def step(self: Afterwards) -> None:
        next_step(self)
        if not self._steps:
            finish()

    ConversationDelegate.paint = row  # type: ignore[method-assign, assignment]
    MessagePane.paintEvent = pane  # type: ignore[method-assign, assignment]
    Afterwards._next = step  # type: ignore[method-assign]


if __name__ == "__main__":
    empty() if sys.argv[2] == "empty" else chatdesk(Path(sys.argv[2]))
