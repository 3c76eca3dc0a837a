"""Opening downloaded files with the system's programs. Main thread only; asks first when one could run a program.

Where Qt would start `xdg-open` and look away, it is started here, and its answer is waited for: on a system without a
program for the file nothing would happen otherwise, and nobody would say so.
"""

from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QMimeData, QObject, QProcess, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

from chatdesk.domain.transfers import Download
from chatdesk.models.downloads import needs_warning, shown_name
from chatdesk.models.file_kinds import may_run
from chatdesk.views.confirm import confirm

_STARTED_MS = 15_000
"""What ends later had opened the file: a program may stay until it is closed, and end as it likes."""


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
        program = QStandardPaths.findExecutable("xdg-open") if QGuiApplication.platformName() == "xcb" else ""
        if program:
            self.hand_to(program, path)
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._no_program(path)

    def hand_to(self, program: str, path: Path) -> None:
        """Let this program open it, and say so when it cannot."""
        process = QProcess(QGuiApplication.instance())  # what it starts may outlive the window
        age = QElapsedTimer()

        def end(code: int = 1) -> None:
            process.deleteLater()
            if code and age.elapsed() < _STARTED_MS and Shiboken.isValid(self):
                self._no_program(path)

        def fail(error: QProcess.ProcessError) -> None:
            if error is QProcess.ProcessError.FailedToStart:  # else it also finishes
                end()

        session = QProcess.UnixProcessParameters()
        session.flags = QProcess.UnixProcessFlag.CreateNewSession
        process.setUnixProcessParameters(session)
        process.setStandardInputFile(QProcess.nullDevice())
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(end)
        process.errorOccurred.connect(fail)
        age.start()
        process.start(program, [str(path)])

    def _no_program(self, path: Path) -> None:
        if path.is_dir():
            self.failed.emit(self.tr("No program was found that shows folders. This one is {0}.").format(path))
            return
        confirm(
            self._widget.window(),
            "noProgramQuestion",
            self.tr("No program opens {0}").format(path.name),
            self.tr(
                "This computer has no program for this kind of file, or it could not be started. Its folder is {0}."
            ).format(path.parent),
            self.tr("Show in folder"),
            self.tr("Close"),
            lambda: self._hand_over(path.parent),
            is_dangerous=False,
        )
