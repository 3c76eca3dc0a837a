"""The rows of the conversation list and what each says.

Runs on the main thread. Owns the ordered list of conversations, fed with whole conversations from `Changes`; it never
asks the store or the network. `update_started` and `update_finished` frame every change, so that a view can tell a
selection the user made from one that Qt moved because a row left and came back.
"""

from collections.abc import Iterable
from enum import Enum, IntEnum
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QSortFilterProxyModel, Qt, Signal

from chatdesk.domain.changes import Changes, Insert, ListDiff, Remove, Reset
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message, MessageState
from chatdesk.models.conversation_order import is_listed, list_diffs, order_key
from chatdesk.models.diff_adapter import AnyIndex, DiffListModel
from chatdesk.models.preview import kind_word, preview_of, sign_of
from chatdesk.models.when import short_when

_USER_ROLE = int(Qt.ItemDataRole.UserRole)
_MANY = 50
"""From here on one reset is cheaper than single steps through the proxy."""


class Mark(IntEnum):
    """The state of an own last message, as the sign in the list."""

    NONE = 0
    WAITING = 1
    FAILED = 2
    SENT = 3
    READ = 4
    """By somebody else."""


class ListFilter(Enum):
    """Which conversations the list shows."""

    ALL = "all"
    UNREAD = "unread"
    MENTIONS = "mentions"
    PEOPLE = "people"
    GROUPS = "groups"


class ConversationListModel(DiffListModel[Conversation]):
    CONVERSATION = _USER_ROLE + 1
    PREVIEW = _USER_ROLE + 2
    """One line: draft, invitation or last message with its sender."""
    WHEN = _USER_ROLE + 3
    MARK = _USER_ROLE + 4
    HAS_DRAFT = _USER_ROLE + 5
    SIGN = _USER_ROLE + 6
    """The kind of the file the preview is about, empty for none."""

    update_started = Signal()
    update_finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: dict[object, ConversationId] = {}
        self._rows: dict[ConversationId, int] | None = None

    # -- changes -----------------------------------------------------------------------------------------------------

    def set_conversations(self, conversations: Iterable[Conversation]) -> None:
        """Show exactly these."""
        self._apply([Reset(tuple(sorted(filter(is_listed, conversations), key=order_key)))])

    def apply_changes(self, changes: Changes) -> None:
        """Take over what one commit changed."""
        if len(changes.conversations) + len(changes.removed) > _MANY:
            rows = {row.id: row for row in self._items}
            rows.update((row.id, row) for row in changes.conversations)
            for identifier in changes.removed:
                rows.pop(identifier, None)
            self.set_conversations(rows.values())
        elif changes.conversations or changes.removed:
            self._apply(list_diffs(self._items, changes.conversations, changes.removed))

    def set_open(self, identifier: ConversationId | None, where: object = None) -> None:
        """An open conversation shows its last message, never its draft: the draft is in the composer. `where`: which of
        several places that show one."""
        before = self._open.pop(where, None)
        if identifier is not None:
            self._open[where] = identifier
        for changed in {before, identifier}:
            row = -1 if changed is None else self.row_of(changed)
            if row >= 0:
                self.tell_changed(row, row)

    def is_open(self, identifier: ConversationId) -> bool:
        return identifier in self._open.values()

    def _apply(self, diffs: list[ListDiff[Conversation]]) -> None:
        self.update_started.emit()
        self.apply_all(diffs)
        self.update_finished.emit()

    def items_changed(self, diff: ListDiff[Conversation]) -> None:
        if isinstance(diff, Insert | Remove | Reset):
            self._rows = None

    # -- rows --------------------------------------------------------------------------------------------------------

    def row_of(self, identifier: ConversationId) -> int:
        """The row of a conversation, -1 when it has none."""
        if self._rows is None:
            self._rows = {conversation.id: row for row, conversation in enumerate(self._items)}
        return self._rows.get(identifier, -1)

    def conversation(self, identifier: ConversationId) -> Conversation | None:
        row = self.row_of(identifier)
        return self._items[row] if row >= 0 else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        conversation = self._items[index.row()]
        if role == self.CONVERSATION:
            return conversation
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return conversation.name
        if role == self.PREVIEW:
            return self._preview(conversation)
        if role == self.WHEN:
            return short_when(conversation.sort_time_ms)
        if role == self.MARK:
            return _mark(conversation)
        if role == self.HAS_DRAFT:
            return self._has_draft(conversation)
        if role == self.SIGN:
            message = self._previewed(conversation)
            return "" if message is None else sign_of(message)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(conversation)
        return None

    # -- words -------------------------------------------------------------------------------------------------------

    def _has_draft(self, conversation: Conversation) -> bool:
        return bool(conversation.draft.strip()) and not self.is_open(conversation.id)

    def _preview(self, conversation: Conversation) -> str:
        if conversation.membership is Membership.INVITED:
            if conversation.inviter_name or conversation.inviter:
                return self.tr("Invited by {0}").format(conversation.inviter_name or conversation.inviter)
            return self.tr("You are invited")
        if conversation.is_blocked:
            return self.tr("You have blocked this person")
        if self._has_draft(conversation):
            return self.tr("Draft: {0}").format(" ".join(conversation.draft.split()))
        if conversation.membership in (Membership.LEFT, Membership.BANNED):
            return self.tr("You are no longer in this conversation")
        message = conversation.last_message
        if message is None:
            return self.tr("No messages yet")
        if message.state is MessageState.REVOKED:
            return self._recalled(message)
        text = preview_of(message)
        if message.is_self:
            return self.tr("You: {0}").format(_isolated(text))
        if conversation.id.type is ConversationType.GROUP:
            return self.tr("{0}: {1}").format(_isolated(message.sender_name), _isolated(text))
        return text

    def _previewed(self, conversation: Conversation) -> Message | None:
        """The message that the preview shows, when it shows one."""
        is_in = conversation.membership in (Membership.JOINED, Membership.NONE) and not conversation.is_blocked
        return conversation.last_message if is_in and not self._has_draft(conversation) else None

    def _recalled(self, message: Message) -> str:
        if message.is_self:
            return self.tr("You recalled a message")
        return self.tr("{0} recalled a message").format(message.sender_name)

    def _spoken(self, conversation: Conversation) -> str:
        """What a screen reader says for the row: everything the eye can see, in that order."""
        parts = [conversation.name, self._preview(conversation), short_when(conversation.sort_time_ms)]
        signs = (
            (conversation.is_pinned, self.tr("pinned")),
            (conversation.is_muted, self.tr("muted")),
            (conversation.is_encrypted, self.tr("encrypted")),
        )
        message = self._previewed(conversation)
        parts[1:1] = [word for is_set, word in signs if is_set]
        if message is not None and (kind := kind_word(message)) and kind != preview_of(message):
            parts.insert(-2, kind)
        if conversation.mentions:
            parts.append(self.tr("%n for you", "", conversation.mentions))
        if conversation.unread:
            parts.append(self.tr("%n unread", "", conversation.unread))
        elif conversation.is_marked_unread:
            parts.append(self.tr("marked as unread"))
        parts.append(self._state(_mark(conversation)))
        return ", ".join(part for part in parts if part).translate(_WITHOUT_ISOLATES)

    def _state(self, mark: Mark) -> str:
        match mark:
            case Mark.FAILED:
                return self.tr("not sent")
            case Mark.WAITING:
                return self.tr("waiting to be sent")
            case Mark.SENT:
                return self.tr("sent")
            case Mark.READ:
                return self.tr("read")
            case Mark.NONE:
                return ""


