"""What a row cache takes over instead of laying it out anew looks just like what is laid out anew."""

from collections.abc import Callable
from functools import partial

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import Insert, LoadState, Remove, Reset, Update
from chatdesk.domain.elements import File, Image, Media, Text, Tip, TipKind
from chatdesk.domain.messages import MessageState, Quote
from chatdesk.views.message_row import RowLayout
from chatdesk.views.message_text import TextBlock
from tests.views.message_pane_setting import Setting
from tests.views.message_samples import BEN, MINUTE_MS, OWN, START_MS, message, talk

WORDS = "as many words as it takes to fill more than a line of a bubble on any screen "
EVERY_KIND = (
    message("short", key=1),
    message(WORDS * 6, key=2, sender=OWN),
    message("مرحبا بالعالم\n" + WORDS * 2, key=3),
    message([Image(Media("mxc://a/1", "a.png"), 900, 600), Text(WORDS * 2)], key=4),
    message([File(Media("mxc://a/5", "report.pdf", size=12345)), Text("look")], key=5, sender=OWN),
    message("🎉", key=6),
    message([Tip(TipKind.JOINED, (BEN,))], key=7),
    replace(message("answer", key=8), reply_to=Quote("$1", 1, BEN, "Ben", WORDS)),
    message(WORDS, key=9, sender=OWN, state=MessageState.FAILED, failure="No way. " * 30),
    message("gone", key=10, state=MessageState.REVOKED),
)


class Paints(QObject):
    """Counts what is painted of a widget from now on."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.pixels = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.pixels += event.rect().width() * event.rect().height()
        return False


def _look(layout: RowLayout) -> tuple[object, ...]:
    places = [(item.x, item.y, item.block.width, item.block.height, item.element) for item in layout.items]
    return (layout.height, layout.content_top, layout.bubble, layout.meta, layout.name_rect, layout.quote_rect, places)


@pytest.mark.parametrize("widths", [(1300, 1240), (1240, 1300), (1300, 500), (500, 1300), (440, 400)])
def test_a_row_of_another_width_is_as_if_it_were_new(qtbot: QtBot, widths: tuple[int, int]) -> None:
    setting = Setting(qtbot, EVERY_KIND)
    for width in widths:
        setting.pane.resize(width, 600)
        setting.show_now()
        again = [_look(setting.pane.rows.row_layout(row)) for row in range(len(EVERY_KIND))]
        setting.pane.rows.set_builder(setting.pane.rows.builder)
        anew = [_look(setting.pane.rows.row_layout(row)) for row in range(len(EVERY_KIND))]
        assert again == anew


def test_no_text_is_broken_anew_where_there_is_more_room_than_it_takes(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(6))
    blocks = []
    for width in (1300, 1200, 500):
        setting.pane.resize(width, 600)
        setting.show_now()
        blocks.append([setting.pane.rows.row_layout(row).items[0].block for row in range(6)])
    assert all(isinstance(block, TextBlock) for block in blocks[0])
    assert all(one is other for one, other in zip(*blocks[:2], strict=True))
    assert not any(one is other for one, other in zip(*blocks[1:], strict=True))


def test_a_row_knows_when_its_heading_is_another_one(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(3))
    rows = setting.pane.rows
    built = rows.built
    layouts = [rows.row_layout(row) for row in range(3)]
    assert rows.built == built  # all of them were placed
    assert [rows.row_layout(row) for row in range(3)] == layouts
    setting.model.apply(Insert(0, (message(key=900, time_ms=START_MS - MINUTE_MS),)))
    assert layouts[0].heading.day
    assert not rows.row_layout(1).heading.day
    assert all(one is other for one, other in zip(layouts[1:], (rows.row_layout(2), rows.row_layout(3)), strict=True))
    changed = message("another text", key=setting.model.message(2).key, time_ms=setting.model.message(2).time_ms)
    setting.model.apply(Update(2, changed))
    assert rows.row_layout(2).message is changed


def _painted(setting: Setting, act: Callable[[], object]) -> int:
    """How many pixels of the messages are painted for this."""
    setting.show_now()
    watch = Paints(setting.pane.viewport())
    act()
    setting.show_now()
    return watch.pixels


def test_a_page_that_comes_in_above_paints_a_row_at_most(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(60), height=400)
    setting.pane.scroll_by(-900)
    pages = [
        tuple(message(key=key + row, time_ms=START_MS - (key - row) * MINUTE_MS) for row in range(50))
        for key in (900, 1000, 1100)
    ]
    model = setting.model
    area = setting.pane.viewport().width() * setting.pane.viewport().height()
    # What floats over the messages comes and goes in its own time; not three times in a row.
    assert min(_painted(setting, partial(model.apply, Insert(0, page))) for page in pages) < area / 4
    assert _painted(setting, lambda: setting.pane.scroll_by(-1)) == area
    assert _painted(setting, setting.pane.relayout) < area / 4  # the floating date may go


def test_what_is_going_on_above_the_first_message_is_painted(qtbot: QtBot) -> None:
    setting = Setting(qtbot, talk(30), height=400)
    setting.pane.scroll_to_top()
    assert _painted(setting, lambda: setting.model.set_load_state(LoadState.LOADING)) > 0
    older = tuple(message(key=900 + number, time_ms=START_MS - (60 - number) * MINUTE_MS) for number in range(50))
    assert _painted(setting, lambda: setting.model.apply(Insert(0, older))) > 0


def test_what_is_painted_is_as_if_all_were_painted_anew(qtbot: QtBot) -> None:
    """Whatever happens: a picture of the window shows what is there."""
    setting = Setting(qtbot, talk(40), height=400)
    model, pane = setting.model, setting.pane
    newest = model.message(39)
    steps: tuple[Callable[[], object], ...] = (
        lambda: model.set_read_positions({BEN: newest.position}),
        lambda: model.apply(Insert(40, (message("new", key=800, time_ms=newest.time_ms + 1, position=800),))),
        lambda: pane.scroll_by(-300),
        lambda: model.apply(Insert(41, (message("own", key=801, sender=OWN, time_ms=newest.time_ms + 2),))),
        lambda: model.set_read_positions({BEN: 800}),
        lambda: model.apply(Update(38, replace(model.message(38), state=MessageState.REVOKED))),
        lambda: model.apply(Remove(36, 2)),
        lambda: model.set_load_state(LoadState.LOADING),
        lambda: model.apply(Reset(())),
        lambda: model.set_load_state(LoadState.START_REACHED),
    )
    for step in steps:
        step()
        setting.show_now()
        shown = QApplication.primaryScreen().grabWindow(pane.winId()).toImage()
        assert not shown.isNull()
        pane.viewport().repaint()
        assert QApplication.primaryScreen().grabWindow(pane.winId()).toImage() == shown
