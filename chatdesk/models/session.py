"""One logged-in account as the window sees it: everything `MainWindow.attach` needs.

Runs on the main thread. Owns the view models of one session, passes the core's changes on to them in a fixed order (the
list first, then the open conversation) and has the words for the connection. It must not outlive its session: `close`
ends every subscription.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from chatdesk.domain.changes import Changes, Connection, ConnectionKind
from chatdesk.domain.conversation_list import ConversationList
from chatdesk.domain.elements import Media
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.transfers import DownloadState
from chatdesk.models.animations import Animations
from chatdesk.models.chat import ChatModel
from chatdesk.models.conversation_actions import ConversationActions
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.downloads import DownloadsModel
from chatdesk.models.links import LinkOpener
from chatdesk.models.members import MembersModel
from chatdesk.models.new_conversation import NewConversation
from chatdesk.models.people import PeopleSearch
from chatdesk.models.search import SearchModel
from chatdesk.models.sentences import translated
from chatdesk.models.settings import Preferences
from chatdesk.models.sounds import Sounds
from chatdesk.models.tasks import Tasks
from chatdesk.models.thumbnails import Thumbnails

if TYPE_CHECKING:  # the window is painted before the core and its network libraries are loaded
    from chatdesk.core.session import Session
    from chatdesk.models.exports import ExportModel
    from chatdesk.models.group_facts import GroupModel
    from chatdesk.models.imports import ImportModel
    from chatdesk.models.mailing import MailingModel
    from chatdesk.models.own import OwnModels
    from chatdesk.models.past import PastModel
    from chatdesk.models.shared_media import SharedMediaModel
    from chatdesk.models.switcher import Command, SwitcherModel
    from chatdesk.models.viewer import ViewerModel


class SessionModel(QObject):
    name_changed = Signal()
    connection_changed = Signal()
    applied = Signal(object)
    """Changes that every model here has taken over."""
    begun = Signal()
    """The first rows of the conversation list were read from the store: all that is in sight."""
    loaded = Signal()
    """The whole conversation list was."""
    nothing_to_open = Signal()
    """No conversation was open at the last end, so none will be now."""
    settled = Signal()
    """After `load`: the models hold all that the first picture shows, also of the conversation that was open last."""
    unsent_counted = Signal(int)
    """Answer to `ask_unsent`."""
    logged_out = Signal()
    """This account is gone from this computer; show the login."""
    session_ended = Signal(str)
    """The server no longer accepts this session; the sentence says so."""
    closed = Signal()
    """Let go of this model and everything below it: it is about to be deleted."""
    failed = Signal(str)
    """A sentence for the user about something that was tried in the background."""

    def __init__(self, session: Session, parent: QObject | None = None, *, is_early: bool = False) -> None:
        """`is_early`: before there is a loop; `begin` comes with it."""
        super().__init__(parent)
        self._session = session
        self.tasks = Tasks(self, is_early=is_early)
        self.tasks.failed.connect(self.failed)
        self.thumbnails = Thumbnails(session.media.thumbnail, self.tasks.run, self)
        self.animations = Animations(session.media.original, self.tasks.run, self.thumbnails)
        self.thumbnails.animations = self.animations
        self.sounds = Sounds(session.media.original, self.tasks.run, self, find_local=self._find_local)
        self.sounds.failed.connect(self.failed)
        self.conversations = ConversationListModel(self)
        self.downloads = DownloadsModel(session.downloads, self.tasks, self)
        self.members = MembersModel(session.conversations, self.tasks, session.own_user_id, self)
        self.people = PeopleSearch(session.conversations, self.tasks, self)
        self.people.thumbnails = self.thumbnails
        self.starter = NewConversation(session.conversations, self.tasks, self)
        self.search = SearchModel(
            lambda: session.search, self.conversations.conversation, session.own_user_id, self.tasks, self
        )
        self.links = LinkOpener(session.conversations, lambda: session.locate, self.tasks, self)
        self.actions = ConversationActions(session, self.conversations, self.tasks, self)
        self.chat = ChatModel(session, self.conversations, self.downloads, self.tasks, self, self.sounds)
        self.chats = [self.chat]
        """The one of the main window, and one for each window of a single conversation."""
        self._subscriptions = (
            session.changes.subscribe(self._on_changes),
            session.connections.subscribe(self._on_connection),
            session.names.subscribe(lambda _: self.name_changed.emit()),
            session.outbox.refusals.subscribe(lambda words: self.failed.emit(translated(words))),
        )
        self._preferences = Preferences()
        self._has_begun = False
        self._is_loaded = False
        self._is_closed = False
        self._early: list[Changes] = []

    @cached_property
    def own(self) -> OwnModels:
        """The account's own affairs, made for the first settings dialog."""
        from chatdesk.models.own import OwnModels  # not for the first paint

        return OwnModels(self._session, self.tasks, self)

    @cached_property
    def exports(self) -> ExportModel:
        """Conversations into files, made for the first export."""
        from chatdesk.models.exports import ExportModel  # not for the first paint

        return ExportModel(self._session.exports, self.tasks, self)

    @cached_property
    def imports(self) -> ImportModel:
        """Messages from files, made for the first import."""
        from chatdesk.models.imports import ImportModel  # not for the first paint

        return ImportModel(self._session.imports, self.tasks, self)

    @cached_property
    def mailing(self) -> MailingModel:
        """One message to many people, made for the first such dialog."""
        from chatdesk.models.mailing import MailingModel  # not for the first paint

        model = MailingModel(self._session, self.conversations, self.tasks, self)
        model.preferences = lambda: self._preferences
        self.closed.connect(model.close)
        return model

    @property
    def has_open_mailing(self) -> bool:
        """Whether somebody's copy of a message to many people has no verdict yet."""
        return self._session.mailings.is_running

    @cached_property
    def shared_media(self) -> SharedMediaModel:
        """What was sent in a conversation, made for the first look at it."""
        return self.new_shared_media(self)

    def new_shared_media(self, parent: QObject) -> SharedMediaModel:
        """The same for another place that shows it, which is its parent."""
        from chatdesk.models.shared_media import SharedMediaModel  # not for the first paint

        model = SharedMediaModel(self._session.search, self.tasks, parent)
        self.applied.connect(model.note)
        return model

    def _find_local(self, key: int, element: int, media: Media) -> str:
        """The file of a message where it lies on this computer: sent from here, or downloaded."""
        downloaded = (
            download.path
            for download in self.downloads.items
            if download.state is DownloadState.DONE and (download.message_key, download.element_index) == (key, element)
        )
        return next((path for path in (media.path, *downloaded) if path and Path(path).is_file()), "")

    def new_viewer(self) -> ViewerModel:
        """The pictures of a conversation in large."""
        from chatdesk.models.viewer import ViewerModel  # not for the first paint

        viewer = ViewerModel(self._session.search, self._session.media, self.tasks.run, self)
        self.applied.connect(viewer.note)
        return viewer

    def read_picture(self, media: Media, done: Callable[[QImage], None], failed: Callable[[str], None]) -> None:
        """The whole of it, for the clipboard."""
        from chatdesk.models.viewer import read_picture  # not for the first paint

        self.tasks.run(read_picture(self._session.media, media), done, failed)

    def apply_preferences(self, preferences: Preferences) -> None:
        """What the user chose holds in the core from now on."""
        self._preferences = preferences
        self._session.receipts.is_public = preferences.public_receipts
        self._session.typing.is_enabled = preferences.send_typing

    @property
    def own_user_id(self) -> str:
        return self._session.own_user_id

    @property
    def own_name(self) -> str:
        return self._session.own_name

    @property
    def own_avatar_uri(self) -> str:
        return self._session.account.profile.avatar_uri

    @property
    def homeserver_url(self) -> str:
        return self._session.homeserver_url

    @property
    def has_begun(self) -> bool:
        return self._has_begun

    @property
    def is_loaded(self) -> bool:
        return self._is_loaded

    def load(self, then_open: ConversationId | None = None) -> None:
        """Read the conversation list from the store, what is in sight before the rest, and open the one that was open
        last."""

        def begin(conversations: ConversationList) -> None:
            self.conversations.show(conversations)
            self._has_begun = True
            if conversations.is_whole:
                self._end_loading()
            self.begun.emit()
            if then_open is not None and self.conversations.conversation(then_open) is not None:
                self.chat.open(then_open)
            if not conversations.is_whole:
                self.tasks.run(self._session.conversations.whole_list(conversations), complete, give_up)
            if self.chat.timeline is None:
                self.settled.emit()
            else:
                self.chat.entered.connect(self.settled, Qt.ConnectionType.SingleShotConnection)

        def complete(conversations: ConversationList) -> None:
            self.conversations.show(conversations)
            self._end_loading()

        def give_up(sentence: str) -> None:
            self.failed.emit(sentence)
            self._end_loading()

        def fail(sentence: str) -> None:
            self.failed.emit(sentence)
            self.settled.emit()

        self.tasks.run(self._session.conversations.first_of_list(then_open), begin, fail, only_reads=True)
        if then_open is None:
            self.nothing_to_open.emit()

    def _end_loading(self) -> None:
        self._is_loaded = True
        for changes in self._early:  # came while the store was being read: the read may have missed them
            self._on_changes(changes)
        self._early.clear()
        self.loaded.emit()

    def load_at_once(self, then_open: ConversationId | None) -> None:
        """The same before there is a loop: `settled` when this returns."""
        self.load(then_open)
        self.tasks.finish_reads()

    def begin(self) -> None:
        """There is a loop."""
        self._session.begin()
        self.tasks.begin()

    async def close(self) -> None:
        """End what runs and every subscription; the session itself is closed by who opened it.

        Deletes this model and all below it here, on the main thread: left to Python's garbage collector it could happen
        on any thread, which Qt does not allow.
        """
        if self._is_closed:
            return
        self._is_closed = True
        self.closed.emit()
        for unsubscribe in self._subscriptions:
            unsubscribe()
        self.downloads.close()
        self.animations.close()
        self.sounds.stop()
        for chat in tuple(self.chats):
            await chat.close()
        await self.tasks.close()
        self.deleteLater()

    # -- windows of one conversation --------------------------------------------------------------------------------

    def add_chat(self) -> ChatModel:
        """Another place that shows a conversation; `remove_chat` ends it."""
        chat = ChatModel(self._session, self.conversations, self.downloads, self.tasks, self, self.sounds)
        chat.composer.share_drafts(self.chat.composer)
        self.chats.append(chat)
        return chat

    def remove_chat(self, chat: ChatModel) -> None:
        """What is typed there is kept."""
        if chat in self.chats:
            self.chats.remove(chat)
            self.conversations.set_open(None, chat)
            self.tasks.run(chat.close(), lambda _: chat.deleteLater())

    def group(self, identifier: ConversationId, parent: QObject) -> GroupModel:
        """Name, topic and picture of a group, for a dialog that is its parent."""
        from chatdesk.models.group_facts import GroupModel  # no start needs it

        facts = self._session.group_facts
        return GroupModel(facts, identifier, self.own_user_id, self.conversations, self.tasks, parent)

    def past(self, identifier: ConversationId, parent: QObject | None = None) -> PastModel:
        """How much of a conversation is here, for a dialog that is its parent."""
        from chatdesk.models.past import PastModel  # no start needs it

        return PastModel(self._session.catch_up, identifier, self.tasks, parent)

    def window_place(self, conversation: ConversationId) -> bytes:
        """Where the window of this conversation was last; empty when it never had one."""
        return self._session.window_places.get(conversation) or b""

    def note_window_place(self, conversation: ConversationId, place: bytes) -> None:
        self.tasks.run(self._session.window_places.put(conversation, place))

    def switcher(self, commands: Sequence[Command]) -> SwitcherModel:
        """What Ctrl+K finds; a new one each time."""
        from chatdesk.models.switcher import SwitcherModel  # no start needs it

        return SwitcherModel(
            self._session, self.conversations, commands, lambda: self.chat.conversation, self.tasks, self
        )

    # -- connection --------------------------------------------------------------------------------------------------

    @property
    def connection(self) -> Connection:
        return self._session.connection

    def connection_text(self) -> str:
        """For the status line."""
        match self.connection.kind:
            case ConnectionKind.OFFLINE:
                return self.tr("Offline — messages are kept and sent when the connection is back.")
            case ConnectionKind.CONNECTING:
                return self.tr("Connecting…")
            case ConnectionKind.CATCHING_UP:
                return self.tr("Catching up…")
            case ConnectionKind.ONLINE:
                return self.tr("Connected")
            case ConnectionKind.LOGGED_OUT:
                return self.tr("The server ended this session. Log out and log in again.")

    def connection_detail(self) -> str:
        return translated(self.connection.detail)

    @property
    def can_reconnect(self) -> bool:
        return self.connection.kind is ConnectionKind.OFFLINE

    def reconnect_now(self) -> None:
        self._session.reconnect_now()

    # -- logging out -------------------------------------------------------------------------------------------------

    def ask_unsent(self) -> None:
        """How many messages would be lost by logging out; the answer is `unsent_counted`."""
        for chat in self.chats:
            chat.composer.save_draft()
        self.tasks.run(self._session.outbox.unsent_count(), self.unsent_counted.emit)

    def log_out(self) -> None:
        """Wipe this account from this computer. Ask first: see `ask_unsent`."""
        for chat in self.chats:
            chat.abandon()
        self.tasks.run(self._session.log_out(), lambda _: self.logged_out.emit())

    # -- what the core tells -----------------------------------------------------------------------------------------

    def _on_changes(self, changes: Changes) -> None:
        if not self._is_loaded:
            self._early.append(changes)
            return
        self.conversations.apply_changes(changes)
        for chat in tuple(self.chats):
            chat.apply_changes(changes)
        for conversation in changes.conversations:
            self.members.note_changed(conversation)
        self.applied.emit(changes)

    def _on_connection(self, connection: Connection) -> None:
        self.connection_changed.emit()
        if connection.kind is ConnectionKind.LOGGED_OUT:
            self.session_ended.emit(self.connection_text())
