"""One private Synapse: its directory, its process, its life.

Owns the directory's lock and the child process. Bound to no event loop: `start`, `stop` and `wait` may run on different
loops, one after the other; blocking HTTP runs in worker threads. `start` must be called on a thread that lives as long
as the server is wanted (the main thread): Linux ends the child together with the THREAD that made it.
"""

import asyncio
import importlib.util
import os
import stat
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from chatdesk.localserver import address, admin, config

POLL_S = 0.05
WATCH_S = 0.25
STOP_PATIENCE_S = 10.0


class ServerStartError(Exception):
    """The private server could not be started; the text says why and where to read more. Made of a template and its
    values, so that a window can say it in another language."""

    def __init__(self, template: str, /, **values: str | int) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


class LocalServer:
    """A private Synapse in `directory` (made with mode 0700).

    `url` is "unix:///…/server.sock" wherever the system has Unix sockets, in the directory or, when that path is too
    long for the system, in a private directory under $XDG_RUNTIME_DIR or the temporary directory; else a loopback port.
    Over the socket a client must act as a reverse proxy does and send `SOCKET_HEADERS` with each request: Synapse knows
    no client address there and answers some requests (log in, media) with status 500 without one.
    `listen` adds a TCP listener on a loopback address (ValueError for any other) for other programs of this machine.
    `extra_config` replaces top-level settings of Synapse.
    """

    def __init__(
        self,
        directory: Path,
        *,
        listen: tuple[str, int] | None = None,
        extra_config: Mapping[str, object] | None = None,
    ) -> None:
        self.directory = Path(os.path.abspath(directory))  # noqa: PTH100  resolve() would follow links
        self._tcp = address.checked_listen(listen) if listen is not None else None
        self._extra = dict(extra_config or {})
        self._socket = address.private_socket_path(self.directory)
        if self._socket is None and self._tcp is None:
            self._tcp = ("127.0.0.1", address.free_port())
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = FileLock(self.directory / "server.lock", timeout=0, mode=0o600, thread_local=False)

    @property
    def url(self) -> str:
        """The address for chatdesk itself; known before the start."""
        return f"unix://{self._socket}" if self._socket is not None else self.tcp_url

    @property
    def tcp_url(self) -> str:
        """The address for other programs; empty without a TCP listener."""
        return address.http_url(*self._tcp) if self._tcp is not None else ""

    def running_tcp_url(self) -> str:
        """Where the server that runs in this directory listens for other programs; empty when it does not."""
        tcp = config.listening(self.directory)
        return address.http_url(*tcp) if tcp is not None else ""

    @property
    def log_path(self) -> Path:
        return self.directory / config.LOG_FILE

    @property
    def pid(self) -> int | None:
        """The process while it runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    @staticmethod
    def is_available() -> bool:
        """Whether Synapse is installed beside chatdesk. Looks, does not import."""
        return importlib.util.find_spec("synapse") is not None

    async def start(self, timeout_s: float = 60) -> None:
        """Start and wait until the server answers. Does nothing if it runs. ServerStartError when it cannot."""
        if self.pid is not None:
            return
        if not self.is_available():
            raise ServerStartError("matrix-synapse is not installed: install chatdesk with its extra “local”")
        self._clean_up()
        self._prepare()
        try:
            log_start = self._log_size()
            self._spawn()
            await self._wait_until_answering(timeout_s, log_start)
        except BaseException:
            self._kill()
            raise

    async def stop(self) -> None:
        """End the server: politely, after 10 s not. Does nothing if it does not run."""
        process = self._process
        if process is not None:
            process.terminate()
            deadline = time.monotonic() + STOP_PATIENCE_S
            # Polled here and below: asyncio's own subprocesses belong to one loop, this one must not.
            while process.poll() is None and time.monotonic() < deadline:  # noqa: ASYNC110
                await asyncio.sleep(POLL_S)
        self._kill()

    async def wait(self) -> int:
        """Wait for the server's end, expected or not; the exit code, negative for a signal."""
        process = self._process
        if process is None:
            raise RuntimeError("The server was not started")
        while (code := process.poll()) is None:  # noqa: ASYNC110
            await asyncio.sleep(WATCH_S)
        return code

    async def register(self, name: str, password: str, display_name: str = "") -> str:
        """Make a user, or find that it exists already (its password then stays). Returns the full user id."""
        return await asyncio.to_thread(
            admin.register, self.url, self._secrets()["registration_shared_secret"], name, password, display_name
        )

    def password_for(self, name: str) -> str:
        """A password for `name`, always the same for this directory. The server must have been started once."""
        secrets = self._secrets()
        return config.derived_password(secrets["registration_shared_secret"], name, config.PASSWORDS not in secrets)

    def _secrets(self) -> dict[str, str]:
        try:
            return config.load_secrets(self.directory)
        except FileNotFoundError:
            raise RuntimeError("The server was never started in this directory") from None

    def _prepare(self) -> None:
        """Make the directory, take its lock, write the configuration."""
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            if stat.S_IMODE(self.directory.stat().st_mode) != 0o700:
                self.directory.chmod(0o700)
            self._lock.acquire()
        except Timeout:
            raise ServerStartError(
                "Another chatdesk already runs its private server in {folder}", folder=str(self.directory)
            ) from None
        except OSError as error:
            raise ServerStartError(
                "The private server cannot use {folder}: {why}", folder=str(self.directory), why=str(error)
            ) from error
        try:
            if self._tcp is not None and not address.is_port_free(*self._tcp):
                raise ServerStartError(
                    "{address} is in use by another program: choose another port", address=self.tcp_url
                )
            if self._socket is not None and self._socket.parent != self.directory:
                address.make_private(self._socket.parent)
            config.write_secrets_once(self.directory)
            config.write_config(self.directory, self._socket, self._tcp, self._extra)
        except OSError as error:
            self._lock.release()
            raise ServerStartError(
                "The private server cannot be prepared in {folder}: {why}", folder=str(self.directory), why=str(error)
            ) from error
        except BaseException:
            self._lock.release()
            raise

    def _spawn(self) -> None:
        launcher = Path(__file__).with_name("child.py")
        configs = ["-c", str(self.directory / config.CONFIG_FILE), "-c", str(self.directory / config.SECRETS_FILE)]
        program = [sys.executable, "-P", "-m", "synapse.app.homeserver", *configs]
        arguments = [str(os.getpid()), str(self.directory), str(self._socket or "")]
        output = os.open(self.directory / config.STARTUP_LOG_FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            # A session of its own: Ctrl+C in the terminal is for chatdesk, which then stops the server in order.
            self._process = subprocess.Popen(  # noqa: S603  our own program and paths, no shell
                [sys.executable, "-I", "-S", str(launcher), *arguments, *program],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.directory,
                start_new_session=True,
            )
        except OSError as error:
            raise ServerStartError(
                "The private server's program could not be started: {why}", why=str(error)
            ) from error
        finally:
            os.close(output)

    async def _wait_until_answering(self, timeout_s: float, log_start: int) -> None:
        deadline = time.monotonic() + timeout_s
        while True:
            if self.pid is None:
                raise ServerStartError(
                    "The private server ended while starting: {words}", words=self._last_words(log_start)
                )
            if await asyncio.to_thread(admin.is_answering, self.url):
                # Asked again: what answered may have been somebody else while ours ended.
                if self.pid is not None:
                    return
                continue
            if time.monotonic() > deadline:
                raise ServerStartError(
                    "The private server did not answer within {seconds} s: {words}",
                    seconds=f"{timeout_s:g}",
                    words=self._last_words(log_start),
                )
            await asyncio.sleep(POLL_S)

    def _last_words(self, log_start: int) -> str:
        """The last line the server wrote in this run, and where."""
        for path, start in ((self.directory / config.STARTUP_LOG_FILE, 0), (self.log_path, log_start)):
            with suppress(OSError):
                lines = path.read_bytes()[start:].decode(errors="replace").split("\n")
                words = [line.strip() for line in lines if _says_something(line)]
                if words:
                    return f"{words[-1]} (see {path})"
        return f"it wrote nothing to {self.log_path}"

    def _log_size(self) -> int:
        with suppress(OSError):
            return self.log_path.stat().st_size
        return 0

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            process.kill()
            process.wait()
        self._clean_up()

    def _clean_up(self) -> None:
        """After the process has ended: forget it, remove its socket, let the directory go."""
        if self._process is not None and self._socket is not None:
            self._socket.unlink(missing_ok=True)
            self._socket.with_name(self._socket.name + ".lock").unlink(missing_ok=True)
        self._process = None
        self._lock.release()


def _says_something(line: str) -> bool:
    """Neither a rule of asterisks nor Synapse's closing remark after the line that matters."""
    return any(character.isalnum() for character in line) and "more information in the logs" not in line
