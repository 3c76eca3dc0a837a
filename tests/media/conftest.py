"""A sound server for the whole run, before Qt looks for one; the window of tests/views."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.media.pulse import sound_server
from tests.views.conftest import account, session, theme, window

_HARMLESS = (
    "^This plugin does not support (raise|grabbing|propagateSizeHints)",
    "^Could not open media. FFmpeg error description",  # of the files that are no sounds
    "^Couldn't (load|resolve) pipewire",  # for pictures of the screen
    "No RHI backend. Using CPU conversion",
    "^QAudioSource::start.. called while already started",  # now and then, inside Qt's own recorder
)
__all__ = ["account", "session", "theme", "window"]

if importlib.util.find_spec("PySide6.QtMultimedia") is None:
    collect_ignore_glob = ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What Qt's multimedia says of this machine and of broken files says nothing about the program."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore(*_HARMLESS))


@pytest.fixture(scope="session", autouse=True)
def sound() -> Iterator[str]:
    with sound_server() as address, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PULSE_SERVER", address)
        yield address
