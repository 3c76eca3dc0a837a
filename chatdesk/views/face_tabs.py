"""The sets of faces beside the groups of emoji: a tab for each, and the folder they come from.

Main thread only; which tab is chosen is known to the button group of all tabs.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from chatdesk.models.faces import FaceSet
from chatdesk.views.face_grid import read_face
from chatdesk.views.theme import SMALL, Theme
from chatdesk.views.widgets import ElidedLabel, IconButton

FIRST_SET = 200
"""The number of the first set's tab in the group; groups of emoji have smaller ones."""


class FaceTabs(QWidget):
    folder_asked = Signal()

    def __init__(self, theme: Theme, group: QButtonGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Sets of stickers"))
        self.sets: tuple[FaceSet, ...] = ()
        self.tabs: list[QToolButton] = []
        self._group = group
        self.hint = ElidedLabel("", SMALL)
        self.hint.setProperty("kind", "muted")
        self.folder = IconButton(theme, "folder", self.tr("Choose a folder of stickers…"), "faceFolder")
        """Whoever shows the tabs finds a place for it."""
        self.folder.clicked.connect(self.folder_asked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.hint, 1)

    def show_sets(self, sets: Sequence[FaceSet], has_folder: bool) -> None:
        """A tab for each; those that are there already stay as they are."""
        is_empty = has_folder and not sets
        self.hint.setText(self.tr("There are no pictures in this folder.") if is_empty else "")
        self.setVisible(has_folder)
        if tuple(sets) == self.sets:
            return
        for tab in self.tabs:
            self._group.removeButton(tab)
            tab.deleteLater()
        self.sets = tuple(sets)
        self.tabs = [self._tab(number, each) for number, each in enumerate(sets)]
        for place, tab in enumerate(self.tabs):
            self._group.addButton(tab, FIRST_SET + place)
            self._row.insertWidget(place, tab)

    def _tab(self, number: int, faces: FaceSet) -> QToolButton:
        tab = QToolButton()
        tab.setCheckable(True)
        tab.setObjectName(f"faceSet{number}")
        tab.setToolTip(faces.name)
        tab.setAccessibleName(self.tr("Stickers: {0}").format(faces.name))
        tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        side = round(self.fontMetrics().height() * 1.4)
        picture = read_face(faces.faces[0][1], QSize(side, side))
        if picture is None:
            tab.setText(faces.name[:2])
        else:
            tab.setIcon(picture)
            tab.setIconSize(QSize(side, side))
        return tab
