"""Which messages deserve a notification, and what it says. A pure decision plus the memory of what is on the screen.

Main thread only (for the translations). Owns which messages were there before and which notifications are out; showing
them and taking them away is the view's. It must not touch the desktop, the store or the network.
"""

from collections.abc import Callable, Iterable

import msgspec
from PySide6.QtCore import QObject

from chatdesk.domain.changes import Changes
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message, MessageState
from chatdesk.models.preview import preview_of
from chatdesk.models.settings import Preferences

_LINES = 3
"""Of the newest messages; more would be cut by the desktop anyway."""
_LINE_LENGTH = 200


class Notification(msgspec.Struct, frozen=True):
    """One for each conversation: a later one takes the place of the earlier."""

    conversation: ConversationId
    title: str
    body: str


class Decision(msgspec.Struct, frozen=True):
    shown: tuple[Notification, ...] = ()
    withdrawn: tuple[ConversationId, ...] = ()


class Notifications(QObject):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._newest: dict[ConversationId, int] = {}
        self._waiting: dict[ConversationId, dict[int, Message]] = {}
        self._invitations: set[ConversationId] = set()
        self._invited: set[ConversationId] = set()

    def start(self, conversations: Iterable[Conversation]) -> None:
        """What is there already is not news."""
        for conversation in conversations:
            self._learn(conversation)

    def decide(
        self,
        changes: Changes,
        preferences: Preferences,
        find: Callable[[ConversationId], Conversation | None],
        is_seen: Callable[[ConversationId], bool],
        is_online: bool,
    ) -> Decision:
        """After a commit. `find` knows the conversations as they are now; `is_seen` the one under the user's eyes.

        What arrives while catching up is told by the numbers in the list, not by a flood of notifications.
        """
        touched: set[ConversationId] = set()
        may_show = is_online and preferences.notify and not preferences.do_not_disturb
        for message in changes.messages:
            if self._take(message, find(message.conversation), may_show and not is_seen(message.conversation)):
                touched.add(message.conversation)
        for conversation in changes.conversations:
            if conversation.membership is Membership.INVITED and conversation.id not in self._invited:
                self._invited.add(conversation.id)
                if may_show:
                    self._invitations.add(conversation.id)
                    touched.add(conversation.id)
            self._learn(conversation)
        gone = [identifier for identifier in self._out() if not _wants(find(identifier))]
        withdrawn = [*gone, *(identifier for identifier in touched if identifier not in self._out())]
        for identifier in gone:
            self._forget(identifier)
        shown = []
        for identifier in touched - set(withdrawn):
            found = find(identifier)
            if found is not None:
                shown.append(self._worded(found, preferences))
        return Decision(tuple(shown), tuple(withdrawn))

    def seen(self, identifier: ConversationId) -> Decision:
        """The user looks at this conversation."""
        if identifier not in self._out():
            return Decision()
        self._forget(identifier)
        return Decision(withdrawn=(identifier,))

    def clear(self) -> Decision:
        """Take everything away, for example for do not disturb or after logging out."""
        withdrawn = tuple(self._out())
        for identifier in withdrawn:
            self._forget(identifier)
        return Decision(withdrawn=withdrawn)

    # -- memory ------------------------------------------------------------------------------------------------------

    def _take(self, message: Message, conversation: Conversation | None, may_show: bool) -> bool:
        """Take a new or changed message over; whether the conversation's notification changes with it."""
        waiting = self._waiting.get(message.conversation, {})
        if message.key in waiting:
            if message.state is MessageState.REVOKED:
                del waiting[message.key]  # what was recalled must not stand on the screen
                if not waiting:
                    self._forget(message.conversation)
            elif waiting[message.key].text != message.text:
                waiting[message.key] = message
            else:
                return False
            return True
        if message.is_echo or message.position <= self._newest.get(message.conversation, -1):
            return False
        self._newest[message.conversation] = message.position
        is_news = not (message.is_self or message.is_tip or message.state is MessageState.REVOKED)
        if not (is_news and may_show and conversation is not None and conversation.unread):
            return False
        if conversation.is_muted:
            return False
        self._waiting.setdefault(message.conversation, {})[message.key] = message
        return True

    def _learn(self, conversation: Conversation) -> None:
        last = conversation.last_message
        if last is not None and not last.is_echo:
            self._newest[conversation.id] = max(last.position, self._newest.get(conversation.id, -1))
        if conversation.membership is Membership.INVITED:
            self._invited.add(conversation.id)
        else:
            self._invited.discard(conversation.id)

    def _out(self) -> set[ConversationId]:
        return self._waiting.keys() | self._invitations

    def _forget(self, identifier: ConversationId) -> None:
        self._waiting.pop(identifier, None)
        self._invitations.discard(identifier)

    # -- words -------------------------------------------------------------------------------------------------------

    def _worded(self, conversation: Conversation, preferences: Preferences) -> Notification:
        identifier = conversation.id
        messages = sorted(self._waiting.get(identifier, {}).values(), key=lambda message: message.position)
        if not messages:
            title = conversation.name if preferences.notify_text else "chatdesk"
            who = conversation.inviter_name or conversation.inviter
            is_named = bool(who) and preferences.notify_text
            body = self.tr("{0} invites you").format(who) if is_named else self.tr("New invitation")
            return Notification(identifier, title, body)
        count = len(messages)
        several = self.tr("%n new messages", "", count)
        if not preferences.notify_text:
            return Notification(identifier, "chatdesk", self.tr("New message") if count == 1 else several)
        is_group = identifier.type is ConversationType.GROUP
        lines = [self._line(message, is_group) for message in messages[-_LINES:]]
        if count > _LINES:
            lines.insert(0, several)
        return Notification(identifier, conversation.name, "\n".join(lines))

    def _line(self, message: Message, is_group: bool) -> str:
        text = preview_of(message)
        text = text if len(text) <= _LINE_LENGTH else text[: _LINE_LENGTH - 1] + "…"
        return self.tr("{0}: {1}").format(message.sender_name, text) if is_group else text


def _wants(conversation: Conversation | None) -> bool:
    """Whether there still is something to tell: not read here or elsewhere, not left, not answered."""
    if conversation is None:
        return False
    if conversation.membership is Membership.INVITED:
        return True
    return conversation.membership is Membership.JOINED and conversation.unread > 0 and not conversation.is_muted
