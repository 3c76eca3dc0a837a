"""Which conversations the list shows: all, unread ones, mentions, people, groups. Main thread only; owns the choice.

One of the chips is down; Left and Right walk over them like over radio buttons, Tab passes by.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from chatdesk.models.conversation_list import ListFilter
from chatdesk.views.flow_layout import FlowLayout
from chatdesk.views.theme import SMALL, SPACING, scaled_font

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class FilterBar(QWidget):
    chosen = Signal(object)
    """A ListFilter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterBar")
        self.setAccessibleName(self.tr("Which conversations to show"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group = QButtonGroup(self)
        self.chips: dict[ListFilter, QPushButton] = {}
        line = FlowLayout(SPACING // 4, self)
        line.setContentsMargins(SPACING + 2, 0, SPACING + 2, SPACING)
        for kind, text, hint in (
            (ListFilter.ALL, self.tr("All"), self.tr("Every conversation")),
            (ListFilter.UNREAD, self.tr("Unread"), self.tr("Conversations with something unread")),
            (ListFilter.MENTIONS, self.tr("Mentions"), self.tr("Conversations in which you were mentioned")),
            (ListFilter.PEOPLE, self.tr("People"), self.tr("Conversations with one person")),
            (ListFilter.GROUPS, self.tr("Groups"), self.tr("Conversations of a group")),
        ):
            chip = _Chip(text, hint, f"filter{kind.value.capitalize()}", self)
            chip.clicked.connect(lambda _=False, kind=kind: self.choose(kind))
            self._group.addButton(chip)
            self.chips[kind] = chip
            line.addWidget(chip)
        self._kind = ListFilter.ALL
        self.show_kind(ListFilter.ALL)

    @property
    def kind(self) -> ListFilter:
        return self._kind

    def show_kind(self, kind: ListFilter) -> None:
        """Put this one down and tell nobody."""
        self._kind = kind
        for other, chip in self.chips.items():
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other is kind else Qt.FocusPolicy.ClickFocus)
        self.chips[kind].setChecked(True)

    def choose(self, kind: ListFilter) -> None:
        if kind is not self._kind:
            self.show_kind(kind)
            self.chosen.emit(kind)

    def step(self, by: int) -> None:
        kinds = list(self.chips)
        kind = kinds[(kinds.index(self._kind) + by) % len(kinds)]
        self.choose(kind)
        self.chips[kind].setFocus(Qt.FocusReason.TabFocusReason)


class _Chip(QPushButton):
    def __init__(self, text: str, hint: str, object_name: str, bar: FilterBar) -> None:
        super().__init__(text)
        self._bar = bar
        self.setObjectName(object_name)
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        self.setToolTip(hint)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("kind", "chip")
        self.setFont(scaled_font(self.font(), SMALL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _STEPS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        is_sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        self._bar.step(-by if is_sideways and self.layoutDirection() is Qt.LayoutDirection.RightToLeft else by)
