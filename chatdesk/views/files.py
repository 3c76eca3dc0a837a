"""Opening downloaded files with the system's programs. Main thread only; asks first when one could run a program."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from chatdesk.domain.transfers import Download
from chatdesk.models.downloads import needs_warning, shown_name
from chatdesk.models.file_kinds import may_run
from chatdesk.views.confirm import confirm


class FileOpener(QObject):
    failed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget = parent

    def open(self, download: Download) -> None:
        """Open a finished download, after a warning when it could run something."""
        path = Path(download.path)
        if not path.exists():
            self.failed.emit(self.tr("{0} is no longer where it was saved.").format(path.name))
        elif not needs_warning(download):
            self._hand_over(path)
        else:
            confirm(
                self._widget.window(),
                "riskyFileQuestion",
                self.tr("Open {0}?").format(shown_name(download)),
                self._warning(shown_name(download)),
                self.tr("Open anyway"),
                self.tr("Cancel"),
                lambda: self._hand_over(path),
            )

    def _warning(self, name: str) -> str:
        if may_run(name):
            return self.tr(
                "This kind of file can run a program on your computer. "
                "Open it only if you know who sent it and were expecting it."
            )
        return self.tr(
            "chatdesk does not know this kind of file and cannot say what opening it does. "
            "Open it only if you know who sent it and were expecting it."
        )

    def open_own(self, path: Path, folder_only: bool = False) -> None:
        """A file this account has sent from here: whoever chose it knows what it is."""
        wanted = path.parent if folder_only else path
        if wanted.exists():
            self._hand_over(wanted)
        else:
            self.failed.emit(self.tr("{0} is no longer where it was saved.").format(path.name))

    def copy(self, download: Download) -> None:
        """Put the file on the clipboard, to be pasted into a folder or another program."""
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(download.path)])
        QGuiApplication.clipboard().setMimeData(content)

    def show_in_folder(self, download: Download) -> None:
        folder = Path(download.path).parent
        if folder.is_dir():
            self._hand_over(folder)
        else:
            self.failed.emit(self.tr("The folder {0} is not there any more.").format(str(folder)))

    def _hand_over(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.failed.emit(self.tr("No program was found that opens {0}.").format(path.name))
