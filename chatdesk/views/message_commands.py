"""Which key means what in the message pane. Pure; main thread.

Plain letters mean nothing here: they belong to the composer.
"""

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence


class Command(Enum):
    COPY = auto()
    MARK_ALL = auto()
    BACK = auto()
    DATE = auto()
    UP = auto()
    DOWN = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    TOP = auto()
    BOTTOM = auto()
    ACTIVATE = auto()
    LEAVE = auto()
    REPLY = auto()
    REACT = auto()
    EDIT = auto()
    DELETE = auto()
    UNDO = auto()
    LEFT = auto()
    RIGHT = auto()
    """Of the place in what is heard; in it, forward is where the waveform runs."""
    SPEED = auto()


_CONTROL = Qt.KeyboardModifier.ControlModifier
_WITH_MODIFIER = {
    (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Left): Command.BACK,
    (_CONTROL, Qt.Key.Key_G): Command.DATE,
    (_CONTROL, Qt.Key.Key_R): Command.REPLY,
    (_CONTROL, Qt.Key.Key_E): Command.REACT,
    (_CONTROL, Qt.Key.Key_Z): Command.UNDO,
    (Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Space): Command.SPEED,
}
_ALONE = {
    Qt.Key.Key_Up: Command.UP,
    Qt.Key.Key_Down: Command.DOWN,
    Qt.Key.Key_PageUp: Command.PAGE_UP,
    Qt.Key.Key_PageDown: Command.PAGE_DOWN,
    Qt.Key.Key_Home: Command.TOP,
    Qt.Key.Key_End: Command.BOTTOM,
    Qt.Key.Key_Return: Command.ACTIVATE,
    Qt.Key.Key_Enter: Command.ACTIVATE,
    Qt.Key.Key_Space: Command.ACTIVATE,
    Qt.Key.Key_Escape: Command.LEAVE,
    Qt.Key.Key_F2: Command.EDIT,
    Qt.Key.Key_Delete: Command.DELETE,
    Qt.Key.Key_Left: Command.LEFT,
    Qt.Key.Key_Right: Command.RIGHT,
}


def command_of(event: QKeyEvent) -> Command | None:
    if event.matches(QKeySequence.StandardKey.Copy):
        return Command.COPY
    if event.matches(QKeySequence.StandardKey.SelectAll):
        return Command.MARK_ALL
    key = Qt.Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _WITH_MODIFIER.get((modifiers, key)) if modifiers else _ALONE.get(key)
