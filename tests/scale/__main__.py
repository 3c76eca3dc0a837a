"""`make scale`: the private server, then the servers of packaging/homeserver one after the other, as a team grows.

On each: chatdesk's own integration tests and the load. Between the first two: the move to PostgreSQL, compared through
the client. On the last: kill -9 of a worker, of Redis, of PostgreSQL, under load. Prints what it finds; the exit code
is 0 when every test passed and nothing was lost or doubled. One thread and one loop start everything (see processes).
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from chatdesk.localserver import LocalServer, config
from tests.scale.move import Team, counts
from tests.scale.processes import StackError, cpu_s, memory_mb
from tests.scale.report import Row, table
from tests.scale.stack import Stack
from tests.servers.external import ExternalServer

TESTS = "tests/integration"
OWN_SERVERS = ("test_localserver.py", "test_tim_examples.py")
"""Their subject is the private server itself, or users named as in the vendor's documents: they bring their own."""
KILLS = ("sync1", "events1", "reader1", "redis", "postgres")
RESTART_S = 2.0
"""As RestartSec in the units of systemd."""


class Scale:
    def __init__(self, directory: Path, options: argparse.Namespace) -> None:
        self.directory = directory
        self.options = options
        self.private = LocalServer(directory / "private")
        self.stack = Stack(directory / "grown")
        self.rows: list[Row] = []
        self.failures: list[str] = []

    async def go(self) -> int:
        try:
            await self._go()
        finally:
            await self.private.stop()
            self.stack.stop()
        if self.rows:
            print(table(self.rows), flush=True)
        for failure in self.failures:
            print(f"FAILED: {failure}", flush=True)
        return int(bool(self.failures))

    async def _go(self) -> None:
        await self.private.start()
        secret = config.load_secrets(self.private.directory)["registration_shared_secret"]
        private = ExternalServer(self.private.url, self.private.url, secret)
        await self._load("SQLite", private, lambda: {"main": self.private.pid or 0})

        team = await Team.made(self.private, self.directory / "windows")
        before = await team.seen(self.directory / "before")
        tokens = team.tokens()
        socket = Path(self.private.url.removeprefix("unix://"))
        say("the private server ends; its data moves to PostgreSQL; the windows stay open")
        await self.private.stop()
        stack = self.stack
        stack.render()
        stack.take_over(self.private.directory)
        stack.start_postgres()
        stack.make_database()
        took_s = await asyncio.to_thread(stack.port_database, self.private.directory)
        stack.start_synapse("one")
        socket.unlink(missing_ok=True)
        socket.symlink_to(stack.main_socket)
        say(f"moved in {took_s:.0f} s")
        self._compare("the move", before, await team.seen(self.directory / "after"))
        await self._go_on(team, tokens, "step 1")
        await self._test("step 1, PostgreSQL", ExternalServer(f"unix://{stack.main_socket}", stack.admin_url, secret))

        stack.start_nginx()
        point(socket, stack.nginx_socket)
        await self._go_on(team, tokens, "step 2")
        await self._test("step 2, PostgreSQL behind nginx", stack.https)
        grown = ExternalServer(f"unix://{stack.nginx_socket}", stack.admin_url, secret)
        await self._load("PostgreSQL", grown, stack.pids)

        stack.stop_synapse()
        stack.start_redis()
        stack.start_synapse("workers")
        stack.start_nginx()
        await self._go_on(team, tokens, "step 3")
        await self._test("step 3, workers", stack.https)
        await self._load("workers", grown, stack.pids)
        await self._load("workers, killed", grown, stack.pids, self._kill_all)
        await self._go_on(team, tokens, "the kills")
        await team.close()

    async def _test(self, name: str, server: ExternalServer) -> None:
        """The same integration tests, led to `server`."""
        if self.options.no_tests:
            return
        say(f"{name}: {TESTS}")
        ignored = [f"--ignore={TESTS}/{file}" for file in OWN_SERVERS]
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:hypothesispytest", "--timeout=300"]
        command += [*ignored, *(self.options.tests or [TESTS])]
        if server.url.startswith("https:"):
            # anyio 4 forgets a TCP connection that is cancelled in the moment it is made; the server's timeout ends it.
            command.append("-Wignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
        process = subprocess.Popen(command, env={**os.environ, **server.environment, **self.stack.trust})
        if await asyncio.to_thread(process.wait):
            self.failures.append(f"integration tests, {name}")

    async def _go_on(self, team: Team, tokens: list[str], where: str) -> None:
        await team.goes_on()
        if team.tokens() != tokens:
            self.failures.append(f"{where}: a window had to log in again")
        say(f"{where}: {len(tokens)} open windows go on under their old tokens, each hears each")

    def _compare(self, name: str, before: dict[str, object], after: dict[str, object]) -> None:
        differences = [user for user in before if before[user] != after.get(user)]
        say(f"{name}: compared {counts(before)}; accounts that differ: {len(differences)}")
        if differences:
            self.failures.append(f"{name}: {', '.join(differences)} differ")
            (self.directory.parent / "before.json").write_text(json.dumps(before, indent=1), encoding="utf-8")
            (self.directory.parent / "after.json").write_text(json.dumps(after, indent=1), encoding="utf-8")

    async def _load(
        self,
        name: str,
        server: ExternalServer,
        pids: Callable[[], Mapping[str, int]],
        meanwhile: Callable[[float], Awaitable[None]] | None = None,
    ) -> None:
        options = self.options
        if options.no_load:
            return
        say(f"load on {name}: {options.people} people for {options.seconds:g} s, seed {options.seed}")
        command = [sys.executable, "-m", "tests.scale.load", "--people", str(options.people)]
        command += ["--seconds", str(options.seconds), "--seed", str(options.seed)]
        process = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, **server.environment}, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        used: dict[str, float] = {}
        memory: dict[str, float] = {}
        result: dict[str, object] = {}
        beside: asyncio.Future[None] | None = None
        while line := (await process.stdout.readline()).decode().strip():
            if line == "BEGIN":
                used = {part: -cpu_s([pid]) for part, pid in pids().items()}
                if meanwhile is not None:
                    beside = asyncio.ensure_future(meanwhile(options.seconds))
            elif line == "END":
                used = {part: used.get(part, 0.0) + cpu_s([pid]) for part, pid in pids().items()}
                memory = {part: memory_mb([pid]) for part, pid in pids().items()}
            elif line.startswith("{"):
                result = json.loads(line)
        if beside is not None:
            await beside
        if await process.wait() or not result:
            self.failures.append(f"load on {name}")
            return
        self.rows.append(Row.of(name, result, used, memory, is_whole=meanwhile is None))
        say(json.dumps(result))
        if result["lost"] or result["doubled"]:
            self.failures.append(f"load on {name}: lost or doubled")

    async def _kill_all(self, seconds: float) -> None:
        for name in KILLS:
            await asyncio.sleep(seconds / (2 * len(KILLS)))
            say(f"kill -9 {name}")
            self.stack.programs[name].kill()
            begun = time.monotonic()
            await asyncio.sleep(RESTART_S)
            self.stack.restart(name)
            say(f"kill -9 {name}: it answers again after {time.monotonic() - begun:.1f} s")


def point(link: Path, to: Path) -> None:
    """The old address leads to the new place."""
    link.unlink()
    link.symlink_to(to)


def say(text: str) -> None:
    print(f"== {time.strftime('%H:%M:%S')} {text}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make scale", description="The grown homeservers, tested and loaded.")
    parser.add_argument("--people", type=int, default=100, help="simulated people (100)")
    parser.add_argument("--seconds", type=float, default=60, help="how long each load lasts (60)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-load", action="store_true")
    parser.add_argument("--no-tests", action="store_true")
    parser.add_argument("--keep", action="store_true", help="leave everything there to be looked at")
    parser.add_argument("tests", nargs="*", help="instead of all integration tests")
    options = parser.parse_args()
    directory = Path(tempfile.mkdtemp(prefix="cds-"))
    directory.chmod(0o711)
    try:
        return asyncio.run(Scale(directory, options).go())
    except StackError as error:
        print(f"{error}\n(kept: {directory})", file=sys.stderr)
        options.keep = True
        return 1
    finally:
        if not options.keep:
            shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
