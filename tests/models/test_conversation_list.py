"""The rows of the conversation list: order, words, selection-safe updates, filter."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from chatdesk.domain.changes import Changes
from chatdesk.domain.conversation_list import ConversationList, unread_total
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.elements import Image, Media, Text, Unreadable
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message, MessageState
from chatdesk.models.conversation_filter import ConversationFilter
from chatdesk.models.conversation_list import ConversationListModel, Mark
from chatdesk.models.markdown import text_element

_ROLES = ConversationListModel


@pytest.fixture
def model(qapp: QApplication) -> Iterator[ConversationListModel]:
    model = ConversationListModel()
    yield model


def _group(name: str, time_ms: int = 1, **facts: object) -> Conversation:
    identifier = ConversationId(ConversationType.GROUP, f"!{name}")
    return Conversation(identifier, name, sort_time_ms=time_ms, **({"membership": Membership.JOINED} | facts))  # type: ignore[arg-type]


def _last(
    text: str, is_self: bool = False, state: MessageState = MessageState.SYNCED, sender_name: str = "Ben"
) -> Message:
    identifier = ConversationId(ConversationType.GROUP, "!x")
    return Message(1, identifier, 1, "@x:h", sender_name, is_self, 1, state, (Text(text),))


def _names(model: ConversationListModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def _preview(model: ConversationListModel, conversation: Conversation) -> str:
    model.show(ConversationList.of([conversation]))
    text: str = model.words(model.items[0]).preview
    return text.replace("\u2068", "").replace("\u2069", "")


def test_a_caption_stands_for_its_picture(model: ConversationListModel) -> None:
    picture = Image(Media(name="plasma.png", mime="image/png"))
    captioned = structs.replace(_last("My plasma", is_self=True), elements=(picture, Text("My plasma")))
    assert _preview(model, _group("a", last_message=captioned)) == "You: My plasma"
    assert model.words(model.items[0]).sign == "image"
    assert "Picture, You: My plasma" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    alone = structs.replace(captioned, elements=(picture,))
    assert _preview(model, _group("a", last_message=alone)) == "You: plasma.png"
    nameless = structs.replace(captioned, elements=(Image(Media()),))
    assert _preview(model, _group("a", last_message=nameless)) == "You: Picture"
    assert _preview(model, _group("a", last_message=_last("Words"))) == "Ben: Words"
    typed = text_element("I bring the *bread* & `1 < 2`\n\n- a\n- b", {})
    marked = structs.replace(_last(""), elements=(typed,))
    assert _preview(model, _group("a", last_message=marked)) == "Ben: I bring the bread & 1 < 2 a b"
    assert model.words(model.items[0]).sign == ""
    assert _preview(model, _group("a", last_message=captioned, draft="Later")) == "Draft: Later"
    assert model.words(model.items[0]).sign == ""


def test_changes_keep_the_order(model: ConversationListModel) -> None:
    a, b, c = _group("a", 30), _group("b", 20), _group("c", 10)
    model.show(ConversationList.of([c, a, b]))
    assert _names(model) == ["a", "b", "c"]
    model.apply_changes(Changes(conversations=(_group("c", 40),)))
    assert _names(model) == ["c", "a", "b"]
    model.apply_changes(Changes(removed=(a.id,), conversations=(_group("d", 35),)))
    assert _names(model) == ["c", "d", "b"]
    assert model.conversation(b.id) == b
    assert model.conversation(a.id) is None


def test_many_changes_at_once_give_the_same_list(model: ConversationListModel) -> None:
    model.show(ConversationList.of([_group("old", 1000)]))
    model.apply_changes(Changes(conversations=tuple(_group(f"{n:03}", n) for n in range(1, 200))))
    assert _names(model) == ["old", *(f"{n:03}" for n in range(199, 0, -1))]


def test_each_update_is_framed(model: ConversationListModel) -> None:
    frames: list[str] = []
    model.update_started.connect(lambda: frames.append("start"))
    model.update_finished.connect(lambda: frames.append("end"))
    model.rowsInserted.connect(lambda: frames.append("insert"))
    model.apply_changes(Changes(conversations=(_group("a"),)))
    assert frames == ["start", "insert", "end"]


def test_words_of_the_last_message(model: ConversationListModel) -> None:
    assert _preview(model, _group("g", last_message=_last("hi  there\nyou"))) == "Ben: hi there you"
    assert _preview(model, _group("g", last_message=_last("hi", is_self=True))) == "You: hi"
    assert _preview(model, _group("g")) == "No messages yet"
    recalled = _last("x", state=MessageState.REVOKED)
    assert _preview(model, _group("g", last_message=recalled)) == "Ben recalled a message"
    removed = structs.replace(recalled, revoked_by="@owner:h")
    assert _preview(model, _group("g", last_message=removed)) == "A message was removed"
    own = _last("x", is_self=True, state=MessageState.REVOKED)
    assert _preview(model, _group("g", last_message=own)) == "You recalled a message"
    peer = ConversationId(ConversationType.C2C, "@ben:h")
    c2c = Conversation(peer, "Ben", Membership.JOINED, last_message=_last("hi"))
    assert _preview(model, c2c) == "hi"
    closed = Message(1, peer, 1, "@b:h", "Ben", False, 1, MessageState.SYNCED, (Unreadable(),))
    assert _preview(model, _group("g", last_message=closed)) == "Ben: Encrypted message"
    assert _preview(model, _group("g", membership=Membership.LEFT)) == "You are no longer in this conversation"


def test_a_hostile_name_cannot_turn_the_row_around(model: ConversationListModel) -> None:
    """A right-to-left override in a name ends with the name: both parts are isolated."""
    model.show(ConversationList.of([_group("g", last_message=_last("hi", sender_name="Ben\u202e"))]))
    assert model.words(model.items[0]).preview == "\u2068Ben\u202e\u2069: \u2068hi\u2069"


def test_invitations_name_who_invites(model: ConversationListModel) -> None:
    invited = Membership.INVITED
    assert _preview(model, _group("g", membership=invited, inviter="@c:h", inviter_name="Carla")) == "Invited by Carla"
    assert _preview(model, _group("g", membership=invited)) == "You are invited"


def test_a_draft_stands_in_place_of_the_last_text_unless_it_is_open(model: ConversationListModel) -> None:
    conversation = _group("g", last_message=_last("hi"), draft="tomorrow\nat 8")
    assert _preview(model, conversation) == "Draft: tomorrow at 8"
    assert model.words(model.items[0]).has_draft is True
    model.set_open(conversation.id)
    assert model.words(model.items[0]).has_draft is False
    assert "hi" in model.words(model.items[0]).preview


@pytest.mark.parametrize(
    ("state", "is_self", "mark"),
    [
        (MessageState.QUEUED, True, Mark.WAITING),
        (MessageState.UPLOADING, True, Mark.WAITING),
        (MessageState.FAILED, True, Mark.FAILED),
        (MessageState.SENT, True, Mark.SENT),
        (MessageState.SYNCED, True, Mark.SENT),
        (MessageState.REVOKED, True, Mark.NONE),
        (MessageState.SYNCED, False, Mark.NONE),
    ],
)
def test_the_state_of_the_last_own_message_is_marked(
    model: ConversationListModel, state: MessageState, is_self: bool, mark: Mark
) -> None:
    model.show(ConversationList.of([_group("g", last_message=_last("x", is_self, state))]))
    assert model.words(model.items[0]).mark is mark


def test_what_a_screen_reader_says(model: ConversationListModel) -> None:
    conversation = _group("Team", 0, last_message=_last("hi", True, MessageState.FAILED), unread=3, is_encrypted=True)
    model.show(ConversationList.of([conversation]))
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Team, encrypted, You: hi, 3 unread, not sent"


def test_the_filter_finds_by_name_and_by_id_and_keeps_the_order(model: ConversationListModel) -> None:
    rows = ConversationFilter(model)
    ben = Conversation(ConversationId(ConversationType.C2C, "@ben:example.org"), "Benjamin", Membership.JOINED)
    model.show(ConversationList.of([_group("Bee club", 5), _group("Team", 9), ben]))

    def shown() -> list[str]:
        return [rows.index(row, 0).data() for row in range(rows.rowCount())]

    rows.set_text("BE")
    assert shown() == ["Bee club", "Benjamin"]
    rows.set_text("example ben")
    assert shown() == ["Benjamin"]
    model.apply_changes(Changes(conversations=(_group("Team Ben example", 10),)))
    assert shown() == ["Team Ben example", "Benjamin"]
    assert rows.index_of(ben.id).row() == 1
    rows.set_text("nothing like this")
    assert shown() == []
    assert not rows.index_of(ben.id).isValid()
    rows.set_text(" ")
    assert len(shown()) == 4


def test_how_much_is_unread() -> None:
    rows = [
        _group("Lunch", unread=2),
        _group("Ben", membership=Membership.INVITED),
        _group("Old", membership=Membership.LEFT, unread=7),
        _group("Quiet", unread=9, mentions=4, is_muted=True),
        _group("Marked", is_marked_unread=True),
        _group("Both", unread=5, is_marked_unread=True),
    ]
    assert unread_total(rows) == 2 + 1 + 4 + 1 + 5


_rows = st.builds(
    lambda number, membership, unread, is_muted: _group(
        str(number), membership=membership, unread=unread, is_muted=is_muted
    ),
    st.integers(0, 60),
    st.sampled_from([Membership.JOINED, Membership.JOINED, Membership.INVITED, Membership.LEFT, Membership.NONE]),
    st.integers(0, 3),
    st.booleans(),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(_rows), st.lists(st.tuples(st.lists(_rows, max_size=70), st.sets(st.integers(0, 60), max_size=9))))
def test_what_is_unread_is_known_after_any_change(
    qapp: QApplication, first: list[Conversation], batches: list[tuple[list[Conversation], set[int]]]
) -> None:
    model = ConversationListModel()
    model.show(ConversationList.of({row.id: row for row in first}.values()))
    assert model.unread == unread_total(model.items)
    for changed, removed in batches:
        model.apply_changes(Changes(conversations=tuple(changed), removed=tuple(_group(str(n)).id for n in removed)))
        assert model.unread == unread_total(model.items)
        assert all(model.conversation(row.id) == row for row in model.items)
