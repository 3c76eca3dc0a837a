"""The line above the field while a voice message is recorded: how long, how loud, which microphone, keep or discard.

Main thread only. Owns its looks; the recording is the Recorder's.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from chatdesk.models.recorder import Recorder
from chatdesk.views.accessibility import announce
from chatdesk.views.icons import pixmap
from chatdesk.views.level_meter import LevelMeter
from chatdesk.views.message_words import duration_text
from chatdesk.views.microphone_choice import MicrophoneChoice
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import PlainLabel, button

_ROOMY = 68
"""In letters."""


class RecordBar(QWidget):
    microphone_chosen = Signal(str)

    def __init__(self, theme: Theme, recorder: Recorder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._recorder = recorder
        self._is_held_near: bool | None = None
        self.had_keyboard = False
        """Whether the keyboard was here when the recording ended."""
        self.setObjectName("recordBar")
        self.setAccessibleName(self.tr("Recording a voice message"))
        self._sign = QLabel()
        self._time = QLabel()
        self._time.setObjectName("recordTime")
        self.meter = LevelMeter(theme, "recordLevel")
        recorder.heard.connect(self.meter.hear)
        self._hint, self._below = PlainLabel("", "recordHint", "muted"), PlainLabel("", "recordHintBelow", "muted")
        self._hint.setWordWrap(False)
        self._words = ""
        self.devices = MicrophoneChoice("recordMicrophone", self.tr("Microphone for the next recording"))
        self.devices.setMinimumContentsLength(10)
        self.devices.chosen.connect(self.microphone_chosen)
        self.discard = button(self.tr("Discard"), "recordDiscard", "flat")
        self.discard.clicked.connect(recorder.cancel)
        self.done = button(self.tr("Done"), "recordDone", "primary")
        self.done.setToolTip(self.tr("You can listen before you send"))
        self.done.clicked.connect(recorder.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACING, SPACING // 2, SPACING // 2, 2)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        column.addLayout(row)
        column.addWidget(self._below)
        row.addWidget(self._sign)
        row.addWidget(self._time)
        row.addWidget(self.meter, 1)
        row.addWidget(self._hint)
        row.addWidget(self.devices)
        row.addWidget(self.discard)
        row.addWidget(self.done)
        self.hide()
        recorder.changed.connect(self._show)
        theme.changed.connect(self._refresh)
        self._refresh()
        self._show()

    def enter(self) -> None:
        """The keyboard ends the recording."""
        self.done.setFocus()

    def show_held(self, is_near: bool | None) -> None:
        """Whether the button that is held down is let go where it keeps the recording; None: it is not held."""
        if is_near is not self._is_held_near:
            self._is_held_near = is_near
            self._show_words()

    def _show(self) -> None:
        is_recording = self._recorder.is_recording
        if is_recording and self.isHidden():
            self.devices.fill(self._recorder.microphones(), self._recorder.microphone)
            self._arrange()
            self.meter.begin()
            self.had_keyboard = False
            self.show()
            self._announce(self.accessibleName())
        elif not is_recording and not self.isHidden():
            self.had_keyboard = self.isAncestorOf(self.focusWidget())
            self.hide()
        self._time.setText(duration_text(self._recorder.elapsed_ms) or "0:00")
        self._time.setAccessibleName(self.tr("Recording · {0}").format(self._time.text()))
        self._show_words()

    def _show_words(self) -> None:
        words = ""
        if self._is_held_near is not None:
            words = self.tr("Let go to finish") if self._is_held_near else self.tr("Let go to discard")
        elif self._recorder.is_recording and self.meter.is_silent:
            words = self.tr("Nothing is heard. Is the microphone on?")
        if words != self._words:
            self._words = words
            self._hint.setText(words)
            self._below.setText(words)
            self._arrange()
            if words:
                self._announce(words)

    def _arrange(self) -> None:
        """In a narrow line the choice of a microphone is left to the settings, and words go below."""
        is_roomy = self.width() > _ROOMY * self.fontMetrics().averageCharWidth()
        self.devices.setVisible(is_roomy and self.devices.has_choice)
        self._hint.setVisible(bool(self._words) and is_roomy)
        self._below.setVisible(bool(self._words) and not is_roomy)
        self.meter.setVisible(not self._words or not is_roomy)
        parts = (self._sign, self._time, self.discard, self.done)
        needed = sum(part.sizeHint().width() + SPACING for part in parts) + self.meter.minimumSizeHint().width()
        self._sign.setVisible(self.width() > needed + 2 * SPACING)  # twice the text in a narrow window

    def _announce(self, words: str) -> None:
        announce(self, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Escape ends the recording before it closes anything else."""
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._recorder.cancel()
        else:
            super().keyPressEvent(event)

    def _refresh(self) -> None:
        side = round(self.fontMetrics().height() * 1.1)
        self._sign.setPixmap(pixmap("microphone", self._theme.colors.error, side, self.devicePixelRatioF()))
        widest = max(self.fontMetrics().horizontalAdvance(text) for text in ("0:00", "88:88"))
        self._time.setMinimumWidth(widest)
