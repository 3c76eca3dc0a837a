"""The context menu of a message: which actions it has, and the QMenu that shows them. Main thread; owns nothing.

What an action does is told by its `Action` value; `Menus` turns that into requests, by message key, because the row may
have moved while the menu was open.
"""

from collections.abc import Callable
from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.domain.elements import Custom, Face, Image, Media, Text, Unknown, media_of
from chatdesk.domain.messages import Message, MessageState
from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.views.message_reactions import QUICK

_WAITING = (MessageState.QUEUED, MessageState.UPLOADING)
_ARRIVED = (MessageState.SENT, MessageState.SYNCED)


class Action(Enum):
    """The value is the action's object name."""

    REACT = "reactMessage"
    REPLY = "replyMessage"
    EDIT = "editMessage"
    COPY_SELECTION = "copySelection"
    COPY_ADDRESS = "copyLink"
    COPY_TEXT = "copyText"
    COPY_PICTURE = "copyPicture"
    COPY_LINK = "copyPermalink"
    FORWARD = "forwardMessage"
    DOWNLOAD = "downloadFile"
    SAVE_AS = "saveFileAs"
    PAUSE_DOWNLOAD = "pauseDownload"
    RESUME_DOWNLOAD = "resumeDownload"
    CANCEL_DOWNLOAD = "cancelDownload"
    OPEN = "openFile"
    SHOW_IN_FOLDER = "showInFolder"
    COPY_FILE = "copyFile"
    RETRY_DOWNLOAD = "retryDownload"
    SELECT = "selectMessage"
    RETRY = "retryMessage"
    CANCEL_SENDING = "cancelSending"
    RECALL = "recallMessage"
    REMOVE = "removeMessage"
    """A message of somebody else, for everyone."""
    EDIT_AGAIN = "editAgain"
    DELETE = "deleteMessage"
    READERS = "messageReaders"
    VIEW_DATA = "viewMessageData"
    DETAILS = "messageDetails"
    PIN = "pinMessage"
    UNPIN = "unpinMessage"


_GROUPS = (
    (Action.COPY_SELECTION, Action.COPY_ADDRESS, Action.COPY_TEXT, Action.COPY_PICTURE, Action.COPY_LINK),
    (
        Action.DOWNLOAD,
        Action.RETRY_DOWNLOAD,
        Action.SAVE_AS,
        Action.PAUSE_DOWNLOAD,
        Action.RESUME_DOWNLOAD,
        Action.CANCEL_DOWNLOAD,
        Action.OPEN,
        Action.SHOW_IN_FOLDER,
        Action.COPY_FILE,
    ),
    (Action.FORWARD, Action.PIN, Action.UNPIN, Action.SELECT),
    (Action.RETRY, Action.CANCEL_SENDING, Action.RECALL, Action.REMOVE, Action.EDIT_AGAIN, Action.DELETE),
    (Action.READERS, Action.VIEW_DATA, Action.DETAILS),
)


class Target(Struct, frozen=True):
    """What the menu was asked for. `media`, `download` and `local_path` belong to the element `element`."""

    message: Message
    element: int = -1
    media: Media | None = None
    download: Download | None = None
    selected_text: str = ""
    link: str = ""
    has_readers: bool = False
    """It can be told who has read the message."""
    local_path: str = ""
    can_recall: bool = False
    """Somebody else's message, and this account may take it back for everyone."""
    can_edit_again: bool = False
    can_pin: bool = False
    is_pinned: bool = False


def is_on_server(message: Message) -> bool:
    """So that others can be told of it."""
    return message.state in _ARRIVED and bool(message.message_id) and not message.is_local


def can_react(message: Message) -> bool:
    return is_on_server(message) and not message.is_tip


def can_edit(message: Message) -> bool:
    """Own words; also while they wait to be sent, and private notes."""
    is_text = any(isinstance(element, Text) for element in message.elements)
    is_there = is_on_server(message) or message.is_note or message.state is MessageState.QUEUED
    return message.is_self and is_text and is_there


def actions_for(target: Target) -> tuple[Action, ...]:
    message = target.message
    is_gone = message.state is MessageState.REVOKED
    is_real = not message.is_tip
    actions = []
    if can_react(message):
        actions += [Action.REACT, Action.REPLY]
    if can_edit(message):
        actions.append(Action.EDIT)
    if target.selected_text:
        actions.append(Action.COPY_SELECTION)
    if target.link:
        actions.append(Action.COPY_ADDRESS)
    if not is_gone and (message.is_tip or any(_has_text(message))):
        actions.append(Action.COPY_TEXT)
    if not is_gone and _has_picture(target):
        actions.append(Action.COPY_PICTURE)
    if message.message_id and is_real and not message.is_local:
        actions.append(Action.COPY_LINK)
    actions += _file_actions(target) if not is_gone else []
    if is_real and not is_gone and message.state not in (*_WAITING, MessageState.FAILED):
        actions.append(Action.FORWARD)
    if target.can_pin and can_react(message):
        actions.append(Action.UNPIN if target.is_pinned else Action.PIN)
    if is_real:
        actions.append(Action.SELECT)
    if message.is_self and message.state is MessageState.FAILED:
        actions.append(Action.RETRY)
    if message.is_self and message.state in _WAITING:
        actions.append(Action.CANCEL_SENDING)
    elif is_real and is_on_server(message) and (message.is_self or target.can_recall):
        actions.append(Action.RECALL if message.is_self else Action.REMOVE)
    if is_gone and target.can_edit_again:
        actions.append(Action.EDIT_AGAIN)
    if is_real and message.state not in (*_WAITING, MessageState.REVOKING):
        actions.append(Action.DELETE)
    if target.has_readers:
        actions.append(Action.READERS)
    if any(isinstance(element, Custom | Face | Unknown) for element in message.elements):
        actions.append(Action.VIEW_DATA)
    actions.append(Action.DETAILS)
    return tuple(actions)


