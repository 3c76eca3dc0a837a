"""Reading goes on where it was left, in the same window and after a restart."""

import pytest
from PySide6.QtCore import QPoint

from chatdesk.core.session import Session
from chatdesk.models.session import SessionModel
from chatdesk.views.main_window import MainWindow
from chatdesk.views.message_pane import MessagePane
from chatdesk.views.theme import Theme
from tests.models.offline import group, group_id, incoming, receive
from tests.models.waiting import turn, until

LUNCH, TRIP = group_id("!lunch"), group_id("!trip")
COUNT = 300


@pytest.fixture
async def lunch(session: Session, account: SessionModel) -> SessionModel:
    await receive(
        session,
        group("!lunch", "Lunch", [incoming(f"message {number}") for number in range(COUNT)]),
        group("!trip", "Trip", [incoming("elsewhere")]),
    )
    account.load(LUNCH)
    return account


async def _pane(window: MainWindow) -> MessagePane:
    await until(lambda: window.findChild(MessagePane) is not None)
    pane = window.findChild(MessagePane)
    assert pane is not None
    await until(lambda: pane.placement.placed)
    await turn(0.05)
    return pane


def _first_seen(pane: MessagePane) -> tuple[str, int]:
    """The message at the top of what can be seen, and how far its content is from there."""
    index = pane.indexAt(QPoint(pane.viewport().width() // 2, 60))
    placed = pane.placed(index.row())
    assert placed is not None
    return pane.timeline.message(index.row()).text, placed.content_y


async def _scroll_up(pane: MessagePane, texts: str) -> None:
    while not any(message.text == texts for message in pane.timeline.items):
        pane.scroll_by(-pane.page_step)
        await turn(0.01)
    pane.show_message(next(m.key for m in pane.timeline.items if m.text == texts))
    await turn(0.05)


async def test_another_conversation_and_back(lunch: SessionModel, window: MainWindow) -> None:
    pane = await _pane(window)
    await _scroll_up(pane, "message 40")
    before = _first_seen(pane)
    lunch.chat.open(TRIP)
    await until(lambda: [m.text for m in pane.timeline.items] == ["elsewhere"])
    lunch.chat.open(LUNCH)
    await until(lambda: len(pane.timeline.items) > 1)
    await turn(0.05)
    assert _first_seen(pane) == before
    assert not pane.is_at_bottom
    pane.jump_to_newest()
    await until(lambda: pane.is_at_bottom and pane.timeline.is_at_newest)
    lunch.chat.open(TRIP)
    await until(lambda: [m.text for m in pane.timeline.items] == ["elsewhere"])
    lunch.chat.open(LUNCH)
    await until(lambda: pane.timeline.items and pane.timeline.items[-1].text == f"message {COUNT - 1}")
    assert pane.is_at_bottom  # whoever left at the newest message comes back to it


async def test_a_new_start(lunch: SessionModel, session: Session, window: MainWindow) -> None:
    pane = await _pane(window)
    await _scroll_up(pane, "message 40")
    before = _first_seen(pane)
    window.detach()
    await lunch.close()
    again = SessionModel(session)
    window.attach(again)
    again.load(LUNCH)
    await until(lambda: len(pane.timeline.items) > 1)
    await turn(0.05)
    assert _first_seen(pane) == before
    await again.close()


async def test_another_window_around_the_same_session(lunch: SessionModel, theme: Theme, window: MainWindow) -> None:
    pane = await _pane(window)
    await _scroll_up(pane, "message 40")
    before = _first_seen(pane)
    window.detach()
    other = MainWindow(theme)
    other.follow(window)
    other.attach(lunch)
    other.show()
    assert _first_seen(await _pane(other)) == before
    other.detach()
    other.retire()


async def test_what_came_meanwhile_comes_first(lunch: SessionModel, session: Session, window: MainWindow) -> None:
    pane = await _pane(window)
    await _scroll_up(pane, "message 40")
    lunch.chat.open(TRIP)
    await until(lambda: [m.text for m in pane.timeline.items] == ["elsewhere"])
    await receive(session, group("!lunch", "Lunch", [incoming("new")], unread=1))
    lunch.chat.open(LUNCH)
    await until(lambda: pane.timeline.items and pane.timeline.items[-1].text == "new")
    assert pane.is_at_bottom


async def test_a_message_that_is_looked_for_goes_before(lunch: SessionModel, window: MainWindow) -> None:
    pane = await _pane(window)
    await _scroll_up(pane, "message 40")
    wanted = pane.timeline.items[-1]
    lunch.chat.open(TRIP)
    await until(lambda: [m.text for m in pane.timeline.items] == ["elsewhere"])
    lunch.chat.go_to(LUNCH, wanted.key)
    await until(lambda: pane.timeline.row_of(wanted.key) >= 0)
    await turn(0.05)
    placed = pane.placed(pane.timeline.row_of(wanted.key))
    assert placed is not None
    assert 0 <= placed.content_y < pane.viewport().height()
