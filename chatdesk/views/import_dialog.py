"""Imports messages from a file: choose it, see what is in it, say where to, and undo a whole import again.

Main thread only. The import goes on when this is closed; its end is told by the window then.
"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from chatdesk.domain.conversations import Membership
from chatdesk.domain.ids import ConversationId
from chatdesk.domain.imports import ImportBatch
from chatdesk.models.conversation_list import ConversationListModel
from chatdesk.models.imports import ImportModel
from chatdesk.models.when import short_when
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.theme import SPACING
from chatdesk.views.widgets import DropDown, ElidedLabel, PlainLabel, button

_MOST_SHOWN = 5
_SHOWN_LETTERS = 20


class ImportDialog(FormDialog):
    _grown = Signal()

    def __init__(
        self,
        model: ImportModel,
        conversations: ConversationListModel,
        open_now: ConversationId | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("import", self.tr("Import messages"), self.tr("Import"), parent)
        self._model = model
        self._conversations = conversations
        self._earlier_rows: list[QWidget] = []
        model.preview = None
        self.hint = PlainLabel(name="importHint", kind="muted")
        self.hint.setText(
            self.tr(
                "From a file that chatdesk exported, or one that another program wrote for it. "
                "The messages stay on this computer and are marked as imported."
            )
        )
        self.choose_button = button(self.tr("Choose a file…"), "importChoose")
        self.choose_button.clicked.connect(self._choose)
        self.file = ElidedLabel()
        self.file.setObjectName("importFile")
        self.facts = PlainLabel(name="importFacts")
        self.target = DropDown()
        # However long a name is: it does not decide how wide this is.
        self.target.setSizeAdjustPolicy(DropDown.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.target.setMinimumContentsLength(_SHOWN_LETTERS)
        for conversation in conversations.items:
            if conversation.membership is Membership.JOINED:
                self.target.addItem(conversation.name, conversation.id)
                if conversation.id == open_now:
                    self.target.setCurrentIndex(self.target.count() - 1)
        self.said = PlainLabel(name="importSaid")
        self.stop_button = button(self.tr("Stop"), "importStop")
        self.stop_button.clicked.connect(model.stop)
        self.undo_button = button(self.tr("Undo this import"), "importUndo")
        self.undo_button.clicked.connect(self._undo_last)
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(self.choose_button)
        row.addWidget(self.file, 1)
        self.body.addWidget(self.hint)
        self.body.addLayout(row)
        self.body.addWidget(self.facts)
        self.add_field(self.tr("Into the &conversation"), self.target, "importTarget")
        self.body.addWidget(self.said)
        self.earlier = PlainLabel(name="importEarlier", kind="muted")
        self.earlier.setText(self.tr("Earlier imports"))
        self.body.addWidget(self.earlier)
        self.body.addStretch()
        for extra in (self.stop_button, self.undo_button):
            self.buttons.insertWidget(0, extra)
        self.cancel_button.setText(self.tr("Close"))
        self.cancel_button.setAccessibleName(self.tr("Close"))
        model.looked.connect(self._show)
        model.progressed.connect(self._show_progress)
        model.running_changed.connect(self._show)
        model.done.connect(self._on_done)
        model.failed.connect(self._on_failed)
        model.batches_changed.connect(self._show_earlier)
        self._grown.connect(self._fit_if_open, Qt.ConnectionType.QueuedConnection)  # after the layout
        self._show()
        self._show_earlier()
        model.load()
        self.choose_button.setFocus()

    def submit(self) -> None:
        target = self.target.currentData()
        if isinstance(target, ConversationId) and self._model.preview is not None:
            self.show_error("")
            self.said.setText("")
            self._model.start(target)
            self.stop_button.setFocus()

    def take_file(self, path: Path) -> None:
        """Look at this file."""
        self.file.setText(path.name)
        self.said.setText("")
        self.show_error("")
        self._model.preview = None
        self._model.look(path)

    def _choose(self) -> None:
        dialog = QFileDialog(
            self, self.tr("Import messages"), str(Path.home()), self.tr("Messages (*.json);;All files (*)")
        )
        dialog.setObjectName("importChooser")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take_file(Path(name)))
        dialog.open()

    def _undo_last(self) -> None:
        if self._model.last is not None:
            self._model.undo(self._model.last)

    # -- what is shown -----------------------------------------------------------------------------------------------

    def _show(self, *_: object) -> None:
        model = self._model
        preview, is_running = model.preview, model.is_running
        self.facts.setText("\n".join(model.lines(preview)) if preview is not None else "")
        self.facts.setVisible(preview is not None)
        can_start = preview is not None and preview.count > 0 and self.target.count() > 0
        for widget in (self.choose_button, self.target):
            widget.setEnabled(not is_running)
        self.action_button.setEnabled(can_start and not is_running)
        self.stop_button.setVisible(is_running and model.total > 0)
        self.undo_button.setVisible(model.last is not None and not is_running)
        for row in self._earlier_rows:
            row.setEnabled(not is_running)
        self._show_progress()
        if self.isVisible():
            self.fit()

    def _show_progress(self) -> None:
        model = self._model
        self.progress.setVisible(model.is_running)
        self.progress.setRange(0, model.total)
        self.progress.setValue(model.count)
        if model.is_running and model.count:
            self.said.setText(self.tr("{0} of {1}").format(model.count, model.total))

    def _on_done(self, sentence: str) -> None:
        self.said.setText(sentence)
        self._model.preview = None
        self._show()

    def _on_failed(self, sentence: str) -> None:
        self.said.setText("")
        self.show_error(sentence)
        self._show()

    def _show_earlier(self) -> None:
        for row in self._earlier_rows:
            row.deleteLater()
        self._earlier_rows = [self._earlier_row(batch) for batch in self._model.batches[:_MOST_SHOWN]]
        self.earlier.setVisible(bool(self._earlier_rows))
        place = self.body.indexOf(self.earlier) + 1
        for offset, row in enumerate(self._earlier_rows):
            self.body.insertWidget(place + offset, row)
        self._grown.emit()

    def _fit_if_open(self) -> None:
        if self.isVisible():
            self.fit()

    def _earlier_row(self, batch: ImportBatch) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACING)
        known = self._conversations.conversation(batch.conversation)
        where = batch.conversation.id if known is None else known.name
        words = self.tr("{0}: %n messages, in {1}, {2}", "", batch.count)
        line.addWidget(PlainLabel(words.format(batch.source, where, short_when(batch.time_ms))), 1)
        undo = button(self.tr("Undo"), f"importUndo{batch.id}")
        undo.setAccessibleName(self.tr("Undo the import of {0}").format(batch.source))
        undo.clicked.connect(lambda: self._model.undo(batch))
        line.addWidget(undo)
        row.setEnabled(not self._model.is_running)
        return row
