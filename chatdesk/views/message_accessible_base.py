"""What the accessible pane, its messages and their parts answer alike, and how long they live. Main thread.

Qt's cache deletes an interface, Python must never do so first. Interfaces are therefore kept here until Qt has deleted
them (then Shiboken calls them invalid). A cast that has nothing to offer returns a null VoidPtr; returning None crashes
at the first call.
"""

from typing import Any, Protocol

from msgspec import Struct
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken, VoidPtr

kept: list[QAccessibleInterface] = []


class SpokenPart(Struct, frozen=True):
    """Something inside a message that can be pressed. `is_link`: it leads somewhere; else it is a button."""

    text: str
    rect: QRect
    """In global coordinates."""
    is_link: bool
    is_on: bool = False
    """A reaction that is the account's own."""


class Spoken(Protocol):
    """The pane, as far as screen readers are concerned: its attribute `speech`."""

    def spoken_keys(self) -> list[int]:
        """The visible messages from top to bottom."""
        ...

    def spoken_text(self, key: int) -> str: ...
    def spoken_rect(self, key: int) -> QRect:
        """In global coordinates, cut to what can be seen; empty when it is gone."""
        ...

    def spoken_parts(self, key: int) -> list[SpokenPart]: ...
    def press_part(self, key: int, number: int) -> None: ...
    def focused_key(self) -> int | None: ...
    def is_chosen(self, key: int) -> bool: ...
    def press_message(self, key: int) -> None: ...
    def show_message_menu(self, key: int) -> None: ...
    def focus_message(self, key: int) -> None: ...
    def other_children(self) -> list[QWidget]:
        """Visible widgets that float over the messages."""
        ...


class Interface(QAccessibleInterface):
    """Where Qt allows a null pointer the stubs do not know it: hence Any."""

    def isValid(self) -> bool:
        return True

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        pass

    def interface_cast(self, _kind: QAccessible.InterfaceType) -> Any:
        return VoidPtr(0)


def keep(interface: QAccessibleInterface) -> None:
    kept[:] = [one for one in kept if Shiboken.isValid(one)]
    kept.append(interface)


def register(interface: QAccessibleInterface) -> None:
    QAccessible.registerAccessibleInterface(interface)
    keep(interface)


def let_go(interface: QAccessibleInterface) -> None:
    """Qt may delete it now."""
    if Shiboken.isValid(interface):
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))
