"""Sends a place by its coordinates. Main thread only; no map is asked for anything."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chatdesk.domain.elements import Location
from chatdesk.domain.errors import InputError
from chatdesk.domain.places import location_of
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.widgets import PlainLabel


class LocationDialog(FormDialog):
    chosen = Signal(object)
    """A Location."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("location", self.tr("Send a location"), self.tr("Send"), parent)
        self.place = QLineEdit()
        self.place.setPlaceholderText("52.5163, 13.3777")
        self.place.textChanged.connect(self._look)
        self.add_field(self.tr("&Coordinates, or a link of a map"), self.place, "locationField")
        self.description = QLineEdit()
        self.description.setMaxLength(200)
        self.add_field(self.tr("&Description (optional)"), self.description, "locationDescription")
        self._found = PlainLabel()
        self._found.setObjectName("locationFound")
        self._found.setProperty("kind", "muted")
        self._found.setWordWrap(True)
        self.body.addWidget(self._found)
        self._look()
        self.place.setFocus()

    def _location(self) -> Location | None:
        try:
            return location_of(self.place.text(), self.description.text())
        except InputError:
            return None

    def _look(self) -> None:
        location = self._location()
        self.show_error("")
        self.action_button.setEnabled(bool(self.place.text().strip()))
        if location is None:
            self._found.setText(self.tr("The link is read here; no map service is asked."))
        else:
            words = self.tr("Latitude {0}, longitude {1}").format(location.latitude, location.longitude)
            self._found.setText(words)

    def submit(self) -> None:
        location = self._location()
        if location is None:
            self.show_error(self.tr("There are no coordinates in this. They look like 52.5163, 13.3777"))
            self.focus(self.place)
            return
        self.chosen.emit(location)
        self.accept()
