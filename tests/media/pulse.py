"""A sound server without a sound card: what is played is what its one microphone hears."""

import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MICROPHONE = "Loop"
_PATIENCE_S = 20.0


@contextmanager
def sound_server() -> Iterator[str]:
    """Its address, once it listens."""
    with tempfile.TemporaryDirectory(prefix="cd-sound-", ignore_cleanup_errors=True) as folder:
        address = Path(folder) / "native"
        modules = (
            "module-null-sink sink_name=speaker sink_properties=device.description=Speaker",
            f"module-remap-source master=speaker.monitor source_name=loop "
            f"source_properties=device.description={MICROPHONE}",
            f"module-native-protocol-unix socket={address} auth-anonymous=1 auth-cookie-enabled=0",
        )
        command = [
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--use-pid-file=no",
            "--disable-shm=yes",
            "--exit-idle-time=-1",
        ]
        command += [part for module in modules for part in ("-L", module)]
        environment = {**os.environ, "HOME": folder, "XDG_RUNTIME_DIR": folder, "PULSE_RUNTIME_PATH": folder}
        log = (Path(folder) / "log").open("wb")
        with log, subprocess.Popen(command, env=environment, stdout=log, stderr=log) as server:
            try:
                _wait_for(server, address, Path(folder) / "log")
                yield f"unix:{address}"
            finally:
                server.terminate()


def _wait_for(server: "subprocess.Popen[bytes]", address: Path, log: Path) -> None:
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end and server.poll() is None:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
            probe.connect(str(address))
            return
        time.sleep(0.02)
    raise AssertionError(f"The sound server does not listen:\n{log.read_text()}")
