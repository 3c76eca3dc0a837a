"""The context menu of a message: which actions it has, and the QMenu that shows them. Main thread; owns nothing.

What an action does is told by its `Action` value; the pane turns that into signals, by message key, because the row may
have moved while the menu was open.
"""

from collections.abc import Callable
from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QMenu, QWidget

from chatdesk.domain.elements import Media, Text, media_of
from chatdesk.domain.messages import Message, MessageState
from chatdesk.domain.transfers import Download, DownloadState

_ON_THEIR_WAY = (MessageState.QUEUED, MessageState.UPLOADING, MessageState.SENT, MessageState.SYNCED)
_HERE_ONLY = (MessageState.FAILED, MessageState.QUEUED)


class Action(Enum):
    """The value is the action's object name."""

    COPY_SELECTION = "copySelection"
    COPY_LINK = "copyLink"
    COPY_TEXT = "copyText"
    DOWNLOAD = "downloadFile"
    CANCEL_DOWNLOAD = "cancelDownload"
    OPEN = "openFile"
    SELECT = "selectMessage"
    RETRY = "retryMessage"
    RECALL = "recallMessage"
    DELETE_HERE = "deleteMessage"
    READERS = "messageReaders"
    DETAILS = "messageDetails"


class Target(Struct, frozen=True):
    """What the menu was asked for. `media` and `download` belong to the element `element`."""

    message: Message
    element: int = -1
    media: Media | None = None
    download: Download | None = None
    selected_text: str = ""
    link: str = ""
    has_readers: bool = False
    """It can be told who has read the message."""


def actions_for(target: Target) -> tuple[Action, ...]:
    message = target.message
    is_gone = message.state is MessageState.REVOKED
    actions = []
    if target.selected_text:
        actions.append(Action.COPY_SELECTION)
    if target.link:
        actions.append(Action.COPY_LINK)
    if not is_gone and (message.is_tip or any(_has_text(message))):
        actions.append(Action.COPY_TEXT)
    if not is_gone and target.media is not None and target.media.uri:
        state = target.download.state if target.download is not None else None
        if state is DownloadState.DONE:
            actions.append(Action.OPEN)
        elif state in (DownloadState.RUNNING, DownloadState.WAITING):
            actions.append(Action.CANCEL_DOWNLOAD)
        else:
            actions.append(Action.DOWNLOAD)
    if not message.is_tip:
        actions.append(Action.SELECT)
    if message.is_self and not message.is_tip:
        if message.state is MessageState.FAILED:
            actions.append(Action.RETRY)
        if message.state in _ON_THEIR_WAY:
            actions.append(Action.RECALL)
        if message.state in _HERE_ONLY:
            actions.append(Action.DELETE_HERE)
    if target.has_readers:
        actions.append(Action.READERS)
    actions.append(Action.DETAILS)
    return tuple(actions)


def _has_text(message: Message) -> list[bool]:
    return [isinstance(element, Text) or media_of(element) is None for element in message.elements]


class MenuWords(QObject):
    def text(self, action: Action) -> str:
        match action:
            case Action.COPY_SELECTION:
                return self.tr("Copy selection")
            case Action.COPY_LINK:
                return self.tr("Copy link")
            case Action.COPY_TEXT:
                return self.tr("Copy text")
            case Action.DOWNLOAD:
                return self.tr("Download")
            case Action.CANCEL_DOWNLOAD:
                return self.tr("Cancel download")
            case Action.OPEN:
                return self.tr("Open")
            case Action.SELECT:
                return self.tr("Select")
            case Action.RETRY:
                return self.tr("Retry")
            case Action.RECALL:
                return self.tr("Recall")
            case Action.DELETE_HERE:
                return self.tr("Delete here")
            case Action.READERS:
                return self.tr("Read by…")
            case Action.DETAILS:
                return self.tr("Details…")


def build_menu(parent: QWidget, target: Target, chosen: Callable[[Action, Target], None]) -> QMenu | None:
    """A menu that deletes itself when it closes, or None where nothing can be done."""
    actions = actions_for(target)
    if not actions:
        return None
    words = MenuWords()
    menu = QMenu(parent)
    menu.setObjectName("messageMenu")
    menu.setAccessibleName(QCoreApplication.translate("MenuWords", "Message actions"))
    changes_message = (Action.RETRY, Action.RECALL, Action.DELETE_HERE)
    tells_more = (Action.READERS, Action.DETAILS)
    for number, action in enumerate(actions):
        before = actions[number - 1]
        if number and any(action in group and before not in group for group in (changes_message, tells_more)):
            menu.addSeparator()
        entry = menu.addAction(words.text(action))
        entry.setObjectName(action.value)
        entry.triggered.connect(_chooser(chosen, action, target))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _chooser(chosen: Callable[[Action, Target], None], action: Action, target: Target) -> Callable[[], None]:
    return lambda: chosen(action, target)
