"""The downloads pane: states, buttons, warnings."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QContextMenuEvent, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QMessageBox

from chatdesk.core.session import Session
from chatdesk.domain.elements import File, Media
from chatdesk.domain.transfers import Download, DownloadState
from chatdesk.models.session import SessionModel
from chatdesk.views.download_row import DownloadRow
from chatdesk.views.downloads_pane import DownloadsPane
from chatdesk.views.main_window import MainWindow
from chatdesk.views.theme import Theme
from tests.models.offline import group, group_id, incoming, receive
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


async def test_large_letters_in_a_narrow_pane(pane: DownloadsPane, account: SessionModel, theme: Theme) -> None:
    running = _download(1, DownloadState.RUNNING, received=40_000_000, total=100_000_000, rate=9_400_000)
    account.downloads._update(running)
    await until(lambda: _rows(pane))
    (row,) = _rows(pane)
    assert "9.4\u00a0MB/s" in row._state.text()  # a number and its unit stay in one line
    button = row.findChild(QAbstractButton, "pauseDownload")
    assert button is not None
    row.resize(600, 80)
    assert button.y() < row._state.geometry().bottom()
    theme.set_text_percent(200)
    row.resize(260, 160)
    await turn()
    assert button.y() >= row._state.geometry().bottom()


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


async def test_after_pause_the_focus_is_on_going_on(session: Session, pane: DownloadsPane) -> None:
    session.downloads.updates.publish(_download(1, DownloadState.RUNNING, total=100))
    (row,) = _rows(pane)
    pause, resume = (row.findChild(QAbstractButton, f"{name}Download") for name in ("pause", "resume"))
    assert pause is not None and resume is not None
    pause.setFocus()
    session.downloads.updates.publish(_download(1, DownloadState.PAUSED, total=100))
    assert resume.hasFocus()
    session.downloads.updates.publish(_download(1, DownloadState.WAITING, total=100))
    assert pause.hasFocus()


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


async def test_a_file_no_program_opens_is_told_and_its_folder_offered(
    session: Session, pane: DownloadsPane, opener: Opener, tmp_path: Path, window: MainWindow
) -> None:
    path, program = tmp_path / "plan.pdf", tmp_path / "xdg-open"
    path.write_text("content")
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    pane._opener.hand_to(str(program), path)
    await until(lambda: window.findChild(QMessageBox, "noProgramQuestion") is not None)
    box = window.findChild(QMessageBox, "noProgramQuestion")
    assert box is not None
    assert "plan.pdf" in box.text()
    QDesktopServices.setUrlHandler("file", opener, "take")  # type: ignore[arg-type]  # the stub says bytes, the call wants str
    try:
        box.findChild(QAbstractButton, "confirmButton").click()  # type: ignore[union-attr]
        assert opener.opened == [str(tmp_path)]
    finally:
        QDesktopServices.unsetUrlHandler("file")
    pane._opener.hand_to(str(tmp_path / "not there"), path)
    await until(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))


async def test_an_unknown_kind_is_opened_after_a_warning_too(
    session: Session, pane: DownloadsPane, tmp_path: Path, window: MainWindow
) -> None:
    path = tmp_path / "thing.qqx"
    path.write_text("content")
    session.downloads.updates.publish(_download(1, DownloadState.DONE, str(path)))
    (row,) = _rows(pane)
    _press(row, "openDownload")
    box = window.findChild(QMessageBox, "riskyFileQuestion")
    assert box is not None
    assert "does not know" in box.informativeText()
    box.reject()


def _choose(row: DownloadRow, name: str) -> None:
    """By the Menu key on one of the row's buttons."""
    button = next(button for button in row.findChildren(QAbstractButton) if button.isVisible())
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), button.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(button, event)
    menu = row.findChild(QMenu, "downloadMenu")
    assert menu is not None
    next(entry for entry in menu.actions() if entry.objectName() == name).trigger()
    menu.close()


FILE = File(Media("mxc://h/same", "plan.pdf", "application/pdf", 7))


