"""What is told by notifications, and when chatdesk keeps quiet. Main thread only."""

from PySide6.QtCore import QDateTime, QLocale, QTime, QTimer
from PySide6.QtWidgets import QLabel, QRadioButton, QTimeEdit

from chatdesk.models.quiet import is_paused, tomorrow_ms
from chatdesk.models.settings import SettingsModel
from chatdesk.views.one_of_several import OneOfSeveral
from chatdesk.views.settings_page import Page
from chatdesk.views.widgets import PlainLabel, button

_LOOK_AGAIN_MS = 20_000


class NotificationsPage(Page):
    def __init__(self, settings: SettingsModel) -> None:
        super().__init__(settings)
        self.heading(self.tr("Notifications"))
        self.notify = self.check(self.tr("Show a notification for new messages"), "notify", "notify")
        self.text = self.check(self.tr("Show who wrote and what"), "notifyText", "notify_text")
        self.remark(self.tr("Without it a notification only says that there is something new."))
        self.sound = self.check(self.tr("Play a sound"), "notifySound", "sound")

        self.heading(self.tr("Notify me about"))
        self._about = OneOfSeveral(self)
        self._choices: dict[str, QRadioButton] = {}
        for value, name, text in (
            ("all", "notifyAll", self.tr("Every message")),
            ("mentions", "notifyMentions", self.tr("Only what is addressed to me")),
        ):
            choice = QRadioButton(text)
            choice.setObjectName(name)
            choice.setAccessibleName(text)
            choice.clicked.connect(lambda _, value=value: settings.change(notify_about=value))
            self._about.addButton(choice)
            self._choices[value] = choice
            self.column.addWidget(choice)
        self.remark(self.tr("That is one-to-one conversations, and messages of groups that mention you."))

        self.heading(self.tr("Quiet"))
        self.quiet = self.check(self.tr("Do not disturb"), "doNotDisturb", "do_not_disturb")
        self.remark(self.tr("No notifications until you switch this off. Unread messages are still counted."))
        self.until = PlainLabel("")
        self.until.setObjectName("quietUntil")
        self.column.addWidget(self.until)
        self.tomorrow = button(self.tr("Quiet until tomorrow morning"), "quietUntilTomorrow")
        self.tomorrow.clicked.connect(lambda: settings.change(quiet_until_ms=tomorrow_ms()))
        self.end = button(self.tr("End the pause"), "endQuiet")
        self.end.clicked.connect(settings.end_quiet)
        self.row(self.tomorrow, self.end)
        self.hours = self.check(self.tr("Quiet every day between these times"), "quietHours", "quiet_hours")
        self.start = self._time("quietFrom", self.tr("Quiet from"), "quiet_from")
        self.finish = self._time("quietTo", self.tr("Quiet until"), "quiet_to")
        self._dash = QLabel("–")
        self.row(self.start, self._dash, self.finish)
        self.column.addStretch()
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_AGAIN_MS)
        self._clock.timeout.connect(self._show_pause)
        self._clock.start()

    def show_settings(self) -> None:
        chosen = self.settings.preferences
        self.notify.setChecked(chosen.notify)
        self.text.setChecked(chosen.notify_text)
        self.sound.setChecked(chosen.sound)
        self._choices[chosen.notify_about].setChecked(True)
        for dependent in (self.text, self.sound, *self._choices.values()):
            dependent.setEnabled(chosen.notify)
        self.quiet.setChecked(chosen.do_not_disturb)
        self.hours.setChecked(chosen.quiet_hours)
        for edit, minutes in ((self.start, chosen.quiet_from), (self.finish, chosen.quiet_to)):
            edit.setTime(QTime(0, 0).addSecs(60 * minutes))
            edit.setEnabled(chosen.quiet_hours)
        self._show_pause()

    def _show_pause(self) -> None:
        chosen = self.settings.preferences
        is_on = is_paused(chosen)
        when = QLocale().toString(QDateTime.fromMSecsSinceEpoch(chosen.quiet_until_ms), QLocale.FormatType.ShortFormat)
        self.until.setText(self.tr("Quiet until {0}.").format(when) if is_on else "")
        self.until.setVisible(is_on)
        self.tomorrow.setVisible(not is_on)
        self.end.setVisible(is_on)

    def _time(self, name: str, spoken: str, field: str) -> QTimeEdit:
        edit = QTimeEdit()
        edit.setObjectName(name)
        edit.setAccessibleName(spoken)
        edit.setButtonSymbols(QTimeEdit.ButtonSymbols.NoButtons)
        edit.setDisplayFormat(QLocale().timeFormat(QLocale.FormatType.ShortFormat))
        edit.userTimeChanged.connect(
            lambda time, field=field: self.settings.change(**{field: time.hour() * 60 + time.minute()})
        )
        return edit
