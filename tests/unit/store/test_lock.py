"""One process has the lock, and nobody after its end."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from chatdesk.store.lock import Lock

_TRY = "import sys, pathlib; from chatdesk.store.lock import Lock; print(Lock(pathlib.Path(sys.argv[1])).acquire())"
_HOLD = (
    "import sys, pathlib; from chatdesk.store.lock import Lock; lock = Lock(pathlib.Path(sys.argv[1])); "
    "print(lock.acquire(), flush=True); sys.stdin.read()"
)


def _other_gets_it(path: Path) -> bool:
    run = subprocess.run(
        [sys.executable, "-c", _TRY, str(path)], capture_output=True, text=True, check=True, timeout=60
    )
    return run.stdout.strip() == "True"


def test_one_has_it(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "profile.lock")
    assert lock.acquire()
    assert lock.is_held
    assert not _other_gets_it(tmp_path / "profile.lock")
    assert not Lock(tmp_path / "profile.lock").acquire()  # nor anybody else here
    assert [path.name for path in tmp_path.iterdir()] == ["profile.lock"]
    lock.release()
    assert not lock.is_held
    assert _other_gets_it(tmp_path / "profile.lock")


def test_a_killed_process_has_it_no_longer(tmp_path: Path) -> None:
    path = tmp_path / "profile.lock"
    command = [sys.executable, "-c", _HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "True"
        assert not Lock(path).acquire()
        holder.kill()
        holder.wait()
    assert Lock(path).acquire()


def test_it_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "profile.lock")
    assert lock.acquire()
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "profile.lock").stat().st_mode) == 0o600
    lock.release()


def test_a_folder_that_is_not_there_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        Lock(tmp_path / "missing" / "profile.lock").acquire()
