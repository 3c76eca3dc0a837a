"""What every test may ask for: the session's real Synapse, fresh accounts on it, Synapses of a test's own.

Imports no Qt: the core's tests run in an environment without it.
"""

import asyncio
import contextlib
import gc
import importlib.util
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest

from chatdesk.localserver import LocalServer
from chatdesk.localserver.address import free_port
from chatdesk.store import database
from tests.servers.accounts import Account, AnyServer, NewAccount, register_account
from tests.servers.external import ExternalServer
from tests.servers.memory_keyring import MemoryKeyring

OwnServer = Callable[..., Awaitable[LocalServer]]
_HAS_QT = importlib.util.find_spec("PySide6") is not None
_MUCH_GARBAGE = 20_000


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where pytest-qt is not installed its options in pyproject.toml are still no mistake."""
    if importlib.util.find_spec("pytestqt") is None:
        for name in ("qt_api", "qt_log_level_fail"):
            parser.addini(name, "an option of pytest-qt, which is not installed here")


def pytest_configure() -> None:
    """With Qt, every model is watched by Qt's own tester, and cyclic garbage is collected between tests only:
    chatdesk/app/garbage.py says why never in a thread.

    Stores do not wait for the disk: no test cuts the power, and a process that is killed loses nothing by it.
    """
    database._DURABLE = database._RELAXED = "OFF"
    if _HAS_QT:
        gc.disable()
        importlib.import_module("tests.models.testers")


def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """What a file's tests leave open fails the last of them, not one that happens to run when it is found."""
    if not _HAS_QT:
        if nextitem is None or nextitem.path != item.path:
            gc.collect()
    elif gc.get_count()[0] > _MUCH_GARBAGE:
        gc.collect(1)


def pytest_unconfigure() -> None:
    gc.enable()


@pytest.fixture(autouse=True)
def no_window_left() -> Iterator[None]:
    """What stays on the screen covers the windows of later tests and takes their mouse."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is not None and widgets.QApplication.instance() is not None:
        left = [widget for widget in widgets.QApplication.topLevelWidgets() if widget.isVisible()]
        for widget in left:
            widget.close()
        assert not left


@pytest.fixture
def system_keyring() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    made = MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


@pytest.fixture(scope="session")
def short_tmp() -> Iterator[Path]:
    """A directory with a path short enough for Unix sockets; pytest's own are too long."""
    directory = Path(tempfile.mkdtemp(prefix="cd-"))
    yield directory
    shutil.rmtree(directory)


@pytest.fixture(scope="session")
def homeserver(short_tmp: Path) -> Iterator[AnyServer]:
    """The real Synapse of the whole test session, on a Unix socket. Don't stop it; make fresh accounts on it."""
    if (external := ExternalServer.named()) is not None:
        yield external
        return
    server = LocalServer(short_tmp / "s")
    # With a loop of its own (and a loop_factory, so that pytest-asyncio's current loop stays untouched), on this
    # thread: the child ends together with the thread that started it.
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(server.start())
        try:
            yield server
        finally:
            runner.run(server.stop())


@pytest.fixture(scope="session")
def server_template(short_tmp: Path) -> Path:
    """The directory of a Synapse that ran once and has no users: a copy of it starts faster than a new one."""
    directory = short_tmp / "template"
    server = LocalServer(directory)
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(server.start())
        runner.run(server.stop())
    return directory


@pytest.fixture
def new_account(homeserver: AnyServer) -> NewAccount:
    """`await new_account("ann")`: a fresh user of the session's server."""

    async def make(nick: str = "ann", display_name: str | None = None) -> Account:
        return await register_account(homeserver, nick, display_name)

    return make


@pytest.fixture
async def own_server(short_tmp: Path, server_template: Path) -> AsyncIterator[OwnServer]:
    """`await own_server()`: a Synapse for this test alone, to kill and restart. Takes LocalServer's keywords."""
    async with contextlib.AsyncExitStack() as stack:

        async def make(**options: object) -> LocalServer:
            directory = Path(tempfile.mkdtemp(prefix="o-", dir=short_tmp))
            stack.callback(shutil.rmtree, directory)
            shutil.copytree(server_template, directory, dirs_exist_ok=True)
            server = LocalServer(directory, **options)  # type: ignore[arg-type]  # passed on as they came
            stack.push_async_callback(server.stop)
            await server.start()
            return server

        yield make


@pytest.fixture
async def reachable_server(own_server: OwnServer) -> AnyServer:
    """A Synapse that programs other than chatdesk reach too: the one from outside, else one of the test's own."""
    return ExternalServer.named() or await own_server(listen=("127.0.0.1", free_port()))
