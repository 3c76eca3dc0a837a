"""For tests of the whole program in this process: profiles in the test's own folder, no keyring but the test's."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatdesk.localserver import LocalServer
from chatdesk.localserver.address import free_port


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's offscreen platform complains about what it cannot do; that says nothing about the program."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(
                pytest.mark.qt_log_ignore("^This plugin does not support (raise|grabbing|propagateSizeHints)")
            )


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home; the program's folders are in it."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_DOWNLOAD_DIR"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.fixture
def web_server(short_tmp: Path, server_template: Path) -> Iterator[LocalServer]:
    """A real Synapse that a person can reach by typing `tcp_url`. May be stopped."""
    directory = Path(tempfile.mkdtemp(prefix="w-", dir=short_tmp))
    shutil.copytree(server_template, directory, dirs_exist_ok=True)
    server = LocalServer(directory, listen=("127.0.0.1", free_port()))
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(server.start())
        try:
            yield server
        finally:
            runner.run(server.stop())
