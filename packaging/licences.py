#!/usr/bin/env python3
"""Puts the licences of everything shipped beside the program: licences.py FOLDER LIST…

FOLDER is the one-folder build, the lists say what PyInstaller put into it from where (its .toc files). Every installed
distribution that a collected file belongs to is named in FOLDER/licences/INDEX.txt with its version, its licence, where
its source is and what its maker built into it, and its licence files lie beside. A distribution without a licence and a
file that belongs to none are errors: nothing is shipped unlabelled.
"""

import ast
import json
import os
import shutil
import sys
import sysconfig
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXTS = {file.stem: file for file in (ROOT / "packaging/licences").glob("*.txt")} | {"Apache-2.0": ROOT / "LICENSE"}
"""What distributions refer to and leave out."""
WORDS = ("licen", "copying", "notice", "authors")
NO_FILE = {"PySide6_Essentials": ("LGPL-3", "GPL-3"), "shiboken6": ("LGPL-3", "GPL-3")}
"""Distributions that name their licence and leave the text out. The LGPL is a set of exceptions to the GPL."""
NAMES = {
    "apsw_sqlite3mc": "any OSI approved licence (APSW); MIT (SQLite3 Multiple Ciphers); public domain (SQLite)",
    "pyinstaller": "GPL-2.0-or-later with the exception that what it builds may be under any licence",
}
"""Where the distribution's own words say too little."""
PYTHON = """  PSF-2.0; inside it: Expat (MIT), libmpdec (BSD-2-Clause), BLAKE2 (CC0-1.0), Keccak (CC0-1.0),
  Mersenne Twister (BSD-3-Clause), SipHash24 (MIT), dtoa (by David M. Gay), tables of zlib and Unicode, and modules
  of the standard library; their notices: https://docs.python.org/3/license.html
  https://www.python.org/
"""
QT = """Qt (PySide6, shiboken6 and Qt itself) is used under the GNU Lesser General Public License, version 3.

  Its files: everything in the folders PySide6 and shiboken6 of the program's inner folder. They are unchanged,
             dynamically linked, and lie there one by one.
  In them:   PCRE2 (BSD-3-Clause), double-conversion (BSD-3-Clause), TinyCBOR (MIT), SipHash (CC0-1.0), zlib (Zlib),
             HarfBuzz (MIT), FreeType (FTL), libpng (libpng-2.0), libjpeg-turbo (IJG, BSD-3-Clause, Zlib), libwebp
             (BSD-3-Clause), md4c (MIT), Vulkan headers (Apache-2.0, MIT), XSVG (HPND), Wayland's protocols (MIT),
             the Public Suffix List (MPL-2.0), ICU and Unicode's data (Unicode-3.0). Each with its copyright and
             licence: https://doc.qt.io/qt-6/licenses-used-in-qt.html, and in the qt_attribution.json files of Qt's
             source.
  Replacing: build the same version of Qt for Python with your changes and copy its libraries over these, under their
             names; or take the program's source and its lock file, install your own PySide6 and run it from there.
             Nothing checks or forbids it. Taking the program apart to find faults in such a change is allowed.
  Source:    the source packages of this version of "Qt for Python" and of Qt, from the Qt project's download site, or
             from whoever gave you this program.
"""


def main(folder: Path, lists: list[Path]) -> None:
    found = (entry for file in lists for part in _toc(file) for entry in part)
    sources = {Path(source) for _, source, kind in found if source and kind not in ("SYMLINK", "OPTION")}
    target = folder / "licences"
    shutil.rmtree(target, ignore_errors=True)
    shipped = sorted((d for d in distributions() if _is_in(d, sources)), key=lambda d: d.name.lower())
    if strangers := _unlabelled(sources, shipped):
        sys.exit("No part is known that these files belong to:\n" + "\n".join(map(str, strangers)))
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


def _unlabelled(sources: set[Path], shipped: list[Distribution]) -> list[Path]:
    """Collected files that are neither chatdesk's nor Python's nor of a distribution that is named."""
    own = {Path(str(d.locate_file(file))) for d in shipped for file in d.files or ()}
    python = [Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")]
    if sys.platform == "linux":
        python.append(Path(str(sysconfig.get_config_var("LIBDIR"))) / str(sysconfig.get_config_var("INSTSONAME")))
    else:  # there its makers ship the few libraries beside it that it needs
        python += [Path(sys.base_prefix), Path(os.environ.get("SYSTEMROOT", sys.base_prefix))]
    ours = [ROOT / "chatdesk", ROOT / "resources", ROOT / "packaging", ROOT / "build"]
    known = (*python, *ours)
    return sorted(s for s in sources - own if s.is_absolute() and not any(s.is_relative_to(k) for k in known))


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
    inside, needed = _built_in(distribution, target)
    for name in (*common, *needed):
        shutil.copyfile(TEXTS[name], target / f"{name}.txt")
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
    return f"{distribution.name} {distribution.version}\n  {licence.splitlines()[0]}\n  {_home(distribution)}\n{inside}"


def _built_in(distribution: Distribution, target: Path) -> tuple[str, list[str]]:
    """The list of what was compiled in, where its maker supplies one (CycloneDX), and the texts its licences need."""
    lists = sorted(file for file in distribution.files or () if "sboms" in file.parts and file.suffix == ".json")
    crates: dict[str, str] = {}
    for file in lists:
        shutil.copyfile(str(distribution.locate_file(file)), target / f"parts-{file.name}")
        for part in json.loads(file.read_text("utf-8")).get("components", ()):
            if str(part.get("purl", "")).startswith("pkg:cargo"):
                words = [entry.get("expression") or entry["license"]["id"] for entry in part.get("licenses", ())]
                crates[f"{part['name']} {part['version']}"] = ", ".join(words)
    text = f"  built in, named with their licences in {distribution.name}/parts-*.json" if lists else ""
    if crates:
        text += "; each has its source at https://crates.io/crates/NAME:\n" + "".join(
            f"    {name}: {licence}\n" for name, licence in sorted(crates.items())
        )
    said = " ".join(crates.values())
    return text if crates or not text else f"{text}\n", [name for name in TEXTS if name in said]


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
    return f"Python {sys.version.split()[0]}\n{PYTHON}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(word) for word in sys.argv[2:]])
