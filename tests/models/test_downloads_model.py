"""The rows of the downloads pane, told by the core's own service."""

from collections.abc import AsyncIterator

import pytest

from chatdesk.core.session import Session
from chatdesk.domain.elements import Media
from chatdesk.domain.transfers import Download, DownloadNote, DownloadState
from chatdesk.models.downloads import DownloadsModel, needs_warning, percent
from chatdesk.models.tasks import Tasks

_MEDIA = Media("mxc://h/1", "sent name.pdf", "application/pdf", 2_000_000)


def _download(number: int, state: DownloadState = DownloadState.RUNNING, **facts: object) -> Download:
    return Download(number, number, 0, _MEDIA, f"/tmp/file {number}.pdf", state, **facts)  # type: ignore[arg-type]


@pytest.fixture
async def model(session: Session) -> AsyncIterator[DownloadsModel]:
    model = DownloadsModel(session.downloads, Tasks())
    yield model
    model.close()


async def test_newest_first_and_updated_in_place(session: Session, model: DownloadsModel) -> None:
    started: list[bool] = []
    model.started.connect(lambda: started.append(True))
    session.downloads.updates.publish(_download(1, DownloadState.WAITING))
    session.downloads.updates.publish(_download(2, DownloadState.WAITING))
    session.downloads.updates.publish(_download(1, DownloadState.RUNNING, received=5))
    assert [download.id for download in model.items] == [2, 1]
    assert model.items[1].received == 5
    assert len(started) == 2
    session.downloads.updates.publish(_download(1, DownloadState.DONE))
    session.downloads.removed.publish(1)
    assert [download.id for download in model.items] == [2]
    assert len(started) == 2


async def test_a_retry_shows_the_pane_again(session: Session, model: DownloadsModel) -> None:
    started: list[bool] = []
    session.downloads.updates.publish(_download(1, DownloadState.FAILED, failure="No."))
    model.started.connect(lambda: started.append(True))
    session.downloads.updates.publish(_download(1, DownloadState.WAITING))
    assert started == [True]


async def test_the_words_for_each_state(model: DownloadsModel) -> None:
    def text(state: DownloadState, **facts: object) -> str:
        return model.state_text(_download(1, state, **facts))

    assert text(DownloadState.WAITING) == "Waiting"
    running = text(DownloadState.RUNNING, received=700_000, total=2_000_000, rate=350_000.0)
    assert running == "35 % · 700.0 kB of 2.0 MB · 350.0 kB/s · 4 s left"
    assert text(DownloadState.RUNNING, received=1, total=10**9, rate=1e6).endswith("17 min left")
    assert text(DownloadState.PAUSED, received=500_000, total=2_000_000) == "Paused · 25 % · 500.0 kB of 2.0 MB"
    assert text(DownloadState.MISSING) == "No longer in its folder"
    unchanged = text(DownloadState.DONE, received=2_000_000, note=DownloadNote.UNCHANGED)
    assert unchanged == "2.0 MB · Checked: unchanged"
    anew = text(DownloadState.DONE, received=2_000_000, note=DownloadNote.BEGAN_ANEW)
    assert anew == "2.0 MB · This server cannot continue a download; it began again"
    assert text(DownloadState.RUNNING, received=700_000) == "700.0 kB"
    assert text(DownloadState.DONE, received=2_000_000) == "2.0 MB"
    assert text(DownloadState.FAILED, failure="The disk is full.") == "The disk is full."
    assert text(DownloadState.CANCELLED) == "Cancelled"


def test_percent_is_only_said_when_known() -> None:
    assert percent(_download(1, received=50, total=200)) == 25
    assert percent(_download(1, received=50)) == -1
    assert percent(_download(1, received=300, total=200)) == 100
    assert percent(_download(1, DownloadState.DONE, received=200, total=200)) == -1


async def test_the_status_line_sums_up(session: Session, model: DownloadsModel) -> None:
    assert model.active_text() == ""
    session.downloads.updates.publish(_download(1, received=1_000_000, total=2_000_000))
    assert model.active_text() == "Downloading file 1.pdf · 50 %"
    session.downloads.updates.publish(_download(2, received=0, total=2_000_000))
    assert model.active_text() == "Downloading 2 files · 25 %"
    session.downloads.updates.publish(_download(2, DownloadState.DONE))
    session.downloads.updates.publish(_download(1, DownloadState.CANCELLED))
    assert model.active_text() == ""


def test_the_name_on_disk_decides_about_the_warning() -> None:
    """The sender's name was made safe when the file was written; what the system would open is the file."""
    assert not needs_warning(_download(1))
    assert needs_warning(Download(1, 1, 0, Media(name="x.pdf"), "/tmp/x.pdf.exe", DownloadState.DONE))


async def test_the_course_of_a_download_is_spoken(session: Session, model: DownloadsModel) -> None:
    said: list[str] = []
    model.spoken.connect(said.append)
    model.finished.connect(said.append)
    steps: list[tuple[DownloadState, int]] = [(DownloadState.WAITING, 0)]
    steps += [(DownloadState.RUNNING, share) for share in (0, 20, 49, 51, 60, 99)] + [(DownloadState.DONE, 100)]
    for state, share in steps:
        session.downloads.updates.publish(_download(1, state, received=share, total=100))
    session.downloads.updates.publish(_download(2, DownloadState.RUNNING))
    session.downloads.updates.publish(_download(2, DownloadState.FAILED, failure="The server is gone."))
    assert said == [
        "Downloading file 1.pdf",
        "file 1.pdf: 50 %",
        "file 1.pdf is downloaded",
        "Downloading file 2.pdf",
        "file 2.pdf: The server is gone.",
    ]
    session.downloads.updates.publish(_download(1, DownloadState.CHECKING))
    session.downloads.updates.publish(_download(1, DownloadState.DONE))
    assert len(said) == 5  # looking at it again is no download


async def test_how_much_of_everything_is_here(session: Session, model: DownloadsModel) -> None:
    assert model.active_share() == -1
    session.downloads.updates.publish(_download(1, received=10, total=100))
    session.downloads.updates.publish(_download(2, received=290, total=300))
    assert model.active_share() == 75
    session.downloads.updates.publish(_download(3, received=290))
    assert model.active_share() == -1
