"""What Ctrl+K finds: conversations, people, messages, commands, and where links, message ids and dates lead.

Runs on the main thread. Conversations and commands are found while typing; the index and the server are asked when
nothing changed for a moment, and an answer to an older text is dropped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from chatdesk.domain.changes import Reset
from chatdesk.domain.conversations import Conversation, Membership, UserProfile
from chatdesk.domain.errors import ChatdeskError
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.links import LinkKind, parse
from chatdesk.domain.messages import Message
from chatdesk.domain.search import SearchHit, SearchQuery, snippet_of
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.diff_adapter import AnyIndex, DiffListModel
from chatdesk.models.sentences import translated
from chatdesk.models.tasks import Tasks
from chatdesk.models.when import long_when, parse_when, short_when

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.pointers import Pointer
    from chatdesk.core.session import Session

PAUSE_MS = 150
_MOST = {"conversations": 8, "commands": 5, "messages": 6, "people": 5}
MOST_LINKS = 500
_AT_ONCE = 4
"""So many of them are looked for at the same time."""
_SHOW_MS = 100
"""What is found of many is shown together."""
_SHORTEST = 2
"""Letters before the server is asked for people."""


class Kind(IntEnum):
    CONVERSATION = 1
    PERSON = 2
    MESSAGE = 3
    COMMAND = 4
    DATE = 5
    LINK = 6
    NOTHING = 7
    """What was pasted leads nowhere; `detail` says why."""


class Choice(NamedTuple):
    """`identifier` and `key` say where it leads; `address` is a link, a user id or a command's name."""

    kind: Kind
    title: str
    detail: str = ""
    identifier: ConversationId | None = None
    key: int = 0
    address: str = ""
    time_ms: int = 0
    avatar_uri: str = ""


class Command(NamedTuple):
    name: str
    title: str
    keys: str = ""


