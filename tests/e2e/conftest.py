"""A desktop for each test, and `chatdesk try` on it. Nothing is skipped: `make test` installs what this needs."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop
from tests.e2e.trial import Trial


@pytest.fixture
def folder() -> Iterator[Path]:
    """With a path short enough for sockets; pytest's own are too long."""
    directory = Path(tempfile.mkdtemp(prefix="cd-"))
    yield directory
    shutil.rmtree(directory)


@pytest.fixture
def desktop(folder: Path) -> Iterator[Desktop]:
    with Desktop(folder) as desktop:
        yield desktop


@pytest.fixture
def trial(desktop: Desktop, folder: Path) -> Iterator[Trial]:
    trial = Trial(desktop, folder / "data")
    yield trial
    trial.close()
