"""The rows of the downloads pane and what can be done with each.

Runs on the main thread. Owns the list as last told by the core, newest first, and the words for a download's state;
the transfers themselves are the core's. Opening a file is the view's; here is only said whether it could run something.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from chatdesk.domain.changes import Insert, ListDiff, Remove, Reset, Update
from chatdesk.domain.messages import Message, MessageState
from chatdesk.domain.transfers import Download, DownloadNote, DownloadState
from chatdesk.models.diff_adapter import AnyIndex, DiffListModel
from chatdesk.models.file_kinds import is_known, may_run
from chatdesk.models.sentences import translated
from chatdesk.models.tasks import Tasks
from chatdesk.models.when import size_text

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.downloads import Downloads

_USER_ROLE = int(Qt.ItemDataRole.UserRole)
HALF = 50
LEFT_FROM_S = 3
"""Less time than this is not worth telling."""
ACTIVE = (DownloadState.WAITING, DownloadState.RUNNING)


class DownloadsModel(DiffListModel[Download]):
    DOWNLOAD = _USER_ROLE + 1
    STATE_TEXT = _USER_ROLE + 2
    PERCENT = _USER_ROLE + 3
    """0 to 100 while running and the total is known, else -1."""

    started = Signal()
    """A new download has begun: show the pane."""
    active_changed = Signal()
    updated = Signal(int)
    row_removed = Signal(int)
    spoken = Signal(str)
    """For ears: a transfer began, is half here, or failed."""
    finished = Signal(str)
    """For everybody: it is here."""
    message_found = Signal(object, object)
    """Where a download comes from: the conversation and the key of the message."""
    failed = Signal(str)

    def __init__(self, downloads: Downloads, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._downloads = downloads
        self._tasks = tasks
        self._rows: dict[int, int] | None = None
        self._unsubscribe = (downloads.updates.subscribe(self._update), downloads.removed.subscribe(self._remove))
        self.apply(Reset(tuple(downloads.list())))

    def close(self) -> None:
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    # -- rows --------------------------------------------------------------------------------------------------------

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._items):
            return None
        download = self._items[index.row()]
        if role == self.DOWNLOAD:
            return download
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_name(download)
        if role == self.STATE_TEXT:
            return self.state_text(download)
        if role == self.PERCENT:
            return percent(download)
        if role == Qt.ItemDataRole.ToolTipRole:
            return detail(download)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{shown_name(download)}, {self.state_text(download)}"
        return None

    def download(self, download_id: int) -> Download | None:
        row = self.row_of(download_id)
        return self._items[row] if row >= 0 else None

    def row_of(self, download_id: int) -> int:
        if self._rows is None:
            self._rows = {download.id: row for row, download in enumerate(self._items)}
        return self._rows.get(download_id, -1)

    @property
    def active(self) -> tuple[Download, ...]:
        return tuple(download for download in self._items if download.state in ACTIVE)

    def active_text(self) -> str:
        """For the status line: what is coming in, empty when nothing is."""
        active = self.active
        if not active:
            return ""
        part = self.active_share()
        name = shown_name(active[0]) if len(active) == 1 else self.tr("%n files", "", len(active))
        return self.tr("Downloading {0}").format(name) + (f" · {part} %" if part >= 0 else "")

    def active_share(self) -> int:
        """0 to 100 of what is coming in, -1 when nobody knows how much that is or nothing comes."""
        active = self.active
        total = sum(download.total for download in active)
        return (
            min(100, sum(d.received for d in active) * 100 // total) if total and all(d.total for d in active) else -1
        )

    def state_text(self, download: Download) -> str:
        match download.state:
            case DownloadState.WAITING:
                return self.tr("Waiting")
            case DownloadState.RUNNING:
                return self._running_text(download)
            case DownloadState.DONE:
                size = size_text(download.received or download.total or download.media.size)
                note = self._note(download.note)
                return f"{size} · {note}" if note else size
            case DownloadState.FAILED:
                return translated(download.failure) or self.tr("The download failed")
            case DownloadState.CANCELLED:
                return self.tr("Cancelled")
            case DownloadState.PAUSED:
                return self.tr("Paused") + " · " + self._progress_text(download)
            case DownloadState.CHECKING:
                return self.tr("Checking…")
            case DownloadState.MISSING:
                return self.tr("No longer in its folder")

    def _progress_text(self, download: Download) -> str:
        text = size_text(download.received)
        if download.total:
            text = self.tr("{0} of {1}").format(text, size_text(download.total))
        part = percent(download)
        return f"{part} % · {text}" if part >= 0 else text

    def _running_text(self, download: Download) -> str:
        text = self._progress_text(download)
        if download.rate > 0:
            text += " · " + self.tr("{0}/s").format(size_text(download.rate))
            left_s = (download.total - download.received) / download.rate if download.total else 0
            if left_s > LEFT_FROM_S:
                text += " · " + self._left_text(round(left_s))
        return text

    def _left_text(self, left_s: int) -> str:
        if left_s < 60:
            return self.tr("{0} s left").format(left_s)
        if left_s < 3600:
            return self.tr("{0} min left").format(round(left_s / 60))
        return self.tr("{0} h left").format(round(left_s / 3600))

    def _note(self, note: DownloadNote) -> str:
        match note:
            case DownloadNote.BEGAN_ANEW:
                return self.tr("This server cannot continue a download; it began again")
            case DownloadNote.OTHER_VERSION:
                return self.tr("The file on the server was changed; it began again")
            case DownloadNote.UNCHANGED:
                return self.tr("Checked: unchanged")
            case DownloadNote.CHANGED:
                return self.tr("Checked: changed since it was downloaded")
            case DownloadNote.NOTHING:
                return ""

    # -- gestures ----------------------------------------------------------------------------------------------------

    def cancel(self, download_id: int) -> None:
        self._downloads.cancel(download_id)

    def pause(self, download_id: int) -> None:
        self._downloads.pause(download_id)

    def check(self, download_id: int) -> None:
        """Compare the file with what was downloaded."""
        self._tasks.run(self._downloads.check(download_id))

    def look(self) -> None:
        """Notice files that somebody moved away."""
        self._tasks.run(self._downloads.look())

    def retry(self, download_id: int) -> None:
        self._tasks.run(self._downloads.retry(download_id))

    def find_message(self, download_id: int) -> None:
        """Tell with `message_found` where it comes from."""
        self._tasks.run(self._downloads.message(download_id), self._on_message)

    def _on_message(self, message: Message | None) -> None:
        if message is None or message.state is MessageState.REVOKED:
            self.failed.emit(self.tr("The message of this file is no longer here."))
        else:
            self.message_found.emit(message.conversation, message.key)

    def remove(self, download_id: int) -> None:
        """Take the row out of the list; the file stays where it is."""
        self._tasks.run(self._downloads.forget(download_id))

    # -- what the core tells -----------------------------------------------------------------------------------------

    def _update(self, download: Download) -> None:
        row = self.row_of(download.id)
        self._speak(self._items[row] if row >= 0 else None, download)
        if row >= 0:
            was_active = self._items[row].state in ACTIVE
            self.apply(Update(row, download))
            is_new = not was_active and download.state in ACTIVE
        else:
            self.apply(Insert(0, (download,)))
            is_new = download.state in ACTIVE
        self.updated.emit(download.id)
        self.active_changed.emit()
        if is_new:
            self.started.emit()

    def _speak(self, before: Download | None, now: Download) -> None:
        was_active = before is not None and before.state in ACTIVE
        name = shown_name(now)
        if now.state in ACTIVE and not was_active:
            self.spoken.emit(self.tr("Downloading {0}").format(name))
        elif now.state is DownloadState.RUNNING and before is not None and percent(before) < HALF <= percent(now) < 100:
            self.spoken.emit(self.tr("{0}: 50 %").format(name))
        elif now.state is DownloadState.DONE and was_active:
            self.finished.emit(self.tr("{0} is downloaded").format(name))
        elif now.state is DownloadState.FAILED and was_active:
            self.spoken.emit(self.tr("{0}: {1}").format(name, self.state_text(now)))

    def _remove(self, download_id: int) -> None:
        row = self.row_of(download_id)
        if row >= 0:
            self.apply(Remove(row, 1))
            self.row_removed.emit(download_id)
            self.active_changed.emit()

    def items_changed(self, diff: ListDiff[Download]) -> None:
        if not isinstance(diff, Update):
            self._rows = None


def shown_name(download: Download) -> str:
    """The name on this disk; what the sender called it before there is one."""
    return Path(download.path).name or download.media.name


def detail(download: Download) -> str:
    """Where it is, and what its content is known by."""
    return f"{download.path}\nSHA-256 {download.sha256}" if download.sha256 else download.path


def percent(download: Download) -> int:
    """How much is here, -1 when nobody knows."""
    if download.state not in (DownloadState.RUNNING, DownloadState.PAUSED) or download.total <= 0:
        return -1
    return min(100, download.received * 100 // download.total)


def needs_warning(download: Download) -> bool:
    return may_run(shown_name(download)) or not is_known(shown_name(download))
