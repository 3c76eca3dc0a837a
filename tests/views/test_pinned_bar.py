"""Pinned messages over the open conversation, on the real window over a real store without a server."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from chatdesk.core.session import Session
from chatdesk.domain.messages import Revocation
from chatdesk.domain.powers import Powers
from chatdesk.models.session import SessionModel
from chatdesk.views.main_window import MainWindow
from chatdesk.views.message_hits import Hit
from chatdesk.views.message_menu import Action, actions_for
from chatdesk.views.pinned_bar import PinnedBar
from tests.models.offline import ANN, group, group_id, incoming, receive
from tests.models.waiting import until

LUNCH, DINNER = group_id("!lunch"), group_id("!dinner")
SAID = [incoming("At nine", ANN), incoming("At the harbour"), *(incoming(str(number)) for number in range(40))]
PINNED = tuple(message.message_id for message in SAID[:2])
MAY_PIN = Powers(users={ANN: 100})


@pytest.fixture
async def bar(session: Session, account: SessionModel, window: MainWindow) -> PinnedBar:
    await receive(session, group("!lunch", "Lunch", SAID, pinned=PINNED, powers=MAY_PIN), group("!dinner", "Dinner"))
    account.load(LUNCH)
    await until(lambda: account.chat.conversation is not None)
    bar = window.chat_view.pinned
    await until(bar.isVisible)
    return bar


async def test_the_last_one_is_shown_and_clicks_lead_to_one_after_the_other(
    bar: PinnedBar, account: SessionModel, window: MainWindow
) -> None:
    landed: list[int] = []
    account.chat.landing.connect(landed.append)
    assert bar.shown.text() == "Ben: At the harbour"
    assert bar.shown.accessibleName() == "Pinned: Ben: At the harbour, 1 of 2"
    QTest.mouseClick(bar.shown, Qt.MouseButton.LeftButton)
    assert bar.shown.text() == "Ann: At nine"
    bar.shown.setFocus()
    QTest.keyClick(bar.shown, Qt.Key.Key_Return)
    timeline = account.chat.timeline
    assert timeline is not None
    by_text = {message.text: message.key for message in timeline.items}
    assert landed == [by_text["At the harbour"], by_text["At nine"]]
    assert bar.shown.text() == "Ben: At the harbour"


async def test_the_menu_has_all_of_them(bar: PinnedBar, account: SessionModel) -> None:
    landed: list[int] = []
    account.chat.landing.connect(landed.append)
    menu = bar.more.menu()
    menu.aboutToShow.emit()
    names = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert names == ["Ben: At the harbour", "Ann: At nine", "Unpin the message shown"]
    action = menu.findChild(QAction, "goToPinned1")
    assert action is not None
    action.trigger()
    assert len(landed) == 1


async def test_what_is_recalled_is_not_shown_any_more(bar: PinnedBar, session: Session) -> None:
    gone = Revocation(PINNED[1], "@ben:example.org", "", 0)
    await receive(session, group("!lunch", None, revocations=(gone,)))
    await until(lambda: bar.shown.text() == "Ann: At nine")
    assert bar.shown.accessibleName() == "Pinned: Ann: At nine"


async def test_it_goes_with_the_last_pin_and_in_other_conversations(
    bar: PinnedBar, account: SessionModel, session: Session
) -> None:
    account.chat.open(DINNER)
    assert not bar.isVisible()
    account.chat.open(LUNCH)
    await until(bar.isVisible)
    await receive(session, group("!lunch", None, pinned=()))
    await until(lambda: not bar.isVisible())


async def test_who_may_not_pin_is_not_offered_it(
    bar: PinnedBar, account: SessionModel, session: Session, window: MainWindow
) -> None:
    pane = window.chat_view._pane
    timeline = account.chat.timeline
    assert pane is not None and timeline is not None
    first, other = (timeline.items[row].key for row in (0, 5))
    assert Action.UNPIN in actions_for(pane._menus.target(Hit(first)))
    assert Action.PIN in actions_for(pane._menus.target(Hit(other)))
    await receive(session, group("!lunch", None, powers=Powers()))
    await until(lambda: not timeline.may_pin)
    assert not {Action.PIN, Action.UNPIN} & set(actions_for(pane._menus.target(Hit(first))))
    menu = bar.more.menu()
    menu.aboutToShow.emit()
    assert menu.findChild(QAction, "unpinShown") is None
