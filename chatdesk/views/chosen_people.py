"""The people chosen so far, each with a button that takes the choice back. Main thread only; owns the choice."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.domain.conversations import UserProfile
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import Avatar, ElidedLabel, IconButton

_ROWS = 4


class ChosenPeople(QScrollArea):
    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.profiles: tuple[UserProfile, ...] = ()
        self.setObjectName("chosenPeople")
        self.setAccessibleName(self.tr("Chosen people"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

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
        column.setSpacing(2)
        height = 0
        for profile in self.profiles:
            row = self._row(profile)
            height = row.sizeHint().height() + 2
            column.addWidget(row)
        column.addStretch()
        self.setWidget(box)
        for ground in (box, self.viewport()):
            ground.setAutoFillBackground(False)
        self.setFixedHeight(min(len(self.profiles), _ROWS) * height)
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self.changed.emit()

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
