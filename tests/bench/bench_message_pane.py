"""What the message pane costs: opening, scrolling, prepending, appending. Prints one JSON object per line.

CPU time of this process. The baseline of frames is an empty scroll area of the same size painted in the same run; the
one of changes to the model is one frame of the pane. Runs offscreen: python -m tests.bench.bench_message_pane
"""

import argparse
import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from chatdesk.domain.changes import Insert, ListDiff, LoadState, Reset, Update
from chatdesk.domain.messages import Message
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_pane import MessagePane
from chatdesk.views.theme import Scheme, Theme
from tests.views.message_samples import OWN, display_name, message, talk

SIZE = (920, 720)
FRAMES = 300


class Empty(QAbstractScrollArea):
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).fillRect(event.rect(), self.palette().base())


def cpu_ms(action: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    start = time.process_time()
    action()
    spent = time.process_time() - start
    gc.enable()
    return spent * 1000


def tell(name: str, value: float, baseline: float, goal: float | None = None, unit: str = "ms CPU") -> None:
    line: dict[str, object] = {"name": name, "value": round(value, 3), "unit": unit, "baseline": round(baseline, 3)}
    line["ratio"] = round(value / baseline, 2) if baseline else 0.0
    if goal is not None:
        line |= {"goal": goal, "met": value <= goal}
    print(json.dumps(line), flush=True)


def percentile(values: Sequence[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def paint(widget: QWidget) -> float:
    """One whole frame, painted now."""
    start = time.process_time()
    widget.repaint()
    return (time.process_time() - start) * 1000


def change(model: TimelineModel, diff: ListDiff[Message], viewport: QWidget) -> None:
    """A change and the frame that shows it."""
    model.apply(diff)
    viewport.repaint()


def many(count: int) -> tuple[Message, ...]:
    """`count` messages that share their contents: what is measured is the pane, not the memory of the texts."""
    pattern = talk(1000)
    return tuple(
        Message(
            key=number + 1,
            conversation=pattern[0].conversation,
            position=number + 1,
            sender=(like := pattern[number % 1000]).sender,
            sender_name=like.sender_name,
            is_self=like.is_self,
            time_ms=pattern[0].time_ms + number * 60_000,
            state=like.state,
            elements=like.elements,
            message_id="$",
        )
        for number in range(count)
    )


def measure(application: QApplication, rows: int, empty_frame_ms: float) -> None:
    label = f"{rows // 1000}k" if rows < 1_000_000 else f"{rows // 1_000_000}M"
    theme = Theme(application, Scheme.LIGHT)
    model = TimelineModel(OWN, True, display_name)
    model.set_load_state(LoadState.START_REACHED)
    model.apply(Reset(many(rows)))
    pane = MessagePane(theme)
    pane.resize(*SIZE)
    pane.show()
    application.processEvents()
    viewport = pane.viewport()

    def open_it() -> None:
        pane.set_model(model)
        paint(viewport)

    first_fill = cpu_ms(open_it)
    tell(f"message pane, {label} rows, first fill", first_fill, empty_frame_ms, 100.0)

    still = statistics.median(paint(viewport) for _ in range(50))
    tell(f"message pane, {label} rows, repaint unchanged", still, empty_frame_ms)
    frames = []
    for _ in range(FRAMES):
        start = time.process_time()
        pane.scroll_by(-57)
        viewport.repaint()
        frames.append((time.process_time() - start) * 1000)
    tell(f"message pane, {label} rows, scroll frame p50", percentile(frames, 50), empty_frame_ms, 8.0)
    tell(f"message pane, {label} rows, scroll frame p99", percentile(frames, 99), empty_frame_ms, 16.0)
    frame = percentile(frames, 50)

    reader = QAccessible.queryAccessibleInterface(pane)
    assert reader is not None
    spent = cpu_ms(lambda: [reader.child(n).text(QAccessible.Text.Name) for n in range(reader.childCount())])
    tell(f"message pane, {label} rows, read by a screen reader", spent, frame, 16.0)
    tell(f"message pane, {label} rows, things a screen reader meets", reader.childCount(), rows, None, "things")

    page = talk(50, 2_000_000)
    before = pane.placement.anchor[1]
    spent = cpu_ms(lambda: change(model, Insert(0, page), viewport))
    tell(f"message pane, {label} rows, prepend 50", spent, frame, 16.0)
    tell(f"message pane, {label} rows, prepend 50, jump", abs(pane.placement.anchor[1] - before), 1.0, 0.0, "px")

    below = model.message(pane.placement.anchor[0] - 3)
    longer = message("a longer text " * 40, key=below.key, sender=below.sender, time_ms=below.time_ms)
    row = pane.placement.anchor[0] - 3
    spent = cpu_ms(lambda: change(model, Update(row, longer), viewport))
    tell(f"message pane, {label} rows, height change above", spent, frame, 16.0)

    pane.jump_to_newest()
    new = talk(500, 3_000_000)
    spent = cpu_ms(lambda: change(model, Insert(len(model.items), new), viewport))
    tell(f"message pane, {label} rows, append 500 at the bottom", spent, frame, 16.0)

    def narrower() -> None:
        pane.resize(SIZE[0] - 61, SIZE[1])
        application.processEvents()
        paint(viewport)

    tell(f"message pane, {label} rows, resize", cpu_ms(narrower), frame, 32.0)
    tell(f"message pane, {label} rows, rows laid out in all", pane.rows.built, rows, None, "rows")
    pane.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    arguments = parser.parse_args()
    application = QApplication(sys.argv[:1])
    empty = Empty()
    empty.resize(*SIZE)
    empty.show()
    application.processEvents()
    empty_frame_ms = statistics.median(paint(empty.viewport()) for _ in range(100))
    for rows in arguments.rows:
        measure(application, rows, empty_frame_ms)


if __name__ == "__main__":
    main()
