"""The open conversation: its timeline, its composer, its read reports, and the gestures made on its messages.

Runs on the main thread. Owns which conversation is open and the subscriptions that belong to it; every gesture becomes
a call of the core, every failure a sentence. It must not decide what a message may do: that is the pane's menu and
the core's rules.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from chatdesk.domain.changes import Changes, LoadState
from chatdesk.domain.conversations import Conversation, Member, Membership, Sign
from chatdesk.domain.elements import Text
from chatdesk.domain.ids import ConversationId, ConversationType, localpart
from chatdesk.domain.messages import Message, MessageState
from chatdesk.domain.transfers import Download, UploadProgress
from chatdesk.models.composer import ComposerModel
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.deletion import PendingDeletion, Scope
from chatdesk.models.downloads import DownloadsModel
from chatdesk.models.read_report import ReadReport
from chatdesk.models.sentences import translated
from chatdesk.models.sounds import Sounds
from chatdesk.models.tasks import Tasks
from chatdesk.models.timeline import TimelineModel

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.session import Session
    from chatdesk.core.timeline import Timeline
    from chatdesk.models.pins import PinsModel


class ChatModel(QObject):
    opened = Signal()
    """Another conversation, or none, is open; `timeline` is a new one or None."""
    entered = Signal()
    """The messages the open conversation begins with were read from the store, or could not be."""
    facts_changed = Signal()
    """Name, people, membership ... of the open conversation."""
    landing = Signal(object)
    """This message of the open conversation is wanted in sight: its key."""
    owned_found = Signal(object, int, object)
    """A file that is to be downloaded is here already: message key, element, the finished download."""
    were_here = Signal(int)
    forwarded = Signal(int, int)
    """How many messages were handed over to be sent, and into how many conversations each."""

    def __init__(
        self,
        session: Session,
        conversation_list: ConversationListModel,
        downloads: DownloadsModel,
        tasks: Tasks,
        parent: QObject | None = None,
        sounds: Sounds | None = None,
    ) -> None:
        """`sounds`: what all conversations of a session share, so that one sound is heard at a time."""
        super().__init__(parent)
        self._session = session
        self._list = conversation_list
        self._downloads = downloads
        self._tasks = tasks
        self._conversation: Conversation | None = None
        self._wanted: ConversationId | None = None
        self._timeline: TimelineModel | None = None
        self._window: Timeline | None = None
        self._subscriptions: list[Callable[[], None]] = []
        self._names: dict[str, str] = {}
        self.download_folder: Callable[[], Path | None] = lambda: None
        """Where the user wants files; None for the session's own folder."""
        self.composer = ComposerModel(session, tasks, self)
        self.composer.messages = lambda: () if self._timeline is None else self._timeline.items
        self._read_report = ReadReport(session.receipts.shown, self)
        self.sounds = sounds or Sounds(session.media.original, tasks.run, self)
        self.composer.sounds = self.sounds
        self.deletion = PendingDeletion(session.deletions, tasks, self)
        self._is_window_active = False
        self._recalled: dict[int, str] = {}
        """Own texts recalled since the program started: they can be written anew."""
        self._uploads = session.outbox.uploads.subscribe(self._on_upload)
        downloads.updated.connect(self._on_download)
        downloads.row_removed.connect(self._on_download_removed)

    @property
    def conversation(self) -> Conversation | None:
        return self._conversation

    @property
    def conversation_list(self) -> ConversationListModel:
        return self._list

    @property
    def timeline(self) -> TimelineModel | None:
        """The messages; None when nothing is open or an invitation is."""
        return self._timeline

    @property
    def is_invitation(self) -> bool:
        return self._conversation is not None and self._conversation.membership is Membership.INVITED

    def subtitle(self) -> str:
        """Under the name: who it is, or how many they are, and the topic."""
        conversation = self._conversation
        if conversation is None:
            return ""
        if conversation.id.type is ConversationType.C2C:
            return conversation.id.id
        count = conversation.member_count
        people = self.tr("1 member") if count == 1 else self.tr("%n members", "", count) if count else ""
        invited = self.tr("%n invited", "", conversation.invited_count) if conversation.invited_count else ""
        return " · ".join(part for part in (people, invited, " ".join(conversation.topic.split())) if part)

    # -- opening -----------------------------------------------------------------------------------------------------

    def open(self, identifier: ConversationId | None) -> None:
        """Show a conversation; one that is not in the list yet opens as soon as it is."""
        conversation = None if identifier is None else self._list.conversation(identifier)
        self._wanted = identifier if conversation is None else None
        if identifier is not None and conversation is None:
            return
        if conversation is not None and self._conversation is not None and conversation.id == self._conversation.id:
            return
        note = self._place_note()
        if note is not None:
            self._tasks.run(note)
        self._leave_timeline()
        self._conversation = conversation
        self._list.set_open(identifier, self)
        if conversation is not None and conversation.is_marked_unread:
            self._tasks.run(self._session.signs.set(conversation.id, Sign.UNREAD, False))
        self._read_report.set_conversation(identifier)
        if conversation is not None and conversation.membership is not Membership.INVITED:
            self._enter_timeline(conversation)
        self.composer.show(conversation)
        self.opened.emit()

    def apply_changes(self, changes: Changes) -> None:
        """Called after the list took the same changes over."""
        if self._wanted is not None:
            self.open(self._wanted)
        current = self._conversation
        if current is None:
            return
        if self._timeline is not None:
            for conversation, users in changes.typing:
                if conversation == current.id:
                    self._timeline.set_typing(users)
            self._timeline.note_receipts(r for r in changes.receipts if r.conversation == current.id)
        if current.pinned_messages:
            self.pins.apply_changes(changes)
        latest = self._list.conversation(current.id)
        if latest is None:
            self.open(None)
        elif latest != current:
            self._conversation = latest
            self.composer.update_conversation(latest)  # first: who is told that it opened may want to write
            if self._timeline is None and latest.membership is not Membership.INVITED:
                self._enter_timeline(latest)
                self.opened.emit()
            self._learn_powers(latest)
            if (latest.member_count, latest.invited_count) != (current.member_count, current.invited_count):
                self._learn_names(latest)
            self.facts_changed.emit()

    async def close(self) -> None:
        """Keep what is typed and where it was read, end everything."""
        note = self._place_note()
        if note is not None:
            await note
        self._leave_timeline()
        self._uploads()
        await self.deletion.close()
        await self.composer.finish()

    def abandon(self) -> None:
        """Close what is open and keep nothing of it: the account is about to be wiped."""
        self.composer.abandon()
        self.deletion.abandon()
        if self._timeline is not None:
            self._timeline.where = None
        self.open(None)

    def _enter_timeline(self, conversation: Conversation) -> None:
        window = self._session.timeline(conversation.id)
        model = TimelineModel(
            self._session.own_user_id, conversation.id.type is ConversationType.GROUP, self.display_name, self
        )
        model.recalled = self._recalled
        model.set_downloads(self._downloads.items)
        model.expect_unread(conversation.unread)
        model.older_requested.connect(lambda: self._tasks.run(window.page_older()))
        model.newer_requested.connect(lambda: self._tasks.run(window.page_newer()))
        model.newest_requested.connect(lambda: self._tasks.run(window.open()))
        model.place_requested.connect(lambda key, time_ms: self._find_place(model, window, key, time_ms))
        model.place_cancelled.connect(window.stop_searching)
        self._subscriptions = [
            window.diffs.subscribe(model.apply),
            window.load_states.subscribe(lambda state: _show_load_state(model, state, window)),
            window.ends.subscribe(lambda _: model.set_end(window.is_at_newest, window.missed, window.newer_state)),
            window.fallen_behind.subscribe(lambda _: model.fell_behind.emit()),
            window.written.subscribe(lambda _: model.newest_wanted.emit()),
            window.read_changes.subscribe(lambda _: model.set_read_positions(window.read_positions)),
        ]
        self._names = {self._session.own_user_id: self._session.own_name}
        if conversation.id.type is ConversationType.C2C:
            self._names[conversation.id.id] = conversation.name
        self._window, self._timeline = window, model
        self._learn_names(conversation)
        self._learn_powers(conversation)
        if not conversation.unread:
            model.reading_place = self._session.reading_places.get(conversation.id)
        self._tasks.run(self._begin(window, model), only_reads=True)

    async def _begin(self, window: Timeline, model: TimelineModel) -> None:
        """Where it was read last; at the newest when that is gone, unless another place was asked for meanwhile."""
        place = model.reading_place
        try:
            if place is None or not (await window.open_around(place.key) or window.has_begun):
                model.reading_place = None
                await window.open()
        finally:
            self.entered.emit()

    def _learn_names(self, conversation: Conversation) -> None:
        if self._timeline is not None and conversation.id.type is ConversationType.GROUP:
            known = self._session.conversations.known_members(conversation.id)
            self._tasks.run(known, self._namer(self._timeline), _ignore, only_reads=True)

    def _learn_powers(self, conversation: Conversation) -> None:
        if self._timeline is None:
            return
        powers = conversation.powers
        own = powers.of(self._session.own_user_id)
        self._timeline.pinned = frozenset(conversation.pinned_messages)
        self._timeline.may_pin = conversation.membership is Membership.JOINED and own >= powers.pin
        if conversation.id.type is ConversationType.GROUP:
            self._timeline.may_recall_others = own >= powers.recall

    def _find_place(self, model: TimelineModel, window: Timeline, key: int, time_ms: int) -> None:
        def found(found: int | None) -> None:
            if self._timeline is model:
                model.place_found.emit(found)

        def arrived(is_here: bool) -> None:
            if self._timeline is model and is_here:
                model.place_found.emit(key)
            elif self._timeline is model:
                model.place_failed.emit(self.tr("This message is no longer here."))

        def failed(sentence: str) -> None:
            if self._timeline is model:
                model.place_failed.emit(sentence)

        if key:
            self._tasks.run(window.open_around(key), arrived, failed)
        else:
            self._tasks.run(window.open_at(time_ms), found, failed)

    def go_to(self, identifier: ConversationId, key: int) -> None:
        """Show a message: its conversation opens if need be, and whoever shows it hears `landing`."""
        self.open(identifier)
        if self._conversation is not None and self._conversation.id == identifier:
            self.landing.emit(key)

    def _place_note(self) -> Coroutine[Any, Any, None] | None:
        """Notes where the open conversation stands now, so that reading goes on there, also after a restart."""
        conversation, timeline = self._conversation, self._timeline
        if conversation is None or timeline is None or timeline.where is None or not timeline.items:
            return None
        return self._session.reading_places.put(conversation.id, timeline.where())

    def _leave_timeline(self) -> None:
        for unsubscribe in self._subscriptions:
            unsubscribe()
        self._subscriptions = []
        if self._window is not None:
            self._window.close()
        if self._timeline is not None:
            self._timeline.deleteLater()
        self._window = self._timeline = None

    def _namer(self, model: TimelineModel) -> Callable[[Sequence[Member]], None]:
        def name(members: Sequence[Member]) -> None:
            if self._timeline is model:
                if self._conversation is not None:
                    self.composer.set_members(self._conversation.id, members)
                self._names.update((member.user_id, member.name) for member in members if member.name)
                pictures = {member.user_id: member.avatar_uri for member in members if member.avatar_uri}
                model.set_display_name(self.display_name, pictures)

        return name

    def people(self) -> dict[str, str]:
        """Who is known in the open conversation: user id -> name."""
        return dict(self._names)

    def display_name(self, user_id: str) -> str:
        return self._names.get(user_id) or localpart(user_id)

    # -- what is in sight --------------------------------------------------------------------------------------------

    def newest_shown(self, key: int) -> None:
        self._read_report.shown(key)

    @property
    def in_sight(self) -> ConversationId | None:
        """What the user has before their eyes: the open conversation of an active window."""
        is_seen = self._is_window_active and self._conversation is not None
        return self._conversation.id if is_seen and self._conversation is not None else None

    def set_window_active(self, is_active: bool) -> None:
        self._is_window_active = is_active
        self._read_report.set_window_active(is_active)

    # -- gestures ----------------------------------------------------------------------------------------------------

    def accept(self, conversation: ConversationId) -> None:
        self._tasks.run(self._session.conversations.accept(conversation))

    def decline(self, conversation: ConversationId) -> None:
        self._tasks.run(self._session.conversations.decline(conversation))

    def leave(self, conversation: ConversationId) -> None:
        self._tasks.run(self._session.conversations.leave(conversation))

    def revoke(self, key: int) -> None:
        message = self._message(key)
        if message is not None and message.is_self:
            text = "\n".join(part.content for part in message.elements if isinstance(part, Text))
            if text.strip():
                self._recalled[key] = text
        self._tasks.run(self._session.outbox.revoke(key))

    def edit_again(self, key: int) -> None:
        """The text of a recalled message goes back to where it was written."""
        text = self._recalled.get(key, "")
        if text:
            self.composer.take_text(text)

    def reply(self, key: int) -> None:
        message = self._message(key)
        if message is not None:
            self.composer.reply_to(message)

    def edit(self, key: int) -> None:
        message = self._message(key)
        if message is not None:
            self.composer.edit(message)

    def react(self, key: int, symbol: str) -> None:
        """Put the symbol there, or take the own one away."""
        message = self._message(key)
        if message is None:
            return
        outbox = self._session.outbox
        is_there = any(reaction.symbol == symbol and reaction.is_mine for reaction in message.reactions)
        self._tasks.run(outbox.unreact(key, symbol) if is_there else outbox.react(key, symbol))

    def pin(self, key: int, is_pinned: bool) -> None:
        """For everybody."""
        message, pins = self._message(key), self._session.pins
        if message is not None:
            self._tasks.run(pins.pin(key) if is_pinned else pins.unpin(message.conversation, message.message_id))

    @cached_property
    def pins(self) -> PinsModel:
        from chatdesk.models.pins import PinsModel  # most conversations have none

        return PinsModel(self, self._session.pins, self._tasks)

    def forward(self, keys: Sequence[int], conversations: Sequence[ConversationId]) -> None:
        forwarding = self._session.outbox.forward(keys, conversations)
        self._tasks.run(forwarding, lambda count: self.forwarded.emit(count, len(conversations)))

    def delete(self, keys: Sequence[int], scope: Scope) -> None:
        if scope is Scope.EVERYONE:
            for key in keys:
                self.revoke(key)
        else:
            self.deletion.start(keys, scope is Scope.DEVICES)

    def can_recall(self, keys: Sequence[int]) -> bool:
        """Whether all of these can be taken back for everyone."""
        timeline = self._timeline
        found = [self._message(key) for key in keys]
        return timeline is not None and all(
            message is not None
            and message.state in (MessageState.SENT, MessageState.SYNCED)
            and not message.is_local
            and timeline.can_recall(message.sender)
            for message in found
        )

    def is_only_here(self, keys: Sequence[int]) -> bool:
        """Whether all of these are private notes or imported."""
        return all(message is not None and message.is_local for message in map(self._message, keys))

    def fetch_raw(self, key: int, on_done: Callable[[bytes], None]) -> None:
        """A message's data as the server sent it."""
        self._tasks.run(self._session.history.raw(key), on_done)

    def fetch_permalink(self, key: int, on_done: Callable[[str], None]) -> None:
        self._tasks.run(self._session.locate.permalink(key), on_done)

    def _message(self, key: int) -> Message | None:
        row = self._timeline.row_of(key) if self._timeline is not None else -1
        return self._timeline.message(row) if self._timeline is not None and row >= 0 else None

    def retry(self, key: int) -> None:
        self._tasks.run(self._session.outbox.retry(key))

    def discard(self, key: int) -> None:
        self._tasks.run(self._session.outbox.discard(key))

    def download(self, key: int, element_index: int) -> None:
        """Unless the same content is here already: then `owned_found` asks what is wanted."""

        def go(owned: Download | None) -> None:
            if owned is None:
                self.download_again(key, element_index)
            else:
                self.owned_found.emit(key, element_index, owned)

        self._tasks.run(self._session.downloads.owned(key, element_index, self.download_folder()), go)

    def download_again(self, key: int, element_index: int) -> None:
        """Whatever else is here."""
        self._tasks.run(self._session.downloads.start(key, element_index, self.download_folder()))

    def download_all(self, places: Sequence[tuple[int, int]]) -> None:
        """Files of several messages; `were_here` tells how many were here already and are not fetched again."""

        async def fetch() -> int:
            here, folder = 0, self.download_folder()
            for key, element in places:
                if await self._session.downloads.owned(key, element, folder) is None:
                    await self._session.downloads.start(key, element, folder)
                else:
                    here += 1
            return here

        self._tasks.run(fetch(), lambda here: self.were_here.emit(here) if here else None)

    def save_as(self, key: int, element_index: int, path: Path) -> None:
        """Under the chosen name; a file of that name there is never overwritten."""
        self._tasks.run(self._session.downloads.start(key, element_index, path.parent, path.name))

    def safe_name(self, name: str) -> str:
        """What a file may be called here, whatever its sender calls it."""
        from chatdesk.core.files import safe_name  # with the first file that is saved

        return safe_name(name)

    def pause_download(self, download_id: int) -> None:
        self._downloads.pause(download_id)

    def resume_download(self, download_id: int) -> None:
        self._downloads.retry(download_id)

    def cancel_download(self, download_id: int) -> None:
        self._downloads.cancel(download_id)

    # -- what the core tells -----------------------------------------------------------------------------------------

    def _on_upload(self, progress: UploadProgress) -> None:
        if self._timeline is not None:
            self._timeline.set_progress(progress)

    def _on_download(self, download_id: int) -> None:
        download = self._downloads.download(download_id)
        if self._timeline is not None and download is not None:
            self._timeline.set_download(download)

    def _on_download_removed(self, download_id: int) -> None:
        if self._timeline is not None:
            self._timeline.remove_download(download_id)


def _show_load_state(model: TimelineModel, state: LoadState, window: Timeline) -> None:
    model.set_load_state(state, translated(window.load_failure) if state is LoadState.FAILED else "")


def _ignore(_: str) -> None:
    """Names are a nicety: user ids stand in for them, and the log has the reason."""
