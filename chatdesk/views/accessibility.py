"""The door for assistive technology: what is said aloud, and who answers when a message pane is asked. Main thread.

What answers is loaded with the first question; a start on a machine where nothing asks does without.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface

_somebody_asked = False


def announce(widget: QWidget, text: str, *, is_urgent: bool = False) -> None:
    """Say it, if somebody listens."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        announcement = QAccessibleAnnouncementEvent(widget, text)
        if is_urgent:
            announcement.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(announcement)


def tell_focus(pane: QWidget, index: int) -> None:
    """The message at this place of the visible ones became the current one."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    if QAccessible.isActive():
        event = QAccessibleEvent(pane, QAccessible.Event.Focus)
        event.setChild(index)
        QAccessible.updateAccessibility(event)


@cache
def install() -> None:
    """Make Qt ask here first; once per process."""
    from PySide6.QtGui import QAccessible

    QAccessible.installFactory(_make)


def prune(pane: QWidget) -> None:
    """Call after layouts, never from within a call of an assistive technology."""
    if _somebody_asked:
        from chatdesk.views import message_accessibility

        message_accessibility.prune(pane)


def _make(_class_name: str, item: QObject | None) -> "QAccessibleInterface | None":
    speech: Any = getattr(item, "speech", None)
    if speech is None or not isinstance(item, QWidget):
        return None
    from chatdesk.views import message_accessibility

    global _somebody_asked
    _somebody_asked = True
    return message_accessibility.interface_of(item, speech)
