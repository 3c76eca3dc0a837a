"""The real window on a real store: 3,000 conversations, one of them with 1,000,000 messages. One JSON object per line.

`python -m tests.bench.bench_window`. CPU of the main thread, which is what keeps a person waiting, and with it the
time on the clock where threads take part. Baseline of frames: an empty window of the same size repainted in the run.
"""

import argparse
import asyncio
import gc
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import apsw
import msgspec

from chatdesk.core.credentials import Credentials
from chatdesk.core.session import STORE_FILE, Session
from chatdesk.domain.changes import Changes, ChannelBatch, SyncBatch
from chatdesk.domain.conversation_list import ConversationList
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.elements import Text
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import STRIDE, IncomingMessage
from chatdesk.store.database import Database
from chatdesk.store.rows import encode_elements
from chatdesk.store.sync import apply_sync
from tests.bench import profiles
from tests.bench.gaps import Gaps
from tests.bench.report import report

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from chatdesk.views.main_window import MainWindow

CONVERSATIONS, ARRIVING = 3000, 500
IN_VIEW = 13
"""A list of so many needs no scroll bar: what a longer one costs more is what its length costs."""
SIZE = (1280, 800)
STEP_PX = 57
NEVER_S = 120.0


async def fill(directory: Path, messages: int) -> ConversationId:
    """The newest conversation gets so many more messages, written straight into the store: a sync of them is measured
    elsewhere and would take minutes."""
    await profiles.make(directory, CONVERSATIONS, 40)
    database = await Database.open(directory / STORE_FILE, await Credentials(directory, "bench").load(use_file=True))
    await database.write(_multiply, f"!channel{CONVERSATIONS - 1}:bench.local", messages)
    await database.close()
    return ConversationId(ConversationType.GROUP, f"!channel{CONVERSATIONS - 1}:bench.local")


def _multiply(connection: apsw.Connection, channel: str, messages: int) -> None:
    (trigger,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'search_insert'").fetchall()[0]
    connection.execute("DROP TRIGGER search_insert")
    connection.execute("CREATE TEMP TABLE said(number INTEGER PRIMARY KEY, elements BLOB)")
    for number in range(1000):
        connection.execute("INSERT INTO said VALUES (?, ?)", (number, encode_elements([Text(_talk(number))])))
    connection.execute(
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?2) "
        "INSERT INTO message(conversation, channel, position, message_id, sender, is_self, time_ms, client_time_ms, "
        "rand, state, elements, is_tip) SELECT m.conversation, m.channel, m.position + n * ?3, '$more-' || n, m.sender,"
        " m.is_self, m.time_ms + n * 60000, m.client_time_ms + n * 60000, n, m.state, said.elements, 0 "
        "FROM n JOIN said ON said.number = n % 1000 "
        "JOIN (SELECT * FROM message WHERE channel = ?1 ORDER BY position DESC LIMIT 1) m",
        (channel, messages, STRIDE),
    )
    connection.execute("DROP TABLE temp.said")
    connection.execute(str(trigger))


def _talk(number: int) -> str:
    return " ".join(profiles.sentence(number + i) for i in range(1 + number % 4 * (number % 7 == 0)))


class Clock:
    """What something cost the main thread, and how long it took."""

    def __init__(self) -> None:
        gc.collect()
        self.restart()

    def restart(self) -> None:
        self._began, self._cpu = time.perf_counter(), time.thread_time()

    @property
    def cpu_ms(self) -> float:
        return (time.thread_time() - self._cpu) * 1000

    @property
    def wall_ms(self) -> float:
        return (time.perf_counter() - self._began) * 1000


def memory_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(NEVER_S):
        while not condition():
            await asyncio.sleep(0.001)  # not at once: that would be measured too


async def turn() -> None:
    """Let Qt and the tasks do what waits; `processEvents` must not be called in a task."""
    await asyncio.sleep(0)
    await asyncio.sleep(0)


