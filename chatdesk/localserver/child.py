"""The first moments of the server's process, before it becomes Synapse. Run by path as a program, never imported.

Done here and not in a `preexec_fn`: code between fork and exec is unsafe in a program with threads. Standard library
only. Arguments: the parent's process id, the data directory, the socket's path (or ""), then the program to become.

* umask 077: Synapse would write its files readable for everybody.
* On Linux the process asks to be ended together with its parent. Elsewhere it stays behind when the parent is killed.
* It locks server.pid and keeps the lock, as an inherited descriptor, for its whole life: whoever holds the lock is the
  process named in the file. A server left behind by a killed parent is thereby found for sure, and ended first: two
  must never open one database. (On Windows a Job Object would do all this; Synapse does not exist there.)
* Then nobody can be listening any more, so a socket and its lock left by a crash are removed.
"""

import contextlib
import fcntl
import os
import signal
import sys
import time

ORPHAN_PATIENCE_S = 10.0
PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    parent_pid, directory, socket_path, *program = arguments
    os.umask(0o077)
    end_with_parent(int(parent_pid))
    take_over(os.path.join(directory, "server.pid"))  # noqa: PTH118  pathlib costs start-up time here
    if socket_path:
        for leftover in (socket_path, socket_path + ".lock"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(leftover)  # noqa: PTH108
    os.execv(program[0], program)  # noqa: S606  no shell is the point


def end_with_parent(parent_pid: int) -> None:
    if sys.platform == "linux":
        import ctypes  # Linux only, and start-up time counts

        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent_pid:
        sys.exit("The program that started the server has ended")


def take_over(pid_path: str) -> None:
    """Hold the lock of server.pid, ending an earlier server that still does."""
    descriptor = os.open(pid_path, os.O_RDWR | os.O_CREAT, 0o600)
    started = time.monotonic()
    seen = b""
    while not try_lock(descriptor):
        waited_s = time.monotonic() - started
        if waited_s > 2 * ORPHAN_PATIENCE_S:
            sys.exit(f"An earlier server still runs in {os.path.dirname(pid_path)} and does not end")  # noqa: PTH120
        holder = os.pread(descriptor, 32, 0).strip()
        # Seen twice: between its locking and its writing the file may name an older process.
        if holder.isdigit() and holder == seen:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(holder), signal.SIGTERM if waited_s < ORPHAN_PATIENCE_S else signal.SIGKILL)
        seen = holder
        time.sleep(0.1)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, b"%d\n" % os.getpid(), 0)
    os.set_inheritable(descriptor, True)


def try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
