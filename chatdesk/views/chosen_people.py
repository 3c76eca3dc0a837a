"""The people chosen so far, each with a button that takes the choice back. Main thread only; owns the choice."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.domain.conversations import UserProfile
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import Avatar, ElidedLabel, IconButton, PlainLabel

ROWS = 3
"""Always so much room: nothing below moves under the hand that chooses."""
_GAP = 2


class ChosenPeople(QScrollArea):
    changed = Signal()

    def __init__(self, theme: Theme, rows: int = ROWS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setViewportMargins(SPACING, SPACING // 2, SPACING // 2, SPACING // 2)
        self._theme = theme
        self.profiles: tuple[UserProfile, ...] = ()
        self.setObjectName("chosenPeople")
        self.setProperty("kind", "well")
        self.setAccessibleName(self.tr("Chosen people"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the buttons in it have it, and bring themselves into view
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rebuild()

    def add(self, profile: UserProfile) -> None:
        self.add_all((profile,))

    def add_all(self, profiles: Iterable[UserProfile]) -> None:
        """Those who are not chosen yet."""
        chosen = {known.user_id: known for known in self.profiles}
        wanted = chosen | {profile.user_id: chosen.get(profile.user_id, profile) for profile in profiles}
        if len(wanted) > len(chosen):
            self.profiles = tuple(wanted.values())
            self._rebuild()

    def remove(self, user_id: str) -> None:
        self.profiles = tuple(profile for profile in self.profiles if profile.user_id != user_id)
        self._rebuild()

    def _rebuild(self) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        for profile in self.profiles:
            column.addWidget(self._row(profile))
        if not self.profiles:
            column.addWidget(self._nobody())
        column.addStretch()
        self.setWidget(box)
        for ground in (box, self.viewport()):
            ground.setAutoFillBackground(False)
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self.changed.emit()

    def _nobody(self) -> PlainLabel:
        label = PlainLabel(self.tr("Nobody chosen yet"))
        label.setProperty("kind", "muted")
        label.setMinimumHeight(2 * self.fontMetrics().height())
        return label

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        row = self._row(UserProfile("", ""))
        margins = self.viewportMargins()
        self.setFixedHeight(self._rows * (row.sizeHint().height() + _GAP) + margins.top() + margins.bottom())
        row.deleteLater()

    def _row(self, profile: UserProfile) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACING)
        avatar = Avatar(self._theme, 1.5)
        avatar.show_for(profile.name, profile.user_id)
        line.addWidget(avatar)
        text = f"{profile.name} ({profile.user_id})" if profile.name != profile.user_id else profile.user_id
        line.addWidget(ElidedLabel(text), 1)
        remove = IconButton(self._theme, "close", self.tr("Take {0} out").format(profile.name), "removePerson")
        remove.clicked.connect(lambda: self.remove(profile.user_id))
        line.addWidget(remove)
        return row
