"""Which files get a warning before they are opened."""

import pytest

from chatdesk.models.file_kinds import is_known, may_run


@pytest.mark.parametrize(
    "name",
    [
        "setup.exe", "SETUP.EXE", "photo.jpg.exe", "invoice.pdf.scr", "run.sh", "app.desktop", "macro.docm",
        "x.AppImage", "page.url", "strange.exe ", "trailing.exe.", "no-extension", "", ".bashrc", "install.command",
        "a.ps1", "b.jar",
    ],
)  # fmt: skip
def test_what_could_run_something_is_warned_about(name: str) -> None:
    assert may_run(name)


@pytest.mark.parametrize("name", ["photo.jpg", "report.pdf", "notes.txt", "archive.zip", "a.exe.png", "song.mp3"])
def test_the_usual_files_open_at_once(name: str) -> None:
    assert not may_run(name)


@pytest.mark.parametrize("name", ["photo.JPG", "report.pdf", "letter.docx", "talk.opus", "a.7z", "notes.md", "x.heic"])
def test_usual_kinds_are_known(name: str) -> None:
    assert is_known(name)


@pytest.mark.parametrize("name", ["strange.qqx", "a.pdf.zzz", "trailing.pdf.unknown ", "none"])
def test_other_kinds_are_not(name: str) -> None:
    assert not is_known(name)