async def _with_file(session: Session, account: SessionModel, window: MainWindow) -> int:
    """A group with one file, open in the window; the key of the message."""
    await receive(session, group("!trip:h", "Trip", [incoming(FILE), incoming("after")]))
    account.load(None)
    window.open_conversation(group_id("!trip:h"))
    await until(lambda: account.chat.timeline is not None and len(account.chat.timeline.items) >= 2)
    assert account.chat.timeline is not None
    return next(message.key for message in account.chat.timeline.items if FILE in message.elements)


async def test_from_a_download_to_its_message(
    session: Session, account: SessionModel, pane: DownloadsPane, window: MainWindow
) -> None:
    key = await _with_file(session, account, window)
    session.downloads._tell(Download(1, key, 0, FILE.media, "/nowhere/plan.pdf", DownloadState.FAILED))
    session.downloads._tell(Download(2, key + 1000, 0, FILE.media, "/nowhere/old.pdf", DownloadState.FAILED))
    landed: list[object] = []
    account.chat.landing.connect(landed.append)
    await until(lambda: len(_rows(pane)) == 2)
    gone, known = sorted(_rows(pane), key=lambda row: row.y())
    _choose(known, "messageDownloadEntry")
    await until(lambda: landed == [key])
    _choose(gone, "messageDownloadEntry")
    await until(lambda: "no longer here" in window.notice.text)


async def test_what_is_here_already_is_not_fetched_again_unasked(
    session: Session, account: SessionModel, pane: DownloadsPane, window: MainWindow, tmp_path: Path, opener: Opener
) -> None:
    key = await _with_file(session, account, window)
    path = tmp_path / "earlier.pdf"
    path.write_text("content")
    session.downloads._tell(Download(99, key + 1000, 0, FILE.media, str(path), DownloadState.DONE, received=7))
    account.chat.download(key, 0)
    await until(lambda: window.findChild(QMessageBox, "ownedFileQuestion") is not None)
    box = window.findChild(QMessageBox, "ownedFileQuestion")
    assert box is not None
    assert "earlier.pdf" in box.informativeText()
    QDesktopServices.setUrlHandler("file", opener, "take")  # type: ignore[arg-type]  # the stub says bytes, the call wants str
    try:
        box.findChild(QAbstractButton, "confirmButton").click()  # type: ignore[union-attr]
        assert opener.opened == [str(path)]
    finally:
        QDesktopServices.unsetUrlHandler("file")
    account.chat.download_all([(key, 0)])
    await until(lambda: window.notice.text == "1 file was here already.")
    assert len(session.downloads.list()) == 1
    account.chat.download(key, 0)
    await until(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)))
    again = next(box for box in window.findChildren(QMessageBox) if box.isVisible())
    again.findChild(QAbstractButton, "saveAgainButton").click()  # type: ignore[union-attr]
    await until(lambda: len(session.downloads.list()) == 2)


async def test_a_slim_bar_says_how_much_is_here(session: Session, pane: DownloadsPane, window: MainWindow) -> None:
    def bar() -> list[bool]:
        image = window.status_line.grab().toImage()
        accent = window.status_line._theme.colors.color("accent")
        return [image.pixelColor(x, 1) == accent for x in (image.width() // 4, image.width() * 3 // 4)]

    assert bar() == [False, False]
    session.downloads.updates.publish(_download(1, DownloadState.RUNNING, received=50, total=100))
    assert bar() == [True, False]
    session.downloads.updates.publish(_download(1, DownloadState.RUNNING, received=90, total=100))
    assert bar() == [True, True]
    session.downloads.updates.publish(_download(1, DownloadState.DONE, received=100, total=100))
    assert bar() == [False, False]


async def test_a_file_that_moved_is_told(session: Session, pane: DownloadsPane, window: MainWindow) -> None:
    session.downloads.updates.publish(_download(1, DownloadState.DONE))
    (row,) = _rows(pane)
    _press(row, "openDownload")
    assert window.notice.text == "file 1.pdf is no longer where it was saved."
    _press(row, "folderDownload")
    assert "/nowhere" in window.notice.text
