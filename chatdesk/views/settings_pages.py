"""The pages of the settings dialog. Main thread only; each shows the preferences and changes them at once: no Apply."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from chatdesk.models.settings import LEAST_TEXT_PERCENT, MOST_TEXT_PERCENT, SettingsModel
from chatdesk.views.theme import SPACING, scaled_font
from chatdesk.views.widgets import button

_STEP_PERCENT = 10
LANGUAGE_NAMES = (("en", "English"), ("zh_CN", "简体中文"))
"""Each in its own language, so that it can be found by whoever cannot read the present one."""


class Page(QWidget):
    """A column of sections: a heading, its controls, and a quiet remark where one is needed."""

    def __init__(self, settings: SettingsModel) -> None:
        super().__init__()
        self.settings = settings
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(3 * SPACING, 2 * SPACING, 2 * SPACING, 2 * SPACING)
        self.column.setSpacing(SPACING)

    def heading(self, text: str) -> QLabel:
        if self.column.count():
            self.column.addSpacing(2 * SPACING)
        label = _Label(text)
        label.setFont(scaled_font(self.font(), 1.08, bold=True))
        self.column.addWidget(label)
        return label

    def remark(self, text: str) -> QLabel:
        label = _Label(text)
        label.setProperty("kind", "muted")
        self.column.addWidget(label)
        return label

    def check(self, text: str, name: str, field: str) -> QCheckBox:
        """A box for one yes-or-no preference."""
        box = QCheckBox(text)
        box.setObjectName(name)
        box.setAccessibleName(text.replace("&", ""))
        box.toggled.connect(lambda is_on: self.settings.change(**{field: is_on}))
        self.column.addWidget(box)
        return box

    def show_settings(self) -> None:
        """Take over what changed elsewhere."""


class GeneralPage(Page):
    def __init__(self, settings: SettingsModel, has_tray: bool) -> None:
        super().__init__(settings)
        title = self.heading(self.tr("Language"))
        self.language = QComboBox()
        self.language.setObjectName("languageChoice")
        self.language.setAccessibleName(title.text())
        self.language.addItem(self.tr("As the system"), "system")
        for code, name in LANGUAGE_NAMES:
            self.language.addItem(name, code)
        self.language.activated.connect(lambda _: settings.change(language=self.language.currentData()))
        self.column.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeft)
        self._at_start = settings.preferences.language
        self.restart_remark = self.remark(self.tr("The new language is used from the next start of chatdesk."))

        self.heading(self.tr("Downloads"))
        self.folder = _Label("")
        self.folder.setObjectName("downloadsFolder")
        self.folder.setTextInteractionFlags(_SELECTABLE)
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
        self.column.addStretch()

    def show_settings(self) -> None:
        chosen = self.settings.preferences
        self.language.setCurrentIndex(self.language.findData(chosen.language))
        self.restart_remark.setVisible(chosen.language != self._at_start)
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
        self._schemes = QButtonGroup(self)
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
        self.column.addStretch()

    def show_settings(self) -> None:
        chosen = self.settings.preferences
        self._buttons[chosen.scheme].setChecked(True)
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


class NotificationsPage(Page):
    def __init__(self, settings: SettingsModel) -> None:
        super().__init__(settings)
        self.heading(self.tr("Notifications"))
        self.notify = self.check(self.tr("Show a notification for new messages"), "notify", "notify")
        self.text = self.check(self.tr("Show who wrote and what"), "notifyText", "notify_text")
        self.remark(self.tr("Without it a notification only says that there is something new."))
        self.heading(self.tr("Quiet"))
        self.quiet = self.check(self.tr("Do not disturb"), "doNotDisturb", "do_not_disturb")
        self.remark(self.tr("No notifications until you switch this off. Unread messages are still counted."))
        self.column.addStretch()

    def show_settings(self) -> None:
        chosen = self.settings.preferences
        self.notify.setChecked(chosen.notify)
        self.text.setChecked(chosen.notify_text)
        self.text.setEnabled(chosen.notify)
        self.quiet.setChecked(chosen.do_not_disturb)


class AccountPage(Page):
    log_out_asked = Signal()

    def __init__(self, settings: SettingsModel, name: str, user_id: str, server: str) -> None:
        super().__init__(settings)
        self.heading(self.tr("Account"))
        for key, label, value in (
            ("accountName", self.tr("Name"), name),
            ("accountId", self.tr("User ID"), user_id),
            ("accountServer", self.tr("Server"), server),
        ):
            title = _Label(label)
            title.setProperty("kind", "muted")
            text = _Label(value or self.tr("Not logged in"))
            text.setObjectName(key)
            text.setAccessibleName(f"{label}: {text.text()}")
            text.setTextInteractionFlags(_SELECTABLE)
            self.column.addWidget(title)
            self.column.addWidget(text)
        self.column.addSpacing(SPACING)
        self.log_out_button = button(self.tr("Log out…"), "settingsLogOut", "danger")
        self.log_out_button.setEnabled(bool(user_id))
        self.log_out_button.clicked.connect(self.log_out_asked)
        self.column.addWidget(self.log_out_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.remark(self.tr("Logging out removes what chatdesk stored on this computer. Downloaded files stay."))
        self.column.addStretch()


_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class _Label(QLabel):
    """Words at the page's own edge. QLabel goes by the text's direction: a folder would jump to the far end."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._align()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._align()

    def _align(self) -> None:
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute)
