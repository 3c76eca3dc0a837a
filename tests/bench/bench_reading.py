"""What a screen reader costs a window with 3,000 conversations, one of them with 1,000,000 messages: the messages are
read from another process again and again while they are scrolled and new ones come, then the whole tree is read. The
longest gap of the window's loop.

Needs what the end-to-end tests need: an X server, a window manager, the accessibility bus, xdotool. The window is a
process of its own, which answers questions on its standard input.
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.gaps import Gaps, Noise
from tests.bench.report import report

GOAL_MS = 50.0
WALKS = 20
_SIZE = (1280, 800)
_WHEEL_UP = 4


class Window:
    """The process with the window."""

    def __init__(self, profile: Path, channel: str, env: dict[str, str]) -> None:
        command = [sys.executable, "-m", "tests.bench.bench_reading", "--window", str(profile), "--channel", channel]
        self.process = subprocess.Popen(
            command, env=env | {"QT_QPA_PLATFORM": "xcb"}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.answer()

    def ask(self, question: str) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{question}\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found


def read(profile: Path, channel: str, messages: int, folder: Path) -> None:
    from tests.e2e.atspi import Gone, Node
    from tests.e2e.desktop import Desktop
    from tests.e2e.waiting import until

    def everything(node: Node) -> Iterator[tuple[str, str]]:
        """All there is, seen or not; every question of a thing that a screen reader asks."""
        try:
            assert node.rect is not None
            yield node.role, node.name
            for child in node.children():
                yield from everything(child)
        except Gone:
            return

    with Desktop(folder, _SIZE) as desktop, Noise() as noise:
        window = Window(profile, channel, desktop.env)
        try:
            pid = window.process.pid
            app = until(lambda: desktop.bus.application(pid), "the window on the accessibility bus")
            pane = until(lambda: app.find("messagePane"), "the messages")
            until(lambda: sum(role == "list item" for role, _ in everything(pane)) > 5 or None, "its rows")
            place = pane.rect.middle
            window.ask("restart")
            time.sleep(2)
            idle_ms = window.ask("gaps")["longest"]
            for what, root, walks in (
                ("scrolled", pane, WALKS),
                ("while messages come", pane, WALKS),
                ("not at all while messages come", None, WALKS),
                ("all of it", app, 1),
                ("not at all while messages come after all of it", None, WALKS),
            ):
                if "come" in what:
                    window.ask("newest")
                spent, count = [0.0], 0
                noise.longest_ms()
                window.ask("restart")
                for _ in range(walks):
                    if what == "scrolled":
                        desktop.click(*place, _WHEEL_UP)
                    elif "come" in what:
                        window.ask("receive")
                    if root is None:
                        time.sleep(0.1)
                        continue
                    began = time.perf_counter()
                    count = sum(1 for _ in everything(root))
                    spent.append((time.perf_counter() - began) * 1000)
                gaps = window.ask("gaps")
                note = (
                    f"{count} things, {max(spent):.0f} ms at most; at most {gaps['busiest']:.1f} ms CPU of the "
                    f"main thread in one gap; an idle process meanwhile {noise.longest_ms():.1f} ms"
                )
                name = f"{messages} messages, tree read from outside, {what}: longest gap of the loop"
                report(name, gaps["longest"], "ms", baseline=idle_ms, goal=GOAL_MS, note=note)
        finally:
            window.process.communicate()


async def show(profile: Path, channel: str) -> None:
    """The window; ends with its standard input."""
    from chatdesk.domain.changes import ChannelBatch, SyncBatch
    from chatdesk.domain.conversations import Membership
    from chatdesk.domain.elements import Text
    from chatdesk.domain.ids import ConversationId, ConversationType
    from chatdesk.domain.messages import IncomingMessage
    from chatdesk.store.sync import apply_sync
    from chatdesk.views.message_pane import MessagePane
    from tests.bench import live, profiles

    session, model, window = await live.opened(profile)
    window.resize(*_SIZE)
    model.chat.open(ConversationId(ConversationType.GROUP, channel))
    async with asyncio.timeout(60):
        while model.chat.timeline is None or len(model.chat.timeline.items) < 50:
            await asyncio.sleep(0.01)
    gaps, number = Gaps(), 0
    print("{}", flush=True)
    while question := (await asyncio.to_thread(sys.stdin.readline)).strip():
        if question == "restart":
            gaps.restart()
        elif question == "newest":
            pane = window.findChild(MessagePane)
            assert pane is not None
            pane.jump_to_newest()
            while not model.chat.timeline.is_at_newest:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.5)
        elif question == "receive":
            number += 1
            item = IncomingMessage(
                f"$read-{number}", "@ben:bench.local", 1_900_000_000_000 + number, (Text("Hello"),), b"{}"
            )
            batch = SyncBatch(str(number), (ChannelBatch(channel, Membership.JOINED, messages=(item,)),))
            session._ledger.publish(await session._database.write(apply_sync, batch, profiles.ME, item.time_ms))
        print(json.dumps({"longest": gaps.longest_ms, "busiest": gaps.busiest_ms}), flush=True)
    await live.closed(session, model, window)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--window", type=Path)
    parser.add_argument("--channel", default="")
    arguments, _ = parser.parse_known_args()
    if arguments.window is not None:
        import qasync
        from PySide6.QtWidgets import QApplication

        from chatdesk.app.loading import import_plainly

        import_plainly()
        app = QApplication([])
        app.setQuitOnLastWindowClosed(False)
        with qasync.QEventLoop(app) as loop:
            loop.run_until_complete(show(arguments.window, arguments.channel))
        return
    if missing := [tool for tool in ("Xvfb", "openbox", "dbus-daemon", "xdotool") if shutil.which(tool) is None]:
        print(f"Reading from another process is not measured without {', '.join(missing)}.", file=sys.stderr)
        return
    from tests.bench.bench_window import fill

    folder = Path(tempfile.mkdtemp(prefix="cd-"))
    try:
        big = asyncio.run(fill(folder / "profile", arguments.messages))
        (folder / "d").mkdir()
        os.environ.pop("QT_QPA_PLATFORM", None)
        read(folder / "profile", big.id, arguments.messages, folder / "d")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
