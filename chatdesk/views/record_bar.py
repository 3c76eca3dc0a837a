"""The line above the field while a voice message is recorded: how long, with which microphone, keep or discard.

Main thread only. Owns its looks; the recording is the Recorder's.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from chatdesk.models.recorder import Recorder
from chatdesk.views.icons import pixmap
from chatdesk.views.message_words import duration_text
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import DropDown, ElidedLabel, button


class RecordBar(QWidget):
    microphone_chosen = Signal(str)

    def __init__(self, theme: Theme, recorder: Recorder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._recorder = recorder
        self.setObjectName("recordBar")
        self.setAccessibleName(self.tr("Recording a voice message"))
        self._sign = QLabel()
        self._time = ElidedLabel()
        self._time.setObjectName("recordTime")
        self.devices = DropDown()
        self.devices.setObjectName("recordMicrophone")
        self.devices.setAccessibleName(self.tr("Microphone for the next recording"))
        self.devices.setToolTip(self.tr("Microphone for the next recording"))
        self.devices.setMinimumContentsLength(10)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.devices.setSizeAdjustPolicy(policy)
        self.devices.activated.connect(lambda _: self.microphone_chosen.emit(self.devices.currentData()))
        self.discard = button(self.tr("Discard"), "recordDiscard", "flat")
        self.discard.clicked.connect(recorder.cancel)
        self.done = button(self.tr("Done"), "recordDone", "primary")
        self.done.setToolTip(self.tr("You can listen before you send"))
        self.done.clicked.connect(recorder.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACING, SPACING // 2, SPACING // 2, 2)
        row.setSpacing(SPACING)
        row.addWidget(self._sign)
        row.addWidget(self._time, 1)
        row.addWidget(self.devices)
        row.addWidget(self.discard)
        row.addWidget(self.done)
        self.hide()
        recorder.changed.connect(self._show)
        theme.changed.connect(self._refresh)
        self._refresh()

    def _show(self) -> None:
        is_recording = self._recorder.is_recording
        if is_recording and not self.isVisible():
            self.devices.clear()
            self.devices.addItem(self.tr("The system's choice"), "")
            for name, words in self._recorder.microphones():
                self.devices.addItem(words, name)
            self.devices.setCurrentIndex(max(0, self.devices.findData(self._recorder.microphone)))
            self.devices.setVisible(self.devices.count() > 2)
            self.show()
            self.done.setFocus()
        elif not is_recording:
            self.hide()
        self._time.setText(self.tr("Recording · {0}").format(duration_text(self._recorder.elapsed_ms) or "0:00"))

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