def percentile(values: list[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


class Bench:
    def __init__(self, session: Session, window: "MainWindow", baseline_ms: float, big: ConversationId) -> None:
        from chatdesk.models.session import SessionModel

        self.session = session
        self.window = window
        self.model = SessionModel(session)
        self.baseline_ms = baseline_ms
        self.big = big

    def told(self, name: str, value: float, goal: float | None = None, note: str = "") -> None:
        report(name, value, "ms", baseline=self.baseline_ms, goal=goal, note=note)

    @property
    def viewport(self) -> "QWidget":
        pane = self.window.chat_view._pane
        assert pane is not None
        return pane.viewport()

    # -- the list ----------------------------------------------------------------------------------------------------

    async def list_(self) -> None:
        from chatdesk.models.session import SessionModel
        from chatdesk.views import avatars, row_painting

        def forget_pictures() -> None:
            row_painting._shaped.clear()
            avatars._letters.cache_clear()

        opened = f"list of {CONVERSATIONS} conversations, from the store's answer to the picture"
        self.window.attach(self.model)
        cpu_ms, wall_ms = await self._list_answered(self.model.load)
        self.told(f"{opened}, the first time", cpu_ms, 16.0, f"{wall_ms:.0f} ms on the clock with the store")
        again: dict[bool, list[float]] = {False: [], True: []}
        walls, rest = [], []
        for number in range(10):
            await asyncio.sleep(0.5)
            before, self.model = self.model, SessionModel(self.session)
            is_new = number % 2 == 0
            if is_new:
                forget_pictures()
            self.window.attach(self.model)
            cpu_ms, wall_ms = await self._list_answered(self.model.load)
            again[is_new].append(cpu_ms)
            walls.append(wall_ms)
            rest.append((await self._list_answered(lambda: None))[0])  # by itself: the store reads on
            assert self.model.is_loaded
            await before.close()
        self.told(f"{opened}, every text new", statistics.median(again[True]), 16.0)
        note = f"{statistics.median(walls):.0f} ms on the clock with the store"
        self.told(f"{opened}, again", statistics.median(again[False]), 16.0, note)
        self.told(f"list of {CONVERSATIONS}, the rows below those in sight come in", statistics.median(rest), 16.0)
        everybody = self.model.conversations.items[:]
        shown: dict[int, list[float]] = {IN_VIEW: [], CONVERSATIONS: []}
        for _ in range(5):
            for count, spent in shown.items():
                conversations = ConversationList.of(everybody[:count])
                spent.append((await self._list_painted(partial(self.model.conversations.show, conversations)))[0])
        for count, spent in shown.items():
            self.told(f"list of {count} conversations takes the place of another", statistics.median(spent), 16.0)
        field = self.window.list_pane.filter_field
        field.setFocus()
        assert field.hasFocus()
        await turn()
        spent = []
        for text in ("2", "29", "299", "29", "2", ""):
            spent.append((await self._list_painted(partial(field.setText, text)))[0])
        self.told(f"list of {CONVERSATIONS}, a letter typed in the filter", max(spent), 16.0, "the slowest of 6")
        model = self.model.conversations
        for count in (1, 100):
            spent = []
            for round_ in range(5):
                rows = model.items[-count:]
                later = [_later(row, 2_000_000_000_000 + round_ * 1000 + n) for n, row in enumerate(rows)]
                changes = Changes(conversations=tuple(later))
                spent.append((await self._list_painted(partial(model.apply_changes, changes)))[0])
            self.told(f"list of {CONVERSATIONS}, {count} from the end to the top", statistics.median(spent), 16.0)

    async def _list_answered(self, ask: Callable[[], None]) -> tuple[float, float]:
        """ms of processor time from the store's answer until the list is painted, and on the clock with the store. What
        the window does until the answer is there costs nobody time."""
        from PySide6.QtCore import Qt

        painted = _next_painting(self.window.list_pane.list.viewport())
        began, clock = time.perf_counter(), Clock()
        self.model.conversations.update_started.connect(clock.restart, Qt.ConnectionType.SingleShotConnection)
        ask()
        await painted
        return clock.cpu_ms, (time.perf_counter() - began) * 1000

    async def _list_painted(self, change: Callable[[], None]) -> tuple[float, float]:
        """From a change until the list has painted what came of it: ms of processor time and on the clock."""
        painted = _next_painting(self.window.list_pane.list.viewport())
        clock = Clock()
        change()
        await painted
        return clock.cpu_ms, clock.wall_ms

    # -- the messages ------------------------------------------------------------------------------------------------

    async def open(self, messages: int) -> None:
        chat = self.model.chat
        before_mb = memory_mb()
        small = self.model.conversations.items[5].id
        for _ in range(2):  # the first time also loads what opening needs
            chat.open(small)
            await until(lambda: chat.timeline is not None and len(chat.timeline.items) > 0)
            clock = Clock()
            chat.open(self.big)
            await until(lambda: chat.timeline is not None and len(chat.timeline.items) >= 50)
            self.viewport.repaint()
        name = f"{messages} messages, conversation opened and painted"
        self.told(name, clock.wall_ms, 100.0, f"on the clock; {clock.cpu_ms:.1f} ms CPU")
        report(f"{messages} messages, memory after opening", memory_mb() - before_mb, "MB")

    async def scroll(self, count: int) -> None:
        pane = self.window.chat_view._pane
        timeline = self.model.chat.timeline
        assert pane is not None
        assert timeline is not None
        frames, turns = [], []
        gc.collect()
        for _ in range(count):
            began = time.thread_time()
            pane.scroll_by(-STEP_PX)
            self.viewport.repaint()
            frames.append((time.thread_time() - began) * 1000)
            await asyncio.sleep(0)  # pages come in, and what else waits
            turns.append((time.thread_time() - began) * 1000)
        note = f"{len(timeline.items)} messages came in by scrolling"
        self.told(f"scrolling, {count} frames, p50", percentile(frames, 50), 16.0, note)
        self.told(f"scrolling, {count} frames, p99", percentile(frames, 99), 16.0)
        self.told(f"scrolling, {count} frames with what the loop did besides, p99", percentile(turns, 99), 16.0)
        self.told(f"scrolling, {count} frames, the longest", max(turns))

    async def prepend(self) -> None:
        chat = self.model.chat
        timeline, window = chat.timeline, chat._window
        assert timeline is not None
        assert window is not None
        spent, painted = [], []
        for _ in range(9):
            count = len(timeline.items)
            clock = Clock()
            await window.page_older()
            assert len(timeline.items) == count + 50
            await turn()  # what Qt paints of it, which is nothing: they are out of sight
            spent.append(clock.cpu_ms)
            clock = Clock()
            self.viewport.repaint()
            painted.append(clock.cpu_ms)
        self.told("50 older rows prepended", statistics.median(spent), 10.0)
        self.told("the messages in sight painted again", statistics.median(painted))

    async def arrive(self) -> None:
        pane, timeline = self.window.chat_view._pane, self.model.chat.timeline
        assert pane is not None
        assert timeline is not None
        pane.jump_to_newest()
        await until(lambda: timeline.is_at_newest)
        batch = SyncBatch("500", (_arriving(self.big.id),))
        gaps = Gaps()
        await asyncio.sleep(0.5)
        gaps.restart()
        await asyncio.sleep(0.5)
        idle_ms = gaps.longest_ms
        gc.collect()  # not by a Clock below: the gap would be its
        gaps.restart()
        changes = await self.session._database.write(apply_sync, batch, profiles.ME, 1_900_000_000_000)
        began = time.thread_time()
        self.session._ledger.publish(changes)
        await until(lambda: timeline.items[-1].message_id == f"$late-{ARRIVING - 1}")
        self.viewport.repaint()
        spent = (time.thread_time() - began) * 1000
        await asyncio.sleep(0.3)
        name = f"{ARRIVING} messages in one sync, longest gap of the loop"
        note = f"{spent:.1f} ms CPU to show them; at most {gaps.busiest_ms:.1f} ms CPU of the main thread in one gap"
        report(name, gaps.longest_ms, "ms", baseline=idle_ms, goal=50.0, note=note)

    async def resize(self) -> None:
        spent = []
        for number in range(8):
            painted = _next_painting(self.viewport)
            clock = Clock()
            self.window.resize(SIZE[0] - 40 * (1 + number % 4), SIZE[1])
            await painted
            spent.append(clock.cpu_ms)
        self.told("window resized and painted", statistics.median(spent), 16.0)

    async def type(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        field = self.window.chat_view.composer.field
        viewport = field.viewport()  # whoever asks for it first has PySide load every kind of widget; nobody types so
        field.setFocus()
        spent = []
        for letter in "the quick brown fox jumps over the lazy dog ":
            clock = Clock()
            QTest.keyClick(field, Qt.Key(ord(letter.upper())))
            viewport.repaint()
            spent.append(clock.cpu_ms)
            await asyncio.sleep(0.01)
        self.told("typing, key press to painted letter, p50", percentile(spent, 50), 16.0)
        self.told("typing, key press to painted letter, the longest", max(spent), 16.0)


def _next_painting(widget: "QWidget") -> asyncio.Future[None]:
    """Done when the widget has painted itself, as Qt wanted it to."""
    from PySide6.QtCore import QEvent, QObject

    loop = asyncio.get_running_loop()
    painted: asyncio.Future[None] = loop.create_future()

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                watched.removeEventFilter(self)
                loop.call_soon(painted.set_result, None)  # this event is not carried out yet
            return False

    widget.installEventFilter(Watch(widget))
    return painted


def _later(conversation: Conversation, time_ms: int) -> Conversation:

    return msgspec.structs.replace(conversation, sort_time_ms=time_ms)


def _arriving(channel: str) -> ChannelBatch:

    sender = f"@user{CONVERSATIONS - 1}-0:bench.local"
    return ChannelBatch(
        channel=channel,
        membership=Membership.JOINED,
        messages=tuple(
            IncomingMessage(f"$late-{n}", sender, 1_900_000_000_000 + n, (Text(_talk(n)),), b"{}")
            for n in range(ARRIVING)
        ),
    )


async def measure(folder: Path, big: ConversationId, messages: int, frames: int) -> None:
    from PySide6.QtWidgets import QApplication, QWidget

    from chatdesk.app.garbage import GarbageCollector
    from chatdesk.views.main_window import MainWindow
    from chatdesk.views.theme import Theme

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    empty = QWidget()
    empty.resize(*SIZE)
    empty.show()
    await turn()
    painted = []
    for _ in range(100):
        began = time.thread_time()
        empty.repaint()
        painted.append((time.thread_time() - began) * 1000)
    empty.close()
    credentials = Credentials(folder, "bench")
    session = await Session.restore(folder, credentials, credentials.load, folder)
    assert session is not None
    window = MainWindow(Theme(app))
    window.resize(*SIZE)
    window.show()
    await turn()
    GarbageCollector(app)  # as in the program: what the start made is not looked through again
    bench = Bench(session, window, statistics.median(painted), big)
    await bench.list_()
    await bench.open(messages)
    await bench.scroll(frames)
    await bench.prepend()
    await bench.arrive()
    await bench.resize()
    await bench.type()
    await bench.model.close()
    window.close()
    await session.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--frames", type=int, default=3600)
    arguments, _ = parser.parse_known_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import qasync
    from PySide6.QtWidgets import QApplication

    from chatdesk.app.loading import import_plainly

    import_plainly()
    folder = Path(tempfile.mkdtemp(prefix="chatdesk-bench-"))
    try:
        big = asyncio.run(fill(folder / "profile", arguments.messages))
        app = QApplication([])
        app.setQuitOnLastWindowClosed(False)
        loop = qasync.QEventLoop(app)
        with loop:
            loop.run_until_complete(measure(folder / "profile", big, arguments.messages, arguments.frames))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
