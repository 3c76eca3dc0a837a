"""Asks where a file of a message is to be saved. Main thread; the saving is the ChatModel's."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from chatdesk.models.chat import ChatModel


def ask_where(parent: QWidget, model: ChatModel, name: str, save: Callable[[Path], None]) -> None:
    """Never over another file: a name that is taken gets a number. `name` is the sender's."""
    from PySide6.QtCore import QDir, QStandardPaths  # loaded with the first file that is saved
    from PySide6.QtWidgets import QFileDialog

    standard = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    folder = model.download_folder() or Path(standard or QDir.homePath())
    dialog = QFileDialog(parent, QCoreApplication.translate("Wishes", "Save as"), str(folder))
    dialog.setObjectName("saveAsDialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.selectFile(model.safe_name(name))
    dialog.fileSelected.connect(lambda path: save(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
