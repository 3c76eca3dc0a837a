"""`chatdesk try`: a private Synapse, two people, one window each. Runs without Qt.

This process owns the server; each window is a process of its own that hears from here through its standard input, one
JSON object per line: {"status": text} while the server starts, then {"login": {"url", "user", "password"}}. When this
process is gone, that pipe ends and the window closes; when the last window is closed, the server is stopped.
"""

import asyncio
import contextlib
import json
import logging
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from chatdesk.app import paths
from chatdesk.domain.wording import Sentence, pack
from chatdesk.localserver import SERVER_NAME, LocalServer, RegistrationError, ServerStartError, address, admin
from chatdesk.resources import resources

PEOPLE = {"ann": "Ann", "ben": "Ben"}
_SEEDED = "seeded"
_SEEDING = "seeding"
_RESTARTS = 5
_PATIENCE_S, _POLL_S = 60.0, 0.25
"""For a server that starts once more."""
_USUAL_ADDRESS = ("127.0.0.1", 8008)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TrialOptions:
    data: Path
    reset: bool = False
    listen: tuple[str, int] | None = None
    add: str = ""
    """Who is to be able to log in from another program."""


NO_SERVER = (
    "This installation has no private server, so “try” opens the window of your account instead. Log in to an account "
    "on any Matrix server. The private server comes with the Python package (pip install 'chatdesk[local]') and with "
    "“make run” in the source; not on Windows."
)


class TrialError(Exception):
    """The trial cannot start; the text says what to do."""


def is_available() -> bool:
    """Whether there is a server to try with."""
    return LocalServer.is_available()


