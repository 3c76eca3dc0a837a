"""What can be done with a conversation, as entries of a menu: of its row in the list, and of its header.

Main thread only. Decides which entries there are; carrying them out is `ConversationWishes`.
"""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from chatdesk.domain.conversations import Conversation, Membership
from chatdesk.domain.ids import ConversationType
from chatdesk.models.when import until_when


class Wish(Enum):
    """The value is the object name of its entry."""

    OPEN = "openAction"
    WINDOW = "ownWindowAction"
    READ = "markReadAction"
    UNREAD = "markUnreadAction"
    PIN = "pinAction"
    UNPIN = "unpinAction"
    MUTE_HOUR = "muteHourAction"
    MUTE_HOURS = "muteHoursAction"
    MUTE_TOMORROW = "muteTomorrowAction"
    MUTE = "muteAction"
    UNMUTE = "unmuteAction"
    DETAILS = "groupDetailsAction"
    CLEAR = "clearAction"
    BLOCK = "blockAction"
    UNBLOCK = "unblockAction"
    LEAVE = "leaveAction"
    ACCEPT = "acceptAction"
    DECLINE = "declineAction"
    DECLINE_AND_BLOCK = "declineAndBlockAction"


class WishWords(QObject):
    def of(self, wish: Wish) -> str:
        return {
            Wish.OPEN: self.tr("Open"),
            Wish.WINDOW: self.tr("Open in own window"),
            Wish.READ: self.tr("Mark as read"),
            Wish.UNREAD: self.tr("Mark as unread"),
            Wish.PIN: self.tr("Pin"),
            Wish.UNPIN: self.tr("Unpin"),
            Wish.MUTE_HOUR: self.tr("For 1 hour"),
            Wish.MUTE_HOURS: self.tr("For 8 hours"),
            Wish.MUTE_TOMORROW: self.tr("Until tomorrow morning"),
            Wish.MUTE: self.tr("Until I unmute it"),
            Wish.UNMUTE: self.tr("Unmute"),
            Wish.DETAILS: self.tr("Group details…"),
            Wish.CLEAR: self.tr("Clear history…"),
            Wish.BLOCK: self.tr("Block…"),
            Wish.UNBLOCK: self.tr("Unblock"),
            Wish.LEAVE: self.tr("Leave…"),
            Wish.ACCEPT: self.tr("Accept"),
            Wish.DECLINE: self.tr("Decline"),
            Wish.DECLINE_AND_BLOCK: self.tr("Decline and block…"),
        }[wish]

    def unmute(self, until_ms: int) -> str:
        return self.tr("Unmute (it ends {0})").format(until_when(until_ms))

    def mute(self) -> str:
        return self.tr("Mute")


_MUTING = (Wish.MUTE_HOUR, Wish.MUTE_HOURS, Wish.MUTE_TOMORROW, Wish.MUTE)


def row_wishes(conversation: Conversation) -> tuple[tuple[Wish, ...], ...]:
    """The entries of a row's menu, in groups."""
    if conversation.membership is Membership.INVITED:
        last = (Wish.DECLINE, Wish.DECLINE_AND_BLOCK) if conversation.inviter else (Wish.DECLINE,)
        return ((Wish.OPEN,), (Wish.ACCEPT,), last)
    is_joined = conversation.membership is Membership.JOINED
    signs = (
        Wish.READ if conversation.is_unread else Wish.UNREAD,
        Wish.UNPIN if conversation.is_pinned else Wish.PIN,
        *((Wish.UNMUTE,) if conversation.is_muted else _MUTING),
    )
    block = Wish.UNBLOCK if conversation.is_blocked else Wish.BLOCK
    end = (block,) if conversation.id.type is ConversationType.C2C else ()
    is_group = is_joined and conversation.id.type is ConversationType.GROUP
    middle = (Wish.DETAILS, Wish.CLEAR) if is_group else (Wish.CLEAR,)
    return ((Wish.OPEN, Wish.WINDOW), signs if is_joined else (), middle, (*end, Wish.LEAVE))


def header_wishes(conversation: Conversation, is_in_own_window: bool) -> tuple[tuple[Wish, ...], ...]:
    """The same for what is open already."""
    if conversation.membership is Membership.INVITED:
        return ()
    _, *rest = row_wishes(conversation)
    return (() if is_in_own_window else (Wish.WINDOW,), *rest)


def fill(
    menu: QMenu,
    groups: tuple[tuple[Wish, ...], ...],
    on_wish: Callable[[Wish], None],
    muted_until_ms: int = 0,
) -> None:
    words = WishWords()
    for group in groups:
        if not menu.isEmpty() and group:
            menu.addSeparator()
        muting: QMenu | None = None
        for wish in group:
            if wish in _MUTING and muting is None:
                muting = menu.addMenu(words.mute())
                muting.setObjectName("muteMenu")
                muting.setAccessibleName(words.mute())
                muting.menuAction().setObjectName("muteMenuAction")
            under = muting if muting is not None and wish in _MUTING else menu
            action = under.addAction(words.of(wish))
            if wish is Wish.UNMUTE and muted_until_ms:
                action.setText(words.unmute(muted_until_ms))
            action.setObjectName(wish.value)
            action.triggered.connect(lambda _=False, wish=wish: on_wish(wish))
