"""Takes all pictures: `python -m tests.filmstrip [FOLDER [SCENE …]]`, by `make filmstrip` into resources/screenshots.

One process: an X server, a window manager and a sound server of its own, a private Synapse, five people through the
core, and Ann's window as `chatdesk` opens it. With names of scenes: those only, after what they need.
"""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import keyring
from msgspec.structs import replace

from chatdesk.localserver import LocalServer
from chatdesk.localserver.address import free_port
from tests.e2e.desktop import Desktop
from tests.media.pulse import sound_server
from tests.servers.memory_keyring import MemoryKeyring

_ROOT = Path(__file__).parents[2]
_SAMPLES = _ROOT / "resources" / "samples"
_PATIENCE_S = 1800.0


def main(folder: Path, wanted: Sequence[str] = ()) -> int:
    """`wanted`: names of scenes; none for all."""
    folder.mkdir(parents=True, exist_ok=True)
    short = Path(tempfile.mkdtemp(prefix="cd-"))
    try:
        with Desktop(short, (2600, 1500)) as desktop, sound_server() as sound:
            os.environ.clear()
            os.environ.update(desktop.env | {"LANG": "en_GB.UTF-8", "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "xcb"})
            os.environ["PULSE_SERVER"] = sound
            keyring.set_keyring(MemoryKeyring())
            return _act(short, folder, desktop.home, wanted)
    finally:
        shutil.rmtree(short)


def _act(short: Path, folder: Path, home: Path, wanted: Sequence[str]) -> int:
    from chatdesk.app import paths, settings
    from chatdesk.app.window import SETTINGS_FILE
    from chatdesk.views.main_window import MainWindow
    from tests.app import live_window
    from tests.filmstrip import scenes
    from tests.filmstrip.camera import Camera
    from tests.filmstrip.cast import Cast
    from tests.filmstrip.stage import USUAL, Stage

    samples = short / "samples"
    shutil.copytree(_SAMPLES, samples)
    (home / "Downloads").mkdir()
    server = LocalServer(short / "s", listen=("127.0.0.1", free_port()))
    camera = Camera(folder)
    cast = Cast(server, short, samples)
    profile = paths.profile("ann")
    chinese = [scene for scene in scenes.SECOND_RUN if not wanted or scene.__name__ in wanted]

    async def first(window: MainWindow) -> None:
        stage = Stage(window, camera, cast, server, samples)
        window.settings.change(scheme="light")
        await stage.resize(USUAL)
        await cast.arrive()
        for scene in scenes.FIRST_RUN:
            if not wanted or scene in scenes.NEEDED or scene.__name__ in wanted:
                await scene(stage)
                print(scene.__name__, flush=True)
        await cast.leave()

    async def second(window: MainWindow) -> None:
        stage = Stage(window, camera, cast, server, samples)
        await stage.resize(USUAL)
        for scene in chinese:
            await scene(stage)
            print(scene.__name__, flush=True)

    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(server.start())
    try:
        live_window.run(profile, first, _PATIENCE_S)
        if not chinese:
            return 0
        chosen = settings.load(profile / SETTINGS_FILE)
        settings.save(profile / SETTINGS_FILE, replace(chosen, language="zh_CN"))
        live_window.run(profile, second, _PATIENCE_S)
    finally:
        with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
            runner.run(server.stop())
    print(f"{len(camera.taken)} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else _ROOT / "resources" / "screenshots", sys.argv[2:]))
