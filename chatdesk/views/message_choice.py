"""Several messages chosen at once, and the bar that says what can be done with them. Main thread.

`Choice` owns the keys of the chosen messages; `ChoiceBar` owns its looks. Choosing changes nothing: what is asked for
leaves as signals, by message key.
"""

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from chatdesk.domain.elements import media_of
from chatdesk.domain.messages import Message, MessageState
from chatdesk.views.message_floating import FloatingBar
from chatdesk.views.message_rowview import RowView
from chatdesk.views.message_words import Words


class Choice(QObject):
    changed = Signal()

    def __init__(self, view: RowView) -> None:
        super().__init__(view)
        self._view = view
        self._keys: set[int] = set()
        self._from: int | None = None

    def __bool__(self) -> bool:
        return bool(self._keys)

    def __contains__(self, key: int) -> bool:
        return key in self._keys

    def clear(self) -> None:
        self._from = None
        self._set(set())

    def toggle(self, row: int) -> None:
        """What Ctrl and a click do."""
        if self._can_choose(row):
            self._from = self._view.timeline.message(row).key
            self._set(self._keys ^ {self._from})

    def extend(self, row: int, since: int) -> None:
        """What Shift and a click do: everything from where choosing began, else from row `since`, to `row`."""
        model = self._view.timeline
        start = model.row_of(self._from) if self._from is not None else -1
        if start < 0:
            start = since
            self._from = model.message(since).key
        rows = range(min(start, row), max(start, row) + 1)
        self._set({model.message(number).key for number in rows if self._can_choose(number)})

    def press(self, point: QPoint, modifiers: Qt.KeyboardModifier) -> bool:
        """A press with Ctrl or Shift, or any once messages are chosen. False when it is none of these."""
        is_extending = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if not self._keys and not is_extending and not modifiers & Qt.KeyboardModifier.ControlModifier:
            return False
        view = self._view
        placed = view.placed_at(point.y())
        if placed is not None:
            current = view.currentIndex()
            if is_extending:
                self.extend(placed.row, current.row() if current.isValid() else placed.row)
            else:
                self.toggle(placed.row)
            view.setCurrentIndex(view.timeline.index(placed.row))
        return True

    def key(self, event: QKeyEvent) -> bool:
        """Ctrl+Space, Shift+Up and Shift+Down. False for all other keys."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        view = self._view
        row = view.current_row()
        if row < 0:
            return False
        if modifiers == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Space:
            self.toggle(row)
        elif modifiers == Qt.KeyboardModifier.ShiftModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            to = view.next_row(row, -1 if event.key() == Qt.Key.Key_Up else 1)
            view.go_to_row(to)
            self.extend(to, row)
        else:
            return False
        return True

    def text(self, words: Words) -> str:
        """For the clipboard: one message as it is, several as lines with names and times."""
        messages = self.messages()
        if len(messages) == 1:
            return words.plain(messages[0])
        return words.lines([(message, words.plain(message)) for message in messages])

    def prune(self) -> None:
        """Messages may have gone meanwhile."""
        if self._keys:
            self._set({key for key in self._keys if self._view.timeline.row_of(key) >= 0})

    def messages(self) -> list[Message]:
        """Oldest first."""
        model = self._view.timeline
        rows = sorted(row for row in map(model.row_of, self._keys) if row >= 0)
        return [model.message(row) for row in rows]

    def files(self) -> list[tuple[int, int]]:
        """Key and element of everything that can be saved."""
        found = []
        for message in self.messages():
            for number, element in enumerate(message.elements):
                media = media_of(element)
                if media is not None and media.uri and message.state is not MessageState.REVOKED:
                    found.append((message.key, number))
        return found

    def failed(self) -> list[int]:
        """Own messages that could not be sent."""
        return [m.key for m in self.messages() if m.is_self and m.state is MessageState.FAILED]

    def forwardable(self) -> list[int]:
        gone = (MessageState.REVOKED, MessageState.FAILED, MessageState.QUEUED, MessageState.UPLOADING)
        return [message.key for message in self.messages() if message.state not in gone]

    def deletable(self) -> list[int]:
        """What is in the conversation; what never got there is not deleted but forgotten."""
        here_only = (MessageState.FAILED, MessageState.QUEUED, MessageState.UPLOADING, MessageState.REVOKING)
        return [message.key for message in self.messages() if message.state not in here_only]

    def _can_choose(self, row: int) -> bool:
        return 0 <= row < len(self._view.timeline.items) and not self._view.timeline.message(row).is_tip

    def _set(self, keys: set[int]) -> None:
        if keys != self._keys:
            self._keys = keys
            self._view.viewport().update()
            self.changed.emit()


class ChoiceBar(FloatingBar):
    def __init__(self, choice: Choice, parent: QWidget) -> None:
        super().__init__("choiceBar", QCoreApplication.translate("Choice", "Selected messages"), parent)
        self._choice = choice
        self.copy = self.add_button(self.tr("Copy"), "choiceCopy")
        self.save = self.add_button(self.tr("Save files"), "choiceSave")
        self.forward = self.add_button(self.tr("Forward…"), "choiceForward")
        self.delete = self.add_button(self.tr("Delete…"), "choiceDelete")
        self.clear = self.add_button(self.tr("Clear"), "choiceClear")
        self.clear.clicked.connect(choice.clear)

    def refresh(self) -> None:
        count = len(self._choice.messages())
        self.label.setText(self.tr("1 selected") if count == 1 else self.tr("%n selected", "", count))
        self.save.setVisible(bool(self._choice.files()))
        self.forward.setVisible(bool(self._choice.forwardable()))
        self.delete.setVisible(bool(self._choice.failed() or self._choice.deletable()))
        self.setVisible(count > 0)
