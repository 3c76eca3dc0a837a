"""The downloads pane: states, buttons, warnings."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMessageBox

from chatdesk.core.session import Session
from chatdesk.domain.elements import Media
from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.models.session import SessionModel
from chatdesk.views.download_row import DownloadRow
from chatdesk.views.downloads_pane import DownloadsPane
from chatdesk.views.main_window import MainWindow
from tests.models.waiting import turn, until


class Opener(QObject):
    """Stands where the system's programs are: Qt hands every file address to it."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def opener() -> Opener:
    return Opener()


@pytest.fixture
async def pane(account: SessionModel, window: MainWindow, opener: Opener) -> DownloadsPane:
    window.show_downloads()
    return window.side_pane.downloads


def _download(number: int, state: DownloadState, path: str = "", **facts: object) -> Download:
    media = Media("mxc://h/1", "sent.pdf", "application/pdf", 100)
    path = path or f"/nowhere/file {number}.pdf"
    return Download(number, number, 0, media, path, state, **facts)  # type: ignore[arg-type]


def _rows(pane: DownloadsPane) -> list[DownloadRow]:
    return [row for row in pane.findChildren(DownloadRow) if row.isVisible()]


def _actions(row: DownloadRow) -> list[str]:
    return [button.objectName() for button in row.findChildren(QAbstractButton) if button.isVisible()]


def _press(row: DownloadRow, name: str) -> None:
    button = row.findChild(QAbstractButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


async def test_empty_is_a_friendly_page(pane: DownloadsPane) -> None:
    assert pane._empty.isVisible()


@pytest.mark.parametrize(
    ("state", "actions"),
    [
        (DownloadState.WAITING, ["pauseDownload", "cancelDownload"]),
        (DownloadState.RUNNING, ["pauseDownload", "cancelDownload"]),
        (DownloadState.PAUSED, ["resumeDownload", "cancelDownload"]),
        (DownloadState.CHECKING, []),
        (DownloadState.MISSING, ["fetchDownload", "removeDownload"]),
        (DownloadState.DONE, ["openDownload", "folderDownload", "removeDownload"]),
        (DownloadState.FAILED, ["retryDownload", "removeDownload"]),
        (DownloadState.CANCELLED, ["retryDownload", "removeDownload"]),
    ],
)
async def test_each_state_offers_what_makes_sense(
    session: Session, pane: DownloadsPane, state: DownloadState, actions: list[str]
) -> None:
    session.downloads.updates.publish(_download(1, state, failure="No."))
    (row,) = _rows(pane)
    assert _actions(row) == actions
    for button in row.findChildren(QAbstractButton):
        assert "file 1.pdf" in button.accessibleName()
    assert row.accessibleName().startswith("file 1.pdf, ")
    under_way = (DownloadState.WAITING, DownloadState.RUNNING, DownloadState.PAUSED, DownloadState.CHECKING)
    assert row._progress.isVisible() == (state in under_way)


async def test_progress_updates_the_row_in_place(session: Session, pane: DownloadsPane) -> None:
    session.downloads.updates.publish(_download(1, DownloadState.RUNNING, received=10, total=100))
    (row,) = _rows(pane)
    session.downloads.updates.publish(_download(1, DownloadState.RUNNING, received=70, total=100))
    assert _rows(pane) == [row]
    assert row._progress.value() == 70
    session.downloads.updates.publish(_download(1, DownloadState.RUNNING, received=70))
    assert (row._progress.minimum(), row._progress.maximum()) == (0, 0)  # nobody knows how much is to come


async def test_the_newest_stands_on_top_and_focus_stays(session: Session, pane: DownloadsPane) -> None:
    session.downloads.updates.publish(_download(1, DownloadState.RUNNING))
    (first,) = _rows(pane)
    cancel = first.findChild(QAbstractButton, "cancelDownload")
    assert cancel is not None
    cancel.setFocus()
    session.downloads.updates.publish(_download(2, DownloadState.RUNNING))
    await turn(0.02)
    top = sorted(_rows(pane), key=lambda row: row.y())
    assert [row._name.full_text() for row in top] == ["file 2.pdf", "file 1.pdf"]
    assert cancel.hasFocus()
    session.downloads.removed.publish(2)
    session.downloads.removed.publish(1)
    await turn(0.02)
    assert pane._empty.isVisible()


async def test_a_long_history_shows_its_newest_first(session: Session, pane: DownloadsPane) -> None:
    for number in range(1, 61):
        session.downloads.updates.publish(_download(number, DownloadState.DONE))
    await turn(0.02)
    assert len(_rows(pane)) == 50
    assert pane._more.isVisible()
    QTest.mouseClick(pane._more, Qt.MouseButton.LeftButton)
    await turn(0.02)
    assert len(_rows(pane)) == 60
    assert not pane._more.isVisible()


async def test_opening_and_showing_the_folder(
    session: Session, pane: DownloadsPane, opener: Opener, tmp_path: Path
) -> None:
    path = tmp_path / "plan.pdf"
    path.write_text("content")
    session.downloads.updates.publish(_download(1, DownloadState.DONE, str(path)))
    QDesktopServices.setUrlHandler("file", opener, "take")  # type: ignore[arg-type]  # the stub says bytes, the call wants str
    try:
        (row,) = _rows(pane)
        _press(row, "openDownload")
        _press(row, "folderDownload")
        assert opener.opened == [str(path), str(tmp_path)]
    finally:
        QDesktopServices.unsetUrlHandler("file")


async def test_a_program_is_only_opened_after_a_warning(
    session: Session, pane: DownloadsPane, opener: Opener, tmp_path: Path, window: MainWindow
) -> None:
    path = tmp_path / "invoice.pdf.sh"
    path.write_text("content")
    session.downloads.updates.publish(_download(1, DownloadState.DONE, str(path)))
    QDesktopServices.setUrlHandler("file", opener, "take")  # type: ignore[arg-type]  # the stub says bytes, the call wants str
    try:
        (row,) = _rows(pane)
        _press(row, "openDownload")
        box = window.findChild(QMessageBox, "riskyFileQuestion")
        assert box is not None
        assert "invoice.pdf.sh" in box.text()
        assert opener.opened == []
        QTest.keyClick(box, Qt.Key.Key_Return)  # the safe answer is the default
        await until(lambda: not box.isVisible())
        assert opener.opened == []
        await turn(0.02)
        _press(row, "openDownload")
        again = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
        confirm = again.findChild(QAbstractButton, "confirmButton")
        assert confirm is not None
        QTest.mouseClick(confirm, Qt.MouseButton.LeftButton)
        assert opener.opened == [str(path)]
    finally:
        QDesktopServices.unsetUrlHandler("file")


async def test_a_file_that_moved_is_told(session: Session, pane: DownloadsPane, window: MainWindow) -> None:
    session.downloads.updates.publish(_download(1, DownloadState.DONE))
    (row,) = _rows(pane)
    _press(row, "openDownload")
    assert window.notice.text == "file 1.pdf is no longer where it was saved."
    _press(row, "folderDownload")
    assert "/nowhere" in window.notice.text
