"""The history of a conversation: what is here, what is not, and fetching it, over a real store without a server."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from shiboken6 import Shiboken

from chatdesk.core.session import Session
from chatdesk.domain.changes import Connection, ConnectionKind
from chatdesk.domain.errors import NetworkError
from chatdesk.domain.holdings import Holdings, Part
from chatdesk.domain.ids import ConversationId
from chatdesk.models.session import SessionModel
from chatdesk.models.when import long_date
from chatdesk.views.main_window import MainWindow
from chatdesk.views.past_dialog import PastDialog
from tests.models.offline import group, group_id, incoming, receive
from tests.models.waiting import until

LUNCH = group_id("!lunch")
DAY_MS = 86_400_000
YEAR_2020_MS = 1_577_880_000_000


@pytest.fixture
async def dialog(account: SessionModel, window: MainWindow, session: Session) -> AsyncIterator[PastDialog]:
    """Two messages are here; what is older is on the server. The conversation's menu opened it."""
    said = [incoming(f"{n}", time_ms=YEAR_2020_MS + n * DAY_MS) for n in (10, 11)]
    await receive(session, group("!lunch", "Lunch", said, has_start=False, is_limited=True, gap_token="older"))
    account.load(LUNCH)
    await until(lambda: account.chat.conversation is not None)
    menu = window.chat_view.header.more_button.menu()
    menu.aboutToShow.emit()
    action = menu.findChild(QAction, "pastAction")
    assert action is not None
    action.trigger()
    (dialog,) = window.findChildren(PastDialog)
    await until(lambda: dialog.action_button.isEnabled())
    yield dialog
    if Shiboken.isValid(dialog):
        dialog.close()


async def test_what_is_here_and_what_is_not(dialog: PastDialog) -> None:
    assert dialog.count.text() == "2 messages are on this computer."
    since = long_date(YEAR_2020_MS + 10 * DAY_MS)
    assert dialog.state.text() == f"Everything since {since} is here. What is older is on the server."
    parts = dialog.strip.parts()
    assert [part for part, _ in parts] == [Part.SERVER, Part.HERE]
    assert parts[0][1].left() == 0 and parts[-1][1].right() == pytest.approx(dialog.strip.width())
    assert dialog.state.text() in dialog.strip.accessibleName()
    assert not dialog.stop_button.isVisible() and not dialog.progress.isVisible()


async def test_fetching_all_of_it(dialog: PastDialog, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[int | Exception | None] = [NetworkError("The server cannot be reached."), 50, None]

    async def fill(_: object) -> int | None:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(session.catch_up._history, "fill_newest", fill)
    told: list[str] = []
    dialog._model.changed.connect(lambda: told.append(dialog._model.state_text()))
    dialog.action_button.setFocus()
    QTest.keyClick(dialog.action_button, Qt.Key.Key_Return)
    await until(lambda: "Waiting for the server…" in told)
    assert dialog.progress.isVisible() and dialog.stop_button.isVisible()
    assert not dialog.action_button.isEnabled()
    session.catch_up._line.set(Connection(ConnectionKind.ONLINE))
    await until(lambda: not dialog.progress.isVisible())
    assert "Fetching… 50 messages so far" in told
    assert not answers
    assert dialog.action_button.isEnabled()


async def test_keeping_it_all_here(dialog: PastDialog, session: Session) -> None:
    dialog.keep.setFocus()
    QTest.keyClick(dialog.keep, Qt.Key.Key_Space)
    await until(lambda: dialog._model.holdings is not None and dialog._model.holdings.is_kept)
    assert dialog.keep.isChecked()
    assert (await session.catch_up.holdings(LUNCH)).is_kept
    dialog.close()  # the model goes with it, and the core's next word reaches nobody
    session.catch_up.stop(LUNCH)


async def test_what_is_counted_after_the_dialog_has_gone(
    dialog: PastDialog, account: SessionModel, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[str] = []
    account.failed.connect(failed.append)
    counted, count = asyncio.Event(), session.catch_up.holdings

    async def slowly(conversation: ConversationId) -> Holdings:
        await counted.wait()
        return msgspec.structs.replace(await count(conversation), is_kept=True)

    monkeypatch.setattr(session.catch_up, "holdings", slowly)
    dialog.keep.click()
    await until(lambda: len(account.tasks._running) > 0)
    dialog.close()
    await until(lambda: not Shiboken.isValid(dialog))
    counted.set()
    await until(lambda: not account.tasks._running)
    assert failed == []
