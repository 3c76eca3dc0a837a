"""Which messages deserve a notification, and what it says. Pure decisions plus the memory of what is on the screen.

Main thread only (for the translations). Owns which messages were told and which notifications are out; showing them and
taking them away is the view's. It must not touch the desktop.
"""

from collections.abc import Iterable

from chatdesk.domain.conversations import Conversation, Membership


def unread_total(conversations: Iterable[Conversation]) -> int:
    """What the window's title and the tray say."""
    return sum(
        conversation.unread + (conversation.membership is Membership.INVITED)
        for conversation in conversations
        if conversation.membership in (Membership.JOINED, Membership.INVITED)
    )