class ConversationFilter(QSortFilterProxyModel):
    """The rows whose name or peer holds the text of the filter field, and which are of the chosen kind; keeps the
    source's order. Invitations are a list of their own: either only they are in it, or none of them."""

    def __init__(self, source: ConversationListModel, parent: QObject | None = None, invitations: bool = False) -> None:
        super().__init__(parent)
        self._source = source
        self._words: tuple[str, ...] = ()
        self._kind = ListFilter.ALL
        self._is_of_invitations = invitations
        self.setSourceModel(source)

    @property
    def source(self) -> ConversationListModel:
        return self._source

    @property
    def is_filtering(self) -> bool:
        return bool(self._words) or self._kind is not ListFilter.ALL

    @property
    def kind(self) -> ListFilter:
        return self._kind

    def set_kind(self, kind: ListFilter) -> None:
        if kind is not self._kind:
            self._kind = kind
            self._ask_again()

    def set_text(self, text: str) -> None:
        words = tuple(text.casefold().split())
        if words != self._words:
            self._words = words
            self._ask_again()

    def _ask_again(self) -> None:
        self.setFilterFixedString("")  # for its effect: every row is asked

    def filterAcceptsRow(self, source_row: int, source_parent: AnyIndex) -> bool:
        conversation = self._source.items[source_row]
        if (conversation.membership is Membership.INVITED) is not self._is_of_invitations:
            return False
        if self._kind is not ListFilter.ALL and not self._is_of_kind(conversation):
            return False
        if not self._words:
            return True
        hay = _searched(conversation.name, conversation.id.id)
        return all(word in hay for word in self._words)

    def _is_of_kind(self, conversation: Conversation) -> bool:
        match self._kind:
            case ListFilter.PEOPLE:
                return conversation.id.type is ConversationType.C2C
            case ListFilter.GROUPS:
                return conversation.id.type is ConversationType.GROUP
            case ListFilter.UNREAD:  # what is being read stays in view
                return conversation.is_unread or self._source.is_open(conversation.id)
            case ListFilter.MENTIONS:
                return conversation.mentions > 0 or self._source.is_open(conversation.id)
            case ListFilter.ALL:
                return True

    def index_of(self, identifier: ConversationId) -> QModelIndex:
        row = self._source.row_of(identifier)
        return QModelIndex() if row < 0 else self.mapFromSource(self._source.index(row))


@lru_cache(8192)
def _searched(name: str, identifier: str) -> str:
    """What the filter looks through."""
    return f"{name} {identifier}".casefold()


_WITHOUT_ISOLATES = {0x2068: None, 0x2069: None}


def _isolated(text: str) -> str:
    """Keep a text's direction to itself, whatever control characters it holds (Unicode's first strong isolate)."""
    return f"\u2068{text}\u2069"


def _mark(conversation: Conversation) -> Mark:
    message = conversation.last_message
    if message is None or not message.is_self or message.is_local:
        return Mark.NONE
    match message.state:
        case MessageState.FAILED:
            return Mark.FAILED
        case MessageState.QUEUED | MessageState.UPLOADING:
            return Mark.WAITING
        case MessageState.SENT | MessageState.SYNCED:
            return Mark.READ if conversation.is_last_read else Mark.SENT
        case _:
            return Mark.NONE
