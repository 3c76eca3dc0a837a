"""The links, quotes and reactions of a message as children of its accessible item. Main thread; owns nothing.

A part is named by its number: it is valid as long as its message is seen and has that many.
"""

from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from shiboken6 import Shiboken, VoidPtr

from chatdesk.views.message_accessible_base import Interface, Spoken, SpokenPart


class PartInterface(Interface):
    def __init__(self, row: QAccessibleInterface, source: Spoken, key: int, number: int) -> None:
        super().__init__()
        self._row = row
        self._source = source
        self._key = key
        self._number = number
        self._actions = PartActions(source, key, number)

    @property
    def number(self) -> int:
        return self._number

    def _part(self) -> SpokenPart | None:
        parts = self._source.spoken_parts(self._key)
        return parts[self._number] if self._number < len(parts) else None

    def isValid(self) -> bool:
        return Shiboken.isValid(self._row) and self._row.isValid() and self._part() is not None

    def object(self) -> Any:
        return None

    def window(self) -> Any:
        return self._row.window()

    def parent(self) -> Any:
        return self._row

    def child(self, _index: int) -> Any:
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def childAt(self, _x: int, _y: int) -> Any:
        return None

    def focusChild(self) -> Any:
        return None

    def text(self, kind: QAccessible.Text) -> str:
        part = self._part()
        return part.text if part is not None and kind is QAccessible.Text.Name else ""

    def rect(self) -> QRect:
        part = self._part()
        return part.rect if part is not None else QRect()

    def role(self) -> QAccessible.Role:
        part = self._part()
        return QAccessible.Role.Link if part is None or part.is_link else QAccessible.Role.Button

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        part = self._part()
        if part is None:
            state.invisible = True
        elif part.is_link:
            state.linked = True
        else:
            state.checkable = state.checked = part.is_on
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        if kind is QAccessible.InterfaceType.ActionInterface:
            return VoidPtr(Shiboken.getCppPointer(self._actions)[0])
        return VoidPtr(0)


class PartActions(QAccessibleActionInterface):
    def __init__(self, source: Spoken, key: int, number: int) -> None:
        super().__init__()
        self._source = source
        self._key = key
        self._number = number

    def actionNames(self) -> list[str]:
        return [self.pressAction()]

    def doAction(self, name: str) -> None:
        if name == self.pressAction() and self._key in self._source.spoken_keys():
            self._source.press_part(self._key, self._number)

    def keyBindingsForAction(self, _name: str) -> list[str]:
        return []
