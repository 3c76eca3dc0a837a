"""Names from strangers become harmless names, and nothing is ever overwritten."""

import hashlib
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.core import files
from chatdesk.domain.elements import Media
from chatdesk.domain.errors import TransferError

URI = "mxc://example.org/file"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("/etc/shadow", "shadow"),
        ("C:\\Windows\\system32\\x.dll", "x.dll"),
        ("", "file"),
        ("...", "file"),
        (".bashrc", "bashrc"),
        ("-rf.txt", "rf.txt"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("a\x00b\x1f.txt", "ab.txt"),
        ("what?.txt", "what_.txt"),
        ("trailing. ", "trailing"),
        ("résumé 简历.docx", "résumé 简历.docx"),
    ],
)
def test_a_hostile_name_is_made_harmless(sent: str, kept: str) -> None:
    assert files.safe_name(sent) == kept


@pytest.mark.parametrize("name", ["CON", "nul.txt", "COM1.log", "LPT9"])
def test_names_that_windows_reserves_are_changed(name: str) -> None:
    assert files.safe_name(name).split(".")[0].upper() != name.split(".")[0].upper()


@given(st.text(max_size=600))
def test_any_name_stays_inside_the_folder(name: str) -> None:
    kept = files.safe_name(name)
    assert kept
    assert Path(kept).name == kept
    assert not kept.startswith(".")
    assert len(f"{kept} (9999){files.PART}".encode()) <= 255


def test_the_ending_survives_a_very_long_name() -> None:
    kept = files.safe_name("x" * 5000 + ".pdf")
    assert kept.endswith(".pdf")
    assert len(kept) < 200


def test_two_downloads_of_one_name_never_meet(tmp_path: Path) -> None:
    first = files.reserve(tmp_path, "a.txt")
    second = files.reserve(tmp_path, "a.txt")
    assert (first.name, second.name) == ("a.txt", "a (2).txt")
    files.part_of(first).write_text("one")
    files.part_of(second).write_text("two")
    assert files.finish(first, URI) == first
    assert files.finish(second, URI) == second
    assert (first.read_text(), second.read_text()) == ("one", "two")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a (2).txt", "a.txt"]


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = files.reserve(tmp_path, "a.txt")
    files.part_of(path).write_text("new")
    path.write_text("precious")
    final = files.finish(path, URI)
    assert final.name == "a (2).txt"
    assert (path.read_text(), final.read_text()) == ("precious", "new")


def test_killed_between_the_two_names_of_a_file(tmp_path: Path) -> None:
    path = files.reserve(tmp_path, "a.txt")
    files.part_of(path).write_text("whole")
    path.hardlink_to(files.part_of(path))
    assert files.finish(path, URI) == path
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_file_is_found_under_another_name(tmp_path: Path) -> None:
    path = files.reserve(tmp_path, "film.zip")
    files.part_of(path).write_bytes(b"film")
    final = files.finish(path, URI)
    sha256 = hashlib.sha256(b"film").hexdigest()
    other = final.rename(tmp_path / "holiday (2).zip")
    (tmp_path / "as large").write_bytes(b"milf")
    (tmp_path / "folder").mkdir()
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    by_content = Media("mxc://example.org/again", "film.zip", size=4, sha256=sha256)
    assert files.find_same(tmp_path, by_content, ()) == (other, sha256)
    assert files.find_same(tmp_path, by_content, {other}) is None
    assert files.find_same(tmp_path, Media(URI, "film.zip", size=5), ()) is None
    assert files.find_same(tmp_path / "gone", by_content, ()) is None
    if hasattr(os, "getxattr"):
        assert files.find_same(tmp_path, Media(URI, "film.zip", size=4), ()) == (other, sha256)
    assert files.find_same(tmp_path, Media("mxc://example.org/other", "film.zip", size=4), ()) is None


def test_a_symlink_counts_as_taken(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "elsewhere")
    assert files.reserve(tmp_path, "a.txt").name == "a (2).txt"


def test_a_finished_file_is_not_executable(tmp_path: Path) -> None:
    path = files.reserve(tmp_path, "run.sh")
    files.part_of(path).write_text("#!/bin/sh")
    assert not stat.S_IMODE(files.finish(path, URI).stat().st_mode) & 0o111


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TransferError, match="cannot be written"):
        files.reserve(tmp_path / "file" / "sub", "a.txt")


def test_discarding_leaves_nothing(tmp_path: Path) -> None:
    path = files.reserve(tmp_path, "a.txt")
    files.discard(path)
    files.discard(path)
    assert list(tmp_path.iterdir()) == []
