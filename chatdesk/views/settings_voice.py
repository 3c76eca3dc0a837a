"""Which microphone voice messages are recorded with, and whether it hears anything: a part of a settings page.

Main thread only. Listens only while it is asked to, and not when the page is out of sight.
"""

from PySide6.QtCore import QEvent, QObject

from chatdesk.models.microphone import Listening, device_named, microphones
from chatdesk.models.recorder import no_multimedia_words
from chatdesk.views.level_meter import LevelMeter
from chatdesk.views.microphone_choice import MicrophoneChoice
from chatdesk.views.settings_page import Page
from chatdesk.views.theme import Theme
from chatdesk.views.widgets import button


class VoiceSection(QObject):
    def __init__(self, page: Page, theme: Theme) -> None:
        super().__init__(page)
        self._page = page
        title = page.heading(self.tr("Voice messages"))
        self.choice = MicrophoneChoice("microphoneChoice", self.tr("Microphone"))
        self.choice.setMinimumContentsLength(16)
        self.choice.chosen.connect(self._choose)
        self.test = button(self.tr("Test"), "testMicrophone")
        self.test.setCheckable(True)
        self.test.setAccessibleName(self.tr("Test the microphone"))
        self.test.toggled.connect(self._listen)
        page.row(self.choice, self.test)
        self.meter = LevelMeter(theme, "testLevel")
        page.column.addWidget(self.meter)
        self.words = page.remark("")
        self.words.setObjectName("microphoneWords")
        title.setBuddy(self.choice)
        self._listening = Listening(self)
        self._listening.heard.connect(self._hear)
        page.installEventFilter(self)
        self._show(None)

    def load(self) -> None:
        """The microphones there are now."""
        found = microphones()
        self.choice.fill(found, self._page.settings.preferences.microphone)
        if not found:
            self._show(no_multimedia_words() or self.tr("No microphone was found. Connect one and try again."))
        else:
            self._show("")

    def _show(self, problem: str | None) -> None:
        """None: not known yet."""
        can_record = problem == ""
        self.choice.setVisible(can_record)
        self.test.setVisible(can_record)
        self.meter.setVisible(can_record and self.test.isChecked())
        self.words.setVisible(bool(problem) or (can_record and self.test.isChecked()))
        self.words.setText(problem or self.tr("Say something: the bars show what is heard."))

    def _choose(self, name: str) -> None:
        self._page.settings.change(microphone=name)
        if self.test.isChecked():
            self._listen(True)

    def _listen(self, is_on: bool) -> None:
        device = device_named(self._page.settings.preferences.microphone) if is_on else None
        self.meter.begin()
        if device is None:
            self._listening.stop()
        else:
            self._listening.start(device)
        self.test.setText(self.tr("Stop") if is_on else self.tr("Test"))
        self._show("")

    def _hear(self, level: float) -> None:
        self.meter.hear(level)
        if self.meter.is_silent:
            self.words.setText(self.tr("Nothing is heard. Is the microphone on?"))
        else:
            self.words.setText(self.tr("Say something: the bars show what is heard."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Hide and self.test.isChecked():
            self.test.setChecked(False)
        return super().eventFilter(watched, event)
