"""The private server, for real: start, stop, crash, restart, two at once, orphans, permissions."""

import asyncio
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chatdesk.localserver import LocalServer, RegistrationError, ServerStartError, admin
from tests.conftest import OwnServer

HELPER = """
import asyncio, sys
from pathlib import Path
from chatdesk.localserver import LocalServer

async def main():
    server = LocalServer(Path(sys.argv[1]))
    await server.start()
    print(server.pid, flush=True)
    await server.wait()

asyncio.run(main())
"""


async def _until_dead(pid: int, timeout_s: float = 15) -> None:
    """Not our child: wait until the process is gone, or a zombie nobody has collected yet."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return
        if state == "Z":
            return
        await asyncio.sleep(0.02)
    pytest.fail(f"process {pid} still runs")


def _readable_by_others(directory: Path) -> list[str]:
    return [
        f"{stat.S_IMODE(path.lstat().st_mode):o} {path}"
        for path in (directory, *directory.rglob("*"))
        if not path.is_symlink() and stat.S_IMODE(path.lstat().st_mode) & 0o077
    ]


async def test_a_new_directory_starts_answers_and_stops(short_tmp: Path) -> None:
    umask = os.umask(0o000)  # the worst a user can have
    server = LocalServer(short_tmp / "new")
    try:
        assert server.pid is None
        await server.start()
        pid = server.pid
        assert pid is not None
        await server.start()  # running already: nothing happens
        assert server.pid == pid
        assert await asyncio.to_thread(admin.is_answering, server.url)
        assert _readable_by_others(server.directory) == []
    finally:
        os.umask(umask)
        await server.stop()
    assert server.pid is None
    assert _readable_by_others(server.directory) == []
    assert not Path(server.url.removeprefix("unix://")).exists()
    await _until_dead(pid)
    await server.stop()  # stopped already: nothing happens


async def test_users_are_made_once(homeserver: LocalServer) -> None:
    user_id = await homeserver.register("carla", homeserver.password_for("carla"), "Carla")
    assert user_id == "@carla:chatdesk.local"
    assert await homeserver.register("carla", "another password", "Other") == user_id
    status, login = await asyncio.to_thread(_log_in, homeserver, "carla", homeserver.password_for("carla"))
    assert status == 200, login
    assert (await asyncio.to_thread(_log_in, homeserver, "carla", "another password"))[0] == 403


async def test_an_impossible_name_is_refused_with_a_reason(homeserver: LocalServer) -> None:
    with pytest.raises(RegistrationError, match="can only contain"):
        await homeserver.register("Dora Dee", "secret")


async def test_killed_server_is_noticed_and_starts_again(own_server: OwnServer) -> None:
    server = await own_server()
    await server.register("ann", server.password_for("ann"))
    assert server.pid is not None
    watch = asyncio.create_task(server.wait())
    os.kill(server.pid, signal.SIGKILL)
    assert await asyncio.wait_for(watch, 10) == -signal.SIGKILL
    assert server.pid is None
    assert Path(server.url.removeprefix("unix://")).exists(), "the crash must leave a stale socket for this test"
    with pytest.raises(RegistrationError):
        await server.register("ben", "secret")
    await server.start()
    status, _ = await asyncio.to_thread(_log_in, server, "ann", server.password_for("ann"))
    assert status == 200, "what was there before the crash is there after it"


async def test_one_directory_runs_one_server(own_server: OwnServer) -> None:
    first = await own_server()
    second = LocalServer(first.directory)
    with pytest.raises(ServerStartError, match="already runs"):
        await second.start()
    await second.stop()
    assert await asyncio.to_thread(admin.is_answering, first.url), "the refused one must not harm the running one"
    await first.stop()
    await second.start()
    await second.stop()


async def test_stale_files_of_a_crash_do_no_harm(own_server: OwnServer) -> None:
    server = await own_server()
    await server.stop()
    path = Path(server.url.removeprefix("unix://"))
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(path))
    # Twisted's lock is a link to a process id, and that id can belong to somebody else by now.
    path.with_name(path.name + ".lock").symlink_to(str(os.getpid()))
    (server.directory / "server.pid").write_text(f"{os.getpid()}\n", encoding="ascii")
    (server.directory / "homeserver.yaml.new").write_text("half writt", encoding="utf-8")
    await server.start()
    assert await asyncio.to_thread(admin.is_answering, server.url)


async def test_parent_killed_ends_the_server_and_the_next_start_works(server_template: Path, short_tmp: Path) -> None:
    directory = short_tmp / "orphan"
    shutil.copytree(server_template, directory)
    with subprocess.Popen(
        [sys.executable, "-c", HELPER, str(directory)], stdout=subprocess.PIPE, start_new_session=True
    ) as parent:
        try:
            assert parent.stdout is not None
            pid = int(await asyncio.to_thread(parent.stdout.readline))
        finally:
            parent.kill()
    server = LocalServer(directory)
    await server.start()  # at once, while the old one may be dying
    await _until_dead(pid)
    assert await asyncio.to_thread(admin.is_answering, server.url)
    await server.stop()


async def test_a_server_left_behind_is_ended_first(server_template: Path, short_tmp: Path) -> None:
    """Where the system cannot end a child with its parent, the child stays: as this one, whose parent (we) lives on."""
    directory = short_tmp / "left"
    shutil.copytree(server_template, directory)
    launcher = Path(admin.__file__).with_name("child.py")
    program = [sys.executable, "-c", "import time; print('on', flush=True); time.sleep(60)"]
    with subprocess.Popen(
        [sys.executable, "-I", "-S", str(launcher), str(os.getpid()), str(directory), "", *program],
        stdout=subprocess.PIPE,
    ) as left:
        try:
            assert left.stdout is not None
            assert await asyncio.to_thread(left.stdout.readline) == b"on\n"
            server = LocalServer(directory)
            await server.start()
            assert left.poll() == -signal.SIGTERM
            await server.stop()
        finally:
            left.kill()


async def test_a_wrong_setting_is_told_with_the_servers_own_words(own_server: OwnServer) -> None:
    with pytest.raises(ServerStartError, match=r"ended while starting: .*a-lot.*startup\.log"):
        await own_server(extra_config={"max_upload_size": "a-lot"})


async def test_a_broken_database_is_told(own_server: OwnServer) -> None:
    server = await own_server()
    await server.stop()
    (server.directory / "homeserver.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(ServerStartError, match="not a database"):
        await server.start()
    assert server.pid is None


async def test_a_start_that_takes_too_long_leaves_nothing(server_template: Path, short_tmp: Path) -> None:
    directory = short_tmp / "slow"
    shutil.copytree(server_template, directory)
    server = LocalServer(directory)
    with pytest.raises(ServerStartError, match=r"within 0\.2 s"):
        await server.start(timeout_s=0.2)
    assert server.pid is None
    task = asyncio.create_task(server.start())
    while server.pid is None:
        await asyncio.sleep(0.01)
    pid = server.pid
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert server.pid is None
    assert not Path(f"/proc/{pid}").exists()
    await server.start()
    await server.stop()


async def test_other_programs_of_this_machine_may_join(own_server: OwnServer) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = await own_server(listen=("localhost", port))
    assert server.tcp_url == f"http://127.0.0.1:{port}"
    assert await asyncio.to_thread(admin.is_answering, server.tcp_url)
    assert await asyncio.to_thread(admin.is_answering, server.url)
    with pytest.raises(ServerStartError, match="in use by another program"):
        await own_server(listen=("127.0.0.1", port))


async def test_a_directory_with_a_long_path_works(server_template: Path, short_tmp: Path) -> None:
    directory = short_tmp / ("long" * 30)
    shutil.copytree(server_template, directory)
    server = LocalServer(directory)
    socket_path = Path(server.url.removeprefix("unix://"))
    assert not socket_path.is_relative_to(directory)
    await server.start()
    assert stat.S_IMODE(socket_path.stat().st_mode) == 0o600
    await server.stop()
    socket_path.parent.rmdir()


async def test_a_file_in_the_way_is_told(short_tmp: Path) -> None:
    (short_tmp / "file").touch()
    with pytest.raises(ServerStartError, match="cannot use"):
        await LocalServer(short_tmp / "file" / "server").start()


def _log_in(server: LocalServer, name: str, password: str) -> tuple[int, dict[str, object]]:
    content = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": name},
        "password": password,
    }
    return admin._request(server.url, "POST", "/_matrix/client/v3/login", content)
