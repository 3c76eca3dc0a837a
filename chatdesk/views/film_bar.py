"""Under a video: play and pause, where it is, how fast it goes. Main thread; owns its widgets only."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from chatdesk.models.sounds import Sounds
from chatdesk.views.message_words import duration_text
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import IconButton, button

_STEPS = 1000


class FilmBar(QWidget):
    toggled = Signal()
    sought = Signal(float)
    """To this part of the whole."""
    speed_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filmBar")
        self.play_button = IconButton(theme, "resume", self.tr("Play (K)"), "filmPlay")
        self.play_button.clicked.connect(self.toggled)
        self.place = QSlider(Qt.Orientation.Horizontal)
        self.place.setObjectName("filmPlace")
        self.place.setAccessibleName(self.tr("Place in the video"))
        self.place.setRange(0, _STEPS)
        self.place.setSingleStep(_STEPS // 20)
        self.place.sliderMoved.connect(lambda step: self.sought.emit(step / _STEPS))
        self.place.actionTriggered.connect(lambda _: self.sought.emit(self.place.sliderPosition() / _STEPS))
        self._time = QLabel()
        self._time.setObjectName("filmTime")
        self._speed = button("1×", "filmSpeed", "flat")
        self._speed.clicked.connect(self.speed_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACING, SPACING // 2, 2 * SPACING, SPACING)
        row.setSpacing(SPACING)
        row.addWidget(self.play_button)
        row.addWidget(self.place, 1)
        row.addWidget(self._time)
        row.addWidget(self._speed)
        self.hide()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab halts."""
        return (self.play_button, self.place, self._speed)

    def show_state(self, sounds: Sounds | None, duration_ms: int) -> None:
        """`sounds` None: this video is not the one that plays."""
        is_playing = sounds is not None and (sounds.is_playing or sounds.is_loading)
        self.play_button.set_sign("pause" if is_playing else "resume")
        self.play_button.set_name(self.tr("Pause (K)") if is_playing else self.tr("Play (K)"))
        at, whole = (sounds.position_ms, sounds.duration_ms or duration_ms) if sounds is not None else (0, duration_ms)
        self._time.setText(f"{duration_text(at) or '0:00'} / {duration_text(whole)}")
        speed = sounds.speed if sounds is not None else 1.0
        self._speed.setText(f"{speed:g}×")
        self._speed.setAccessibleName(self.tr("Speed: {0}").format(f"{speed:g}×"))
        if not self.place.isSliderDown():
            self.place.blockSignals(True)
            self.place.setValue(round(at / whole * _STEPS) if whole else 0)
            self.place.blockSignals(False)
