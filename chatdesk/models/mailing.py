"""One message to many people: what is written, to whom, and what became of each copy.

Runs on the main thread. Owns the files of the message being written; the mailing itself is the core's and goes on
whether anybody looks at it or not.
"""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.conversations import Membership
from chatdesk.domain.errors import InputError
from chatdesk.domain.ids import ConversationId, ConversationType, localpart
from chatdesk.domain.mailings import Copy, CopyState
from chatdesk.models.attachments import Attachments
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.hold import Outgoing
from chatdesk.models.sending import Sending
from chatdesk.models.sentences import translated
from chatdesk.models.settings import Preferences
from chatdesk.models.tasks import Tasks

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.session import Session

NOWHERE = ConversationId(ConversationType.C2C, "")
"""The conversation that what is written here belongs to while it is written."""
_PLAIN_ID = re.compile(r"@[a-z0-9._=/+-]+:[A-Za-z0-9.:\[\]-]+")


class Counts(NamedTuple):
    waiting: int = 0
    sent: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        return sum(self)


class MailingModel(QObject):
    reset = Signal()
    """Another mailing, or none, or it has begun or ended."""
    row_changed = Signal(int)
    begun = Signal()
    """It was accepted: results follow."""
    ended = Signal()
    failed = Signal(str)
    busy_changed = Signal(bool)
    """Files are uploaded before the first copy leaves."""
    saved = Signal(str)
    """The table was written to this file."""

    def __init__(
        self, session: Session, conversations: ConversationListModel, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._mailings = session.mailings
        self._own_user_id = session.own_user_id
        self._conversations = conversations
        self._tasks = tasks
        self.preferences: Callable[[], Preferences] = Preferences
        """What the user chose; the window puts its own here."""
        self.text = ""
        self.attachments = Attachments(session, tasks, self)
        self.attachments.show(NOWHERE)
        self._sending = Sending(session.outbox, lambda: self.preferences().markdown)
        self._was_running = self._mailings.is_running
        self._unsubscribe = self._mailings.updates.subscribe(self._on_update)

    def close(self) -> None:
        self._unsubscribe()

    # -- what there is -----------------------------------------------------------------------------------------------

    @property
    def copies(self) -> Sequence[Copy]:
        return self._mailings.copies

    @property
    def is_running(self) -> bool:
        return self._mailings.is_running

    @property
    def counts(self) -> Counts:
        states = [copy.state for copy in self.copies]
        sent, failed = states.count(CopyState.SENT), states.count(CopyState.FAILED)
        return Counts(len(states) - sent - failed, sent, failed)

    def summary(self) -> str:
        """How far it is, in one line."""
        waiting, sent, failed = self.counts
        parts = [self.tr("%n sent", "", sent)]
        if failed:
            parts.append(self.tr("%n failed", "", failed))
        if waiting:
            parts.append(self.tr("%n waiting", "", waiting))
        return " · ".join(parts)

    def state_text(self, copy: Copy) -> str:
        match copy.state:
            case CopyState.WAITING:
                return self.tr("Waiting")
            case CopyState.SENDING:
                return self.tr("Sending…")
            case CopyState.SENT:
                return self.tr("Sent")
            case CopyState.FAILED:
                return self.tr("Failed")

    def failure_text(self, copy: Copy) -> str:
        return translated(copy.failure)

    def name(self, user_id: str, called: str = "") -> str:
        """What somebody is called here, else what they call themselves."""
        known = self._conversations.conversation(ConversationId(ConversationType.C2C, user_id))
        return known.name if known is not None else called or localpart(user_id)

    def new_people(self, users: Sequence[str]) -> int:
        """How many of them there is no one-to-one conversation with yet: they will be invited to one."""
        found = (self._conversations.conversation(ConversationId(ConversationType.C2C, user)) for user in users)
        return sum(known is None or known.membership is not Membership.JOINED for known in found)

    # -- what can be done --------------------------------------------------------------------------------------------

    @property
    def can_start(self) -> bool:
        return bool(self.text.strip() or self.attachments.files)

    def start(self, users: Sequence[str]) -> None:
        """Send what is written to these people. `begun`, or `failed` with a sentence and nothing was sent."""
        self.busy_changed.emit(True)
        self._tasks.run(self._start(tuple(users)), lambda _: self._on_started(), self._on_refused)

    async def _start(self, users: Sequence[str]) -> None:
        contents = await self._sending.contents(Outgoing(NOWHERE, self.text, self.attachments.files))
        await self._mailings.start(users, contents)

    def _on_started(self) -> None:
        self.text = ""
        self.attachments.take()
        self.busy_changed.emit(False)
        self.begun.emit()

    def _on_refused(self, sentence: str) -> None:
        self.busy_changed.emit(False)
        self.failed.emit(sentence)

    def retry(self) -> None:
        """Send again to those whose copy failed."""
        self._mailings.retry()

    def stop(self) -> None:
        self._mailings.stop()

    def forget(self) -> None:
        """Let go of a mailing that has ended, so that another can be written."""
        self._mailings.forget()

    def save_table(self, path: Path) -> None:
        """Write everybody's result as CSV."""
        text = self.table()
        self._tasks.run(asyncio.to_thread(_write, path, text), lambda _: self.saved.emit(str(path)), self.failed.emit)

    def table(self) -> str:
        """CSV with a row per person, as spreadsheets read it."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(("user", "name", "state", "reason", "time"))
        for copy in self.copies:
            time = (
                datetime.fromtimestamp(copy.time_ms / 1000, UTC).isoformat(timespec="seconds") if copy.time_ms else ""
            )
            state = copy.state.name.lower()
            writer.writerow(map(_cell, (copy.user, self.name(copy.user), state, self.failure_text(copy), time)))
        return out.getvalue()

    def _on_update(self, row: int) -> None:
        if row >= 0:
            self.row_changed.emit(row)
            return
        was_running, self._was_running = self._was_running, self.is_running
        self.reset.emit()
        if was_running and not self.is_running:
            self.ended.emit()


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8-sig", newline="")  # with the mark by which spreadsheets know UTF-8
    except OSError as error:
        raise InputError(f"“{path.name}” cannot be written: {error.strerror}.") from error


def _cell(text: str) -> str:
    """No text of anybody may become a formula where the table is opened."""
    is_formula = text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _PLAIN_ID.fullmatch(text)
    return f"'{text}" if is_formula else text
