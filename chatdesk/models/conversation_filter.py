"""Which rows of the conversation list are shown: by the text of the filter field, by kind, invitations apart.

Main thread. Owns the shown conversations, in the list's own order; what they say is the ConversationListModel's. Every
question is put to all conversations in one loop here: Qt asking row by row costs several times as much.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import is_not
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QSortFilterProxyModel, Qt

from chatdesk.domain.changes import Reset
from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationId, ConversationType
from chatdesk.models.conversation_list import ConversationListModel, ListFilter
from chatdesk.models.conversation_order import list_diffs, place_of
from chatdesk.models.diff_adapter import AnyIndex, DiffListModel


class _Shown(DiffListModel[Conversation]):
    def __init__(self, source: ConversationListModel, parent: QObject) -> None:
        super().__init__(parent)
        self._source = source

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        return self._source.describe(self._items[index.row()], role)


class ConversationFilter(QSortFilterProxyModel):
    """The rows whose name or peer holds the text of the filter field, and which are of the chosen kind; keeps the
    source's order. Invitations are a list of their own: either only they are in it, or none of them.

    As Qt's class it filters nothing: it answers from C++ how many rows there are, which a view asks for every row.
    """

    def __init__(self, source: ConversationListModel, parent: QObject | None = None, invitations: bool = False) -> None:
        super().__init__(parent)
        self._source = source
        self._shown = _Shown(source, self)
        self._words: tuple[str, ...] = ()
        self._kind = ListFilter.ALL
        self._is_of_invitations = invitations
        self._known: dict[ConversationId, Conversation] | None = None
        """The shown ones by their ids, as long as they change one by one."""
        self._show(source.items)
        self.setSourceModel(self._shown)
        source.differed.connect(self._follow)
        source.replaced.connect(self._ask_all)

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
            self._ask_all()

    def set_text(self, text: str) -> None:
        words = tuple(text.casefold().split())
        if words != self._words:
            is_narrower = all(any(old in word for word in words) for old in self._words)
            self._words = words
            self._show(self._shown.items if is_narrower else self._source.items)

    def conversation_at(self, row: int) -> Conversation:
        """A tenth of what the same costs by a role."""
        return self._shown.items[row]

    def index_of(self, identifier: ConversationId) -> QModelIndex:
        conversation = self._source.conversation(identifier)
        row = -1 if conversation is None else place_of(self._shown.items, conversation)
        is_shown = 0 <= row < len(self._shown.items) and self._shown.items[row].id == identifier
        return self.index(row, 0) if is_shown else QModelIndex()

    def _ask_all(self) -> None:
        self._show(self._source.items)

    def _show(self, asked: Sequence[Conversation]) -> None:
        # The order has invitations first: no need to look at all.
        first = bisect_left(asked, True, key=lambda one: one.membership is not Membership.INVITED)
        shown = self._accepted(asked[:first] if self._is_of_invitations else asked[first:])
        before = self._shown.items
        # By identity: 3,000 conversations that were read again, compared field by field, take as long as all the rest.
        if len(shown) != len(before) or any(map(is_not, shown, before)):
            self._known = None
            self._shown.apply(Reset(tuple(shown)))

    def _follow(self, changed: Iterable[Conversation], removed: Iterable[ConversationId]) -> None:
        """The source tells of these. What they say may differ though they are the same."""
        latest = {conversation.id: conversation for conversation in changed}
        asked = [one for one in latest.values() if (one.membership is Membership.INVITED) is self._is_of_invitations]
        wanted = {conversation.id: conversation for conversation in self._accepted(asked)}
        gone = [*removed, *(latest.keys() - wanted.keys())]
        if self._known is None:
            self._known = {conversation.id: conversation for conversation in self._shown.items}
        diffs = list_diffs(self._shown.items, self._known, wanted.values(), gone)
        same = [
            conversation for identifier, conversation in wanted.items() if self._known.get(identifier) == conversation
        ]
        for identifier in gone:
            self._known.pop(identifier, None)
        self._known.update(wanted)
        self._shown.apply_all(diffs)
        for conversation in same:
            row = place_of(self._shown.items, conversation)
            self._shown.tell_changed(row, row)

    def _accepted(self, asked: Sequence[Conversation]) -> Sequence[Conversation]:
        if self._kind is not ListFilter.ALL:
            asked = list(filter(self._is_of_kind, asked))
        for word in self._words:
            asked = [one for one in asked if word in one.searched]
        return asked

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