async def run(options: TrialOptions) -> int:
    """Until the last window is closed; the exit code."""
    data = paths.make_private(options.data)
    lock = FileLock(data / "try.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if options.add:
            await _introduce_there(data, options)
        else:
            await _raise_windows(data)
        return 0
    try:
        if options.reset:
            _reset(data)
        return await _Trial(data, options).run()
    finally:
        lock.release()


def person_directory(data: Path, name: str) -> Path:
    return data / "people" / name


def _server(data: Path, listen: tuple[str, int] | None) -> LocalServer:
    try:
        return LocalServer(data / "server", listen=listen)
    except ValueError as error:
        raise TrialError(str(error)) from error


async def _introduce(server: LocalServer, url: str, name: str) -> None:
    """Make this person, or find them, and say how to log in as them."""
    password = server.password_for(name)
    try:
        await server.register(name, password, name.capitalize())
    except RegistrationError as error:
        raise TrialError(str(error)) from error
    sys.stderr.write(
        f"chatdesk: this is how to log in as {name}, from any Matrix client on this computer:\n"
        f"  server     {url}\n  user name  {name}\n  password   {password}\n"
    )


async def _introduce_there(data: Path, options: TrialOptions) -> None:
    """To the server that runs already. Has it no address for other programs, it is asked to take one."""
    server = _server(data, options.listen)
    if not server.running_tcp_url():
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await _ask_for_address(data, server)
        except OSError:  # a timeout is one, too
            raise TrialError(
                "The server runs, but no other program can reach it. Close the windows of Ann and Ben, then start "
                f"it again with “--add {options.add}”."
            ) from None
    await _introduce(server, server.running_tcp_url(), options.add)


async def _ask_for_address(data: Path, server: LocalServer) -> None:
    path = address.private_socket_path(data)
    if path is None:
        raise ConnectionError
    _, writer = await asyncio.open_unix_connection(path)
    writer.close()
    while not await asyncio.to_thread(admin.is_answering, server.running_tcp_url()):  # noqa: ASYNC110 - another process
        await asyncio.sleep(_POLL_S)


async def _raise_windows(data: Path) -> None:
    """It already runs: bring its windows to the front."""
    for name in PEOPLE:
        directory = person_directory(data, name)
        if directory.is_dir():
            process = await _spawn_window(directory, name, "--raise-only")
            await process.wait()
    sys.stderr.write(f"chatdesk: chatdesk try is already open for {data}; its windows were raised\n")


def _reset(data: Path) -> None:
    """Only what `try` made: somebody may have named a directory that holds other things too."""
    for name in ("people", "server"):
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(data / name)
    for name in (_SEEDED, _SEEDING):
        (data / name).unlink(missing_ok=True)


async def _spawn_window(directory: Path, name: str, *options: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "chatdesk",
        "person",
        "--directory",
        str(directory),
        "--name",
        PEOPLE[name],
        "--slot",
        str(list(PEOPLE).index(name)),
        *options,
        stdin=asyncio.subprocess.PIPE,
        env=os.environ,
    )


class _Trial:
    def __init__(self, data: Path, options: TrialOptions) -> None:
        self._data = data
        self._add = options.add
        listen = options.listen or (_USUAL_ADDRESS if options.add else None)
        self._server = _server(data, listen)
        self._windows: dict[str, asyncio.subprocess.Process] = {}
        self._closing = False
        self._asked = asyncio.Event()

    async def run(self) -> int:
        paths.make_private(self._data / "people")
        for name in PEOPLE:
            paths.make_private(person_directory(self._data, name))
            self._windows[name] = await _spawn_window(person_directory(self._data, name), name)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._close_windows)
        serving = asyncio.create_task(self._serve(), name="serving")
        try:
            codes = await asyncio.gather(*(window.wait() for window in self._windows.values()))
            return next((code for code in codes if code), 0)
        finally:
            self._closing = True
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            await self._server.stop()

    def _close_windows(self) -> None:
        for window in self._windows.values():
            if window.stdin is not None:
                window.stdin.close()

    async def _serve(self) -> None:
        """Keep the server running and let the windows in."""
        try:
            await self._server.start()
            await self._let_in()
            async with self._heard():
                for _ in range(_RESTARTS):
                    await self._until_restart()
                    await self._server.start()
        except asyncio.CancelledError:
            raise
        except ServerStartError as error:
            _log.error("%s", error)
            await self._tell({"failure": pack(Sentence(error.template, **error.values))})
        except Exception:
            _log.exception("The private server could not be prepared")
            log = str(self._server.log_path)
            words = Sentence("The private server could not be prepared. See {path}.", path=log)
            await self._tell({"failure": pack(words)})

    @contextlib.asynccontextmanager
    async def _heard(self) -> AsyncIterator[None]:
        """Another `try --add` connects, and says no more, when it finds no address to log in at."""

        def hear(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._asked.set()
            writer.close()

        path = address.private_socket_path(self._data)
        if path is None:  # then the server has an address
            yield
            return
        address.make_private(path.parent)
        async with await asyncio.start_unix_server(hear, path):
            yield

    async def _until_restart(self) -> None:
        """Until the server has ended, or is to have an address for other programs."""
        ended, asked = asyncio.create_task(self._server.wait()), asyncio.create_task(self._asked.wait())
        try:
            await asyncio.wait((ended, asked), return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                _log.warning("The private server ended with %s; starting it again", ended.result())
            else:
                self._asked.clear()
                await self._server.stop()
                host, port = _USUAL_ADDRESS
                free = port if address.is_port_free(host, port) else address.free_port(host)
                self._server = _server(self._data, (host, free))
        finally:
            for task in (ended, asked):
                task.cancel()

    async def _let_in(self) -> None:
        marker = self._data / _SEEDED
        if not marker.exists():
            await self._prepare()
            marker.touch(mode=0o600)

        for name, window in self._windows.items():
            login = {
                "url": self._server.url,
                "user": f"@{name}:{SERVER_NAME}",
                "password": self._server.password_for(name),
            }
            await self._tell({"login": login}, window)
        if self._add:
            await _introduce(self._server, self._server.tcp_url, self._add)
        elif self._server.tcp_url:
            sys.stderr.write(f"chatdesk: other Matrix clients on this machine can join at {self._server.tcp_url}\n")

    async def _prepare(self) -> None:
        """The two people and what they said. An earlier first start that was interrupted is begun anew: nobody has
        used the server yet."""
        from chatdesk.app.seed import seed  # only the first start pays for loading the core here

        await self._tell({"status": pack(Sentence("Preparing two people and their first conversations…"))})
        unfinished = self._data / _SEEDING
        if unfinished.exists():
            await self._server.stop()
            shutil.rmtree(self._data / "server")
            await self._server.start()
        unfinished.touch(mode=0o600)
        logins = {}
        for name, display_name in PEOPLE.items():
            password = self._server.password_for(name)
            logins[await self._server.register(name, password, display_name)] = password
        await seed(self._server.url, logins, resources() / "samples")
        unfinished.unlink()

    async def _tell(self, message: dict[str, object], *windows: asyncio.subprocess.Process) -> None:
        line = json.dumps(message, ensure_ascii=False).encode() + b"\n"
        for window in windows or self._windows.values():
            if window.stdin is not None and not window.stdin.is_closing():
                with contextlib.suppress(ConnectionError):
                    window.stdin.write(line)
                    await window.stdin.drain()
