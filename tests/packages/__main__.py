"""Uses an installed chatdesk: `python -m tests.packages FOLDER [options] -- COMMAND…`.

FOLDER (a short path, empty) becomes the computer of the person: home, temporary files, sockets. In a root of its own
the program sees it under the same path, so whoever calls this makes it lie there.
"""

import argparse
import sys
import time
from pathlib import Path

from tests.e2e.desktop import Desktop
from tests.packages import scenes
from tests.packages.elsewhere import Elsewhere
from tests.packages.program import Place

SIZE = (2240, 800)


def main() -> int:
    options = _options()
    folder: Path = options.folder
    place = Place(options.root, options.user)
    away = folder / "elsewhere"
    away.mkdir()
    with Elsewhere(away) as elsewhere, Desktop(folder, SIZE, options.user) as desktop:
        stage = scenes.Stage(
            desktop, place, options.command, elsewhere, folder, options.pictures, options.opener.split()
        )
        plays = [scenes.log_in_and_talk, scenes.come_back_and_follow_a_link]
        plays.append(scenes.try_opens_two_windows if options.server else scenes.try_explains_itself)
        if options.media:
            plays.append(scenes.a_sound_is_heard)
        for play in [*plays, scenes.through_the_company_in_chinese]:
            began = time.monotonic()
            play(stage)
            print(f"{play.__name__}: well, {time.monotonic() - began:.0f} s", flush=True)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.packages", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--root", type=Path, help="the root directory it is installed in")
    parser.add_argument("--user", type=int, help="the id of the person there")
    parser.add_argument("--pictures", type=Path, required=True, help="where pictures of the window go")
    parser.add_argument("--opener", default="", help="what opens a link, where not the program itself")
    parser.add_argument("--server", action="store_true", help="it has the private server of `try`")
    parser.add_argument("--media", action="store_true", help="it can play sounds")
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
