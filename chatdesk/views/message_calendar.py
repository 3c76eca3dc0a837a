"""The calendar that asks for the date to go to. Main thread; loaded when it is first asked for."""

from PySide6.QtCore import QDate, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QFrame, QTableView, QToolButton, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from chatdesk.views.icons import icon
from chatdesk.views.message_floating import dress_popup
from chatdesk.views.message_style import Style


class CalendarPopup(QFrame):
    chosen = Signal(QDate)

    def __init__(self, date: QDate, style: Style, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("datePopup")
        self.setAccessibleName(self.tr("Jump to a date"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.calendar = QCalendarWidget()
        self.calendar.setObjectName("dateCalendar")
        self.calendar.setAccessibleName(self.tr("Jump to a date"))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        today = QDate.currentDate()
        self.calendar.setMaximumDate(today)
        self.calendar.setSelectedDate(date)
        weekday = self.calendar.weekdayTextFormat(Qt.DayOfWeek.Monday)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, weekday)  # Qt's red cannot be read on a dark ground
        weekday.setForeground(style.colors.color("muted"))
        for later in range(today.daysInMonth() - today.day()):  # Qt paints them like days one can go to
            self.calendar.setDateTextFormat(today.addDays(1 + later), weekday)
        dress_popup(self, style)
        self._dress_bar(style)
        self.calendar.clicked.connect(self._choose)
        self.calendar.activated.connect(self._choose)  # by Return
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.calendar)

    def _dress_bar(self, style: Style) -> None:
        """Month, year and the arrows beside them: Qt's arrows are black on any ground."""
        colors = style.colors
        self.calendar.setStyleSheet(
            f"QWidget#qt_calendar_navigationbar {{ background: {colors.raised}; }}"
            f"#qt_calendar_navigationbar QToolButton {{ color: {colors.text}; font-weight: 600; padding: 4px 6px; }}"
            f"#qt_calendar_navigationbar QToolButton:hover {{ background: {colors.hover}; }}"
        )
        names = (("previous", "prevmonth", self.tr("Earlier month")), ("next", "nextmonth", self.tr("Later month")))
        for sign, name, words in names:
            arrow = self.calendar.findChild(QToolButton, f"qt_calendar_{name}")
            if arrow is not None:
                arrow.setIcon(
                    icon(sign, colors.text, style.line, self.devicePixelRatioF(), colors.border, is_rtl=style.is_rtl)
                )
                arrow.setIconSize(QSize(style.line, style.line))
                arrow.setAccessibleName(words)
        for name, words in (("month", self.tr("Month")), ("year", self.tr("Year"))):
            choice = self.calendar.findChild(QToolButton, f"qt_calendar_{name}button")
            if choice is not None:
                choice.setAccessibleName(words)
                choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # what the arrows do, Page Up and Page Down do
        days = self.calendar.findChild(QTableView)
        if days is not None:
            days.setAccessibleName(self.tr("Days"))

    def open_at(self, point: QPoint) -> None:
        """Below this point of the screen, but on it."""
        self.adjustSize()
        area = self.screen().availableGeometry()
        x = max(area.left(), min(point.x() - self.width() // 2, area.right() - self.width()))
        y = max(area.top(), min(point.y(), area.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.calendar.setFocus()

    def _choose(self, date: QDate) -> None:
        if Shiboken.isValid(self) and self.isVisible():  # a double click tells twice
            self.close()
            self.chosen.emit(date)
