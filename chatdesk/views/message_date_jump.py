"""Going to a date or to an older message: the calendar that asks, and the search that loads pages until it is reached.

Main thread. `DateJump` owns what is wanted; the pages come from the model, one after the other, and the search
ends when it is loaded, the beginning is reached, loading fails or somebody cancels.
"""

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QCalendarWidget, QFrame, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from chatdesk.domain.changes import LoadState
from chatdesk.models.timeline import TimelineModel
from chatdesk.views.message_floating import FloatingBar, dress_popup
from chatdesk.views.message_rowview import RowView
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
        self.calendar.setMaximumDate(QDate.currentDate())
        self.calendar.setSelectedDate(date)
        weekday = self.calendar.weekdayTextFormat(Qt.DayOfWeek.Monday)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, weekday)  # Qt's red cannot be read on a dark ground
        dress_popup(self, style)
        self.calendar.clicked.connect(self._choose)
        self.calendar.activated.connect(self._choose)  # by Return
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.calendar)

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


class DateJump(QObject):
    landed = Signal(object)
    """The key of the first message of that day or after it; None when there is none."""
    found = Signal(object)
    """The key of the message that was looked for."""
    changed = Signal()
    """It started, ended or failed."""

    def __init__(self, view: RowView) -> None:
        super().__init__(view)
        self._view = view
        self._date = QDate()
        self._key = 0
        """The message that is looked for instead of a date."""
        self._model: TimelineModel | None = None
        self.has_failed = False
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)  # not inside of the model's own signals
        self._next.timeout.connect(self._step)

    def ask(self, time_ms: int | None, y: int, style: Style) -> None:
        """Open the calendar below height `y` of the view, at the day of a message."""
        today = QDate.currentDate()
        date = today if time_ms is None else QDateTime.fromMSecsSinceEpoch(time_ms).date()
        popup = CalendarPopup(date, style, self._view)
        popup.chosen.connect(self.start)
        viewport = self._view.viewport()
        popup.open_at(viewport.mapToGlobal(QPoint(viewport.rect().center().x(), y + style.small_gap)))

    @property
    def is_searching(self) -> bool:
        return self._model is not None

    def text(self) -> str:
        if self._key:
            return self.tr("Could not load the message.") if self.has_failed else self.tr("Looking for the message…")
        date = QLocale().toString(self._date, QLocale.FormatType.LongFormat)
        if self.has_failed:
            return self.tr("Could not load the messages of {0}.").format(date)
        return self.tr("Looking for {0}…").format(date)

    def start(self, date: QDate) -> None:
        self._start(date, 0)

    def find(self, key: int) -> None:
        """Go back until this message is loaded."""
        self._start(QDate(), key)

    def _start(self, date: QDate, key: int) -> None:
        self.cancel()
        self._date, self._key = date, key
        self._model = self._view.timeline
        self._model.load_state_changed.connect(self._on_load_state)
        self._step()

    def retry(self) -> None:
        self._start(self._date, self._key)

    def cancel(self) -> None:
        self._next.stop()
        if self._model is not None and Shiboken.isValid(self._model):
            self._model.load_state_changed.disconnect(self._on_load_state)
        self._model = None
        self.has_failed = False
        self.changed.emit()

    def _on_load_state(self, state: LoadState) -> None:
        if state is LoadState.FAILED:
            self.has_failed = True
            self.changed.emit()
        elif state is not LoadState.LOADING:
            self._next.start()

    def _step(self) -> None:
        model = self._model
        if model is None:
            return
        if self._key:
            self._step_to_message(model)
            return
        start_ms = self._date.startOfDay().toMSecsSinceEpoch()
        items = model.items
        if (items and items[0].time_ms < start_ms) or model.load_state is LoadState.START_REACHED:
            key = next((message.key for message in items if message.time_ms >= start_ms), None)
            self.cancel()
            self.landed.emit(key)
            return
        self.has_failed = False
        model.request_older()
        self.changed.emit()

    def _step_to_message(self, model: TimelineModel) -> None:
        key = self._key
        if model.row_of(key) >= 0 or model.load_state is LoadState.START_REACHED:
            self.cancel()
            self.found.emit(key)
            return
        self.has_failed = False
        model.request_older()
        self.changed.emit()


class SearchBar(FloatingBar):
    """Says that a date is being looked for; the search can be stopped there."""

    def __init__(self, jump: DateJump, parent: QWidget) -> None:
        super().__init__("dateSearch", QCoreApplication.translate("DateJump", "Looking for a date"), parent)
        self._jump = jump
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(60)
        self.progress.setAccessibleName(self.tr("Loading"))
        self.row.insertWidget(1, self.progress)
        self.retry = self.add_button(self.tr("Retry"), "dateSearchRetry")
        self.retry.clicked.connect(jump.retry)
        self.cancel = self.add_button(self.tr("Cancel"), "dateSearchCancel")
        self.cancel.clicked.connect(jump.cancel)
        jump.changed.connect(self.refresh)

    def refresh(self) -> None:
        jump = self._jump
        if jump.is_searching:
            self.label.setText(jump.text())
        self.progress.setVisible(not jump.has_failed)
        self.retry.setVisible(jump.has_failed)
        self.setVisible(jump.is_searching)
