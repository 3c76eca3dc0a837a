"""Choosing people: a field that searches while one types, the hits, and (for several) the chosen ones.

Main thread only. Owns the choice; the search is the PeopleSearch model's. A full user id can always be taken as typed,
for people whom the directory does not list; where several are chosen, a list of them can be pasted.
"""

import re

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from chatdesk.domain.conversations import UserProfile
from chatdesk.domain.ids import localpart
from chatdesk.models.people import PeopleSearch
from chatdesk.views.chosen_people import ROWS, ChosenPeople
from chatdesk.views.person_delegate import AnyIndex, PersonDelegate, Texts
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import PlainLabel, TabStopWhenFilled, button

_FULL_ID = re.compile(r"@[^\s:@]+:\S+")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PeoplePicker(QWidget):
    changed = Signal()
    submitted = Signal()
    """Where one person is chosen: Enter in the field, or somebody taken from those found."""

    def __init__(
        self, theme: Theme, search: PeopleSearch, is_several: bool, rows: int = ROWS, parent: QWidget | None = None
    ) -> None:
        """`rows`: so many of several chosen people are in view."""
        super().__init__(parent)
        self._search = search
        self._is_several = is_several
        self.field = QLineEdit()
        self.field.setObjectName("peopleField")
        self.field.setAccessibleName(self.tr("Name or user id"))
        self.field.setPlaceholderText(self.tr("Name or user id, for example @ben:example.org"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._on_text)
        self.field.installEventFilter(self)
        self.add_button = button(self.tr("Add"), "addPerson")
        self.add_button.setVisible(is_several)
        self.add_button.clicked.connect(self._take_field)
        self.hits = _Hits()
        self.hits.setObjectName("peopleHits")
        self.hits.setAccessibleName(self.tr("People found"))
        self.hits.setModel(search)
        TabStopWhenFilled(self.hits)
        self.hits.setItemDelegate(PersonDelegate(theme, _texts, self.hits, search.thumbnails))
        self.hits.setUniformItemSizes(True)
        self.hits.setMouseTracking(True)
        self.hits.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.clicked.connect(self._take)
        self.hits.installEventFilter(self)
        self._hint = PlainLabel()
        self._hint.setObjectName("peopleHint")
        self._hint.setProperty("kind", "muted")
        self._hint.setWordWrap(True)
        self.chosen = ChosenPeople(theme, rows)
        self.chosen.changed.connect(self.changed)
        self.chosen.setVisible(is_several)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(row)
        column.addWidget(self._hint)
        column.addWidget(self.hits, 1)
        column.addWidget(self.chosen)
        self.hits.setMinimumHeight((1 + rows) * self.fontMetrics().height() + 4 * SPACING)
        search.searching_changed.connect(self._show_hint)
        search.modelReset.connect(self._show_hint)
        search.failed.connect(self._show_hint)
        self._show_hint()

    @property
    def user_ids(self) -> tuple[str, ...]:
        """The chosen ones; what stands in the field counts too, so that nobody has to press Add."""
        if self._is_several and len(pasted := _ids(self.field.text())) > 1:
            return tuple(dict.fromkeys((*(profile.user_id for profile in self.chosen.profiles), *pasted)))
        typed = self._meant()
        if not self._is_several:
            return (typed.user_id,) if typed else ()
        chosen = tuple(profile.user_id for profile in self.chosen.profiles)
        return (*chosen, typed.user_id) if typed and typed.user_id not in chosen else chosen

    def called(self, user_id: str) -> str:
        """What somebody who was found calls themselves, empty for nobody of these."""
        found = (*self._search.items, *self.chosen.profiles)
        return next((profile.name for profile in found if profile.user_id == user_id), "")

    def _meant(self) -> UserProfile | None:
        """Who the text in the field means: the only hit, or one that is called exactly so; else the text itself."""
        typed = self.field.text().strip()
        if not typed:
            return None
        if not typed.startswith("@") and not self._search.is_searching:
            called = typed.casefold()
            hits = self._search.items
            same = [hit for hit in hits if called in (hit.name.casefold(), localpart(hit.user_id).casefold())]
            for found in (same, hits):
                if len(found) == 1:
                    return found[0]
        return UserProfile(typed, localpart(typed))

    def _take(self, index: QModelIndex) -> None:
        profile: UserProfile | None = index.data(PeopleSearch.PROFILE)
        if profile is None:
            return
        if self._is_several:
            self.chosen.add(profile)
            self.field.clear()
            self.field.setFocus()
        else:
            self.field.setText(profile.user_id)
            self.changed.emit()
            self.submitted.emit()

    def _take_field(self) -> None:
        if len(pasted := _ids(self.field.text())) > 1:
            self.chosen.add_all([UserProfile(user, localpart(user)) for user in pasted])
            self.field.clear()
            return
        meant = self._meant()
        if meant is not None:
            self.chosen.add(meant)
            self.field.clear()
            self.field.setFocus()

    def _on_text(self, text: str) -> None:
        self._search.set_term("" if len(_ids(text)) > 1 else text)
        self.changed.emit()

    def _show_hint(self, *_: object) -> None:
        if not self._search.term:
            text = self.tr("People on your server are found while you type.")
        elif self._search.is_searching:
            text = self.tr("Searching…")
        elif self._search.failure:
            text = self._search.failure
        elif not self._search.rowCount():
            text = self.tr("Nobody found. You can still use a full user id.")
        else:
            text = self.tr("%n found", "", self._search.rowCount())
        self._hint.setText(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down walks from the field to the hits, Enter takes what is current."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if watched is self.field and event.key() == Qt.Key.Key_Down and self._search.rowCount():
            self.hits.setFocus(Qt.FocusReason.TabFocusReason)
            self.hits.setCurrentIndex(self._search.index(0))
            return True
        if event.key() in _ENTER:
            if watched is self.hits:
                self._take(self.hits.currentIndex())
            elif self._is_several:
                self._take_field()
            else:
                self.submitted.emit()
            return True
        return super().eventFilter(watched, event)


class _Hits(QListView):
    def sizeHint(self) -> QSize:
        """The least that is wanted; what a dialog has beyond that is given by its layout."""
        return QSize(super().sizeHint().width(), self.minimumHeight())


def _ids(text: str) -> list[str]:
    """The user ids of a pasted list; empty when it is anything else."""
    words = re.split(r"[\s,;]+", text.strip(" ,;\n\r\t\u2028\u2029"))
    return words if all(_FULL_ID.fullmatch(word) for word in words) else []


def _texts(index: AnyIndex) -> Texts:
    profile: UserProfile = index.data(PeopleSearch.PROFILE)
    name = profile.name or localpart(profile.user_id)
    return Texts(name, profile.user_id, "", name, profile.avatar_uri)