class SwitcherModel(DiffListModel[Choice]):
    CHOICE = int(Qt.ItemDataRole.UserRole) + 1

    settled = Signal()
    """Everybody who was asked has answered."""

    def __init__(
        self,
        session: Session,
        conversations: ConversationListModel,
        commands: Sequence[Command],
        open_conversation: Callable[[], Conversation | None],
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._conversations = conversations
        self._commands = commands
        self._open_conversation = open_conversation
        self._tasks = tasks
        self._text = ""
        self._number = 0
        self._waiting = 0
        self._messages: list[Choice] = []
        self._people: list[Choice] = []
        self._links: list[Choice] = []
        self._pointers: tuple[Pointer, ...] = ()
        """Locators, where the text consists of them; each has its place among the links."""
        self._showing = QTimer(self)
        self._showing.setSingleShot(True)
        self._showing.setInterval(_SHOW_MS)
        self._showing.timeout.connect(self._show)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._show()

    @property
    def is_settled(self) -> bool:
        return not self._pause.isActive() and not self._waiting

    def set_text(self, text: str) -> None:
        text = text.strip()
        if text == self._text:
            return
        self._text = text
        self._number += 1
        self._waiting = 0
        self._messages, self._people = [], []
        self._pointers = self._locators(text)
        words = () if self._pointers else _links(text)
        count = len(self._pointers or words)
        self._pointers = self._pointers[:MOST_LINKS]
        tokens = [long_when(pointer.locator.second * 1000) for pointer in self._pointers] or words[:MOST_LINKS]
        looking = self.tr("Looking for it…")
        self._links = [Choice(Kind.LINK, token, looking, address=token) for token in tokens]
        if count > MOST_LINKS:
            rest = self.tr("and %n more", "", count - MOST_LINKS)
            why = self.tr("So many cannot be looked for at once. Paste the rest afterwards.")
            self._links.append(Choice(Kind.NOTHING, rest, why))
        self._pause.start()
        self._show()

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        choice = self._items[index.row()]
        if role == self.CHOICE:
            return choice
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (choice.title, choice.detail, self.word(choice)) if part)
        return None

    def word(self, choice: Choice) -> str:
        """What it is, in one word."""
        match choice.kind:
            case Kind.CONVERSATION if choice.identifier is not None:
                is_group = choice.identifier.type is ConversationType.GROUP
                return self.tr("Group") if is_group else self.tr("Person")
            case Kind.PERSON:
                return self.tr("New conversation")
            case Kind.MESSAGE:
                return self.tr("Message")
            case Kind.COMMAND:
                return self.tr("Command")
            case Kind.DATE:
                return self.tr("Date")
            case Kind.LINK:
                return self.tr("Link")
        return ""

    # -- finding -----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        if self._links:
            self.apply(Reset(tuple(self._links)))
            return
        found = [*self._dates(), *self._named(), *self._commands_found(), *self._messages, *self._people]
        if found != list(self._items):
            self.apply(Reset(tuple(found)))

    def _named(self) -> list[Choice]:
        """Conversations whose name or id has all words; those whose name begins so come first."""
        words = _plain(self._text).split()
        current = self._open_conversation()
        found: list[tuple[bool, Choice]] = []
        for conversation in self._conversations.items:
            is_current = current is not None and conversation.id == current.id
            name = _plain(conversation.name)
            if (not words and is_current) or not all(word in name or word in conversation.id.id for word in words):
                continue
            is_invitation = conversation.membership is Membership.INVITED
            detail = self.tr("Invitation") if is_invitation else self._preview(conversation)
            choice = Choice(
                Kind.CONVERSATION, conversation.name, detail, conversation.id, avatar_uri=conversation.avatar_uri
            )
            found.append((not name.startswith(tuple(words[:1])), choice))
            if len(found) > 200:
                break
        found.sort(key=lambda pair: pair[0])
        return [choice for _, choice in found[: _MOST["conversations"]]]

    def _preview(self, conversation: Conversation) -> str:
        if conversation.id.type is ConversationType.C2C:
            return conversation.id.id
        return (
            self.tr("1 unread")
            if conversation.unread == 1
            else (self.tr("%n unread", "", conversation.unread) if conversation.unread else conversation.topic)
        )

    def _commands_found(self) -> list[Choice]:
        words = _plain(self._text).split()
        if not words:
            return []
        fitting = [c for c in self._commands if all(word in _plain(c.title) for word in words)]
        return [Choice(Kind.COMMAND, c.title, c.keys, address=c.name) for c in fitting[: _MOST["commands"]]]

    def _dates(self) -> list[Choice]:
        conversation = self._open_conversation()
        time_ms = parse_when(self._text)
        if time_ms is None or conversation is None or conversation.membership is Membership.INVITED:
            return []
        title = self.tr("Go to {0}").format(long_when(time_ms))
        return [Choice(Kind.DATE, title, self.tr("in {0}").format(conversation.name), conversation.id, time_ms=time_ms)]

    def _ask(self) -> None:
        text, number = self._text, self._number
        if self._links:
            places = iter(range(len(self._links)))
            for _ in range(min(_AT_ONCE, len(self._links))):
                self._waiting += 1
                search = self._look_in_turn(number, places)
                self._tasks.run(search, self._taker(number, lambda _: None), self._failer(number))
        elif text:
            self._waiting += 1
            query = SearchQuery(text)
            self._tasks.run(
                self._session.search.find(query, _MOST["messages"]),
                self._taker(number, self._take_hits),
                self._failer(number),
            )
            if len(text) >= _SHORTEST:
                self._waiting += 1
                self._tasks.run(
                    self._session.conversations.search_users(text),
                    self._taker(number, self._take_people),
                    self._failer(number),
                )
        self._tell_settled()

    def _taker(self, number: int, take: Callable[[Any], None]) -> Callable[[Any], None]:
        def taken(found: Any) -> None:
            if number == self._number:
                self._waiting -= 1
                take(found)
                self._show()
                self._tell_settled()

        return taken

    def _failer(self, number: int) -> Callable[[str], None]:
        """No line, no people: what is here is shown without a word, and the status line tells of the rest."""
        return self._taker(number, lambda _: None)

    def _tell_settled(self) -> None:
        if self.is_settled:
            self.settled.emit()

    def _take_hits(self, hits: Sequence[SearchHit]) -> None:
        self._messages = [
            Choice(
                Kind.MESSAGE,
                hit.snippet,
                self._origin(hit),
                hit.message.conversation,
                hit.message.key,
            )
            for hit in hits
        ]

    def _origin(self, hit: SearchHit) -> str:
        conversation = self._conversations.conversation(hit.message.conversation)
        where = conversation.name if conversation is not None else ""
        sender = self.tr("You") if hit.message.is_self else hit.message.sender_name
        return " · ".join(part for part in (sender, where, short_when(hit.message.time_ms)) if part)

    def _take_people(self, found: Sequence[UserProfile]) -> None:
        known = {c.id.id for c in self._conversations.items if c.id.type is ConversationType.C2C}
        new = [profile for profile in found if profile.user_id not in known]
        self._people = [
            Choice(
                Kind.PERSON,
                profile.name or profile.user_id,
                profile.user_id,
                address=profile.user_id,
                avatar_uri=profile.avatar_uri,
            )
            for profile in new[: _MOST["people"]]
        ]

    # -- links -------------------------------------------------------------------------------------------------------

    async def _look_in_turn(self, number: int, places: Iterator[int]) -> None:
        """Take one after the other off the list until another text is typed."""
        for place in places:
            wanted = self._links[place]
            if wanted.kind is not Kind.LINK:
                continue
            try:
                if place < len(self._pointers):
                    found = await self._find(self._pointers[place], wanted.title)
                else:
                    found = await self._look_up(wanted.address)
            except ChatdeskError as error:
                found = Choice(Kind.NOTHING, wanted.title, translated(str(error)), address=wanted.title)
            if number != self._number:
                return
            self._links[place] = found
            if not self._showing.isActive():
                self._showing.start()

    async def _look_up(self, address: str) -> Choice:
        link = parse(address)
        if link is None:
            return Choice(Kind.NOTHING, address)
        channel = None if not link.target else await self._session.conversations.known(link.target)
        if link.kind is not LinkKind.MESSAGE:
            detail = self.tr("Open this conversation") if channel else self.tr("Not in your conversations yet")
            return Choice(Kind.LINK, address, detail, channel, address=address)
        where = "" if channel is None else (link.target if link.target.startswith("!") else channel.id)
        message = await self._session.locate.by_address(where, link.message_id)
        if message is None or message.is_deleted:
            return Choice(Kind.NOTHING, address, self.tr("There is no such message, or you may not see it."))
        return self._found(message, address)

    def _found(self, message: Message, title: str) -> Choice:
        snippet, marks = snippet_of(message, "")
        hit = SearchHit(message, snippet, marks)
        return Choice(Kind.MESSAGE, snippet or title, self._origin(hit), message.conversation, message.key)

    # -- locators ----------------------------------------------------------------------------------------------------

    def _locators(self, text: str) -> tuple[Pointer, ...]:
        if not text.startswith(("{", "[")):
            return ()
        from chatdesk.core.pointers import read_pointers  # hardly ever needed

        return read_pointers(text, self._session.own_user_id)

    async def _find(self, pointer: Pointer, title: str) -> Choice:
        current = self._open_conversation()
        identifier = pointer.conversation or (None if current is None else current.id)
        if identifier is None:
            why = self.tr("It does not say in which conversation. Open the conversation first.")
            return Choice(Kind.NOTHING, title, why)
        if self._conversations.conversation(identifier) is None:
            return Choice(Kind.NOTHING, title, self.tr("You are not in this conversation: {0}").format(identifier.id))
        found = await self._session.locate.find(identifier, [pointer.locator])
        if not found:
            return Choice(Kind.NOTHING, title, self.tr("No message of that second has this number."))
        if found[0].is_deleted:
            return Choice(Kind.NOTHING, title, self.tr("This message was deleted on this computer."))
        if not found[0].key:
            return Choice(Kind.NOTHING, title, self.tr("It is too far back to be loaded. Fetch the whole past first."))
        return self._found(found[0], title)


def _links(text: str) -> list[str]:
    """All words, when each of them is a link or an id of its own."""
    words = text.split()
    return words if all(len(word) > 3 and parse(word) for word in words) else []


def _plain(text: str) -> str:
    """Without case and accents."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in folded if not unicodedata.combining(sign))
