"""The emoji shown in the picker: a group, the recent ones, or what a search found. Main thread only."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt

from chatdesk.domain.changes import Reset
from chatdesk.models import emoji
from chatdesk.models.diff_adapter import AnyIndex, DiffListModel
from chatdesk.models.emoji import Emoji, EmojiGroup


class ShownEmoji(NamedTuple):
    """`symbol` in its skin tone, as it is inserted."""

    symbol: str
    emoji: Emoji


class EmojiListModel(DiffListModel[ShownEmoji]):
    def __init__(self, is_chinese: bool = False, tone: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_chinese = is_chinese
        self._tone = tone
        self._source: Callable[[], Iterable[ShownEmoji]] = tuple

    def show_group(self, group: EmojiGroup) -> None:
        self._show(lambda: self._toned(emoji.of_group(group)))

    def show_hits(self, term: str) -> None:
        self._show(lambda: self._toned(emoji.search(term)))

    def show_recent(self, symbols: Sequence[str]) -> None:
        """These stay in the tone they were chosen in."""
        known = [(symbol, emoji.find(symbol)) for symbol in symbols]
        self._show(lambda: (ShownEmoji(symbol, found) for symbol, found in known if found is not None))

    def set_tone(self, tone: int) -> None:
        if tone != self._tone:
            self._tone = tone
            self._show(self._source)

    def _show(self, source: Callable[[], Iterable[ShownEmoji]]) -> None:
        self._source = source
        self.apply(Reset(tuple(source())))

    def _toned(self, found: Iterable[Emoji]) -> Iterable[ShownEmoji]:
        return (ShownEmoji(each.toned(self._tone), each) for each in found)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        shown = self._items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.symbol
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return shown.emoji.name(self._is_chinese)
        return None
