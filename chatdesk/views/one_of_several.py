"""Buttons of which one is chosen, as one stop of the Tab key. Main thread only."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QButtonGroup


class OneOfSeveral(QButtonGroup):
    """Tab leads to the chosen one, and the arrows choose. Qt sees to that only after a first click: until then Tab
    leads to the first button, and from one that is not chosen the arrows choose nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.buttonToggled.connect(self._follow)

    def _follow(self, button: QAbstractButton, is_chosen: bool) -> None:
        if is_chosen:
            for other in self.buttons():
                other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other is button else Qt.FocusPolicy.ClickFocus)
