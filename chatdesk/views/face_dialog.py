"""Chooses a face to send: the pictures of a folder that the user has chosen. Main thread only.

Others see the face's name, or its picture where their program has the same set; the picture itself is not sent.
"""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QImageReader, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from chatdesk.domain.elements import Face
from chatdesk.models.faces import faces_in
from chatdesk.models.settings import SettingsModel
from chatdesk.views.form_dialog import FormDialog
from chatdesk.views.theme import SPACING
from chatdesk.views.widgets import ElidedLabel, PlainLabel, TabStopWhenFilled, button

_AT_ONCE = 8
"""Pictures read between two turns of the loop."""
_MOST_MIB = 16
_LINES = 3
_FACE = int(Qt.ItemDataRole.UserRole)


class FaceDialog(FormDialog):
    chosen = Signal(object)
    """A Face."""

    def __init__(self, settings: SettingsModel, parent: QWidget | None = None) -> None:
        super().__init__("face", self.tr("Send a face"), self.tr("Send"), parent)
        self._settings = settings
        self._side = _LINES * self.fontMetrics().lineSpacing()
        self._waiting: list[tuple[QListWidgetItem, Path]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._read_some)
        self.folder = ElidedLabel()
        self.folder.setProperty("kind", "muted")
        self.folder_button = button(self.tr("Folder of faces…"), "faceFolder")
        self.folder_button.clicked.connect(self._choose_folder)
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(self.folder_button)
        row.addWidget(self.folder, 1)
        self.body.addLayout(row)
        self.hint = PlainLabel()
        self.hint.setObjectName("faceHint")
        self.hint.setProperty("kind", "muted")
        self.hint.setWordWrap(True)
        self.list = QListWidget()
        self.list.setObjectName("faces")
        self.list.setAccessibleName(self.tr("Faces"))
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setIconSize(QSize(self._side, self._side))
        self.list.setGridSize(QSize(2 * self._side, self._side + 2 * self.fontMetrics().lineSpacing()))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setMinimumHeight(3 * self._side)
        TabStopWhenFilled(self.list)
        self.list.itemActivated.connect(self.submit)
        self.list.itemSelectionChanged.connect(self._show_ready)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.hint)
        self._load()

    def submit(self, *_: object) -> None:
        for item in self.list.selectedItems():
            face: Face = item.data(_FACE)
            self.chosen.emit(face)
            self.accept()

    def show_folder(self, folder: Path) -> None:
        """Take the faces from here, now and later."""
        self._settings.change(faces_folder=str(folder))
        self._load()

    def _load(self) -> None:
        chosen = self._settings.preferences.faces_folder
        self.list.clear()
        self._waiting = []
        for face, path in faces_in(Path(chosen)) if chosen else ():
            item = QListWidgetItem(face.description)
            item.setData(_FACE, face)
            item.setToolTip(f"{face.index}: {face.description}")
            self.list.addItem(item)
            self._waiting.append((item, path))
        self.folder.setText(chosen)
        if self.list.count():
            self.hint.setText(self.tr("Others see its name, or their own picture of it. The picture is not sent."))
            self.list.setCurrentRow(0)
            self.list.setFocus()
            self._timer.start()
        else:
            self.hint.setText(
                self.tr("There are no pictures in this folder.")
                if chosen
                else self.tr("Choose a folder with pictures: each is a face, called like its file.")
            )
            self.folder_button.setFocus()
        self._show_ready()

    def _read_some(self) -> None:
        """A few pictures, then everybody else has a turn."""
        some, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
        for item, path in some:
            reader = QImageReader(str(path))
            reader.setAllocationLimit(_MOST_MIB)
            size = reader.size()
            if size.isValid():
                reader.setScaledSize(size.scaled(self.list.iconSize(), Qt.AspectRatioMode.KeepAspectRatio))
                item.setIcon(QIcon(QPixmap.fromImage(reader.read())))
        if not self._waiting:
            self._timer.stop()

    def _show_ready(self, *_: object) -> None:
        self.action_button.setEnabled(bool(self.list.selectedItems()))

    def _choose_folder(self) -> None:
        start = self._settings.preferences.faces_folder or str(Path.home())
        dialog = QFileDialog(self, self.tr("Folder of faces"), start)
        dialog.setObjectName("faceFolderChooser")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda name: self.show_folder(Path(name)))
        dialog.open()
