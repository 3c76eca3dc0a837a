"""Debian's machine-readable copyright file of the package, from the licences that packaging/licences.py collected.

Argument: the folder that holds `licences`. The texts themselves stay in that folder, beside this file in the package.
"""

import sys
from pathlib import Path

HEAD = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: chatdesk
Comment: The package brings a Python and the packages named below, unchanged, each
 under its own licence; INDEX.txt in /usr/share/doc/chatdesk/licences says what
 each is and where its source is, the folders there hold the full texts.

Files: *
Copyright: the chatdesk developers
License: Apache-2.0
 On Debian systems the full text is in /usr/share/common-licenses/Apache-2.0.

Files: usr/lib/chatdesk/_internal/PySide6/* usr/lib/chatdesk/_internal/shiboken6/*
Copyright: The Qt Company Ltd. and other contributors
License: LGPL-3
 Qt may be replaced by a version of your own: INDEX.txt says how.
 On Debian systems the full text is in /usr/share/common-licenses/LGPL-3.
"""


def main(folder: Path) -> None:
    parts = sorted(part.name for part in (folder / "licences").iterdir() if part.is_dir())
    sys.stdout.write(HEAD)
    for part in parts:
        if part in ("chatdesk", "PySide6_Essentials", "shiboken6"):
            continue
        texts = sorted((folder / "licences" / part).iterdir())
        holders = dict.fromkeys(
            line.strip(" *#\t").encode("ascii", "replace").decode()
            for text in texts
            for line in text.read_text("utf-8", "replace").splitlines()
            if line.strip().lower().startswith(("copyright (c) ", "copyright ©", "(c) ")) or "Copyright 20" in line
        )
        known = "\n ".join(list(holders)[:12]) or f"the authors of {part}, see its text"
        sys.stdout.write(
            f"\nFiles: usr/lib/chatdesk/_internal/{part.replace('-', '_')}*\nCopyright: {known}\n"
            f"License: {part}\n The full text is in /usr/share/doc/chatdesk/licences/{part}.\n"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
