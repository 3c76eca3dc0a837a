"""One window process: Qt, the loop, and the container that wires everything, from the first paint to the end.

Until the first paint Python's garbage collector rests: loading and building makes hardly any garbage, and looking for
it takes 20 ms. The other modules are loaded in `run`, so that they come after that.
"""

import gc
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    import asyncio

    from chatdesk.app.container import Container
    from chatdesk.app.front import Front
    from chatdesk.app.single import SingleWindow
    from chatdesk.views.main_window import MainWindow

SETTINGS_FILE = "window.json"
SWITCH_S = 0.0005
"""How long a worker thread may keep the interpreter from the window."""
_DESKTOP_AFTER_MS = 300
"""The network comes first."""


def run(directory: Path, *, profile: str = "", person: str = "", slot: int | None = None, address: str = "") -> int:
    """Open the window of the profile in `directory`; returns when it is closed.

    `person`: a window of `try`, which first opens in the half of the screen that `slot` names (0 left, 1 right).
    `address`: what the window is to open, as soon as somebody is logged in.
    """
    gc.disable()
    try:
        return _run(directory, profile, person, slot, address)
    finally:
        gc.enable()


def _run(directory: Path, profile: str, person: str, slot: int | None, address: str) -> int:
    import asyncio
    import signal

    from chatdesk.app import languages, loading, paths, settings
    from chatdesk.app.afterwards import Afterwards
    from chatdesk.app.container import Container
    from chatdesk.app.front import Front
    from chatdesk.app.single import SingleWindow
    from chatdesk.models.settings import SettingsModel
    from chatdesk.views.theme import Scheme, Theme

    QCoreApplication.setApplicationName("chatdesk")
    QCoreApplication.setOrganizationName("chatdesk")
    app = application()
    app.setDesktopFileName("chatdesk")
    app.setQuitOnLastWindowClosed(False)  # the container ends the loop when the session is closed, not before
    saved = settings.load(directory / SETTINGS_FILE)
    chosen = SettingsModel(saved.preferences, paths.downloads)
    languages.install(app, chosen.preferences.language)
    theme = Theme(app, Scheme(chosen.preferences.scheme))
    theme.set_text_percent(chosen.preferences.text_percent)
    theme.set_still(chosen.preferences.is_still)
    front = Front(app, theme, chosen)
    window = front.window
    single = SingleWindow(directory)
    if not single.acquire(address):
        sys.stderr.write(f"chatdesk: {person or 'the profile ' + profile} is already open; its window was raised\n")
        return 0
    if address:
        window.follow_link(address)
    if saved.geometry:
        window.restore_window_state(saved.geometry)
    elif slot is not None:
        _place(window, slot)
    if saved.panes:
        window.panes.restore(saved.panes)

    def save() -> None:
        shown = front.window
        now = settings.WindowSettings.of(chosen.preferences, shown.window_state(), shown.panes.state())
        settings.save(directory / SETTINGS_FILE, now)

    chosen.changed.connect(save)
    afterwards = Afterwards(single)
    afterwards.add(
        partial(_complete, front, single, profile, person),
        partial(QTimer.singleShot, _DESKTOP_AFTER_MS, single, front.join_desktop),
    )
    front.container = container = Container(directory, window, afterwards, profile=profile, person=person)
    container.open_at_once()
    loading.catch_up()

    import qasync

    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    loop.set_exception_handler(unhandled)
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, container.quit)
    try:
        with loop:
            return _until_closed(loop, container)
    finally:
        save()
        single.release()


def _until_closed(loop: "asyncio.AbstractEventLoop", container: "Container") -> int:
    """The exit code. Also where Qt ends the loop by itself, for the desktop's "Quit" or because the display is gone:
    the session is still to be closed."""
    running = loop.create_task(container.run())
    running.add_done_callback(lambda _: loop.stop())
    for _ in range(2):
        loop.run_forever()
        if running.done():
            return int(loop.run_until_complete(running))
        container.quit()
    return 1  # without a display Qt ends every loop at once: as if the process had been killed, which loses nothing


def unhandled(loop: "asyncio.AbstractEventLoop", context: dict[str, Any]) -> None:
    """What no task caught goes to the log, except that a socket woke a reader twice.

    anyio waits for a Unix socket by a future's `set_result`, and stops to listen one turn of the loop after it is done.
    asyncio runs no reader twice in a turn; Qt's notifiers, which wake qasync's, may.
    """
    woken: Any = getattr(context.get("handle"), "_callback", None)
    is_second = getattr(woken, "__name__", "") == "set_result" and woken.__self__.done()
    if not is_second:
        loop.default_exception_handler(context)


def _complete(front: "Front", single: "SingleWindow", profile: str, person: str) -> None:
    """After the first paint: what it did without."""
    from chatdesk.app.autostart import for_this_system
    from chatdesk.app.garbage import GarbageCollector
    from chatdesk.app.memory import give_back_large_blocks

    give_back_large_blocks()
    GarbageCollector(single)
    sys.setswitchinterval(SWITCH_S)
    single.listen(front.come_forward)
    if not person:  # the people of `try` are gone with it
        front.window.autostart = for_this_system(profile)
    front.window.show_icon()


def application() -> QApplication:
    from chatdesk.views.theme import STYLE, STYLED

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Nothing here is drawn with OpenGL. Without a graphics card Qt would use it, slowly, for the frames of videos.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ForceRasterWidgets)
    app = QApplication([*sys.argv[:1], "-style", STYLE])
    app.setProperty(STYLED, True)
    return app


def _place(window: "MainWindow", slot: int) -> None:
    """Two windows beside each other, so that both people can be seen."""
    space = window.screen().availableGeometry()
    frame = 8  # what a window manager adds; not known before the window is shown
    size = window.sizeHint().boundedTo(QSize(space.width() // 2 - 2 * frame, space.height() - 6 * frame))
    left = space.left() + (space.width() // 2) * slot + (space.width() // 2 - size.width()) // 2
    window.setGeometry(QRect(QPoint(left, space.top() + (space.height() - size.height()) // 2), size))
