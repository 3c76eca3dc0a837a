"""What assistive technology sees of a message pane: a list of the messages that are visible now, each one item.

Main thread. Qt's own table interface would build an object per row of the model at the first call; this one knows only
placed rows, keyed by message, and prunes those that scrolled away. What it needs of the pane is `Spoken`.

Lifetimes: Qt's cache deletes an interface, Python must never do so first. Interfaces are therefore kept in `_kept`
until Qt has deleted them (then Shiboken calls them invalid). A cast that has nothing to offer returns a null VoidPtr;
returning None crashes at the first call.
"""

from functools import cache
from typing import Any, Protocol

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken, VoidPtr

_kept: list[QAccessibleInterface] = []


class Spoken(Protocol):
    """The pane, as far as screen readers are concerned: its attribute `speech`."""

    def spoken_keys(self) -> list[int]:
        """The visible messages from top to bottom."""
        ...

    def spoken_text(self, key: int) -> str: ...
    def spoken_rect(self, key: int) -> QRect:
        """In global coordinates, cut to what can be seen; empty when it is gone."""
        ...

    def focused_key(self) -> int | None: ...
    def is_chosen(self, key: int) -> bool: ...
    def press_message(self, key: int) -> None: ...
    def show_message_menu(self, key: int) -> None: ...
    def focus_message(self, key: int) -> None: ...
    def other_children(self) -> list[QWidget]:
        """Visible widgets that float over the messages."""
        ...


class _Interface(QAccessibleInterface):
    """What rows and pane answer alike. Where Qt allows a null pointer the stubs do not know it: hence Any."""

    def isValid(self) -> bool:
        return True

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        pass

    def interface_cast(self, _kind: QAccessible.InterfaceType) -> Any:
        return VoidPtr(0)


class RowInterface(_Interface):
    def __init__(self, pane: "PaneInterface", key: int) -> None:
        super().__init__()
        self.key = key
        self._pane = pane
        self._actions = RowActions(pane.source, key)

    def isValid(self) -> bool:
        return Shiboken.isValid(self._pane) and self.key in self._pane.source.spoken_keys()

    def object(self) -> Any:
        return None

    def window(self) -> Any:
        return self._pane.window()

    def parent(self) -> Any:
        return self._pane

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


class PaneInterface(_Interface):
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
            QAccessible.registerAccessibleInterface(row)
            _keep(row)
        return row


@cache
def install() -> None:
    """Make Qt ask here first; once per process."""
    QAccessible.installFactory(_make)


def prune(pane: QWidget) -> None:
    """Call after layouts, never from within a call of an assistive technology."""
    for kept in _kept:
        if isinstance(kept, PaneInterface) and Shiboken.isValid(kept) and kept.object() is pane:
            kept.prune()


def tell_focus(pane: QWidget, index: int) -> None:
    """The message at this place of the visible ones became the current one."""
    if QAccessible.isActive():
        event = QAccessibleEvent(pane, QAccessible.Event.Focus)
        event.setChild(index)
        QAccessible.updateAccessibility(event)


def announce(pane: QWidget, text: str) -> None:
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(pane, text))


def _make(_class_name: str, item: QObject | None) -> QAccessibleInterface | None:
    speech: Spoken | None = getattr(item, "speech", None)
    if speech is None or not isinstance(item, QWidget):
        return None
    interface = PaneInterface(item, speech)
    _keep(interface)
    return interface


def _keep(interface: QAccessibleInterface) -> None:
    _kept[:] = [kept for kept in _kept if Shiboken.isValid(kept)]
    _kept.append(interface)


def _drop(rows: dict[int, RowInterface], keys: list[int]) -> None:
    for key in keys:
        row = rows.pop(key)
        if Shiboken.isValid(row):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(row))
