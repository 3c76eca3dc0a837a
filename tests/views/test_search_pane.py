"""Searching messages in the window: typing, narrowing, opening what was found, and how far back it goes."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chatdesk.core.session import Session
from chatdesk.domain.elements import File, Media
from chatdesk.domain.search import SearchHit
from chatdesk.models.search import SearchModel
from chatdesk.models.session import SessionModel
from chatdesk.views.main_window import MainWindow
from chatdesk.views.search_pane import SearchPane
from chatdesk.views.theme import Theme
from tests.models.offline import ANN, BEN, CARLA, direct, group, group_id, incoming, member, receive, receive_direct
from tests.models.waiting import turn, until

LUNCH = group_id("!lunch")
START_MS = 1_700_000_000_000


@pytest.fixture
async def talk(session: Session, account: SessionModel, window: MainWindow) -> MainWindow:
    people = (member(BEN, "Ben Keller"), member(CARLA, "Carla"))
    said = [incoming(f"soup number {number}", BEN, START_MS + number) for number in range(200)]
    said += [incoming("Crème brûlée für alle 🍮", CARLA), incoming("我们明天去吃北京烤鸭", ANN)]
    said += [incoming(File(Media("mxc://h/1", "menu.pdf", "application/pdf", 100)), CARLA)]
    await receive(session, group("!lunch", "Lunch", said, people))
    await receive_direct(session, direct(BEN, [incoming("soup at home", BEN)], "Ben Keller"))
    account.load()
    await until(lambda: account.is_loaded)
    window.open_conversation(LUNCH)
    await until(lambda: account.chat.timeline is not None and account.chat.timeline.items)
    return window


def _pane(window: MainWindow) -> SearchPane:
    return window.side_pane.search


def _hits(pane: SearchPane) -> Sequence[SearchHit]:
    model = pane.list.model()
    assert isinstance(model, SearchModel)
    return model.items


async def _type(pane: SearchPane, text: str) -> None:
    pane.field.clear()
    if text.isascii():
        QTest.keyClicks(pane.field, text)
    else:
        pane.field.insert(text)  # as an input method does
    model = pane.list.model()
    assert isinstance(model, SearchModel)
    await until(lambda: model.is_answered and model.query.text == text)


async def test_typing_finds_and_return_goes_there(talk: MainWindow, account: SessionModel) -> None:
    QTest.keyClick(talk, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    pane = _pane(talk)
    await until(pane.field.hasFocus)
    assert "Find what was said" in _empty_words(pane)
    await _type(pane, "soup")
    assert len(_hits(pane)) == 50
    assert pane.list.isVisible()
    await _type(pane, "number 12")
    assert [hit.message.text for hit in _hits(pane)] == [
        *(f"soup number {number}" for number in range(129, 119, -1)),
        "soup number 12",
    ]
    assert "\n".join(_hits(pane)[-1].snippet.splitlines()) == "soup number 12"
    QTest.keyClick(pane.field, Qt.Key.Key_Down)
    assert pane.list.hasFocus()
    for _ in range(10):
        QTest.keyClick(pane.list, Qt.Key.Key_Down)
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    key = _hits(pane)[-1].message.key
    messages = talk.chat_view._pane
    assert messages is not None
    await until(lambda: messages.timeline.row_of(key) >= 0 and messages._jumps.glow(key) > 0)
    assert not messages.timeline.is_at_newest


async def test_large_letters_have_a_line_for_each_filter(talk: MainWindow, theme: Theme) -> None:
    pane = _pane(talk)
    talk.search_everywhere()
    assert pane.scope.y() == pane.author.y()
    theme.set_text_percent(200)
    await until(lambda: pane.scope.y() < pane.author.y() < pane.kind.y())
    theme.set_text_percent(100)
    await until(lambda: pane.scope.y() == pane.author.y())


async def test_accents_chinese_and_names_of_files(talk: MainWindow) -> None:
    talk.search_here()
    pane = _pane(talk)
    for words, found in (
        ("creme bru", "Crème brûlée für alle 🍮"),
        ("烤鸭", "我们明天去吃北京烤鸭"),
        ("menu", "menu.pdf"),
    ):
        await _type(pane, words)
        assert [hit.snippet for hit in _hits(pane)] == [found]


async def test_filters_narrow_it_even_without_words(talk: MainWindow) -> None:
    talk.search_here()
    pane = _pane(talk)
    model = pane.list.model()
    assert isinstance(model, SearchModel)
    pane.kind.setCurrentIndex(pane.kind.findText("Files"))
    await until(lambda: [hit.snippet for hit in model.items] == ["menu.pdf"])
    pane.kind.setCurrentIndex(0)
    pane.author.setCurrentIndex(pane.author.findData(CARLA))
    await until(lambda: len(model.items) == 2)
    pane.author.setCurrentIndex(pane.author.findData(BEN))
    await until(lambda: len(model.items) == 50)
    pane.time.setCurrentIndex(pane.time.findData(7))
    await until(lambda: model.is_answered and not model.items)
    assert "Nothing found" in _empty_words(pane)


async def test_everywhere_opens_the_other_conversation(talk: MainWindow, account: SessionModel) -> None:
    QTest.keyClick(talk, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    pane = _pane(talk)
    await until(pane.field.hasFocus)
    await _type(pane, "soup home")
    (hit,) = _hits(pane)
    index = pane.list.model().index(0, 0)
    assert index.data(SearchModel.WHERE) == "Ben Keller"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Ben Keller, Ben Keller, ")
    rect = pane.list.visualRect(index)
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    await until(lambda: account.chat.conversation is not None and account.chat.conversation.name == "Ben Keller")
    messages = talk.chat_view._pane
    assert messages is not None
    await until(lambda: messages._jumps.glow(hit.message.key) > 0)


async def test_scrolling_loads_more_hits(talk: MainWindow) -> None:
    talk.search_here()
    pane = _pane(talk)
    await _type(pane, "soup number")
    pane.list.scrollToBottom()
    await until(lambda: len(_hits(pane)) == 100)
    numbers = [int(hit.message.text.split()[-1]) for hit in _hits(pane)]
    assert numbers == list(range(199, 99, -1))


async def test_a_later_question_wins_and_escape_clears_then_closes(talk: MainWindow) -> None:
    talk.search_here()
    pane = _pane(talk)
    QTest.keyClicks(pane.field, "soup")
    QTest.keyClicks(pane.field, " number 7")
    await _type(pane, "number 77")
    assert [hit.message.text for hit in _hits(pane)] == ["soup number 77"]
    QTest.keyClick(pane.field, Qt.Key.Key_Escape)
    assert pane.field.text() == ""
    await turn(0.2)
    QTest.keyClick(pane.field, Qt.Key.Key_Escape)
    await until(lambda: not pane.isVisible())


async def test_it_says_how_far_back_it_goes(session: Session, talk: MainWindow) -> None:
    talk.search_here()
    pane = _pane(talk)
    await until(lambda: "Everything ever said here" in pane._reach.text())
    assert not pane.older.isVisible()
    last = incoming("late", BEN)
    await receive(session, group("!lunch", None, [last], is_limited=True, has_start=False, gap_token="back-1"))
    talk.search_here()
    await until(lambda: "are on this computer" in pane._reach.text())
    assert pane.older.isVisible()
    QTest.mouseClick(pane.older, Qt.MouseButton.LeftButton)
    await until(lambda: pane._problem.isVisible())  # there is no server: said, and the button is back
    assert pane.older.isEnabled()


def _empty_words(pane: SearchPane) -> str:
    assert pane._empty.isVisible()
    return pane._empty._title.text()


async def test_nothing_here_leads_to_everywhere(talk: MainWindow) -> None:
    talk.search_here()
    pane = _pane(talk)
    await _type(pane, "soup")
    assert not pane.everywhere.isVisible()
    await _type(pane, "home")
    assert pane.everywhere.isVisible()
    QTest.mouseClick(pane.everywhere, Qt.MouseButton.LeftButton)
    await until(lambda: [hit.message.text for hit in _hits(pane)] == ["soup at home"])
    assert pane.field.hasFocus()
    await _type(pane, "nowhere")
    assert not pane.everywhere.isVisible()


async def test_it_follows_the_conversation_on_the_screen(talk: MainWindow, account: SessionModel) -> None:
    talk.search_here()
    pane = _pane(talk)
    await _type(pane, "home")
    assert pane.scope.currentText() == "In Lunch"
    talk.open_conversation(next(c.id for c in account.conversations.items if c.name == "Ben Keller"))
    assert pane.scope.currentText() == "In Ben Keller"
    await until(lambda: [hit.message.text for hit in _hits(pane)] == ["soup at home"])
    pane.scope.setCurrentIndex(pane.scope.count() - 1)
    talk.open_conversation(LUNCH)
    assert pane.scope.currentText() == "Everywhere"
    assert pane.scope.itemText(0) == "In Lunch"
    pane.field.setFocus()
    for is_open in (True, False):  # the first Escape clears the field, the next one closes
        QTest.keyClick(pane.field, Qt.Key.Key_Escape)
        assert (pane.isVisible(), pane.field.text()) == (is_open, "")
