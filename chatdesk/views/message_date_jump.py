"""Going to a date or to an older message: the calendar that asks, and the search that loads pages until it is reached.

Main thread. `DateJump` owns what is wanted; the pages come from the model, one after the other, and the search
ends when it is loaded, the beginning is reached, loading fails or somebody cancels.
"""

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QObject, QPoint, Signal
from PySide6.QtWidgets import QProgressBar, QWidget
from shiboken6 import Shiboken

from chatdesk.domain.changes import LoadState
from chatdesk.models.timeline import TimelineModel
from chatdesk.models.when import long_when
from chatdesk.views.message_floating import FloatingBar
from chatdesk.views.message_rowview import RowView
from chatdesk.views.message_style import Style

_WINDOWFUL = 30
"""Messages: more than are seen at once, mostly."""


class DateJump(QObject):
    """Looks for a date or for a message; what is not loaded is asked for through the timeline's model."""

    started = Signal()
    """Whoever wants to come back notes where the view stands now."""
    landed = Signal(object)
    """The key of the first message of that day or after it; None when there is none."""
    found = Signal(object, object)
    """The key of the message that was looked for, and the height it was wanted at or None."""
    changed = Signal()
    """It started, ended or failed."""

    def __init__(self, view: RowView) -> None:
        super().__init__(view)
        self._view = view
        self._time_ms = 0
        self._key = 0
        """The message that is looked for instead of a date."""
        self._y: int | None = None
        self._model: TimelineModel | None = None
        self.failure = ""

    def ask(self, time_ms: int | None, y: int, style: Style) -> None:
        """Open the calendar below height `y` of the view, at the day of a message."""
        today = QDate.currentDate()
        date = today if time_ms is None else _day(time_ms)
        from chatdesk.views.message_calendar import CalendarPopup  # not needed to start

        popup = CalendarPopup(date, style, self._view)
        popup.chosen.connect(self.start)
        viewport = self._view.viewport()
        popup.open_at(viewport.mapToGlobal(QPoint(viewport.rect().center().x(), y + style.small_gap)))

    @property
    def is_searching(self) -> bool:
        return self._model is not None

    def text(self) -> str:
        if self._key:
            return self.failure or self.tr("Looking for the message…")
        date = long_when(self._time_ms)
        if self.failure:
            return self.tr("Could not load the messages of {0}.").format(date)
        return self.tr("Looking for {0}…").format(date)

    def start(self, date: QDate) -> None:
        self.find_time(date.startOfDay().toMSecsSinceEpoch())

    def find_time(self, time_ms: int) -> None:
        self._start(time_ms, 0, None)

    def is_on_another_day(self, time_ms: int) -> bool:
        """Whether what was found is not of the day that was looked for."""
        return _day(time_ms) != _day(self._time_ms)

    def find(self, key: int, y: int | None = None) -> None:
        """Load what is around this message."""
        self._start(0, key, y)

    def retry(self) -> None:
        self._start(self._time_ms, self._key, self._y)

    def cancel(self) -> None:
        model, is_running = self._model, not self.failure
        self._end()
        if model is not None and is_running and Shiboken.isValid(model):
            model.place_cancelled.emit()

    def _end(self) -> None:
        model, self._model = self._model, None
        if model is not None and Shiboken.isValid(model):
            model.place_found.disconnect(self._on_found)
            model.place_failed.disconnect(self._on_failed)
        self.failure = ""
        self.changed.emit()

    def _start(self, time_ms: int, key: int, y: int | None) -> None:
        self.cancel()
        self._time_ms, self._key, self._y = time_ms, key, y
        self.started.emit()
        model = self._view.timeline
        if key and model.row_of(key) >= 0:
            self.found.emit(key, y)
        elif not key and _is_loaded(model, time_ms):
            self.landed.emit(next((message.key for message in model.items if message.time_ms >= time_ms), None))
        else:
            self._model = model
            model.place_found.connect(self._on_found)
            model.place_failed.connect(self._on_failed)
            self.changed.emit()
            model.request_place(key, time_ms)

    def _on_found(self, key: int | None) -> None:
        self._end()
        if self._key:
            self.found.emit(self._key, self._y)
        else:
            self.landed.emit(key)

    def _on_failed(self, sentence: str) -> None:
        self.failure = sentence
        self.changed.emit()


def _day(time_ms: int) -> QDate:
    return QDateTime.fromMSecsSinceEpoch(time_ms).date()


def _is_loaded(model: TimelineModel, time_ms: int) -> bool:
    """Whether the first message of this time or later is loaded, or it is certain that there is none."""
    items = model.items
    begins_before = model.load_state is LoadState.START_REACHED or bool(items and items[0].time_ms < time_ms)
    # What comes after it fills the window: else it would land at the foot of it.
    ends_after = model.is_at_newest or (len(items) > _WINDOWFUL and items[-_WINDOWFUL].time_ms >= time_ms)
    return begins_before and ends_after


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
        self.progress.setVisible(not jump.failure)
        self.retry.setVisible(bool(jump.failure))
        self.setVisible(jump.is_searching)
