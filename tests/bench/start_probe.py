"""Run as a process: open an empty window, or chatdesk's on a profile, and tell when it was painted.

Prints one JSON object: {"wall_ms", "cpu_ms", "rss_mb"}; wall time counts from the moment given as the first argument
(time.monotonic of the parent), CPU time is this process's own.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path


def tell() -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    result = {
        "wall_ms": (time.monotonic() - float(sys.argv[1])) * 1000,
        "cpu_ms": (usage.ru_utime + usage.ru_stime) * 1000,
        "rss_mb": pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
    }
    print(json.dumps(result), flush=True)
    os._exit(0)


def empty() -> None:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            tell()

    app = QApplication([])
    window = Window()
    window.resize(1040, 720)
    window.show()
    app.exec()


def chatdesk(directory: Path) -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QAbstractItemView, QApplication

    from chatdesk.app import window

    class Probe(QObject):
        """Waits until the message pane and the list have painted what the store holds."""

        def __init__(self) -> None:
            super().__init__()
            self.painted: set[str] = set()

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and watched.objectName() == "qt_scrollarea_viewport":
                view = watched.parent()
                if isinstance(view, QAbstractItemView) and view.model() is not None and view.model().rowCount():
                    self.painted.add(view.objectName())
                    if self.painted >= {"messagePane", "conversationList"}:
                        QTimer.singleShot(0, tell)  # after this paint has reached the screen
            return False

    app = QApplication([])
    probe = Probe()
    app.installEventFilter(probe)
    window.run(directory, profile="bench")


if __name__ == "__main__":
    empty() if sys.argv[2] == "empty" else chatdesk(Path(sys.argv[2]))
