"""Several messages chosen at once, and the bar that says what can be done with them. Main thread.

`Choice` owns the keys of the chosen messages; `ChoiceBar` owns its looks. Choosing changes nothing: what is asked for
leaves as signals, by message key.
"""

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.domain.elements import media_of
from chatdesk.domain.messages import Message, MessageState
from chatdesk.views.message_floating import FloatingBar
from chatdesk.views.message_rowview import RowView


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
        self.delete = self.add_button(self.tr("Delete failed"), "choiceDelete")
        self.clear = self.add_button(self.tr("Clear"), "choiceClear")
        self.clear.clicked.connect(choice.clear)

    def refresh(self) -> None:
        count = len(self._choice.messages())
        self.label.setText(self.tr("1 selected") if count == 1 else self.tr("%n selected", "", count))
        self.save.setVisible(bool(self._choice.files()))
        self.delete.setVisible(bool(self._choice.failed()))
        self.setVisible(count > 0)
