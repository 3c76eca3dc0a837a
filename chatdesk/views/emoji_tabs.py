"""The groups of the emoji picker and the sets of faces, and the button for the skin tone. Main thread only; they own
which one is chosen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from chatdesk.models.emoji import EmojiGroup, find
from chatdesk.views.face_tabs import FIRST_SET, FaceTabs
from chatdesk.views.theme import Theme, scaled_font
from chatdesk.views.widgets import IconButton

_RECENT = 100
_HAND = "\u270b"
_SIGNS = {
    EmojiGroup.SMILEYS: "\U0001f600",
    EmojiGroup.PEOPLE: "\U0001f44b",
    EmojiGroup.NATURE: "\U0001f43b",
    EmojiGroup.FOOD: "\U0001f34e",
    EmojiGroup.TRAVEL: "\U0001f697",
    EmojiGroup.ACTIVITIES: "\u26bd",
    EmojiGroup.OBJECTS: "\U0001f4a1",
    EmojiGroup.SYMBOLS: "\U0001f523",
    EmojiGroup.FLAGS: "\U0001f3c1",
}


class EmojiTabs(QWidget):
    recent_asked = Signal()
    group_asked = Signal(int)
    faces_asked = Signal(int)
    """The number of a set."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Groups of emoji"))
        self._buttons = QButtonGroup(self)
        self.faces = FaceTabs(theme, self._buttons)
        self.faces.hide()
        row = QHBoxLayout()
        row.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.faces)
        names = {
            EmojiGroup.SMILEYS: self.tr("Smileys and emotion"),
            EmojiGroup.PEOPLE: self.tr("People and body"),
            EmojiGroup.NATURE: self.tr("Animals and nature"),
            EmojiGroup.FOOD: self.tr("Food and drink"),
            EmojiGroup.TRAVEL: self.tr("Travel and places"),
            EmojiGroup.ACTIVITIES: self.tr("Activities"),
            EmojiGroup.OBJECTS: self.tr("Objects"),
            EmojiGroup.SYMBOLS: self.tr("Symbols"),
            EmojiGroup.FLAGS: self.tr("Flags"),
        }
        recent = IconButton(theme, "clock", self.tr("Recently used"), "emojiRecent")
        self._add(row, recent, _RECENT)
        for group, name in names.items():
            tab = QToolButton()
            tab.setText(_SIGNS[group])
            tab.setFont(scaled_font(tab.font(), 1.2))
            tab.setToolTip(name)
            tab.setAccessibleName(name)
            tab.setObjectName(f"emojiGroup{int(group)}")
            tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._add(row, tab, int(group))
        self._last = int(EmojiGroup.SMILEYS)
        self._buttons.idToggled.connect(self._on_toggled)

    def _add(self, row: QHBoxLayout, tab: QToolButton, number: int) -> None:
        tab.setCheckable(True)
        self._buttons.addButton(tab, number)
        row.addWidget(tab, 1)

    @property
    def shows_faces(self) -> bool:
        return self._last >= FIRST_SET

    def show_faces(self) -> None:
        """The first set; nothing when there is none."""
        if self.faces.sets:
            self._last = FIRST_SET
            self.resume()

    def begin(self, has_recent: bool) -> None:
        self._last = _RECENT if has_recent else int(EmojiGroup.SMILEYS)
        self.resume()

    def resume(self) -> None:
        """The search is over: show the group that was chosen last."""
        button = self._buttons.button(self._last)
        if button.isChecked():
            self._ask(self._last)
        else:
            button.setChecked(True)

    def leave(self) -> None:
        """A search shows hits of all groups: none is chosen."""
        checked = self._buttons.checkedButton()
        if checked is not None:
            self._buttons.setExclusive(False)
            checked.setChecked(False)
            self._buttons.setExclusive(True)

    def _on_toggled(self, number: int, is_checked: bool) -> None:
        if is_checked:
            self._last = number
            self._ask(number)

    def _ask(self, number: int) -> None:
        if number >= FIRST_SET:
            self.faces_asked.emit(number - FIRST_SET)
        elif number == _RECENT:
            self.recent_asked.emit()
        else:
            self.group_asked.emit(number)


class ToneButton(QToolButton):
    chosen = Signal(int)

    def __init__(self, tone: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emojiTone")
        self.setAccessibleName(self.tr("Skin tone"))
        self.setToolTip(self.tr("Skin tone"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFont(scaled_font(self.font(), 1.2))
        hand = find(_HAND)
        self._hands = (_HAND,) if hand is None else (hand.symbol, *hand.skins)
        names = (
            self.tr("Yellow"),
            self.tr("Light"),
            self.tr("Medium light"),
            self.tr("Medium"),
            self.tr("Medium dark"),
            self.tr("Dark"),
        )
        menu = QMenu(self)
        menu.setObjectName("emojiTones")
        menu.setAccessibleName(self.tr("Skin tone"))
        choice = QActionGroup(menu)
        for number, (sign, name) in enumerate(zip(self._hands, names, strict=False)):
            action = menu.addAction(f"{sign}  {name}")
            action.setObjectName(f"emojiTone{number}")
            action.setCheckable(True)
            action.setChecked(number == tone)
            action.triggered.connect(lambda _=False, number=number: self._choose(number))
            choice.addAction(action)
        self.setMenu(menu)
        self.setText(self._hands[tone])

    def _choose(self, tone: int) -> None:
        self.setText(self._hands[tone])
        self.chosen.emit(tone)
