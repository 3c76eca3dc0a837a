#!/usr/bin/env python3
"""Puts the licences of everything shipped beside the program: licences.py FOLDER ANALYSIS.

FOLDER is the one-folder build, ANALYSIS what PyInstaller says it took from where (Analysis-00.toc). Every installed
distribution that a collected file belongs to is named in FOLDER/licences/INDEX.txt with its version, its licence and
where its source is, and its licence files lie beside. One without any is an error: nothing is shipped unlabelled.
"""

import ast
import shutil
import sys
import sysconfig
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMON = Path("/usr/share/common-licenses")
WORDS = ("licen", "copying", "notice", "authors")
NO_FILE = {
    "PySide6_Essentials": ("LGPL-3", "GPL-3", "GPL-2"),
    "shiboken6": ("LGPL-3", "GPL-3", "GPL-2"),
}
"""Distributions that name their licence and leave the text out; it is the system's."""
NAMES = {
    "apsw_sqlite3mc": "any OSI approved licence (APSW); MIT (SQLite3 Multiple Ciphers); public domain (SQLite)",
    "pyinstaller": "GPL-2.0-or-later with the exception that what it builds may be under any licence",
}
"""Where the distribution's own words say too little."""
QT = """Qt (PySide6, shiboken6 and Qt itself) is used under the GNU Lesser General Public License, version 3.

  Its files: everything in the folders PySide6 and shiboken6 of the program's inner folder. They are unchanged,
             dynamically linked, and lie there one by one.
  Replacing: build the same version of Qt for Python with your changes and copy its libraries over these, under their
             names; or take the program's source and its lock file, install your own PySide6 and run it from there.
             Nothing checks or forbids it. Taking the program apart to find faults in such a change is allowed.
  Source:    the source packages of this version of "Qt for Python" and of Qt, from the Qt project's download site, or
             from whoever gave you this program.
"""


def main(folder: Path, analysis: Path) -> None:
    sources = {Path(entry[1]) for part in _toc(analysis) for entry in part}
    target = folder / "licences"
    shutil.rmtree(target, ignore_errors=True)
    shipped = sorted((d for d in distributions() if _is_in(d, sources)), key=lambda d: d.name.lower())
    lines = [_chatdesk(target), _python(target), *(_distribution(d, target / d.name) for d in shipped)]
    text = "What this program is made of. The folders beside hold the texts.\n\n" + "\n".join(lines) + "\n" + QT
    (target / "INDEX.txt").write_text(text, "utf-8")
    sys.stdout.write(f"Licences of {len(lines)} parts in {target}\n")


def _toc(path: Path) -> list[list[tuple[str, str, str]]]:
    """The lists of (target, source, kind) in PyInstaller's file, which is a Python literal."""
    found = ast.literal_eval(path.read_text("utf-8"))
    return [
        part for part in found if isinstance(part, list) and part and isinstance(part[0], tuple) and len(part[0]) == 3
    ]


def _is_in(distribution: Distribution, sources: set[Path]) -> bool:
    code = (file for file in distribution.files or () if file.suffix in (".py", ".so", ".pyd", ".dylib"))
    return any(Path(str(distribution.locate_file(file))) in sources for file in code)


def _distribution(distribution: Distribution, target: Path) -> str:
    files = [
        file
        for file in distribution.files or ()
        if any(word in file.name.lower() for word in WORDS) and file.suffix not in (".py", ".pyc", ".pyi", ".so")
    ]
    target.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copyfile(str(distribution.locate_file(file)), target / file.name)
    common = NO_FILE.get(distribution.name, ())
    for name in common:
        if COMMON.is_dir():
            shutil.copyfile(COMMON / name, target / name)
    if not files and not common:
        sys.exit(f"{distribution.name} comes without its licence's text: look it up and add it here")
    about = distribution.metadata
    classes = [
        line.split(" :: ")[-1]
        for line in about.get_all("Classifier", ())
        if line.startswith("License :: OSI Approved ::")
    ]
    licence = (
        NAMES.get(distribution.name)
        or about.get("License-Expression")
        or ", ".join(classes)
        or (about.get("License") or "see its text")
    )
    return f"{distribution.name} {distribution.version}\n  {licence.splitlines()[0]}\n  {_home(distribution)}\n"


def _home(distribution: Distribution) -> str:
    urls = dict(line.split(", ", 1) for line in distribution.metadata.get_all("Project-URL", ()))
    known = {label.lower(): url for label, url in urls.items()}
    wanted = ("source", "source code", "repository", "github", "homepage", "home")
    url = next((known[label] for label in wanted if label in known), distribution.metadata.get("Home-page"))
    return url or f"https://pypi.org/project/{distribution.name}/"


def _chatdesk(target: Path) -> str:
    (target / "chatdesk").mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", target / "chatdesk/LICENSE")
    shutil.copyfile(ROOT / "resources/emoji/LICENSE-emojibase", target / "chatdesk/LICENSE-emojibase")
    return "chatdesk\n  Apache-2.0; its table of emoji: emojibase-data, MIT\n"


def _python(target: Path) -> str:
    (target / "Python").mkdir()
    folders = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix), Path("/usr/share/doc/python3"))
    names = ("LICENSE.txt", "LICENSE", "copyright")
    found = next((folder / name for folder in folders for name in names if (folder / name).is_file()), None)
    if found is None:
        sys.exit("The licence of Python itself was not found beside its library")
    shutil.copyfile(found, target / "Python/LICENSE.txt")
    return f"Python {sys.version.split()[0]}\n  PSF-2.0\n  https://www.python.org/\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
