"""Rows of the list are taken apart once and painted often: what is kept looks like what is made anew."""

import time
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import Changes
from chatdesk.domain.conversation_list import ConversationList
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.models.conversation_filter import ConversationFilter
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.views import row_painting
from chatdesk.views.conversation_list_view import ConversationListView
from chatdesk.views.row_painting import shaped_line
from chatdesk.views.theme import Scheme, Theme

SHORT, LONG = "Lunch", "A name that is longer than any list is wide, and goes on and on"


def _conversation(number: int, name: str, **facts: object) -> Conversation:
    identifier = ConversationId(ConversationType.GROUP if number % 2 else ConversationType.C2C, f"!{number}")
    given = {"membership": Membership.JOINED, "sort_time_ms": 1_790_000_000_000 - number * 60_000} | facts
    return Conversation(identifier, name, **given)  # type: ignore[arg-type]


ROWS = (
    _conversation(1, SHORT, unread=3, mentions=2, is_encrypted=True),
    _conversation(2, LONG, unread=250, is_muted=True, is_pinned=True),
    _conversation(3, "مجموعة", is_marked_unread=True),
    _conversation(4, "Ben", membership=Membership.INVITED, inviter="@ben:h"),
    _conversation(5, "With a draft", draft="not yet said"),
)


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[ConversationListModel]:
    model = ConversationListModel()
    model.show(ConversationList.of(ROWS))
    yield model
    model.deleteLater()


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication, model: ConversationListModel) -> ConversationListView:
    view = ConversationListView(Theme(qapp, Scheme.LIGHT))
    qtbot.addWidget(view)
    view.set_rows(ConversationFilter(model, view))
    view.resize(300, 400)
    with qtbot.waitExposed(view):
        view.show()
    return view


def _shot(view: ConversationListView) -> QImage:
    return view.viewport().grab().toImage()


def _anew(view: ConversationListView) -> QImage:
    view._delegate._composed.clear()
    row_painting._shaped.clear()
    return _shot(view)


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_what_is_kept_looks_like_what_is_new(view: ConversationListView, direction: Qt.LayoutDirection) -> None:
    view.setLayoutDirection(direction)
    shots = []
    for size in (QSize(300, 400), QSize(240, 400), QSize(420, 400), QSize(300, 400)):
        view.resize(size)
        shots.append(_shot(view))
        assert _shot(view) == shots[-1]
        assert _anew(view) == shots[-1]
    assert shots[0] == shots[-1]
    assert shots[0] != shots[1]


def test_only_what_changed_is_taken_apart_again(view: ConversationListView, model: ConversationListModel) -> None:
    _shot(view)
    before = dict(view._delegate._composed)
    model.apply_changes(Changes(conversations=(replace(ROWS[0], sort_time_ms=1_800_000_000_000, unread=4),)))
    _shot(view)
    after = view._delegate._composed
    assert {identifier for identifier, row in after.items() if before.get(identifier) is not row} == {ROWS[0].id.id}
    assert _shot(view) == _anew(view)


def test_the_same_conversation_told_in_other_words_is_painted_anew(
    view: ConversationListView, model: ConversationListModel
) -> None:
    with_draft = _shot(view)
    model.set_open(ROWS[4].id)
    without = _shot(view)
    assert without != with_draft
    assert without == _anew(view)
    model.set_open(None)
    assert _shot(view) == with_draft


def test_what_is_prepared_is_not_seen_and_changes_no_row(view: ConversationListView) -> None:
    before = _shot(view)
    view._delegate._composed.clear()
    view.prepare()
    assert not view._delegate._composed
    assert _shot(view) == before


def test_a_row_holds_for_a_minute(view: ConversationListView, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it may have been yesterday."""
    before = _shot(view)
    kept = dict(view._delegate._composed)
    later = time.time() + 60
    monkeypatch.setattr("chatdesk.views.conversation_delegate.time.time", lambda: later)
    assert _shot(view) == before
    assert not any(row is kept[identifier] for identifier, row in view._delegate._composed.items())


def test_a_line_that_is_not_cut_serves_at_any_width(qtbot: QtBot, qapp: QApplication) -> None:
    def shaped(text: str, width: int) -> object:
        return shaped_line(QRect(0, 0, width, 20), text, font, "#000000", False).text

    font = QFont(qapp.font())
    assert shaped(SHORT, 300) is shaped(SHORT, 200)
    cut = shaped(LONG, 100)
    assert cut is not shaped(LONG, 110)
    assert cut is shaped(LONG, 100)
    whole = shaped(LONG, 2000)
    assert whole is shaped(LONG, 1900)
    assert shaped(LONG, 100) is cut
