"""A list of the microphones there are, with the system's choice on top. Main thread; who fills it knows them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from chatdesk.views.widgets import DropDown


class MicrophoneChoice(DropDown):
    chosen = Signal(str)
    """A device's own name; empty for the system's choice."""

    def __init__(self, object_name: str, name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(lambda _: self.chosen.emit(self.currentData()))

    def fill(self, microphones: list[tuple[str, str]], wanted: str) -> None:
        """`microphones`: their own names and what people call them."""
        self.clear()
        self.addItem(self.tr("The system's choice"), "")
        for name, words in microphones:
            self.addItem(words, name)
        self.setCurrentIndex(max(0, self.findData(wanted)))

    @property
    def has_choice(self) -> bool:
        return self.count() > 2
