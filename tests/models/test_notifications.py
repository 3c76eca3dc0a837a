"""Which messages are told, what a notification says, and when it goes away."""

from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from chatdesk.domain.changes import Changes
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.elements import Text, Tip, TipKind
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import ECHO_BASE, Message, MessageState
from chatdesk.models.notifications import Decision, Notifications
from chatdesk.models.settings import Preferences

LUNCH = ConversationId(ConversationType.GROUP, "!lunch")
BEN = ConversationId(ConversationType.C2C, "@ben:example.org")


class World:
    """What the models know, and the rules under test."""

    def __init__(self) -> None:
        self.rules = Notifications()
        self.conversations: dict[ConversationId, Conversation] = {}
        self.preferences = Preferences()
        self.is_online = True
        self.seen: ConversationId | None = None
        self._position = 0

    def message(self, text: str = "hi", where: ConversationId = LUNCH, **more: Any) -> Message:
        self._position += 1
        values: dict[str, Any] = {
            "key": self._position,
            "conversation": where,
            "position": self._position,
            "sender": "@ben:example.org",
            "sender_name": "Ben",
            "is_self": False,
            "time_ms": 1,
            "state": MessageState.SYNCED,
            "elements": (Text(text),),
        }
        return Message(**(values | more))

    def come(self, *messages: Message, unread: int = 1, **facts: Any) -> Decision:
        rows = []
        for where in {message.conversation for message in messages}:
            last = [message for message in messages if message.conversation == where][-1]
            name = "Lunch" if where == LUNCH else "Ben"
            values: dict[str, Any] = {"unread": unread, "last_message": last, "membership": Membership.JOINED}
            rows.append(Conversation(where, name, **(values | facts)))
        return self.apply(Changes(tuple(rows), messages=messages))

    def apply(self, changes: Changes) -> Decision:
        for row in changes.conversations:
            self.conversations[row.id] = row
        for identifier in changes.removed:
            self.conversations.pop(identifier, None)
        return self.rules.decide(
            changes,
            self.preferences,
            self.conversations.get,
            lambda identifier: identifier == self.seen,
            self.is_online,
        )


@pytest.fixture
def world(qapp: QApplication) -> World:
    return World()


def _said(decision: Decision) -> list[tuple[str, str]]:
    return [(notification.title, notification.body) for notification in decision.shown]


def test_a_group_says_who_wrote_a_person_only_what(world: World) -> None:
    assert _said(world.come(world.message("one"))) == [("Lunch", "Ben: one")]
    assert _said(world.come(world.message("two", BEN))) == [("Ben", "two")]


def test_a_conversation_has_one_notification_with_the_newest_lines(world: World) -> None:
    world.come(world.message("one"))
    assert _said(world.come(world.message("two"), world.message("three"))) == [
        ("Lunch", "Ben: one\nBen: two\nBen: three")
    ]
    assert _said(world.come(world.message("four"))) == [
        ("Lunch", "4 new messages\nBen: two\nBen: three\nBen: four"),
    ]


def test_without_the_text_nothing_is_told_but_that_there_is_something(world: World) -> None:
    world.preferences = Preferences(notify_text=False)
    assert _said(world.come(world.message("secret"))) == [("chatdesk", "New message")]
    assert _said(world.come(world.message("secret"))) == [("chatdesk", "2 new messages")]


@pytest.mark.parametrize("preferences", [Preferences(notify=False), Preferences(do_not_disturb=True)])
def test_quiet(world: World, preferences: Preferences) -> None:
    world.preferences = preferences
    assert world.come(world.message()) == Decision()
    world.preferences = Preferences()
    assert _said(world.come(world.message("later"))) == [("Lunch", "Ben: later")]  # what came before stays untold


def test_own_messages_tips_echoes_and_muted_ones_are_not_told(world: World) -> None:
    assert not world.come(world.message(is_self=True)).shown
    assert not world.come(world.message(elements=(Tip(TipKind.JOINED, ("@ben:example.org",)),))).shown
    assert not world.come(world.message(position=ECHO_BASE + 1, is_self=True)).shown
    assert not world.come(world.message(), unread=0).shown  # the server counts nothing: read elsewhere
    assert not world.come(world.message(), is_muted=True, mentions=1).shown


def test_muting_takes_away_what_is_on_the_screen(world: World) -> None:
    assert world.come(world.message()).shown
    muted = msgspec.structs.replace(world.conversations[LUNCH], is_muted=True)
    assert world.apply(Changes((muted,))).withdrawn == (LUNCH,)


def test_catching_up_is_no_flood(world: World) -> None:
    world.is_online = False
    assert not world.come(*(world.message(str(number)) for number in range(500)), unread=500).shown
    world.is_online = True
    assert _said(world.come(world.message("now"), unread=501)) == [("Lunch", "Ben: now")]


def test_history_and_changed_messages_are_no_news(world: World) -> None:
    old, new = world.message("old"), world.message("new")
    world.rules.start([Conversation(LUNCH, "Lunch", Membership.JOINED, unread=1, last_message=new)])
    assert not world.come(old).shown
    assert not world.come(msgspec.structs.replace(new, elements=(Text("new, edited"),))).shown


def test_what_the_user_looks_at_is_not_told(world: World) -> None:
    world.seen = LUNCH
    assert not world.come(world.message()).shown
    assert _said(world.come(world.message("psst", BEN))) == [("Ben", "psst")]


def test_it_goes_when_read_here_or_elsewhere_or_left(world: World) -> None:
    world.come(world.message())
    assert world.rules.seen(LUNCH).withdrawn == (LUNCH,)
    assert world.rules.seen(LUNCH) == Decision()
    world.come(world.message())
    read = Conversation(LUNCH, "Lunch", Membership.JOINED, unread=0)
    assert world.apply(Changes((read,))).withdrawn == (LUNCH,)
    world.come(world.message())
    assert world.apply(Changes(removed=(LUNCH,))).withdrawn == (LUNCH,)
    assert _said(world.come(world.message("again"))) == [("Lunch", "Ben: again")]


def test_what_is_recalled_leaves_the_screen(world: World) -> None:
    one, two = world.message("one"), world.message("oops")
    world.come(one, two)
    gone = msgspec.structs.replace(two, state=MessageState.REVOKED, elements=())
    assert _said(world.come(gone)) == [("Lunch", "Ben: one")]
    gone = msgspec.structs.replace(one, state=MessageState.REVOKED, elements=())
    assert world.apply(Changes(messages=(gone,))) == Decision(withdrawn=(LUNCH,))


def test_an_invitation_is_told_once(world: World) -> None:
    invitation = Conversation(LUNCH, "Lunch", Membership.INVITED, inviter="@ben:example.org", inviter_name="Ben")
    assert _said(world.apply(Changes((invitation,)))) == [("Lunch", "Ben invites you")]
    assert world.apply(Changes((invitation,))) == Decision()
    joined = Conversation(LUNCH, "Lunch", Membership.JOINED)
    assert world.apply(Changes((joined,))).withdrawn == (LUNCH,)


def test_everything_can_be_taken_away(world: World) -> None:
    world.come(world.message())
    world.come(world.message(where=BEN))
    assert set(world.rules.clear().withdrawn) == {LUNCH, BEN}
    assert world.rules.clear() == Decision()


def test_a_long_message_is_cut(world: World) -> None:
    (_, body), *_rest = _said(world.come(world.message("x" * 5000)))
    assert len(body) < 250
    assert body.endswith("…")
