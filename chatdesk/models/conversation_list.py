"""The rows of the conversation list and what each says.

Runs on the main thread. Owns the ordered list of conversations, fed with whole conversations from `Changes`; it never
asks the store or the network. `update_started` and `update_finished` frame every change, so that a view can tell a
selection the user made from one that Qt moved because a row left and came back.
"""

from collections.abc import Iterable
from enum import Enum, IntEnum
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal

from chatdesk.domain.changes import Changes, Reset
from chatdesk.domain.conversation_list import ConversationList, is_listed, unread_total
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.domain.messages import Message, MessageState
from chatdesk.models.conversation_order import list_diffs, merged, place_of
from chatdesk.models.diff_adapter import AnyIndex, DiffListModel
from chatdesk.models.preview import kind_word, preview_of, sign_of
from chatdesk.models.when import short_when, until_when

_USER_ROLE = int(Qt.ItemDataRole.UserRole)
_MANY = 50
"""From here on one reset is cheaper than single steps, of which each lays the list out anew."""


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


class RowWords(Struct, frozen=True, gc=False):
    """All that a row shows besides the conversation itself."""

    preview: str
    """One line: draft, invitation or last message with its sender."""
    sign: str
    """The kind of the file the preview is about, empty for none."""
    when: str
    mark: Mark
    has_draft: bool


class ConversationListModel(DiffListModel[Conversation]):
    CONVERSATION = _USER_ROLE + 1

    update_started = Signal()
    differed = Signal(object, object)
    """Within an update: the conversations that are new or differ, and the ids of those that left."""
    replaced = Signal()
    """Within an update: every row may be another one."""
    update_finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: dict[object, ConversationId] = {}
        self._known: dict[ConversationId, Conversation] = {}
        self._unread = 0

    # -- changes -----------------------------------------------------------------------------------------------------

    def show(self, conversations: ConversationList) -> None:
        """Exactly these. What is given belongs to this model from now on."""
        self.update_started.emit()
        self._known = conversations.by_id
        self._unread = conversations.unread
        self._replace(conversations.rows)

    def apply_changes(self, changes: Changes) -> None:
        """Take over what one commit changed."""
        changed, removed = changes.conversations, changes.removed
        if not changed and not removed:
            return
        self.update_started.emit()
        if len(changed) + len(removed) > _MANY:
            rows = merged(self._items, self._known, changed, removed)
            self._learn(changed, removed)
            self._replace(tuple(rows))
        else:
            diffs = list_diffs(self._items, self._known, changed, removed)
            self._learn(changed, removed)
            self.apply_all(diffs)
            self.differed.emit(changed, removed)
            self.update_finished.emit()

    def _replace(self, rows: tuple[Conversation, ...]) -> None:
        self.apply(Reset(rows))
        self.replaced.emit()
        self.update_finished.emit()

    def _learn(self, changed: Iterable[Conversation], removed: Iterable[ConversationId]) -> None:
        """What is known of single conversations, and with it how much is unread."""
        latest: dict[ConversationId, Conversation | None] = dict.fromkeys(removed)
        latest |= {row.id: row if is_listed(row) else None for row in changed}
        before = [self._known.pop(identifier) for identifier in latest if identifier in self._known]
        now = {identifier: row for identifier, row in latest.items() if row is not None}
        self._known |= now
        self._unread += unread_total(now.values()) - unread_total(before)

    def set_open(self, identifier: ConversationId | None, where: object = None) -> None:
        """An open conversation shows its last message, never its draft: the draft is in the composer. `where`: which of
        several places that show one."""
        before = self._open.pop(where, None)
        if identifier is not None:
            self._open[where] = identifier
        touched = [self._known[one] for one in {before, identifier} if one is not None and one in self._known]
        for conversation in touched:
            row = place_of(self._items, conversation)
            self.tell_changed(row, row)
        if touched:
            self.differed.emit(touched, ())

    def is_open(self, identifier: ConversationId) -> bool:
        return identifier in self._open.values()

    # -- rows --------------------------------------------------------------------------------------------------------

    @property
    def unread(self) -> int:
        """What the window's title and the tray say. Known at any time: a long list is not counted with each change."""
        return self._unread

    def conversation(self, identifier: ConversationId) -> Conversation | None:
        return self._known.get(identifier)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        return self.describe(self._items[index.row()], role)

    def describe(self, conversation: Conversation, role: int) -> Any:
        """What the row of a conversation says."""
        if role == self.CONVERSATION:
            return conversation
        if role == Qt.ItemDataRole.DisplayRole:
            return conversation.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (conversation.name, self.muted_text(conversation)) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(conversation)
        return None

    # -- words -------------------------------------------------------------------------------------------------------

    def words(self, conversation: Conversation) -> RowWords:
        message = self._previewed(conversation)
        return RowWords(
            self._preview(conversation),
            "" if message is None else sign_of(message),
            short_when(conversation.sort_time_ms),
            _mark(conversation),
            self._has_draft(conversation),
        )

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
        if message.revoked_by not in ("", message.sender):
            return self.tr("A message was removed")
        if message.is_self:
            return self.tr("You recalled a message")
        return self.tr("{0} recalled a message").format(message.sender_name)

    def _spoken(self, conversation: Conversation) -> str:
        """What a screen reader says for the row: everything the eye can see, in that order."""
        parts = [conversation.name, self._preview(conversation), short_when(conversation.sort_time_ms)]
        signs = (
            (conversation.is_pinned, self.tr("pinned")),
            (conversation.is_muted, self.muted_text(conversation)),
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

    def muted_text(self, conversation: Conversation) -> str:
        """Empty when it is not."""
        if not conversation.muted_until_ms:
            return self.tr("muted") if conversation.is_muted else ""
        return self.tr("muted until {0}").format(until_when(conversation.muted_until_ms))

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
