"""The history of a conversation: a strip of what is here and what is not, "Fetch all", and keeping it all here.

Main thread only. Owns its widgets; counting and fetching are the PastModel's. A fetch goes on when this is closed.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from chatdesk.domain.holdings import Part
from chatdesk.models.past import PastModel
from chatdesk.models.when import long_date
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.past_strip import PastStrip, PastSwatch
from chatdesk.views.theme import SPACING, Theme
from chatdesk.views.widgets import PlainLabel, button


class PastDialog(FormDialog):
    def __init__(self, theme: Theme, name: str, model: PastModel, parent: QWidget | None = None) -> None:
        super().__init__("past", self.tr("History of {0}").format(name), self.tr("Fetch all"), parent)
        self._model = model
        model.setParent(self)
        self.cancel_button.setText(self.tr("Close"))
        self.cancel_button.setAccessibleName(self.tr("Close"))
        self.stop_button = button(self.tr("Stop"), "pastStop")
        self.stop_button.clicked.connect(model.stop)
        self.buttons.insertWidget(0, self.stop_button)
        self.count = PlainLabel(name="pastCount")
        self.strip = PastStrip(theme)
        self._first, self._last = QLabel(), QLabel(self.tr("Today"))
        ends = QHBoxLayout()
        for label in (self._first, self._last):
            label.setProperty("kind", "muted")
            label.setTextFormat(Qt.TextFormat.PlainText)
        ends.addWidget(self._first)
        ends.addStretch()
        ends.addWidget(self._last)
        self.state = PlainLabel(name="pastState")
        self.keep = QCheckBox(self.tr("&Keep all of it on this computer"))
        self.keep.setObjectName("pastKeep")
        self.keep.setAccessibleName(self.keep.text().replace("&", ""))
        self.keep.clicked.connect(model.keep)
        self.body.addWidget(self.count)
        self.body.addWidget(self.strip)
        self.body.addLayout(ends)
        self.body.addWidget(self._legend(theme))
        self.body.addWidget(self.state)
        self.body.addSpacing(SPACING)
        self.body.addWidget(self.keep)
        self.body.addWidget(
            PlainLabel(
                self.tr("What is missing is fetched by itself then, also after a long time offline."), kind="muted"
            )
        )
        model.changed.connect(self._show)
        self._show()

    def _legend(self, theme: Theme) -> QWidget:
        legend = QWidget()
        column = QVBoxLayout(legend)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in Part:
            entry = QWidget()
            line = QHBoxLayout(entry)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(SPACING // 2)
            line.addWidget(PastSwatch(theme, part))
            words = QLabel(self._model.part_text(part))
            words.setProperty("kind", "muted")
            line.addWidget(words)
            line.addStretch()
            column.addWidget(entry)
        return legend

    def submit(self) -> None:
        self._model.fetch_all()

    def _show(self) -> None:
        model = self._model
        here, fetch, spans = model.holdings, model.fetch, model.spans()
        self.count.setText(model.count_text())
        self.state.setText(model.state_text())
        self.strip.show_spans(spans, f"{model.count_text()} {model.state_text()}")
        self._first.setText(long_date(spans[0].from_ms) if spans else "")
        self.keep.setChecked(here is not None and here.is_kept)
        self.keep.setEnabled(here is not None)
        self.progress.setVisible(fetch.is_running)
        self.action_button.setEnabled(model.can_fetch)
        self.stop_button.setVisible(fetch.is_running and not fetch.is_background)
        if self.isVisible():
            self.fit()  # a longer sentence wants more room
