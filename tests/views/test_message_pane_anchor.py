"""Whatever changes above, the message under the eye stays where it is: to the pixel."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.domain.changes import Insert, Remove, Update
from chatdesk.domain.elements import Image, Media, Text
from chatdesk.domain.messages import Message, MessageState, Quote, Reaction
from tests.views.message_pane_setting import one_of_many
from tests.views.message_samples import BEN, message, talk

LONG = "<h1>Title</h1><ul><li>one</li><li>two</li></ul><pre>code\ncode</pre>" + "<p>words and words</p>" * 5


def _edit(old: Message) -> Message:
    return replace(old, elements=(Text("new text " * 40),), edited_ms=old.time_ms + 1)


def _format(old: Message) -> Message:
    return replace(old, elements=(Text("x", LONG),))


def _react(old: Message) -> Message:
    users = tuple(f"@u{number}:example.org" for number in range(len(old.reactions) + 1))
    return replace(old, reactions=(*old.reactions, Reaction(f"long word {len(old.reactions)}", users)))


def _unreact(old: Message) -> Message:
    return replace(old, reactions=())


def _quote(old: Message) -> Message:
    return replace(old, reply_to=None if old.reply_to is not None else Quote("$q", 1, BEN, "Ben", "quoted", "text"))


def _picture(old: Message) -> Message:
    return replace(old, elements=(Image(Media("mxc://a/b", "a.png"), 300, 260),))


def _recall(old: Message) -> Message:
    return replace(old, state=MessageState.REVOKED, revoked_by=old.sender, elements=())


CHANGES: dict[str, Callable[[Message], Message]] = {
    "edit": _edit,
    "format": _format,
    "react": _react,
    "unreact": _unreact,
    "quote": _quote,
    "picture": _picture,
    "recall": _recall,
}
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 30)),
        st.tuples(st.just("insert"), st.integers(0, 30)),
        st.tuples(st.just("remove"), st.integers(0, 30)),
        st.tuples(st.just("prepend"), st.integers(1, 60)),
        st.tuples(st.just("loaded"), st.just(0)),
        st.tuples(st.just("height"), st.integers(150, 900)),
        st.tuples(st.just("width"), st.integers(320, 900)),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, scrolled=st.integers(200, 2500))
def test_nothing_above_moves_the_message_under_the_eye(
    qtbot: QtBot, steps: list[tuple[str, int]], scrolled: int
) -> None:
    with one_of_many(qtbot, talk(80, first_key=1_000_000), height=500) as setting:
        pane, model = setting.pane, setting.model
        pane.scroll_by(-scrolled)
        setting.show_now()
        next_key = 5_000_000
        for name, value in steps:
            row, y = pane.placement.anchor
            key = model.message(row).key
            above = row - 1 - value % max(1, row)
            if name in CHANGES and row > 0 and not model.message(above).is_tip:
                model.apply(Update(above, CHANGES[name](model.message(above))))
            elif name == "insert" and row > 0:
                next_key += 1
                model.apply(
                    Insert(above, (message("inserted " * value, key=next_key, time_ms=model.message(above).time_ms),))
                )
            elif name == "remove" and row > 1:
                model.apply(Remove(above, 1))
            elif name == "prepend":
                next_key += value
                model.apply(Insert(0, talk(value, first_key=next_key)))
            elif name == "loaded":
                pane._repaint()
            elif name == "height":
                pane.resize(pane.width(), value)
            elif name == "width":
                # A new width wraps every line anew: what must stay is the top of the message that is in view.
                if y < 0:
                    continue
                pane.resize(value, pane.height())
            QApplication.processEvents()
            if pane.is_at_bottom or (model.row_of(key) == 0 and pane.placement.anchor[1] != y):
                continue  # there is nothing above or below to hold it
            placed = pane.placed(model.row_of(key))
            if placed is None:
                assert name == "height"
                continue
            assert placed.content_y == y, name
