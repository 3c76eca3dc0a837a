"""Going to a message or a date that is not loaded, through the view models."""

from collections.abc import Sequence

import pytest

from chatdesk.core.session import Session
from chatdesk.domain.elements import Text
from chatdesk.models.session import SessionModel
from chatdesk.models.timeline import TimelineModel
from tests.models.offline import BEN, group, group_id, incoming, receive
from tests.models.waiting import until

LUNCH, BOOK = group_id("!lunch"), group_id("!book")
DAY_MS = 86_400_000
START_MS = 1_700_000_000_000


@pytest.fixture
async def talks(session: Session, account: SessionModel) -> SessionModel:
    """300 messages in the one group, an hour apart, and one in the other."""
    said = [incoming(f"said {number}", BEN, START_MS + number * DAY_MS // 24) for number in range(300)]
    await receive(session, group("!lunch", "Lunch", said))
    await receive(session, group("!book", "Book club", [incoming("a book", BEN)]))
    account.load()
    await until(lambda: account.is_loaded)
    return account


def _timeline(account: SessionModel) -> TimelineModel:
    timeline = account.chat.timeline
    assert timeline is not None
    return timeline


def _texts(account: SessionModel) -> Sequence[str]:
    return [message.text for message in _timeline(account).items]


async def _key(session: Session, number: int) -> int:
    timeline = session.timeline(LUNCH)
    assert await timeline.open_at(START_MS + number * DAY_MS // 24)
    found = next(message.key for message in timeline.items if message.text == f"said {number}")
    timeline.close()
    return found


async def test_a_message_of_another_conversation_opens_it(session: Session, talks: SessionModel) -> None:
    chat = talks.chat
    wanted: list[int] = []
    chat.landing.connect(wanted.append)
    key = await _key(session, 20)
    chat.open(BOOK)
    await until(lambda: _texts(talks))
    chat.go_to(LUNCH, key)
    assert wanted == [key]
    found: list[int] = []
    timeline = _timeline(talks)
    timeline.place_found.connect(found.append)
    timeline.request_place(key)  # as the pane does, while the newest page is still being read
    await until(lambda: found == [key])
    assert timeline.row_of(key) >= 0
    assert not timeline.is_at_newest
    assert _texts(talks)[-1] == "said 70"
    timeline.request_newer()
    await until(lambda: _texts(talks)[-1] == "said 120")
    timeline.newest_requested.emit()
    await until(lambda: timeline.is_at_newest)
    assert _texts(talks)[-1] == "said 299"


async def test_a_date_and_one_after_the_newest_message(talks: SessionModel) -> None:
    talks.chat.open(LUNCH)
    await until(lambda: _texts(talks))
    timeline = _timeline(talks)
    found: list[int | None] = []
    timeline.place_found.connect(found.append)
    timeline.request_place(0, START_MS + 2 * DAY_MS)
    await until(lambda: found)
    assert found[0] is not None
    assert timeline.message(timeline.row_of(found[0])).text == "said 48"
    timeline.request_place(0, START_MS + 400 * DAY_MS)
    await until(lambda: len(found) == 2)
    assert found[1] is None


async def test_what_is_gone_is_said(talks: SessionModel) -> None:
    talks.chat.open(LUNCH)
    await until(lambda: _texts(talks))
    said: list[str] = []
    _timeline(talks).place_failed.connect(said.append)
    _timeline(talks).request_place(987654)
    await until(lambda: said == ["This message is no longer here."])
    assert _texts(talks)[-1] == "said 299"


async def test_what_arrives_meanwhile_is_counted_and_writing_asks_for_the_newest(
    session: Session, talks: SessionModel
) -> None:
    talks.chat.open(LUNCH)
    await until(lambda: _texts(talks))
    timeline = _timeline(talks)
    timeline.request_place(await _key(session, 20))
    await until(lambda: not timeline.is_at_newest)
    await receive(session, group("!lunch", None, [incoming("new", BEN), incoming("newer", BEN)]))
    await until(lambda: len(timeline.missed) == 2)
    wanted: list[bool] = []
    timeline.newest_wanted.connect(lambda: wanted.append(True))
    await session.outbox.send(LUNCH, [Text("mine")])
    await until(lambda: wanted == [True])
