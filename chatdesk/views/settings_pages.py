"""The pages of the settings dialog. Main thread only; each shows the preferences and changes them at once: no Apply."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSlider,
)

from chatdesk.domain.errors import ChatdeskError
from chatdesk.models.autostart import Autostart
from chatdesk.models.sentences import translated
from chatdesk.models.settings import LEAST_TEXT_PERCENT, MOST_TEXT_PERCENT, SettingsModel
from chatdesk.views.one_of_several import OneOfSeveral
from chatdesk.views.settings_page import SELECTABLE, Page, say
from chatdesk.views.theme import SPACING
from chatdesk.views.widgets import DropDown, PlainLabel, button

_STEP_PERCENT = 10
LANGUAGE_NAMES = (("en", "English"), ("zh_CN", "简体中文"))
"""Each in its own language, so that it can be found by whoever cannot read the present one."""


class GeneralPage(Page):
    def __init__(self, settings: SettingsModel, has_tray: bool, autostart: Autostart | None = None) -> None:
        super().__init__(settings)
        self._autostart = autostart
        title = self.heading(self.tr("Language"))
        self.language = DropDown()
        self.language.setObjectName("languageChoice")
        self.language.setAccessibleName(title.text())
        self.language.addItem(self.tr("As the system"), "system")
        for code, name in LANGUAGE_NAMES:
            self.language.addItem(name, code)
        self.language.activated.connect(lambda _: settings.change(language=self.language.currentData()))
        self.column.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeft)

        self.heading(self.tr("Downloads"))
        self.folder = PlainLabel("")
        self.folder.setObjectName("downloadsFolder")
        self.folder.setTextInteractionFlags(SELECTABLE)
        self.column.addWidget(self.folder)
        self.choose_button = button(self.tr("Choose a folder…"), "chooseDownloadsFolder")
        self.choose_button.clicked.connect(self._choose_folder)
        self.reset_button = button(self.tr("Use the system’s folder"), "resetDownloadsFolder", "flat")
        self.reset_button.clicked.connect(lambda: settings.change(downloads_folder=""))
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(self.choose_button)
        row.addWidget(self.reset_button)
        row.addStretch()
        self.column.addLayout(row)

        self.heading(self.tr("Closing the window"))
        self.close_to_tray = self.check(self.tr("Keep running in the tray"), "closeToTray", "close_to_tray")
        self.close_to_tray.setEnabled(has_tray)
        self.remark(
            self.tr("Messages keep arriving. The tray icon brings the window back or ends chatdesk.")
            if has_tray
            else self.tr("This desktop has no tray, so closing the window ends chatdesk.")
        )
        self.heading(self.tr("Starting"))
        self.start_with_computer = QCheckBox(self.tr("Start with the computer"))
        self.start_with_computer.setObjectName("autostart")
        self.start_with_computer.setAccessibleName(self.start_with_computer.text())
        self.start_with_computer.setEnabled(autostart is not None)
        self.start_with_computer.clicked.connect(self._set_autostart)
        self.column.addWidget(self.start_with_computer)
        if autostart is None:
            self.remark(
                self.tr(
                    "Not for the people of “chatdesk try”: they are only there while it runs. Log in to an account."
                )
            )
        self.problem = self.error_line("autostartProblem")
        self.column.addStretch()

    def load(self) -> None:
        if self._autostart is not None:
            self.start_with_computer.setChecked(self._autostart.is_on())

    def _set_autostart(self, is_on: bool) -> None:
        if self._autostart is not None:
            say(self.problem, "")
            try:
                self._autostart.set_on(is_on)
            except ChatdeskError as error:
                say(self.problem, translated(str(error)))
            self.load()

    def show_settings(self) -> None:
        chosen = self.settings.preferences
        self.language.setCurrentIndex(self.language.findData(chosen.language))
        self.folder.setText(str(self.settings.downloads_folder()))
        self.folder.setAccessibleName(self.tr("Downloads folder: {0}").format(self.folder.text()))
        self.reset_button.setVisible(bool(chosen.downloads_folder))
        self.close_to_tray.setChecked(chosen.close_to_tray)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Where files are saved"), str(self.settings.downloads_folder()))
        dialog.setObjectName("downloadsFolderDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.settings.change(downloads_folder=path))
        dialog.open()


class AppearancePage(Page):
    def __init__(self, settings: SettingsModel) -> None:
        super().__init__(settings)
        self.heading(self.tr("Colours"))
        self._schemes = OneOfSeveral(self)
        self._buttons: dict[str, QRadioButton] = {}
        for scheme, text in (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
        ):
            choice = QRadioButton(text)
            choice.setObjectName(f"{scheme}Scheme")
            choice.setAccessibleName(text)
            choice.clicked.connect(lambda _, scheme=scheme: settings.change(scheme=scheme))
            self._schemes.addButton(choice)
            self._buttons[scheme] = choice
            self.column.addWidget(choice)

        title = self.heading(self.tr("Text size"))
        self.percent = QLabel()
        self.percent.setObjectName("textSizeValue")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("textSize")
        self.slider.setAccessibleName(title.text())
        self.slider.setRange(LEAST_TEXT_PERCENT // _STEP_PERCENT, MOST_TEXT_PERCENT // _STEP_PERCENT)
        self.slider.setPageStep(2)
        # Applied when the handle is let go (and at once by key): else the slider grows away under the pointer.
        self.slider.setTracking(False)
        self.slider.sliderMoved.connect(self._show_percent)
        self.slider.valueChanged.connect(self._choose_size)
        self.reset_button = button(self.tr("Back to 100 %"), "resetTextSize", "flat")
        self.reset_button.clicked.connect(lambda: settings.change(text_percent=100))
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(self.slider, 1)
        row.addWidget(self.percent)
        self.column.addLayout(row)
        self.column.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.remark(self.tr("Compared with the size your system uses."))
        self.heading(self.tr("Motion"))
        self.still = self.check(self.tr("Keep moving pictures still"), "keepStill", "is_still")
        self.remark(self.tr("They play when you open them. Your system’s own choice counts, too."))
        self.column.addStretch()

    def show_settings(self) -> None:
        chosen = self.settings.preferences
        self._buttons[chosen.scheme].setChecked(True)
        self.still.setChecked(chosen.is_still)
        self.slider.setValue(round(chosen.text_percent / _STEP_PERCENT))
        self._show_percent(self.slider.value())
        self.reset_button.setEnabled(chosen.text_percent != 100)

    def _choose_size(self, steps: int) -> None:
        self.settings.change(text_percent=steps * _STEP_PERCENT)

    def _show_percent(self, steps: int) -> None:
        text = self.tr("{0} %").format(steps * _STEP_PERCENT)
        self.percent.setText(text)
        self.percent.setMinimumWidth(self.percent.fontMetrics().horizontalAdvance(self.tr("{0} %").format(200)))
        self.slider.setAccessibleDescription(text)
