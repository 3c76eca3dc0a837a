"""What assistive technology sees of a message pane: a list of the messages that are visible now, each one item.

Main thread. Qt's own table interface would build an object per row of the model at the first call; this one knows only
placed rows, keyed by message, and prunes those that scrolled away. What it needs of the pane is `Spoken`.
How long interfaces live is told in message_accessible_base.
"""

from typing import Any

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken, VoidPtr

from chatdesk.views.message_accessible_base import Interface, Spoken, keep, kept, let_go, register
from chatdesk.views.message_accessible_parts import PartInterface


class RowInterface(Interface):
    def __init__(self, pane: "PaneInterface", key: int) -> None:
        super().__init__()
        self.key = key
        self._pane = pane
        self._actions = RowActions(pane.source, key)
        self._parts: dict[int, PartInterface] = {}

    def prune(self) -> None:
        """Let go of the parts."""
        for part in self._parts.values():
            let_go(part)
        self._parts.clear()

    def isValid(self) -> bool:
        return Shiboken.isValid(self._pane) and self.key in self._pane.source.spoken_keys()

    def object(self) -> Any:
        return None

    def window(self) -> Any:
        return self._pane.window()

    def parent(self) -> Any:
        return self._pane

    def child(self, index: int) -> Any:
        if not 0 <= index < self.childCount():
            return None
        part = self._parts.get(index)
        if part is None or not Shiboken.isValid(part):
            part = self._parts[index] = PartInterface(self, self._pane.source, self.key, index)
            register(part)
        return part

    def childCount(self) -> int:
        return len(self._pane.source.spoken_parts(self.key))

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return child.number if isinstance(child, PartInterface) else -1

    def childAt(self, x: int, y: int) -> Any:
        for number, part in enumerate(self._pane.source.spoken_parts(self.key)):
            if part.rect.contains(x, y):
                return self.child(number)
        return None

    def focusChild(self) -> Any:
        return None

    def text(self, kind: QAccessible.Text) -> str:
        return self._pane.source.spoken_text(self.key) if kind is QAccessible.Text.Name else ""

    def rect(self) -> QRect:
        return self._pane.source.spoken_rect(self.key)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = True
        state.selectable = state.multiSelectable = True
        state.selected = self._pane.source.is_chosen(self.key)
        state.readOnly = True
        state.focused = state.active = self._pane.source.focused_key() == self.key
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        if kind is QAccessible.InterfaceType.ActionInterface:
            return VoidPtr(Shiboken.getCppPointer(self._actions)[0])
        return VoidPtr(0)


class RowActions(QAccessibleActionInterface):
    def __init__(self, source: Spoken, key: int) -> None:
        super().__init__()
        self._source = source
        self._key = key

    def actionNames(self) -> list[str]:
        return [self.pressAction(), self.showMenuAction(), self.setFocusAction()]

    def doAction(self, name: str) -> None:
        if self._key not in self._source.spoken_keys():
            return
        if name == self.pressAction():
            self._source.press_message(self._key)
        elif name == self.showMenuAction():
            self._source.show_message_menu(self._key)
        elif name == self.setFocusAction():
            self._source.focus_message(self._key)

    def keyBindingsForAction(self, _name: str) -> list[str]:
        return []


class PaneInterface(Interface):
    def __init__(self, widget: QWidget, source: Spoken) -> None:
        super().__init__()
        self.source = source
        self._widget = widget
        self._rows: dict[int, RowInterface] = {}
        rows = self._rows
        widget.destroyed.connect(lambda: _drop(rows, list(rows)))

    def prune(self) -> None:
        """Let go of rows that scrolled away."""
        visible = set(self.source.spoken_keys())
        _drop(self._rows, [key for key in self._rows if key not in visible])

    def isValid(self) -> bool:
        return Shiboken.isValid(self._widget)

    def object(self) -> Any:
        return self._widget

    def window(self) -> Any:
        return self._widget.window().windowHandle()

    def parent(self) -> Any:
        parent = self._widget.parentWidget()
        return QAccessible.queryAccessibleInterface(parent) if parent is not None else None

    def childCount(self) -> int:
        return len(self.source.spoken_keys()) + len(self.source.other_children())

    def child(self, index: int) -> Any:
        keys = self.source.spoken_keys()
        if 0 <= index < len(keys):
            return self._row(keys[index])
        others = self.source.other_children()
        if 0 <= index - len(keys) < len(others):
            return QAccessible.queryAccessibleInterface(others[index - len(keys)])
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        keys = self.source.spoken_keys()
        if isinstance(child, RowInterface):
            return keys.index(child.key) if child.key in keys else -1
        others = self.source.other_children()
        widget = child.object()
        return len(keys) + others.index(widget) if isinstance(widget, QWidget) and widget in others else -1

    def childAt(self, x: int, y: int) -> Any:
        point = QPoint(x, y)
        for widget in self.source.other_children():
            if QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size()).contains(point):
                return QAccessible.queryAccessibleInterface(widget)
        for key in self.source.spoken_keys():
            if self.source.spoken_rect(key).contains(point):
                return self._row(key)
        return None

    def focusChild(self) -> Any:
        key = self.source.focused_key()
        return self._row(key) if key is not None else None

    def text(self, kind: QAccessible.Text) -> str:
        return self._widget.accessibleName() if kind is QAccessible.Text.Name else ""

    def rect(self) -> QRect:
        return QRect(self._widget.mapToGlobal(QPoint(0, 0)), self._widget.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = True
        state.focused = self._widget.hasFocus() and self.source.focused_key() is None
        state.invisible = not self._widget.isVisible()
        state.disabled = not self._widget.isEnabled()
        return state

    def _row(self, key: int) -> RowInterface:
        row = self._rows.get(key)
        if row is None or not Shiboken.isValid(row):
            row = self._rows[key] = RowInterface(self, key)
            register(row)
        return row


def interface_of(pane: QWidget, speech: Spoken) -> QAccessibleInterface:
    interface = PaneInterface(pane, speech)
    keep(interface)
    return interface


def prune(pane: QWidget) -> None:
    """Call after layouts, never from within a call of an assistive technology."""
    for one in kept:
        if isinstance(one, PaneInterface) and Shiboken.isValid(one) and one.object() is pane:
            one.prune()


def _drop(rows: dict[int, RowInterface], keys: list[int]) -> None:
    for key in keys:
        row = rows.pop(key)
        row.prune()
        let_go(row)
