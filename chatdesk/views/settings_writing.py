"""How messages are written and sent. Main thread only."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider

from chatdesk.models.settings import MOST_UNDO_SECONDS, SettingsModel
from chatdesk.views.settings_page import Page
from chatdesk.views.settings_voice import VoiceSection
from chatdesk.views.theme import SPACING, Theme


class WritingPage(Page):
    def __init__(self, settings: SettingsModel, theme: Theme) -> None:
        super().__init__(settings)
        self.heading(self.tr("Formatting"))
        self.markdown = self.check(self.tr("Format *stars* and `backquotes`"), "markdown", "markdown")
        self.remark(self.tr("Without it everything is sent exactly as you type it."))
        title = self.heading(self.tr("Time to take a message back"))
        self.seconds = QLabel()
        self.seconds.setObjectName("undoSecondsValue")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("undoSeconds")
        self.slider.setAccessibleName(title.text())
        self.slider.setRange(0, MOST_UNDO_SECONDS)
        self.slider.setPageStep(2)
        self.slider.valueChanged.connect(lambda seconds: settings.change(undo_seconds=seconds))
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(self.slider, 1)
        row.addWidget(self.seconds)
        self.column.addLayout(row)
        self.remark(self.tr("So long a message waits before it leaves, and can be undone without anybody seeing it."))
        self.voice = VoiceSection(self, theme)
        self.column.addStretch()

    def load(self) -> None:
        self.voice.load()

    def show_settings(self) -> None:
        chosen = self.settings.preferences
        self.markdown.setChecked(chosen.markdown)
        self.slider.setValue(chosen.undo_seconds)
        text = self._text(chosen.undo_seconds)
        self.seconds.setText(text)
        widest = max(self.seconds.fontMetrics().horizontalAdvance(self._text(n)) for n in (0, MOST_UNDO_SECONDS))
        self.seconds.setMinimumWidth(widest)
        self.slider.setAccessibleDescription(text)

    def _text(self, seconds: int) -> str:
        return self.tr("{0} s").format(seconds) if seconds else self.tr("Off")