def _file_actions(target: Target) -> list[Action]:
    if target.media is None:
        return []
    state = target.download.state if target.download is not None else None
    if state is DownloadState.DONE:
        return [Action.OPEN, Action.SHOW_IN_FOLDER, Action.SAVE_AS, Action.COPY_FILE]
    if state in (DownloadState.RUNNING, DownloadState.WAITING):
        return [Action.PAUSE_DOWNLOAD, Action.CANCEL_DOWNLOAD]
    if state is DownloadState.PAUSED:
        return [Action.RESUME_DOWNLOAD, Action.CANCEL_DOWNLOAD]
    if state is DownloadState.CHECKING:
        return []
    fetch = [Action.SAVE_AS] if target.media.uri else []
    if target.local_path:
        return [Action.OPEN, Action.SHOW_IN_FOLDER, *fetch]
    if fetch and state in (DownloadState.FAILED, DownloadState.CANCELLED, DownloadState.MISSING):
        return [Action.RETRY_DOWNLOAD, *fetch]
    return [Action.DOWNLOAD, *fetch] if fetch else []


def _has_picture(target: Target) -> bool:
    is_picture = target.element >= 0 and isinstance(target.message.elements[target.element], Image)
    return is_picture and target.media is not None and bool(target.media.uri or target.local_path)


def _has_text(message: Message) -> list[bool]:
    return [isinstance(element, Text) or media_of(element) is None for element in message.elements]


class MenuWords(QObject):
    def title(self) -> str:
        return self.tr("Message actions")

    def more(self) -> str:
        return self.tr("More…")

    def text(self, action: Action) -> str:
        match action:
            case Action.REACT:
                return self.tr("React")
            case Action.REPLY:
                return self.tr("Reply")
            case Action.EDIT:
                return self.tr("Edit")
            case Action.COPY_SELECTION:
                return self.tr("Copy selection")
            case Action.COPY_ADDRESS:
                return self.tr("Copy link address")
            case Action.COPY_TEXT:
                return self.tr("Copy text")
            case Action.COPY_PICTURE:
                return self.tr("Copy picture")
            case Action.COPY_LINK:
                return self.tr("Copy link to message")
            case Action.FORWARD:
                return self.tr("Forward…")
            case Action.DOWNLOAD:
                return self.tr("Download")
            case Action.SAVE_AS:
                return self.tr("Save as…")
            case Action.PAUSE_DOWNLOAD:
                return self.tr("Pause download")
            case Action.RESUME_DOWNLOAD:
                return self.tr("Resume download")
            case Action.CANCEL_DOWNLOAD:
                return self.tr("Cancel download")
            case Action.OPEN:
                return self.tr("Open")
            case Action.COPY_FILE:
                return self.tr("Copy the file")
            case Action.RETRY_DOWNLOAD:
                return self.tr("Download again")
            case Action.SHOW_IN_FOLDER:
                return self.tr("Show in folder")
            case Action.SELECT:
                return self.tr("Select")
            case Action.PIN:
                return self.tr("Pin")
            case Action.UNPIN:
                return self.tr("Unpin")
            case Action.RETRY:
                return self.tr("Retry")
            case Action.CANCEL_SENDING:
                return self.tr("Cancel sending")
            case Action.RECALL:
                return self.tr("Recall")
            case Action.REMOVE:
                return self.tr("Remove for everyone…")
            case Action.EDIT_AGAIN:
                return self.tr("Re-edit")
            case Action.DELETE:
                return self.tr("Delete…")
            case Action.READERS:
                return self.tr("Read by…")
            case Action.VIEW_DATA:
                return self.tr("View data…")
            case Action.DETAILS:
                return self.tr("Details…")


Chosen = Callable[[Action, Target, str], None]
"""`str` is the symbol of a reaction, empty for "More…"."""


def build_menu(parent: QWidget, target: Target, chosen: Chosen) -> QMenu:
    """A menu that deletes itself when it closes."""
    words = MenuWords()
    menu = QMenu(parent)
    menu.setObjectName("messageMenu")
    menu.setAccessibleName(words.title())
    actions = actions_for(target)
    for number, action in enumerate(actions):
        before = actions[number - 1]
        if number and any(action in group and before not in group for group in _GROUPS):
            menu.addSeparator()
        if action is Action.REACT:
            _add_reactions(menu, words, target, chosen)
            continue
        entry = menu.addAction(words.text(action))
        entry.setObjectName(action.value)
        entry.triggered.connect(_chooser(chosen, action, target))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _add_reactions(menu: QMenu, words: MenuWords, target: Target, chosen: Chosen) -> None:
    under = menu.addMenu(words.text(Action.REACT))
    under.setObjectName("reactionMenu")
    under.setAccessibleName(words.text(Action.REACT))
    under.menuAction().setObjectName(Action.REACT.value)
    for number, symbol in enumerate(QUICK):
        entry = under.addAction(symbol)
        entry.setObjectName(f"react{number}")
        entry.triggered.connect(_chooser(chosen, Action.REACT, target, symbol))
    under.addSeparator()
    more = under.addAction(words.more())
    more.setObjectName("reactMore")
    more.triggered.connect(_chooser(chosen, Action.REACT, target))


def _chooser(chosen: Chosen, action: Action, target: Target, symbol: str = "") -> Callable[[], None]:
    return lambda: chosen(action, target, symbol)
