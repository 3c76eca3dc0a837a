"""A sound that is to be sent: play and pause, how loud it is where, how far it is. Main thread; owns its widgets."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QHBoxLayout, QLabel, QSizePolicy, QWidget

from chatdesk.domain.elements import Sound
from chatdesk.models.sounds import Sounds
from chatdesk.models.when import size_text
from chatdesk.views.message_words import duration_text
from chatdesk.views.theme import SMALL, SPACING, Theme, scaled_font
from chatdesk.views.wave_painting import paint_wave
from chatdesk.views.widgets import IconButton

_BAR, _GAP = 3, 2
_WHOLE = 100
_START = "0:00"


class SoundRow(QWidget):
    listened = Signal()
    sought = Signal(float)
    """To this part of the whole, while it plays."""

    def __init__(self, theme: Theme, sound: Sound, index: int, name: str) -> None:
        super().__init__()
        self._sound = sound
        self._index = index
        self._name = name
        self.button = IconButton(theme, "resume", "", f"listenFile{index}")
        self.button.clicked.connect(self.listened)
        self._strip = _Strip(theme, sound, f"soundPlace{index}", self.tr("Place in {0}").format(name))
        self._strip.sought.connect(self.sought)
        self._facts = QLabel()
        self._facts.setFont(scaled_font(self._facts.font(), SMALL))
        self._facts.setProperty("kind", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING // 2)
        row.addWidget(self.button)
        row.addWidget(self._strip, 1)
        row.addWidget(self._facts)
        self.show_state(None)

    def show_state(self, sounds: Sounds | None) -> None:
        """`sounds`: who plays."""
        playing = sounds if sounds is not None and sounds.is_current(0, self._index) else None
        is_playing = playing is not None and (playing.is_playing or playing.is_loading)
        self.button.set_sign("pause" if is_playing else "resume", "accent")
        words = self.tr("Pause {0}") if is_playing else self.tr("Listen to {0}")
        self.button.set_name(words.format(self._name))
        length = duration_text(self._sound.duration_ms) or _START
        if playing is None:
            self._facts.setText(" · ".join((length, size_text(self._sound.media.size))))
        else:
            self._facts.setText(f"{duration_text(playing.position_ms) or _START} / {length}")
        self._strip.show_heard(None if playing is None else playing.share)


class _Strip(QAbstractSlider):
    """A click or an arrow key goes to another place."""

    sought = Signal(float)

    def __init__(self, theme: Theme, sound: Sound, object_name: str, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._levels = sound.waveform
        self._heard: float | None = None
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, _WHOLE)
        self.setSingleStep(_WHOLE // 20)
        self.actionTriggered.connect(self._step)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_heard(self, heard: float | None) -> None:
        """None: it does not play, and there is no place to go to."""
        self._heard = heard
        is_stop = Qt.FocusPolicy.StrongFocus if heard is not None else Qt.FocusPolicy.NoFocus
        if self.focusPolicy() is not is_stop:
            self.setFocusPolicy(is_stop)
        self.setValue(round((heard or 0.0) * _WHOLE))
        self.update()

    def _step(self) -> None:
        """As far as a slider would go, from exactly where it is."""
        if self._heard is not None:
            self.sought.emit(self._heard + (self.sliderPosition() - self.value()) / _WHOLE)

    def sizeHint(self) -> QSize:
        return QSize(120, max(24, round(self.fontMetrics().height() * 1.4)))

    def minimumSizeHint(self) -> QSize:
        return QSize(32, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._heard is not None and self.width():
            share = event.position().x() / self.width()
            self.sought.emit(1 - share if self.isRightToLeft() else share)
        else:
            super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # it scrolls what is around

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(2, 4, -2, -4)
        paint_wave(
            painter, rect, self._levels, self._heard or 0.0, self._theme.colors, _BAR, _GAP, self.isRightToLeft()
        )
        if self.hasFocus():
            painter.setPen(self._theme.colors.color("accent"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
