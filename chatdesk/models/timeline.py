"""The messages of one conversation as a Qt list model, oldest first.

Runs on the main thread. Owns what the rows show besides the message itself: who has read it, how far its upload is and
its downloads. Fed with diffs by the view model; never asks the network or the store for anything.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from chatdesk.domain.changes import Insert, ListDiff, LoadState, Remove, Reset, Update
from chatdesk.domain.elements import media_of
from chatdesk.domain.ids import localpart
from chatdesk.domain.messages import Message, MessageState, ReadingPlace
from chatdesk.domain.receipts import Receipt, readers
from chatdesk.domain.transfers import Download, UploadProgress
from chatdesk.models.diff_adapter import AnyIndex, DiffListModel
from chatdesk.models.unread_mark import UnreadMark

_USER_ROLE = int(Qt.ItemDataRole.UserRole)
TYPING_LASTS_MS = 35_000
"""Servers repeat or end a typing notice within 30 s; a line that breaks must not leave it standing."""


class TimelineModel(DiffListModel[Message]):
    """Rows are `Message` objects. `display_name` gives the words for a user id in this conversation."""

    MESSAGE = _USER_ROLE + 1
    READERS = _USER_ROLE + 2
    """tuple[str, ...]: users other than the sender who have read the message or further."""
    PROGRESS = _USER_ROLE + 3
    """UploadProgress or None."""
    DOWNLOAD = _USER_ROLE + 4
    """Download of the message's first downloadable element, or None. See `download` for the others."""

    load_state_changed = Signal(LoadState)
    older_requested = Signal()
    newer_requested = Signal()
    newest_requested = Signal()
    """The window is somewhere in the middle and is wanted at its newest message."""
    place_requested = Signal(object, object)
    """A message's key, or 0 and a time in ms: load what is around it. Answered with `place_found` or `place_failed`."""
    place_found = Signal(object)
    """The key of the message; it is loaded now. None: there is nothing of that time or later."""
    place_failed = Signal(str)
    place_cancelled = Signal()
    """What was asked for last is no longer wanted."""
    newest_wanted = Signal()
    """The user wrote something that is below what is loaded."""
    fell_behind = Signal()
    """What is loaded ended with the newest message, and no longer does."""
    end_changed = Signal()
    """`is_at_newest` or `missed` is another one, or loading towards the newest ended."""
    typing_changed = Signal()

    def __init__(
        self,
        own_user_id: str,
        is_group: bool,
        display_name: Callable[[str], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.own_user_id = own_user_id
        self.is_group = is_group
        self._display_name = display_name or localpart
        self._avatars: Mapping[str, str] = {}
        self._load_state = LoadState.IDLE
        self._load_failure = ""
        self._is_older_asked = False
        self.reading_place: ReadingPlace | None = None
        """Where whoever shows this begins, instead of at the newest message or the unread line."""
        self.where: Callable[[], ReadingPlace | None] | None = None
        """Whoever shows this says where it stands; None at the newest message."""
        self.is_at_newest = True
        """Nothing is missing below; else `request_newer`, `request_newest`."""
        self.missed: frozenset[int] = frozenset()
        """Messages of others that came below what is loaded."""
        self._newer_state = LoadState.IDLE
        self._read_positions: dict[str, int] = {}
        # user -> (position, time), ascending; time 0 for what was read before this timeline opened
        self._read_times: dict[str, list[tuple[int, int]]] = {}
        self._unread = UnreadMark()
        self._typing: tuple[str, ...] = ()
        self._typing_ends = QTimer(self)
        self._typing_ends.setSingleShot(True)
        self._typing_ends.setInterval(TYPING_LASTS_MS)
        self._typing_ends.timeout.connect(lambda: self.set_typing(()))
        self.may_recall_others = False
        self.may_pin = False
        self.pinned: frozenset[str] = frozenset()
        """The server's ids of what is pinned for everybody."""
        self.recalled: Mapping[int, str] = {}
        """The texts of own messages recalled since the program started, by key."""
        self._progress: dict[int, UploadProgress] = {}
        self._downloads: dict[tuple[int, int], Download] = {}
        self._local_files: dict[str, bool] = {}
        # key -> row + self._first; built when first asked for. Prepending only lowers _first.
        self._rows: dict[int, int] | None = None
        self._first = 0

    # -- what a row shows ------------------------------------------------------------------------------------------

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        row = index.row()
        if role == self.MESSAGE:
            return self._items[row]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._items[row].text
        if role == self.READERS:
            return self.readers(row)
        if role == self.PROGRESS:
            return self.progress(row)
        if role == self.DOWNLOAD:
            return self._first_download(row)
        return None

    def message(self, row: int) -> Message:
        return self._items[row]

    def readers(self, row: int) -> tuple[str, ...]:
        return readers(self._items[row], self._read_positions)

    def progress(self, row: int) -> UploadProgress | None:
        return self._progress.get(self._items[row].key)

    def download(self, row: int, element_index: int) -> Download | None:
        return self._downloads.get((self._items[row].key, element_index))

    def local_file(self, row: int, element_index: int, is_fresh: bool = False) -> str:
        """Where the file of an own message lies that was sent from this computer, if it still does."""
        message = self._items[row]
        media = media_of(message.elements[element_index]) if message.is_self else None
        if media is None or not media.path:
            return ""
        known = self._local_files.get(media.path)
        if known is None or is_fresh:
            known = self._local_files[media.path] = Path(media.path).is_file()
        return media.path if known else ""

    def display_name(self, user_id: str) -> str:
        return self._display_name(user_id) or localpart(user_id) or user_id

    def avatar_of(self, user_id: str) -> str:
        """The address of somebody's picture, empty for none."""
        return self._avatars.get(user_id, "")

    def can_recall(self, sender: str) -> bool:
        """Whether this account may take back, for everyone, what `sender` wrote."""
        return sender == self.own_user_id or self.may_recall_others

    def can_edit_again(self, key: int) -> bool:
        """Its text was recalled in this session and may be written anew."""
        return key in self.recalled

    def row_of(self, key: int) -> int:
        """The row of the message `key`, -1 when it is not here."""
        if self._rows is None:
            self._first = 0
            self._rows = {message.key: row for row, message in enumerate(self._items)}
        row = self._rows.get(key)
        return -1 if row is None else row - self._first

    # -- the unread line ---------------------------------------------------------------------------------------------

    def expect_unread(self, count: int) -> None:
        """So many messages of others are unread now that the conversation opens. Call before the first page comes."""
        self._unread = UnreadMark(count)
        self._unread.restart(reversed(self._items))

    @property
    def first_unread_key(self) -> int:
        """The message that was the first unread one at opening; 0 when there is none or it is not loaded yet."""
        return self._unread.key

    @property
    def is_unread_pending(self) -> bool:
        """The first unread message is older than what is loaded."""
        return self._unread.is_pending

    # -- paging ------------------------------------------------------------------------------------------------------

    @property
    def load_state(self) -> LoadState:
        return self._load_state

    @property
    def load_failure(self) -> str:
        """A sentence for the user when `load_state` is FAILED."""
        return self._load_failure

    def set_load_state(self, state: LoadState, failure: str = "") -> None:
        self._is_older_asked = False
        if (state, failure) == (self._load_state, self._load_failure):
            return
        self._load_state = state
        self._load_failure = failure
        if state is LoadState.START_REACHED and self._items:
            self._unread.finish()
        self.load_state_changed.emit(state)

    def request_older(self) -> None:
        """Ask for the page above, once until the load state answers."""
        if self._load_state in (LoadState.IDLE, LoadState.FAILED) and not self._is_older_asked:
            self._is_older_asked = True
            self.older_requested.emit()

    def news(self, messages: Sequence[Message]) -> Sequence[Message]:
        """Those of what came in at the end that have just arrived; the others are a page towards the newest."""
        return messages if self.is_at_newest else [message for message in messages if message.key in self.missed]

    def set_end(self, is_at_newest: bool, missed: frozenset[int], newer_state: LoadState) -> None:
        if (is_at_newest, missed, newer_state) == (self.is_at_newest, self.missed, self._newer_state):
            return
        self.is_at_newest, self.missed, self._newer_state = is_at_newest, missed, newer_state
        self.end_changed.emit()

    @property
    def can_load_newer(self) -> bool:
        return not self.is_at_newest and self._newer_state is LoadState.IDLE

    @property
    def has_newer_failed(self) -> bool:
        return not self.is_at_newest and self._newer_state is LoadState.FAILED

    def request_newer(self) -> None:
        """Ask for the page below; does nothing where there is none and while one is on its way."""
        if self.can_load_newer or self.has_newer_failed:
            self.newer_requested.emit()

    def request_place(self, key: int, time_ms: int = 0) -> None:
        """Ask for what is around a message, or around a time when the key is 0."""
        self.place_requested.emit(key, time_ms)

    # -- what else changes -------------------------------------------------------------------------------------------

    def set_read_positions(self, positions: Mapping[str, int]) -> None:
        self._read_positions = dict(positions)
        for user_id, position in positions.items():
            self._read_times.setdefault(user_id, [(position, 0)])
        self.tell_changed(0, len(self._items) - 1, (self.READERS,))

    def note_receipts(self, receipts: Iterable[Receipt]) -> None:
        """Receipts as they come in, for the times in them; positions come by `set_read_positions`."""
        for receipt in receipts:
            known = self._read_times.setdefault(receipt.user_id, [])
            if known and known[-1][0] == receipt.position:
                known[-1] = (receipt.position, receipt.time_ms)
            elif not known or known[-1][0] < receipt.position:
                known.append((receipt.position, receipt.time_ms))

    def read_time_ms(self, row: int, user_id: str) -> int:
        """When somebody read a message; 0 when all that is known is that it was read."""
        position = self._items[row].position
        for number, (reached, time_ms) in enumerate(self._read_times.get(user_id, ())):
            if reached >= position:
                return time_ms if number or reached == position else 0
        return 0

    @property
    def typing(self) -> tuple[str, ...]:
        """Who is typing now, by user id."""
        return self._typing

    def set_typing(self, user_ids: Iterable[str]) -> None:
        """Take over what the server said last; it ends by itself when the server falls silent."""
        typing = tuple(user_id for user_id in user_ids if user_id != self.own_user_id)
        if typing:
            self._typing_ends.start()
        else:
            self._typing_ends.stop()
        if typing != self._typing:
            self._typing = typing
            self.typing_changed.emit()

    def set_display_name(self, display_name: Callable[[str], str], avatars: Mapping[str, str] | None = None) -> None:
        """People have other names now, or pictures (user id -> address): the rows that tell of them look different."""
        self._display_name = display_name
        self._avatars = self._avatars if avatars is None else avatars
        self.tell_changed(0, len(self._items) - 1)

    def set_progress(self, progress: UploadProgress) -> None:
        row = self.row_of(progress.message_key)
        if row >= 0:
            self._progress[progress.message_key] = progress
            self.tell_changed(row, row, (self.PROGRESS,))

    def set_downloads(self, downloads: Iterable[Download]) -> None:
        """Take over what is known of downloads; the list is newest first, and the newest of an element counts."""
        self._downloads = {}
        for download in downloads:
            self._downloads.setdefault((download.message_key, download.element_index), download)
        self.tell_changed(0, len(self._items) - 1, (self.DOWNLOAD,))

    def set_download(self, download: Download) -> None:
        key = (download.message_key, download.element_index)
        known = self._downloads.get(key)
        if known is not None and known.id > download.id:
            return  # an older attempt still talking
        self._downloads[key] = download
        self._tell_download(download.message_key)

    def remove_download(self, download_id: int) -> None:
        for key, download in self._downloads.items():
            if download.id == download_id:
                del self._downloads[key]
                self._tell_download(key[0])
                return

    def items_changed(self, diff: ListDiff[Message]) -> None:
        self._is_older_asked = False
        self._walk_unread(diff)
        match diff:
            case Insert(index=0, items=new) if self._rows is not None:
                self._first -= len(new)
                self._rows.update((message.key, self._first + row) for row, message in enumerate(new))
            case Insert(index=index, items=new) if self._rows is not None and index + len(new) == len(self._items):
                self._rows.update((message.key, self._first + index + row) for row, message in enumerate(new))
            case Update(index=index, item=message):
                if message.state is not MessageState.UPLOADING:
                    self._progress.pop(message.key, None)
                if self._rows is not None and self._rows.get(message.key) != self._first + index:
                    self._rows = None
            case Insert() | Remove() | Reset():
                self._rows = None

    def _walk_unread(self, diff: ListDiff[Message]) -> None:
        if not self._unread.is_pending or not self.is_at_newest:
            return
        if isinstance(diff, Reset):
            self._unread.restart(reversed(diff.items))
        elif isinstance(diff, Insert) and diff.index == 0 and len(diff.items) < len(self._items):
            self._unread.walk(reversed(diff.items))
        if self._load_state is LoadState.START_REACHED and self._items:
            self._unread.finish()

    def _tell_download(self, message_key: int) -> None:
        row = self.row_of(message_key)
        if row >= 0:
            self.tell_changed(row, row, (self.DOWNLOAD,))

    def _first_download(self, row: int) -> Download | None:
        for index, element in enumerate(self._items[row].elements):
            if media_of(element) is not None:
                return self.download(row, index)
        return None
