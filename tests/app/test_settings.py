"""What a window remembers in clear."""

from pathlib import Path

import pytest

from chatdesk.app import settings
from chatdesk.app.settings import WindowSettings


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    saved = WindowSettings(geometry=b"\x00\xffgeometry", panes=b"\x01panes", scheme="dark")
    settings.save(tmp_path / "window.json", saved)
    assert settings.load(tmp_path / "window.json") == saved
    assert [path.name for path in tmp_path.iterdir()] == ["window.json"]


def test_nothing_saved_yet(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "window.json") == WindowSettings()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"geometry": 5}', b'{"geometry": "not base64!"}', b"\xff\xfe"])
def test_a_damaged_file_starts_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "window.json"
    path.write_bytes(content)
    assert settings.load(path) == WindowSettings()
    settings.save(path, WindowSettings(scheme="light"))
    assert settings.load(path).scheme == "light"


def test_a_folder_that_is_gone_is_no_reason_to_fail(tmp_path: Path) -> None:
    settings.save(tmp_path / "gone" / "window.json", WindowSettings())
    assert list(tmp_path.iterdir()) == []
